"""The joining s of compounds: Mitgliedstaat and Mitgliedsstaat are one word, as are Schaden(s)ersatz."""

from __future__ import annotations

import math
from collections.abc import Iterator

from glossary.index import Index
from glossary.lexicon import Lexicon
from glossary.spelling import fold

_SHORTEST_PART = 4
# After these letters German puts no joining s.
_NO_JOINING_S = ("a", "e", "i", "o", "u", "y", "s", "z", "x", "sch")
# Words whose s changes the meaning: a Landgemeinde is a rural commune, a Landsgemeinde an assembly.
_OTHER_WITH_S = frozenset({"land"})
# Cuts this much dearer than the best one are as good (glossary.lexicon: 1 is one more part).
_TIE = 0.3
Seam = tuple[int, bool]


def seams(word: str, lexicon: Lexicon) -> tuple[Seam, ...]:
    """Where the parts of a compound noun meet: the offset in its folded key, and whether an s stands there.

    The offset is that after the first part, so before the s. Both sides must be nouns or compounds that end
    in one, of four letters at least, and the cut must be as good as the word's best one; a word that falls
    apart nowhere has no seam.
    """
    key = fold(word)
    if not key.isalpha() or len(key) < 2 * _SHORTEST_PART:
        return ()
    cuts: list[tuple[float, Seam]] = []
    for place in range(_SHORTEST_PART, len(key) - _SHORTEST_PART + 1):
        first = key[:place]
        if first.endswith(_NO_JOINING_S) or first in _OTHER_WITH_S:
            continue
        cost = lexicon.right(first)
        if cost == math.inf:
            continue
        cuts.append((cost + lexicon.right(key[place:]), (place, False)))
        if key[place] == "s" and len(key) - place > _SHORTEST_PART:
            cuts.append((cost + lexicon.right(key[place + 1 :]), (place, True)))
    best = min((cost for cost, _ in cuts), default=math.inf)
    return tuple(seam for cost, seam in cuts if cost < math.inf and cost <= best + _TIE)


def respelt(key: str, word: str, found: tuple[Seam, ...]) -> Iterator[str]:
    """Yield the other spellings of one form (`key`, folded) of a word, one seam changed at a time."""
    front = fold(word)
    for place, joined in found:
        # Endings and umlauts come after the seam, so that all forms share what stands before it.
        end = place + joined
        if key.startswith(front[:end]) and len(key) - end >= _SHORTEST_PART - 1:
            yield key[:place] + key[end:] if joined else key[:place] + "s" + key[place:]


def respellings(index: Index, lexicon: Lexicon) -> dict[str, str]:
    """For each spelling that differs by a joining s from a form in the index, that form; both folded.

    A spelling that is a form of some entry itself is left to that entry.
    """
    found: dict[str, str] = {}
    known: dict[int, tuple[Seam, ...]] = {}
    for table in (index.endings, index.stems):
        for key, numbers in table.items():
            for number in numbers:
                word = index.terms[number].german
                if number not in known:
                    known[number] = seams(word, lexicon)
                for spelling in respelt(key, word, known[number]):
                    if not (spelling in index.first or spelling in index.stems or spelling in index.endings):
                        found.setdefault(spelling, key)
    return found
