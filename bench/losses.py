"""What the English loses, and what helps: `python -m bench.losses [PACKAGE] --pair FILE.de FILE.en`.

The model alone (nothing told of rare words), sentences short enough to be decoded whole. Three versions: the
likeliest hypothesis of the beam; the one that is likeliest after what it leaves out is counted against it
(models/translation/omissions.py); and, from there, numbers that were lost looked for (recounting.py).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.robustness import scores
from models.evaluate import lines_of, numbers_copied, package_of
from models.packages import Package
from models.translation import Translator
from models.translation.annotating import Given
from models.translation.decoding import Decoded
from models.translation.omissions import omitted
from models.translation.planning import plan
from models.translation.preparing import restore
from models.translation.recounting import Recounter

WINDOW = 64


def measure(package: Package, german: Sequence[str], references: Sequence[str]) -> None:
    """Print words left out, numbers copied, BLEU and chrF of the three versions."""
    translator = Translator(package)
    if not translator.has_alignment_head:
        raise SystemExit(f"{package.name} has no attention head that tells what is left out.")
    tokenizer, decoder = translator.load()
    recounter = Recounter(tokenizer, decoder, translator.rare_words is not None)
    plans = [plan(text, tokenizer, translator.longest, aligned=True) for text in german]
    rows = [
        (one, one.parts[0], text) for one, text in zip(plans, references, strict=True) if len(one.parts) == 1
    ]
    likeliest: list[Decoded] = []
    fuller: list[Decoded] = []
    for start in range(0, len(rows), WINDOW):
        parts = [part for _, part, _ in rows[start : start + WINDOW]]
        pieces, words = [part.pieces for part in parts], [part.words for part in parts]
        likeliest += map(decoder.collect, decoder.submit(pieces))
        fuller += map(decoder.collect, decoder.submit(pieces, words))
    counted = [
        recounter.recounted(part, one, Given(part.pieces)) or one
        for one, (_, part, _) in zip(fuller, rows, strict=True)
    ]
    content = sum(len(part.words) for _, part, _ in rows)
    print(f"{package.name} {package.version}: {len(rows)} sentences, {content} content words")
    print("| | words left out | numbers copied | BLEU | chrF |\n|---|---|---|---|---|")
    versions = (
        ("likeliest of the beam", likeliest),
        ("fullest of the beam", fuller),
        ("lost numbers looked for", counted),
    )
    for label, decoded in versions:
        english = [
            restore(tokenizer.decode(one.hypotheses[0][0]), (), each.prepared)[0]
            for one, (each, _, _) in zip(decoded, rows, strict=True)
        ]
        out = sum(
            omitted(part.words, one.attention, part.pieces)
            for one, (_, part, _) in zip(decoded, rows, strict=True)
        )
        numbers = [
            numbers_copied(each.sentence, text) for text, (each, _, _) in zip(english, rows, strict=True)
        ]
        right, total = sum(copied for copied, _ in numbers), sum(of for _, of in numbers)
        bleu, chrf = scores(english, [reference for _, _, reference in rows])
        print(f"| {label} | {out} | {right} of {total} | {bleu:.2f} | {chrf:.2f} |", flush=True)


def main() -> None:
    """Measure the package named, or the one that comes with the reader."""
    parser = argparse.ArgumentParser(prog="python -m bench.losses", description=__doc__)
    parser.add_argument("package", type=Path, nargs="?", help=".argosmodel file or unpacked folder")
    parser.add_argument("--pair", type=Path, nargs=2, required=True, metavar=("GERMAN", "ENGLISH"))
    options = parser.parse_args()
    german, references = map(lines_of, options.pair)
    with tempfile.TemporaryDirectory() as place:
        measure(package_of(options.package, Path(place)), german, references)


if __name__ == "__main__":
    main()
