"""Phrases told in training pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.training.alignment import pack_links
from models.training.arrays import PairArrays
from models.training.batches import BatchMaker
from models.training.phrases import ToldPhrases, places_of, told_phrases
from models.training.rows import Row
from models.training.settings import Sampling
from models.training.units import Vocabulary
from models.training.vocabulary import encode_rows
from models.translation.annotating import CHANGE, CLOSE, MARKS, OPEN, Given
from models.translation.pieces import SentencePieceTokenizer
from tests.models.packages_help import embedded_vocabulary

PAIRS = (
    ("Am Ende schob sie den Streit auf die lange Bank.", "In the end she put off the dispute."),
    ("Der Streit war kurz.", "The dispute was brief."),
    ("Sie schob den Streit auf die lange Bank.", "She pushed the dispute onto the long bench."),
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return embedded_vocabulary(tmp_path_factory.mktemp("spm"))


@pytest.fixture(scope="module")
def vocabulary(model: Path) -> Vocabulary:
    return Vocabulary(model)


@pytest.fixture(scope="module")
def arrays(vocabulary: Vocabulary) -> PairArrays:
    plain = encode_rows([Row("written", "sample", german, english) for german, english in PAIRS], vocabulary)
    # Streit with dispute, Bank with put: units are words and marks.
    german, english = (vocabulary.units.texts(ids) for ids in (plain.source_ids(0), plain.target_ids(0)))
    first = {
        (german.index(own), english.index(other)) for own, other in (("Streit", "dispute"), ("Bank", "put"))
    }
    links = pack_links([frozenset(first), frozenset(), frozenset()])
    return PairArrays(plain.source, plain.target, plain.group, plain.groups, links)


@pytest.fixture(scope="module")
def told(arrays: PairArrays, vocabulary: Vocabulary, model: Path) -> ToldPhrases:
    return told_phrases(arrays, range(len(PAIRS)), vocabulary, SentencePieceTokenizer(model))


def test_only_phrases_with_their_english_are_told(
    arrays: PairArrays, vocabulary: Vocabulary, told: ToldPhrases
) -> None:
    assert list(told.rows) == [0], "one pair has no phrase, one another English"
    assert told.of(1) is None
    found = told.of(0)
    assert found
    ids, places = found
    pieces = [vocabulary.pieces[number] for number in ids]
    assert [piece for piece in pieces if piece in MARKS] == [OPEN, CHANGE, CLOSE]
    wish = pieces[pieces.index(CHANGE) + 1 : pieces.index(CLOSE)]
    assert vocabulary.decode([vocabulary.id_of(piece) for piece in wish]) == "put off"
    assert "Bank" not in vocabulary.decode(ids.tolist())
    own = [vocabulary.pieces[number] for number in arrays.source_ids(0)]
    assert len(places) == len(own)
    verb = pieces.index(OPEN) + 1
    bank = next(at for at, piece in enumerate(own) if piece.startswith("▁Bank"))
    assert places[bank] == verb, "the verb stands for what is hidden"
    dispute = next(at for at, piece in enumerate(own) if piece.startswith("▁Streit"))
    assert pieces[places[dispute]] == own[dispute]


def test_places_of_what_is_not_hidden_are_its_own() -> None:
    given = Given(["a", OPEN, "b", CHANGE, "x", "y", CLOSE, "c"], ((1, 2), (4, 2)))
    # The text is a, hidden, b, c, hidden.
    assert list(places_of(given)) == [0, 2, 2, 7, 2]


def test_they_are_kept_in_files(tmp_path: Path, told: ToldPhrases) -> None:
    told.save(tmp_path / "phrases")
    again = ToldPhrases.load(tmp_path / "phrases")
    assert again.rows == told.rows
    first, second = told.of(0), again.of(0)
    assert first
    assert second
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])


def test_batches_tell_them_and_move_the_links(
    arrays: PairArrays, vocabulary: Vocabulary, told: ToldPhrases
) -> None:
    task = (0, np.arange(len(PAIRS)))
    maker = BatchMaker(
        arrays, vocabulary, 10_000, sampling=Sampling(phrases=1.0, disturbed=0.0), phrases=told
    )
    [batch] = maker.make(task)
    found = told.of(0)
    assert found
    ids = found[0].tolist()
    row = next(n for n, source in enumerate(batch.source.tolist()) if source[: len(ids)] == ids)
    assert batch.links is not None
    linked = {
        (vocabulary.pieces[batch.source[row, s]], vocabulary.pieces[batch.target_out[row, t]])
        for pair, t, s in batch.links.tolist()
        if pair == row
    }
    verb = vocabulary.pieces[ids[ids.index(vocabulary.id_of(OPEN)) + 1]]
    assert linked == {(verb, "▁put"), ("▁Streit", "▁dispute")}
    without = BatchMaker(
        arrays, vocabulary, 10_000, sampling=Sampling(phrases=0.0, disturbed=0.0), phrases=told
    )
    assert all(ids != source[: len(ids)] for batch in without.make(task) for source in batch.source.tolist())
