"""What the text around a sentence tells about its words: the country, and how political the company is.

A sentence alone often does not say whose Bundesrat is meant, or whether the Präsidium is a party's or a
football club's; the sentences beside it and the whole text do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossary.company import company
from glossary.countries import TextCountry
from glossary.index import Index
from glossary.spelling import fold
from glossary.terms import COMPANY_RULES

# How far one country must be ahead of the others for the whole text to be about it.
_CLEAR = 2.0
# How much the sentence beside counts (half of that each step further; a paragraph's end is a step, too), and
# the mean of the whole text. One sentence is bounded, so that a long one does not decide for all, and all of
# them together, so that a sentence that speaks clearly itself is believed. Chosen with
# tests/glossary/gold/texts_dev.tsv.
_BESIDE = 0.7
_STEPS = 3
_WHOLE = 1.2
_ONE_AT_MOST = 3.0
_ALL_AT_MOST = 1.75
# Words of a neighbour: another term, and a noun of which nothing is known. Political words are mostly known.
_FELLOW = 1.0
_UNKNOWN = -0.2
_WORD = re.compile(r"[^\W_](?:[\w-]*\w)?")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known about a sentence from the text that it stands in.

    `country`: DE, AT or CH, None if unclear; `company`: log-odds, above 0 in a political text.
    """

    country: str | None = None
    company: float = 0.0


ALONE = Surroundings()
"""Of a sentence without a text."""


class SurroundingsReader:
    """Reads whole texts. Made once for a glossary; safe to use from threads."""

    def __init__(self, index: Index) -> None:
        self._country = TextCountry(index)
        self._weights = _Weights(index)

    def read(self, paragraphs: Sequence[Sequence[str]]) -> tuple[Surroundings, ...]:
        """The surroundings of every sentence of a text, in reading order.

        `paragraphs`: the sentences of each paragraph.
        """
        sentences = [(number, text) for number, part in enumerate(paragraphs) for text in part]
        words = [_WORD.findall(text) for _, text in sentences]
        counts = Counter(word for found in words for word in found)
        countries = self._countries(paragraphs, sentences, words, counts)
        weights = {word: self._weights.of(word) for word in counts}
        scores = [_bounded(sum(weights[word] for word in found), _ONE_AT_MOST) for found in words]
        total, others = sum(scores), max(len(scores) - 1, 1)
        return tuple(
            Surroundings(
                countries[sentences[place][0]],
                round(
                    _bounded(
                        _beside(sentences, scores, place) + _WHOLE * (total - own) / others, _ALL_AT_MOST
                    ),
                    2,
                ),
            )
            for place, own in enumerate(scores)
        )

    def _countries(
        self,
        paragraphs: Sequence[Sequence[str]],
        sentences: Sequence[tuple[int, str]],
        words: Sequence[Sequence[str]],
        counts: Mapping[str, int],
    ) -> Sequence[str | None]:
        """The country of each paragraph: the text's, or in a text about several the paragraph's own."""
        whole = self._country.of(counts, "\n".join(text for _, text in sentences), lead=_CLEAR)
        if whole is not None:
            return [whole] * len(paragraphs)
        by_paragraph: list[Counter[str]] = [Counter() for _ in paragraphs]
        for (number, _), found in zip(sentences, words, strict=True):
            by_paragraph[number].update(found)
        return [
            self._country.of(mine, "\n".join(part))
            for mine, part in zip(by_paragraph, paragraphs, strict=True)
        ]


def _bounded(score: float, most: float) -> float:
    return max(-most, min(most, score))


def _beside(sentences: Sequence[tuple[int, str]], scores: Sequence[float], place: int) -> float:
    """What the sentences around one weigh, the nearest most."""
    total = 0.0
    for other in range(max(place - _STEPS, 0), min(place + _STEPS + 1, len(scores))):
        steps = abs(other - place) + abs(sentences[other][0] - sentences[place][0])
        if 0 < steps <= _STEPS:
            total += _BESIDE * 0.5 ** (steps - 1) * scores[other]
    return total


class _Weights:
    """How much a word of a neighbouring sentence weighs."""

    def __init__(self, index: Index) -> None:
        self._company = company()
        self._sure: set[str] = set()
        self._unsure: set[str] = set()
        for key, patterns in index.first.items():
            for pattern, number in patterns:
                rules = index.terms[number].match
                if len(pattern.slots) == 1 and any(rule.kind in COMPANY_RULES for rule in rules):
                    self._unsure.add(key)
                elif len(pattern.slots) == 1 and not rules:
                    self._sure.add(key)

    def of(self, word: str) -> float:
        """Log-odds of a word; 0 for those whose own sense is in question."""
        weight = self._company.weight(word)
        if weight == 0 and not word[:1].isupper():
            return 0.0
        key = fold(word)
        if key in self._unsure:
            return 0.0
        if not word[:1].isupper():
            return weight or 0.0
        if weight is None:
            weight = _UNKNOWN if key not in self._sure else 0.0
        return weight + (_FELLOW if key in self._sure else 0.0)
