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
_STUTTER = re.compile(r"\b(\w{5,})\b.*\b\1|\b(\w{3,}) \2\b|(\w{3,})\3", re.IGNORECASE)
_STEM = 5
_LONGEST = 8
"""Words: a longer guess at one word is a sentence that the model has made up."""


def guess(translator: Translator, info: WordInfo) -> str:
    """The model's English for a word by itself, or "" if it has none worth showing.

    It is asked with and without the frame. For a compound, what neither the other answer nor its parts bear
    out is chance, and not shown.
    """
    framed, frame = _framed(info)
    texts = [framed, info.lemma] if framed else [info.lemma]
    answers = {texts[index]: translation.english for index, translation in translator.translate(texts)}
    found = re.fullmatch(frame, answers.get(framed, "")) if framed else None
    inner, bare = found[1] if found else "", answers.get(info.lemma, "").rstrip(".")
    parts = [r.english for part in info.parts if part.entry for r in part.entry.translations]
    # A word without parts has nothing else to go by: there a doubtful guess, marked as one, is better.
    if parts and not _stems(inner) & _stems(bare):
        inner, bare = (english if _stems(english) & _stems(*parts) else "" for english in (inner, bare))
    for english in (inner, bare):
        if english and not _STUTTER.search(english) and len(english.split()) <= _LONGEST:
            return english
    return ""


def _stems(*texts: str) -> set[str]:
    """The words of English texts, cut to what inflection leaves."""
    return {word[:_STEM] for text in texts for word in re.findall(r"[a-z]{4,}", text.casefold())}


def _framed(info: WordInfo) -> tuple[str, str]:
    """A short sentence around the word, and a pattern for the English of the word in its translation."""
    if info.pos == "noun" and info.gender:
        return f"{_ARTICLES[info.gender]} {info.lemma}.", r"[Tt]he (.+?)\.?"
    if info.pos == "verb":
        return f"Wir wollen {info.lemma}.", r"We (?:want|wish) to (.+?)\.?"
    if info.pos == "adjective":
        return f"Das ist {info.lemma}.", r"(?:That|This|It)(?: is|[’']s) (.+?)\.?"
    return "", ""
