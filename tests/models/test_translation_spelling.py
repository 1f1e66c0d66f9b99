"""German without umlauts and with divided words, as the model gets to read it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from models.lexicon import Lexicon
from models.translation import spelling
from models.translation.casing import speller
from models.translation.preparing import prepare
from models.translation.spelling import grouped, joined, umlauted
from models.translation.word_case import WordCase


def knows(char: str) -> bool:
    return char.isascii() or char in "äöüÄÖÜß"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Regierung will fuer naechstes Jahr pruefen.", "Die Regierung will für nächstes Jahr prüfen."),
        ("Ueber den Maerz hinaus.", "Über den März hinaus."),
        ("Sie muessten die Strasse sperren.", "Sie müssten die Straße sperren."),
        ("Das Buendnis der Windraeder ueberlebt.", "Das Bündnis der Windräder überlebt."),
        ("Der US-Praesident moechte das.", "Der US-Präsident möchte das."),
        ("Aktuell steuern neue Bauern die Poesie individueller Duelle.", None),
        ("Robert Mueller sprach in Israel mit Samuel.", None),  # may be called so
        ("Das sagte er gestern ueber Mueller.", "Das sagte er gestern über Müller."),
        ("Die Strasse in Bern ist gross.", None),  # Swiss
        ("Für Groesse.", None),  # knows how to write ü
        ("Siehe https://example.org/fuer/alle und #fuer.", None),
        ("Blue Queue True Value.", None),
    ],
)
def test_umlauts(text: str, expected: str | None) -> None:
    new = umlauted(text)
    assert (new.text if new else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Bundesregie- rung tagt.", "Die Bundesregierung tagt."),
        ("Die Haushalts- und Finanzpolitik.", None),
        ("Die Zwei- bis Dreijährigen, Land- oder Bundes-, hin- wie hergerissen.", None),
        ("Das ist gut- das weiß man.", None),
        ("Die CDU- nahe Stiftung und die EU- kritische.", None),
        ("Üble Praktiken- schneller gelöst.", None),
        ("Der Land- und Bundes- tag.", "Der Land- und Bundestag."),
    ],
)
def test_divided_words(text: str, expected: str | None) -> None:
    new = joined(text)
    assert (new.text if new else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das kostet 700 000 Euro.", "Das kostet 700.000 Euro."),
        ("Von 12 345 678 Menschen", "Von 12.345.678 Menschen"),
        ("1 500,50 Euro", "1.500,50 Euro"),
        ("Im Jahr 2015 100 Verbrechen", None),
        ("Telefon 07422 270 und 0711 123 456", None),
        ("Anruf unter 030 227 123", None),
        ("27 01-0 oder 12 345-6", None),
        ("Am 5. 300 Leute", None),
        ("Die Werte 12 345 6", None),
    ],
)
def test_spaced_numbers(text: str, expected: str | None) -> None:
    new = grouped(text)
    assert (new.text if new else None) == expected


def test_every_letter_knows_where_it_stood() -> None:
    sentence = "Fuer die Bundesregie- rung waere das schoen."
    prepared = prepare(sentence, knows)
    assert prepared.text == "Für die Bundesregierung wäre das schön."
    for word, original in (("Für", "Fuer"), ("Bundesregierung", "Bundesregie- rung"), ("wäre", "waere")):
        start = prepared.text.index(word)
        assert sentence[slice(*prepared.span(start, start + len(word)))] == original


def test_without_a_lexicon_the_sentence_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(speller(), WordCase)
    without = WordCase(Lexicon(tmp_path / "none.sqlite3"))
    monkeypatch.setattr(spelling, "speller", lambda: without)
    with caplog.at_level(logging.WARNING):
        assert umlauted("Das waere schoen.") is None
        assert joined("Die Bundesregie- rung.") is None
    assert "without umlauts" in caplog.text
    assert "Divided words" in caplog.text
