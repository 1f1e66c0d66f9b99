"""Gender by the ending of a noun, where German leaves no or little choice."""

from __future__ import annotations

import re
from typing import Final

from models.lexicon.lists import words_in
from models.lexicon.values import Gender

_FEMININE: Final = re.compile(
    r"(?:[^dj]ung|heit|keit|schaft|tät|[tsx]ion|enz|[^t]anz|ik|[^ge]ur|ade|age|ette|ose|ine|elle|thek|phie|logie|kratie|metrie|erei|lei|innen)$"
)
_PERSON: Final = re.compile(r"(?:er|ist|ant|ent|at|or|eur|oge|nom|[aä]r|kanzl|wält)in$")
_NEUTER: Final = re.compile(r"(?:chen|lein|tum|ment|ett|zeug|werk)$")
_MASCULINE: Final = re.compile(r"(?:ismus|ling|ist|eur|erer|iker|[ai]+ner|[^u]ler|[tdghr]ner)$")


def gender_by_ending(noun: str) -> Gender:
    """Return the gender that the ending of a noun tells, or "" where it tells none reliably."""
    word = noun.lower()
    if word in words_in("gender_exceptions.txt") or len(word) < 5:
        return ""
    if _NEUTER.search(word) and not word.endswith(("reichtum", "irrtum")):
        return "n"
    if _FEMININE.search(word) and not word.endswith(("sprung", "schwung", "franzose", "genosse")):
        return "f"
    if _PERSON.search(word):
        return "f"
    return "m" if _MASCULINE.search(word) and not word.endswith("frist") else ""


def plural_only(noun: str) -> bool:
    """Return whether a noun has no singular (Kosten, Fachleute)."""
    return noun.lower().endswith(words_in("plural_only.txt"))
