"""Parts of speech, lemmas and morphemes by HanTa (Wartena 2019, LGPL-3; its model is in its wheel)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from models.lexicon.values import Pos

_LOADING: Final = threading.Lock()
_LONGEST: Final = 50  # HanTa's time grows with the square of the length
_BY_TAG: Final[dict[str, Pos]] = {
    "NN": "noun",
    "NNA": "noun",
    "NNI": "noun",
    "TRUNC": "noun",
    "NE": "name",
    "VV": "verb",
    "VA": "verb",
    "VM": "verb",
    "PTKVZ": "verb",
    "ADJ": "adjective",
    "ADV": "adverb",
    "PWAV": "adverb",
    "PROAV": "adverb",
    "APPR": "preposition",
    "APPRART": "preposition",
    "APPO": "preposition",
    "APZR": "preposition",
    "ART": "article",
    "CARD": "number",
    "ITJ": "particle",
    "KON": "conjunction",
    "KOUS": "conjunction",
    "KOUI": "conjunction",
    "KOKOM": "conjunction",
}


def pos_of(tag: str) -> Pos:
    """Return the part of speech for a tag of HanTa's (STTS with additions)."""
    main = tag.split("(")[0]
    if main in _BY_TAG:
        return _BY_TAG[main]
    if main.startswith("PTK"):
        return "particle"
    return "pronoun" if main.startswith("P") else "other"


@dataclass(frozen=True, slots=True)
class Analysis:
    """HanTa's view of a word form under one tag; `morphemes`: (text, morpheme tag), lower case."""

    tag: str
    lemma: str
    morphemes: tuple[tuple[str, str], ...]


@lru_cache(1)
def _hanta() -> Any:
    """Return HanTa's German model; all taggers share it (35 MB)."""
    from HanTa.HanoverTagger import HanoverTagger

    model = HanoverTagger("morphmodel_ger.pgz")
    compute = model.analyze_forward
    model.analyze_forward = lru_cache(maxsize=20_000)(compute)
    return model


class Tagger:
    """HanTa, loaded at first use (0.1 s), with the analyses of the latest words kept; thread-safe."""

    def __init__(self, kept: int = 20_000) -> None:
        self.analyse = lru_cache(maxsize=kept)(self._analyse)
        self._word_tags = lru_cache(maxsize=kept)(self._find_word_tags)
        self.tags = lru_cache(maxsize=64)(self._tags)

    def _model(self) -> Any:
        with _LOADING:
            return _hanta()

    def _tags(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the tag of every word of a sentence, in its context."""
        if not words:
            return ()
        shortened = [word[:_LONGEST] for word in words]
        return tuple(self._model().tag_sent(shortened, taglevel=0))

    def _find_word_tags(self, word: str) -> tuple[tuple[str, float], ...]:
        found = self._model().tag_word(word[:_LONGEST], cutoff=4)
        return tuple((tag, float(weight)) for tag, weight in found)

    def word_tags(self, word: str) -> Sequence[tuple[str, float]]:
        """Return the likely tags of a word by itself, best first, with log-probabilities."""
        return self._word_tags(word)

    def likeliest_tag(self, word: str) -> str:
        """Return the likeliest tag of a word by itself, "" if it has none."""
        return next((tag for tag, _ in self.word_tags(word)), "")

    def _analyse(self, word: str, tag: str) -> Analysis:
        """Return lemma and morphemes of a word under a tag."""
        model = self._model()
        word = word[:_LONGEST]
        lemma = model.analyze(word, pos=tag, taglevel=1)[0]
        _, morphemes, _ = model.analyze(word, pos=tag, taglevel=3)
        return Analysis(tag, lemma, tuple((text, kind) for text, kind in morphemes))
