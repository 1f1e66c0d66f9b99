"""Terms built around a noun: adjectives before it, an invariable tail after it."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.spelling import fold, word_set, words
from glossary.terms import Term

_ARTICLES = frozenset({"Die", "Der", "Das"})
ARTICLE_FORMS = frozenset({"die", "der", "das", "den", "dem", "des"})
_FUNCTION_WORDS = word_set(
    """
    der die das des dem den für von vom zu zum zur im in ins am an auf aus bei beim durch gegen mit nach
    ohne über um und oder unter zwischen vor als bis seit ein eine einer eines einem wegen
    """
)


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """The parts of a noun term.

    `article`: the name begins with its article (Die Linke); `adjectives`: each with whether it inflects;
    `head`: the noun that inflects and `genitives` and `plurals` of it; `tail`: words that never change.
    """

    article: bool
    adjectives: tuple[tuple[str, bool], ...]
    head: str
    tail: tuple[str, ...]
    genitives: tuple[str, ...]
    plurals: tuple[str, ...]


def noun_phrase(term: Term) -> NounPhrase:
    """Find the noun that inflects in a term, its adjectives and its tail."""
    tokens = [token.text for token in words(term.german)]
    article = len(tokens) > 1 and tokens[0] in _ARTICLES
    if article:
        tokens = tokens[1:]
    cut = _front_length(tokens)
    genitives = [[token.text for token in words(form)] for form in term.genitives]
    plurals = [[token.text for token in words(form)] for form in term.plurals]
    head = _head_index(tokens[:cut], genitives + plurals)
    adjectives = tuple(
        (word, _inflects(word, index, term.gender, genitives)) for index, word in enumerate(tokens[:head])
    )
    return NounPhrase(
        article,
        adjectives,
        tokens[head],
        tuple(tokens[head + 1 :]),
        _column(genitives, head, len(tokens)),
        _column(plurals, head, len(tokens)),
    )


def _front_length(tokens: list[str]) -> int:
    """How many words stand before the first preposition, article or conjunction of the tail."""
    for index, word in enumerate(tokens):
        if index and word in _FUNCTION_WORDS:
            # Kleine und mittlere Unternehmen; Klima- und Transformationsfonds
            adjectives = (
                index + 2 < len(tokens)
                and tokens[index - 1].endswith("e")
                and tokens[index + 1].endswith("e")
            )
            coordinated = word in ("und", "oder") and (adjectives or tokens[index - 1].endswith("-"))
            if not coordinated:
                return index
    return len(tokens)


def _head_index(front: list[str], forms: list[list[str]]) -> int:
    if len(front) == 1:
        return 0
    changed = [
        index
        for form in forms
        if len(form) >= len(front)
        for index, word in enumerate(front)
        if fold(form[index]) != fold(word)
    ]
    if changed:
        return max(changed)
    for index, word in enumerate(front[:-1]):
        adverb = word.endswith(("lich", "isch")) and front[index + 1].endswith(("e", "er", "en"))
        if not (adverb or word.endswith(("e", "er", "en", "es", "-")) or word in ("und", "oder")):
            return index
    # A number or a single letter is no noun: Nord Stream 2, Artikel 5.
    while len(front) > 1 and not front[-1][:1].isalpha():
        front = front[:-1]
    return len(front) - 1


def _inflects(word: str, index: int, gender: str, genitives: list[list[str]]) -> bool:
    if word in ("und", "oder") or not word.endswith(("e", "er", "en", "es")):
        return False
    if word.endswith("er") and word[:1].isupper():
        # Wiener Kongress stays, Europäischer Rat does not.
        return gender == "m" and any(len(form) > index and form[index] != word for form in genitives)
    return True


def _column(forms: list[list[str]], head: int, length: int) -> tuple[str, ...]:
    found = []
    for form in forms:
        if len(form) == length:
            found.append(form[head])
        elif len(form) == 1:
            found.append(form[0])
    return tuple(dict.fromkeys(found))
