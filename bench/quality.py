"""Precision of the quality warnings: `python -m bench.quality [PACKAGE] [--fresh] [--judge]`.

Translates German sentences that were not looked at while the checks were written, and counts the warnings.
Each was judged by hand with German and English before the judge's eyes; the judgements (set, line, kind, and
the package whose English was judged, but no text) stand in tests/models/gold/quality_judged.tsv. A warning is
right if the English is wrong in the way it says. `--judge` prints those without a judgement in that form,
with the sentences; `--references` counts warnings on human translations, nearly all of them false alarms;
`--speed` times the checks on 10,000 words. The folder of texts is expected as ../shared (`--shared`).
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.evaluate import lines_of, package_of
from models.packages import Package
from models.quality import KINDS, QualityChecker, calibration_for
from models.segmentation import segment
from models.translation import Hypothesis, Translation, TranslationOptions, Translator

JUDGED = Path(__file__).parent.parent / "tests" / "models" / "gold" / "quality_judged.tsv"
REFERENCES = ("political-dev", "newstest2018", "newstest2019-deen", "flores101-devtest")
SPEECHES = "bundestag_plpr"
ALTERNATIVES = 3
WORDS = 10_000

# Lines of newstest2019 and of FLORES-101, sentences of speeches, seed of their choice.
FIRST = ((1001, 1300), (1, 200), 300, 7)
FRESH = ((1301, 1480), (201, 270), 150, 8)

Sentence = tuple[str, int, str]
"""Set, line (from 1), German."""


def sample(shared: Path, *, fresh: bool) -> list[Sentence]:
    """The sentences to be judged: news, encyclopaedia, and speeches in the Bundestag.

    The first 800 led to some corrections of the checks; the `fresh` 400 were looked at after the last one.
    """
    found: list[Sentence] = []
    news, other, speeches_wanted, seed = FRESH if fresh else FIRST
    for name, first, last in (("newstest2019-deen", *news), ("flores101-devtest", *other)):
        lines = lines_of(shared / "eval" / f"{name}.de")
        found += [(name, number, lines[number - 1]) for number in range(first, last + 1)]
    with lzma.open(shared / "mono" / f"{SPEECHES}.de.txt.xz", "rt", encoding="utf-8") as file:
        paragraphs = file.read().splitlines()
    chosen = random.Random(seed).sample(range(len(paragraphs)), 400)
    speeches: list[Sentence] = []
    for number in chosen:
        parts = [part.text for paragraph in segment(paragraphs[number]) for part in paragraph.sentences]
        sentences = [text for text in parts if 30 < len(text) < 400]
        if sentences and len(speeches) < speeches_wanted:
            speeches.append((SPEECHES, number + 1, sentences[number % len(sentences)]))
    return found + speeches


def judgements(fingerprint: str) -> dict[tuple[str, int, str], bool]:
    """What was judged of one package's English: (set, line, kind) to right or wrong."""
    found = {}
    for line in lines_of(JUDGED):
        if line and not line.startswith("#"):
            name, number, kind, package, verdict = line.split("\t")
            if package == fingerprint:
                found[name, int(number), kind] = verdict == "right"
    return found


def translated(package: Package, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Translation]]:
    """Each sentence with its translation."""
    translator = Translator(package, TranslationOptions(alternatives=ALTERNATIVES))
    for index, translation in translator.translate([text for *_, text in sentences]):
        yield sentences[index], translation


def precision(package: Package, shared: Path, *, judge: bool, fresh: bool) -> dict[str, object]:
    """Translate the sample, count the warnings and compare them with the judgements."""
    checker, limits = QualityChecker(), calibration_for(package.fingerprint)
    known = judgements(package.fingerprint)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    unjudged: Counter[str] = Counter()
    sentences = warned = 0
    for (name, line, german), translation in translated(package, sample(shared, fresh=fresh)):
        warnings = checker.warnings(translation, limits)
        sentences += 1
        warned += bool(warnings)
        for kind in dict.fromkeys(warning.kind for warning in warnings):
            verdict = known.get((name, line, kind))
            (unjudged if verdict is None else right if verdict else wrong)[kind] += 1
            if judge and verdict is None:
                messages = " ".join(w.message for w in warnings if w.kind == kind)
                print(f"{name}\t{line}\t{kind}\t{package.fingerprint}\t?")
                print(f"#   DE {german}\n#   EN {translation.english}\n#   !! {messages}")
    rows = {
        kind: {
            "right": right[kind],
            "wrong": wrong[kind],
            "unjudged": unjudged[kind],
            "precision": round(right[kind] / max(1, right[kind] + wrong[kind]), 3),
        }
        for kind in KINDS
    }
    judged = right.total() + wrong.total()
    return {
        "package": f"{package.name} {package.fingerprint}",
        "sentences": sentences,
        "with_a_warning": warned,
        "share": round(warned / sentences, 4),
        "precision": round(right.total() / judged, 3) if judged else None,
        "kinds": rows,
    }


def on_references(shared: Path) -> dict[str, object]:
    """Count the warnings on human translations."""
    checker = QualityChecker()
    counts: Counter[str] = Counter()
    sentences = warned = 0
    for name in REFERENCES:
        pairs = zip(*(lines_of(shared / "eval" / f"{name}.{end}") for end in ("de", "en")), strict=True)
        for german, english in pairs:
            warnings = checker.warnings(Translation(german, (Hypothesis(english, 0.0),), (), None))
            sentences += 1
            warned += bool(warnings)
            counts.update({warning.kind for warning in warnings})
    return {"sentences": sentences, "with_a_warning": warned, "kinds": {kind: counts[kind] for kind in KINDS}}


def speed(package: Package, shared: Path) -> dict[str, object]:
    """Processor seconds for 10,000 German words of the development text: first time, and words seen."""
    chosen: list[Sentence] = []
    words = 0
    for number, text in enumerate(lines_of(shared / "eval" / "newstest2018.de"), 1):
        if words < WORDS:
            chosen.append(("newstest2018", number, text))
            words += len(text.split())
    pairs = [translation for _, translation in translated(package, chosen)]
    checker, limits = QualityChecker(), calibration_for(package.fingerprint)
    seconds = []
    for _ in range(2):
        begin = time.process_time()
        for translation in pairs:
            checker.warnings(translation, limits)
        seconds.append(round(time.process_time() - begin, 3))
    return {"words": words, "sentences": len(pairs), "first_s": seconds[0], "again_s": seconds[1]}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("package", type=Path, nargs="?", help="an .argosmodel; default: the embedded one")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--judge", action="store_true", help="print warnings without a judgement, with text")
    parser.add_argument("--fresh", action="store_true", help="the 400 sentences that nothing was tuned on")
    parser.add_argument("--references", action="store_true", help="count warnings on human translations")
    parser.add_argument("--speed", action="store_true", help="time the checks on 10,000 words")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.references:
            figures = on_references(arguments.shared)
        elif arguments.speed:
            figures = speed(package_of(arguments.package, Path(folder)), arguments.shared)
        else:
            figures = precision(
                package_of(arguments.package, Path(folder)),
                arguments.shared,
                judge=arguments.judge,
                fresh=arguments.fresh,
            )
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
