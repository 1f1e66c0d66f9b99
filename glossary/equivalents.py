"""Where an English equivalent of a term stands in an English text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from glossary.english import EnglishWord, english_words, forms_of_word, key_of
from glossary.spelling import is_initialism
from glossary.terms import Term

FoundKind = Literal["exact", "form", "variant"]
Span = tuple[int, int]

_VERB_GAP = 5
_COORDINATION_GAP = 2
_ELLIPTICAL_GAP = 4
_HARD = re.compile(r"[.;:!?](?:\s|$)")
_QUOTES = re.compile('["“”„]')
_LEADING = frozenset({"the", "a", "an", "to"})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where an equivalent stands: how it agrees with the entry, and its spans."""

    kind: FoundKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One word of an equivalent: its key, the keys of its forms, and its letters if capitals matter."""

    key: str
    forms: frozenset[str]
    exact: str


def occurrences(term: Term, english: str, elliptical: bool = False) -> tuple[Occurrence, ...]:
    """Every place in the English where an equivalent of the term stands.

    The words of an equivalent may be parted by a coordination (heads of state and government; federal and
    state governments), farther if the German is `elliptical` too, those of a verb by its object (bring a
    bill in).
    """
    found: dict[tuple[Span, ...], Occurrence] = {}
    text_words = english_words(english)
    for rank, equivalent in enumerate((term.english, *term.variants)):
        gap = _VERB_GAP if term.pos == "verb" else _ELLIPTICAL_GAP if elliptical else _COORDINATION_GAP
        for exact, spans in _places(equivalent, english, text_words, gap, term.pos == "verb"):
            kind: FoundKind = "variant" if rank else "exact" if exact else "form"
            found.setdefault(spans, Occurrence(kind, spans))
    return tuple(found.values())


def _places(
    equivalent: str, english: str, text: Sequence[EnglishWord], gap: int, verb: bool
) -> Iterator[tuple[bool, tuple[Span, ...]]]:
    """Yield (whether in exactly these words, spans) for one equivalent."""
    wanted = _wanted(equivalent)
    if not wanted:
        return
    for start in range(len(text)):
        filled = _filled(wanted, english, text, start, gap, verb)
        if filled:
            yield _agrees(equivalent, english, text, filled), _spans(text, filled)
        else:
            end = _joined(equivalent, text, start)
            if end:
                yield False, ((text[start].start, text[end - 1].end),)


@lru_cache(20_000)
def _wanted(equivalent: str) -> tuple[_Wanted, ...]:
    words = list(english_words(equivalent))
    while len(words) > 1 and words[0].key in _LEADING:
        words = words[1:]
    return tuple(
        _Wanted(word.key, forms_of_word(word.text), word.text if is_initialism(word.text) else "")
        for word in words
    )


def _fits(wanted: _Wanted, word: EnglishWord) -> bool:
    if wanted.exact:
        # Long ones are also written as names: NATO, Nato.
        name = wanted.exact.capitalize() if len(wanted.exact) > 3 else wanted.exact
        return word.text in (wanted.exact, wanted.exact + "s", name)
    return word.key in wanted.forms


def _filled(
    wanted: tuple[_Wanted, ...], english: str, text: Sequence[EnglishWord], start: int, gap: int, verb: bool
) -> list[int] | None:
    if not _fits(wanted[0], text[start]):
        return None
    found = [start]
    for position, each in enumerate(wanted[1:], 1):
        place = found[-1] + 1
        if each.key in ("a", "an") and place < len(text) and not _fits(each, text[place]):
            # Plurals have no article: teachers as civil servants.
            continue
        spare = gap
        while place < len(text) and not _fits(each, text[place]):
            if not spare:
                return None
            spare -= 1
            place += 1
        if place >= len(text) or _HARD.search(english, text[found[-1]].end, text[place].start + 1):
            return None
        skipped = {text[index].key for index in range(found[-1] + 1, place)}
        if skipped and not verb and not skipped & {"and", "or"}:
            return None
        if skipped and verb and position == 1 and len(wanted) > 2 and "and" in skipped:
            return None
        found.append(place)
    return found


@lru_cache(20_000)
def _in_one(equivalent: str) -> tuple[int, frozenset[str], frozenset[str]]:
    """Return the number of words of an equivalent, its forms written as one word, and how those begin."""
    wanted = _wanted(equivalent)
    if any(each.exact for each in wanted):
        return 0, frozenset(), frozenset()
    front = "".join(each.key for each in wanted[:-1])
    forms = frozenset(front + form for form in wanted[-1].forms)
    return len(wanted), forms, frozenset(form[:2] for form in forms)


def _joined(equivalent: str, text: Sequence[EnglishWord], start: int) -> int:
    """Where the words end that spell the equivalent with other gaps (cease fire, ceasefire); 0 if nowhere."""
    count, targets, beginnings = _in_one(equivalent)
    if text[start].key[:2] not in beginnings:
        return 0
    longest = max(map(len, targets))
    joined = ""
    for end in range(start, min(len(text), start + count + 2)):
        joined += text[end].text.lower()
        if len(joined) > longest + 2:
            return 0
        if end - start + 1 != count and key_of(joined) in targets:
            return end + 1
    return 0


def _agrees(equivalent: str, english: str, text: Sequence[EnglishWord], filled: list[int]) -> bool:
    """Whether the words stand exactly as the entry has them, capitals aside, and without possessive."""
    first, last = text[filled[0]], text[filled[-1]]
    if last.possessive:
        return False
    plain = _QUOTES.sub("", equivalent.lower())
    for article in ("the ", "a ", "an ", "to "):
        plain = plain.removeprefix(article)
    return " ".join(
        _QUOTES.sub("", english[first.start : last.end]).lower().replace("’", "'").split()
    ) == plain.replace("’", "'")


def _spans(text: Sequence[EnglishWord], filled: list[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for position, place in enumerate(filled):
        if position and place == filled[position - 1] + 1:
            spans[-1] = (spans[-1][0], text[place].end)
        else:
            spans.append((text[place].start, text[place].end))
    return tuple(spans)
