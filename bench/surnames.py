"""What knowing a text's surnames does: `python -m bench.surnames [PACKAGE] --pair FILE.de FILE.en`.

The files are cut into texts of 30 lines. Counted are surnames that their text gives in full, where they are
meant (models/translation/surnames.py) and the reference has them: how many of them the English keeps,
translated with and without the names known; BLEU and chrF are those of the sentences with such names.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.robustness import scores
from models.evaluate import lines_of, package_of
from models.lexicon.tagging import Tagger
from models.packages import Package
from models.translation import Translator, surnames_in
from models.translation.surnames import stands, surnames_of

LINES = 30


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence with surnames of its text: those that the reference has, and all that the text gives."""

    german: str
    reference: str
    names: frozenset[str]
    known: frozenset[str]


def named(german: Sequence[str], references: Sequence[str]) -> list[list[Named]]:
    """Return the sentences with surnames, text by text."""
    tagger = Tagger()
    texts = []
    for start in range(0, len(german), LINES):
        part = german[start : start + LINES]
        known = surnames_in(part)
        found = []
        for source, reference in zip(part, references[start : start + LINES], strict=True):
            meant = {word.renderings[0] for word in surnames_of(source, known, tagger)}
            if names := frozenset(name for name in meant if stands(name, reference)):
                found.append(Named(source, reference, names, known))
        texts.append(found)
    return [text for text in texts if text]


def measure(package: Package, texts: Sequence[Sequence[Named]]) -> None:
    """Print names kept, BLEU and chrF without and with the names known."""
    translator = Translator(package)
    sentences = [sentence for text in texts for sentence in text]
    total = sum(len(sentence.names) for sentence in sentences)
    print(f"{package.name} {package.version}: {len(sentences)} sentences, {total} names")
    print("| surnames | kept | BLEU | chrF |\n|---|---|---|---|")
    for known in (False, True):
        english = [
            translation.english
            for text in texts
            for _, translation in translator.translate(
                [sentence.german for sentence in text], surnames=text[0].known if known else frozenset()
            )
        ]
        kept = sum(
            stands(name, each)
            for each, sentence in zip(english, sentences, strict=True)
            for name in sentence.names
        )
        bleu, chrf = scores(english, [sentence.reference for sentence in sentences])
        label = "known from the text" if known else "not told"
        print(f"| {label} | {kept / total:.1%} ({kept}) | {bleu:.2f} | {chrf:.2f} |", flush=True)


def main() -> None:
    """Measure the package named, or the one that comes with the reader."""
    parser = argparse.ArgumentParser(prog="python -m bench.surnames", description=__doc__)
    parser.add_argument("package", type=Path, nargs="?", help=".argosmodel file or unpacked folder")
    parser.add_argument("--pair", type=Path, nargs=2, required=True, metavar=("GERMAN", "ENGLISH"))
    options = parser.parse_args()
    german, references = map(lines_of, options.pair)
    with tempfile.TemporaryDirectory() as place:
        measure(package_of(options.package, Path(place)), named(german, references))


if __name__ == "__main__":
    main()
