"""The words of a German sentence with tag and lemma, and what the parser makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.grammar.lists import named
from models.lexicon.analysis import SentenceAnalysis

QUOTES: Final = frozenset("“”„\"»«‚‘’'›‹")


@dataclass(frozen=True, slots=True)
class Item:
    """A word or mark: number in the sentence, [start, end), text, lower case, tag, lemma.

    `partner` is the number of the other half of a split verb, or -1; `lemma` then has its prefix.
    """

    index: int
    start: int
    end: int
    text: str
    low: str
    tag: str
    lemma: str
    partner: int

    @property
    def is_mark(self) -> bool:
        """Return whether it is punctuation."""
        return self.tag == "$"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its items without marks, and its verbs by item number.

    `kind` is "main", "sub" (opened by `opener`, its verbs last) or "inf" (no finite verb). `finite` is -1 if
    there is none. `rest` are participles and infinitives of the group in order (zu left out), `zu` is its zu
    or -1.
    """

    kind: str
    items: tuple[int, ...]
    opener: tuple[int, ...]
    finite: int
    rest: tuple[int, ...]
    zu: int

    @property
    def first(self) -> bool:
        """Return whether the finite verb opens the clause."""
        return bool(self.items) and self.items[0] == self.finite

    @property
    def verbs(self) -> tuple[int, ...]:
        """Return all verb forms in order."""
        return tuple(sorted({*self.rest, self.finite} - {-1}))


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence taken apart."""

    text: str
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]

    def clause_of(self, index: int) -> Clause | None:
        """Return the clause that an item stands in."""
        return next((clause for clause in self.clauses if index in clause.items), None)

    def form(self, *numbers: int) -> str:
        """Return the texts of items, joined by spaces in order, " … " where others stand between."""
        parts: list[str] = []
        last = -2
        for number in sorted(numbers):
            if parts:
                parts.append(" " if number == last + 1 else " … ")
            parts.append(self.items[number].text)
            last = number
        return "".join(parts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters from one item to another."""
        return self.items[first].start, self.items[last].end

    def spans(self, numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Return the characters of items, neighbours joined."""
        found: list[tuple[int, int]] = []
        last = -2
        for number in sorted(numbers):
            if number == last + 1 and found:
                found[-1] = (found[-1][0], self.items[number].end)
            else:
                found.append((self.items[number].start, self.items[number].end))
            last = number
        return tuple(found)

    def text_of(self, first: int, last: int) -> str:
        """Return the text from one item to another."""
        return self.text[self.items[first].start : self.items[last].end]


def read_items(analysis: SentenceAnalysis) -> tuple[Item, ...]:
    """Return the items of an analysed sentence; what the tagger often gets wrong is put right."""
    items = []
    for number, (token, word) in enumerate(zip(analysis.tokens, analysis.words, strict=True)):
        if word is None:
            tag, lemma, partner = ("CARD" if token.text[:1].isdigit() else "$"), token.text, -1
        else:
            tag, lemma = word.tag, word.lemma
            others = [other for other in word.tokens if other != number]
            partner = others[0] if others else -1
            prefix = analysis.tokens[word.tokens[-1]].text.lower()
            if others and (prefix in named("no sure prefix") or tag == "VM(FIN)"):
                partner, others, lemma = -1, [], lemma.removeprefix(prefix)  # "Dazu sagte er"
                if token.text.lower() == prefix:
                    tag, lemma = "PROAV", prefix
            if others and word.tokens[1] == number:
                tag = "PTKVZ"
        if (
            tag[:2] in {"VV", "VA", "VM"}
            and token.text[:1].isupper()
            and not _may_be_capital(analysis, number)
        ):
            tag = "NE"
        if token.text.lower() == "sei" and _in_thanks(analysis, number):
            tag = "SET"
        items.append(
            Item(number, token.start, token.end, token.text, token.text.lower(), tag, lemma, partner)
        )
    return tuple(items)


def _may_be_capital(analysis: SentenceAnalysis, number: int) -> bool:
    """Return whether any word would have a capital here: first, or behind a mark that is no comma."""
    before = number - 1
    while before >= 0 and analysis.tokens[before].text in QUOTES:
        before -= 1
    return before < 0 or (analysis.words[before] is None and analysis.tokens[before].text != ",")


def _in_thanks(analysis: SentenceAnalysis, number: int) -> bool:
    """Return whether "sei" stands in "Gott sei Dank", which is an adverb."""
    around = [token.text.lower() for token in analysis.tokens[max(0, number - 1) : number + 2]]
    return around == ["gott", "sei", "dank"]
