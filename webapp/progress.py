"""How far somebody has read and studied a reading: kept in the library, deleted with the reading."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, cast, get_args

from sqlalchemy import JSON, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.library.database import Database
from webapp.library.library import NoSuchReading
from webapp.library.tables import Base, ReadingRow, UtcDateTime

Mode = Literal["both", "hide-english", "hide-german", "cloze"]
"""How a reading is shown: all of it, one language hidden, or its terms as blanks."""

Result = Literal["wrong", "hinted", "right", "helped", "shown"]
"""How a blank fared: still open after a wrong try or a hint, filled in at once or with help, or shown."""

MODES: tuple[Mode, ...] = get_args(Mode)
RESULTS: tuple[Result, ...] = get_args(Result)
_PLACE = re.compile(r"\d{1,6}-\d{1,6}")


class ProgressRow(Base):
    """Progress in one reading."""

    __tablename__ = "reading_progress"
    reading_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True
    )
    mode: Mapped[str] = mapped_column(String(16))
    last: Mapped[int | None]
    revealed: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    blanks: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    updated: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Progress:
    """What is remembered of a reading."""

    total: int
    """Number of sentences of the reading."""
    mode: Mode = "both"
    last: int | None = None
    """Index of the sentence read last; ``None`` if nothing was read yet."""
    revealed: Mapping[Mode, tuple[int, ...]] = field(default_factory=dict)
    """By mode the indexes of the sentences whose hidden side was revealed, ascending."""
    blanks: Mapping[int, Mapping[str, Result]] = field(default_factory=dict)
    """Results by sentence index and place, ``"4-13"`` for the characters 4 to 13 of the German."""
    updated: datetime | None = None

    @property
    def resume(self) -> int | None:
        """Number (from 1) of the sentence to go on at; ``None`` at the beginning and at the end."""
        if self.last is None or not 0 < self.last < self.total - 1:
            return None
        return self.last + 1

    def score(self) -> dict[Result, int]:
        """How many blanks fared how."""
        counts = Counter(result for places in self.blanks.values() for result in places.values())
        return {result: counts[result] for result in RESULTS}


@dataclass(frozen=True, slots=True)
class Change:
    """A change of progress; what is empty stays as it is."""

    mode: Mode | None = None
    last: int | None = None
    reveal: tuple[int, ...] = ()
    """Sentences revealed in the mode, the new one if the change names one."""
    hide: tuple[int, ...] = ()
    """Sentences hidden again."""
    blanks: Mapping[int, Mapping[str, Result | None]] = field(default_factory=dict)
    """New results; ``None`` makes a blank new again."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Change:
        """The change that a JSON object asks for.

        Raises:
            ValueError: something in it cannot be understood; the message says what.

        """
        unknown = set(data) - set(cls.__slots__)
        if unknown:
            raise ValueError(
                f"Progress has no {', '.join(sorted(unknown))}; there are {', '.join(cls.__slots__)}."
            )
        mode, last = data.get("mode"), data.get("last")
        if mode is not None and mode not in MODES:
            raise ValueError(f"mode must be one of: {', '.join(MODES)}.")
        return cls(
            mode=mode,
            last=None if last is None else _index("last", last),
            reveal=_indexes("reveal", data.get("reveal", [])),
            hide=_indexes("hide", data.get("hide", [])),
            blanks=_blanks(data.get("blanks", {})),
        )

    def largest(self) -> int:
        """The largest sentence index that occurs, -1 if there is none."""
        last = [] if self.last is None else [self.last]
        return max([*last, *self.reveal, *self.hide, *self.blanks], default=-1)


class ReadingProgress:
    """Progress in all readings. Every method is one transaction and raises ``LibraryError`` if it fails."""

    def __init__(self, database: Database) -> None:
        """Name the database: the library's."""
        self._database = database
        # Two tabs may report at once; each change is read, merged and written in one go.
        self._lock = threading.Lock()

    def get(self, reading_id: str) -> Progress:
        """The progress in a reading.

        Raises:
            NoSuchReading: there is no reading with this id.

        """
        with self._database.session() as session:
            total = _total(session, reading_id)
            return _progress(total, session.get(ProgressRow, reading_id))

    def change(self, reading_id: str, change: Change) -> Progress:
        """Merge a change into what is remembered, and return all of it.

        Raises:
            NoSuchReading: there is no reading with this id.
            ValueError: the change names a sentence that the reading does not have.

        """
        with self._lock, self._database.session() as session:
            total = _total(session, reading_id)
            if change.largest() >= total:
                raise ValueError(f"The reading has {total} sentences; {change.largest()} is not one's index.")
            row = session.get(ProgressRow, reading_id, with_for_update=True)
            if row is None:
                row = ProgressRow(reading_id=reading_id, mode="both", last=None, revealed={}, blanks={})
                session.add(row)
            row.mode = change.mode or row.mode
            row.last = row.last if change.last is None else change.last
            # New objects: SQLAlchemy does not see changes inside the old ones.
            revealed = (set(row.revealed.get(row.mode, ())) | set(change.reveal)) - set(change.hide)
            row.revealed = {**row.revealed, row.mode: sorted(revealed)}
            row.blanks = _merged(row.blanks, change.blanks)
            row.updated = datetime.now(UTC)
            return _progress(total, row)

    def forget(self, reading_id: str) -> None:
        """Begin a reading anew; harmless if nothing is remembered.

        Raises:
            NoSuchReading: there is no reading with this id.

        """
        with self._lock, self._database.session() as session:
            _total(session, reading_id)
            session.execute(delete(ProgressRow).where(ProgressRow.reading_id == reading_id))

    def positions(self) -> Mapping[str, int]:
        """Index of the sentence read last, by reading id; readings not begun are left out."""
        query = select(ProgressRow.reading_id, ProgressRow.last).where(ProgressRow.last.is_not(None))
        with self._database.session() as session:
            return {reading_id: cast(int, last) for reading_id, last in session.execute(query)}


def _total(session: Session, reading_id: str) -> int:
    total = session.scalar(select(ReadingRow.total).where(ReadingRow.id == reading_id))
    if total is None:
        raise NoSuchReading(f"There is no reading {reading_id!r} in the library; it may have been deleted.")
    return total


def _progress(total: int, row: ProgressRow | None) -> Progress:
    if row is None:
        return Progress(total)
    return Progress(
        total=total,
        mode=cast(Mode, row.mode),
        last=row.last,
        revealed={cast(Mode, mode): tuple(indexes) for mode, indexes in row.revealed.items() if indexes},
        blanks={
            int(index): {place: cast(Result, result) for place, result in places.items()}
            for index, places in sorted(row.blanks.items(), key=lambda item: int(item[0]))
        },
        updated=row.updated,
    )


def _merged(
    before: Mapping[str, Mapping[str, str]], change: Mapping[int, Mapping[str, Result | None]]
) -> dict[str, dict[str, str]]:
    after: dict[str, dict[str, str]] = {index: dict(places) for index, places in before.items()}
    for number, places in change.items():
        for place, result in places.items():
            own = after.setdefault(str(number), {})
            own.pop(place, None)
            if result is not None:
                own[place] = result
    return {index: places for index, places in after.items() if places}


def _index(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**6:
        raise ValueError(f"{name} must hold sentence indexes from 0, not {value!r}.")
    return value


def _indexes(name: str, value: object) -> tuple[int, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f"{name} must be a list of sentence indexes, such as [0, 3].")
    return tuple(_index(name, each) for each in value)


def _blanks(value: object) -> dict[int, dict[str, Result | None]]:
    example = '{"3": {"4-13": "right"}}'
    if not isinstance(value, Mapping):
        raise ValueError(f"blanks must be an object, such as {example}.")
    found: dict[int, dict[str, Result | None]] = {}
    for index, places in value.items():
        if not str(index).isdecimal() or not isinstance(places, Mapping):
            raise ValueError(f"blanks must be given by sentence index, such as {example}.")
        for place, result in places.items():
            if not _PLACE.fullmatch(place) or result not in (*RESULTS, None):
                raise ValueError(
                    f"A blank is given by its characters and one of {', '.join(RESULTS)} or null, "
                    f"such as {example}."
                )
            found.setdefault(_index("blanks", int(index)), {})[place] = result
    return found
