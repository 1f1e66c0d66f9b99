"""What disturbed input costs: `python -m bench.robustness [PACKAGE] --pair FILE.de FILE.en [--lines N]`.

Each kind of disturbance that training knows (models/training/noise.py) is put on every sentence, with a fixed
seed; BLEU and chrF against the reference stand beside those of the undisturbed text. A sentence that a kind
leaves as it is (no umlaut in it, say) is not counted, neither disturbed nor clean.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from models.evaluate import lines_of, package_of
from models.packages import Package
from models.training.noise import CHANGES, Change
from models.translation import Translator

SEED = 20261122


def disturbed(sentences: Sequence[str], change: Change) -> list[str]:
    """Put one kind of disturbance on every sentence; the same every time."""
    chance = np.random.default_rng(SEED)
    return [change(sentence, chance) for sentence in sentences]


def scores(english: Sequence[str], references: Sequence[str]) -> tuple[float, float]:
    """BLEU and chrF, sacrebleu's default settings."""
    return (
        float(BLEU().corpus_score(english, [references]).score),
        float(CHRF().corpus_score(english, [references]).score),
    )


def english_of(translator: Translator, sentences: Sequence[str]) -> list[str]:
    """Translate; a sentence on which the model fails counts as empty."""
    return [translation.english for _, translation in translator.translate(sentences)]


def measure(package: Package, german: Sequence[str], references: Sequence[str]) -> None:
    """Print a table, one row a kind of disturbance."""
    translator = Translator(package)
    clean = english_of(translator, german)
    print(f"{package.name} {package.version}, {len(german)} sentences")
    print("| disturbance | sentences | BLEU clean | BLEU | chrF clean | chrF |\n|---|---|---|---|---|---|")
    for _, change in CHANGES:
        other = disturbed(german, change)
        changed = [i for i, (one, two) in enumerate(zip(german, other, strict=True)) if one != two]
        if not changed:
            continue
        wanted = [references[i] for i in changed]
        before = scores([clean[i] for i in changed], wanted)
        after = scores(english_of(translator, [other[i] for i in changed]), wanted)
        print(
            f"| {change.__name__} | {len(changed)} | {before[0]:.1f} | {after[0]:.1f} "
            f"| {before[1]:.1f} | {after[1]:.1f} |",
            flush=True,
        )


def main() -> None:
    """Measure the package named, or the one that comes with the reader."""
    parser = argparse.ArgumentParser(prog="python -m bench.robustness", description=__doc__)
    parser.add_argument("package", type=Path, nargs="?", help=".argosmodel file or unpacked folder")
    parser.add_argument("--pair", type=Path, nargs=2, required=True, metavar=("GERMAN", "ENGLISH"))
    parser.add_argument("--lines", type=int, default=400)
    options = parser.parse_args()
    german, references = (lines_of(path)[: options.lines] for path in options.pair)
    with tempfile.TemporaryDirectory() as place:
        measure(package_of(options.package, Path(place)), german, references)


if __name__ == "__main__":
    main()
