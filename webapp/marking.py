"""Cut a sentence into pieces at the borders of its term spans, for templates and exporters to mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from webapp.reading import Segment


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters with the terms that cover it."""

    text: str
    terms: tuple[int, ...] = ()
    """Positions in ``Segment.terms``, the outermost first."""
    opens: bool = False
    """Whether this is the first piece of its outermost term in this place."""


def german_pieces(segment: Segment) -> tuple[Piece, ...]:
    """The German sentence, cut at its terms."""
    return cut(segment.german, [o.hit.spans for o in segment.terms])


def english_pieces(segment: Segment) -> tuple[Piece, ...]:
    """The English sentence, cut at the words that render its terms."""
    return cut(segment.english, [o.verdict.spans if o.verdict else () for o in segment.terms])


def cut(text: str, spans: Sequence[Sequence[tuple[int, int]]]) -> tuple[Piece, ...]:
    """Cut a text at every border of every span.

    Args:
        text: the text.
        spans: for each term its spans; spans may nest and overlap.

    Returns:
        Pieces whose texts join to ``text``.

    """
    flat = [
        (max(0, start), min(len(text), end), number)
        for number, own in enumerate(spans)
        for start, end in own
        if max(0, start) < min(len(text), end)
    ]
    borders = sorted({0, len(text), *(s for s, _, _ in flat), *(e for _, e, _ in flat)})
    pieces: list[Piece] = []
    for start, end in pairwise(borders):
        # The longest span is the outermost.
        covering = sorted(
            (span for span in flat if span[0] <= start and end <= span[1]),
            key=lambda span: (span[0] - span[1], span[2]),
        )
        terms = tuple(dict.fromkeys(number for _, _, number in covering))
        opens = bool(covering) and covering[0][0] == start
        pieces.append(Piece(text[start:end], terms, opens))
    return tuple(pieces)
