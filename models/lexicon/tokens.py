"""Words, numbers and marks of a German sentence with their character spans."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.[ \u00a0\u202f]?)+[^\W\d_]\."  # z.B., u. a.
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W_]+(?:[*:][Ii]n(?:nen)?\b)"  # Bürger*innen
    r"|[^\W_]+(?:[-‐‑'’][^\W_]+)*[-‐‑]?"  # EU-Kommission, geht's, Bundes-
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """[start, end) in the sentence, and the text there."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        """Return whether there is a letter in it."""
        return any(char.isalpha() for char in self.text)


def tokens_of(sentence: str) -> tuple[Token, ...]:
    """Return the words, numbers and marks of a sentence in order."""
    return tuple(Token(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(sentence))
