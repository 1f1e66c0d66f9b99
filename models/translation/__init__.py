"""German to English with CTranslate2: sentences in, English with word links and alternatives out."""

from __future__ import annotations

from models.translation.engine import Translator, never
from models.translation.options import TranslationOptions
from models.translation.surnames import surnames_in
from models.translation.values import Hypothesis, Link, Translation

__all__ = ["Hypothesis", "Link", "Translation", "TranslationOptions", "Translator", "never", "surnames_in"]
