"""Settings files (TOML): what is trained, on what, how. Every table is a dataclass with the defaults."""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from models.training.corpus import CorpusSettings
from models.training.extras import TrainingError
from models.training.vocabulary import VocabularySettings

CONFIGS = Path(__file__).parent / "configs"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Shape:
    """[model]: a Transformer, deep in the encoder and shallow in the decoder."""

    width: int = 256
    heads: int = 4
    inner: int = 1024
    encoder: int = 6
    decoder: int = 2
    dropout: float = 0.0


@dataclass(frozen=True, slots=True)
class Optimiser:
    """[optimiser]: learning rates for Muon (hidden matrices) and AdamW (all else), in AdamW's measure.

    `batch`: padded pieces of a batch's longer side; `accumulate`: batches a step; `ema`: share of the running
    mean that a step keeps; `loss_rows`: rows of the output layer at a time.
    """

    muon: float = 3e-3
    adam: float = 2e-3
    muon_decay: float = 0.01
    warmup: int = 200
    floor: float = 0.02
    batch: int = 2048
    accumulate: int = 1
    clip: float = 1.0
    smoothing: float = 0.1
    ema: float = 0.995
    loss_rows: int = 512
    plain_adam: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """[guide]: weight of the alignment loss, from `first` falling to `last` over `pieces` target pieces."""

    first: float = 0.3
    last: float = 0.05
    pieces: float = 20e6

    def weight(self, seen: float) -> float:
        """Return the weight after `seen` target pieces."""
        share = min(1.0, seen / self.pieces) if self.pieces else 1.0
        return self.first + (self.last - self.first) * share


@dataclass(frozen=True, slots=True)
class Sampling:
    """[data]: shares of sentences annotated, disturbed, renamed or cut up at random; the curriculum; weights.

    `phrases`: share of the pairs with phrases in which these are told. `blanked`: share of the English before
    a piece that the decoder is not shown (word dropout, Bowman et al. 2016). `curriculum`: (longest side in
    pieces, until so many target pieces have been seen). `weights` and `decay_weights` (the last part of a
    run): how often a pair comes an epoch, by tier or by name.
    """

    annotated: float = 0.15
    phrases: float = 0.0
    disturbed: float = 0.08
    renamed: float = 0.0
    sampled: float = 0.0
    alpha: float = 0.2
    blanked: float = 0.0
    curriculum: tuple[tuple[int, float], ...] = ((16, 0.5e6), (24, 1.2e6), (40, 2.5e6))
    weights: dict[str, float] = field(default_factory=dict)
    decay_weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """A settings file of the train step. `workers`: processes that make batches, 0 for a thread.

    `half`: on a CPU, products of matrices in bfloat16; worth it where the processor has avx512_bf16 or AMX
    (`grep -o -E 'avx512_bf16|amx_bf16' /proc/cpuinfo`), slow elsewhere.
    """

    model: Shape = field(default_factory=Shape)
    optimiser: Optimiser = field(default_factory=Optimiser)
    guide: Guide = field(default_factory=Guide)
    data: Sampling = field(default_factory=Sampling)
    seed: int = 1
    workers: int = 0
    threads: int = 2
    compile: bool = False
    half: bool = False
    log_every: int = 100
    dev_every: int = 500
    save_minutes: float = 10.0


@dataclass(frozen=True, slots=True)
class DataSettings:
    """A settings file of the corpus and vocabulary steps."""

    corpus: CorpusSettings = field(default_factory=CorpusSettings)
    vocabulary: VocabularySettings = field(default_factory=VocabularySettings)


def read_settings(path: Path, kind: type[Value]) -> Value:
    """Read a settings file; a bare name stands for one of ours in `configs/`. Raises TrainingError."""
    if not path.exists() and path.suffix == "" and (CONFIGS / f"{path}.toml").exists():
        path = CONFIGS / f"{path}.toml"
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise TrainingError(f"The settings {path} cannot be read: {error}.") from error
    return build(kind, values, str(path))


def build(kind: type[Value], values: dict[str, Any], place: str) -> Value:
    """Make a dataclass of a table; unknown names and wrong types are refused with their place."""
    hints = typing.get_type_hints(kind)
    fields = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    arguments = {}
    for name, value in values.items():
        if name not in fields:
            raise TrainingError(
                f"{place}: there is no setting “{name}”; known are {', '.join(sorted(fields))}."
            )
        arguments[name] = _convert(hints[name], value, f"{place}: {name}")
    return kind(**arguments)


def _convert(hint: Any, value: Any, place: str) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return build(hint, value, place)
    origin = typing.get_origin(hint)
    if origin is tuple and isinstance(value, list):
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)
    if origin is tuple and isinstance(value, dict):
        return tuple(value.items())
    plain: Any = origin or hint
    if plain is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(plain, type) and not isinstance(plain, types.GenericAlias) and type(value) is plain:
        return value
    raise TrainingError(f"{place}: {value!r} is not of the kind wanted here.")
