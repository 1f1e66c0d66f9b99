"""Inflection of German adjectives: endings, comparison, adjectival nouns."""

from __future__ import annotations

ALL_ENDINGS = ("e", "er", "es", "en", "em")
ENDINGS = {
    "m": ("e", "er", "en", "em"),
    "f": ("e", "er", "en"),
    "n": ("e", "es", "en", "em"),
    "pl": ("e", "er", "en"),
    "mf": ALL_ENDINGS,
    "": ALL_ENDINGS,
}
# Adjectives whose vowel changes in comparison (Duden-Grammatik, "Umlaut bei der Komparation").
_UMLAUT = {
    "alt": "ält", "arg": "ärg", "arm": "ärm", "dumm": "dümm", "grob": "gröb", "groß": "größ", "hart": "härt",
    "jung": "jüng", "kalt": "kält", "klug": "klüg", "krank": "kränk", "kurz": "kürz", "lang": "läng",
    "nah": "näh", "scharf": "schärf", "schwach": "schwäch", "schwarz": "schwärz", "stark": "stärk",
    "warm": "wärm", "gesund": "gesünd", "rot": "röt",
}  # fmt: skip


def stem(adjective: str) -> str:
    """The part before the endings: hoch -> hoh, dunkel -> dunkl, teuer -> teur, leise -> leis."""
    if adjective.endswith("hoch"):
        return adjective[:-1].removesuffix("c") + "h"
    if adjective.endswith("el") and len(adjective) > 4:
        return adjective[:-2] + "l"
    if adjective.endswith(("auer", "euer")):
        return adjective[:-2] + "r"
    return adjective.removesuffix("e")


def inflected(stem_: str, gender: str = "") -> set[str]:
    """A stem with the weak, strong and mixed endings that can stand before a noun of this gender."""
    return {stem_ + ending for ending in ENDINGS[gender]}


def positive_and_compared(adjective: str) -> set[str]:
    """All forms of an adjective: uninflected, inflected, comparative and superlative."""
    base = stem(adjective)
    forms = {adjective} | inflected(base)
    grown = base
    for plain, changed in _UMLAUT.items():
        if adjective == plain or adjective.endswith(plain):
            grown = adjective.removesuffix(plain) + changed
    if adjective.endswith("hoch"):
        grown = adjective[:-4] + "höh"
    comparative = grown + "er"
    forms |= {comparative} | inflected(comparative)
    root = grown if grown != base else adjective
    if adjective.endswith("hoch"):
        superlatives = {adjective[:-4] + "höchst"}
    elif adjective.endswith("groß"):
        superlatives = {grown + "t"}
    elif adjective.endswith("nah"):
        superlatives = {adjective[:-3] + "nächst"}
    elif root.endswith(("d", "t", "s", "ß", "z", "x", "sch")):
        superlatives = {root + "est", root + "st"}
    else:
        superlatives = {root.removesuffix("e") + "st"}
    for superlative in superlatives:
        forms |= inflected(superlative)
    return forms


def noun_stem(word: str) -> str:
    """The stem of an adjectival noun or an adjective given with an ending: Abgeordnete -> Abgeordnet."""
    for ending in ("er", "en", "es", "e"):
        if word.endswith(ending):
            return word.removesuffix(ending)
    return word


def adjectival_noun(word: str, gender: str) -> set[str]:
    """All forms of an adjectival noun: der Abgeordnete, ein Abgeordneter, die Abgeordneten."""
    base = noun_stem(word)
    return {base + ending for ending in ("es", *ENDINGS["n"])} if gender == "n" else inflected(base, "m")
