"""Words and punctuation marks of a sentence with their character spans; the same for German and English."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LETTER = r"[^\W_]"  # letters and digits of any script
_ACCENTS = r"[\u0300-\u036f]*"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}"  # z.B., U.S.
    rf"|\d+(?:[.,:]\d+)+"  # 200.000, 3,5, 14:30
    rf"|(?:{_LETTER}{_ACCENTS})+(?:[-‐‑'’](?:{_LETTER}{_ACCENTS})+)*"  # EU-Kommission, geht's
    rf"|\S"
)
# Read aloud as words: they may well be linked to one („§ 218“ – “Section 218”, “%” – „Prozent“).
_SPOKEN = frozenset("%‰&§#@*°")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number, sign or punctuation mark; [start, end) in the text. `mark`: punctuation only."""

    start: int
    end: int
    mark: bool


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words and marks of a text in order; `text[word.start:word.end]` is the word."""
    return tuple(Word(m.start(), m.end(), is_mark(m.group())) for m in _WORD.finditer(text))


def is_mark(text: str) -> bool:
    """Whether the text is a single punctuation mark (and not one that is read as a word)."""
    return len(text) == 1 and text not in _SPOKEN and unicodedata.category(text).startswith("P")


def has_letters(text: str) -> bool:
    """Whether there is anything to translate: at least one letter."""
    return any(char.isalpha() for char in text)
