"""How much a model has learned by heart: `python -m bench.memorised [PACKAGE] --work W`.

W is the folder that the model was trained in (`python -m models.training`). Printed is, tier by tier, the
loss (nats a target piece) on held-out pairs and on pairs trained on, drawn from the same corpora in the same
proportion. The further they are apart, the more dropout and new pairs help, and the less another round does.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.evaluate import package_of
from models.training.arrays import PairArrays
from models.training.units import Vocabulary
from models.translation import Translator

SEED = 20261123
EACH = 8  # pairs trained on for each held out


def loss(model: Any, pieces: Sequence[str], arrays: PairArrays, rows: Sequence[int]) -> float:
    """Return the mean cross-entropy of the references' pieces, the end of the sentence included."""
    sources, targets = (
        [[pieces[number] for number in ids.row(row).tolist()] for row in rows]
        for ids in (arrays.source, arrays.target)
    )
    scored = model.score_batch(sources, targets, max_batch_size=4096, batch_type="tokens")
    return -sum(sum(each.log_probs) for each in scored) / sum(len(each.log_probs) for each in scored)


def alike(held: PairArrays, trained: PairArrays) -> Iterator[tuple[str, list[int], list[int]]]:
    """Yield each tier with its pairs held out and as many times EACH of the same corpora trained on."""
    chance = np.random.default_rng(SEED)
    names = np.array([group.name for group in trained.groups])[trained.group]
    rows_of = {group.name: np.flatnonzero(names == group.name) for group in held.groups}
    tiers: dict[str, tuple[list[int], list[int]]] = {}
    for row, number in enumerate(held.group.tolist()):
        group = held.groups[number]
        if len(rows_of[group.name]):
            out, within = tiers.setdefault(group.tier, ([], []))
            out.append(row)
            within += chance.choice(rows_of[group.name], EACH).tolist()
    for tier, (out, within) in sorted(tiers.items()):
        yield tier, out, within


def main() -> None:
    """Measure the package named, or the one that comes with the reader."""
    parser = argparse.ArgumentParser(prog="python -m bench.memorised", description=__doc__)
    parser.add_argument("package", type=Path, nargs="?", help=".argosmodel file or unpacked folder")
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    data = options.work / "data"
    pieces = Vocabulary(data / "spm.model").pieces
    held, trained = PairArrays.load(data / "dev"), PairArrays.load(data / "train")
    with tempfile.TemporaryDirectory() as place:
        package = package_of(options.package, Path(place))
        _, decoder = Translator(package).load()
        print(f"{package.name} {package.version}")
        print("| tier | held out | pairs | trained on | pairs |\n|---|---|---|---|---|")
        for tier, out, within in alike(held, trained):
            unseen = loss(decoder.model, pieces, held, out)
            seen = loss(decoder.model, pieces, trained, within)
            print(f"| {tier} | {unseen:.2f} | {len(out)} | {seen:.2f} | {len(within)} |", flush=True)


if __name__ == "__main__":
    main()
