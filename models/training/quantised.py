"""Weights small enough to bring home: one byte a weight with a scale a row, in pieces of bounded size.

What comes back serves to go on training or to be exported; next to the int8 of CTranslate2 nothing is lost
that the shipped model would have kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.checkpoints import Checkpoint
from models.training.extras import TrainingError, library
from models.training.settings import Shape, build

PIECE = 15 * 1024 * 1024  # bytes; a file that comes back may have 16 MiB
INDEX = "weights.json"


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a matrix as whole numbers from -127 to 127 and the scale of each row."""
    scale = np.abs(matrix).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.rint(matrix / scale).astype(np.int8), scale[:, 0].astype(np.float32)


def pack_weights(checkpoint: Checkpoint, folder: Path, mean: bool = True, largest: int = PIECE) -> list[Path]:
    """Write a checkpoint's weights (the running mean's by default) as pieces and an index. Raises OSError."""
    chosen = checkpoint.mean if mean else checkpoint.weights
    data = bytearray()
    entries = []
    for name, tensor in chosen.items():
        values: NDArray[np.float32] = tensor.float().numpy()
        if values.ndim == 2:
            whole, scale = quantise(values)
            parts = [("int8", whole.tobytes()), ("float32", scale.tobytes())]
        else:
            parts = [("float32", values.astype(np.float32).tobytes())]
        entries.append({"name": name, "shape": list(values.shape), "parts": [[k, len(b)] for k, b in parts]})
        for _kind, raw in parts:
            data += raw
    folder.mkdir(parents=True, exist_ok=True)
    paths, hashes = [], []
    for number, start in enumerate(range(0, len(data), largest)):
        piece = bytes(data[start : start + largest])
        path = folder / f"weights-{number}.bin"
        path.write_bytes(piece)
        hashes.append(hashlib.sha256(piece).hexdigest())
        paths.append(path)
    index = {
        "shape": asdict(checkpoint.shape),
        "step": checkpoint.step,
        "pieces": checkpoint.pieces,
        "files": [[path.name, digest] for path, digest in zip(paths, hashes, strict=True)],
        "weights": entries,
    }
    (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
    return [*paths, folder / INDEX]


def unpack_weights(folder: Path) -> Checkpoint:
    """Put the pieces together again. TrainingError if one is missing or damaged."""
    try:
        index = json.loads((folder / INDEX).read_text("utf-8"))
        data = b"".join(_checked(folder / name, digest) for name, digest in index["files"])
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(f"The weights in {folder} are not complete: {error}.") from error
    torch = library("torch")
    weights: dict[str, Any] = {}
    at = 0
    for entry in index["weights"]:
        arrays = []
        for kind, size in entry["parts"]:
            arrays.append(np.frombuffer(data, kind, size // np.dtype(kind).itemsize, at))
            at += size
        values = arrays[0].astype(np.float32).reshape(entry["shape"])
        if len(arrays) == 2:
            values = values * arrays[1][:, None]
        weights[entry["name"]] = torch.from_numpy(values.copy())
    mean = {name: value.clone() for name, value in weights.items()}
    shape = build(Shape, index["shape"], str(folder))
    return Checkpoint(shape, weights, mean, int(index["step"]), int(index["pieces"]))


def _checked(path: Path, digest: str) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"{path.name} is damaged")
    return data


def total_size(paths: Sequence[Path]) -> int:
    """Return the bytes of some files together."""
    return sum(path.stat().st_size for path in paths)
