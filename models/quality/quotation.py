"""Direct speech that only one side has."""

from __future__ import annotations

import re
from typing import Final

from models.quality.values import QualityWarning
from models.translation import Translation

_MARKS: Final = re.compile(r"[\"“”„«»‟]|(?<!\w)[‚‘'‹›](?=\w)|(?<=[\w.,!?])[‘’'‹›](?!\w)|``|''")
_DOUBLE: Final = re.compile(r"[\"“”„«»‟]|``|''")
# Inches, minutes of arc; the apostrophe of a genitive is no mark: Hans' Buch.
_MEASURE: Final = re.compile(r"\d\s?[\"']")


def quotation_warnings(translation: Translation) -> list[QualityWarning]:
    """Return a warning if the quotation marks of one side are missing on the other, or one of a pair is."""
    german, english = translation.source, translation.english
    ours = [m.span() for m in _DOUBLE.finditer(german)]
    theirs = [m.span() for m in _DOUBLE.finditer(english)]
    if _MEASURE.search(german) or _MEASURE.search(english):
        return []
    if ours and not theirs:
        if any(_MARKS.finditer(english)):
            return []
        message = "The German has quotation marks; the English has none."
        return [QualityWarning("quotation", tuple(ours), (), message)]
    if theirs and not ours:
        if any(_MARKS.finditer(german)):
            return []
        message = "The English has quotation marks; the German has none."
        return [QualityWarning("quotation", (), tuple(theirs), message)]
    if len(ours) % 2 == 0 and len(theirs) % 2:
        message = "A quotation mark is missing in the English; those of the German are in pairs."
        return [QualityWarning("quotation", tuple(ours), tuple(theirs), message)]
    return []
