"""The quality warnings of saved translations: computed when a sentence is shown, and remembered."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from models.lexicon import LexiconError
from models.quality import Kind, QualityWarning, calibration_for, warnings_for
from models.translation import Hypothesis, Translation

_CACHED_SENTENCES: Final = 20_000
_LOG: Final = logging.getLogger(__name__)

WARNING_LABELS: Mapping[Kind, str] = {
    "number": "number",
    "date": "date",
    "name": "name",
    "negation": "negation",
    "quotation": "quotation marks",
    "untranslated": "German words",
    "nonword": "made-up word",
    "repetition": "repetition",
    "length": "length",
    "disagreement": "other versions",
    "score": "whole sentence",
}
"""What a reader is asked to check."""


@lru_cache(maxsize=_CACHED_SENTENCES)
def warnings_of(translation: Translation, signature: str) -> tuple[QualityWarning, ...]:
    """What may be wrong with a translation; `signature` is that of the translator which made it.

    Without the lexicon there are none: a reading can be read without them, and the word panel says why.
    """
    try:
        return warnings_for(translation, calibration_for(_fingerprint(signature)))
    except LexiconError as error:
        _LOG.warning("No quality warnings: %s", error)
        return ()


def message_parts(warning: QualityWarning, german: str) -> tuple[tuple[str, bool], ...]:
    """A warning's message in parts, each with whether it is German, so that a screen reader speaks it so."""
    parts = re.split(r"(?<=“)([^”]+)(?=”)", warning.message)
    return tuple((part, number % 2 == 1 and part in german) for number, part in enumerate(parts) if part)


def warm_up() -> None:
    """Load what the first warnings need."""
    warnings_of(Translation("Der Haushalt", (Hypothesis("The Haushalt", 0.0),), (), None), "")


def _fingerprint(signature: str) -> str:
    """The package's fingerprint in a signature: name:fingerprint|beam:4|… (models.translation.engine)."""
    return signature.partition("|")[0].rpartition(":")[2]
