"""The English wordings that a translation should use for a hit, inflected to agree with the German."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from glossary.english import plurals_of, tenses_of
from glossary.finding import Hit
from glossary.spelling import word_set
from glossary.terms import Term

Number = Literal["singular", "plural", "unknown"]

_LONGEST = 6
_UNUSABLE = re.compile(r"[“”„\"/()\[\]{}…<>*]|\.\.\.")
_LEADING = re.compile(r"^(?:the|an?|to)\s+(?=\S)", re.IGNORECASE)
_HEAD = re.compile(r"\s(?:of|for|to|in|on|from|without|with|against|at|under|by)\s|\sabroad$")
_WORD = re.compile(r"[^\W\d_]+")
_PLURAL_BEFORE = word_set(
    """
    alle aller allen viele vieler vielen mehrere mehrerer mehreren einige einiger einigen beide beider beiden
    zahlreiche zahlreicher zahlreichen wenige wenigen zwei drei vier fünf sechs sieben acht neun zehn zwölf
    """
)
_SINGULAR_BEFORE = word_set(
    """
    ein eine einen einem einer eines das dem des kein keine keinen keinem keiner keines jeder jede jedes jeden
    jedem im am vom zum zur beim dieses diesem manches mein dein sein ihr unser euer
    """
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Wordings that render a hit, preferred ones first.

    The first `writable` of them agree with the German in number, as far as that can be told, and may be put
    into a sentence; the others are forms and variants that are just as welcome if they stand there already.
    `fixed`: words that need no agreement with the verb around them (nouns, names; not verbs). `dictionary`:
    the equivalent in its dictionary form.
    """

    wordings: tuple[str, ...]
    writable: int
    fixed: bool
    dictionary: str


def wanted(term: Term, hit: Hit, german: str) -> Wanted:
    """Return what the English of a hit may be; `writable` is 0 where no word must be forced.

    That is: parts of compounds and of ellipses (the English of the whole word is another matter), equivalents
    that gloss the term in quotation marks, give alternatives in one, or are of more than six words.
    """
    base = _LEADING.sub("", term.english).strip()
    preferred, others = _forms(term, base, number_of(term, hit, german))
    for variant in term.variants:
        first, rest = _forms(term, _LEADING.sub("", variant).strip(), "unknown")
        others += [*first, *rest]
    forcible = (
        hit.kind not in ("compound", "ellipsis")
        and not _UNUSABLE.search(term.english)
        and len(base.split()) <= _LONGEST
    )
    wordings = tuple(dict.fromkeys([*preferred, *others]))
    return Wanted(wordings, len(preferred) if forcible else 0, term.pos != "verb", base)


def number_of(term: Term, hit: Hit, german: str) -> Number:
    """Return whether the German of a hit is singular or plural, as far as form and the word before tell."""
    if term.gender == "pl":
        return "plural"
    if term.pos not in ("noun", "name") or not term.plurals:
        return "singular"
    singular, plural = _heads(term)
    words = set(_WORD.findall(hit.surface))
    if any(word.endswith("innen") for word in words) or words & plural:
        # The weak singular (des Präsidenten) has the form of the plural.
        return "unknown" if words & _oblique(term) else "plural"
    before = _WORD.findall(german[: hit.spans[0][0]])[-1:]
    if before and before[0].casefold() in _PLURAL_BEFORE:
        return "plural"
    if words & singular or (before and before[0].casefold() in _SINGULAR_BEFORE):
        return "singular"
    return "unknown"


def _heads(term: Term) -> tuple[set[str], set[str]]:
    """The forms of the noun itself, without the adjectives before it, in singular and plural."""
    singular: set[str] = set()
    plural: set[str] = set()
    for form in term.plurals:
        pairs = list(zip(_WORD.findall(term.german), _WORD.findall(form), strict=False))
        pairs = [(one, many) for one, many in pairs if one != many] or pairs[-1:]
        nouns = [(one, many) for one, many in pairs if not (one[-1:] == "e" and many == f"{one}n")]
        for one, many in nouns or pairs[-1:]:
            singular |= {one, *(word for each in term.genitives for word in _WORD.findall(each))}
            plural |= {many} if many.endswith(("n", "s")) else {many, f"{many}n"}
    return singular - plural, plural - singular


def _oblique(term: Term) -> set[str]:
    """Forms that a noun of the weak or adjectival kind has in the singular, too."""
    if term.inflection not in ("weak", "adjectival"):
        return set()
    return {word for form in term.plurals for word in _WORD.findall(form)}


def _forms(term: Term, english: str, number: Number) -> tuple[list[str], list[str]]:
    """Return the forms that fit the number and the other forms of an equivalent."""
    if term.pos == "verb":
        first, space, rest = english.partition(" ")
        return [f"{form}{space}{rest}" for form in tenses_of(first)], [
            f"{first[:-1] if first.endswith('e') else first}ing{space}{rest}"
        ]
    if term.pos not in ("noun", "name"):
        return [english], []
    plural = _pluralised(english)
    if term.gender == "pl":
        return [english], plural
    if number == "singular":
        return [english], plural
    if number == "plural":
        return (plural, [english]) if plural else ([english], [])
    return [english, *plural[:1]], plural[1:]


def _pluralised(english: str) -> list[str]:
    """Return the plurals of a noun phrase: members of parliament, prime ministers."""
    preposition = _HEAD.search(english)
    end = preposition.start() if preposition else len(english)
    head = english[:end]
    before, space, last = head.rpartition(" ")
    return [f"{before}{space}{form}{english[end:]}" for form in plurals_of(last)]
