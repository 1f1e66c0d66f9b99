"""How political the company of a word is: the sum of what its neighbours in the sentence weigh.

A sentence about a troupe of dancers and one about troops differ in all their other words. `weights.tsv`
says of words, beginnings and ends of long words how much likelier (or less likely) they make a political
term beside them; it is learnt from plain text (`glossary.company.learning`), not written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from glossary.spelling import fold, word_set

WEIGHTS_FILE = Path(__file__).parent / "weights.tsv"
_ENDINGS = ("ern", "em", "er", "en", "es", "e", "n", "s")
_SHORTEST_STEM = 4
_LONG_STEM = 9
_PART = 6
# Short words in small letters are pronouns, prepositions and the like and tell nothing; so do
# these where they open a sentence.
_SHORT = 6
_OPENERS = word_set(
    """
    aber alle als am an auch auf aus bei bis da dann das dass daß dem den denn der des die dies diese
    dieser dieses doch du durch ein eine einem einen einer er es für gegen hat hier ich ihr ihre im in
    ist ja jetzt kein keine man mein meine mit nach nein nicht noch nun nur ob oder schon sein seine seit
    sie sind so um und uns unser unter viele vom von vor war warum was weil wenn wer wie wir wo zu zum zur
    zwar über
    """
)


@lru_cache(50_000)
def features(word: str) -> tuple[str, ...]:
    """What is weighed of a word: its stem; of a long one also its beginning (`bundes-`) and end."""
    if (word.islower() and len(word) < _SHORT) or word.lower() in _OPENERS:
        return ()
    key = fold(word).strip("-")
    if not key or key[0].isdigit():
        return ()
    stem = key
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_STEM:
            stem = key[: -len(ending)]
            break
    if len(stem) < _LONG_STEM:
        return (stem,)
    return (stem, stem[:_PART] + "-", "-" + stem[-_PART:])


class Company:
    """The weights, in log-odds: above 0 for words that stand beside terms, below 0 for those that do not."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    @classmethod
    def read(cls, path: Path = WEIGHTS_FILE) -> Company:
        """Read a file of `feature, tab, weight in hundredths`."""
        return cls(dict(_lines(path)))

    def score(self, words: Iterable[str]) -> float:
        """Log-odds that a term stands among these words: above 0 rather yes, 0 if nothing is known."""
        get = self._weights.get
        return sum(get(feature, 0.0) for word in words for feature in features(word))

    def weight(self, word: str) -> float | None:
        """Log-odds of one word: 0 if it is one that tells nothing (pronouns ...), None if it is unknown."""
        found = features(word)
        known = [weight for feature in found if (weight := self._weights.get(feature)) is not None]
        return sum(known) if known or not found else None


@lru_cache(1)
def company() -> Company:
    """The weights that come with the glossary, read once."""
    return Company.read()


def _lines(path: Path) -> Iterator[tuple[str, float]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            feature, _, hundredths = line.partition("\t")
            yield feature, int(hundredths) / 100
