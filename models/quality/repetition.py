"""The model said something twice that the German says once."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from models.lexicon.closed import closed_reading
from models.quality.values import QualityWarning, Span
from models.translation import Translation

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Words that English may say twice in a row.
_TWICE_WORDS: Final = """that had very so no yes more many long really is do never bye ha hey well much
    far too now again year day step word piece one two by"""
_SMALL_WORDS: Final = """the a an of to in on at for and or but with by from as is are was were be been
    being it its this that which who has have had will would not no he she they we i you his her their
    our your there into than more so do does did can could should must also if when all up out"""
_TWICE: Final = frozenset(_TWICE_WORDS.split())
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_LONGEST: Final = 8
_STUTTER: Final = re.compile(r"([a-zäöü]{2,4}?)\1{2,}|([a-z])\2{3,}", re.IGNORECASE)


def repetition_warnings(translation: Translation) -> list[QualityWarning]:
    """Return a warning for words or phrases that are said again although the German does not."""
    german, english = translation.source, translation.english
    words = [(m.group().casefold(), m.span()) for m in _WORD.finditer(english)]
    ours = [m.group().casefold() for m in _WORD.finditer(german)]
    if spans := _in_a_row(english, words, _repeats(ours), ours) or _phrase_again(words, ours):
        said = english[spans[0][0] : spans[0][1]]
        return [
            QualityWarning("repetition", (), spans, f"The English says “{said}” again; the German does not.")
        ]
    if (
        (match := _STUTTER.search(english))
        and not _STUTTER.search(german)
        and match.group().lower() not in german.lower()
    ):
        word = (
            next(span for _, span in words if span[0] <= match.start() < span[1]) if words else match.span()
        )
        said = english[word[0] : word[1]]
        return [QualityWarning("repetition", (), (word,), f"“{said}” in the English stutters.")]
    return []


def _says_twice(words: list[str]) -> bool:
    """Whether the German uses a word of weight, in whatever form, more than once."""
    heavy = [word[:6] for word in words if len(word) > 2 and not closed_reading(word)]
    return len(set(heavy)) < len(heavy)


def _repeats(words: list[str]) -> int:
    return sum(a == b for a, b in pairwise(words))


def _in_a_row(english: str, words: list[tuple[str, Span]], allowed: int, ours: list[str]) -> tuple[Span, ...]:
    """A word or phrase that comes twice running: "of the of the"."""
    twice = _says_twice(ours)
    for size in range(1, min(_LONGEST, len(words) // 2) + 1):
        for i in range(len(words) - 2 * size + 1):
            first, again = words[i : i + size], words[i + size : i + 2 * size]
            if [w for w, _ in first] != [w for w, _ in again]:
                continue
            spans = (first[0][1][0], first[-1][1][1]), (again[0][1][0], again[-1][1][1])
            between = english[spans[0][1] : spans[1][0]]
            if size == 1 and (first[0][0] in _TWICE or allowed or first[0][0].isdigit() or between.strip()):
                continue
            if size > 1 and twice and between.strip():
                continue  # of the voter, the voter: as in the German
            if size > 1 and (allowed or any(char in between for char in ".;:!?–—")):
                continue
            if all(w.isdigit() for w, _ in first):
                continue
            return spans
    return ()


def _phrase_again(words: list[tuple[str, Span]], ours: list[str]) -> tuple[Span, ...]:
    """A phrase of four words, two of them of weight, that comes again, in a sentence that repeats nothing."""
    if _says_twice(ours):
        return ()
    seen: dict[tuple[str, ...], int] = {}
    size = 4
    for i in range(len(words) - size + 1):
        phrase = tuple(w for w, _ in words[i : i + size])
        if sum(w not in _SMALL for w in phrase) < 2:
            continue
        if phrase in seen and seen[phrase] + size <= i:
            j = seen[phrase]
            return (words[j][1][0], words[j + size - 1][1][1]), (words[i][1][0], words[i + size - 1][1][1])
        seen.setdefault(phrase, i)
    return ()
