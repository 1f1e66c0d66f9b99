"""Example sentences, from freely licensed parts of the corpus only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from models.lexicon.building.corpus import Pair
from models.lexicon.building.translations import Key

# Sources whose licence allows their sentences to be shown, the better ones first (see docs/lexicon.md):
# our own text (CC0), kanthaus (CC0), wellbeing_in_germany (MIT, Bundesregierung), de_news_llm (MIT).
_FREE: Final = {"kanthaus": 2.0, "wellbeing_in_germany": 1.5, "de_news_llm": 2.5}
_SHORTEST, _LONGEST, _BEST = 25, 150, 75
_PER_LEMMA: Final = 2


def is_free(pair: Pair) -> bool:
    """Return whether the sentences of a pair may be shown."""
    return pair.tier == "written" or pair.name in _FREE


def source_of(pair: Pair) -> str:
    """Return the name of the source as it is shown."""
    return "Seitenblick" if pair.tier == "written" else pair.name


@dataclass(slots=True)
class ExampleBook:
    """Keeps the best examples of every lemma."""

    pairs: list[Pair] = field(default_factory=list)
    _best: defaultdict[Key, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))

    def offer(self, number: int, key: Key, phrase: str, translations: Collection[str]) -> None:
        """Take pair `number` as an example of a lemma if it shows a translation and is a good one."""
        ranks = list(translations)
        if phrase not in ranks:
            return
        pair = self.pairs[number]
        length = len(pair.german)
        if (
            not _SHORTEST <= length <= _LONGEST
            or pair.german[-1] not in ".!?“"
            or not pair.german[0].isalnum()
        ):
            return
        cost = 1.0 * ranks.index(phrase) + abs(length - _BEST) / 40
        cost += 0.0 if pair.tier == "written" else _FREE[pair.name]
        best = self._best[key]
        if any(self.pairs[other].german == pair.german for _, other in best):
            return
        best.append((cost, number))
        best.sort()
        del best[_PER_LEMMA:]

    def chosen(self, key: Key) -> tuple[int, ...]:
        """Return the numbers of the pairs chosen for a lemma."""
        return tuple(number for _, number in self._best.get(key, ()))
