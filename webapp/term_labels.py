"""What the glossary's codes are called for readers."""

from __future__ import annotations

from collections.abc import Mapping

from glossary.own import OWN_DOMAIN
from glossary.terms import Term

DOMAINS: Mapping[str, str] = {
    "institutions": "Institutions and offices",
    "parliament": "Parliament and legislation",
    "elections": "Parties, elections, governments",
    "law": "Law and constitution",
    "eu": "European Union",
    "diplomacy": "Foreign policy and diplomacy",
    "security": "Security, defence and war",
    "economy": "Economy, finance and budget",
    "social": "Social policy and labour",
    "migration": "Migration and asylum",
    "energy-climate": "Energy and climate",
    "media-ideology": "Media, rhetoric, ideology",
    "history": "History and memory",
    "federalism": "Administration and federalism",
    OWN_DOMAIN: "My own terms",
}
COUNTRIES: Mapping[str, str] = {
    "DE": "Germany",
    "AT": "Austria",
    "CH": "Switzerland",
    "EU": "European Union",
    "INT": "International",
}
REGISTERS: Mapping[str, str] = {
    "neutral": "neutral",
    "official": "official",
    "colloquial": "colloquial",
    "loaded": "loaded",
    "pejorative": "pejorative",
    "ironic": "ironic",
    "euphemism": "euphemism",
    "historical": "historical",
}
REGISTER_NOTES: Mapping[str, str] = {
    "official": "The language of laws and authorities.",
    "colloquial": "Everyday speech and headlines; laws and authorities use another word.",
    "loaded": "This word takes sides: who uses it judges.",
    "pejorative": "This word disparages: who uses it wants to belittle or insult.",
    "ironic": "Mostly meant mockingly.",
    "euphemism": "This word makes something sound better than it is.",
    "historical": "A word of the past, today only used of that time.",
}
SIDED = frozenset({"loaded", "pejorative", "ironic", "euphemism"})
"""Registers that take sides, marked wherever the word is shown."""
PARTS_OF_SPEECH: Mapping[str, str] = {
    "noun": "noun",
    "name": "name",
    "verb": "verb",
    "adjective": "adjective",
    "phrase": "fixed phrase",
}
GENDERS: Mapping[str, str] = {
    "m": "der (masculine)",
    "f": "die (feminine)",
    "n": "das (neuter)",
    "pl": "die (plural only)",
    "mf": "der or die (person)",
}
INFLECTIONS: Mapping[str, str] = {
    "": "ordinary",
    "weak": "weak: der Präsident, den Präsidenten",
    "adjectival": "like an adjective: der Abgeordnete, ein Abgeordneter",
    "invariable": "does not change",
}


def headword(term: Term) -> str:
    """The German with its article, as dictionaries give it."""
    return f"{term.article} {term.german}" if term.article else term.german
