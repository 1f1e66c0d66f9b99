"""What the train step and the lent machine both do: gather the data of a folder and train."""

from __future__ import annotations

from pathlib import Path

from models.training.arrays import PairArrays
from models.training.extras import TrainingError, library
from models.training.lemmas import Lemmas
from models.training.names import NAMES, Names
from models.training.phrases import PHRASES, ToldPhrases
from models.training.settings import TrainingSettings
from models.training.terms import LEMMAS
from models.training.units import Vocabulary

CUDA_MULTIPLE = 8  # padding to multiples of eight keeps matrix units busy


def latest(run: Path) -> Path | None:
    """Return where a run is to be gone on from: the newest state at the full rate, None if there is none."""
    states = [path for name in ("last.pt", "stable.pt") if (path := run / name).is_file()]
    return max(states, key=lambda path: path.stat().st_mtime_ns, default=None)


def train(
    data: Path,
    run: Path,
    settings: TrainingSettings,
    minutes: float,
    decay: float = 0.0,
    start: Path | None = None,
    device: str | None = None,
    dev_sets: tuple[str, ...] = ("eval-newstest2018", "eval-political-dev"),
    steps: int = 0,
) -> dict[str, float]:
    """Train for some minutes (or `steps`) and return the dev losses. Raises TrainingError or OSError."""
    torch = library("torch")
    from models.training.batches import BatchMaker
    from models.training.trainer import Sources, Trainer

    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    multiple = CUDA_MULTIPLE if device == "cuda" else 1
    vocabulary = Vocabulary(data / "spm.model")
    arrays = PairArrays.load(data / "train")
    lemmas = Lemmas.load(data / LEMMAS) if (data / LEMMAS).is_file() else None
    if arrays.links is None:
        print("train: the pairs are not aligned: no guided head, no terms; run alignment first", flush=True)
    elif lemmas is None and settings.data.annotated:
        print("train: no table of lemmas: no terms are annotated; run annotate first", flush=True)
    names = Names.load(data / NAMES) if settings.data.renamed and (data / NAMES).is_file() else None
    if names is None and settings.data.renamed:
        print("train: no table of names: none are replaced; run annotate first", flush=True)
    told = (data / PHRASES).is_dir() and settings.data.phrases
    phrases = ToldPhrases.load(data / PHRASES) if told else None
    if phrases is None and settings.data.phrases:
        print("train: no table of phrases: none are told; run annotate first", flush=True)
    size = settings.optimiser.batch
    maker = BatchMaker(
        arrays, vocabulary, size, lemmas, settings.data, settings.seed, multiple, names, phrases
    )
    dev = {
        name.removeprefix("eval-"): BatchMaker(_dev_part(data / name), vocabulary, size, multiple=multiple)
        for name in dev_sets
        if (data / name).is_dir()
    }
    if not dev:
        raise TrainingError(
            f"{data} has no development set; run the vocabulary step with the evaluation folder."
        )
    trainer = Trainer(settings, Sources(maker, dev, len(vocabulary)), run, start, device)
    return trainer.run(minutes, decay, steps)


def _dev_part(folder: Path, most: int = 1000) -> PairArrays:
    """Return the first pairs of a set, without links: the loss is enough."""
    import numpy as np

    arrays = PairArrays.load(folder).take(np.arange(min(most, len(PairArrays.load(folder)))))
    return PairArrays(arrays.source, arrays.target, arrays.group, arrays.groups)
