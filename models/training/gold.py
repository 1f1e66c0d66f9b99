"""The hand-aligned gold set and the alignment error rate (Och and Ney 2003).

File format (UTF-8, tab-separated): German, English, links; `#` begins a comment line. The text is tokenised
with single spaces. Links are `German=English` with one space between; a word that occurs several times in its
sentence is named `word#2` for the second time. All links are sure ones; punctuation is not linked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.training.extras import TrainingError

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A sentence pair in tokens, with sure links (German token, English token)."""

    german_tokens: tuple[str, ...]
    english_tokens: tuple[str, ...]
    links: frozenset[tuple[int, int]]

    @property
    def german(self) -> str:
        """The German sentence as it is usually written."""
        return _join(self.german_tokens)

    @property
    def english(self) -> str:
        """The English sentence as it is usually written."""
        return _join(self.english_tokens)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of links: in the gold set, found, and both. Scores can be added up."""

    gold: int
    found: int
    right: int

    def __add__(self, other: Score) -> Score:
        """Return the counts of both."""
        return Score(self.gold + other.gold, self.found + other.found, self.right + other.right)

    @property
    def error_rate(self) -> float:
        """AER: 0 is perfect. With sure links only it is one minus the F1."""
        return 1 - 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


def read_gold(path: Path) -> list[GoldPair]:
    """Read a gold file. TrainingError, with the line, for one that cannot be understood."""
    pairs = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise TrainingError(f"{path}:{number}: wanted German, English and links, tab-separated.")
        german, english = columns[0].split(" "), columns[1].split(" ")
        left, right = _named(german), _named(english)
        links = set()
        for link in columns[2].split(" "):
            one, _, other = link.partition("=")
            if one not in left or other not in right:
                raise TrainingError(
                    f"{path}:{number}: “{link}” names no word of the sentences, or no single one."
                )
            links.add((left[one], right[other]))
        pairs.append(GoldPair(tuple(german), tuple(english), frozenset(links)))
    return pairs


def _named(tokens: Sequence[str]) -> dict[str, int]:
    """Return {name: index}: the word itself for the first time, with #2, #3, … for the next."""
    seen: Counter[str] = Counter()
    names = {}
    for index, token in enumerate(tokens):
        seen[token] += 1
        names[token if seen[token] == 1 else f"{token}#{seen[token]}"] = index
    return names


def _join(tokens: Sequence[str]) -> str:
    text = " ".join(tokens)
    for mark in ".,;:!?%)’”“":
        text = text.replace(f" {mark}", mark)
    for mark in "(„":
        text = text.replace(f"{mark} ", mark)
    return text.replace("’ s ", "’s ")


def score(pair: GoldPair, links: Iterable[tuple[int, int]]) -> Score:
    """Compare links between tokens with the gold links; links of punctuation do not count."""
    found = {
        (s, t)
        for s, t in links
        if any(map(str.isalnum, pair.german_tokens[s])) and any(map(str.isalnum, pair.english_tokens[t]))
    }
    return Score(len(pair.links), len(found), len(found & pair.links))


def unit_links(
    pair: GoldPair, german: Sequence[str], english: Sequence[str], links: Iterable[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Turn links between units into links between the gold set's tokens, by the letters they share."""
    left = _overlaps(_solid(german), _solid(pair.german_tokens))
    right = _overlaps(_solid(english), _solid(pair.english_tokens))
    return {(a, b) for s, t in links for a in left[s] for b in right[t]}


def span_links(
    pair: GoldPair, links: Iterable[tuple[Span, Span]], german: str, english: str
) -> set[tuple[int, int]]:
    """Turn links between character spans of the sentences into links between the gold set's tokens."""
    left, right = _solid(pair.german_tokens), _solid(pair.english_tokens)
    found = set()
    for source, target in links:
        [one] = _overlaps([_without_spaces(german, source)], left)
        [other] = _overlaps([_without_spaces(english, target)], right)
        found |= {(a, b) for a in one for b in other}
    return found


def _without_spaces(text: str, span: Span) -> Span:
    before = len(text[: span[0]].replace(" ", ""))
    return before, before + len(text[slice(*span)].replace(" ", ""))


def _solid(tokens: Sequence[str]) -> list[Span]:
    """Return the spans of tokens in the text without spaces; a lone space sign takes no room."""
    spans, at = [], 0
    for token in tokens:
        size = len(token.replace("▁", "").replace(" ", ""))
        spans.append((at, at + size))
        at += size
    return spans


def _overlaps(spans: Sequence[Span], others: Sequence[Span]) -> list[list[int]]:
    return [
        [number for number, (start, end) in enumerate(others) if start < span[1] and span[0] < end]
        for span in spans
    ]
