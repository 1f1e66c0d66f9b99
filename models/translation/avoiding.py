"""Keeping a model from a word that is none: by its first pieces with which no word begins.

A sequence of pieces that must not be written again is all that CTranslate2 needs (`suppress_sequences`). To
forbid the whole word would only make the model end it in another way (“civirusal”, “civirusic”), so the
stretch ends where no English word can come of it any more: “civir”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.lexicon.english_words import begins_word
from models.translation.pieces import Span, locate
from models.translation.words import split_words


def openings(
    german: str, english: str, pieces: Sequence[str], wrong: Sequence[Span]
) -> Iterator[tuple[str, ...]]:
    """Yield the pieces with which each of the `wrong` words leaves what may become a word.

    A word of a single piece, one that is part of a longer English word and one that a German word begins
    with, a name perhaps, have none.
    """
    places = locate(pieces, english)
    theirs = [german[word.start : word.end].lower() for word in split_words(german)]
    for start, end in wrong:
        inside = [n for n, place in enumerate(places) if place[0] < end and start < place[1]]
        for count in range(2, len(inside) + 1):
            text = english[start : min(end, places[inside[count - 1]][1])].lower()
            if not begins_word(text) and not any(word.startswith(text) for word in theirs):
                yield tuple(pieces[n] for n in inside[:count])
                break
