"""Forms of German verbs: which mood a form shows, which forms it could be, what its auxiliary is."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from models.grammar.lists import named
from models.lexicon.lists import words_in as lexicon_words
from models.lexicon.verbs import principal_parts, separable_prefix, strong_verbs

MODALS: Final = frozenset(["können", "müssen", "sollen", "wollen", "dürfen", "mögen"])
_UMLAUT: Final = {"a": "ä", "o": "ö", "u": "ü"}
_OWN_SECOND: Final = {
    "stehen": ("stünde", "stände"),
    "helfen": ("hülfe",),
    "sterben": ("stürbe",),
    "werfen": ("würfe",),
    "verderben": ("verdürbe",),
    "beginnen": ("begänne", "begönne"),
    "gewinnen": ("gewänne", "gewönne"),
    "schwimmen": ("schwömme",),
    "werden": ("würde",),
    "haben": ("hätte",),
    "sein": ("wäre",),
    "brauchen": ("bräuchte",),
    "wissen": ("wüsste",),
    "können": ("könnte",),
    "müssen": ("müsste",),
    "dürfen": ("dürfte",),
    "mögen": ("möchte",),
    "bringen": ("brächte",),
    "denken": ("dächte",),
}
# Konjunktiv I of the verbs whose form is never the indicative, not even after "ich".
_ONLY_FIRST: Final = frozenset(["sei", "seien", "könne", "müsse", "solle", "wolle", "dürfe", "möge", "wisse"])
_NO_STANDARD: Final = frozenset(["sein", "tun"])


def is_only_first(form: str) -> bool:
    """Return whether a form (lower case) can be nothing but Konjunktiv I."""
    return form in _ONLY_FIRST


def is_first(form: str, lemma: str) -> bool:
    """Return whether a form is Konjunktiv I of a verb, third person singular (or "seien").

    "habe" is also the indicative after "ich", and an imperative: look for these yourself. A separated or
    joined prefix may be in the lemma or not.
    """
    if form in _ONLY_FIRST:
        return True
    stem = _stem(lemma)
    if not stem or lemma in _NO_STANDARD or not form.endswith("e"):
        return False
    prefix = separable_prefix(lemma)
    forms = {stem + "e", stem.removeprefix(prefix) + "e"}
    if re.search("e[lr]$", stem):
        forms |= {stem[:-2] + stem[-1] + "e", stem.removeprefix(prefix)[:-2] + stem[-1] + "e"}
    return form in forms


def _stem(lemma: str) -> str:
    if re.search("e[lr]n$", lemma):
        return lemma[:-1]
    return lemma[:-2] if lemma.endswith("en") else ""


@cache
def _seconds() -> dict[str, str]:
    """Return Konjunktiv II forms, first and third person -> infinitive of the base verb."""
    found: dict[str, str] = {}
    for infinitive, (_, preterite, _, _) in strong_verbs().items():
        if infinitive in _OWN_SECOND or preterite.endswith("te") or infinitive in MODALS:
            continue
        vowel = re.search("(au|[aou])(?!.*[aouäöüei](?!e?$))", preterite)
        changed = preterite
        if vowel:
            umlaut = "äu" if vowel[1] == "au" else _UMLAUT[vowel[1]]
            changed = preterite[: vowel.start()] + umlaut + preterite[vowel.end() :]
        found[changed + "e"] = infinitive
        if changed != preterite:
            found[changed + "en"] = infinitive
    for infinitive, forms in _OWN_SECOND.items():
        for form in forms:
            found[form] = found[form + "n"] = infinitive
    return found


def second_base(form: str, lemma: str) -> str:
    """Return the verb whose Konjunktiv II, different from its indicative, a form is: "käme" kommen; or ""."""
    if form in named("no second"):
        return ""  # also forms of other verbs (führen, schälen)
    if form in _seconds():
        return _seconds()[form]
    prefixes = ("über", "unter", "wider", "ver", "ent", "zer", "miss", "be", "er", "ge")
    for prefix in (separable_prefix(lemma), *prefixes):
        if prefix and form.startswith(prefix) and form[len(prefix) :] in _seconds():
            base = _seconds()[form[len(prefix) :]]
            if lemma == prefix + base:
                return lemma
    return ""


@cache
def takes_sein(lemma: str) -> bool:
    """Return whether a verb makes its perfect with "sein" (or with either)."""
    if lemma in lexicon_words("verbs_with_sein.txt"):
        return True
    base = lemma[len(separable_prefix(lemma)) :]
    return base in lexicon_words("verbs_with_sein.txt") or ", ist " in principal_parts(lemma)


def present(lemma: str, *, plural: bool) -> str:
    """Return the third person present of a verb as a subordinate clause has it (andauert), "" if unknown."""
    if plural:
        return "sind" if lemma == "sein" else lemma
    parts = principal_parts(lemma)
    if not parts:
        return ""
    form, *prefix = parts.split(", ")[0].split()
    return "".join(prefix) + form
