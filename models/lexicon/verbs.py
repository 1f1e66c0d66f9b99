"""German verbs: separable prefixes and principal parts."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from models.lexicon.lists import rows_in, words_in


@cache
def separable_prefixes() -> tuple[str, ...]:
    """Return the prefixes that stand apart from a finite verb in a main clause, the longest first."""
    return tuple(sorted(words_in("separable_prefixes.txt"), key=lambda prefix: (-len(prefix), prefix)))


_FIXED: Final = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "wider", "hinter")


def separable_prefix(lemma: str) -> str:
    """Return the separable prefix of an infinitive ("durch" of durchsetzen), or "" if it has none."""
    if lemma in words_in("inseparable_verbs.txt") or lemma in strong_verbs():
        return ""
    for prefix in separable_prefixes():
        rest = lemma[len(prefix) :]
        if (
            lemma.startswith(prefix)
            and len(rest) >= 3
            and (rest == "tun" or rest.endswith(("en", "eln", "ern", "sein")))
        ):
            stem = re.sub(r"e?n$", "", rest)
            if len(stem) >= 2 and re.search("[aeiouäöüy]", stem):
                return prefix
    return ""


@cache
def strong_verbs() -> dict[str, tuple[str, str, str, str]]:
    """Return infinitive -> present, preterite, participle, auxiliary, of the irregular base verbs."""
    rows = rows_in("strong_verbs.tsv")
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


_BASE_AUXILIARY: Final = {"h": "hat", "s": "ist"}


def principal_parts(lemma: str) -> str:
    """Return third person present, preterite and perfect, as a learner's dictionary gives them.

    Strong verbs by table, all others by the weak rule: "setzt durch, setzte durch, hat durchgesetzt".
    """
    if not re.fullmatch(r"[a-zäöüß]{3,}", lemma) or not lemma.endswith("n"):
        return ""
    prefix = separable_prefix(lemma)
    base = lemma[len(prefix) :]
    weak = lemma in words_in("weak_verbs.txt")
    present, past, participle, auxiliary = _weak(base) if weak else _parts_of_base(base)
    if lemma in words_in("verbs_with_sein.txt") or (
        auxiliary == "s"
        and lemma not in words_in("verbs_with_haben.txt")
        and base not in words_in("verbs_with_haben.txt")
    ):
        auxiliary = "s"
    else:
        auxiliary = "h"
    tail = f" {prefix}" if prefix else ""
    return f"{present}{tail}, {past}{tail}, {_BASE_AUXILIARY[auxiliary]} {prefix}{participle}"


def _parts_of_base(base: str) -> tuple[str, str, str, str]:
    table = strong_verbs()
    if base in words_in("weak_verbs.txt"):
        return _weak(base)
    if base in table:
        return table[base]
    for fixed in (*_FIXED, "über", "unter", "um", "durch", "voll", "miss"):
        if base.startswith(fixed) and base[len(fixed) :] in table:
            present, past, participle, auxiliary = table[base[len(fixed) :]]
            bare = participle.removeprefix("ge") if not participle.startswith("gegess") else "gessen"
            if participle in {
                "gegeben",
                "gegangen",
                "gegolten",
                "gegossen",
                "geglichen",
                "gegriffen",
                "gegraben",
            }:
                bare = participle[2:]
            elif base[len(fixed) :] in {"gelten", "gebären", "genießen", "gelingen", "geschehen", "gewinnen"}:
                bare = participle if not participle.startswith("geg") else participle[2:]
            return fixed + present, fixed + past, fixed + bare, auxiliary
    return _weak(base)


def _weak(base: str) -> tuple[str, str, str, str]:
    stem = re.sub(r"(?<=[lr])n$|en$", "", base)
    if stem == base:
        stem = base[:-1]
    joint = "e" if re.search(r"(?:[dt]|[^aeiouäöülrhmn\W][mn]|ffn|chn|tm)$", stem) else ""
    present, past = f"{stem}{joint}t", f"{stem}{joint}te"
    fixed = base.startswith(_FIXED) and re.search("[aeiouäöü].*[aeiouäöü]", base[2:]) is not None
    no_ge = (
        fixed
        or base.endswith("ieren")
        or any(
            base.startswith(p) and base in words_in("inseparable_verbs.txt")
            for p in ("über", "unter", "um", "durch", "wieder", "voll", "offen", "froh")
        )
    )
    participle = f"{'' if no_ge else 'ge'}{stem}{joint}t"
    return present, past, participle, "h"
