"""Step 8: everything the model card reports of a package, in one JSON file and a page to read."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.evaluate import lines_of, package_of
from models.packages import Package, PackageError
from models.training.extras import TrainingError, library
from models.training.gold import Score, read_gold, score, span_links
from models.training.lemmas import Lemmas
from models.training.steps import Step
from models.training.terms import read_terms
from models.training.termtest import term_test
from models.translation import Translator
from models.translation.alignment import links_of, word_matrix
from models.translation.pieces import locate
from models.translation.words import split_words

# sacrebleu, default settings; from the evaluation folder of mozilla/firefox-translations-models.
PUBLISHED = {
    "Argos 1.9": (39.3, 35.8, 36.2),
    "Firefox tiny": (43.3, 39.0, 39.1),
    "OPUS-MT": (43.6, 39.3, 40.6),
    "Google": (46.2, 41.1, 42.8),
}
PUBLISHED_SETS = ("newstest2018", "newstest2019-deen", "flores101-devtest")


def alignment_error(package: Package, gold: Path) -> Score:
    """Align the gold set by the package's attention, forced along the references."""
    tokenizer, decoder = Translator(package).load()
    total = Score(0, 0, 0)
    for pair in read_gold(gold):
        source, target = tokenizer.encode(pair.german), tokenizer.encode(pair.english)
        german, english = split_words(pair.german), split_words(pair.english)
        matrix = word_matrix(
            german,
            locate(source, pair.german),
            english,
            locate(target, pair.english),
            decoder.attention_of(source, target),
        )
        links = [(link.source, link.target) for link in links_of(german, english, matrix)]
        total += score(pair, span_links(pair, links, pair.german, pair.english))
    return total


def random_outputs(package: Package, source: Path, reference: Path, count: int, seed: int) -> list[list[str]]:
    """Translate sentences drawn at random: [German, English, reference], in the order of the file."""
    import numpy as np

    german, english = map(lines_of, (source, reference))
    drawn = sorted(
        np.random.default_rng(seed).choice(len(german), min(count, len(german)), replace=False).tolist()
    )
    done = Translator(package).translate([german[i] for i in drawn])
    return [
        [german[i], translation.english, english[i]] for i, (_, translation) in zip(drawn, done, strict=True)
    ]


def measure(
    package: Package,
    sets: Sequence[tuple[Path, Path]],
    gold: Path,
    terms: Path | None,
    lemmas: Path | None,
    lines: int | None = None,
    seed: int = 20261122,
) -> dict[str, Any]:
    """Return all figures of a package. Raises OSError, ValueError or TrainingError."""
    from models.evaluate import evaluate

    library("sacrebleu")
    report: dict[str, Any] = {"package": package.name, "fingerprint": package.fingerprint}
    translator = Translator(package)
    report["sets"] = {de.stem: asdict(evaluate(translator, de, en, lines)) for de, en in sets}
    found = alignment_error(package, gold)
    report["alignment"] = asdict(found) | {"error_rate": round(found.error_rate, 4)}
    if terms and lemmas:
        results = term_test(package, read_terms(terms), Lemmas.load(lemmas))
        report["terms"] = {name: asdict(result) for name, result in results.items()}
    for de, en in sets:
        if de.stem == "political-dev":
            report["outputs"] = {"seed": seed, "sentences": random_outputs(package, de, en, 20, seed)}
    return report


def page(report: dict[str, Any]) -> str:
    """Return the figures as Markdown for the model card."""
    lines = [
        "| set | sentences | BLEU | chrF | numbers | names | nonwords | words/s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, one in report["sets"].items():
        lines.append(
            f"| {name} | {one['sentences']} | {one['bleu']} | {one['chrf']} | {_percent(one['numbers'])} "
            f"| {_percent(one['names'])} | {_percent(one['nonwords'])} | {one['words_per_second']:.0f} |"
        )
    for system, scores in PUBLISHED.items():
        listed = ", ".join(f"{name} {bleu}" for name, bleu in zip(PUBLISHED_SETS, scores, strict=True))
        lines.append(f"| published: {system} | | {listed} | | | | | |")
    lines += ["", f"Alignment error rate on the gold set: {report['alignment']['error_rate']}", ""]
    if "terms" in report:
        lines += ["| terms | in any form | exactly | BLEU | chrF |", "|---|---|---|---|---|"]
        for name, one in report["terms"].items():
            lines.append(
                f"| {name} ({one['terms']}) | {_percent(one['any_form'])} | {_percent(one['exact'])} "
                f"| {one['bleu']} | {one['chrf']} |"
            )
    for german, english, reference in report.get("outputs", {}).get("sentences", ()):
        lines += ["", f"- {german}", f"  - **{english}**", f"  - {reference}"]
    return "\n".join(lines) + "\n"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def make_report(
    archive: Path,
    evaluation: Path,
    gold: Path,
    data: Path | None,
    folder: Path,
    lines: int | None = None,
    force: bool = False,
) -> None:
    """Do the step: `report.json` and `report.md` of a package. Raises OSError or TrainingError."""
    sets = [(path, path.with_suffix(".en")) for path in sorted(evaluation.glob("*.de"))]
    extra = [data / "annotate.step.json"] if data else []
    with Step("evaluate", folder, [archive, evaluation, gold, *extra], lines, force) as step:
        if not step.needed:
            return
        terms, lemmas = (data / "terms.tsv", data / "lemmas.json") if data else (None, None)
        with tempfile.TemporaryDirectory() as place:
            try:
                report = measure(package_of(archive, Path(place)), sets, gold, terms, lemmas, lines)
            except (PackageError, ValueError) as error:
                raise TrainingError(str(error)) from error
        (folder / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
        (folder / "report.md").write_text(page(report), "utf-8")
        for line in page(report).split("\n"):
            if line.startswith(("|", "Align")):
                step.say(line)
        step.note(**{name: one["bleu"] for name, one in report["sets"].items()})
