"""Thresholds that depend on data: measured by bench/quality_calibration.py, kept in calibration.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class LengthBand:
    """For German sentences of `start` to `end` characters (`end` excluded): the usual ratios.

    `low` and `high` are ratios of the lengths in characters, English to German, beyond which hardly any human
    translation lies (the percentiles stand in the file).
    """

    start: int
    end: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Thresholds for one translation package.

    `score`: mean log-probability per piece below which sentences are mostly wrong; None where no such value
    was found or the package was not measured: then no sentence is marked for its score.
    """

    lengths: tuple[LengthBand, ...]
    score: float | None


@cache
def calibration_for(fingerprint: str | None = None) -> Calibration:
    """Return the calibration for a package, by its fingerprint; without one, what holds for all packages."""
    data = json.loads(FILE.read_text("utf-8"))
    package = data["packages"].get(fingerprint or "", {})
    return Calibration(tuple(LengthBand(*band) for band in data["length"]["bands"]), package.get("score"))
