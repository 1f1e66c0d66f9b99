"""Inflected English: plurals, verb forms and degrees of words and short phrases in their dictionary form."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from models.lexicon.building.english import irregular_plurals
from models.lexicon.lists import rows_in, words_in

_VOWELS: Final = "aeiou"
# Stress lies on the last syllable, or British spelling doubles the l.
_DOUBLING: Final = re.compile(
    r"(?:mit|fer|cur|gret|trol|pel|quip|vel|cel|bel|nel|gram|sel|del|rol|fil|gur|tel)$|^(?:kidnap|program)$"
)
_NO_DOUBLING: Final = frozenset(["offer", "suffer", "differ", "visit", "limit", "edit", "profit", "benefit"])
_LINKING: Final = re.compile(r" (?:of|for|in|to|and|on|with|at|from|by) ")
_DEGREES: Final = {
    "good": ("better", "best"),
    "well": ("better", "best"),
    "bad": ("worse", "worst"),
    "badly": ("worse", "worst"),
    "many": ("more", "most"),
    "much": ("more", "most"),
    "little": ("less", "least"),
    "few": ("fewer", "fewest"),
    "far": ("further", "furthest"),
    "old": ("older", "oldest"),
    "late": ("later", "latest"),
}


@cache
def irregular_verbs() -> dict[str, tuple[str, str]]:
    """Return infinitive -> past, participle, where the rules do not give them."""
    return {row[0]: (row[1], row[2]) for row in rows_in("english_verbs.tsv")}


@cache
def _plurals() -> dict[str, str]:
    return {singular: plural for plural, singular in irregular_plurals().items()}


def plural(phrase: str) -> str:
    """Return the plural of a noun or noun phrase ("member of parliament" -> "members of parliament")."""
    link = _LINKING.search(phrase)
    if link:
        return plural(phrase[: link.start()]) + phrase[link.start() :]
    head, space, word = phrase.rpartition(" ")
    return f"{head}{space}{_plural(word)}"


def _with_s(word: str) -> str:
    if re.search(r"(?:[^aeiou]|qu)y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:ss|x|z|ch|sh|us|o)$", word) else "s")


def _plural(word: str) -> str:
    lower = word.lower()
    if lower in words_in("english_without_plural.txt"):
        return word
    if lower in _plurals():
        return _cased(_plurals()[lower], word)
    if lower.endswith("s") and not lower.endswith(("ss", "us")):
        return word
    if lower.endswith("o"):
        return word + "s"
    return _with_s(word)


def possessive(phrase: str) -> str:
    """Return the possessive: "Germany's", "the Greens'"."""
    return phrase + ("'" if phrase.endswith("s") else "'s")


def third_person(phrase: str) -> str:
    """Return the form after "he": "enforce" -> "enforces", "be able" -> "is able"."""
    verb, rest = _first(phrase)
    special = {"be": "is", "have": "has", "do": "does", "go": "goes", "can": "can", "must": "must"}
    return (special.get(verb) or _with_s(verb)) + rest


def present_plural(phrase: str) -> str:
    """Return the form after "they": the infinitive but for "be"."""
    verb, rest = _first(phrase)
    return ("are" if verb == "be" else verb) + rest


def past(phrase: str) -> str:
    """Return the past tense."""
    verb, rest = _first(phrase)
    return (irregular_verbs()[verb][0] if verb in irregular_verbs() else _with_ed(verb)) + rest


def participle(phrase: str) -> str:
    """Return the past participle."""
    verb, rest = _first(phrase)
    return (irregular_verbs()[verb][1] if verb in irregular_verbs() else _with_ed(verb)) + rest


def gerund(phrase: str) -> str:
    """Return the form in -ing."""
    verb, rest = _first(phrase)
    if verb.endswith("ie"):
        return verb[:-2] + "ying" + rest
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing" + rest
    return _doubled(verb) + "ing" + rest


def _first(phrase: str) -> tuple[str, str]:
    verb, space, rest = phrase.partition(" ")
    return verb, space + rest


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _doubled(verb: str) -> str:
    short = re.fullmatch(r"(?:[^aeiou]|qu)*[aeiou][bdgklmnprt]", verb)
    many = _DOUBLING.search(verb) and verb not in _NO_DOUBLING
    if verb == "quit" or short or (many and verb[-2] in _VOWELS and verb[-3] not in _VOWELS):
        return verb + verb[-1]
    return verb


def comparative(adjective: str) -> str:
    """Return the comparative: "higher", "more important"."""
    return _degree(adjective, 0)


def superlative(adjective: str) -> str:
    """Return the superlative: "highest", "most important"."""
    return _degree(adjective, 1)


def _degree(adjective: str, which: int) -> str:
    if adjective in words_in("english_without_degrees.txt"):
        return adjective
    if adjective in _DEGREES:
        return _DEGREES[adjective][which]
    ending = ("er", "est")[which]
    syllables = len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", adjective)))
    if " " in adjective or syllables > 2 or (syllables == 2 and not adjective.endswith(("y", "le", "ow"))):
        return ("more ", "most ")[which] + adjective
    if adjective.endswith("e"):
        return adjective + ending[1:]
    if re.search(r"[^aeiou]y$", adjective):
        return adjective[:-1] + "i" + ending
    return _doubled(adjective) + ending


def noun_forms(phrase: str) -> frozenset[str]:
    """Return all forms in which a noun may stand in English, in lower case."""
    forms = {phrase, plural(phrase)}
    return frozenset(form.lower() for form in forms)


def verb_forms(phrase: str) -> frozenset[str]:
    """Return all forms in which a verb may stand in English, in lower case."""
    forms = {phrase, third_person(phrase), past(phrase), participle(phrase), gerund(phrase)}
    if phrase == "be" or phrase.startswith("be "):
        forms |= {form + phrase[2:] for form in ("is", "are", "was", "were", "been", "am")}
    return frozenset(form.lower() for form in forms)


def adjective_forms(phrase: str) -> frozenset[str]:
    """Return the degrees of an adjective or adverb, and its adverb, in lower case."""
    adverb = phrase[:-1] + "ily" if re.search(r"[^aeiou]y$", phrase) else phrase + "ly"
    forms = {phrase, comparative(phrase), superlative(phrase), adverb, phrase.removesuffix("ly")}
    return frozenset(form.lower() for form in forms)


def indefinite_article(phrase: str) -> str:
    """Return "a" or "an", whichever stands before a phrase."""
    lower = phrase.lower()
    if re.match(r"(?:hour|honest|honou?r|heir)", lower):
        return "an"
    if re.match(r"(?:eu(?!l)|uni(?![nmd])|use|usu|ut[ei]|one\b|once|ukr)", lower):
        return "a"
    return "an" if lower[:1] in tuple(_VOWELS) and lower else "a"


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word
