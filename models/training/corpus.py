"""Step 1: one clean training text out of the corpora, and a part of it held out.

Corpora are TSV files (also .xz): tier, name, German, English; and the glossary's CSV files, of which the
terms are taken with their preferred English, but not the examples: these measure (bench/enforcement).
Written are `train.tsv` and `dev.tsv` in the same format, and `rejected.json`: how many pairs of each tier
were left out and why.
"""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from models.training.cleaning import Limits, fault, normalise, template
from models.training.extras import TrainingError
from models.training.overlap import Overlap
from models.training.steps import Step


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence pair and where it comes from."""

    tier: str
    name: str
    german: str
    english: str


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """[corpus] of the settings file: what is cleaned out, and how many pairs a tier gives to the dev part."""

    limits: Limits = field(default_factory=Limits)
    same_source: int = 2
    same_template: int = 3
    dev_per_tier: int = 100
    dev_tiers: tuple[str, ...] = ("written", "news", "politics")


def read_rows(path: Path) -> Iterator[Row]:
    """Read a corpus file. TrainingError, with the line, for a line that has not four columns."""
    if path.suffix == ".csv":
        yield from _terms(path)
        return
    with _opened(path) as lines:
        for number, line in enumerate(lines, 1):
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 4:
                raise TrainingError(
                    f"{path}:{number}: {len(columns)} columns; wanted tier, name, German, English."
                )
            yield Row(*columns)


def _terms(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if not {"german", "english"} <= set(table.fieldnames or ()):
            raise TrainingError(f"{path} is no glossary file: it has no columns german and english.")
        for row in table:
            yield Row("terms", "glossary", row["german"], row["english"])


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def evaluation_sentences(folder: Path) -> Iterator[str]:
    """Every line of every .de and .en file in the folder, which must not be trained on."""
    for path in sorted([*folder.glob("*.de"), *folder.glob("*.en")]):
        yield from path.read_text("utf-8").split("\n")


class Sieve:
    """Decides pair by pair, remembering what it let through."""

    def __init__(self, settings: CorpusSettings, overlap: Overlap) -> None:
        self._settings = settings
        self._overlap = overlap
        self._sources: Counter[bytes] = Counter()
        self._templates: Counter[bytes] = Counter()
        self._pairs: set[bytes] = set()

    def reason(self, row: Row) -> str | None:
        """Return why a pair is left out, or None; a pair let through counts as seen."""
        if problem := fault(row.german, row.english, self._settings.limits):
            return problem
        source, target = template(row.german), template(row.english)
        pair = _digest(row.german.casefold() + "\t" + row.english.casefold())
        same, form = _digest(row.german.casefold()), _digest(source + "\t" + target)
        if pair in self._pairs:
            return "duplicate"
        if self._sources[same] >= self._settings.same_source:
            return "same source"
        if self._templates[form] >= self._settings.same_template:
            return "template"
        if self._overlap.found(row.german) or self._overlap.found(row.english):
            return "evaluation"
        self._pairs.add(pair)
        self._sources[same] += 1
        self._templates[form] += 1
        return None


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _held_out(row: Row, taken: Counter[str], settings: CorpusSettings) -> bool:
    """Whether a pair goes to the dev part: by its own hash, so that more corpora do not move the border."""
    return (
        row.tier in settings.dev_tiers
        and taken[row.tier] < settings.dev_per_tier
        and _digest(row.german)[0] < 8
        and 4 <= row.german.count(" ") <= 50
    )


def clean_corpus(rows: Iterable[Row], sieve: Sieve, settings: CorpusSettings) -> Iterator[tuple[str, Row]]:
    """Yield ("train" or "dev" or why it is left out, normalised row)."""
    taken: Counter[str] = Counter()
    for raw in rows:
        row = Row(raw.tier, raw.name, normalise(raw.german), normalise(raw.english))
        if reason := sieve.reason(row):
            yield reason, row
        elif _held_out(row, taken, settings):
            taken[row.tier] += 1
            yield "dev", row
        else:
            yield "train", row


def make_corpus(
    sources: Sequence[Path], evaluation: Path, folder: Path, settings: CorpusSettings, force: bool = False
) -> None:
    """Do the step. Raises OSError or TrainingError."""
    inputs = [*sources, evaluation]
    with Step("corpus", folder, inputs, asdict(settings), force) as step:
        if not step.needed:
            return
        overlap = Overlap(evaluation_sentences(evaluation))
        sieve = Sieve(settings, overlap)
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        rows = step.progress((row for path in sources for row in read_rows(path)), "pairs read")
        parts = {part: folder / f"{part}.tsv" for part in ("train", "dev")}
        with (
            parts["train"].with_suffix(".part").open("w", encoding="utf-8") as train,
            parts["dev"].with_suffix(".part2").open("w", encoding="utf-8") as dev,
        ):
            files = {"train": train, "dev": dev}
            for verdict, row in clean_corpus(rows, sieve, settings):
                counts[row.tier][verdict] += 1
                if verdict in files:
                    files[verdict].write(f"{row.tier}\t{row.name}\t{row.german}\t{row.english}\n")
        parts["train"].with_suffix(".part").replace(parts["train"])
        parts["dev"].with_suffix(".part2").replace(parts["dev"])
        report = {tier: dict(found.most_common()) for tier, found in sorted(counts.items())}
        (folder / "rejected.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
        totals = sum(counts.values(), Counter())
        step.note(**{name.replace(" ", "_"): total for name, total in totals.most_common()})
