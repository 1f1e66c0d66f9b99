"""Checkpoints: everything a run needs to go on elsewhere; those of the reference script are read, too."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from models.training.extras import TrainingError, library
from models.training.settings import Shape, build
from models.training.variables import parameters, read_variables, shape_of

# Names of the reference script and ours.
_NAMES = (
    (r"^emb\.", "embedding."),
    (r"^enc\.(\d+)\.", r"encoder.\1."),
    (r"^dec\.(\d+)\.", r"decoder.\1."),
    (r"^en\.", "encoder_norm."),
    (r"^dn\.", "decoder_norm."),
    (r"\.sa\.o\.", ".attention.out."),
    (r"\.sa\.", ".attention."),
    (r"\.ca\.o\.", ".cross.out."),
    (r"\.ca\.", ".cross."),
    (r"\.ff\.a\.", ".feed.up."),
    (r"\.ff\.b\.", ".feed.down."),
    (r"\.n1\.", ".norm_self."),
    (r"(encoder\.\d+)\.n2\.", r"\1.norm_feed."),
    (r"(decoder\.\d+)\.n2\.", r"\1.norm_cross."),
    (r"\.n3\.", ".norm_feed."),
)


@dataclass(slots=True)
class Checkpoint:
    """State of a run. `mean` is the running mean of the weights; optimisers may be missing (None)."""

    shape: Shape
    weights: dict[str, Any]
    mean: dict[str, Any]
    step: int = 0
    pieces: int = 0
    optimisers: dict[str, Any] | None = None
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def vocabulary(self) -> int:
        """Number of pieces."""
        return int(self.weights["embedding.weight"].shape[0])

    def save(self, path: Path) -> None:
        """Write the checkpoint, never leaving half of one. Raises OSError."""
        torch = library("torch")
        values = {name: getattr(self, name) for name in Checkpoint.__slots__}
        values["shape"] = asdict(self.shape)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        torch.save(values, part)
        part.replace(path)


def mixed(one: Checkpoint, other: Checkpoint, share: float) -> Checkpoint:
    """Return `one` with `share` of the weights, and of their running mean, taken from `other`.

    The ends of two runs, one of which went on from the other, are better together than either (Izmailov et
    al. 2018, “Averaging Weights Leads to Wider Optima”). TrainingError if the models are not of one shape.
    """
    if {n: w.shape for n, w in one.weights.items()} != {n: w.shape for n, w in other.weights.items()}:
        raise TrainingError("Only checkpoints of models of the same shape can be mixed.")
    if not 0 <= share <= 1:
        raise TrainingError(f"The share of the other checkpoint must be between 0 and 1, not {share}.")

    def between(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
        return {name: value.float().lerp(theirs[name].float(), share) for name, value in ours.items()}

    return replace(
        one, weights=between(one.weights, other.weights), mean=between(one.mean, other.mean), optimisers=None
    )


def our_name(name: str) -> str:
    """Return our name for a parameter of the reference script."""
    for pattern, replacement in _NAMES:
        name = re.sub(pattern, replacement, name)
    return name


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint, ours, the reference script's or a package's weights. TrainingError if none."""
    if path.suffix == ".argosmodel":
        return _of_package(path)
    torch = library("torch")
    try:
        values = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises its own, pickle's and zip's
        raise TrainingError(f"The checkpoint {path} cannot be read: {error}") from error
    if "cfg" in values and "model" in values:
        return _of_reference(values)
    try:
        shape = build(Shape, values.pop("shape"), str(path))
        return Checkpoint(shape, **values)
    except (KeyError, TypeError, AttributeError) as error:
        raise TrainingError(f"{path} is no checkpoint of this recipe ({error}).") from error


def _of_reference(values: dict[str, Any]) -> Checkpoint:
    """Translate: names differ, the order of parameters (which AdamW's state goes by) is the same."""
    torch = library("torch")
    cfg = values["cfg"]
    shape = Shape(cfg["d"], cfg["heads"], cfg["ffn"], cfg["enc"], cfg["dec"], float(cfg.get("dropout", 0.0)))
    weights = {our_name(name): value.to(torch.float32) for name, value in values["model"].items()}
    optimisers = None
    if "muon" in values:
        muon = {our_name(name): value for name, value in values["muon"].items()}
        optimisers = {"muon": muon, "adam": values["adam"]}
    mean = {name: value.clone() for name, value in weights.items()}
    # The script counts no steps of former parts; past its warm-up it is in any case.
    return Checkpoint(shape, weights, mean, int(cfg["warmup"]), int(values.get("tokens", 0)), optimisers)


def _of_package(path: Path) -> Checkpoint:
    """Read the weights of one of our packages: one byte each was kept, and no optimisers."""
    torch = library("torch")
    try:
        with zipfile.ZipFile(path) as archive:
            [model] = [name for name in archive.namelist() if name.endswith("/model/model.bin")]
            variables = read_variables(archive.read(model))
            stated = json.loads(archive.read(model.replace("model/model.bin", "metadata.json")))
        shape = shape_of(variables)
        weights = {
            ours: torch.tensor(variables[theirs], dtype=torch.float32)
            for theirs, ours in parameters(shape).items()
        }
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise TrainingError(f"{path} is no package of this recipe to go on from: {error}.") from error
    mean = {name: value.clone() for name, value in weights.items()}
    return Checkpoint(shape, weights, mean, 0, int(stated.get("target_pieces_seen", 0)))
