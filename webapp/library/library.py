"""Saved readings: add, list, search, rename, delete, and keep the translations made for them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, and_, delete, func, select, update
from sqlalchemy.orm import Session, defer

from models.segmentation import Paragraph
from models.translation import Hypothesis, Link, Translation
from webapp.importers.intake import Intake, clean_title
from webapp.library import enforced
from webapp.library.database import Database
from webapp.library.enforced import SavedEnforcement
from webapp.library.tables import EnforcementRow, MetaRow, ReadingRow, SegmentRow, TranslationRow
from webapp.reading import ReadingState

_ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


class NoSuchReading(LookupError):
    """There is no reading with this id."""


@dataclass(frozen=True, slots=True)
class ReadingSummary:
    """A line of the library's list."""

    id: str
    title: str
    state: ReadingState
    language: str
    total: int
    done: int
    opening: str
    """The text's first words."""
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """A sentence as saved, with its translation if there is one."""

    index: int
    paragraph: int
    kind: str
    start: int
    end: int
    german: str
    translation: Translation | None
    """The raw one."""
    enforced: tuple[SavedEnforcement, ...] = ()
    """What came of the wishes for words, for each set of wishes that there has been."""
    signature: str = ""
    """That of the translator which made the translation."""
    reading: str = ""
    """Id of the reading it was taken from; empty if it is in none."""


@dataclass(frozen=True, slots=True)
class SavedReading:
    """A reading as saved, before terms are looked up."""

    id: str
    title: str
    text: str
    language: str
    notices: tuple[str, ...]
    state: ReadingState
    signature: str
    created: datetime
    updated: datetime
    segments: tuple[SavedSegment, ...]


def fold(text: str) -> str:
    """Text folded for searching: lower case, umlauts and ß spelled out."""
    text = text.casefold()
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        text = text.replace(umlaut, plain)
    return text


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Library:
    """The saved readings. Every method is one transaction and raises ``LibraryError`` if it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, intake: Intake, paragraphs: Sequence[Paragraph], signature: str) -> str:
        """Save a new reading and return its id."""
        now = datetime.now(UTC)
        reading_id = "".join(secrets.choice(_ID_ALPHABET) for _ in range(10))
        rows = [
            SegmentRow(
                reading_id=reading_id,
                index=0,
                paragraph=number,
                kind=paragraph.kind,
                start=sentence.start,
                end=sentence.end,
                german=sentence.text,
                german_hash=text_hash(sentence.text),
            )
            for number, paragraph in enumerate(paragraphs)
            for sentence in paragraph.sentences
        ]
        for index, row in enumerate(rows):
            row.index = index
        with self._database.session() as session:
            session.add(
                ReadingRow(
                    id=reading_id,
                    title=intake.title,
                    text=intake.text,
                    search=fold(f"{intake.title}\n{intake.text}"),
                    text_hash=text_hash(intake.text),
                    language=intake.language,
                    notices=list(intake.notices),
                    state="waiting",
                    signature=signature,
                    total=len(rows),
                    created=now,
                    updated=now,
                )
            )
            session.flush()
            session.add_all(rows)
        return reading_id

    def find_same(self, text: str) -> str | None:
        """Id of the newest reading with exactly this text."""
        query = select(ReadingRow.id).where(ReadingRow.text_hash == text_hash(text))
        with self._database.session() as session:
            return session.scalar(query.order_by(ReadingRow.created.desc()).limit(1))

    def list(self, query: str = "", *, limit: int = 200, offset: int = 0) -> tuple[ReadingSummary, ...]:
        """Readings, newest first; with a query those in which every word of it occurs."""
        done = (
            select(func.count())
            .select_from(SegmentRow)
            .join(TranslationRow, _translated(ReadingRow.signature))
            .where(SegmentRow.reading_id == ReadingRow.id)
            .correlate(ReadingRow)
            .scalar_subquery()
        )
        rows = (
            select(ReadingRow, done.label("done"), func.substr(ReadingRow.text, 1, 400).label("opening"))
            .where(*(ReadingRow.search.contains(word, autoescape=True) for word in fold(query).split()))
            .order_by(ReadingRow.created.desc(), ReadingRow.id)
            .limit(limit)
            .offset(offset)
            .options(defer(ReadingRow.text), defer(ReadingRow.search))
        )
        with self._database.session() as session:
            return tuple(_summary(row) for row in session.execute(rows))

    def get(self, reading_id: str) -> SavedReading:
        """The reading with this id.

        Raises:
            NoSuchReading: there is none.

        """
        with self._database.session() as session:
            row = _row(session, reading_id)
            return SavedReading(
                id=row.id,
                title=row.title,
                text=row.text,
                language=row.language,
                notices=tuple(row.notices),
                state=cast(ReadingState, row.state),
                signature=row.signature,
                created=row.created,
                updated=row.updated,
                segments=_segments(session, row, 0, None),
            )

    def state(self, reading_id: str) -> ReadingState:
        """The state of a reading."""
        with self._database.session() as session:
            return cast(ReadingState, _row(session, reading_id).state)

    def done_from(self, reading_id: str, start: int, limit: int = 200) -> tuple[SavedSegment, ...]:
        """The translated segments from index ``start`` on, up to the first that is not yet translated."""
        with self._database.session() as session:
            found = _segments(session, _row(session, reading_id), start, limit)
        done = []
        for segment in found:
            if segment.translation is None:
                break
            done.append(segment)
        return tuple(done)

    def segment(self, reading_id: str, index: int) -> SavedSegment:
        """One segment of a reading.

        Raises:
            NoSuchReading: there is no such reading, or it has no such segment.
        """
        with self._database.session() as session:
            found = _segments(session, _row(session, reading_id), index, 1)
        if not found or found[0].index != index:
            raise NoSuchReading(f"The reading has no sentence {index + 1}.")
        return found[0]

    def touched(self, reading_id: str) -> dict[int, tuple[datetime | None, datetime | None]]:
        """When each sentence's translation and the last enforcement for it were saved, by its index.

        Cheap beside the sentences themselves: tells which of them need be read again.
        """
        with self._database.session() as session:
            row = _row(session, reading_id)
            query = (
                select(SegmentRow.index, TranslationRow.created, func.max(EnforcementRow.created))
                .outerjoin(TranslationRow, _translated(row.signature))
                .outerjoin(
                    EnforcementRow,
                    and_(
                        EnforcementRow.german_hash == SegmentRow.german_hash,
                        EnforcementRow.signature == row.signature,
                    ),
                )
                .where(SegmentRow.reading_id == reading_id)
                .group_by(SegmentRow.index, TranslationRow.created)
            )
            return {index: (translated, tried) for index, translated, tried in session.execute(query)}

    def sentences(self) -> Iterator[tuple[str, str, int, str]]:
        """Reading's id and title, index and German of every sentence, newest reading first."""
        query = (
            select(SegmentRow.reading_id, ReadingRow.title, SegmentRow.index, SegmentRow.german)
            .join(ReadingRow, ReadingRow.id == SegmentRow.reading_id)
            .order_by(ReadingRow.created.desc(), ReadingRow.id, SegmentRow.index)
        )
        with self._database.session() as session:
            yield from session.execute(query)

    def paragraphs(self, reading_id: str) -> tuple[tuple[str, ...], ...]:
        """The German of all sentences of a reading, by paragraph.

        Raises:
            NoSuchReading: there is no such reading.

        """
        query = select(SegmentRow.paragraph, SegmentRow.german).where(SegmentRow.reading_id == reading_id)
        found: dict[int, list[str]] = {}
        with self._database.session() as session:
            _row(session, reading_id)
            for paragraph, german in session.execute(query.order_by(SegmentRow.index)):
                found.setdefault(paragraph, []).append(german)
        return tuple(map(tuple, found.values()))

    def missing(self, reading_id: str) -> tuple[str, tuple[str, ...]]:
        """The signature of a reading and the sentences that it lacks a translation for, in order."""
        with self._database.session() as session:
            row = _row(session, reading_id)
            query = (
                select(SegmentRow.german)
                .outerjoin(TranslationRow, _translated(row.signature))
                .where(SegmentRow.reading_id == reading_id, TranslationRow.german_hash.is_(None))
                .order_by(SegmentRow.index)
            )
            return row.signature, tuple(dict.fromkeys(session.scalars(query)))

    def known(self, signature: str, sentences: Sequence[str]) -> dict[str, Translation]:
        """What is already translated of some sentences with this signature."""
        found: dict[str, Translation] = {}
        by_hash = {text_hash(sentence): sentence for sentence in sentences}
        hashes = list(by_hash)
        with self._database.session() as session:
            # In slices: databases limit the number of values in a query.
            for begin in range(0, len(hashes), 500):
                query = select(TranslationRow).where(
                    TranslationRow.signature == signature,
                    TranslationRow.german_hash.in_(hashes[begin : begin + 500]),
                )
                for row in session.scalars(query):
                    german = by_hash[row.german_hash]
                    found[german] = _translation(german, row)
        return found

    def keep(self, signature: str, translations: Iterable[tuple[str, Translation]]) -> None:
        """Save translations of sentences; one that is already there is replaced."""
        now = datetime.now(UTC)
        with self._database.session() as session:
            for german, translation in translations:
                session.merge(
                    TranslationRow(
                        signature=signature,
                        german_hash=text_hash(german),
                        hypotheses=[[h.text, h.score] for h in translation.hypotheses],
                        links=[[*k.source, *k.target, round(k.weight, 4)] for k in translation.links],
                        problem=translation.problem,
                        created=now,
                    )
                )

    def keep_enforced(self, signature: str, saved: Iterable[tuple[str, SavedEnforcement]]) -> None:
        """Save what came of the wishes for words in some sentences; the raw translations stay."""
        with self._database.session() as session:
            enforced.keep(session, signature, ((text_hash(german), each) for german, each in saved))

    def known_enforced(
        self, signature: str, sentences: Sequence[str]
    ) -> dict[str, tuple[SavedEnforcement, ...]]:
        """What came of wishes for words in some sentences."""
        by_hash = {text_hash(sentence): sentence for sentence in sentences}
        found: dict[str, tuple[SavedEnforcement, ...]] = {}
        with self._database.session() as session:
            for german_hash, each in enforced.of_hashes(session, signature, list(by_hash)):
                german = by_hash[german_hash]
                found[german] = (*found.get(german, ()), each)
        return found

    def forget_problems(self, reading_id: str) -> None:
        """Drop the failed translations of a reading, so that they are tried again."""
        with self._database.session() as session:
            row = _row(session, reading_id)
            hashes = select(SegmentRow.german_hash).where(SegmentRow.reading_id == reading_id)
            session.execute(
                delete(TranslationRow).where(
                    TranslationRow.signature == row.signature,
                    TranslationRow.problem.is_not(None),
                    TranslationRow.german_hash.in_(hashes),
                )
            )

    def set_state(self, reading_id: str, state: ReadingState, signature: str | None = None) -> None:
        """Record how far a reading is, and with a signature what it is translated with from now on."""
        values: dict[str, Any] = {"state": state, "updated": datetime.now(UTC)}
        if signature is not None:
            values["signature"] = signature
        with self._database.session() as session:
            session.execute(update(ReadingRow).where(ReadingRow.id == reading_id).values(**values))

    def rename(self, reading_id: str, title: str) -> str:
        """Give a reading another title; returns it as saved.

        Raises:
            ValueError: the title is empty.

        """
        title = clean_title(title)
        if not title:
            raise ValueError("A title needs at least one character.")
        with self._database.session() as session:
            row = _row(session, reading_id)
            row.title = title
            row.search = fold(f"{title}\n{row.text}")
            row.updated = datetime.now(UTC)
        return title

    def delete(self, reading_id: str) -> None:
        """Delete a reading. Translations stay: they save work when the text comes back."""
        with self._database.session() as session:
            row = _row(session, reading_id)
            session.execute(delete(SegmentRow).where(SegmentRow.reading_id == reading_id))
            session.delete(row)

    def unfinished(self) -> tuple[str, ...]:
        """Ids of readings whose translation was under way, oldest first."""
        query = select(ReadingRow.id).where(ReadingRow.state.in_(("waiting", "translating")))
        with self._database.session() as session:
            return tuple(session.scalars(query.order_by(ReadingRow.created)))

    def fact(self, key: str) -> str | None:
        """A fact about the library itself."""
        with self._database.session() as session:
            row = session.get(MetaRow, key)
            return row.value if row else None

    def record(self, key: str, value: str) -> None:
        """Record a fact about the library itself."""
        with self._database.session() as session:
            session.merge(MetaRow(key=key, value=value))


def _row(session: Session, reading_id: str) -> ReadingRow:
    row = session.get(ReadingRow, reading_id)
    if row is None:
        raise NoSuchReading(f"There is no reading {reading_id!r} in the library; it may have been deleted.")
    return row


def _translated(signature: Any) -> ColumnElement[bool]:
    return and_(TranslationRow.german_hash == SegmentRow.german_hash, TranslationRow.signature == signature)


def _segments(session: Session, row: ReadingRow, start: int, limit: int | None) -> tuple[SavedSegment, ...]:
    query = (
        select(SegmentRow, TranslationRow)
        .outerjoin(TranslationRow, _translated(row.signature))
        .where(SegmentRow.reading_id == row.id, SegmentRow.index >= start)
        .order_by(SegmentRow.index)
        .limit(limit)
    )
    rows = session.execute(query).all()
    # The translations first: an enforcement that is saved meanwhile is then found, never one without its raw.
    wishes = enforced.of_reading(session, row.id, row.signature, start, limit)
    return tuple(
        _segment(segment, translation, wishes.get(segment.german_hash, ()), row.signature)
        for segment, translation in rows
    )


def _segment(
    row: SegmentRow, translation: TranslationRow | None, wishes: tuple[SavedEnforcement, ...], signature: str
) -> SavedSegment:
    return SavedSegment(
        index=row.index,
        paragraph=row.paragraph,
        kind=row.kind,
        start=row.start,
        end=row.end,
        german=row.german,
        translation=_translation(row.german, translation) if translation is not None else None,
        enforced=wishes,
        signature=signature,
        reading=row.reading_id,
    )


def _translation(german: str, row: TranslationRow) -> Translation:
    return Translation(
        source=german,
        hypotheses=tuple(Hypothesis(text, score) for text, score in row.hypotheses),
        links=tuple(Link((a, b), (c, d), weight) for a, b, c, d, weight in row.links),
        problem=row.problem,
    )


def _summary(row: Row[ReadingRow, int, str]) -> ReadingSummary:
    reading, done, opening = row
    body = " ".join(opening.removeprefix(reading.title).split())
    return ReadingSummary(
        id=reading.id,
        title=reading.title,
        state=cast(ReadingState, reading.state),
        language=reading.language,
        total=reading.total,
        done=done,
        opening=body if len(body) < 180 else body[:180].rsplit(" ", 1)[0] + "…",
        created=reading.created,
        updated=reading.updated,
    )
