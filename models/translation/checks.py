"""Signs that the model has derailed: nothing, loops, far too much."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.translation.words import has_letters

_WORDS = re.compile(r"\w+")
_LONGEST_LOOP = 8
_PIECE_RUN = 5


def longest_decoding(source_pieces: int) -> int:
    """Return how many pieces the English may have; more is a runaway repetition.

    English of our texts has 0.6 to 1.4 times as many pieces as the German (see bench/translation.py).
    """
    return 2 * source_pieces + 20


def fault_of(source: str, source_pieces: Sequence[str], english: str, pieces: Sequence[str]) -> str | None:
    """Return what is wrong with the English of a sentence that has letters, or None if nothing shows."""
    if not has_letters(english):
        return "empty"
    if len(pieces) >= longest_decoding(len(source_pieces)):
        return "endless"
    if "\ufffd" in english or "⁇" in english or "<unk>" in english:
        return "broken characters"
    if _piece_run(pieces) > max(_PIECE_RUN, _piece_run(source_pieces)):
        return "looped"
    words, source_words = _WORDS.findall(english.casefold()), _WORDS.findall(source.casefold())
    if _loop(words) > max(2, _loop(source_words)):
        return "looped"
    if len(words) > 3 * len(source_words) + 10:
        return "too long"
    return None


def _piece_run(pieces: Sequence[str]) -> int:
    """Longest run of one and the same piece; digits and spaces do not count (1000000)."""
    longest = run = 0
    previous = ""
    for piece in pieces:
        run = run + 1 if piece == previous else 1
        previous = piece
        if any(char.isalpha() for char in piece):
            longest = max(longest, run)
    return longest


def _loop(words: Sequence[str]) -> int:
    """Return how often a phrase of up to eight words is said in a row at most (1: no repetition).

    Single words count half a time more seldom, for “very, very, very” is English.
    """
    most = 1
    for size in range(1, min(_LONGEST_LOOP, len(words) // 2) + 1):
        run = 0
        for index in range(size, len(words)):
            run = run + 1 if words[index] == words[index - size] else 0
            times = run // size + 1
            most = max(most, times - 1 if size == 1 else times)
    return most
