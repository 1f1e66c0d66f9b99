"""What the translation model makes of one word alone, for words that the lexicon lacks.

The model was made for sentences: a bare word comes out worse than one in a short sentence, whose frame is
then taken off again. What does not fit the frame, or stutters, is no guess.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.lexicon import WordInfo
    from models.translation import Translator

_ARTICLES = {"m": "Der", "f": "Die", "n": "Das", "pl": "Die", "mf": "Der"}
_STUTTER = re.compile(r"\b(\w{3,})(?: \1){1,}\b|(\w{3,})\2", re.IGNORECASE)
_LONGEST = 8
"""Words: a longer guess at one word is a sentence that the model has made up."""


def guess(translator: Translator, info: WordInfo) -> str:
    """The model's English for a word by itself, or "" if it has none worth showing."""
    framed, frame = _framed(info)
    texts = [framed, info.lemma] if framed else [info.lemma]
    answers = {
        text: translation.english
        for text, (_, translation) in zip(texts, translator.translate(texts), strict=False)
    }
    found = re.fullmatch(frame, answers.get(framed, "")) if framed else None
    for english in (found[1] if found else "", answers.get(info.lemma, "").rstrip(".")):
        if english and not _STUTTER.search(english) and len(english.split()) <= _LONGEST:
            return english
    return ""


def _framed(info: WordInfo) -> tuple[str, str]:
    """A short sentence around the word, and a pattern for the English of the word in its translation."""
    if info.pos == "noun" and info.gender:
        return f"{_ARTICLES[info.gender]} {info.lemma}.", r"[Tt]he (.+?)\.?"
    if info.pos == "verb":
        return f"Wir wollen {info.lemma}.", r"We (?:want|wish) to (.+?)\.?"
    if info.pos == "adjective":
        return f"Das ist {info.lemma}.", r"(?:That|This|It)(?: is|[’']s) (.+?)\.?"
    return "", ""
