"""Inflection of German verbs from their principal parts."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.morphology.adjectives import ALL_ENDINGS

REFLEXIVES = frozenset({"sich", "mich", "dich", "uns", "euch", "mir", "dir"})
_AUXILIARIES = frozenset({"ist", "hat", "sein", "haben", "sind", "wird"})
# Separable particles, for entries without principal parts.
PARTICLES = (
    "ab", "an", "auf", "aus", "bei", "dar", "ein", "fest", "frei", "her", "hin", "los", "mit", "nach",
    "nieder", "vor", "weg", "weiter", "wieder", "zu", "zurück", "zusammen", "durch", "um", "unter", "über",
    "statt", "teil", "herbei", "heraus", "herunter", "hinaus", "voran", "voraus", "vorbei", "auseinander",
    "gleich", "still",
)  # fmt: skip
# Subjunctives II that do not follow from the preterite's vowel.
_SUBJUNCTIVES = {"starb": "stürb", "half": "hülf", "warf": "würf", "stand": "stünd", "warb": "würb",
                 "verdarb": "verdürb", "gewann": "gewönn", "begann": "begönn"}  # fmt: skip
_UMLAUTS = str.maketrans("aouAOU", "äöüÄÖÜ")


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The forms of a verb term.

    `complement`: the term's other words (in Kraft, für nichtig), without `sich` and without the particle;
    `particle`: the separable prefix or ""; `finite`: forms that stand apart from the particle;
    `joined`: forms that follow the complement at the clause's end (particle and verb in one word);
    `infinitive`: the verb's last word in the dictionary form; `reflexive`: whether it needs `sich`.
    """

    complement: tuple[str, ...]
    particle: str
    finite: frozenset[str]
    joined: frozenset[str]
    infinitive: str
    reflexive: bool


def verb_forms(german: str, parts: tuple[str, ...]) -> VerbForms:
    """All forms of a verb term; `parts`: present, preterite and participle in the third person.

    Without parts the verb is taken as regular.
    """
    tokens = german.replace("(sich)", "").split()
    reflexive = "sich" in tokens
    tokens = [word for word in tokens if word not in REFLEXIVES]
    infinitive = tokens[-1]
    complement = tuple(tokens[:-1])
    given = [[word for word in part.split() if word not in REFLEXIVES] for part in parts]
    particle = _particle(infinitive, given)
    simple = infinitive.removeprefix(particle)
    present = given[0][0] if given and given[0] else _regular_stem(simple) + "t"
    preterite = given[1][0] if len(given) > 1 and given[1] else _weak(simple) + "e"
    if len(given) > 2:
        participles = {word for word in given[2][-1:] if word not in _AUXILIARIES}
    else:
        participles = {particle + "ge" + _regular_stem(simple) + "t"}
    finite = _present(simple, present) | _preterite(preterite, simple)
    joined = {particle + form for form in finite} | {infinitive}
    if particle:
        joined.add(particle + "zu" + simple)
    joined |= {infinitive + "d" + ending for ending in ("", *ALL_ENDINGS)}
    for participle in participles:
        joined.add(participle)
        if not reflexive:
            joined |= {participle + ending for ending in ALL_ENDINGS}
    return VerbForms(complement, particle, frozenset(finite), frozenset(joined), infinitive, reflexive)


def _particle(infinitive: str, given: list[list[str]]) -> str:
    if given:
        last = given[0][-1] if len(given[0]) > 1 else ""
        return last if last and infinitive.startswith(last) and infinitive != last else ""
    found = [each for each in PARTICLES if infinitive.startswith(each) and len(infinitive) > len(each) + 3]
    return max(found, key=len, default="")


def _regular_stem(infinitive: str) -> str:
    if infinitive.endswith(("eln", "ern")):
        return infinitive[:-1]
    base = infinitive.removesuffix("en")
    # arbeiten -> arbeitet: an e is needed to say the ending.
    return base + "e" if base.endswith(("t", "d", "chn", "ffn", "gn", "tm", "dm")) else base


def _weak(infinitive: str) -> str:
    return _regular_stem(infinitive) + "t"


def _present(infinitive: str, third: str) -> set[str]:
    if infinitive == "sein":
        return {"bin", "bist", "ist", "sind", "seid", "sei", "seist", "seien", "seiet"}
    if infinitive.endswith(("eln", "ern")):
        base = infinitive[:-1]
        first = {base + "e", base[:-2] + base[-1] + "e"}
    else:
        base = infinitive.removesuffix("en") if infinitive.endswith("en") else infinitive.removesuffix("n")
        first = {base + "e"}
    changed = third.removesuffix("t")
    forms = {third, infinitive, base + "t", base + "et", base + "est", base + "en", *first}
    forms |= {base} if len(base) > 2 else set()
    if third.endswith("t"):
        forms.add(changed + "st")
        forms |= {changed} if changed != base and not changed.endswith("e") else set()
    if third.endswith("tt"):
        forms |= {third + "st", third[:-1] + "st"}
    if changed.endswith(("s", "ß", "z", "x")):
        forms.add(changed + "t")
    return forms


def _preterite(third: str, infinitive: str) -> set[str]:
    weak = third.endswith("te")
    if weak:
        forms = {third, third + "st", third + "n", third + "t"}
        stem = third.removesuffix("te")
        regular = _regular_stem(infinitive).removesuffix("e")
        if not stem.startswith(regular):
            # brachte -> brächte; nannte -> nennte
            moved = _umlauted(stem) + "te"
            forms |= {moved, moved + "st", moved + "n", moved + "t"}
        return forms
    if third == "wurde":
        return {"wurde", "wurdest", "wurden", "wurdet", "würde", "würdest", "würden", "würdet"}
    forms = {third, third + "st", third + "est", third + "en", third + "t", third + "et"}
    subjunctives = {_umlauted(third)}
    for plain, moved in _SUBJUNCTIVES.items():
        if third.endswith(plain):
            subjunctives.add(third.removesuffix(plain) + moved)
    for stem in subjunctives:
        forms |= {stem + ending for ending in ("e", "est", "en", "et", "st", "t")}
    return forms


def _umlauted(stem: str) -> str:
    """Umlaut the last a, o or u of a stem (au as a whole: lauf -> läuf)."""
    for position in range(len(stem) - 1, -1, -1):
        if stem[position] in "aou":
            if stem[position] == "u" and position and stem[position - 1] in "ae":
                if stem[position - 1] == "e":
                    return stem
                position -= 1
            return stem[:position] + stem[position].translate(_UMLAUTS) + stem[position + 1 :]
        if stem[position] in "eiäöü":
            return stem
    return stem
