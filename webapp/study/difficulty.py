"""How hard a text is for this reader: the share of its running words that the reader does not know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from webapp.study.knowledge import MetWord

# Reading without help needs 98 known words in 100, with help 95 (Hu and Nation 2000; Laufer and
# Ravenhorst-Kalovski 2010, both on English); the further steps are ours.
_LABELS: Final = (
    (0.02, "easy for you"),
    (0.05, "readable for you"),
    (0.10, "demanding for you"),
    (0.20, "hard for you"),
    (1.00, "very hard for you"),
)


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How hard a text is for a reader."""

    words: int
    """Running words without names, numbers and abbreviations."""
    unknown: int
    """Those of them that the reader does not know."""
    new_words: int
    """Different words among these."""

    @property
    def share(self) -> float:
        """Unknown words among the running words, 0 to 1."""
        return self.unknown / self.words if self.words else 0.0

    @property
    def label(self) -> str:
        """What this means, in plain English."""
        return next(label for most, label in _LABELS if self.share <= most)

    @property
    def explanation(self) -> str:
        """The share in words a reader can picture, such as "1 word in 8 is new to you"."""
        if not self.unknown:
            return "no word is new to you"
        return f"1 word in {max(1, round(1 / self.share))} is new to you"


def difficulty(met: Iterable[MetWord]) -> Difficulty:
    """Measure all running words of a text."""
    words = unknown = 0
    new = set()
    for each in met:
        if each.word.band == 0 and each.status is None:
            continue
        words += 1
        if not each.known:
            unknown += 1
            new.add(each.word.key)
    return Difficulty(words, unknown, len(new))
