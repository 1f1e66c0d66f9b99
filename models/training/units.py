"""Words as the pieces of a vocabulary make them up.

A unit is a run of letter and digit pieces from one space to the next, or a single other piece. Units follow
from the ids alone, so alignments can be stored by unit and unfolded to pieces anywhere; and they hardly
depend on how a word is cut up, so links survive subword sampling, typing errors and changes of case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.training.extras import library

SPACE = "▁"
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
Ids = NDArray[np.uint16]


class UnitTable:
    """For every piece of a vocabulary whether it begins a word and whether it is part of one."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = tuple(pieces)
        self._begins = np.array([piece.startswith(SPACE) for piece in pieces])
        self._inner = np.array([_is_word(piece) for piece in pieces])

    def starts(self, ids: Ids, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each piece whether it is the first of its unit; `rows` are where sentences begin."""
        inner = self._inner[ids]
        starts: NDArray[np.bool_] = self._begins[ids] | ~inner
        starts[1:] |= ~inner[:-1]
        starts[rows[rows < len(ids)]] = True
        return starts

    def spans(self, ids: Ids) -> list[tuple[int, int]]:
        """Return the half-open piece spans of a sentence's units."""
        if not len(ids):
            return []
        first = np.flatnonzero(self.starts(ids, np.zeros(1, np.int64))).tolist()
        return list(zip(first, [*first[1:], len(ids)], strict=True))

    def texts(self, ids: Ids) -> list[str]:
        """Return the units as text; a lone space sign stays as it is, so that no unit is empty."""
        return [self.text(ids[start:end]) or SPACE for start, end in self.spans(ids)]

    def text(self, ids: Ids) -> str:
        """Return what a few pieces spell, without the spaces around."""
        data = bytearray()
        for i in ids.tolist():
            piece = self.pieces[i]
            byte = _BYTE.fullmatch(piece)
            data += bytes([int(byte[1], 16)]) if byte else piece.replace(SPACE, " ").encode()
        return data.decode("utf-8", "replace").strip()


def _is_word(piece: str) -> bool:
    # The lone space sign belongs to the byte pieces that follow it („▁<0xE2>…“ is a word in bytes).
    plain = piece.removeprefix(SPACE)
    return not plain or bool(_BYTE.fullmatch(plain)) or all(char.isalnum() for char in plain)


class Vocabulary:
    """A SentencePiece model, loaded on first use."""

    def __init__(self, model: Path) -> None:
        """Take note of the file. TrainingError if it is not there or lacks what the recipe relies on."""
        self.model = model
        spm = library("sentencepiece")
        self.processor = spm.SentencePieceProcessor(model_file=str(model))
        self.pieces = tuple(self.processor.id_to_piece(i) for i in range(self.processor.get_piece_size()))
        self.units = UnitTable(self.pieces)

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.pieces)

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text."""
        ids: list[int] = self.processor.encode(text)
        return ids

    def sample(self, text: str, alpha: float) -> list[int]:
        """Return the ids of a random segmentation (subword regularisation, Kudo 2018)."""
        ids: list[int] = self.processor.encode(text, enable_sampling=True, alpha=alpha, nbest_size=-1)
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of ids."""
        return str(self.processor.decode(list(ids)))

    def id_of(self, piece: str) -> int:
        """Return the id of a piece that must be there, e.g. `<t>`. Raises KeyError."""
        number = int(self.processor.piece_to_id(piece))
        if self.pieces[number] != piece:
            raise KeyError(piece)
        return number
