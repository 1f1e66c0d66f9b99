"""Keeps the evaluation sets out of the training text, near-duplicates included."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from models.training.cleaning import key

SHINGLE = 4  # words
SHARE = 0.6  # of an evaluation sentence's shingles in one training sentence: the same sentence
_LEAST_LETTERS = 12  # shorter ones („Danke.“) are no one's property


class Overlap:
    """Recognises sentences of the evaluation sets, on either side and also when slightly altered."""

    def __init__(self, sentences: Iterable[str]) -> None:
        """Index the sentences by key and by word shingles."""
        self._keys: set[str] = set()
        self._shingles: defaultdict[int, list[int]] = defaultdict(list)
        self._needed: list[float] = []
        for sentence in sentences:
            words = key(sentence).split()
            if sum(map(len, words)) <= _LEAST_LETTERS:
                continue
            self._keys.add(" ".join(words))
            shingles = set(_shingles(words))
            if len(shingles) >= 5:  # fewer would catch set phrases
                number = len(self._needed)
                self._needed.append(SHARE * len(shingles))
                for shingle in shingles:
                    self._shingles[shingle].append(number)

    def found(self, sentence: str) -> bool:
        """Whether the sentence is one of the evaluation sets' or nearly so."""
        words = key(sentence).split()
        if " ".join(words) in self._keys:
            return True
        counts: Counter[int] = Counter()
        for shingle in set(_shingles(words)):
            if shingle in self._shingles:
                counts.update(self._shingles[shingle])
        return any(count >= self._needed[number] for number, count in counts.items())


def _shingles(words: list[str]) -> Iterable[int]:
    # Hashes of one process only: they are never stored.
    return (hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1))
