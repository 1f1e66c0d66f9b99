"""The tables of this package, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


@cache
def function_glosses() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (German form, tag or "") -> English glosses, the usual one first."""
    return {(row[0], row[1]): tuple(row[2].split("/")) for row in _rows("function_words.tsv")}


@cache
def group(name: str) -> frozenset[str]:
    """Return a group of words by its name in word_groups.tsv."""
    return next(frozenset(row[1].split()) for row in _rows("word_groups.tsv") if row[0] == name)


@cache
def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
