"""What the form of a German word says: tense of a verb, number of a noun, degree of an adjective."""

from __future__ import annotations

import re
from typing import Final, Literal

from models.lexicon.verbs import principal_parts, separable_prefix

VerbForm = Literal["infinitive", "participle", "third", "plural", "past", "unreal"]

_PLAIN: Final = str.maketrans("äöü", "aou")
# Forms of Konjunktiv II whose vowel is not that of the past.
_UNREAL: Final = frozenset(
    [
        "stünde",
        "stünden",
        "hülfe",
        "hülfen",
        "stürbe",
        "stürben",
        "würfe",
        "würfen",
        "verstünde",
        "verstünden",
    ]
)

_IRREGULAR: Final = {
    "gut": ("besser", "best"),
    "viel": ("mehr", "meist"),
    "hoch": ("höher", "höchst"),
    "nah": ("näher", "nächst"),
    "nahe": ("näher", "nächst"),
    "gern": ("lieber", "liebst"),
}


def verb_form(form: str, lemma: str, tag: str, split: bool) -> VerbForm:
    """Return the form of a verb.

    Args:
        form: as it stands in the sentence, without a prefix that stands apart.
        lemma: infinitive, with the prefix.
        tag: HanTa's.
        split: whether the prefix stands apart.

    """
    form = form.lower()
    if "PP" in tag:
        return "participle"
    if "INF" in tag or "IZU" in tag:
        return "infinitive"
    prefix = separable_prefix(lemma)
    base = lemma.removeprefix(prefix)
    if prefix and not split:
        form = form.removeprefix(prefix)
    parts = principal_parts(lemma)
    if not parts:
        return "plural" if form == base else "third"
    present, past = (part.split()[0] for part in parts.split(", ")[:2])
    if form in (present, base):
        return "third" if form == present else "plural"
    strong = not past.endswith("te")
    if form in _UNREAL:
        return "unreal"
    if form == past or form in {past + "n", past + "en", past + "st", past + "t"}:
        return "past"
    if strong and re.sub(r"e[nst]?t?$", "", form.translate(_PLAIN)) == past.translate(_PLAIN):
        return "unreal"
    return "plural" if form.endswith("en") else "third"


def takes_sein(lemma: str) -> bool:
    """Return whether a verb makes its perfect with sein ("ist gescheitert")."""
    return ", ist " in principal_parts(lemma)


def degree(form: str, lemma: str, tag: str) -> Literal["", "comparative", "superlative"]:
    """Return the degree of an adjective or adverb form, given its lemma and HanTa's tag."""
    form, lemma = form.lower(), lemma.lower()
    if lemma in _IRREGULAR:
        more, most = _IRREGULAR[lemma]
        if form.startswith(more):
            return "comparative"
        return "superlative" if form.startswith(most) else ""
    if len(lemma) < 3 or form == lemma:
        return ""
    stem = re.escape(lemma.translate(_PLAIN).removesuffix("e"))
    stem = re.sub(r"e(?=[lr]$)", "e?", stem)
    plain = form.translate(_PLAIN)
    if re.fullmatch(f"{stem}ere[rnms]?", plain):
        return "comparative"
    if re.fullmatch(f"{stem}er", plain):
        # "großer Mehrheit" has the ending of its case; "länger" has none, or shows its umlaut.
        return "comparative" if tag != "ADJ(A)" or any(c in form and c not in lemma for c in "äöü") else ""
    return "superlative" if re.fullmatch(f"{stem}e?ste[rnms]?", plain) else ""
