"""Words of the German that a hypothesis leaves out: nothing in its English pays them attention.

A small model is often surest of English that leaves a phrase out. Of its hypotheses the one is shown that is
likeliest after each content word that was left out is counted against it: a coverage penalty after Wu et al.
(2016, “Google's Neural Machine Translation System”), but by words, and without those that English may lack.
It takes a head that was trained to align.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from models.translation.annotating import Given, folded
from models.translation.pieces import locate
from models.translation.word_case import is_function_word
from models.translation.words import split_words

# What one word left out costs, as a natural logarithm of a probability: chosen on newstest2018, where .5 to 4
# make no difference to BLEU and chrF (models/README.md).
OMISSION_COST: Final = 1.0
# A word that the English pays less attention to, in sum, was left out.
_LEAST_ATTENTION: Final = 0.25
_SHORTEST: Final = 4

ContentWords = tuple[tuple[int, ...], ...]
"""The content words of a text, each as the places of its pieces."""


def content_words(text: str, pieces: Sequence[str]) -> ContentWords:
    """Return the words of a text, told apart from function words by a list, as places of pieces."""
    spans = locate(pieces, text)
    found = []
    for word in split_words(text):
        form = text[word.start : word.end]
        if not word.mark and len(form) >= _SHORTEST and not is_function_word(form.lower()):
            places = tuple(i for i, (start, end) in enumerate(spans) if start < word.end and word.start < end)
            if places:
                found.append(places)
    return tuple(found)


def shown(words: ContentWords, hidden: Iterable[int]) -> ContentWords:
    """Return those words that a model is shown, as places among the pieces that it is shown."""
    gone = set(hidden)
    return tuple(
        tuple(place - sum(each < place for each in gone) for place in places)
        for places in words
        if not gone & set(places)
    )


def omitted(words: ContentWords, attention: Sequence[Sequence[float]], pieces: Sequence[str]) -> int:
    """Return how many of the words an English text with this attention, target by source, has left out.

    `pieces`: what the model was given, perhaps with words told to it; what a told word gets, its German gets.
    """
    if not attention:
        return 0
    [paid] = folded([[sum(column) for column in zip(*attention, strict=True)]], Given(list(pieces)))
    return sum(sum(paid[place] for place in places) < _LEAST_ATTENTION for places in words)
