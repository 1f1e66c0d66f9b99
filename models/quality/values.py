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


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: where it stands, and what it may be read as.

    `keys` are readings in one notation ("4500000000", "17:30", "1/3", "scale:6" for some millions). Two
    figures agree if they share a key. `firm`: whether it has to come back in the other language (digits,
    number words from two on); the others only explain what stands there.
    """

    start: int
    end: int
    keys: frozenset[str]
    firm: bool
    digits: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end
