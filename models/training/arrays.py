"""Sentence pairs as packed arrays of piece ids: small on disk, quick to slice, kept out of memory.

One folder holds .npy files (ids uint16, lengths and unit links one byte each) and groups.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.extras import TrainingError
from models.training.units import Ids

Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Where pairs come from: tier and name of the corpus."""

    tier: str
    name: str


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different length, one after the other; row i is ids[offsets[i]:offsets[i + 1]]."""

    ids: NDArray[Any]
    offsets: Offsets

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.offsets) - 1

    def row(self, index: int) -> NDArray[Any]:
        """Return a row (a view)."""
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    @property
    def lengths(self) -> Offsets:
        """Return the number of ids of each row."""
        return np.diff(self.offsets)

    def take(self, indices: NDArray[np.int64]) -> Ragged:
        """Return the rows named, in that order."""
        lengths = self.lengths[indices]
        offsets = offsets_of(lengths)
        shift = np.repeat(self.offsets[indices] - offsets[:-1], lengths)
        return Ragged(self.ids[np.arange(offsets[-1]) + shift], offsets)


def offsets_of(lengths: NDArray[Any]) -> Offsets:
    """Return the offsets of rows of these lengths."""
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def ragged(rows: Sequence[Sequence[int]], kind: type[np.generic]) -> Ragged:
    """Return rows as one array."""
    lengths = np.array([len(row) for row in rows], np.int64)
    flat = np.fromiter((i for row in rows for i in row), kind, int(lengths.sum()))
    return Ragged(flat, offsets_of(lengths))


@dataclass(frozen=True, slots=True)
class PairArrays:
    """Sentence pairs: German and English ids, the group of each pair, and unit links (target, source).

    `links` is None before the alignment step; its rows hold the pairs flat: t0, s0, t1, s1, …
    """

    source: Ragged
    target: Ragged
    group: NDArray[np.uint16]
    groups: tuple[Group, ...]
    links: Ragged | None = None

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.source)

    @classmethod
    def from_lists(
        cls, pairs: Iterable[tuple[Sequence[int], Sequence[int], int]], groups: tuple[Group, ...]
    ) -> PairArrays:
        """Pack (source ids, target ids, group number)."""
        rows = list(pairs)
        return cls(
            ragged([row[0] for row in rows], np.uint16),
            ragged([row[1] for row in rows], np.uint16),
            np.array([row[2] for row in rows], np.uint16),
            groups,
        )

    def source_ids(self, index: int) -> Ids:
        """Return the German ids of a pair."""
        return self.source.row(index)

    def target_ids(self, index: int) -> Ids:
        """Return the English ids of a pair."""
        return self.target.row(index)

    def links_of(self, index: int) -> list[tuple[int, int]]:
        """Return a pair's links as (German unit, English unit); none if there is no alignment."""
        if self.links is None:
            return []
        flat = self.links.row(index).tolist()
        return list(zip(flat[1::2], flat[::2], strict=True))

    def take(self, indices: NDArray[np.int64]) -> PairArrays:
        """Return some pairs, in the order given."""
        links = self.links.take(indices) if self.links else None
        return PairArrays(
            self.source.take(indices), self.target.take(indices), self.group[indices], self.groups, links
        )

    def save(self, folder: Path) -> None:
        """Write the arrays; what the folder held is replaced. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("source", "target"):
            rows: Ragged = getattr(self, name)
            np.save(folder / f"{name}.npy", rows.ids.astype(np.uint16))
            np.save(folder / f"{name}_lengths.npy", rows.lengths.astype(np.uint8))
        np.save(folder / "group.npy", self.group)
        text = json.dumps([[group.tier, group.name] for group in self.groups])
        (folder / "groups.json").write_text(text, encoding="utf-8")
        for path in folder.glob("links*.npy"):
            path.unlink()
        if self.links is not None:
            save_links(folder, self.links)

    @classmethod
    def load(cls, folder: Path) -> PairArrays:
        """Read the arrays, the big ones as memory maps. TrainingError if they are not there."""
        try:
            source, target = (
                Ragged(
                    np.load(folder / f"{name}.npy", mmap_mode="r"),
                    offsets_of(np.load(folder / f"{name}_lengths.npy")),
                )
                for name in ("source", "target")
            )
            group = np.load(folder / "group.npy")
            groups = tuple(Group(*pair) for pair in json.loads((folder / "groups.json").read_text("utf-8")))
        except FileNotFoundError as error:
            raise TrainingError(f"{error.filename} is missing; run the vocabulary step first.") from error
        links = None
        if (folder / "links.npy").is_file():
            counts = np.load(folder / "links_counts.npy")
            links = Ragged(
                np.load(folder / "links.npy", mmap_mode="r"), offsets_of(2 * counts.astype(np.int64))
            )
        return cls(source, target, group, groups, links)


def save_links(folder: Path, links: Ragged) -> None:
    """Write the links beside the arrays they belong to. Raises OSError."""
    np.save(folder / "links.npy", links.ids.astype(np.uint8))
    np.save(folder / "links_counts.npy", (links.lengths // 2).astype(np.uint16))
