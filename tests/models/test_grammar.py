"""Single grammar notes, word for word."""

from __future__ import annotations

import pytest

from models.grammar import GrammarAnalyser, GrammarNote


@pytest.fixture(scope="module")
def analyser() -> GrammarAnalyser:
    return GrammarAnalyser()


def of_kind(analyser: GrammarAnalyser, kind: str, sentence: str) -> list[GrammarNote]:
    return [note for note in analyser.notes(sentence) if note.kind == kind]


def marked(note: GrammarNote, sentence: str) -> list[str]:
    return [sentence[start:end] for start, end in note.spans]


def test_separable_verb_is_joined(analyser: GrammarAnalyser) -> None:
    sentence = "Die Regierung setzt das Gesetz gegen die Länder durch."
    (note,) = of_kind(analyser, "separable", sentence)
    assert marked(note, sentence) == ["setzt", "durch"]
    assert note.rewritten == "durchsetzen"
    assert note.label == "Separable verb"
    assert note.explanation == (
        "“setzt” and “durch” are one verb, “durchsetzen”: its prefix stands at the end of its clause."
    )
