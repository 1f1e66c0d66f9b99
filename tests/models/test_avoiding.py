"""Words that are none, kept from being written: where they are stopped, what the model writes instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.lexicon.english_words import begins_word
from models.translation.avoiding import openings
from models.translation.decoding import Decoded, Decoder
from models.translation.pieces import Tokenizer
from models.translation.planning import Part
from models.translation.rare_words import RareWords
from models.translation.retelling import AVOIDING_SLACK, Reteller

GERMAN = "Die Regierung hat gestern ein neues Gesetz beschlossen."
ENGLISH = "The government decidedid a new lawaw yesterday."


def test_words_begin_with_their_beginnings() -> None:
    assert all(map(begins_word, ("civ", "civilisation", "governmen", "a")))
    assert not any(map(begins_word, ("civir", "governmentt", "lawaw", "zzzz")))


@pytest.mark.parametrize(
    ("german", "english", "pieces", "word", "expected"),
    [
        ("zivil", "A civirusal decline", "▁A ▁civ ir us al ▁decline", "civirusal", ["▁civ", "ir"]),
        ("Täter", "“Murderapons!", "▁“ M urder ap ons !", "Murderapons", ["M", "urder", "ap"]),
        ("Kreis", "The Kreis", "▁The ▁Kreis", "Kreis", None),
        ("das", "a govern", "▁a ▁go ver n", "govern", None),
        ("In Eydtkuhnen", "In Eydtkuhn", "▁In ▁E y dt kuhn", "Eydtkuhn", None),
        ("am Grenfell-Turm", "at Grenfella", "▁at ▁Gren fella", "Grenfella", ["▁Gren", "fella"]),
    ],
)
def test_a_word_is_stopped_where_it_is_none(
    german: str, english: str, pieces: str, word: str, expected: list[str] | None
) -> None:
    span = (english.index(word), english.index(word) + len(word))
    found = list(openings(german, english, pieces.split(), [span]))
    assert found == ([tuple(expected)] if expected else [])


def written(loaded: tuple[Tokenizer, Decoder], english: str, score: float) -> tuple[Part, Decoded]:
    """A part and a decoding of it that some model might have made."""
    tokenizer, decoder = loaded
    part = Part(0, GERMAN, tokenizer.encode(GERMAN))
    pieces = tokenizer.encode(english)
    return part, Decoded(((pieces, score),), decoder.attention_of(part.pieces, pieces))


def test_the_model_writes_something_else(loaded: tuple[Tokenizer, Decoder]) -> None:
    tokenizer, decoder = loaded
    reteller = Reteller(tokenizer, decoder, RareWords())
    part, first = written(loaded, ENGLISH, -2.0)
    assert len(reteller.nonwords.find(GERMAN, ENGLISH)) == 2
    second = reteller.reworded(part, first, None)
    assert second
    english = tokenizer.decode(second.hypotheses[0][0])
    assert not reteller.nonwords.find(GERMAN, english)
    assert "law" in english
    assert len(second.attention) >= len(second.hypotheses[0][0])


def test_what_the_model_finds_far_less_likely_is_not_taken(loaded: tuple[Tokenizer, Decoder]) -> None:
    tokenizer, decoder = loaded
    reteller = Reteller(tokenizer, decoder, RareWords())
    part, first = written(loaded, ENGLISH, -2.0)
    second = reteller.reworded(part, first, None)
    assert second
    reached = second.hypotheses[0][1]
    for score, taken in ((reached + AVOIDING_SLACK - 0.01, True), (reached + AVOIDING_SLACK + 0.01, False)):
        other = replace(first, hypotheses=((first.hypotheses[0][0], score),))
        assert bool(reteller.reworded(part, other, None)) is taken
    # Other numbers are other facts, however likely.
    assert reteller.reworded(*written(loaded, "The governmentt decided two laws.", -9.0), None) is None


def test_english_without_made_up_words_is_left_alone(loaded: tuple[Tokenizer, Decoder]) -> None:
    reteller = Reteller(*loaded, RareWords())
    assert reteller.reworded(*written(loaded, "The government decided on a new law.", -9.0), None) is None


def test_sequences_are_not_written(loaded: tuple[Tokenizer, Decoder]) -> None:
    tokenizer, decoder = loaded
    pieces = tokenizer.encode("Die Opposition kritisiert den Entwurf.")
    [(usual, _score)] = decoder.collect(decoder.submit([pieces])[0]).hypotheses
    forbidden = tuple(usual[-3:-1])  # what is written last, so that the beginning may stay
    [(other, _score)] = decoder.avoiding(pieces, [forbidden]).hypotheses
    assert other[:1] == usual[:1]
    assert all(tuple(other[n : n + 2]) != forbidden for n in range(len(other)))
