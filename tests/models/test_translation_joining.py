"""The English of a part of a long sentence, fitted to its neighbours."""

from __future__ import annotations

import pytest

from models.translation.joining import fitted_part


@pytest.mark.parametrize(
    ("english", "german", "expected"),
    [
        (
            "Because the government asked.",
            "weil die Regierung das verlangte,",
            "because the government asked,",
        ),
        ("And they left it.", "und sie ließen es", "and they left it"),
        ("The rest stays.", "Der Rest bleibt:", "The rest stays"),  # a capital in the German, too
        ("Merkel said so.", "sagte Merkel,", "Merkel said so,"),
        ("I saw it,", "ich sah es,", "I saw it,"),
        ("He met the U.S.", "er traf die USA", "he met the U.S."),
        ("It rains ...", "es regnet", "it rains ..."),
        ("They asked why.", "sie fragten: Warum?", "they asked why."),
        ("Who is it?", "wer ist es", "who is it?"),
        ("“The end,” she said.", "„Das Ende“, sagte sie,", "“The end,” she said,"),
        ("They met Dr.", "sie trafen Dr.", "they met Dr."),
        ("It ends at 5 p.m.", "es endet um 17 Uhr", "it ends at 5 p.m."),
    ],
)
def test_a_part_from_the_middle(english: str, german: str, expected: str) -> None:
    assert fitted_part(english, german, first=False, last=False) == expected


def test_the_ends_of_a_sentence_stay() -> None:
    assert fitted_part("The law is good.", "das Gesetz ist gut", first=True, last=True) == "The law is good."
    assert fitted_part("The law is good.", "das Gesetz ist gut", first=False, last=True) == "the law is good."
    assert fitted_part("The law is good.", "das Gesetz ist gut", first=True, last=False) == "The law is good"
