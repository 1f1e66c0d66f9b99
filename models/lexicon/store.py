"""The lexicon file: read only, opened at first use, one connection a thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from models.lexicon.refining import without_scraps
from models.lexicon.values import Entry, Example, Gender, Pos, Rendering

SHIPPED: Final = Path(__file__).with_name("lexicon.sqlite3")
_KEPT: Final = 8_192
_OPEN: Final = frozenset({"noun", "name", "verb", "adjective", "adverb"})
# Which reading of a lemma is meant where none is named.
_ORDER: Final = "SELECT * FROM entry WHERE lemma = ? ORDER BY count DESC"


class LexiconError(Exception):
    """The lexicon file is missing or cannot be read; the message says what to do."""


class Lexicon:
    """The German-English lexicon in one SQLite file. Thread-safe; opened at the first question."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or SHIPPED
        self._local = threading.local()
        self.look_up = lru_cache(maxsize=_KEPT)(self._look_up)
        self.count = lru_cache(maxsize=_KEPT * 4)(self._count)
        self.irregular = lru_cache(maxsize=_KEPT)(self._irregular)

    def _connection(self) -> sqlite3.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            if not self.path.is_file():
                raise LexiconError(
                    f"The lexicon {self.path} is missing: reinstall Seitenblick, or build it with"
                    " python -m models.lexicon.building (see docs/lexicon.md)."
                )
            address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            try:
                connection = sqlite3.connect(address, uri=True, check_same_thread=False)
                connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone()
            except sqlite3.Error as error:
                raise LexiconError(
                    f"The lexicon {self.path} cannot be read ({error}): reinstall Seitenblick."
                ) from error
            self._local.connection = connection
        return cast(sqlite3.Connection, connection)

    def _look_up(self, lemma: str, pos: Pos | None = None) -> Entry | None:
        """Return the entry of a lemma (nouns with their capital), of the part of speech if there are several.

        If there is none of that part of speech, or none is named, the most frequent one with translations.
        """
        rows = self._connection().execute(_ORDER, (lemma,)).fetchall()
        if not rows:
            return None
        best = min(rows, key=lambda row: (row[1] != pos, not row[7], -row[5]))
        if best[1] == pos and not best[7] and pos != "name":
            best = min(rows, key=lambda row: (not row[7], row[1] != pos, -row[5]))
        return self._entry(best)

    def _entry(self, row: tuple[str, str, str, str, int, int, str, str, str]) -> Entry:
        lemma, pos, gender, plural, band, count, parts, renderings, examples = row
        entry = Entry(
            lemma,
            cast(Pos, pos),
            cast(Gender, gender),
            plural,
            band,
            count,
            tuple(parts.split("+")) if parts else (),
            renderings_of(renderings),
            tuple(self._example(int(number)) for number in examples.split()),
        )
        return without_scraps(entry) if entry.pos in _OPEN else entry

    def _example(self, number: int) -> Example:
        row = (
            self._connection()
            .execute("SELECT german, english, source FROM sentence WHERE id = ?", (number,))
            .fetchone()
        )
        return Example(*row)

    def _count(self, lemma: str) -> int:
        """Return how often a lemma was seen in the corpus, 0 if never."""
        row = self._connection().execute("SELECT sum(count) FROM entry WHERE lemma = ?", (lemma,)).fetchone()
        return int(row[0] or 0)

    def _irregular(self, form: str, pos: Pos) -> str:
        """Return the lemma of a form that the rules would get wrong, or "" if they will do."""
        row = (
            self._connection()
            .execute("SELECT lemma FROM form WHERE form = ? AND pos = ?", (form, pos))
            .fetchone()
        )
        return str(row[0]) if row else ""

    def facts(self) -> dict[str, str]:
        """Return what the file says of itself: pairs, lemmas, translated."""
        return dict(self._connection().execute("SELECT key, value FROM meta").fetchall())


def renderings_of(column: str) -> tuple[Rendering, ...]:
    """Read the column renderings; each line has English, share in thousandths, count."""
    return tuple(
        Rendering(english, int(share) / 1000, int(count))
        for english, share, count in (line.split("\t") for line in column.splitlines())
    )


def column_of(renderings: Iterable[Rendering]) -> str:
    """Return renderings as the column holds them."""
    return "\n".join(f"{each.english}\t{round(each.share * 1000)}\t{each.count}" for each in renderings)
