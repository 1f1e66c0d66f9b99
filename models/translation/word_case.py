"""How German words are spelled in running text, for those written in capitals or without any.

The tagger tells nouns from other words by their place in the sentence; the lexicon corrects it where it knows
a word as small or as capitalised only. Abbreviations stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from models.lexicon import Lexicon
from models.lexicon.closed import closed_reading
from models.lexicon.lemmas import corrected_lemma
from models.lexicon.tagging import Tagger
from models.translation.sharp_s import with_sharp_s

_NOUNS: Final = ("NN", "NE", "TRUNC", "FM", "XY")  # the last two: foreign and odd words, here mostly names
_SURE: Final = 20  # occurrences from which the lexicon is believed
_MOSTLY: Final = 20  # times as often
_BEFORE_NOUNS: Final = (*_NOUNS[:3], "ADJ", "CARD")
_LONGEST: Final = 50  # letters of a word that the tagger sees: its time grows with their square
_ALWAYS: Final = 1_000_000
_LONGEST_ABBREVIATION: Final = 7
_SHORT_ABBREVIATION: Final = 4
_UNKNOWN_ABBREVIATION: Final = 3
_LONG_NOUN: Final = 10  # letters from which an unknown noun is taken for a compound
_ROMAN: Final = re.compile(r"(?=..)M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]?\.?")
_VOWEL: Final = re.compile(r"[AEIOUYÄÖÜ]")
_TWO_LETTERS: Final = re.compile(r"(?<![aeqäöü])[aou]e")  # for an umlaut
_UMLAUTS: Final = {"ae": "ä", "oe": "ö", "ue": "ü"}
_PARTS: Final = re.compile(r"([-‐‑'’])")
HYPHENS: Final = re.compile(r"([-‐‑])")
_JOINED: Final = frozenset(
    ["von", "van", "zu", "zur", "zum", "in", "an", "am", "und", "auf", "to", "of", "de", "du"]
)


@cache
def mixed_case() -> dict[str, str]:
    """Return abbreviations with small and capital letters (AfD) by their capitals (AFD)."""
    return {word.upper(): word for word in words_in("mixed_case.txt")}


@cache
def words_in(name: str) -> frozenset[str]:
    """Return the words of a text file of this folder, read once."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_function_word(word: str) -> bool:
    """Whether a word, in any case, is one of the small words that are no nouns."""
    return word.lower() in words_in("function_words.txt") or closed_reading(word) is not None


class CaselessTagger(Tagger):
    """The tagger for sentences whose capitals tell nothing."""

    def caseless_tags(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the tag of every word of a sentence by its letters and its place only."""
        shortened = [word[:_LONGEST] for word in words]
        return tuple(self._model().tag_sent(shortened, taglevel=0, casesensitive=False)) if words else ()


class WordCase:
    """Spells words as German does. Tagger and lexicon are loaded at the first question; thread-safe."""

    def __init__(self, lexicon: Lexicon | None = None, tagger: CaselessTagger | None = None) -> None:
        self._lexicon = lexicon or Lexicon()
        self._tagger = tagger or CaselessTagger()

    def from_capitals(self, words: Sequence[str]) -> list[str]:
        """Return the words and marks of a sentence or heading in capitals, as they are spelled within one.

        Raises LexiconError if the lexicon cannot be read.
        """
        small = [self._small(word) for word in words]
        tags = self._tagger.caseless_tags(small)
        return [
            self._spelled(word, low, tag, after)
            for word, low, tag, after in zip(words, small, tags, (*tags[1:], ""), strict=True)
        ]

    def from_small(self, words: Sequence[str]) -> list[str]:
        """Return the words and marks of a sentence without capitals with those that are sure.

        Raises LexiconError if the lexicon cannot be read.
        """
        tags = self._tagger.caseless_tags(words)
        return [self._with_capitals(*each) for each in zip(words, tags, strict=True)]

    def _with_capitals(self, word: str, tag: str) -> str:
        parts = HYPHENS.split(word.strip("-‐‑"))
        if len(parts) > 1:
            small, large = self._counts(parts[-1], "")
            return self._hyphenated(word.upper(), word, "NN" if large > small else tag)
        if not word.isalpha() or is_function_word(word):
            return word
        small, large = self._counts(word, tag)
        upper = word.upper()
        if upper in mixed_case() and small < _SURE:
            return mixed_case()[upper]
        if len(word) <= _LONGEST_ABBREVIATION and self._lexicon.count(upper) > max(small, large, _SURE):
            return upper
        compound = tag == "NN" and small == large == 0 and len(word) >= _LONG_NOUN
        return capitalised(word) if tag.startswith(_NOUNS) and (large > small or compound) else word

    def is_ordinary(self, word: str, least: int = _SURE) -> bool:
        """Whether a word in capitals is one known in normal case, seen `least` times, and no abbreviation.

        Raises LexiconError if the lexicon cannot be read.
        """
        if not word.isalpha() or len(word) < 2 or word in mixed_case():
            return False
        small = self._small(word)
        if is_function_word(small):
            return True
        known = self._counts(small, "")
        return max(known) >= least and max(known) > self._lexicon.count(word)

    def _small(self, word: str) -> str:
        """Return a word in small letters, with ß, and with umlauts if only so it is a word."""
        small = with_sharp_s("".join(_lower(char) for char in word))
        if _TWO_LETTERS.search(small):
            other = _with_umlauts(small)
            if self._frequency(other) > _MOSTLY * self._frequency(small):
                return other
        return small

    def with_umlauts(self, word: str, *, if_unknown: bool = False) -> str:
        """Return a word in normal case with ä for ae and so on if only so it is one (ueber), and with ß.

        `if_unknown`: or if it is not known either way. Raises LexiconError if the lexicon cannot be read.
        """
        small = self._small(word)
        if if_unknown and not self._frequency(small):
            small = _with_umlauts(small)
        return capitalised(small) if word[:1].isupper() else small

    def is_known(self, word: str, *, small: bool = False) -> bool:
        """Whether the lexicon knows a word or its lemma; `small`: one that is no noun."""
        counts = self._counts(word.lower(), "")
        return counts[0] > 0 if small else max(counts) > 0

    def is_name(self, word: str) -> bool:
        """Whether a word in normal case is likeliest a name."""
        return self._tagger.likeliest_tag(word) == "NE"

    def is_noun(self, word: str) -> bool:
        """Whether a word in normal case is likeliest a noun, and no name."""
        return self._tagger.likeliest_tag(word) == "NN"

    def _frequency(self, small: str) -> int:
        return _ALWAYS if is_function_word(small) else max(self._counts(small, ""))

    def _spelled(self, word: str, small: str, tag: str, after: str) -> str:
        """Return one word in capitals as it is spelled, given its tag and that of the word after it."""
        if not any(char.isalpha() for char in word):
            return word
        if word in mixed_case():
            return mixed_case()[word]
        if is_function_word(small):
            closed = closed_reading(small)
            return "".join(closed.lemma.split()) if "." in word and closed else small
        if _INITIALS.fullmatch(word):
            return word
        if _PARTS.search(word.strip("-‐‑'’")):
            return self._hyphenated(word, small, tag)
        noun = tag.startswith(_NOUNS)
        if any(char.isdigit() for char in word):
            return word
        if not word.isalpha():  # with full stops, and words that end in a hyphen
            return capitalised(small) if noun and not word.startswith(("-", "‐", "‑")) else small
        known_small, known_large = self._counts(small, tag)
        if self._is_abbreviation(word, known_small, known_large):
            return word
        if noun:
            large = known_large * _MOSTLY >= known_small or known_small < _SURE
        elif tag == "ADJ(A)" and not after.startswith(_BEFORE_NOUNS):
            large = known_large > known_small  # Betroffenen, Linken: an adjective without its noun
        else:
            large = known_large > 0 and known_small * _MOSTLY <= known_large
        return capitalised(small) if large else small

    def _is_abbreviation(self, word: str, small: int, large: int) -> bool:
        most = max(small, large)
        if (
            len(word) == 1
            or (word.isascii() and not _VOWEL.search(word))
            or (_ROMAN.fullmatch(word) and word != "MIX")
        ):
            return True
        if most == 0 and len(word) <= _UNKNOWN_ABBREVIATION:
            return True
        if len(word) > _SHORT_ABBREVIATION and most >= _SURE:
            return False  # GRÜNEN, JUGEND: written so to catch the eye
        return len(word) <= _LONGEST_ABBREVIATION and self._lexicon.count(word) > most

    def _hyphenated(self, word: str, small: str, tag: str) -> str:
        """Spell EU-KOMMISSION, SPD-GEFÜHRTE, KOPF-AN-KOPF-RENNEN part by part."""
        done = []
        parts, lows = _PARTS.split(word), _PARTS.split(small)
        if len(parts) != len(lows):
            return word
        last = max(number for number in range(0, len(parts), 2) if parts[number])
        noun = tag.startswith(_NOUNS)
        for number, (part, low) in enumerate(zip(parts, lows, strict=True)):
            if number % 2 or not part.isalpha():
                done.append(part)
            elif self._is_abbreviation(part, *self._counts(low, "")):
                done.append(mixed_case().get(part, part))
            elif part in mixed_case():
                done.append(mixed_case()[part])
            elif number and (parts[number - 1] in "'’" or (number < last and low in _JOINED)):
                done.append(low)
            else:
                as_small, as_large = self._counts(low, "")
                large = noun or as_large > as_small or (number < last and not as_small)
                done.append(capitalised(low) if large else low)
        return "".join(done)

    def _counts(self, small: str, tag: str) -> tuple[int, int]:
        """Return how often the lexicon's corpus has a word, or its lemma, in small letters and as a noun."""
        count = self._lexicon.count
        large = capitalised(small)
        if not tag or tag.startswith(_NOUNS):
            tag = next((one for one, _ in self._tagger.word_tags(small) if not one.startswith(_NOUNS)), "")
        as_small, as_large = count(small), count(large)
        if tag:
            lemma = corrected_lemma(small, self._tagger.analyse(small, tag), count)
            as_small = max(as_small, count(lemma) if _alike(small, lemma) else 0)
        for kind in ("NN", "NNA"):
            noun = corrected_lemma(large, self._tagger.analyse(large, kind), count)
            as_large = max(as_large, count(noun) if noun[:1].isupper() and _alike(small, noun) else 0)
        return as_small, as_large


def _with_umlauts(small: str) -> str:
    return with_sharp_s(_TWO_LETTERS.sub(lambda match: _UMLAUTS[match.group()], small))


def _alike(word: str, lemma: str) -> bool:
    """Whether a lemma is spelled like its word: koennen is not known for being a form of können."""
    return bool(_TWO_LETTERS.search(lemma.lower())) or not _TWO_LETTERS.search(word)


def capitalised(word: str) -> str:
    """Return the word with its first letter as a capital."""
    return word[:1].upper() + word[1:] if word[:1] != "ß" else word


def _lower(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 else char
