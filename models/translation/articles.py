"""The indefinite article: “an” before a vowel sound, “a” before any other."""

from __future__ import annotations

import re
from typing import Final

# Letters whose names begin with a vowel sound: an MP, an NGO, an EU fund.
_VOWEL_NAMES: Final = frozenset("AEFHILMNORSX")
# Written with a vowel, spoken with a consonant: a union, a European, a one-off, a U-turn.
_CONSONANT_SOUND: Final = re.compile(
    r"uni(?![nmd])|unanim|us[aeu]|ut[eio]|ubi|uk|ugand|ur[aiu]|u-|eu|ewe|one(?!r)|once", re.IGNORECASE
)
_SILENT_H: Final = re.compile(r"hour|honou?r|honest|heir", re.IGNORECASE)
_FIRST: Final = re.compile(r"[^\W_]+")
_INDEFINITE: Final = re.compile(r"(?<![\w.'’&-])(an?)(?= +[“\"‘']?([^\W\d_]\S*))|^(An?)(?= +([^\W\d_]\S*))")


def begins_with_vowel_sound(wording: str) -> bool:
    """Whether “an” stands before the wording."""
    first = _FIRST.match(wording)
    if not first:
        return False
    word = first[0]
    if len(word) <= 5 and word.isupper() and not _pronounceable(word):
        return word[0] in _VOWEL_NAMES
    if _CONSONANT_SOUND.match(wording):
        return False
    return word[0].casefold() in "aeiouäöü" or bool(_SILENT_H.match(word))


def _pronounceable(word: str) -> bool:
    """Whether capitals are read as a word (NATO) rather than letter by letter (MP, EU)."""
    vowels = sum(char in "AEIOU" for char in word)
    return len(word) >= 4 and vowels >= 2


def wrong_articles(english: str) -> list[tuple[int, int, str]]:
    """Return the stretches [start, end) of indefinite articles in the wrong form, each with the right one."""
    found = []
    for match in _INDEFINITE.finditer(english):
        article, word = (match[1], match[2]) if match[1] else (match[3], match[4])
        right = "an" if begins_with_vowel_sound(word) else "a"
        if article.lower() != right:
            right = right.capitalize() if article[0].isupper() else right
            found.append((match.start(), match.start() + len(article), right))
    return found
