"""Precision and recall of the grammar notes, kind by kind, and the reading of the gold file."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.grammar import KINDS, GrammarAnalyser
from models.grammar.measuring import Score, measure, read_gold

GOLD = Path(__file__).parent / "gold" / "grammar.tsv"
# Kinds that may miss more: they are noted only where the forms leave no doubt.
RECALL = {"genitive": 0.7, "order": 0.25, "genitive-verb": 0.0, "state-passive": 0.6, "verb-final": 0.75}


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    analyser = GrammarAnalyser()
    sentences = list(read_gold(GOLD))
    return {
        section: measure([sentence for sentence in sentences if sentence.section == section], analyser)
        for section in ("first", "heldout")
    }


def test_the_gold_set_is_large_enough() -> None:
    sentences = list(read_gold(GOLD))
    sections = [sentence.section for sentence in sentences]
    assert (sections.count("first"), sections.count("heldout")) == (120, 65)
    assert sum(not sentence.notes for sentence in sentences) >= 35
    assert {kind for sentence in sentences for note in sentence.notes for kind in note.kinds} == set(KINDS)


@pytest.mark.parametrize("section", ["first", "heldout"])
def test_precision_and_recall(section: str, scores: dict[str, Score]) -> None:
    score = scores[section]
    assert score.precision() >= 0.97, score.errors
    assert score.recall() >= (0.95 if section == "first" else 0.85), score.errors


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_precise(kind: str, scores: dict[str, Score]) -> None:
    wrong = sum(score.wrong[kind] for score in scores.values())
    given = wrong + sum(score.right[kind] for score in scores.values())
    assert given >= 2
    assert wrong <= max(0.1 * given, 0.99), [score.errors for score in scores.values()]


@pytest.mark.parametrize("section", ["first", "heldout"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found(kind: str, section: str, scores: dict[str, Score]) -> None:
    assert scores[section].recall(kind) >= RECALL.get(kind, 0.9), scores[section].errors


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("separable setzt durch", "kind, tab, words expected"),
        ("separabel\tsetzt durch", "kind, tab, words expected"),
        ("separable\tsetzt um", "there is no um"),
        ("separable\tsetzt setzt#2", "there is no setzt#2"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "gold.tsv"
    file.write_text(f"[a]\n= Er setzt es durch.\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"gold\.tsv:3: {message}"):
        list(read_gold(file))


def test_ranges_counts_and_options(tmp_path: Path) -> None:
    file = tmp_path / "gold.tsv"
    file.write_text(
        "[a]\n= Der Rat der Stadt.\ngenitive\tRat der..Stadt\n"
        "[b]\n= Der Rat und der Rat.\norder?|pointer\tRat#2\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="kind"):
        list(read_gold(file))
    file.write_text(file.read_text("utf-8").replace("order?|pointer", "order|pointer?"), encoding="utf-8")
    first, second = read_gold(file)
    assert (first.section, first.notes[0].words) == ("a", frozenset({1, 2, 3}))
    assert (second.notes[0].words, second.notes[0].optional) == (frozenset({4}), True)
    assert second.notes[0].kinds == {"order", "pointer"}


def test_what_is_given_and_not_due_counts_as_wrong(tmp_path: Path) -> None:
    file = tmp_path / "gold.tsv"
    file.write_text("[a]\n= Er setzt es durch.\nseparable\tsetzt es\nverb-final?\tEr\n", encoding="utf-8")
    score = measure(list(read_gold(file)), GrammarAnalyser())
    assert (score.right.total(), score.wrong["separable"], score.missed["separable"]) == (0, 1, 1)
    assert score.precision("separable") == 0
    assert score.missed.total() == 1
