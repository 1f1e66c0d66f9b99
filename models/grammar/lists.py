"""Word lists that stand beside the code as text files; "#" opens a comment line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


@cache
def words_in(name: str) -> frozenset[str]:
    """Return the words of a text file of this folder."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def named(name: str) -> frozenset[str]:
    """Return a set of named_words.tsv. Raises KeyError if there is none of that name."""
    return {row[0]: frozenset(row[1].split()) for row in rows_in("named_words.tsv")}[name]


@cache
def rows_in(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a tab-separated file of this folder."""
    return tuple(tuple(line.split("\t")) for line in _lines(name))


@cache
def table(name: str) -> dict[str, str]:
    """Return the first two columns of a file as a mapping."""
    return {row[0]: row[1] for row in rows_in(name)}


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
