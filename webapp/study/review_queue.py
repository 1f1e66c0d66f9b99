"""What is to be reviewed now, how much is left today, and what a learner's answer changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from webapp.library.database import Database
from webapp.study.items import StudyItem
from webapp.study.scheduling import Outcome, Schedule, in_steps
from webapp.study.store import NoSuchItem, StudyStore
from webapp.study.tables import StudyItemRow, StudyReviewRow

AHEAD = timedelta(minutes=20)
"""A word in a step of minutes is shown this much too early if there is nothing else to do (as Anki does)."""


class StaleAnswer(ValueError):
    """The word was answered already, in another window or by a form sent twice; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Today:
    """The review as it stands at a time."""

    item: StudyItem | None
    """What to ask next; None if there is nothing to do now."""
    outcomes: tuple[Outcome, ...]
    """What each rating would make of it."""
    due: int
    """Words to be repeated now, or in a few minutes because they were new or forgotten."""
    fresh: int
    """Words never reviewed that today's limit still allows."""
    waiting: int
    """Words never reviewed that the limit leaves for another day."""
    next_due: datetime | None
    """When the next word comes back that is not due now."""
    next_count: int
    """How many come back on the same day as that one."""
    done: int
    """Answers given today."""

    @property
    def left(self) -> int:
        """How many words are left today."""
        return self.due + self.fresh


class ReviewQueue:
    """Asks one word after the other: first those in steps of minutes, then the other due ones, then new ones.

    A word that the learner has marked as known is never asked.
    """

    def __init__(
        self,
        database: Database,
        store: StudyStore,
        schedule: Schedule,
        new_per_day: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Name the parts.

        Args:
            database: the library's.
            store: the vocabulary in it.
            schedule: decides when a word comes back.
            new_per_day: how many words are asked for the first time on one day, at most.
            clock: tells the time, with zone.

        """
        self._database = database
        self._store = store
        self._schedule = schedule
        self._new_per_day = new_per_day
        self._clock = clock
        self._answering = threading.Lock()  # a double click sends an answer twice at once

    def today(self, first: int | None = None) -> Today:
        """The review as it stands now.

        Args:
            first: the word to ask next if it is not known; None leaves the choice to the queue.

        """
        now = self._clock()
        day = self._schedule.day_of(now)
        with self._database.session() as session:
            scheduled = session.execute(
                select(StudyItemRow.id, StudyItemRow.due, StudyItemRow.card)
                .where(_scheduled(), StudyItemRow.due <= now + AHEAD)
                .order_by(StudyItemRow.due, StudyItemRow.id)
            ).all()
            stepping = {row.id for row in scheduled if in_steps(row.card)}
            due = [row.id for row in scheduled if row.due <= now]
            soon = [row.id for row in scheduled if row.due > now and row.id in stepping]
            unseen = _count(session, _fresh())
            done, begun = _answers_since(session, day)
            fresh = max(0, min(unseen, self._new_per_day - begun))
            chosen = next((i for i in due if i in stepping), None) or next(iter(due), None)
            if chosen is None and fresh:
                chosen = session.scalar(
                    select(StudyItemRow.id)
                    .where(_fresh())
                    # What the learner has begun to learn by saying so comes before what is merely saved.
                    .order_by(StudyItemRow.status, StudyItemRow.created, StudyItemRow.id)
                    .limit(1)
                )
            if chosen is None:
                chosen = next(iter(soon), None)
            next_due, next_count = self._next(session, now, soon)
        item = self._asked(first) or (self._store.get(chosen) if chosen is not None else None)
        return Today(
            item=item,
            outcomes=self._schedule.outcomes(item.id, item.card, now) if item else (),
            due=len(due) + len(soon),
            fresh=fresh,
            waiting=unseen - fresh,
            next_due=next_due,
            next_count=next_count,
            done=done,
        )

    def answer(self, item_id: int, rating: int, seen: str | None = None) -> Outcome:
        """Take a learner's answer.

        Args:
            item_id: the word.
            rating: 1 again, 2 hard, 3 good, 4 easy.
            seen: `version` of the item as the learner saw it; None asks for no check.

        Raises:
            NoSuchItem: there is no such word.
            StaleAnswer: the word was answered since, or is known.
            ValueError: there is no such rating.

        """
        now = self._clock()
        with self._answering:
            item = self._store.get(item_id)
            if item.status == "known" or (seen is not None and seen != version(item)):
                raise StaleAnswer(f"“{item.german}” was answered already; this answer changed nothing.")
            outcome = self._schedule.review(item.id, item.card, rating, now)
            self._store.record(item.id, outcome.card, outcome.due, rating, now)
        return outcome

    def take_back(self) -> StudyItem | None:
        """Undo the newest answer of today and return its word; None if there is none."""
        with self._answering:
            with self._database.session() as session:
                done, _ = _answers_since(session, self._schedule.day_of(self._clock()))
            return self._store.take_back() if done else None

    def _asked(self, item_id: int | None) -> StudyItem | None:
        try:
            item = self._store.get(item_id) if item_id is not None else None
        except NoSuchItem:
            return None
        return item if item is not None and item.status != "known" else None

    def _next(self, session: Session, now: datetime, soon: list[int]) -> tuple[datetime | None, int]:
        later = and_(_scheduled(), StudyItemRow.due > now, StudyItemRow.id.not_in(soon))
        first = session.scalar(select(func.min(StudyItemRow.due)).where(later))
        if first is None:
            return None, 0
        ends = self._schedule.day_of(self._schedule.day_of(first) + timedelta(hours=36))
        return first, _count(session, and_(later, StudyItemRow.due < ends))


def version(item: StudyItem) -> str:
    """What an item's schedule is known by: it changes with every answer."""
    return item.due.isoformat() if item.due else "new"


def _scheduled() -> ColumnElement[bool]:
    # What the learner called new again goes on where it was.
    return and_(StudyItemRow.status != "known", StudyItemRow.card.is_not(None))


def _fresh() -> ColumnElement[bool]:
    return and_(StudyItemRow.status != "known", StudyItemRow.card.is_(None))


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(StudyItemRow).where(which)) or 0


def _answers_since(session: Session, day: datetime) -> tuple[int, int]:
    """The answers since a time, and how many of them were a word's first."""
    today = StudyReviewRow.reviewed >= day
    first = StudyReviewRow.card_before.is_(None)
    done = session.scalar(select(func.count()).select_from(StudyReviewRow).where(today)) or 0
    begun = session.scalar(select(func.count()).select_from(StudyReviewRow).where(today, first)) or 0
    return done, begun
