"""Logistic regression on sentences as sets of features, with numpy; the same numbers every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 100
_RATE = 0.05
# The steps get shorter towards the end: (share of the steps, rate).
_SLOWER = ((0.6, 1.0), (0.85, 0.3), (1.0, 0.1))
_NEWTON_STEPS = 8
_MOST = 30.0


class Table:
    """The features of many sentences in two arrays: `features[i]` stands in sentence `owners[i]`."""

    def __init__(self, sentences: Sequence[Sequence[str]], least_seen: int) -> None:
        """`least_seen`: features that stand in fewer sentences are left out."""
        seen = Counter(feature for found in sentences for feature in found)
        self.names: tuple[str, ...] = tuple(
            sorted(name for name, count in seen.items() if count >= least_seen)
        )
        self.size = len(sentences)
        number = {name: place for place, name in enumerate(self.names)}
        kept = [[number[feature] for feature in found if feature in number] for found in sentences]
        self.features: NDArray[np.int64] = np.array(
            [each for found in kept for each in found], dtype=np.int64
        )
        self.owners: NDArray[np.int64] = np.repeat(np.arange(self.size), [len(found) for found in kept])

    def counts(self) -> NDArray[np.int64]:
        """In how many sentences each feature stands."""
        return np.bincount(self.features, minlength=len(self.names))

    def sums(self, weights: Floats) -> Floats:
        """The sum of the weights of each sentence's features."""
        found = np.bincount(self.owners, weights=weights[self.features], minlength=self.size)
        return np.asarray(found, dtype=np.float64)


def by_vectors(table: Table, answers: Floats, counting: Floats, vectors: Floats) -> Floats:
    """The weight of each feature as its vector times one direction, the best for the answers.

    `answers`: 1 or 0 for each sentence; `counting`: how much it counts. Newton's method.
    """
    sums = np.stack([table.sums(column) for column in vectors.T], axis=1)
    direction = np.zeros(sums.shape[1])
    for _ in range(_NEWTON_STEPS):
        chance = _probability(sums @ direction)
        slope = sums.T @ ((chance - answers) * counting) + direction
        bend = (sums * (counting * chance * (1 - chance))[:, None]).T @ sums + np.eye(len(direction))
        direction -= np.linalg.solve(bend, slope)
    return np.asarray(vectors @ direction, dtype=np.float64)


def by_words(table: Table, answers: Floats, counting: Floats, start: Floats, hold: float) -> Floats:
    """Weights of each feature of its own, held near `start` the more, the larger `hold` and the rarer it is.

    Adam (Kingma and Ba 2015) over all sentences at once.
    """
    apart = np.zeros(len(start))
    mean, spread = np.zeros(len(start)), np.zeros(len(start))
    for step in range(1, _STEPS + 1):
        errors = (_probability(table.sums(start + apart)) - answers) * counting
        slope = np.bincount(table.features, weights=errors[table.owners], minlength=len(start)) + hold * apart
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.98 * spread + 0.02 * slope**2
        rate = _RATE * next(each for share, each in _SLOWER if step <= share * _STEPS)
        apart -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.98**step)) + 1e-3)
    return start + apart


def _probability(sums: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(sums, -_MOST, _MOST))), dtype=np.float64)
