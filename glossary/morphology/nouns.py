"""Inflection of German nouns from gender, genitive and plural."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.morphology.adjectives import adjectival_noun

# Endings of nouns that mean people; from other masculines no feminine is formed.
_PERSON_ENDINGS = (
    "er", "or", "ent", "ant", "and", "ist", "eur", "är", "at", "ot", "it", "loge", "graf", "chef", "anwalt",
    "arzt", "wirt", "freund", "feind", "konsul", "eut", "ar", "soph", "ast", "ier", "ling", "rat", "e", "ex",
    "held", "wart", "vogt", "sprecher", "boss", "richter", "bischof",
)  # fmt: skip
_FEMININE_UMLAUT = {"rat": "rät", "anwalt": "anwält", "arzt": "ärzt", "bauer": "bäuer", "graf": "gräf",
                    "jude": "jüd", "franzose": "französ", "koch": "köch", "bischof": "bischöf",
                    "vogt": "vögt"}  # fmt: skip

_PLURALS_IN_EN = (
    "ung",
    "heit",
    "keit",
    "schaft",
    "ion",
    "tät",
    "ik",
    "ei",
    "ur",
    "enz",
    "anz",
    "ist",
    "ent",
    "ant",
)
_FEMININE_ENDINGS = ("ung", "heit", "keit", "schaft", "ion", "tät", "ik", "enz", "anz", "ie", "ei", "in")


@dataclass(frozen=True, slots=True)
class NounForms:
    """The forms of a noun; `dative_e` (dem Staate) needs an article before it to be told from other words."""

    plain: frozenset[str]
    feminine: frozenset[str]
    dative_e: frozenset[str]


def noun_forms(
    word: str,
    gender: str,
    genitives: tuple[str, ...] = (),
    plurals: tuple[str, ...] = (),
    inflection: str = "",
    person: bool = False,
) -> NounForms:
    """All case forms of one noun.

    `person`: whether to add feminine forms (-in, -innen; the same keys stand for gender-star spellings).
    """
    nothing: frozenset[str] = frozenset()
    if inflection == "invariable":
        return NounForms(frozenset({word, *genitives, *plurals}), nothing, nothing)
    if word.endswith(("e", "er", "en")) and (inflection == "adjectival" or gender == "mf"):
        forms = adjectival_noun(word, gender)
        official = word.lower().endswith("beamte") and person
        feminine = {word[:-1] + "in", word[:-1] + "innen"} if official else nothing
        return NounForms(frozenset(forms), frozenset(feminine), nothing)
    forms = {word, *genitives, *plurals}
    forms.update(dative_plural(plural) for plural in plurals)
    if gender == "pl":
        forms.add(dative_plural(word))
    dative_e: set[str] = set()
    if gender in ("m", "n") and inflection != "weak":
        forms |= _short_and_long(word, genitives)
        if any(form == word + "es" for form in genitives) or word + "es" in forms:
            dative_e.add(word + "e")
    feminine = feminine_forms(word) if person and gender in ("m", "mf") else set()
    return NounForms(frozenset(forms), frozenset(feminine), frozenset(dative_e - forms))


def unstated_forms(word: str, gender: str, genitives: tuple[str, ...], plural: str) -> set[str]:
    """Forms of a noun whose entry lacks its genitive or plural (the curated entries all have them).

    Only what cannot be taken for another word: the genitive in -s or -es, and the plurals that follow from
    the word's ending (Regierungen, Strategien, Ministerinnen). Where `plural` is "-" there is none.
    """
    made: set[str] = set()
    if not genitives and gender in ("m", "n", ""):
        clear = gender in ("m", "n") or not word.endswith(_FEMININE_ENDINGS)
        if clear and word.endswith(("s", "ß", "x", "z")):
            made.add(word + "es")
        elif clear:
            made.add(word + "s")
            if len(word) > 3 and not word.endswith((*"aeiouy", "el", "en", "er", "em", "chen", "lein")):
                made.add(word + "es")
    if plural or gender == "pl":
        return made
    lower = word.lower()
    if lower.endswith("in") and gender in ("f", ""):
        made.add(word + "nen")
    elif lower.endswith(_PLURALS_IN_EN):
        made.add(word + "en")
    elif lower.endswith("e") or (lower.endswith(("er", "el")) and gender != "f"):
        made.add(word + "n")
    elif lower.endswith(tuple("aiouy")):
        made.add(word + "s")
    return made


def dative_plural(plural: str) -> str:
    """The dative plural: Länder -> Ländern; forms in -n, -s and foreign vowels stay."""
    return plural + "n" if plural.endswith(("e", "el", "er")) else plural


def _short_and_long(word: str, genitives: tuple[str, ...]) -> set[str]:
    """Both genitives where German leaves the choice: des Rats, des Rates."""
    if not genitives or word.endswith(("er", "el", "en", "em", "chen", "lein", "a", "e", "i", "o", "u", "y")):
        return set()
    if word + "es" in genitives and not word.endswith(("s", "ß", "x", "z", "sch")):
        return {word + "s"}
    return set()


def feminine_forms(word: str) -> set[str]:
    """The feminine forms of a person noun: Kanzlerin, Kanzlerinnen; Obmann: Obfrau, Obleute."""
    lower = word.lower()
    if lower.endswith("mann"):
        front = word[:-4]
        made = {"frau", "frauen", "leute", "leuten"}
        return {front + (form if front else form.capitalize()) for form in made}
    if not lower.endswith(_PERSON_ENDINGS):
        return set()
    base = word.removesuffix("e")
    for plain, changed in _FEMININE_UMLAUT.items():
        if lower.endswith(plain):
            base = word[: -len(plain)] + (changed if len(word) > len(plain) else changed.capitalize())
    if base.endswith("erer"):
        base = base[:-2]
    return {base + "in", base + "innen"}
