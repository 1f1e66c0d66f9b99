"""Where a term occurs in the library: every sentence, with its English and its place.

Hits are not stored: they change with every change of the glossary. Instead all sentences are put to a cheap
test (are the letters of one of the term's forms in it?), and only those that pass it to the finder, until a
page is full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from glossary.morphology import forms_of
from glossary.spelling import fold
from glossary.terms import Term
from webapp.library.library import Library, NoSuchReading
from webapp.marking import Piece, cut
from webapp.pipeline import TermLookup

_HALF_WORD = re.compile(r"\w{2,}[-\u2010\u2011](?!\w)|(?<!\w)[-\u2010\u2011]\w{2,}")
PAGE = 50
"""Sentences on one page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in which the term occurs; both sides cut at the term, which is number 0 in the pieces."""

    reading_id: str
    title: str
    index: int
    german: tuple[Piece, ...]
    english: tuple[Piece, ...]

    @property
    def anchor(self) -> str:
        """Name of the sentence in its reading's page."""
        return f"s{self.index + 1}"


@dataclass(frozen=True, slots=True)
class Concordance:
    """One page of the sentences; ``following`` is the position to go on from, None at the end."""

    lines: tuple[Line, ...]
    following: int | None


def concordance(
    library: Library, lookup: TermLookup, term: Term, start: int = 0, most: int = PAGE
) -> Concordance:
    """The sentences of the library in which a term occurs, newest reading first.

    Args:
        library: the saved readings.
        lookup: the glossary in force; the term must be in it.
        term: the term.
        start: position among all sentences of the library to begin at.
        most: sentences at most.

    """
    may_hold = candidate_test(term)
    textual = lookup.needs_text(term)
    chosen: list[tuple[str, str, int]] = []
    following = None
    for position, (reading_id, title, index, german) in enumerate(library.sentences()):
        if position < start or not may_hold(german):
            continue
        # Of most terms the sentence alone decides: then the texts of the whole library need not be read.
        hits = lookup.hits_at(reading_id, index, german) if textual else lookup.hits(german)
        if not any(hit.term_id == term.id for hit in hits):
            continue
        if len(chosen) >= most:
            following = position
            break
        chosen.append((reading_id, title, index))
    lines = []
    for reading_id, title, index in chosen:
        try:
            segment = lookup.segment(library.segment(reading_id, index), set())
        except NoSuchReading:
            # Deleted since the sentences were read.
            continue
        found = [each for each in segment.terms if each.term.id == term.id]
        here = [span for each in found for span in each.hit.spans]
        there = [span for each in found if each.verdict for span in each.verdict.spans]
        lines.append(
            Line(reading_id, title, index, cut(segment.german, [here]), cut(segment.english, [there]))
        )
    return Concordance(tuple(lines), following)


def candidate_test(term: Term) -> Callable[[str], bool]:
    """A quick test that passes every sentence in which the finder can find the term, and few others."""
    forms = forms_of(term)
    keys: set[str] = set()
    for pattern in forms.patterns:
        # Of several words the one whose shortest form is longest says most.
        slots = [slot.keys for slot in pattern.slots if slot.keys]
        keys |= max(slots, key=lambda each: min(map(len, each)))
    for split in forms.splits:
        keys |= split.finite
    keys |= forms.stems | forms.endings
    needles = tuple(_shortest(keys))

    def test(german: str) -> bool:
        folded = fold(german)
        if any(needle in folded for needle in needles):
            return True
        # In Bundes- und Landesregierung the letters of Bundesregierung do not stand together.
        halves = [fold(half) for half in _HALF_WORD.findall(german)]
        return any(key.startswith(half) or key.endswith(half) for half in halves for key in keys)

    return test


def _shortest(keys: Iterable[str]) -> list[str]:
    """The keys without those that contain another one."""
    kept: list[str] = []
    for key in sorted(keys, key=len):
        if not any(short in key for short in kept):
            kept.append(key)
    return kept
