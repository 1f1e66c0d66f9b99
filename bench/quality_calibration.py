"""Measure the thresholds of the quality warnings: `python -m bench.quality_calibration [PACKAGE]`.

Writes models/quality/calibration.json. Lengths (for all packages): percentiles of the ratio of characters in
human translations, by length of the German. Score (for the package named, else the embedded one): the highest
mean log-probability per piece such that of the sentences at or below it four fifths are far from the human
translation (chrF under 45), and they are at most a twentieth of all; none if there is no such value. Needs
sacrebleu.
"""

from __future__ import annotations

import argparse
import json
import lzma
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bench.quality import translated
from models.evaluate import lines_of, package_of
from models.packages import Package
from models.quality.calibration import FILE

BORDERS = (15, 30, 60, 120, 240, 2_000)  # characters of German
PERCENTILES = (0.1, 99.9)
LENGTH_SETS = ("political-dev", "newstest2018", "newstest2019-deen", "flores101-devtest")
TIERS = ("written", "news")
SCORE_SET = "newstest2018"
FAR = 45.0  # chrF of a translation that shares little with the human one
PRECISION = 0.8
SHARE = 0.05
FEWEST = 20  # sentences that a threshold is based on at least
FEW_WORDS = 5


def pairs(shared: Path) -> Iterator[tuple[str, str]]:
    """Human translations: the evaluation sets, the project's own and the news tier of the corpus."""
    for name in LENGTH_SETS:
        yield from zip(*(lines_of(shared / "eval" / f"{name}.{end}") for end in ("de", "en")), strict=True)
    with lzma.open(shared / "corpus" / "train.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            tier, _, german, english = line.rstrip("\n").split("\t")
            if tier in TIERS:
                yield german, english


def length_bands(found: Sequence[tuple[str, str]]) -> list[list[float]]:
    """[start, end, low, high] for each band of lengths."""
    bands: list[list[float]] = []
    for start, end in pairwise(BORDERS):
        ratios = sorted(len(english) / len(german) for german, english in found if start <= len(german) < end)
        low, high = (ratios[round(percent / 100 * (len(ratios) - 1))] for percent in PERCENTILES)
        bands.append([start, end, round(low, 3), round(high, 3)])
    return bands


def score_threshold(package: Package, shared: Path) -> dict[str, object]:
    """The entry of a package: the threshold, and what it was found on."""
    import sacrebleu.metrics

    chrf = sacrebleu.metrics.CHRF()
    german = lines_of(shared / "eval" / f"{SCORE_SET}.de")
    english = lines_of(shared / "eval" / f"{SCORE_SET}.en")
    sentences = [(SCORE_SET, number, text) for number, text in enumerate(german)]
    rows = sorted(
        (translation.hypotheses[0].score, chrf.sentence_score(translation.english, [english[number]]).score)
        for (_, number, text), translation in translated(package, sentences)
        if translation.english and len(text.split()) >= FEW_WORDS
    )
    threshold, below, far = None, 0, 0
    for count, (score, closeness) in enumerate(rows, 1):
        far += closeness < FAR
        if count > SHARE * len(rows):
            break
        if count >= FEWEST and far >= PRECISION * count:
            threshold, below = round(score, 4), count
    return {
        "name": package.name,
        "version": package.version,
        "score": threshold,
        "sentences": len(rows),
        "below": below,
        "set": SCORE_SET,
    }


def main() -> None:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("package", type=Path, nargs="?", help="an .argosmodel; default: the embedded one")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--score-only", action="store_true", help="leave the lengths as they are")
    arguments = parser.parse_args()
    data = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {"packages": {}}
    if not arguments.score_only or "length" not in data:
        found = list(pairs(arguments.shared))
        data["length"] = {"pairs": len(found), "percentiles": PERCENTILES, "bands": length_bands(found)}
    with tempfile.TemporaryDirectory() as folder:
        package = package_of(arguments.package, Path(folder))
        data["packages"][package.fingerprint] = score_threshold(package, arguments.shared)
    FILE.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print(json.dumps(data, indent=1))


if __name__ == "__main__":
    main()
