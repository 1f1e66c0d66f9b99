"""The files that a corpus is read from.

- TSV (also .xz): tier, name, German, English.
- The glossary's CSV files, of which the terms are taken with their preferred English, but not the examples:
  these measure (bench/enforcement).
- The list of phrases, of which the examples are taken, but for a tenth that measures (bench/phrases).
- English of ours for sentences of a text that stays where it is: line of the text (from 0), first character
  and the one after the last, digest of the German, English.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from models.training.extras import TrainingError


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence pair and where it comes from."""

    tier: str
    name: str
    german: str
    english: str


def read_rows(path: Path) -> Iterator[Row]:
    """Read a corpus file. TrainingError, with the line, for a line that has not four columns."""
    if path.suffix == ".csv":
        yield from _terms(path)
        return
    if path.name == "phrases.tsv":
        yield from _phrase_examples(path)
        return
    for _, columns in _table(path, "tier", "name", "German", "English"):
        yield Row(*columns)


def _terms(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if not {"german", "english"} <= set(table.fieldnames or ()):
            raise TrainingError(f"{path} is no glossary file: it has no columns german and english.")
        for row in table:
            yield Row("terms", "glossary", row["german"], row["english"])


def _phrase_examples(path: Path) -> Iterator[Row]:
    for _, (german, _, example, english) in _table(path, "phrase", "English", "example", "its English"):
        if not german.startswith("#") and not held_out(german):
            yield Row("written", "written_phrases", example, english)


def held_out(phrase: str) -> bool:
    """Whether the example of a phrase is kept to measure with: by its own hash, however the list grows."""
    return int(digest(phrase), 16) % 10 == 0


def _table(path: Path, *names: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the columns of each line with its number; TrainingError if there are not as many as names."""
    with _opened(path) as lines:
        for number, line in enumerate(lines, 1):
            columns = line.rstrip("\n").split("\t")
            if len(columns) != len(names):
                raise TrainingError(f"{path}:{number}: {len(columns)} columns; wanted {', '.join(names)}.")
            yield number, columns


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def digest(german: str) -> str:
    """Return what tells that a sentence is the one that was translated."""
    return hashlib.blake2b(german.encode(), digest_size=4).hexdigest()


def read_translated(path: Path, text: Path) -> Iterator[Row]:
    """Read English with the German that it was made from, as the tier written.

    TrainingError for a line that is no such line, or whose German is another one than that translated.
    """
    with _opened(text) as lines:
        german = [line.rstrip("\n") for line in lines]
    for number, (*place, known, english) in _table(path, "line", "start", "end", "digest", "English"):
        if not all(each.isdecimal() for each in place):
            raise TrainingError(f"{path}:{number}: line, start and end must be numbers.")
        row, start, end = map(int, place)
        sentence = german[row][start:end] if row < len(german) else ""
        if digest(sentence) != known:
            raise TrainingError(f"{path}:{number}: not the sentence of {text} that was translated.")
        yield Row("written", f"translated_{path.stem}", sentence, english)
