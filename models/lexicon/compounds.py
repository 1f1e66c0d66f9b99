"""Splitting compounds into the words that they are made of, by the words of the corpus and by HanTa."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from models.lexicon.lists import words_in
from models.lexicon.verbs import separable_prefixes

Count = Callable[[str], int]  # lemma with its capital -> occurrences in the corpus
Boundaries = Callable[[str], frozenset[int]]  # lower-cased word -> where HanTa sees morphemes end

_DEAREST: Final = 6.3  # a split that costs more is none
_COMPOUND: Final = 8  # letters of the shortest compound inside another
_KNOWN: Final = 1e4
_FEWEST: Final = 4  # a part must have been seen so often
_UMLAUTS: Final = str.maketrans("äöü", "aou")
_NO_STEM: Final = re.compile(r"[^aeiouyäöü]+|(.)\1.*")  # str, nnen: no German word
_SHORT_NAME: Final = 3  # letters of a name that is more likely chance, unless it is frequent
_FREQUENT: Final = 100
_RARE_HEAD: Final = 7  # letters of the shortest head that is taken for known because its verb is
_PARTISAN: Final = (
    "extrem",
    "radikal",
    "popul",
    "partei",
    "ruck",
    "kurs",
    "außen",
    "terror",
    "bündnis",
    "fraktion",
)
# Must have a linking s before another noun.
_WITH_S: Final = re.compile(r"(?:ung|heit|keit|schaft|tät|ion|ling|tum)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a compound: [start, end) in the word, linking element included, and lemma."""

    start: int
    end: int
    lemma: str


class CompoundSplitter:
    """Splits nouns and adjectives; `count` knows the lemmas, `boundaries` HanTa's morphemes.

    `is_name` tells of a lemma whether it is a name.
    """

    def __init__(
        self, count: Count, boundaries: Boundaries, is_name: Callable[[str], bool] = lambda lemma: False
    ) -> None:
        self._count = count
        self._boundaries = boundaries
        self._is_name = is_name

    def split(self, lemma: str) -> tuple[Piece, ...]:
        """Return the parts of a lemma in order, or () if it is no compound.

        The spans of the parts cover the lemma: linking elements belong to the part before them.
        """
        if "-" in lemma.strip("-"):
            return self._split_at_hyphens(lemma)
        pieces = self._parts(lemma, 0)
        return pieces if len(pieces) > 1 else ()

    def _split_at_hyphens(self, lemma: str) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for match in re.finditer(r"[^-‐‑]+", lemma):
            word = match.group()
            inner = self._parts(word, 0) if len(word) > 5 else ()
            if len(inner) > 1:
                pieces += [Piece(match.start() + p.start, match.start() + p.end, p.lemma) for p in inner]
            else:
                pieces.append(Piece(match.start(), match.end(), word))
        return tuple(pieces) if len(pieces) > 1 else ()

    def _parts(self, lemma: str, depth: int, *, as_first: bool = False) -> tuple[Piece, ...]:
        whole = (Piece(0, len(lemma), lemma),)
        if len(lemma) < 6 or depth > 3 or lemma in opaque_words():
            return whole
        if lemma.endswith("in") and lemma[0].isupper() and self._count(lemma[:-2]) >= _FEWEST:
            # Ministerpräsidentin is split as Ministerpräsident.
            pieces = self._parts(lemma[:-2], depth)
            if len(pieces) == 1:
                return whole
            last = pieces[-1]
            return (*pieces[:-1], Piece(last.start, len(lemma), last.lemma + "in"))
        choice = self._best_cut(lemma, as_first=as_first)
        if choice is None:
            return whole
        cut, name, head, _ = choice
        left = self._parts(name, depth + 1, as_first=self._count(name) < _FEWEST)
        # The last inner part takes up what inflection or a linking element added.
        left = (*left[:-1], Piece(left[-1].start, cut, left[-1].lemma))
        right = self._parts(head, depth + 1)
        right = (*right[:-1], Piece(right[-1].start, len(lemma) - cut, right[-1].lemma))
        return (*left, *(Piece(cut + p.start, cut + p.end, p.lemma) for p in right))

    def _best_cut(self, lemma: str, *, as_first: bool = False) -> tuple[int, str, str, float] | None:
        """Return where to cut in two, the lemmas of both sides and the cost; None if none is cheap enough.

        With `as_first` the word is the first part of another, so that its own last part looks as one, too:
        "hochwasserwarn" in Hochwasserwarnstufe.
        """
        lower = lemma.lower()
        best, choice = _DEAREST, None
        if self._is_of_a_split_verb(lower):
            return None
        seams = self._boundaries(lower)
        for cut in range(2, len(lower) - 2):
            right = lower[cut:]
            if as_first:
                second = self._first(right, "", nested=False)
                first = self._first(lower[:cut], right, nested=False) if second else None
                if first and second and first[1] + second[1] < best:
                    best = first[1] + second[1]
                    choice = cut, first[0], second[0], best
                continue
            head = right if lemma[0].islower() else right.capitalize()
            if right in words_in("no_heads.txt") or (
                len(right) == 3 and head not in words_in("short_heads.txt")
            ):
                continue
            if self._cuts_a_prefix(lower[:cut], right):
                continue
            if right == "ende" and lower[cut - 1] not in "sn":
                continue  # Vorsitzende
            weight = max(self._count(head), self._by_its_verb(right) if lemma[0].isupper() else 0)
            if weight < _FEWEST or _NO_STEM.fullmatch(right):
                continue
            first = self._first(lower[:cut], right)
            if first is None:
                continue
            name, cost = first
            cost += self._rarity(weight) + (0.8 if len(right) == 3 else 0.0)
            if len(seams) > 0:
                cost += -1.2 if cut in seams else 1.5
            if cost < best:
                best, choice = cost, (cut, name, head, cost)
        return choice

    def _is_of_a_split_verb(self, lower: str) -> bool:
        """Return whether a noun in -ung comes from a separable verb and is thus no compound: Feststellung."""
        verb = lower.removesuffix("ung") + "en"
        return verb != lower + "en" and any(
            lower.startswith(prefix) and self._count(verb) for prefix in separable_prefixes()
        )

    def _cuts_a_prefix(self, left: str, right: str) -> bool:
        """Return whether a noun in -ung would lose its prefix to the part before it (Schadensfest-)."""
        return right.endswith("ung") and any(
            left.endswith(prefix) and left != prefix and self._count(prefix.capitalize() + right) >= _FEWEST
            for prefix in separable_prefixes()
            if len(prefix) > 2
        )

    def _by_its_verb(self, head: str) -> int:
        """Return a count for a rare noun that is regularly made of a verb: Hinterzieher, Verrentung."""
        if len(head) < _RARE_HEAD or not head.endswith(("ung", "er")):
            return 0
        stem = head.removesuffix("ung").removesuffix("er")
        verbs = (stem + "en", stem + "n") if stem.endswith(("l", "r")) else (stem + "en",)
        return min(_FEWEST, max(self._count(verb) for verb in verbs))

    @staticmethod
    def _rarity(count: int) -> float:
        return max(0.0, math.log10(_KNOWN / count)) if count else 9.0

    def _first(self, left: str, right: str, *, nested: bool = True) -> tuple[str, float] | None:
        """Return lemma and cost of a first part as it stands there ("sicherheits", "länder", "schul")."""
        if left == "links" or (left == "rechts" and right.startswith(_PARTISAN)):
            return left, 0.0
        if left in first_parts():
            return first_parts()[left], 0.8
        if left in words_in("no_first_parts.txt"):
            return None
        if len(left) < 3 and left not in {"eu", "öl", "tv", "ei"}:
            return None
        found: list[tuple[float, str]] = []

        def consider(stem: str, cost: float, capital: bool = True) -> None:
            if stem in words_in("no_first_parts.txt") or _NO_STEM.fullmatch(stem):
                return
            word = stem.capitalize() if capital else stem
            count = self._count(word)
            if capital and len(stem) <= _SHORT_NAME and count < _FREQUENT and self._is_name(word):
                return
            if count >= _FEWEST and len(stem) >= 2:
                short = 1.0 if len(stem) == 3 else 0.0
                found.append((cost + self._rarity(count) + short, word))

        consider(left, 1.5 if _WITH_S.search(left) else 0.0)
        if left.endswith("s") and len(left) > 3 and not left.endswith("ss"):
            consider(left[:-1], 0.0 if _WITH_S.search(left[:-1]) else 0.2)
            if left.endswith("es"):
                consider(left[:-2], 0.3)
        if left.endswith("n") and len(left) > 3:
            consider(left[:-1], 0.1 if left.endswith("en") else 0.6)
            if left.endswith("en"):
                consider(left[:-2], 0.5)
        if left.endswith("e") and len(left) > 4:
            consider(left[:-1], 0.8)
            consider(left[:-1].translate(_UMLAUTS), 0.6)
        if left.endswith("er") and len(left) > 4:
            # Länder is Land, but Gründer comes of gründen.
            own = 2.0 if self._count(left[:-1] + "n") else 0.0
            consider(left[:-2], 0.5 + own)
            consider(left[:-2].translate(_UMLAUTS), 0.4 + own)
        consider(left + "e", 0.6)
        if self._count(left.capitalize() + "en") > self._count(left + "en"):
            consider(left + "en", 0.9)  # Frieden; but turnen, not Turnen
        consider(left + "en", 1.3, capital=False)
        if left.endswith(("el", "er", "l", "r")):
            consider(left + "n", 1.3, capital=False)
        if left.endswith("e"):
            consider(left + "n", 1.3, capital=False)  # Meldepflicht
        if not found or not left.endswith("s"):  # Tag, not "tags"
            common = left[-1] != "n" and self._count(left) > 5 * self._count(left.capitalize())
            consider(left, -0.1 if common else 1.0, capital=False)  # roh, not Roh
        if found:
            return min(found)[1], min(found)[0]
        # An unknown compound inside an unknown compound: Haushaltsgipfel in Haushaltsgipfelverschiebung.
        inner = (
            self._best_cut(left.capitalize(), as_first=True) if nested and len(left) >= _COMPOUND else None
        )
        return (left.capitalize(), 2.0 + inner[3] / 2) if inner else None


@cache
def opaque_words() -> frozenset[str]:
    """Return the words that look like compounds but are taken as one, because their parts mislead."""
    return frozenset(words_in("opaque_words.txt"))


@cache
def first_parts() -> dict[str, str]:
    """Return first parts that are no nouns of their own (haupt, innen), with the lemma to show."""
    pairs = [line.split("=") for line in words_in("first_parts.txt")]
    return {pair[0]: pair[-1] for pair in pairs}


def seams_of(morphemes: tuple[tuple[str, str], ...]) -> frozenset[int]:
    """Return where stems end in a word, the linking element taken along; empty if there is one stem only."""
    ends: list[int] = []
    position = 0
    for text, kind in morphemes:
        position += len(text)
        if kind == "FUGE" and ends:
            ends[-1] = position
        elif not kind.startswith("SUF") and kind not in {"PREF_PP", "PTKZU"}:
            ends.append(position)
    return frozenset(ends[:-1])
