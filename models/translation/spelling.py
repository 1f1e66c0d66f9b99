"""German as it stands on keyboards without umlauts, in torn lines and with spaced numbers, as it ought to be.

The model has seen both too seldom to read them well: ae, oe and ue for ä, ö and ü cost it three points of
BLEU, words divided as at the end of a line (Regie- rung) as many. Of 700 000 it keeps the 700.
"""

from __future__ import annotations

import re
from typing import Final

from models.translation.casing import LONGEST, UMLAUT, in_capitals, is_word, letters_of, speller, words_of
from models.translation.rewriting import Change, Rewritten, needs_lexicon, rewritten
from models.translation.word_case import HYPHENS, is_function_word

_TWO_LETTERS: Final = re.compile(r"[aou]e", re.IGNORECASE)
_DIVIDED: Final = re.compile(r"(?<![\w-])([^\W\d_]*[a-zäöüß])(- )([a-zäöüß]{2,})(?![\w-])")

_SPACED: Final = re.compile(r"(?<![\d.,:/-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?![\d.:/-]|,\d{3}| \d)")


def grouped(text: str) -> Rewritten | None:
    """Return a sentence with points in its spaced numbers (700 000: 700.000), or None if it has none."""
    changes: list[Change] = [
        ((place, place + 1), ((".", (place, place + 1)),))
        for found in _SPACED.finditer(text)
        for place in range(found.start(), found.end())
        if text[place] == " "
    ]
    return rewritten(text, changes) if changes else None


@needs_lexicon("A sentence without umlauts is")
def umlauted(text: str) -> Rewritten | None:
    """Return a sentence with umlauts and ß for ae, oe, ue and ss, or None if it does not need them.

    It does if it has none, and one of its words, not counting names, is a word only so.
    """
    if UMLAUT.search(text.lower()) or not _TWO_LETTERS.search(text):
        return None
    words = [token for token in words_of(text) if is_word(token) and not in_capitals(token)]
    words = [token for token in words if len(token.text) <= LONGEST]
    if not any(_is_sure(token.text) for token in words):
        return None
    return rewritten(
        text,
        [
            ((token.start, token.end), letters_of(token, word))
            for token in words
            if (word := _spelled(token.text)) != token.text
        ],
    )


def _is_sure(word: str) -> bool:
    """Whether a word has to be written with an umlaut and is no name: Mueller may be called so."""
    if not word.isalpha() or not _TWO_LETTERS.search(word):
        return False
    new = speller().with_umlauts(word)
    if not UMLAUT.search(new):
        return False
    return word[0].islower() or is_function_word(new) or not speller().is_name(new)


def _spelled(word: str) -> str:
    """Return a word, or each part of one with hyphens, with umlauts."""
    parts = HYPHENS.split(word)
    return "".join(
        speller().with_umlauts(part, if_unknown=True) if part.isalpha() and part[1:].islower() else part
        for part in parts
    )


@needs_lexicon("Divided words are")
def joined(text: str) -> Rewritten | None:
    """Return a sentence with divided words put together, or None if it has none.

    In Haushalts- und Finanzpolitik a function word follows, and the hyphen stands for what is left out; in
    Praktiken- schneller it is a slip.
    """
    changes: list[Change] = [
        (found.span(2), ()) for found in _DIVIDED.finditer(text) if _is_divided(found[1], found[3])
    ]
    return rewritten(text, changes) if changes else None


def _is_divided(first: str, second: str) -> bool:
    if is_function_word(second):
        return False
    return speller().is_known(first + second) or not speller().is_known(second, small=True)
