"""Where a term occurs in the library: every sentence, with its English and its place.

Hits are not stored: they change with every change of the glossary. Instead all sentences are put to a cheap
test (are the letters of one of the term's forms in it?), and only those that pass it to the finder, until a
page is full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import and_, select

from glossary.finding import Hit
from glossary.morphology import forms_of
from glossary.spelling import fold
from glossary.terms import Term
from glossary.verdicts import judge
from models.translation import Link
from webapp.library.database import Database
from webapp.library.tables import ReadingRow, SegmentRow, TranslationRow
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
    database: Database, lookup: TermLookup, term: Term, start: int = 0, most: int = PAGE
) -> Concordance:
    """The sentences of the library in which a term occurs, newest reading first.

    Args:
        database: the library's.
        lookup: the glossary in force; the term must be in it.
        term: the term.
        start: position among all sentences of the library to begin at.
        most: sentences at most.

    """
    may_hold = candidate_test(term)
    chosen: list[tuple[int, str, int, str, tuple[Hit, ...]]] = []
    following = None
    for position, (reading_id, index, german) in enumerate(_sentences(database)):
        if position < start or not may_hold(german):
            continue
        hits = tuple(hit for hit in lookup.hits(german) if hit.term_id == term.id)
        if not hits:
            continue
        if len(chosen) >= most:
            following = position
            break
        chosen.append((position, reading_id, index, german, hits))
    english = _english(database, [(row[1], row[2]) for row in chosen])
    lines = []
    for _, reading_id, index, german, hits in chosen:
        title, text, links = english[reading_id, index]
        spans = [span for hit in hits for span in judge(term, hit, text, links).spans] if text else []
        found = [span for hit in hits for span in hit.spans]
        lines.append(Line(reading_id, title, index, cut(german, [found]), cut(text, [spans])))
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


def _sentences(database: Database) -> Iterator[tuple[str, int, str]]:
    query = (
        select(SegmentRow.reading_id, SegmentRow.index, SegmentRow.german)
        .join(ReadingRow, ReadingRow.id == SegmentRow.reading_id)
        .order_by(ReadingRow.created.desc(), ReadingRow.id, SegmentRow.index)
    )
    with database.session() as session:
        yield from session.execute(query)


def _english(
    database: Database, places: list[tuple[str, int]]
) -> dict[tuple[str, int], tuple[str, str, tuple[Link, ...]]]:
    """Title, English and word links of some sentences; the English is empty where there is none."""
    found: dict[tuple[str, int], tuple[str, str, tuple[Link, ...]]] = {}
    readings = sorted({reading_id for reading_id, _ in places})
    wanted = set(places)
    with database.session() as session:
        for reading_id in readings:
            indices = [index for reading, index in wanted if reading == reading_id]
            query = (
                select(SegmentRow.index, ReadingRow.title, TranslationRow.hypotheses, TranslationRow.links)
                .join(ReadingRow, ReadingRow.id == SegmentRow.reading_id)
                .outerjoin(
                    TranslationRow,
                    and_(
                        TranslationRow.german_hash == SegmentRow.german_hash,
                        TranslationRow.signature == ReadingRow.signature,
                        TranslationRow.problem.is_(None),
                    ),
                )
                .where(SegmentRow.reading_id == reading_id, SegmentRow.index.in_(indices))
            )
            for index, title, hypotheses, links in session.execute(query):
                text = hypotheses[0][0] if hypotheses else ""
                words = tuple(Link((a, b), (c, d), weight) for a, b, c, d, weight in links or ())
                found[reading_id, index] = (title, text, words)
    return found
