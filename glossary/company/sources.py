"""The plain German sentences that the weights are learnt from; they stay outside the repository.

Read is the folder of the shared training text: `corpus/train.tsv.xz` and `corpus/written2.tsv` (tier, name,
German and English with tabs between; their README and CORPORA.tsv say where each comes from and under which
licence) and `mono/bundestag_plpr.de.txt.xz` (minutes of the Bundestag, a paragraph a line). Nearest to what
readers bring are news; of the rest only a part is taken, enough to know everyday words.
"""

from __future__ import annotations

import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAIRS = (Path("corpus/train.tsv.xz"), Path("corpus/written2.tsv"))
MINUTES = Path("mono/bundestag_plpr.de.txt.xz")
# The share of each tier that is taken, and of single parts of it: much of the politics tier is software,
# questionnaires and forms, and everyday sentences for learners are all alike.
_TIERS = {
    "news": 1.0,
    "written": 1.0,
    "synthetic": 0.6,
    "general": 0.5,
    "religion": 0.3,
    "politics": 0.08,
    "technical": 0.03,
}
_PARTS = {
    "de_news_llm": 1.0,
    "opennmt_wmt10k": 1.0,
    "nmt_hybrid_wmt10k": 1.0,
    "ud_pud": 1.0,
    "europarl7_docs": 0.6,
    "europarl_v7_first20k": 0.6,
    "quarteera": 0.6,
    "ukp_essays": 0.6,
    "wellbeing_in_germany": 0.6,
    "tatoeba_short50k": 0.35,
    "tatoeba_atmt11k": 0.35,
}
_MINUTES_SHARE = 0.3
# How much a sentence counts: minutes have one manner of speaking, Bible and software are far from the news.
_WEIGHTS = {"religion": 0.5, "technical": 0.5}
_MINUTES_WEIGHT = 0.2
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„])")


@dataclass(frozen=True, slots=True)
class Line:
    """A German sentence, and how much it counts in learning."""

    text: str
    weight: float = 1.0


def lines(folder: Path) -> Iterator[Line]:
    """Yield the sentences to learn from, always the same ones in the same order.

    FileNotFoundError if the folder lacks one of the files.
    """
    for name in PAIRS:
        for row in _rows(folder / name):
            tier, part, german = row.split("\t")[:3]
            if _taken(german, _PARTS.get(part, _TIERS.get(tier, 0.0))):
                yield Line(german, _WEIGHTS.get(tier, 1.0))
    for paragraph in _rows(folder / MINUTES):
        if _taken(paragraph, _MINUTES_SHARE):
            for text in _SENTENCE_END.split(paragraph):
                yield Line(text, _MINUTES_WEIGHT)


def _rows(path: Path) -> Iterator[str]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for row in file:
            yield row.rstrip("\n")


def _taken(text: str, share: float) -> bool:
    """Whether a text is in the share: told by its own letters, so that the choice never changes."""
    return zlib.crc32(text.encode()) < share * 2**32
