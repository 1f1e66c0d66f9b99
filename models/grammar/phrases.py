"""Noun phrases: determiner, adjectives, noun; which cases their forms allow; what preposition is before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from models.grammar.lists import named
from models.grammar.sentence import Item, Parse
from models.lexicon.values import Gender

Features = frozenset[
    tuple[str, str, str]
]  # (number "s" or "p", gender "m", "f", "n" or "" in the plural, case)
NounFacts = Callable[[Item], tuple[Gender, str]]

_DEFINITE: Final[dict[str, str]] = {
    "er": "smn sfd sfg pg",
    "ie": "sfn sfa pn pa",
    "as": "snn sna",
    "es": "smg sng",
    "em": "smd snd",
    "en": "sma pd",
}
_THIS: Final[dict[str, str]] = {**_DEFINITE, "e": "sfn sfa pn pa", "es": "snn sna smg sng"}
_OWN: Final[dict[str, str]] = {
    "": "smn snn sna",
    "e": "sfn sfa pn pa",
    "er": "sfd sfg pg",
    "es": "smg sng",
    "em": "smd snd",
    "en": "sma pd",
}
_STEMS_THIS: Final = (
    "dies",
    "jen",
    "jed",
    "welch",
    "manch",
    "solch",
    "all",
    "viel",
    "einig",
    "beid",
    "mehrer",
    "wenig",
)
_STEMS_OWN: Final = ("ein", "kein", "mein", "dein", "sein", "ihr", "unser", "unsr", "euer", "eur")
_PRONOUNS: Final[dict[str, str]] = {
    "ich": "n", "du": "n", "er": "n", "wir": "n", "man": "n", "wer": "n",
    "mich": "a", "dich": "a", "ihn": "a", "wen": "a",
    "mir": "d", "dir": "d", "ihm": "d", "ihnen": "d", "wem": "d", "niemandem": "d", "jemandem": "d",
    "sie": "na", "es": "na", "uns": "da", "euch": "da", "sich": "da",
}  # fmt: skip


def _expand(codes: str) -> Features:
    found = set()
    for code in codes.split():
        number, rest = code[0], code[1:]
        found.add((number, rest[0] if number == "s" else "", rest[-1]))
    return frozenset(found)


def determiner_features(form: str) -> Features:
    """Return what a determiner (lower case) can agree with; empty if it is none that is known."""
    if form.startswith("d") and form[1:] in _DEFINITE and len(form) == 3:
        return _expand(_DEFINITE[form[1:]])
    for stem in _STEMS_THIS:
        if form.startswith(stem) and form[len(stem) :] in _THIS:
            return _expand(_THIS[form[len(stem) :]])
    for stem in _STEMS_OWN:
        ending = form[len(stem) :]
        if form.startswith(stem) and ending in _OWN:
            features = _expand(_OWN[ending])
            return frozenset(f for f in features if f[0] == "s") if stem == "ein" else features
    return frozenset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or pronoun, items `first` to `last` without its preposition (`preposition` or -1).

    `features` are the numbers, genders and cases that its forms leave; `attached`: the phrase stands directly
    behind another noun, so that it may belong to it.
    """

    first: int
    last: int
    head: int
    preposition: int
    features: Features
    attached: bool
    pronoun: bool

    @property
    def cases(self) -> frozenset[str]:
        """Return the cases that are possible: n, a, d, g."""
        return frozenset(case for _, _, case in self.features)

    @property
    def length(self) -> int:
        """Return the number of words."""
        return self.last - self.first + 1


_NOUN_TAGS: Final = ("NN", "NNA", "NNI", "NE")
_DETERMINERS: Final = ("ART", "PIAT", "PPOSAT", "PDAT", "PIDAT", "PIS", "PDS", "PRELS", "PPER")


def is_noun(item: Item) -> bool:
    """Return whether an item is a noun or name."""
    return item.tag in _NOUN_TAGS and item.text[:1].isalnum() and not item.text[:1].islower()


# Nouns that a person's name follows.
_TITLE: Final = re.compile(
    r"(?:minister|kanzler|präsident|sekretär|sprecher|chef|kolleg|sitzend|geordnet|direktor|meister|leiter|richter|herr"
    r"|frau|rat|rätin|politiker|trainer|manager)(?:e|en|n|in|ung|s)?$"
)


class PhraseFinder:
    """Finds the noun phrases of a parsed sentence; knows gender and plural of nouns."""

    def __init__(self, facts: NounFacts) -> None:
        self._facts = facts

    def phrases(self, parse: Parse) -> tuple[Phrase, ...]:
        """Return the phrases in order; extended attributes are not looked through."""
        items = parse.items
        found: list[Phrase] = []
        openers = {clause.opener[-1] for clause in parse.clauses if clause.opener}
        number = 0
        while number < len(items):
            # "ab der Wachstum angezeigt wird": a relative pronoun is no article
            possessive = items[number].low in {"dessen", "deren"}
            phrase = None if number in openers and not possessive else self._phrase_at(items, number)
            if phrase is None:
                number += 1
            else:
                found.append(_shared_preposition(items, found, phrase))
                number = phrase.last + 1
        return tuple(found)

    def _phrase_at(self, items: tuple[Item, ...], start: int) -> Phrase | None:
        item = items[start]
        low = item.low
        preposition = _preposition_before(items, start)
        if low in _PRONOUNS and item.tag.startswith(("PPER", "PIS", "PRF", "PWS", "PPOS")):
            features = frozenset(("", "", case) for case in _PRONOUNS[low])
            return Phrase(start, start, start, preposition, features, attached=False, pronoun=True)
        place = start
        determiner = determiner_features(low) if item.tag in _DETERMINERS else frozenset()
        if determiner:
            place += 1
        while place < len(items) and (
            items[place].tag in {"ADJ(A)", "CARD", "TRUNC"}
            or (items[place].tag in {"PIAT", "PIDAT"} and place > start)
            or (items[place].low in named("within a phrase") and place > start)
            or (items[place].low in {"und", "oder"} and items[place - 1].tag in {"ADJ(A)", "TRUNC"})
        ):
            place += 1
        head = place
        if head >= len(items) or not is_noun(items[head]):
            if determiner and item.tag == "PIS":
                return None
            return None
        last = head
        while last + 1 < len(items) and self._goes_on(items, head, last):
            last += 1
        if items[head].tag == "NE":
            head = last
        features = self.features(items, start, head, determiner)
        before = items[start - 1] if start else None
        attached = before is not None and is_noun(before)
        return Phrase(start, last, head, preposition, features, attached=attached, pronoun=False)

    def _goes_on(self, items: tuple[Item, ...], head: int, last: int) -> bool:
        """Return whether the noun behind belongs to the name: "Kollege Lars Klingbeil"."""
        item = items[last + 1]
        if not is_noun(item):
            return False
        plural = {number for number, _, _ in self.noun_features(items[head])} == {"p"}
        if plural and item.tag == "NE" and items[last].tag != "NE":
            return False  # "den Münchnern Manuel Neuer"
        if item.tag == "NE":
            # "der Betroffenheit Deutschlands" are two phrases
            return items[last].tag == "NE" or not (item.low.endswith("s") and item.lemma == item.text[:-1])
        # "Generalsekretär Hubertus Heil": a name that is a noun elsewhere
        title = _TITLE.search(items[head].low) is not None
        return title and items[last].tag == "NE" and item.tag == "NN" and not items[last].low.endswith("s")

    def features(self, items: tuple[Item, ...], start: int, head: int, determiner: Features) -> Features:
        """Return what noun, determiner and adjectives of a phrase have in common."""
        own = self.noun_features(items[head])
        if not determiner:
            return self._bare(items, start, head, own)
        return frozenset(f for f in determiner if f in own)

    def _bare(self, items: tuple[Item, ...], start: int, head: int, own: Features) -> Features:
        """Return the features of a phrase without determiner, from the ending of its first adjective."""
        if start < head and items[start].tag == "ADJ(A)":
            ending = items[start].low[-2:]
            if ending in {"er", "em", "es"}:
                strong = {"er": "smn sfd sfg pg", "em": "smd snd", "es": "snn sna"}[ending]
                return frozenset(f for f in _expand(strong) if f in own)
        return own

    def noun_features(self, item: Item) -> Features:
        """Return number, gender and case that the form of a noun allows."""
        gender, plural = self._facts(item)
        form, lemma = item.text, item.lemma
        genders = {"m": "m", "f": "f", "n": "n", "mf": "mf", "": "mfn", "pl": ""}[gender]
        if item.tag == "NE":
            genders = genders or "mfn"
        adjectival = item.tag == "NNA" or (gender == "mf" and lemma.endswith("e"))
        found: set[tuple[str, str, str]] = set()
        if adjectival:
            if form.endswith("n"):
                return _expand("smg smd sma sfg sfd sng snd pn pg pd pa")
            return _expand("smn sfn sfa snn sna pn pa pg smd" if form.endswith("e") else "smn pg snn sna")
        base = (
            {lemma, lemma + "e", lemma + "en", lemma + "n"}
            if gender in {"m", ""} and _weak(lemma)
            else {lemma}
        )
        genitive = {lemma + "s", lemma + "es", lemma + "ns", lemma + "ens"}
        for g in genders:
            if form in base:
                found |= {("s", g, case) for case in "nad"}
                if g == "f" or (_weak(lemma) and form != lemma):
                    found.add(("s", g, "g"))
                if g in "mn" and form[-1] in "sßxz" and form == lemma and item.tag == "NE":
                    found.add(("s", g, "g"))
            elif form in genitive and g in "mn":
                found.add(("s", g, "g"))
            elif form == lemma + "e" and g in "mn":
                found.add(("s", g, "d"))
        if plural:
            is_plural = form in {plural, plural + "n"}
        else:
            is_plural = (form != lemma and form not in genitive) or form[-2:] in {"er", "el", "en"}
            is_plural = is_plural or form.endswith("nen")
        if gender == "pl":
            is_plural = True
        if is_plural:
            found |= {("p", "", case) for case in "nag"}
            if form[-1] in "ns":
                found.add(("p", "", "d"))
            if plural and form == plural + "n":
                found -= {("p", "", case) for case in "nag"}
        if item.tag == "NE" and not found:
            found |= {("s", g, case) for g in "mfn" for case in "nadg"}
        return frozenset(found)


def _shared_preposition(items: tuple[Item, ...], before: list[Phrase], phrase: Phrase) -> Phrase:
    """Return a phrase with the preposition of the one it is joined to: "mit Bauhof und Gärtnerei"."""
    joined = items[phrase.first - 1].low in {"und", "oder", "sowie"} if phrase.first else False
    if not joined or not before or before[-1].last != phrase.first - 2 or phrase.first != phrase.head:
        return phrase
    return replace(phrase, preposition=before[-1].preposition)


def _weak(lemma: str) -> bool:
    return lemma.endswith(
        ("e", "ent", "ant", "ist", "at", "oge", "nom", "graf", "it", "ot", "herr", "mensch")
    )


def _preposition_before(items: tuple[Item, ...], start: int) -> int:
    """Return the preposition that governs the phrase at `start`, or -1."""
    place = start - 1
    amount = items[start].tag in {"PIAT", "PIDAT", "CARD", "ADJ(A)"}
    while place >= 0 and (
        items[place].low in {"rund", "etwa", "knapp", "fast", "mehr", "als"}
        or (amount and items[place].tag == "ADJ(D)")
    ):
        place -= 1  # "von ausreichend vielen Menschen"
    if place >= 0 and items[place].tag in {"APPR", "APPRART"} and items[place].low != "ob":
        return place
    return -1
