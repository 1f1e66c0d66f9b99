"""Browse the glossary: choose by domain, country, register and first letter, or search in both languages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from glossary.own import OWN_PREFIX
from glossary.search import search
from glossary.terms import Glossary, Term

DIGITS = "0-9"
"""The "letter" of terms that begin with a number."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the glossary is wanted; empty fields choose nothing."""

    q: str = ""
    domain: str = ""
    country: str = ""
    register: str = ""
    letter: str = ""
    own: str = ""
    """Not empty: own terms only."""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Choice:
        """The choice that the parameters of an address make."""
        return cls(**{name: values.get(name, "").strip()[:200] for name in cls.__slots__})

    def parameters(self, **changed: str) -> dict[str, str]:
        """The parameters of an address for this choice, some of them changed."""
        return {name: value for name, value in asdict(replace(self, **changed)).items() if value}

    @property
    def anything(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.parameters())


@dataclass(frozen=True, slots=True)
class Browsed:
    """The terms chosen, in order, and how many terms each letter would give."""

    terms: tuple[Term, ...]
    letters: Mapping[str, int]


def browse(glossary: Glossary, choice: Choice) -> Browsed:
    """The terms that fit a choice: in the order of the search, else by the alphabet (ä as a)."""
    if choice.q:
        found = [match.term for match in search(glossary, choice.q, len(glossary.terms))]
    else:
        found = sorted(glossary.terms, key=_place)
    fitting = [term for term in found if _fits(term, choice)]
    letters = Counter(first_letter(term.german) for term in fitting)
    if choice.letter:
        fitting = [term for term in fitting if first_letter(term.german) == choice.letter]
    return Browsed(tuple(fitting), letters)


def _place(term: Term) -> tuple[bool, str, str]:
    """Where a term stands in the list: letters before digits, then the alphabet."""
    return first_letter(term.german) == DIGITS, sort_key(term.german), term.id


def is_own(term: Term) -> bool:
    """Whether a term is the user's own."""
    return term.id.startswith(OWN_PREFIX)


def sort_key(german: str) -> str:
    """Where a word stands in the alphabet, as in German dictionaries (DIN 5007-1: ä as a, ß as ss)."""
    plain = unicodedata.normalize("NFKD", german.casefold())
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ")


def first_letter(german: str) -> str:
    """A capital letter from A to Z, or `DIGITS`."""
    first = sort_key(german)[:1].upper()
    return first if "A" <= first <= "Z" else DIGITS


def _fits(term: Term, choice: Choice) -> bool:
    return (
        (not choice.domain or term.domain == choice.domain)
        and (not choice.country or choice.country in term.countries)
        and (not choice.register or term.register == choice.register)
        and (not choice.own or is_own(term))
    )
