"""Step 1: one clean training text out of the corpora (rows.py), and a part of it held out.

Written are `train.tsv` and `dev.tsv` in the same format, and `rejected.json`: how many pairs of each tier
were left out and why.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, starmap
from pathlib import Path

from models.training.cleaning import Limits, fault, normalise, template
from models.training.overlap import Overlap
from models.training.rows import Row, read_rows, read_translated
from models.training.steps import Step


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """[corpus] of the settings file: what is cleaned out, and how many pairs a tier gives to the dev part."""

    limits: Limits = field(default_factory=Limits)
    same_source: int = 2
    same_template: int = 3
    dev_per_tier: int = 100
    dev_tiers: tuple[str, ...] = ("written", "news", "politics")


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
    sources: Sequence[Path],
    evaluation: Path,
    folder: Path,
    settings: CorpusSettings,
    force: bool = False,
    translated: Sequence[tuple[Path, Path]] = (),
) -> None:
    """Do the step; `translated` are files of English, each with the text that it translates.

    Raises OSError or TrainingError.
    """
    inputs = [*sources, evaluation, *chain.from_iterable(translated)]
    with Step("corpus", folder, inputs, asdict(settings), force) as step:
        if not step.needed:
            return
        overlap = Overlap(evaluation_sentences(evaluation))
        sieve = Sieve(settings, overlap)
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        files_rows = [*map(read_rows, sources), *starmap(read_translated, translated)]
        rows = step.progress(chain.from_iterable(files_rows), "pairs read")
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
