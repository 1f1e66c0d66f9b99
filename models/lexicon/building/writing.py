"""Writes the lexicon as one SQLite file, the same bytes for the same input."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from models.lexicon.building.corpus import Pair
from models.lexicon.building.examples import source_of
from models.lexicon.store import column_of
from models.lexicon.values import Entry

SCHEMA = """
CREATE TABLE entry(lemma TEXT, pos TEXT, gender TEXT, plural TEXT, band INT, count INT, parts TEXT,
  renderings TEXT, examples TEXT, PRIMARY KEY(lemma, pos)) WITHOUT ROWID;
CREATE TABLE form(form TEXT, pos TEXT, lemma TEXT, PRIMARY KEY(form, pos)) WITHOUT ROWID;
CREATE TABLE sentence(id INTEGER PRIMARY KEY, german TEXT, english TEXT, source TEXT);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
INSERT: Final = "INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?)"


def row_of(entry: Entry, examples: Iterable[int] = ()) -> tuple[str | int, ...]:
    """Return an entry as a row of its table, with the numbers of its example pairs."""
    return (
        entry.lemma, entry.pos, entry.gender, entry.plural, entry.band, entry.count,
        "+".join(entry.parts), column_of(entry.translations), " ".join(map(str, examples)),
    )  # fmt: skip


def write_lexicon(
    path: Path,
    entries: Iterable[tuple[Entry, tuple[int, ...]]],
    forms: Mapping[tuple[str, str], str],
    pairs: list[Pair],
    meta: Mapping[str, str],
) -> None:
    """Write entries (with the numbers of their example pairs), irregular forms and notes to a new file."""
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    with sqlite3.connect(temporary, isolation_level=None) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        renumbered: dict[int, int] = {}
        for entry, examples in sorted(entries, key=lambda item: (item[0].lemma, item[0].pos)):
            numbers = [renumbered.setdefault(number, len(renumbered) + 1) for number in examples]
            connection.execute(INSERT, row_of(entry, numbers))
        for number, new in renumbered.items():
            pair = pairs[number]
            row = (new, pair.german, pair.english, source_of(pair))
            connection.execute("INSERT INTO sentence VALUES(?,?,?,?)", row)
        connection.executemany(
            "INSERT INTO form VALUES(?,?,?)", ((f, p, lemma) for (f, p), lemma in sorted(forms.items()))
        )
        connection.executemany("INSERT INTO meta VALUES(?,?)", sorted(meta.items()))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    connection.close()
    temporary.replace(path)
