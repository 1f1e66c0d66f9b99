"""What a check of a translation finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "number",
    "date",
    "name",
    "negation",
    "quotation",
    "length",
    "untranslated",
    "nonword",
    "repetition",
    "score",
    "disagreement",
]
Span = tuple[int, int]

KINDS: Final[tuple[Kind, ...]] = (
    "number",
    "date",
    "name",
    "negation",
    "quotation",
    "untranslated",
    "nonword",
    "repetition",
    "length",
    "disagreement",
    "score",
)
"""All kinds, in the order in which a sentence's warnings are given."""


@dataclass(frozen=True, slots=True)
class QualityWarning:
    """A place where the English may be wrong.

    `source` and `target` are character spans [start, end) in the sentence and in its English; both may be
    empty where the whole sentence is meant or nothing corresponds. `message` is one English sentence or two.
    """

    kind: Kind
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    message: str
