"""The forms of all terms, by the first word they begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from glossary.morphology import Forms, Pattern, Slot, SplitPattern, forms_of
from glossary.terms import Glossary, Term


@dataclass(frozen=True, slots=True)
class Index:
    """Look-up tables of the finder; numbers are indices of `terms`.

    `first`: patterns by the folded first word; `finite`: split verbs by the finite form;
    `stems` and `endings`: single-word nouns as first or middle and as last part of a compound.
    """

    terms: tuple[Term, ...]
    first: dict[str, list[tuple[Pattern, int]]] = field(default_factory=dict)
    finite: dict[str, list[tuple[SplitPattern, int]]] = field(default_factory=dict)
    stems: dict[str, list[int]] = field(default_factory=dict)
    endings: dict[str, list[int]] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)


def build_index(glossary: Glossary) -> Index:
    """Inflect every term once and build the tables."""
    index = Index(glossary.terms)
    for number, term in enumerate(glossary.terms):
        _add(index, number, term, forms_of(term))
    return index


def _add(index: Index, number: int, term: Term, forms: Forms) -> None:
    for pattern in forms.patterns:
        for each in (pattern, *_closed_up(pattern)):
            for key in each.slots[0].keys:
                index.first.setdefault(key, []).append((each, number))
    for split in forms.splits:
        for key in split.finite:
            index.finite.setdefault(key, []).append((split, number))
    if any(rule.kind == "no-compound" for rule in term.match):
        return
    for key in forms.stems:
        if len(key) >= 3:
            index.stems.setdefault(key, []).append(number)
            index.beginnings.add(key[:3])
    for key in forms.endings:
        if len(key) >= 3:
            index.endings.setdefault(key, []).append(number)
            index.beginnings.add(key[:3])


def _closed_up(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the pattern with a number written onto the word before it: Bündnis90/Die Grünen, GSG9."""
    for place in range(1, len(pattern.slots)):
        word, number = pattern.slots[place - 1 : place + 1]
        if place == pattern.gap or not all(key.isdigit() for key in number.keys):
            continue
        keys = frozenset(first + second for first in word.keys for second in number.keys)
        texts = frozenset(first + second for first in word.texts for second in number.texts or number.keys)
        slots = (*pattern.slots[: place - 1], Slot(keys, word.case, texts), *pattern.slots[place + 1 :])
        base = (
            *pattern.base[: place - 1],
            "".join(pattern.base[place - 1 : place + 1]),
            *pattern.base[place + 1 :],
        )
        yield replace(pattern, slots=slots, base=base, gap=pattern.gap - (pattern.gap > place))
