"""How to translate."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from models.packages.package import SENTENCE_LIMITS

LONGEST: Final = 180


@dataclass(frozen=True, slots=True)
class TranslationOptions:
    """Settings of a Translator.

    `beam`: beam size; `alternatives`: how many English versions (1 to 16; widens the beam if need be);
    `threads`: parallel translations, 0 for one per usable core; `batch_tokens`: largest batch, in pieces with
    padding; `longest`: sentences of more pieces are translated clause by clause, None for what the package
    says of itself, else LONGEST; `rare_words`: what the lexicon knows of rare words is told to a package
    that takes annotation, and of phrases and verbs apart from their prefix, unless `phrases` is false.
    ValueError if out of range.
    """

    beam: int = 4
    alternatives: int = 1
    threads: int = 0
    batch_tokens: int = 2048
    longest: int | None = None
    rare_words: bool = True
    phrases: bool = True

    def __post_init__(self) -> None:
        """Refuse values that make no sense."""
        ranges = {
            "beam": (1, 32),
            "alternatives": (1, 16),
            "threads": (0, 256),
            "batch_tokens": (64, 65536),
            "longest": SENTENCE_LIMITS,
        }
        for name, (low, high) in ranges.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise ValueError(f"{name} must be between {low} and {high}, not {value}")

    @property
    def workers(self) -> int:
        """Number of parallel translations: as set, else the cores this process may use."""
        if self.threads:
            return self.threads
        if hasattr(os, "sched_getaffinity"):
            return max(1, len(os.sched_getaffinity(0)))
        return os.cpu_count() or 1
