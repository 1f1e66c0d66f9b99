"""How to translate."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranslationOptions:
    """Settings of a Translator.

    `beam`: beam size; `alternatives`: how many English versions (1 to 16; widens the beam if need be);
    `threads`: parallel translations, 0 for one per usable core; `batch_tokens`: largest batch, in pieces with
    padding; `longest`: sentences of more pieces are translated clause by clause. ValueError if out of range.
    """

    beam: int = 4
    alternatives: int = 1
    threads: int = 0
    batch_tokens: int = 2048
    longest: int = 180

    def __post_init__(self) -> None:
        """Refuse values that make no sense."""
        ranges = {
            "beam": (1, 32),
            "alternatives": (1, 16),
            "threads": (0, 256),
            "batch_tokens": (64, 65536),
            "longest": (16, 220),
        }
        for name, (low, high) in ranges.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} must be between {low} and {high}, not {getattr(self, name)}")

    @property
    def workers(self) -> int:
        """Number of parallel translations: as set, else the cores this process may use."""
        if self.threads:
            return self.threads
        if hasattr(os, "sched_getaffinity"):
            return max(1, len(os.sched_getaffinity(0)))
        return os.cpu_count() or 1
