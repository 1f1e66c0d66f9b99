"""The words of English texts, for telling them from made-up ones.

`python -m models.lexicon.building.english_list` makes the list from the training corpus, other English
texts and SCOWL (english_words.licence.txt). It has inflected forms and common names, too. A word marked as
GERMAN_TOO is far more frequent on the German side: bald, stark.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Final

ENGLISH_WORDS: Final = Path(__file__).with_name("english_words.txt")
GERMAN_TOO: Final = "*"


def english_words() -> frozenset[str]:
    """Return all words, some 115,000, in lower case (40 ms)."""
    return _marked_and_all()[1]


def german_too() -> frozenset[str]:
    """Return those that are German far more often: where the German has them, they were left standing."""
    return _marked_and_all()[0]


def begins_word(text: str) -> bool:
    """Whether some word begins with a text in lower case."""
    words = _in_order()
    place = bisect_left(words, text)
    return place < len(words) and words[place].startswith(text)


@cache
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(english_words()))


@cache
def _marked_and_all() -> tuple[frozenset[str], frozenset[str]]:
    lines = frozenset(ENGLISH_WORDS.read_text("utf-8").split())
    marked = frozenset(line for line in lines if line.endswith(GERMAN_TOO))
    bare = frozenset(line.removesuffix(GERMAN_TOO) for line in marked)
    return bare, (lines - marked) | bare
