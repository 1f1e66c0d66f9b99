"""Warm-up, plateau, decay: the learning rate of a run that is bound by time, not by steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """`warmup` steps of the whole training; `minutes` of this run, the last `decay` minutes going down.

    A run without decay ends on the plateau and is meant to be gone on from.
    """

    warmup: int
    minutes: float
    decay: float
    floor: float

    def decaying(self, minutes: float) -> bool:
        """Whether the decay has begun after so many minutes of this run."""
        return self.decay > 0 and minutes > self.minutes - self.decay

    def factor(self, step: int, minutes: float) -> float:
        """Return the factor of the learning rates at a step of the whole training."""
        rise = min(1.0, (step + 1) / max(1, self.warmup))
        if not self.decaying(minutes):
            return rise
        return rise * max(self.floor, (self.minutes - minutes) / self.decay)


def longest_side(curriculum: Sequence[tuple[int, float]], seen: float) -> tuple[int, float]:
    """Return the longest side in pieces that is trained on now, and until how many target pieces."""
    for longest, until in curriculum:
        if seen < until:
            return longest, until
    return 10**6, float("inf")
