"""Precision and recall of the finder on the gold set, by phenomenon."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pytest

from glossary import TermFinder
from tests.glossary.goldfile import GoldSentence, read_gold

PRECISION, RECALL = 0.97, 0.95
PHENOMENA = (
    "inflection",
    "adjective+noun",
    "multiword",
    "split verb",
    "compound",
    "ellipsis",
    "abbreviation",
    "spelling",
    "ambiguity",
)


@dataclass
class Count:
    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@pytest.fixture(scope="module")
def sentences() -> tuple[GoldSentence, ...]:
    return read_gold()


def count(finder: TermFinder, sentences: tuple[GoldSentence, ...]) -> dict[str, Count]:
    counts: dict[str, Count] = defaultdict(Count)
    for sentence in sentences:
        hits = finder.find(sentence.text, sentence.country)
        found = {(hit.term_id, hit.spans) for hit in hits}
        outermost = {(hit.term_id, hit.spans) for hit in hits if hit.parent is None}
        gold = set(sentence.hits)
        each = counts[sentence.phenomenon]
        each.right += len(gold & found)
        each.missed += len(gold - found)
        each.wrong += len(outermost - gold)
    return counts


def test_the_set_is_large_and_names_real_terms(
    finder: TermFinder, sentences: tuple[GoldSentence, ...]
) -> None:
    assert sum(len(sentence.hits) for sentence in sentences) >= 400
    assert {sentence.phenomenon for sentence in sentences} == set(PHENOMENA)


def test_precision_and_recall(finder: TermFinder, sentences: tuple[GoldSentence, ...]) -> None:
    counts = count(finder, sentences)
    total = Count(
        *(sum(getattr(each, name) for each in counts.values()) for name in ("right", "missed", "wrong"))
    )
    print(f"\n{'phenomenon':16}{'right':>6}{'missed':>7}{'wrong':>6}{'precision':>10}{'recall':>8}")
    for name, each in (*((name, counts[name]) for name in PHENOMENA), ("all", total)):
        print(f"{name:16}{each.right:6}{each.missed:7}{each.wrong:6}{each.precision:10.3f}{each.recall:8.3f}")
    assert total.precision >= PRECISION
    assert total.recall >= RECALL
    for name in PHENOMENA:
        assert counts[name].precision >= PRECISION - 0.03, name
        assert counts[name].recall >= RECALL - 0.03, name
