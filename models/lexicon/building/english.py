"""English words to their dictionary form by simple rules, checked against the words of the corpus."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Final

from models.lexicon.lists import rows_in, words_in


@cache
def function_words() -> frozenset[str]:
    """Return the English words that translate no content word by themselves."""
    return frozenset(words_in("building/english_function_words.txt"))


_LINKS_INSIDE: Final = frozenset(["of", "the", "for", "to", "in", "and", "on", "-", "'", "’", "s", "a"])
VERB_PARTICLES: Final = frozenset(
    [
        "up",
        "out",
        "off",
        "on",
        "down",
        "back",
        "away",
        "in",
        "over",
        "through",
        "around",
        "forward",
        "into",
        "apart",
        "aside",
    ]
)
_VOWEL: Final = re.compile("[aeiouy]")


class EnglishForms:
    """Dictionary forms and usual capitals of English words, from the counts of a corpus."""

    def __init__(self, lower: Counter[str], cased: dict[str, Counter[str]]) -> None:
        self._lower = lower
        self._cased = cased
        self.singular = lru_cache(maxsize=None)(self._singular)
        self.infinitive = lru_cache(maxsize=None)(self._infinitive)

    def spelling(self, word: str, capital: bool) -> str:
        """Return a word in its usual spelling; with `capital` in the commonest one that has capitals."""
        variants = self._cased.get(word)
        if not variants:
            return word
        if capital:
            return min((v for v in variants if v != word), key=lambda v: (-variants[v], v), default=word)
        return word

    def _singular(self, word: str) -> str:
        if word in irregular_plurals():
            return irregular_plurals()[word]
        if (
            len(word) < 4
            or not word.endswith("s")
            or word.endswith(("ss", "us", "is", "ous"))
            or word in words_in("building/english_always_plural.txt")
        ):
            return word
        options = []
        if word.endswith("ies"):
            options.append(word[:-3] + "y")
        if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            options.append(word[:-2])
        if word.endswith("ves"):
            options += [word[:-3] + "f", word[:-3] + "fe"]
        options.append(word[:-1])
        for option in options:
            if self._lower[option] * 20 >= self._lower[word] and self._lower[option]:
                return option
        return word

    def _infinitive(self, word: str) -> str:
        if word in irregular_verbs():
            return irregular_verbs()[word]
        options: list[str] = []
        for ending in ("ing", "ed"):
            if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
                stem = word[: -len(ending)]
                if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                    options.append(stem[:-1])
                if stem.endswith("i") and ending == "ed":
                    options.append(stem[:-1] + "y")
                if len(stem) > 2 and stem[-1] == stem[-2]:
                    options += [stem, stem[:-1]]
                options += [stem + "e", stem]
                if stem.endswith(
                    (
                        "ss",
                        "sh",
                        "ch",
                        "ck",
                        "nt",
                        "ct",
                        "rt",
                        "st",
                        "w",
                        "y",
                        "nd",
                        "mp",
                        "rk",
                        "er",
                        "en",
                        "el",
                        "on",
                    )
                ):
                    options.insert(0, stem)
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            if word.endswith("ies"):
                options.append(word[:-3] + "y")
            if word.endswith(("sses", "xes", "zes", "ches", "shes", "oes")):
                options.append(word[:-2])
            options.append(word[:-1])
        for option in options:
            if len(option) > 1 and self._lower[option] >= 2 and self._lower[option] * 30 >= self._lower[word]:
                return option
        return word


def inner_word(word: str) -> bool:
    """Return whether a word may stand inside an English phrase without being linked itself."""
    return word in _LINKS_INSIDE


@cache
def irregular_verbs() -> dict[str, str]:
    """Return form -> infinitive of the irregular English verbs."""
    rows = [row[0].split() for row in rows_in("building/english_verbs.txt")]
    return {form: row[0] for row in rows for form in row}


@cache
def irregular_plurals() -> dict[str, str]:
    """Return plural -> singular where no rule gives it."""
    words = words_in("building/english_plurals.txt")
    return dict(zip(words[::2], words[1::2], strict=True))
