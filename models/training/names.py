"""Names put in the place of other names, so that the model learns to copy any, not only the corpus’ own.

A small model takes the rare names of a text for words (Mosbach becomes a moss) or leaves them out. In a share
of the training sentences a name that stands in German and English alike is replaced on both sides, places by
places, by a name from elsewhere in the corpus, by one made of two, or by one that is a German word as well
(*Frei*, *Lang*, *Essen*: `ambiguous_names.tsv`). Words stay words, so links hold.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from models.training.annotation import Term
from models.training.arrays import PairArrays
from models.training.units import SPACE, Ids, UnitTable, Vocabulary

NAMES = "names.json"
_AMBIGUOUS_NAMES = Path(__file__).with_name("ambiguous_names.tsv")
_BEFORE_PLACES = frozenset(("in", "aus", "nach", "bei", "um", "bis", "ab", "nahe"))
_MONTHS_AND_TITLES = frozenset(
    ("April", "August", "September", "November", "Dr", "Prof", "Mr", "Mrs", "Ms", "Herr", "Frau", "Sir")
)
_SHORTEST = 3
_KEPT = 0.4  # a name keeps its place with this chance
_AMBIGUOUS = 0.25  # where a surname or a town is replaced: by one that is a word as well
_MADE_UP = 0.25  # names put together from two, where one is replaced
_WORD = 0.02  # a name is what English hardly has in small letters: at most so many times as often


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a sentence pair: its unit in German and in English; `genitive` if German adds an s.

    `place`: a preposition before it says so.
    """

    german: int
    english: int
    name: str
    place: bool
    genitive: bool


def names_in(
    german: Sequence[str], english: Sequence[str], links: Sequence[tuple[int, int]]
) -> Iterator[Found]:
    """Yield the capitalised words that stand alike on both sides and are linked to each other alone.

    Which of them are names is for the caller to say: *Software* is among them.
    """
    forth, back = Counter(s for s, _ in links), Counter(t for _, t in links)
    for s, t in links:
        own, other = german[s], english[t]
        genitive = own == other + "s" and _has_genitive(english, t)
        if (own != other and not genitive) or len(other) < _SHORTEST or not other.isalpha():
            continue
        if not other.istitle() or other in _MONTHS_AND_TITLES or back[t] != 1:
            continue
        # The s of a genitive may be linked to the English mark or to “of”.
        if forth[s] != 1 and not genitive:
            continue
        yield Found(s, t, other, s > 0 and german[s - 1].lower() in _BEFORE_PLACES, genitive)


def _has_genitive(english: Sequence[str], at: int) -> bool:
    """Whether ’s follows; “of” before the name is left to the names of places."""
    return at + 2 < len(english) and english[at + 1] in ("'", "’") and english[at + 2] == "s"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of a corpus, each once: of places (as far as prepositions tell), and the others."""

    places: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, arrays: PairArrays, table: UnitTable) -> Names:
        """Collect the names of aligned pairs; those of manuals are mostly names of programs."""
        found: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        english: Counter[str] = Counter()
        manuals = [number for number, group in enumerate(arrays.groups) if group.tier == "technical"]
        for index in np.flatnonzero(~np.isin(arrays.group, manuals)).tolist():
            target = table.texts(arrays.target_ids(index))
            english.update(word for word in target if word.islower())
            for name in names_in(table.texts(arrays.source_ids(index)), target, arrays.links_of(index)):
                found[name.name][name.place] += 1
        return cls.counted(found, english)

    @classmethod
    def counted(cls, found: Mapping[str, Counter[bool]], english: Mapping[str, int]) -> Names:
        """Make the lists of counts by (name, as a place?) and of English words in small letters."""
        places: list[str] = []
        others: list[str] = []
        for name, kinds in sorted(found.items()):
            if english.get(name.lower(), 0) <= _WORD * kinds.total():
                (places if kinds[True] > kinds[False] else others).append(name)
        return cls(tuple(places), tuple(others))

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.places) + len(self.others)

    def save(self, path: Path) -> None:
        """Write them. Raises OSError."""
        path.write_text(json.dumps({"places": self.places, "others": self.others}), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Names:
        """Read them. Raises OSError."""
        lists = json.loads(path.read_text("utf-8"))
        return cls(tuple(lists["places"]), tuple(lists["others"]))

    def draw(self, place: bool, last: bool, chance: np.random.Generator) -> str:
        """Return a name. `last`: no name follows it, so that it is no first name."""
        if last and chance.random() < _AMBIGUOUS:
            words = ambiguous_names()["place" if place else "surname"]
            return words[int(chance.integers(len(words)))]
        pool = self.places if place else self.others
        first, second = (pool[int(chance.integers(len(pool)))] for _ in range(2))
        if chance.random() >= _MADE_UP:
            return first
        return first[: (len(first) + 1) // 2] + second[len(second) // 2 :].lower()


@lru_cache(1)
def ambiguous_names() -> Mapping[str, tuple[str, ...]]:
    """Return surnames and towns that are German words as well, by kind ("surname" or "place")."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in _AMBIGUOUS_NAMES.read_text("utf-8").splitlines():
        kind, name = line.split("\t")
        found[kind].append(name)
    return {kind: tuple(names) for kind, names in found.items()}


@dataclass(frozen=True, slots=True)
class Renamed:
    """A pair with other names; `terms`: the names, each with itself as the English wanted."""

    source: Ids
    target: Ids
    terms: tuple[Term, ...]


class Renamer:
    """Replaces names in sentence pairs."""

    def __init__(self, names: Names, vocabulary: Vocabulary) -> None:
        self._names = names
        self._known = frozenset(names.places + names.others)
        self._vocabulary = vocabulary
        self._table = vocabulary.units

    def renamed(
        self, source: Ids, target: Ids, links: Sequence[tuple[int, int]], chance: np.random.Generator
    ) -> Renamed | None:
        """Return the pair with other names, as many units as before; None if it has none to replace."""
        german, english = self._table.texts(source), self._table.texts(target)
        found = [each for each in names_in(german, english, links) if each.name in self._known]
        places = {each.german for each in found}
        other: dict[str, str] = {}
        names: dict[int, str] = {}  # by German unit
        new_source: dict[int, str] = {}
        new_target: dict[int, str] = {}
        for each in found:
            if each.name not in other:
                kept = chance.random() < _KEPT
                last = each.german + 1 not in places
                other[each.name] = each.name if kept else self._names.draw(each.place, last, chance)
            new = other[each.name]
            if each.genitive and new[-1] in "sßxz":
                continue
            names[each.german] = new_target[each.english] = new
            new_source[each.german] = new + "s" * each.genitive
        if all(new_target[at] == english[at] for at in new_target):
            return None
        made, spans = self._replaced(source, new_source)
        terms = tuple(Term(*spans[at], name) for at, name in sorted(names.items()))
        return Renamed(made, self._replaced(target, new_target)[0], terms)

    def _replaced(self, ids: Ids, words: Mapping[int, str]) -> tuple[Ids, dict[int, tuple[int, int]]]:
        """Return the ids with other words in the place of some units, and where these stand now."""
        out: list[int] = []
        spans: dict[int, tuple[int, int]] = {}
        for number, (start, end) in enumerate(self._table.spans(ids)):
            unit = ids[start:end].tolist()
            if number in words:
                # A name after a mark („Berlin“) has no space before it, and its pieces begin differently.
                spaced = self._vocabulary.pieces[unit[0]].startswith(SPACE)
                unit = self._vocabulary.encode(words[number]) if spaced else self._inner(words[number])
                spans[number] = (len(out), len(out) + len(unit))
            out += unit
        return np.array(out, np.uint16), spans

    def _inner(self, word: str) -> list[int]:
        """Return the pieces of a word that follows a mark without a space."""
        mark = self._vocabulary.encode("(")
        return self._vocabulary.encode("(" + word)[len(mark) :]
