"""Phrases told in training as the reader tells them (models/lexicon/phrases.py, translation/annotating.py).

Of a phrase whose English stands in the reference, the verb carries that English in its dictionary form, and
the rest of the phrase is left out; so the model learns to inflect what is told and to do without the rest:

    ▁Die ▁Regierung <t> ▁schob <c> ▁put ▁off </t> ▁den ▁Streit .
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.training.arrays import PairArrays, Ragged, offsets_of, ragged
from models.training.units import Ids, Vocabulary
from models.translation.annotating import CHANGE, CLOSE, MARKS, MOST_TERMS, Given, annotated
from models.translation.pieces import Tokenizer
from models.translation.rare_words import RareWords, standing

PHRASES = "phrases"


@dataclass(frozen=True, slots=True)
class ToldPhrases:
    """German ids with phrases told, of the pairs that have some.

    `rows`: the row here of a pair; `places`: where each of the pair's own pieces, or what stands for it, is.
    """

    rows: dict[int, int]
    source: Ragged
    places: Ragged

    def of(self, index: int) -> tuple[Ids, NDArray[np.int32]] | None:
        """Return ids and places of a pair, None if it has no phrase."""
        row = self.rows.get(index)
        if row is None:
            return None
        return np.asarray(self.source.row(row)), np.asarray(self.places.row(row)).astype(np.int32)

    def save(self, folder: Path) -> None:
        """Write them. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "pairs.npy", np.array(list(self.rows), np.int64))
        for name in ("source", "places"):
            rows: Ragged = getattr(self, name)
            np.save(folder / f"{name}.npy", rows.ids.astype(np.uint16))
            np.save(folder / f"{name}_lengths.npy", rows.lengths.astype(np.uint16))

    @classmethod
    def load(cls, folder: Path) -> ToldPhrases:
        """Read them. Raises OSError or ValueError."""
        pairs = np.load(folder / "pairs.npy").tolist()
        source, places = (
            Ragged(np.load(folder / f"{name}.npy"), offsets_of(np.load(folder / f"{name}_lengths.npy")))
            for name in ("source", "places")
        )
        return cls({pair: row for row, pair in enumerate(pairs)}, source, places)


def told_phrases(
    arrays: PairArrays,
    indices: Sequence[int],
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    rare: RareWords | None = None,
) -> ToldPhrases:
    """Return these pairs' sources with phrases told, of those that have some with their English."""
    rare = rare or RareWords()
    number_of = {piece: number for number, piece in enumerate(vocabulary.pieces)}
    found = []
    for index in indices:
        ids = arrays.source_ids(index).tolist()
        text = vocabulary.decode(ids)
        pieces = tokenizer.encode(text)
        if [number_of.get(piece) for piece in pieces] != ids:
            continue
        words = standing(rare.phrases(text), vocabulary.decode(arrays.target_ids(index).tolist()))
        given = annotated(text, pieces, [word.telling for word in words[:MOST_TERMS]], tokenizer)
        if given:
            found.append((index, [number_of[piece] for piece in given.pieces], list(places_of(given))))
    return ToldPhrases(
        {index: row for row, (index, _, _) in enumerate(found)},
        ragged([source for _, source, _ in found], np.uint16),
        ragged([places for _, _, places in found], np.uint16),
    )


def places_of(given: Given) -> Iterator[int]:
    """Yield for each piece of a text where it, or what stands for it, is in what is given of it."""
    shown = []
    inside = False
    for at, piece in enumerate(given.pieces):
        inside = piece == CHANGE or (inside and piece != CLOSE)
        if not inside and piece not in MARKS:
            shown.append(at)
    hidden = dict(given.hidden)
    places: dict[int, int] = {}
    rest = iter(shown)
    for place in range(len(shown) + len(hidden)):
        if place not in hidden:
            places[place] = next(rest)
    for place in range(len(shown) + len(hidden)):
        yield places[hidden.get(place, place)]
