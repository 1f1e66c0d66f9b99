"""Where in the English a wanted word belongs: by the word links, or by what the model expects."""

from __future__ import annotations

from collections.abc import Sequence

from models.translation.pieces import Span
from models.translation.values import Link
from models.translation.words import Word, split_words

_WEAKEST = 0.1
_SHARE_OF_BEST = 0.5
# Between words that belong together: Court of Justice, the Land's own.
_SMALL = frozenset({"of", "the", "for", "and", "a", "an", "to", "in", "on"})


def aligned_span(
    english: str, links: Sequence[Link], source: Sequence[Span], taken: Sequence[Span]
) -> Span | None:
    """Return the run of English words that the German words are linked to, around the strongest link.

    Words that other wishes have (`taken`) are left out. A word belongs to the run if its strongest link leads
    into the German words; small words only between two others.
    """
    weights: dict[Span, float] = {}
    elsewhere: dict[Span, float] = {}
    for link in links:
        inside = any(link.source[0] < end and start < link.source[1] for start, end in source)
        side = weights if inside else elsewhere
        side[link.target] = max(side.get(link.target, 0.0), link.weight)
    words = [word for word in split_words(english) if not word.mark]
    mine = [
        index
        for index, word in enumerate(words)
        if (weight := weights.get((word.start, word.end), 0.0)) >= _WEAKEST
        and weight >= elsewhere.get((word.start, word.end), 0.0)
        and not any(word.start < end and start < word.end for start, end in taken)
    ]
    content = [index for index in mine if _text(english, words[index]) not in _SMALL]
    if not content:
        return None
    best = max(content, key=lambda index: weights[(words[index].start, words[index].end)])
    least = _SHARE_OF_BEST * weights[(words[best].start, words[best].end)]
    kept = {index for index in content if weights[(words[index].start, words[index].end)] >= least}
    first = last = best
    while (step := _next(english, words, kept, first, -1)) is not None:
        first = step
    while (step := _next(english, words, kept, last, 1)) is not None:
        last = step
    return words[first].start, words[last].end


def _next(english: str, words: Sequence[Word], kept: set[int], at: int, step: int) -> int | None:
    """The next word of the run in this direction, over one or two small words; None at its end."""
    for reach in (1, 2, 3):
        index = at + step * reach
        if not 0 <= index < len(words):
            return None
        near, far = sorted((words[index - step], words[index]), key=lambda word: word.start)
        if english[near.end : far.start].strip(" -‑"):
            return None
        if index in kept:
            return index
        if _text(english, words[index]) not in _SMALL:
            return None
    return None


def word_starts(english: str, taken: Sequence[Span]) -> list[int]:
    """Return the starts of words that no other wish has: the places where a word could be put in."""
    return [
        word.start
        for word in split_words(english)
        if not word.mark and not any(start <= word.start < end for start, end in taken)
    ]


def _text(english: str, word: Word) -> str:
    return english[word.start : word.end].casefold()
