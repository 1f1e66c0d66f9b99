"""Patterns against the words of a sentence: contiguous terms and split verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from glossary.index import Index
from glossary.morphology import Pattern, Slot, SplitPattern
from glossary.morphology.verbs import REFLEXIVES
from glossary.sentence import Sentence
from glossary.spelling import Token

HitKind = Literal["exact", "inflected", "abbreviation", "compound", "split", "ellipsis"]
Span = tuple[int, int]

_FARTHEST_PARTICLE = 45
_FARTHEST_COMPLEMENT = 25
_REFLEXIVE_AFTER = 3
_REFLEXIVE_BEFORE = 12
_SMALL_WORDS = frozenset(("am", "an", "das", "er", "es", "gab", "im", "in", "ob", "so", "um", "wir", "zu"))
_GAP_ENDINGS = ("e", "en", "er", "es", "em")


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a term may stand: number of the term, spans, kind, and first and last word."""

    number: int
    spans: tuple[Span, ...]
    kind: HitKind
    first: int
    last: int


def contiguous(index: Index, here: Sentence) -> Iterator[Match]:
    """Yield the terms whose words stand side by side, or with the gap that the pattern allows."""
    first = index.first
    for start, token in enumerate(here.tokens):
        for pattern, number in first.get(token.key, ()):
            found = _match(pattern, here, start)
            if found:
                yield _as_match(pattern, number, here, found)


def split_verbs(index: Index, here: Sentence) -> Iterator[Match]:
    """Yield verbs whose finite form stands apart from the rest: setzt ... durch, trat ... in Kraft."""
    best: dict[tuple[int, int], Match] = {}
    for start, token in enumerate(here.tokens):
        for split, number in index.finite.get(token.key, ()):
            if token.capital and not (here.begins(start) or here.shouted):
                continue
            rest = _rest(split, here, start)
            if not rest or (split.reflexive and not _reflexive(here, start, rest[-1])):
                continue
            # Of two finite verbs before one particle the nearer one owns it.
            spans = _spans(here, [start, *rest])
            kind: HitKind = "split" if len(spans) > 1 else "inflected"
            best[(number, rest[-1])] = Match(number, spans, kind, start, rest[-1])
    yield from best.values()


def _match(pattern: Pattern, here: Sentence, start: int) -> list[int] | None:
    """The indices of the words that fill the pattern's slots from `start` on, or None."""
    tokens = here.tokens
    slots = pattern.slots
    if not _fits(slots[0], here, start):
        return None
    if len(slots) == 1 and (_dangling(tokens[start]) or (pattern.adjectival and _attribute(here, start))):
        return None
    found = [start]
    for position in range(1, len(slots)):
        place = found[-1] + 1
        allowed = pattern.gap_words if position == pattern.gap else 0
        while True:
            if place >= len(tokens) or not here.joined(place - 1):
                return None
            if tokens[place].key in slots[position].keys and _fits(slots[position], here, place):
                break
            if not allowed or not _insertable(tokens[place], pattern):
                return None
            allowed -= 1
            place += 1
        found.append(place)
    if _dangling(tokens[found[-1]]):
        return None
    if pattern.after and not pattern.after & set(here.lower_words(start - 2, start)):
        return None
    if pattern.reflexive and not _reflexive(here, start, found[-1]):
        return None
    return found


def _attribute(here: Sentence, place: int) -> bool:
    """Whether a capitalised adjective belongs to the next noun: Grüne Bäume, die LINKE Seite.

    It is capitalised because a sentence begins with it, or because it is set in capitals throughout.
    """
    tokens = here.tokens
    return (
        not here.shouted
        and (here.begins(place) or tokens[place].text.isupper())
        and place + 1 < len(tokens)
        and tokens[place + 1].capital
        and tokens[place + 1].text[0].isalpha()
        and here.text[tokens[place].end : tokens[place + 1].start].isspace()
    )


def _dangling(token: Token) -> bool:
    """Bundes- or -regierung: half a word, which glossary.ellipsis completes."""
    return not (token.text[0].isalnum() and token.text[-1].isalnum()) and token.text[-1:] != ")"


def _insertable(token: Token, pattern: Pattern) -> bool:
    """In a noun term only an adjective may be inserted; between a verb's words anything may stand."""
    if pattern.gap_words > 1:
        return True
    return token.text[:1].islower() and token.text.endswith(_GAP_ENDINGS)


def _fits(slot: Slot, here: Sentence, place: int) -> bool:
    """Whether the capitals of a word are those the slot asks for."""
    token = here.tokens[place]
    if slot.case == "exact":
        text = token.text
        if here.shouted and token.key in _SMALL_WORDS:
            # IM BUNDESTAG: here the preposition, not the abbreviation.
            return False
        return (
            text in slot.texts
            or text.replace("’", "").replace("'", "") in slot.texts
            or (here.shouted and any(text == spelling.upper() for spelling in slot.texts))
        )
    if slot.case == "free" or here.shouted:
        return True
    if slot.case == "capital":
        return token.capital
    return not token.capital or here.begins(place)


def _as_match(pattern: Pattern, number: int, here: Sentence, found: list[int]) -> Match:
    tokens = here.tokens
    spans = _spans(here, found)
    kind: HitKind
    if pattern.abbreviation:
        kind = "abbreviation"
    elif len(spans) > 1:
        kind = "split"
    elif tuple(tokens[place].key for place in found) == pattern.base:
        kind = "exact"
    else:
        kind = "inflected"
    return Match(number, spans, kind, found[0], found[-1])


def _spans(here: Sentence, found: list[int]) -> tuple[Span, ...]:
    """The spans of some words; words side by side make one span."""
    tokens = here.tokens
    spans: list[Span] = []
    for position, place in enumerate(found):
        if position and place == found[position - 1] + 1:
            spans[-1] = (spans[-1][0], tokens[place].end)
        else:
            spans.append((tokens[place].start, tokens[place].end))
    return tuple(spans)


def _rest(split: SplitPattern, here: Sentence, finite: int) -> list[int]:
    """The words that complete a finite verb, in order; empty if they do not follow it."""
    found: list[int] = []
    if split.complement:
        found = _complement(split.complement, here, finite)
        if not found:
            return []
    if split.particle:
        place = _particle(split.particle, here, found[-1] if found else finite)
        return [*found, place] if place else []
    return found


def _complement(wanted: tuple[str, ...], here: Sentence, finite: int) -> list[int]:
    """The words of the complement, side by side and not too far after the finite verb."""
    tokens = here.tokens
    length = len(wanted)
    for place in range(finite + 1, min(finite + 1 + _FARTHEST_COMPLEMENT, len(tokens) - length + 1)):
        if all(tokens[place + offset].key == key for offset, key in enumerate(wanted)):
            return [] if here.hard_break(finite, place) else list(range(place, place + length))
    return []


def _particle(wanted: str, here: Sentence, after: int) -> int:
    """Where the separable particle stands, 0 if nowhere.

    It must stand at the end of its clause, for most particles are prepositions too.
    """
    tokens = here.tokens
    for place in range(after + 1, min(after + 1 + _FARTHEST_PARTICLE, len(tokens))):
        token = tokens[place]
        if token.key != wanted or token.text.endswith("-") or (token.capital and not here.shouted):
            continue
        if here.hard_break(after, place):
            return 0
        if here.clause_ends(place):
            return place
    return 0


def _reflexive(here: Sentence, first: int, last: int) -> bool:
    """Whether `sich` (or mich, uns ...) stands in the verb's clause: soon after it, or before it."""
    for place in range(first + 1, min(last + 1 + _REFLEXIVE_AFTER, len(here.tokens))):
        if here.parted(place - 1) and place > last:
            break
        if here.tokens[place].key in REFLEXIVES:
            return True
    for place in range(first - 1, max(first - 1 - _REFLEXIVE_BEFORE, -1), -1):
        if here.parted(place):
            return False
        if here.tokens[place].key in REFLEXIVES:
            return True
    return False
