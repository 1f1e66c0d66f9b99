"""What telling the model phrases does: `python -m bench.phrases [PACKAGE] [--all] [--show N]`.

On the examples of the phrase list (models/lexicon/phrases.tsv) that no model is trained on: how many of the
phrases are found where they stand; in how many of the sentences the English has one of the renderings
that the list gives, with and without phrases told; BLEU and chrF against the examples' English.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from bench.robustness import scores
from models.evaluate import package_of
from models.lexicon.phrases import PhraseFinder, shipped_phrases
from models.packages import Package
from models.training.rows import held_out
from models.translation import TranslationOptions, Translator
from models.translation.rare_words import RareWord, missing


def measure(package: Package, everything: bool, show: int) -> None:
    """Print phrases found, phrases rendered, BLEU and chrF; `show`: so many sentences with both versions."""
    phrases = [each for each in shipped_phrases() if everything or held_out(each.german)]
    finder = PhraseFinder()
    found = [any(hit.phrase == each for hit in finder.find(each.example[0])) for each in phrases]
    german, references = [each.example[0] for each in phrases], [each.example[1] for each in phrases]
    print(f"{package.name} {package.version}: {len(phrases)} phrases, {sum(found)} found in their examples")
    print("| phrases | rendered as the list has it | BLEU | chrF |\n|---|---|---|---|")
    versions = []
    for told in (False, True):
        translator = Translator(package, replace(TranslationOptions(), phrases=told))
        english = [translation.english for _, translation in translator.translate(german)]
        rendered = sum(
            not missing([RareWord((0, 1), 0, phrase.english)], text)
            for phrase, text in zip(phrases, english, strict=True)
        )
        bleu, chrf = scores(english, references)
        label = "told" if told else "not told"
        print(
            f"| {label} | {rendered / len(phrases):.1%} ({rendered}) | {bleu:.2f} | {chrf:.2f} |", flush=True
        )
        versions.append(english)
    changed = [row for row in zip(phrases, *versions, strict=True) if row[1] != row[2]]
    for phrase, before, after in changed[:: max(1, len(changed) // show)] if show else ():
        print(f"\n{phrase.example[0]}\n  {phrase.german} = {phrase.english[0]}\n  - {before}\n  + {after}")


def main() -> None:
    """Measure the package named, or the one that comes with the reader."""
    parser = argparse.ArgumentParser(prog="python -m bench.phrases", description=__doc__)
    parser.add_argument("package", type=Path, nargs="?", help=".argosmodel file or unpacked folder")
    parser.add_argument("--all", action="store_true", help="the whole list, though models are trained on it")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show so many changed sentences")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        measure(package_of(options.package, Path(place)), options.all, options.show)


if __name__ == "__main__":
    main()
