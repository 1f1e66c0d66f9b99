"""A number found in a text."""

from __future__ import annotations

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
