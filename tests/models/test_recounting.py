"""Numbers that the English has lost: which are missed, what the model is told, which decoding is taken."""

from __future__ import annotations

import pytest

from models.figures import english_figures, german_figures
from models.packages import PackageStore
from models.translation import Translator
from models.translation.annotating import Given
from models.translation.decoding import Decoded, Decoder
from models.translation.nonwords import Nonwords
from models.translation.pieces import Tokenizer
from models.translation.planning import Part
from models.translation.rare_words import RareWords
from models.translation.recounting import SLACK, Recounter, english_of, lost_figures
from tests.models.packages_help import embedded_archive

GERMAN = "Die Stadt zahlt der Schule 38.000 Euro für das neue Dach."
LOST = "The city is paying the school for the new roof."


def decoded(english: str, score: float, tokenizer: Tokenizer) -> Decoded:
    pieces = tokenizer.encode(english)
    return Decoded(((pieces, score), (tokenizer.encode("Another one."), score - 1)), [])


@pytest.mark.parametrize(
    ("german", "english", "lost"),
    [
        (GERMAN, LOST, ["38.000"]),
        (GERMAN, "The city pays 38,000 euros.", []),
        ("Am 5. Juni um 17.30 Uhr", "On 5 June at 5:30 p.m.", []),
        ("Am 5. Juni um 17.30 Uhr", "In June at 6:30 p.m.", ["5.", "17.30 Uhr"]),
        ("Zwei von drei", "Two of them", ["drei"]),
        ("Eine Stadt", "Some town", []),
    ],
)
def test_lost_numbers(german: str, english: str, lost: list[str]) -> None:
    missed = lost_figures(german_figures(german), english_figures(english))
    assert [german[f.start : f.end].strip() for f in missed] == lost


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("38.000 Euro", "38,000"),
        ("4,5 Milliarden Euro", "4.5 billion"),
        ("2 Mio. Euro", "2 million"),
        ("17.30 Uhr", "5:30 p.m."),
        ("0.05 Uhr", "12:05 a.m."),
        ("24 Uhr", "12 a.m."),
        ("am 17. Juli", "17"),
        ("3 bis 4", "3"),
        ("Im Jahr 2015", "2015"),
        ("drei", ""),
    ],
)
def test_numbers_as_english_writes_them(german: str, english: str) -> None:
    assert english_of(german, german_figures(german)[0]) == english


@pytest.mark.parametrize("annotates", [True, False])
def test_a_lost_number_is_regained(loaded: tuple[Tokenizer, Decoder], annotates: bool) -> None:
    tokenizer, decoder = loaded
    part = Part(0, GERMAN, tokenizer.encode(GERMAN))
    recounter = Recounter(tokenizer, decoder, annotates, Nonwords(RareWords()))
    first = decoded(LOST, -1.0, tokenizer)

    best = recounter.recounted(part, first, Given(part.pieces))

    assert best is not None
    pieces = best.hypotheses[0][0]
    assert "38,000" in tokenizer.decode(pieces)
    # As many hypotheses as before, and attention from each piece to those of the plain sentence.
    assert best.hypotheses[1:] == first.hypotheses[:1]
    assert len(best.attention) in (len(pieces), len(pieces) + 1)
    assert {len(row) for row in best.attention} <= {len(part.pieces), len(part.pieces) + 1}


def test_what_is_there_or_far_likelier_stays(loaded: tuple[Tokenizer, Decoder]) -> None:
    tokenizer, decoder = loaded
    part = Part(0, GERMAN, tokenizer.encode(GERMAN))
    recounter = Recounter(tokenizer, decoder, annotates=True)
    there = decoded("The city is paying the school 38,000 euros.", -1.0, tokenizer)
    assert recounter.recounted(part, there, Given(part.pieces)) is None
    # No decoding is within the slack of what is likelier than certain.
    assert recounter.recounted(part, decoded(LOST, SLACK + 0.1, tokenizer), Given(part.pieces)) is None


def test_negations_stay_as_many(loaded: tuple[Tokenizer, Decoder]) -> None:
    tokenizer, decoder = loaded
    part = Part(0, GERMAN, tokenizer.encode(GERMAN))
    denied = decoded("The city is not paying the school for the new roof.", -1.0, tokenizer)
    assert Recounter(tokenizer, decoder, annotates=True).recounted(part, denied, Given(part.pieces)) is None


def test_spaced_numbers_come_through_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    package = PackageStore(tmp_path_factory.mktemp("store")).install(embedded_archive())
    german = "Die Kosten für die Brücken betragen 700 000 Euro."
    [(_, translation)] = Translator(package).translate([german])
    assert "700,000" in translation.english
    # The links know the number as it stands in the German.
    place = german.index("700 000")
    assert any(place <= link.source[0] < link.source[1] <= place + 7 for link in translation.links)
