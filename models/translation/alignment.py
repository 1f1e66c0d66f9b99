"""Word links from the attention of the decoder.

The model's alignment head says for every English piece how much it looks at every German piece (guided
alignment: Garg et al. 2019, “Jointly Learning to Align and Translate”). Pieces are summed up to words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from models.translation.pieces import Span
from models.translation.values import Link
from models.translation.words import Word

FLOOR = 0.15  # below this share even the best German word is a guess
SURE = 0.3  # from this share on a German word's best English word is linked, too


def word_matrix(
    source_words: Sequence[Word],
    source_spans: Sequence[Span],
    target_words: Sequence[Word],
    target_spans: Sequence[Span],
    attention: Sequence[Sequence[float]],
) -> list[list[float]]:
    """Return for each target word its attention on each source word; a row sums to 1 or is all 0.

    `attention` has a row for each target piece and a column for each source piece (further rows or columns,
    such as that of the end sign, are ignored).
    """
    columns = _word_of(source_words, source_spans)
    rows = _word_of(target_words, target_spans)
    matrix = [[0.0] * len(source_words) for _ in target_words]
    for row, weights in zip(rows, attention, strict=False):
        if row < 0:
            continue
        sums = matrix[row]
        for column, weight in zip(columns, weights, strict=False):
            if column >= 0:
                sums[column] += weight
    for sums in matrix:
        if (total := sum(sums)) > 0:
            sums[:] = [weight / total for weight in sums]
    return matrix


def links_of(
    source_words: Sequence[Word], target_words: Sequence[Word], matrix: Sequence[Sequence[float]]
) -> tuple[Link, ...]:
    """Return the links, sorted by target, then source.

    Each English word is linked to the German word it looks at most; each German word to the English word that
    looks at it most, if that is sure (so that „hat … beschlossen“ both reach “passed”). Punctuation is linked
    to punctuation only.
    """
    pairs: set[tuple[int, int]] = set()
    for t, target in enumerate(target_words):
        fits = [s for s, source in enumerate(source_words) if source.mark == target.mark]
        best = max(fits, key=lambda s: matrix[t][s], default=-1)
        if best >= 0 and matrix[t][best] >= FLOOR:
            pairs.add((t, best))
    for s, source in enumerate(source_words):
        fits = [t for t, target in enumerate(target_words) if target.mark == source.mark]
        best = max(fits, key=lambda t: matrix[t][s], default=-1)
        if best >= 0 and matrix[best][s] >= SURE:
            pairs.add((best, s))
    return tuple(
        Link(
            (source_words[s].start, source_words[s].end),
            (target_words[t].start, target_words[t].end),
            round(min(1.0, matrix[t][s]), 4),
        )
        for t, s in sorted(pairs)
    )


def _word_of(words: Sequence[Word], spans: Sequence[Span]) -> list[int]:
    """Return for each piece the index of the word it overlaps most, or -1 (spaces)."""
    starts = [word.start for word in words]
    found = []
    for start, end in spans:
        best, most = -1, 0
        for index in range(max(0, bisect_right(starts, start) - 1), len(words)):
            word = words[index]
            if word.start >= end:
                break
            overlap = min(end, word.end) - max(start, word.start)
            if overlap > most:
                best, most = index, overlap
        found.append(best)
    return found
