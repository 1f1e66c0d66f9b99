"""Boundary F1 on every gold file, and the measure itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.segmentation import GOLD_FOLDER, Score, boundaries, read_gold, score, split_ours

# Tuned files must do better than those that were written afterwards and held out.
FLOOR = {"segmentation_tuning.txt": 0.98}
FLOOR_HELD_OUT = 0.95
FILES = sorted(GOLD_FOLDER.glob("segmentation_*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_boundary_f1_on_gold_file(path: Path) -> None:
    texts = read_gold(path)
    got = score(texts, [split_ours(gold.text) for gold in texts])
    assert got.right + got.missed >= 120
    assert got.f1 >= FLOOR.get(path.name, FLOOR_HELD_OUT), got


def test_reading_a_gold_file(tmp_path: Path) -> None:
    file = tmp_path / "gold.txt"
    file.write_text(
        "# Kommentar\n[erste]\nEin Satz.\nZwei⏎Sätze.\n\n"
        "Kopf⏎⏎\nText z.⍽B. hier.⁀\nEnde.\n\n[zweite]\nAllein.",
        encoding="utf-8",
    )
    texts = read_gold(file)
    assert [(gold.category, gold.line) for gold in texts] == [("erste", 3), ("erste", 6), ("zweite", 11)]
    assert [gold.text for gold in texts] == [
        "Ein Satz. Zwei\nSätze.",
        "Kopf\n\nText z.\u202fB. hier.Ende.",
        "Allein.",
    ]


def test_measure_counts_boundaries_without_white_space() -> None:
    assert boundaries(["Ab c.", "D."]) == {4}
    assert boundaries(["Abc.D."]) == set()
    got = Score(right=3, wrong=1, missed=1)
    assert (got.precision, got.recall, got.f1) == (0.75, 0.75, 0.75)
