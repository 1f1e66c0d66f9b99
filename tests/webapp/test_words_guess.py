"""What the translation model makes of single words, for those that the lexicon lacks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from models.lexicon import WordExplainer, WordInfo
from webapp.services import Services
from webapp.settings import Settings
from webapp.word_guess import guess


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    services = Services(Settings(home=Path(tmp_path_factory.mktemp("home"))))
    yield services
    services.close()


def info_of(sentence: str, word: str) -> WordInfo:
    info = WordExplainer().explain(sentence, sentence.index(word))
    assert info is not None
    return info


@pytest.mark.parametrize(
    ("sentence", "word"),
    [("Der Kohlekompromiss steht.", "Kohle"), ("Sie regieren.", "regieren"), ("Er ist müde.", "müde")],
)
def test_the_frame_is_taken_off_again(parts: Services, sentence: str, word: str) -> None:
    english = guess(parts.translator(), info_of(sentence, word))
    assert english
    assert not english.lower().startswith(("the ", "we ", "it ", "that "))
    assert not english.endswith(".")


def test_stuttering_is_no_guess(parts: Services) -> None:
    english = guess(parts.translator(), info_of("Die Umweltministerkonferenz tagt.", "Umwelt"))
    words = english.split()
    assert all(one != other for one, other in pairwise(words))
