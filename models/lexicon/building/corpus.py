"""The training corpus with its word alignments, as the lexicon needs it."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_WORD: Final = re.compile(r"\w+|[^\w\s]")  # as in the training's align.py: alignments count these
_LETTERS: Final = re.compile(r"[^\W\d_]+")
GERMAN, ENGLISH = 2, 3
"""Columns of a training table."""
_HYPHENS: Final = "-‐‑"


@dataclass(frozen=True, slots=True)
class Unit:
    """A German word: one aligned token, or several joined by hyphens; [first, last): token numbers."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence pair: German units, English tokens (original case), and links token to token.

    `links` are those that both directions agree on; `wide` those of the file
    `forward`, in which every English token chooses a German one, so that several may share one.
    """

    tier: str
    name: str
    german: str
    english: str
    units: tuple[Unit, ...]
    words: tuple[str, ...]
    links: frozenset[tuple[int, int]]
    wide: frozenset[tuple[int, int]]


def read_pairs(table: Path, folder: Path) -> Iterator[Pair]:
    """Yield the aligned pairs of a training table (tier, name, German, English).

    The alignments in the folder (words.de, words.en, forward, reverse) leave out rows; these are skipped.
    """
    with (
        table.open(encoding="utf-8") as rows,
        (folder / "words.de").open(encoding="utf-8") as german_words,
        (folder / "words.en").open(encoding="utf-8") as english_words,
        (folder / "forward").open() as forward,
        (folder / "reverse").open() as reverse,
    ):
        for expected in german_words:
            english_line, one, other = next(english_words), next(forward), next(reverse)
            for row in rows:
                tier, name, german, english = row.rstrip("\n").split("\t")
                spans = [match.span() for match in _WORD.finditer(german)]
                if _same(german, [german[a:b] for a, b in spans], expected.rstrip("\n")):
                    break
            else:
                shown = expected.strip()[:80]
                raise ValueError(f"{folder}/words.de does not belong to {table}: {shown!r} is not in it")
            words = tuple(_WORD.findall(english))
            if len(spans) != len(expected.split()) or len(words) != len(english_line.split()):
                continue  # lower-casing changed the words (Turkish İ)
            first, second = _links(one), _links(other)
            units = _units(german, spans)
            yield Pair(
                tier,
                name,
                german,
                english,
                units,
                words,
                frozenset(first & second),
                frozenset(first),
            )


def words_of(table: Path, column: int, texts: Iterable[Path] = ()) -> Iterator[str]:
    """Yield the words (runs of letters) of a column of a training table, then of further texts."""
    with table.open(encoding="utf-8") as rows:
        for row in rows:
            yield from _LETTERS.findall(row.rstrip("\n").split("\t")[column])
    for text in texts:
        for line in read_lines(text):
            yield from _LETTERS.findall(line)


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a plain or xz-compressed text."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield str(line).rstrip("\n")


def _same(text: str, words: list[str], expected: str) -> bool:
    """Return whether the lower-cased words of a text are those expected."""
    return " ".join(words).lower() == expected or " ".join(_WORD.findall(text.lower())) == expected


def _links(line: str) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in (link.split("-") for link in line.split())}


def _units(text: str, tokens: list[tuple[int, int]]) -> tuple[Unit, ...]:
    units: list[Unit] = []
    number = 0
    while number < len(tokens):
        last = number + 1
        while (
            last + 1 < len(tokens)
            and text[tokens[last][0]] in _HYPHENS
            and tokens[last][0] == tokens[last - 1][1]
            and tokens[last + 1][0] == tokens[last][1]
            and text[tokens[last + 1][0]].isalnum()
        ):
            last += 2
        units.append(Unit(text[tokens[number][0] : tokens[last - 1][1]], number, last))
        number = last
    return tuple(units)
