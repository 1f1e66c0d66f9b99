"""Typing errors that are sure are taken out of what the model reads."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path

import pytest

from models.lexicon import Lexicon
from models.lexicon.building.german_list import german_list
from models.lexicon.german_words import german_words
from models.translation import typing_errors
from models.translation.preparing import prepare
from models.translation.typing_errors import corrected
from models.translation.word_case import WordCase


def knows(char: str) -> bool:
    return char.isascii() or char in "äöüÄÖÜß"


def test_the_list_has_forms_as_they_are_spelled() -> None:
    known = german_words()
    assert {"Regierung", "Regierungen", "beschlossen", "Bundestages", "über"} <= known
    assert not {"regierung", "Regeirung", "die"} & known
    assert german_list(Counter({"Haus": 8, "Huas": 7, "der": 900, "alte": 9})) == ["Haus", "alte"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Regeirung hat es bschlossen.", "Die Regierung hat es beschlossen."),
        ("Sie haben darübber gesprochhen.", "Sie haben darüber gesprochen."),
        ("Der Bundsetag tagt.", "Der Bundestag tagt."),
        ("Frau Twesten und Herr Knightly kooperierten.", None),
        ("Die Landreise zur Baumreihe riskierten sie.", None),
        ("DIE REGEIRUNG", None),
        ("Siehe example.org/Regeirung oder Regeirung2.", None),
        ("Er siht es.", None),  # too short to be sure
        ("Die Kleptokratie und der Quirxel.", None),
    ],
)
def test_what_is_corrected(text: str, expected: str | None) -> None:
    new = corrected(text)
    assert (new.text if new else None) == expected


@pytest.mark.parametrize(
    ("sentence", "right", "wrong"),
    [
        ("Die Regeirung tagt.", "Regierung", "Regeirung"),
        ("Sie haben darübber geredet.", "darüber", "darübber"),
        ("Der Bundsetag und die Regierug.", "Regierung", "Regierug"),
    ],
)
def test_every_letter_knows_where_it_stood(sentence: str, right: str, wrong: str) -> None:
    prepared = prepare(sentence, knows)
    start = prepared.text.index(right)
    assert sentence[slice(*prepared.span(start, start + len(right)))] == wrong
    assert all(0 <= first < last <= len(sentence) for first, last in prepared.spans)
    rest = prepared.text.index(".")
    assert sentence[slice(*prepared.span(rest, rest + 1))] == "."


def test_without_a_lexicon_the_sentence_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    without = WordCase(Lexicon(tmp_path / "none.sqlite3"))
    monkeypatch.setattr(typing_errors, "speller", lambda: without)
    with caplog.at_level(logging.WARNING):
        assert corrected("Die Reegierungen tagen.") is None
    assert "Typing errors" in caplog.text
