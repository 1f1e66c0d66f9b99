"""Training on a machine that is lent for minutes: what travels there, what runs there, what comes back.

`pack` and `unpack_data` turn the array folders, vocabulary and lemma table into a few compressed files with
an index; `run` is what the lent machine executes. docs/training.md has the exact sequence of calls.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.training.arrays import PairArrays
from models.training.batches import weights_of
from models.training.extras import TrainingError

INDEX = "index.json"
LIMIT = 52 * 1024 * 1024  # of the 64 MiB that a call carries; the rest is for the working tree
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 32 * 1024 * 1024}]


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: pairs of the training part, and bytes of each part that travels."""

    pairs: int
    parts: tuple[int, ...]


def choose_pairs(
    arrays: PairArrays, weights: dict[str, float], pairs: int, seed: int = 1
) -> NDArray[np.int64]:
    """Return the pairs worth most, at most `pairs`: higher weights first, at random among equals."""
    value = weights_of(arrays, weights)
    order = np.lexsort((np.random.default_rng(seed).random(len(arrays)), -value))
    kept: NDArray[np.int64] = np.sort(order[:pairs][value[order[:pairs]] > 0])
    return kept


def differences(flat: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return links (target, source, …) as two rows of differences, modulo 256: long runs of 1 pack well."""
    columns = flat.reshape(-1, 2).T
    first = np.zeros((2, 1), np.uint8)
    changed: NDArray[np.uint8] = np.diff(columns, axis=1, prepend=first).astype(np.uint8)
    return changed


def restored(changed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Undo `differences`."""
    columns: NDArray[np.uint8] = np.cumsum(changed, axis=1, dtype=np.uint8)
    return np.ascontiguousarray(columns.T).reshape(-1)


def _split_bytes(ids: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return low bytes, then high bytes: they pack better apart."""
    return np.concatenate((ids & 255, ids >> 8)).astype(np.uint8)


def _joined_bytes(data: NDArray[np.uint8]) -> NDArray[np.uint16]:
    low, high = np.split(data, 2)
    return (low.astype(np.uint16) + 256 * high.astype(np.uint16)).astype(np.uint16)


def _streams(arrays: PairArrays) -> dict[str, bytes]:
    """Return the arrays as byte streams that pack well."""
    streams = {}
    for name, rows in (("source", arrays.source), ("target", arrays.target)):
        streams[name] = _split_bytes(np.asarray(rows.ids)).tobytes()
        streams[f"{name}_lengths"] = rows.lengths.astype(np.uint8).tobytes()
    streams["group"] = _split_bytes(arrays.group).tobytes()
    if arrays.links is not None:
        streams["links"] = differences(np.asarray(arrays.links.ids)).tobytes()
        streams["links_counts"] = _split_bytes((arrays.links.lengths // 2).astype(np.uint16)).tobytes()
    return streams


def _compress(raw: bytes) -> bytes:
    return lzma.compress(raw, format=lzma.FORMAT_XZ, filters=_FILTERS)


def pack(
    data: Path,
    folder: Path,
    names: Sequence[str],
    files: Sequence[Path],
    weights: dict[str, float],
    pairs: int,
    limit: int = LIMIT,
) -> Packed:
    """Pack array folders (`names` of `data`) and further files into `folder`/part-0, part-1 and so on.

    Each part is meant for one call and has at most `limit` bytes. The training part keeps its `pairs` most
    valuable pairs. Raises OSError or TrainingError.
    """
    blobs: dict[str, bytes] = {}
    groups, kept = {}, 0
    for name in names:
        arrays = PairArrays.load(data / name)
        if name == "train":
            arrays = arrays.take(choose_pairs(arrays, weights, pairs))
            kept = len(arrays)
        groups[name] = [[group.tier, group.name] for group in arrays.groups]
        blobs |= {f"{name}.{key}": raw for key, raw in _streams(arrays).items()}
    blobs |= {f"file.{path.name}": path.read_bytes() for path in files}
    with ThreadPoolExecutor(2) as pool:  # lzma lets go of the interpreter while it works
        packed = dict(zip(blobs, pool.map(_compress, blobs.values()), strict=True))
    shutil.rmtree(folder, ignore_errors=True)
    sizes: list[int] = []
    index: dict[str, object] = {"groups": groups, "arrays": list(names)}
    entries = {}
    for key, raw in sorted(packed.items(), key=lambda item: -len(item[1])):
        if len(raw) > limit:
            raise TrainingError(f"{key} alone has {len(raw):,} bytes; pack fewer pairs.")
        part = next((n for n, size in enumerate(sizes) if size + len(raw) <= limit), len(sizes))
        if part == len(sizes):
            sizes.append(0)
        sizes[part] += len(raw)
        path = folder / f"part-{part}" / f"{key}.xz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        entries[key] = [path.parent.name, hashlib.sha256(raw).hexdigest()]
    index["entries"] = entries
    for part in range(len(sizes)):  # every part knows the whole, so that a missing one is noticed
        (folder / f"part-{part}" / INDEX).write_text(json.dumps(index), encoding="utf-8")
    return Packed(kept, tuple(sizes))


def unpack(parts: Sequence[Path], folder: Path) -> None:
    """Write what the parts hold to `folder`, as the vocabulary and alignment steps left it.

    TrainingError if a part is missing or damaged.
    """
    if not parts or not (parts[0] / INDEX).is_file():
        raise TrainingError("No packed part is here; carry .lease/part-0 and so on.")
    index = json.loads((parts[0] / INDEX).read_text("utf-8"))
    by_name = {part.name: part for part in parts}
    raw: dict[str, bytes] = {}
    for key, (part, digest) in index["entries"].items():
        if part not in by_name:
            raise TrainingError(f"{part} is missing; carry it in another call first.")
        packed = (by_name[part] / f"{key}.xz").read_bytes()
        if hashlib.sha256(packed).hexdigest() != digest:
            raise TrainingError(f"{key} in {part} is damaged; pack and carry it again.")
        raw[key] = packed
    with ThreadPoolExecutor() as pool:
        data = dict(zip(raw, pool.map(lzma.decompress, raw.values()), strict=True))
    folder.mkdir(parents=True, exist_ok=True)
    for name in index["arrays"]:
        _write_arrays(name, data, index["groups"][name], folder / name)
    for key, content in data.items():
        if key.startswith("file."):
            (folder / key.removeprefix("file.")).write_bytes(content)


def _write_arrays(name: str, data: dict[str, bytes], groups: list[list[str]], folder: Path) -> None:
    def stream(key: str) -> NDArray[np.uint8]:
        return np.frombuffer(data[f"{name}.{key}"], np.uint8)

    folder.mkdir(parents=True, exist_ok=True)
    for side in ("source", "target"):
        np.save(folder / f"{side}.npy", _joined_bytes(stream(side)))
        np.save(folder / f"{side}_lengths.npy", stream(f"{side}_lengths"))
    np.save(folder / "group.npy", _joined_bytes(stream("group")))
    (folder / "groups.json").write_text(json.dumps(groups), encoding="utf-8")
    if f"{name}.links" in data:
        np.save(folder / "links.npy", restored(stream("links").reshape(2, -1)))
        np.save(folder / "links_counts.npy", _joined_bytes(stream("links_counts")))
