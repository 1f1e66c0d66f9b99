"""Search the glossary in German and English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from glossary.english import key_of
from glossary.spelling import fold
from glossary.terms import Glossary, Term

_SHORTEST_FOR_TYPOS = 4
_SHORTEST_INSIDE = 3


class Rank(IntEnum):
    """How well an entry answers a query, best first."""

    EXACT = 0
    PREFIX = 1
    WORD_PREFIX = 2
    INSIDE = 3
    TYPO = 4


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that answers a query, how well, and the text of the entry that did."""

    term: Term
    rank: Rank
    matched: str


def search(glossary: Glossary, query: str, limit: int = 50) -> tuple[Found, ...]:
    """Return the entries whose German, English, variants or abbreviations answer the query, best first.

    Capitals, umlauts (ä, ae or a), ß/ss, hyphens and British or American spelling make no difference; all
    words of the query must be met, and a word of four letters or more may have one typing error (two from
    eight letters on).
    """
    wanted = _prepared(query)
    if not wanted.joined:
        return ()
    found = []
    near: dict[str, bool] = {}
    for order, term in enumerate(glossary.terms):
        best: tuple[Rank, int, str] | None = None
        for field_rank, text in enumerate(_texts(term)):
            prepared = _prepared(text)
            rank = _rank(wanted, prepared)
            if rank is None:
                rank = _typo(wanted, prepared, near)
            if rank is not None and (best is None or (rank, field_rank) < best[:2]):
                best = (rank, field_rank, text)
        if best:
            found.append((best[0], min(best[1], 2), len(best[2]), order, Found(term, best[0], best[2])))
    found.sort(key=lambda item: item[:4])
    return tuple(item[-1] for item in found[:limit])


def _texts(term: Term) -> Iterator[str]:
    yield term.german
    yield term.english
    yield from term.abbreviations
    yield from term.variants


def _keys(text: str) -> tuple[str, ...]:
    """The folded words of a text; hyphens part words here, so that parts of NATO-Gipfel can be searched."""
    parts = "".join(letter if letter.isalnum() else " " for letter in text.replace("\u00ad", "")).split()
    return tuple(key_of(fold(part)) for part in parts)


def _loose(key: str) -> str:
    """Umlauts typed without their dots: Burgergeld finds Bürgergeld."""
    return key.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A text as the comparison needs it; the loose forms are without the dots of umlauts."""

    joined: str
    loose: str
    loose_keys: tuple[str, ...]


@lru_cache(20_000)
def _prepared(text: str) -> _Prepared:
    keys = _keys(text)
    joined = "".join(keys)
    return _Prepared(joined, _loose(joined), tuple(map(_loose, keys)))


def _rank(query: _Prepared, text: _Prepared) -> Rank | None:
    if not text.joined:
        return None
    if query.joined == text.joined or query.loose == text.loose:
        return Rank.EXACT
    if text.joined.startswith(query.joined) or text.loose.startswith(query.loose):
        return Rank.PREFIX
    if all(any(key.startswith(word) for key in text.loose_keys) for word in query.loose_keys):
        return Rank.WORD_PREFIX
    if len(query.loose) >= _SHORTEST_INSIDE and query.loose in text.loose:
        return Rank.INSIDE
    return None


def _typo(query: _Prepared, text: _Prepared, known: dict[str, bool]) -> Rank | None:
    """TYPO if every word of the query is near one of the text; `known` remembers single comparisons."""
    for word in query.loose_keys:
        for key in (*text.loose_keys, text.loose):
            pair = f"{word} {key}"
            if pair not in known:
                known[pair] = _near(word, key)
            if known[pair]:
                break
        else:
            return None
    return Rank.TYPO


def _near(word: str, key: str) -> bool:
    """Whether a word differs from a key, or from its beginning, by a typing error."""
    if len(word) < _SHORTEST_FOR_TYPOS:
        return word == key
    allowed = 2 if len(word) >= 8 else 1
    if len(word) > len(key) + allowed:
        return False
    # Cheap test first: every slip brings in at most one letter that the key does not have.
    if len(set(word).difference(key)) > allowed:
        return False
    if _distance(word, key, allowed) <= allowed:
        return True
    return len(key) > len(word) and _distance(word, key[: len(word)], 1) <= 1


def _distance(one: str, other: str, most: int) -> int:
    """Letters changed, missing, added or swapped with the next; most + 1 for anything above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before = before, row
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
