"""Saved words and terms: add, find, change, delete, schedule; kept in the library's database."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from webapp.library.database import Database
from webapp.library.library import fold
from webapp.library.tables import ReadingRow
from webapp.study.items import Draft, Kind, Status, StudyItem
from webapp.study.tables import StudyItemRow, StudyReviewRow

Outcome = Literal["added", "sentence", "there"]
"""What saving did: a new item; an item that was there got its first sentence; nothing, all was there."""


class NoSuchItem(LookupError):
    """There is no saved word or term with this id."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An item after saving, and what saving did."""

    item: StudyItem
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Review:
    """One answer in the review log."""

    item_id: int
    rating: int
    """1 again, 2 hard, 3 good, 4 easy."""
    reviewed: datetime
    first: bool
    """Whether the item had not been scheduled before."""


class StudyStore:
    """The vocabulary. Every method is one transaction and raises ``LibraryError`` if it fails."""

    def __init__(self, database: Database) -> None:
        """Name the database: the library's."""
        self._database = database
        # A key is saved once: who presses two buttons quickly sends two requests.
        self._saving = threading.Lock()

    def add(self, **fields: Any) -> StudyItem:
        """Save a word or term and return it as saved; `fields` are those of `Draft`."""
        return self.save(Draft(**fields)).item

    def save(self, draft: Draft) -> Saved:
        """Save a word or term.

        What is saved under this key already stays as it is: it only gets the sentence if it has none.
        """
        return self.save_all([draft])[0]

    def save_all(self, drafts: Iterable[Draft]) -> tuple[Saved, ...]:
        """Save words and terms, all or none, each as `save` does."""
        with self._saving, self._database.session() as session:
            return tuple(_saved(session, draft) for draft in drafts)

    def get(self, item_id: int) -> StudyItem:
        """The item with this id.

        Raises:
            NoSuchItem: there is none.

        """
        with self._database.session() as session:
            return _item(_row(session, item_id))

    def find(self, key: str) -> StudyItem | None:
        """The item saved under a key, if there is one."""
        with self._database.session() as session:
            row = session.scalar(select(StudyItemRow).where(StudyItemRow.key == key))
            return _item(row) if row else None

    def list(
        self, status: Status | None = None, query: str = "", kind: Kind | None = None
    ) -> tuple[StudyItem, ...]:
        """Items, newest first; with a query those in which every word of it occurs."""
        wanted = select(StudyItemRow).where(
            *(StudyItemRow.search.contains(word, autoescape=True) for word in fold(query).split())
        )
        if status is not None:
            wanted = wanted.where(StudyItemRow.status == status)
        if kind is not None:
            wanted = wanted.where(StudyItemRow.kind == kind)
        with self._database.session() as session:
            rows = session.scalars(wanted.order_by(StudyItemRow.created.desc(), StudyItemRow.id.desc()))
            return tuple(_item(row) for row in rows)

    def set_status(self, item_id: int, status: Status) -> StudyItem:
        """Change the status; the schedule stays, so that an item that is taken up again goes on.

        Raises:
            NoSuchItem: there is none with this id.

        """
        with self._database.session() as session:
            row = _row(session, item_id)
            row.status, row.updated = status, datetime.now(UTC)
            return _item(row)

    def edit(self, item_id: int, *, english: str | None = None, note: str | None = None) -> StudyItem:
        """Change what the learner wants to remember; what is not given stays.

        Raises:
            NoSuchItem: there is none with this id.

        """
        with self._database.session() as session:
            row = _row(session, item_id)
            row.english = row.english if english is None else english
            row.note = row.note if note is None else note
            row.search, row.updated = _search_text(row), datetime.now(UTC)
            return _item(row)

    def delete(self, item_id: int) -> None:
        """Delete an item with its reviews.

        Raises:
            NoSuchItem: there is none with this id.

        """
        with self._database.session() as session:
            row = _row(session, item_id)
            session.execute(delete(StudyReviewRow).where(StudyReviewRow.item_id == item_id))
            session.delete(row)

    def due(self, now: datetime) -> tuple[StudyItem, ...]:
        """The items being learnt that are due at a time: oldest due first, then those never scheduled."""
        wanted = (
            select(StudyItemRow)
            .where(StudyItemRow.status == "learning")
            .where(or_(StudyItemRow.due.is_(None), StudyItemRow.due <= now))
            # NULLs sort first in SQLite and last in PostgreSQL: say it for both.
            .order_by(StudyItemRow.due.is_(None), StudyItemRow.due, StudyItemRow.created, StudyItemRow.id)
        )
        with self._database.session() as session:
            return tuple(_item(row) for row in session.scalars(wanted))

    def record(
        self, item_id: int, card_json: str, due: datetime, rating: int, reviewed_at: datetime
    ) -> StudyItem:
        """Record an answer in the review: new schedule, a line in the log; a new item is then being learnt.

        Raises:
            NoSuchItem: there is none with this id.

        """
        with self._database.session() as session:
            row = _row(session, item_id)
            session.add(
                StudyReviewRow(
                    item_id=item_id,
                    rating=rating,
                    reviewed=reviewed_at,
                    status_before=row.status,
                    card_before=row.card,
                    due_before=row.due,
                )
            )
            row.card, row.due = card_json, due
            if row.status == "new":
                # Only this is a change of the item: exports would else overwrite what was changed elsewhere.
                row.status, row.updated = "learning", reviewed_at
            return _item(row)

    def take_back(self) -> StudyItem | None:
        """Undo the newest answer of all and return its item; None if there is none to undo."""
        with self._database.session() as session:
            last = session.scalar(select(StudyReviewRow).order_by(StudyReviewRow.id.desc()).limit(1))
            if last is None:
                return None
            row = _row(session, last.item_id)
            if row.status != last.status_before:
                row.status, row.updated = last.status_before, datetime.now(UTC)
            row.card, row.due = last.card_before, last.due_before
            session.delete(last)
            return _item(row)

    def reviews(self, since: datetime | None = None) -> tuple[Review, ...]:
        """The review log from a time on, oldest first."""
        wanted = select(StudyReviewRow).order_by(StudyReviewRow.id)
        if since is not None:
            wanted = wanted.where(StudyReviewRow.reviewed >= since)
        with self._database.session() as session:
            return tuple(
                Review(row.item_id, row.rating, row.reviewed, row.card_before is None)
                for row in session.scalars(wanted)
            )

    def statuses(self) -> Mapping[str, Status]:
        """The status of every saved key."""
        with self._database.session() as session:
            rows = session.execute(select(StudyItemRow.key, StudyItemRow.status))
            return {key: cast(Status, status) for key, status in rows}


def _saved(session: Session, draft: Draft) -> Saved:
    now = datetime.now(UTC)
    reading_id = draft.reading_id
    if reading_id is not None and session.get(ReadingRow, reading_id) is None:
        reading_id = None  # deleted meanwhile: the sentence is kept all the same
    row = session.scalar(select(StudyItemRow).where(StudyItemRow.key == draft.key))
    if row is not None and (row.sentence or not draft.sentence):
        return Saved(_item(row), "there")
    outcome: Outcome = "sentence"
    if row is None:
        outcome = "added"
        row = StudyItemRow(
            kind=draft.kind,
            key=draft.key,
            german=draft.german,
            pos=draft.pos,
            english=draft.english,
            note=draft.note,
            status=draft.status,
            created=now,
        )
        session.add(row)
    row.form, row.sentence, row.sentence_english = draft.form, draft.sentence, draft.sentence_english
    row.spans = [[start, end] for start, end in draft.spans]
    row.source, row.reading_id, row.segment = draft.source, reading_id, draft.segment
    row.search, row.updated = _search_text(row), now
    session.flush()
    return Saved(_item(row), outcome)


def _row(session: Session, item_id: int) -> StudyItemRow:
    # Databases take no larger number, whatever an address says.
    row = session.get(StudyItemRow, item_id) if item_id < 2**31 else None
    if row is None:
        raise NoSuchItem(f"There is no saved word or term {item_id}; it may have been deleted.")
    return row


def _search_text(row: StudyItemRow) -> str:
    return fold("\n".join((row.german, row.form, row.english, row.note)))


def _item(row: StudyItemRow) -> StudyItem:
    return StudyItem(
        id=row.id,
        kind=cast(Kind, row.kind),
        key=row.key,
        german=row.german,
        form=row.form,
        pos=row.pos,
        english=row.english,
        note=row.note,
        status=cast(Status, row.status),
        sentence=row.sentence,
        sentence_english=row.sentence_english,
        spans=tuple((start, end) for start, end in row.spans),
        source=row.source,
        reading_id=row.reading_id,
        segment=row.segment,
        created=row.created,
        updated=row.updated,
        card=row.card,
        due=row.due,
    )
