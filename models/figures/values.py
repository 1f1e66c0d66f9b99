"""A number found in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


def unmatched(figures: Iterable[Figure], others: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the figures that agree with none of the others, in their order."""
    keys = frozenset(key for figure in others for key in figure.keys)
    return tuple(figure for figure in figures if not figure.keys & keys)
