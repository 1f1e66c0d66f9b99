"""Typing errors: two letters swapped, one too many, one left out.

A word that is known to nobody becomes the one common word that is one such slip away, if there is just one.
Names, short words and endings are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from models.lexicon.german_words import german_words
from models.lexicon.tokens import Token
from models.translation.casing import LONGEST, is_word, speller, words_of
from models.translation.pieces import Span
from models.translation.rewriting import Rewritten, needs_lexicon, rewritten

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzäöüß"
_SHORTEST: Final = 5
_SHORTEST_NOUN: Final = 8  # shorter ones are names more often than slips
_ADJECTIVE: Final = re.compile(r"(?<=\w{5})e[nmrs]?$")
_ENDING: Final = 3
_PART: Final = 4


@needs_lexicon("Typing errors are")
def corrected(text: str) -> Rewritten | None:
    """Return a sentence without the typing errors that are sure, or None if it has none."""
    changes = [
        ((token.start, token.end), _letters(token, word))
        for token in words_of(text)
        if is_word(token) and (word := _corrected(token.text))
    ]
    return rewritten(text, changes) if changes else None


@lru_cache(maxsize=20_000)
def _corrected(word: str) -> str | None:
    known = german_words()
    if not _SHORTEST <= len(word) <= LONGEST or not word.isalpha() or not word[1:].islower():
        return None
    large = word[0].isupper()
    if (large and len(word) < _SHORTEST_NOUN) or _is_form(word, known):
        return None
    found = {slip for slip in _slips(word) if slip in known}
    if len(found) != 1 or _is_compound(word, known) or speller().is_known(word):
        return None
    [right] = found
    return None if large and (speller().is_name(word) or not speller().is_noun(right)) else right


def _is_form(word: str, known: frozenset[str]) -> bool:
    """Whether a word is one of the known ones, or one of those with an ending: geschossenen."""
    stem = _ADJECTIVE.sub("", word)
    return any(
        spelling in known for each in {word, stem} for spelling in (each, each.lower(), each.capitalize())
    )


def _is_compound(word: str, known: frozenset[str]) -> bool:
    """Whether a word is put together of two others: Land|reise."""
    return any(
        word[:i].removesuffix("s").capitalize() in known and word[i:].capitalize() in known
        for i in range(_PART, len(word) - _PART + 1)
    )


def _slips(word: str) -> Iterator[str]:
    """Yield what a word may have been before one slip; not in its ending, where it is another form."""
    size = len(word)
    for i in range(1, size - 2):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in range(1, size - _ENDING):
        yield word[:i] + word[i + 1 :]
    for i in range(1, size):
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:]


def _letters(token: Token, new: str) -> list[tuple[str, Span]]:
    """Return the letters of the right word with those they stand for: equal ones, else all between."""
    old, shorter = token.text, min(len(token.text), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    start, end = token.start, token.end
    middle = (start + head, max(end - tail, start + head + 1))
    return [
        *((char, (start + i, start + i + 1)) for i, char in enumerate(new[:head])),
        *((char, middle) for char in new[head : len(new) - tail]),
        *((char, (end - tail + i, end - tail + i + 1)) for i, char in enumerate(new[len(new) - tail :])),
    ]
