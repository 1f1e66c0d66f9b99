"""How the English of a part of a sentence is fitted to the parts around it.

A model takes every part for a sentence: it begins with a capital and often ends with a full stop.
"""

from __future__ import annotations

import re
from typing import Final

from models.translation.word_case import words_in

_SENTENCE_END: Final = re.compile(r"[.!?…][“”\"»«’‘›‹')\]]*$")
# Neither three points nor that of an abbreviation.
_FULL_STOP: Final = re.compile(
    r"(?<!\.)(?<!\.\w)(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|No|Co))(?<!\b(?:etc|Mrs|Inc|Ltd))\.$"
)
_COMMA_END: Final = re.compile(r",[“”\"»«’‘›‹')\]]*$")


def fitted_part(english: str, german: str, *, first: bool, last: bool) -> str:
    """Return a part's English as it stands within its sentence; it may get shorter at its end only.

    `german`: the part; `first`, `last`: whether it begins or ends the sentence.
    """
    word = re.match(r"[A-Z][a-z]*\b", english)
    if (
        not first
        and word
        and word.group().lower() in words_in("small_english_words.txt")
        and german[:1].islower()
    ):
        english = english[0].lower() + english[1:]
    if not last and not _SENTENCE_END.search(german) and _FULL_STOP.search(english):
        english = english[:-1] + ("," if _COMMA_END.search(german) else "")
    return english
