"""Words translated by hand: how they stand beside counted ones, and what the shipped file holds."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from models.lexicon import SHIPPED, Lexicon
from models.lexicon.building.writing import SCHEMA
from models.lexicon.building.written import WrittenWord, add_written, merged, read_written
from models.lexicon.english_words import english_words
from models.lexicon.values import Rendering
from models.translation.rare_words import RareWords


def counted(*values: tuple[str, float, int]) -> list[Rendering]:
    return [Rendering(*value) for value in values]


def test_counted_english_stays_where_there_is_enough() -> None:
    enough = counted(("hip", 0.9, 20), ("waist", 0.1, 3))
    assert merged(enough, ("hip bone",)) == tuple(enough)
    many = counted(("way", 0.3, 40), ("means", 0.3, 39))
    assert merged(many, ("possibility",)) == tuple(many)


def test_written_english_comes_before_what_was_seen_seldom() -> None:
    old = counted(("bag", 0.5, 2), ("bite", 0.3, 2), ("noise", 0.2, 1))
    found = merged(old, ("tick bite", "bite"))
    assert [each.english for each in found] == ["tick bite", "bite", "bag"]
    assert [each.count for each in found] == [0, 0, 2]
    assert sum(each.share for each in found) == pytest.approx(1)
    assert found[0].share > found[1].share > found[2].share
    again = merged(found, ("tick bite", "bite"))
    assert [(each.english, each.count) for each in again] == [(each.english, each.count) for each in found]
    assert [each.share for each in again] == pytest.approx([each.share for each in found])
    assert merged([], ("a", "b", "c", "d")) == merged([], ("a", "b", "c"))


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    path = tmp_path / "lexicon.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
        rows = [
            ("Kran", "noun", "m", "Kräne", 5, 9, "", "crane\t1000\t9", ""),
            ("Zecke", "noun", "f", "Zecken", 5, 6, "", "shock\t1000\t1", ""),
        ]
        connection.executemany("INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?)", rows)
        connection.executemany("INSERT INTO meta VALUES(?,?)", [("lemmas", "2"), ("translated", "2")])
    connection.close()
    return path


def test_words_are_added_once(lexicon: Path) -> None:
    words = [
        WrittenWord("Zecke", "noun", "f", ("tick",)),
        WrittenWord("Kran", "noun", "m", ("hoist",)),
        WrittenWord("obendrein", "adverb", "", ("on top of that", "besides")),
    ]
    assert add_written(lexicon, words) == 2
    first = lexicon.read_bytes()
    found = Lexicon(lexicon)
    zecke, kran, top = (found.look_up(word) for word in ("Zecke", "Kran", "obendrein"))
    assert zecke
    assert kran
    assert top
    assert [each.english for each in zecke.translations] == ["tick"]
    assert (zecke.plural, zecke.count) == ("Zecken", 6), "the rest of the entry stays"
    assert [each.english for each in kran.translations] == ["crane"]
    assert [each.english for each in top.translations] == ["on top of that", "besides"]
    assert found.facts()["lemmas"] == "3"
    assert add_written(lexicon, words) == 0
    assert lexicon.read_bytes() == first


@pytest.mark.parametrize(
    "line", ["Haus\tnoun\tn", "Haus\tthing\tn\thouse", "Haus\tnoun\tx\thouse", "a\tverb\t\t | "]
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(f"Kran\tnoun\tm\tcrane\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"words\.tsv:2: "):
        list(read_written(path))


def test_the_shipped_words_are_in_the_shipped_lexicon(tmp_path: Path) -> None:
    words = list(read_written())
    keys = [(word.lemma, word.pos) for word in words]
    assert len(set(keys)) == len(keys)
    copy = tmp_path / "copy.sqlite3"
    shutil.copyfile(SHIPPED, copy)
    assert add_written(copy, words) == 0, "run python -m models.lexicon.building.written"
    known = english_words()
    strange = [
        word.lemma
        for word in words
        if not any(part.lower() in known for each in word.english for part in re.split(r"\W", each))
    ]
    assert len(strange) < len(words) / 50, strange[:40]


def test_the_model_is_told_words_that_nobody_counted() -> None:
    lexicon, told = Lexicon(), RareWords(Lexicon())
    rare = [
        word.lemma
        for word in read_written()
        if word.pos == "noun" and (entry := lexicon.look_up(word.lemma, "noun")) and entry.count < 3
    ][::10]
    found = [word for word in rare if any(each.span[0] == 8 for each in told.find(f"Es gibt {word} dort."))]
    assert len(found) > 0.85 * len(rare) > 100
    plural = told.find("Es gab Abbrucharbeiten.")
    assert [each.renderings for each in plural] == [("demolition work",)]
