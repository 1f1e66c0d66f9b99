"""Words of the closed classes, by table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from models.lexicon.lists import rows_in
from models.lexicon.values import Pos


@dataclass(frozen=True, slots=True)
class ClosedReading:
    """Lemma, part of speech, and what a contraction stands for ("in + dem")."""

    lemma: str
    pos: Pos
    contraction: str


def closed_reading(form: str) -> ClosedReading | None:
    """Return the reading of a word form if the table has it."""
    return _table().get("".join(form.lower().split()))


@cache
def _table() -> dict[str, ClosedReading]:
    rows = rows_in("closed_words.tsv")
    return {row[0]: ClosedReading(row[1], cast(Pos, row[2]), row[3] if len(row) > 3 else "") for row in rows}
