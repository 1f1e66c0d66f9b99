"""Corrections to HanTa's lemmas: new spelling, weak nouns, nouns that inflect like adjectives."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from models.lexicon.lists import rows_in
from models.lexicon.tagging import Analysis, pos_of

Count = Callable[[str], int]  # how often a word form stands in the corpus; 0 if never

# Person nouns in the weak declension and regular plurals: what is left when the ending goes.
_ENDINGS: Final = re.compile(
    r"(?:(?<=ist)|(?<=ant)|(?<=ent)|(?<=loge)|(?<=nom)|(?<=graf)|(?<=krat)|(?<=ung)|(?<=heit)|(?<=keit)|(?<=schaft)"
    r"|(?<=ion)|(?<=tät)|(?<=at))en$|(?<=loge)n$|(?<=in)nen$"
)
_KNOWN: Final = 20  # occurrences of a lemma that is more than chance
_INFLECTED_ADJECTIVE: Final = re.compile(r"e[nrms]?$")


def corrected_lemma(form: str, analysis: Analysis, count: Count) -> str:
    """Return the lemma of a form, given HanTa's analysis; `count` decides between readings."""
    pos = pos_of(analysis.tag)
    lemma = analysis.lemma
    if form in _corrections():
        return _corrections()[form]
    if pos in {"noun", "name"}:
        if analysis.tag == "TRUNC":
            return lemma
        return _noun(form, lemma, analysis.tag, count)
    if pos in {"adjective", "adverb"} and "ß" in lemma and "ß" not in form:
        return lemma.replace("ß", "ss")
    return lemma


def _noun(form: str, lemma: str, tag: str, count: Count) -> str:
    if form.isupper() and len(form) <= 6:
        return form  # abbreviations
    if "-" in form and "-" in lemma:
        left, _, last = form.rpartition("-")
        lemma = f"{left}-{lemma.rpartition('-')[2].capitalize()}" if last[:1].isupper() else lemma
    if "ß" in lemma and "ß" not in form:
        lemma = lemma.replace("ß", "ss")
    if lemma == form:
        shorter = _ENDINGS.sub("", form)
        if shorter != form and count(shorter):
            return shorter
    if tag == "NN" and lemma != form and not count(lemma):
        lemma = _by_known_end(form, lemma, count)
    if tag == "NN" and len(lemma) > 4 and _INFLECTED_ADJECTIVE.sub("", form) == lemma:
        # "Auslandsdeutsch": a noun that inflects like an adjective is named by its form after "die".
        if count(lemma + "er") and count(lemma + "en") and count(lemma) * 10 < count(lemma + "e"):
            return lemma + "e"
        if lemma.endswith(
            ("deutsch", "angestellt", "beschäftigt", "beamt", "abgeordnet", "vorsitzend", "beauftragt")
        ):
            return lemma + "e"
    return lemma


def _by_known_end(form: str, lemma: str, count: Count) -> str:
    """Return an unknown lemma with the ending that its last part has by itself (-unternehmen, -medizin).

    The longest end decides that is a known lemma of its own, in the form as it stands or without its ending.
    """
    for start in range(1, len(form) - 3):
        whole = count(form[start:].capitalize())
        short = count(lemma[start:].capitalize()) if len(lemma) - start > 3 else 0
        if max(whole, short) >= _KNOWN:
            return form if whole > short else lemma
    return lemma


@cache
def _corrections() -> dict[str, str]:
    return {row[0]: row[1] for row in rows_in("lemma_corrections.tsv")}
