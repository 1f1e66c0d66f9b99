"""`python -m models.lexicon.building.written`: puts words that were translated by hand into the lexicon.

`written_words.tsv` (lemma, part of speech, gender of nouns, English separated by “ | ”, the most usual first)
has common words that the corpus has too seldom to count their English. What was counted often enough stays as
it is; elsewhere the written English comes first and is given a count of 0: nobody has counted it. Doing it
twice changes nothing; what was taken out of the file goes out of the lexicon when that is built anew.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast, get_args

from models.lexicon.building.writing import INSERT, row_of
from models.lexicon.store import SHIPPED, column_of, renderings_of
from models.lexicon.values import Entry, Gender, Pos, Rendering

WRITTEN_WORDS: Final = Path(__file__).parent.parent / "written_words.tsv"
# So often seen with such a share, or so often with any, the counted English needs no help.
_ENOUGH: Final = 3
_CLEAR: Final = 0.4
_OFTEN: Final = 10
_SHARES: Final = ((1.0,), (0.6, 0.4), (0.5, 0.3, 0.2))
_LEFT: Final = 0.2  # of the shares, for what was counted twice at least
_MOST: Final = 5
_RAREST: Final = 6  # band


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A lemma with its English, the most usual first."""

    lemma: str
    pos: Pos
    gender: Gender
    english: tuple[str, ...]


def read_written(path: Path = WRITTEN_WORDS) -> Iterator[WrittenWord]:
    """Read the file. ValueError, with the line, for one that is not as it should be."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) != 4 or row[1] not in get_args(Pos) or row[2] not in get_args(Gender) or not row[0]:
                raise ValueError(
                    f"{path}:{number}: wanted lemma, part of speech, gender and English, not {row}."
                )
            english = tuple(dict.fromkeys(filter(None, map(str.strip, row[3].split("|")))))
            if not english:
                raise ValueError(f"{path}:{number}: {row[0]} has no English.")
            yield WrittenWord(row[0], cast(Pos, row[1]), cast(Gender, row[2]), english)


def merged(counted: Iterable[Rendering], written: tuple[str, ...]) -> tuple[Rendering, ...]:
    """Return counted and written English together; the counted alone if it is enough."""
    old = tuple(counted)
    known = tuple(each for each in old if not each.written)
    mixed = len(known) < len(old)  # by an earlier run, which found the counted not to be enough
    if known and not mixed and known[0].count >= (_ENOUGH if known[0].share >= _CLEAR else _OFTEN):
        return known
    chosen = written[: len(_SHARES)]
    kept = [each for each in known if each.count > 1 and each.english not in chosen][: _MOST - len(chosen)]
    left = _LEFT if kept else 0.0
    scale = 1.0 if mixed else left / (sum(each.share for each in kept) or 1.0)
    first = tuple(
        Rendering(english, share * (1 - left), 0)
        for english, share in zip(chosen, _SHARES[len(chosen) - 1], strict=True)
    )
    return (*first, *(Rendering(each.english, scale * each.share, each.count) for each in kept))


def add_written(lexicon: Path, words: Iterable[WrittenWord]) -> int:
    """Put words into a lexicon file and return how many entries changed. Raises sqlite3.Error or OSError."""
    with sqlite3.connect(lexicon, isolation_level=None) as connection:
        changes = [change for word in words if (change := _change(connection, word))]
        if changes:
            connection.execute("BEGIN")
            for statement, values in sorted(changes, key=lambda change: change[1]):
                connection.execute(statement, values)
            _count(connection)
            connection.execute("COMMIT")
            connection.execute("VACUUM")
    connection.close()
    return len(changes)


def _change(connection: sqlite3.Connection, word: WrittenWord) -> tuple[str, tuple[str | int, ...]] | None:
    key = (word.lemma, word.pos)
    row = connection.execute("SELECT renderings FROM entry WHERE lemma = ? AND pos = ?", key).fetchone()
    both = merged(renderings_of(row[0]) if row else (), word.english)
    if row is None:
        return INSERT, row_of(Entry(*key, word.gender, "", _RAREST, 1, (), both, ()))
    column = column_of(both)
    if column == row[0]:
        return None
    return "UPDATE entry SET renderings = ?3 WHERE lemma = ?1 AND pos = ?2", (*key, column)


def _count(connection: sqlite3.Connection) -> None:
    count = "SELECT count(*), sum(renderings <> '') FROM entry"
    for name, value in zip(("lemmas", "translated"), connection.execute(count).fetchone(), strict=True):
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (str(value), name))


def main() -> None:
    """Read the command line and add the words."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--words", type=Path, default=WRITTEN_WORDS)
    parser.add_argument("--lexicon", type=Path, default=SHIPPED)
    chosen = parser.parse_args()
    print(f"{add_written(chosen.lexicon, read_written(chosen.words)):,} entries changed in {chosen.lexicon}")


if __name__ == "__main__":
    main()
