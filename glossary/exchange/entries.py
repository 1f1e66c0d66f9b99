"""What reading an exchange file gives: entries with their lines, and faults by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_BYTES = 8_000_000
"""Largest file that is read."""
MOST_ENTRIES = 10_000
"""Most terms that one file may hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of a file: the 1-based line where it begins and the columns that the file gives for it."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LineFault:
    """Something wrong in a file: its 1-based line, the column meant or "", and what to do."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        """The fault as one line of text."""
        return f"line {self.line}{', ' + self.column if self.column else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: its format, the readable entries, and the faults of the others."""

    format: str
    entries: tuple[Entry, ...]
    faults: tuple[LineFault, ...] = ()


class ExchangeError(ValueError):
    """A file cannot be read at all; the message names the line and says what to do."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line
        self.message = message
