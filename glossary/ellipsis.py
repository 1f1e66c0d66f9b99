"""Words of which a part is left out: Bundes- und Landesregierung, Landesregierung und -parlament."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from glossary.index import Index
from glossary.matching import Match
from glossary.sentence import Sentence
from glossary.spelling import fold, key_offsets

_JOINERS = frozenset([
    "und", "oder", "bzw", "beziehungsweise", "sowie", "wie", "noch", "statt", "aber", "als", "auch",
    "respektive", "bis"
])  # fmt: skip
Spelling = Callable[[str], str]
_FARTHEST = 12
_SHORTEST_PART = 3


def elliptical(index: Index, here: Sentence, spelling: Spelling) -> Iterator[Match]:
    """Yield the terms that a hyphen at a word's edge stands for, each with its two spans.

    `spelling` gives a word's key with its joining s as the entries have it: Erbschafts- und
    Schenkungssteuer is the Erbschaftsteuer.
    """
    for place, token in enumerate(here.tokens):
        if len(token.text) < 3:
            continue
        if token.text[-1] in "-\u2010\u2011":
            yield from _completed_after(index, here, place, spelling)
        elif token.text[0] in "-\u2010\u2011":
            yield from _completed_before(index, here, place)


def _completed_after(index: Index, here: Sentence, place: int, spelling: Spelling) -> Iterator[Match]:
    """Bundes- [und Landes]regierung: the end comes from a later word."""
    half = here.tokens[place]
    for later in range(place + 1, min(place + _FARTHEST, len(here.tokens))):
        other = here.tokens[later]
        if here.hard_break(place, later):
            return
        if other.text[-1] in "-\u2010\u2011" or other.text.lower() in _JOINERS or not other.text[0].isalnum():
            continue
        if not other.capital and not here.shouted:
            # An adjective may stand before the full word: Bundes- und neue Landesregierungen.
            continue
        key, offsets = key_offsets(here.text[other.start : other.end])
        for cut in range(_SHORTEST_PART, len(key) - _SHORTEST_PART + 1):
            for number in _whole_words(index, _joined(half.key, key[cut:], spelling)):
                spans = ((half.start, half.end), (other.start + offsets[cut], other.end))
                yield Match(number, spans, "ellipsis", place, later)
                return
        return


def _completed_before(index: Index, here: Sentence, place: int) -> Iterator[Match]:
    """Landes[regierung und] -parlament: the beginning comes from an earlier word."""
    half = here.tokens[place]
    for earlier in range(place - 1, max(place - _FARTHEST, -1), -1):
        other = here.tokens[earlier]
        if here.hard_break(earlier, place):
            return
        if not other.capital or not other.text[0].isalnum() or not other.text[-1].isalnum():
            continue
        key, offsets = key_offsets(here.text[other.start : other.end])
        for cut in range(len(key) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            for number in _whole_words(index, key[:cut] + fold(half.text)):
                spans = ((other.start, other.start + offsets[cut]), (half.start, half.end))
                yield Match(number, spans, "ellipsis", earlier, place)
                return
        return


def _joined(half: str, rest: str, spelling: Spelling) -> str:
    """The key of the whole word, its joining s as the entries have it; no other s may come or go."""
    key = half + rest
    respelt = spelling(key)
    return respelt if respelt in (half + "s" + rest, half.removesuffix("s") + rest) else key


def _whole_words(index: Index, key: str) -> list[int]:
    return [
        number
        for pattern, number in index.first.get(key, ())
        if len(pattern.slots) == 1 and pattern.slots[0].case == "capital" and not pattern.after
    ]
