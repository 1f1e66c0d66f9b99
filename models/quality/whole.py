"""Signs of the sentence as a whole: its length, and how sure the model was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models.quality.calibration import LengthBand
from models.quality.values import QualityWarning
from models.translation import Translation

_FEW_WORDS: Final = 5


def length_warnings(translation: Translation, bands: Sequence[LengthBand]) -> list[QualityWarning]:
    """Return a warning if the English is far shorter or longer than translations of such sentences are."""
    german, english = len(translation.source), len(translation.english)
    for band in bands:
        if band.start <= german < band.end:
            if english < band.low * german:
                return [_whole("length", "The English is much shorter than usual: something may be missing.")]
            if english > band.high * german:
                return [_whole("length", "The English is much longer than usual: something may be added.")]
    return []


def score_warnings(translation: Translation, threshold: float | None) -> list[QualityWarning]:
    """Return a warning if even the best version of the model has a low log-probability per piece."""
    if threshold is None or len(translation.source.split()) < _FEW_WORDS:
        return []
    # The version shown may be one with the glossary's words in it, which cost it some probability.
    if max(hypothesis.score for hypothesis in translation.hypotheses) < threshold:
        return [_whole("score", "The model was very unsure of this sentence.")]
    return []


def _whole(kind: str, message: str) -> QualityWarning:
    return QualityWarning("length" if kind == "length" else "score", (), (), message)
