"""What a sentence pair must be like to be trained on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|&[a-z]{2,6};|\{\{|\}\}|https?://\S{40,}")
_WORDS = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_ENGLISH_WORDS = """the and of to in is that for with was are it not this from by be have has"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_GERMAN_WORDS = """der die das und ist nicht von mit den ein eine zu im auf für sich auch es dem wir"""
_GERMAN = frozenset(_GERMAN_WORDS.split())


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept: words a side, longest ratio of characters, least share of letters."""

    words: int = 110
    ratio: float = 2.5
    letters: float = 0.5


def normalise(text: str) -> str:
    """Return the text in NFC, with single spaces and without invisible characters."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def key(text: str) -> str:
    """Return what two texts share that differ in case, punctuation and spacing only."""
    return " ".join(_WORDS.findall(text.casefold()))


def template(text: str) -> str:
    """Return the key with every number alike, so that form letters are recognised."""
    return _DIGITS.sub("0", key(text))


def fault(german: str, english: str, limits: Limits) -> str | None:
    """Return in a word why a normalised pair is unfit, or None if it is fit."""
    if not german or not english:
        return "empty"
    if german.count(" ") >= limits.words or english.count(" ") >= limits.words:
        return "long"
    # Short sides differ by a few letters more easily; the constant lets „Ja.“ – “Yes, I do.” through.
    longer, shorter = max(len(german), len(english)), min(len(german), len(english))
    if longer > limits.ratio * shorter + 15:
        return "ratio"
    for side in (german, english):
        if sum(map(str.isalpha, side)) < limits.letters * len(side.replace(" ", "")):
            return "letters"
        if _MARKUP.search(side):
            return "markup"
    if len(german) > 20 and key(german) == key(english):
        return "copy"
    return "language" if _swapped(german, english) else None


def _swapped(german: str, english: str) -> bool:
    """Whether function words say that a side is in the other's language."""
    left, right = key(german).split(), key(english).split()
    left_wrong = sum(word in _ENGLISH for word in left) - sum(word in _GERMAN for word in left)
    right_wrong = sum(word in _GERMAN for word in right) - sum(word in _ENGLISH for word in right)
    return left_wrong >= 3 or right_wrong >= 3
