"""The one notation in which German and English numbers are compared."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

SCORE: Final = re.compile(r"(?<![\d-])(\d{1,3})[-–](\d{1,3})(?![\d-])")
"""A score as English writes it: 2-0, 19-24."""


def key_of(value: Fraction | int) -> str:
    """Return a value as a key: "4500000000", "9/2" for four and a half."""
    return str(Fraction(value))


def time_keys(hour: int, minute: int) -> frozenset[str]:
    """Return the keys of a time of day, in the other half of the day as well if it may be that."""
    hour %= 24
    keys = {f"{hour}:{minute:02}", f"{hour}&{minute}", str(100 * hour + minute)}
    if hour <= 12:
        keys.add(f"{(hour + 12) % 24}:{minute:02}")
    if minute == 0:
        keys |= {str(hour), str(hour % 12 or 12)}
    return frozenset(keys)


def decade_keys(value: int) -> frozenset[str]:
    """Return the keys of a decade: 90 and 1990 are the same, so that "90er" and "1990s" agree."""
    if value >= 1000:
        return frozenset({str(value), str(value % 100)})
    return frozenset({str(value), str(1900 + value), str(2000 + value), str(1800 + value)})
