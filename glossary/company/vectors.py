"""Vectors of words from the words that they stand with: those of like sentences get like vectors.

A word that stands in a handful of sentences says little by itself; what it means for its company can be told
by commoner words of the same kind of sentence. Counts of common words in the same sentence, as positive
pointwise mutual information, are turned into a few dimensions by the eigenvectors of their products
(Levy, Goldberg and Dagan 2015, Transactions of the ACL 3).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glossary.company.regression import Floats, Table

DIMENSIONS = 60
_CONTEXT_WORDS = 700
_BLOCK = 4_000
# Pairs seen once or twice may be chance: they count a third and a half.
_DISCOUNT = 2.0
_SMOOTHING = 0.75


def vectors(table: Table, dimensions: int = DIMENSIONS) -> Floats:
    """One row of length 1 (or 0, if nothing is known) for each feature of the table."""
    common = np.argsort(-table.counts(), kind="stable")[:_CONTEXT_WORDS]
    counts = _together(table, common)
    counts[common, np.arange(len(common))] = 0
    information = _information(counts)
    values, directions = np.linalg.eigh((information.T @ information).astype(np.float64))
    best = np.argsort(-values, kind="stable")[:dimensions]
    scale = np.maximum(values[best], 1e-9) ** 0.25
    found = information @ (directions[:, best] / scale)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-6), dtype=np.float64)


def _together(table: Table, common: NDArray[np.int64]) -> NDArray[np.float32]:
    """How often each feature (row) stands in one sentence with each common one (column)."""
    width = len(common)
    column = np.full(len(table.names), -1)
    column[common] = np.arange(width)
    known = column[table.features] >= 0
    owners, places = table.owners[known], column[table.features[known]]
    first = np.searchsorted(owners, np.arange(table.size))
    many = np.searchsorted(owners, np.arange(table.size), side="right") - first
    # Each feature once for every common one of its sentence.
    repeats = many[table.owners]
    before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(repeats)[:-1]))
    partners = places[np.repeat(first[table.owners] - before, repeats) + np.arange(int(repeats.sum()))]
    pairs = np.repeat(table.features, repeats) * width + partners
    counts = np.zeros((len(table.names), width), dtype=np.float32)
    for start in range(0, len(counts), _BLOCK):
        stop = min(start + _BLOCK, len(counts))
        here = pairs[(pairs >= start * width) & (pairs < stop * width)] - start * width
        counts[start:stop] = np.bincount(here, minlength=(stop - start) * width).reshape(-1, width)
    return counts


def _information(counts: NDArray[np.float32]) -> NDArray[np.float32]:
    """Positive pointwise mutual information, rare pairs discounted."""
    columns = counts.sum(axis=0, keepdims=True) ** _SMOOTHING
    expected = counts.sum(axis=1, keepdims=True) * (columns / max(float(columns.sum()), 1e-9))
    found = np.maximum(np.log((counts + 1e-9) / (expected + 1e-9)), 0) * (counts / (counts + _DISCOUNT))
    return np.asarray(found, dtype=np.float32)
