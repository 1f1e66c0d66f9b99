"""Words of the English that no English text has: made up by the model.

Only small words are looked at, since a name may be written in many ways, and none that the German has or that
is built of English words and endings (roofless, smartwatch), however oddly.
"""

from __future__ import annotations

import re
from typing import Final

from models.lexicon.english_words import english_words
from models.quality.links import owners
from models.quality.values import QualityWarning
from models.translation import Translation

_WORD: Final = re.compile(r"[^\W\d_]+")
# Not a part of something with a hyphen, an apostrophe or a point, nor of an address.
_SMALL: Final = re.compile(r"(?<![\w'’.@/-])[a-z]{4,}(?![\w'’@/-]|\.\w)")
_PREFIXES: Final = """un re non anti pre post co multi semi over under inter sub super micro macro neuro
    bio geo eco cyber mini mega hyper ultra electro hydro psycho socio photo tele auto out mid pro trans de
    dis mis en counter fore up down back self"""
_ENDINGS: Final = """less like ness ly er ers or ors ism isms ist ists ization isation ise ised ising ize
    ized izing able ably ability ish s es ed ing al ally ian ians y ies ied ity ities ic ical hood ship wise
    ward wards ful fully ation ations ment ments ology ologist ologists"""
_PREFIX: Final = re.compile(f"(?:{'|'.join(_PREFIXES.split())})(?=...)")
_ENDING: Final = re.compile(f"(?:{'|'.join(_ENDINGS.split())})$")
_PART: Final = 3
_PLAIN: Final = str.maketrans("äöü", "aou")


def nonword_warnings(translation: Translation) -> list[QualityWarning]:
    """Return one warning that names the words of the English that are none, if there are any."""
    german, english = translation.source, translation.english
    theirs = {match.group().lower() for match in _WORD.finditer(german)}
    theirs |= {word.translate(_PLAIN) for word in theirs}
    spans = tuple(
        match.span()
        for match in _SMALL.finditer(english)
        if not {match.group(), match.group().removesuffix("s")} & theirs
        and not _may_be_english(match.group())
    )
    if not spans:
        return []
    words = ", ".join(dict.fromkeys(f"“{english[start:end]}”" for start, end in spans))
    what = "is no English word" if "," not in words else "are no English words"
    return [QualityWarning("nonword", owners(translation, *spans), spans, f"{words} {what} that we know.")]


def _may_be_english(word: str) -> bool:
    known = english_words()
    if word in known or any(
        word[:i] in known and word[i:] in known for i in range(_PART, len(word) - _PART + 1)
    ):
        return True
    prefix = _PREFIX.match(word)
    stems = [word, word[prefix.end() :]] if prefix else [word]
    for stem in tuple(stems):
        if ending := _ENDING.search(stem):
            bare = stem[: ending.start()]
            stems += [bare, f"{bare}e", f"{bare}y", bare[:-1] if bare[-2:-1] == bare[-1:] else bare]
    return any(len(stem) >= _PART and stem in known for stem in stems[1:])
