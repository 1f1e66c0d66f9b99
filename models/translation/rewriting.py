"""A text with some stretches written in another way, each character of which knows where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.translation.pieces import Span

Change = tuple[Span, Sequence[tuple[str, Span]]]
"""A stretch of a text, and the characters that stand there instead, each with the span it stands for."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text after changes; `spans[i]` is where its i-th character stood in the text before."""

    text: str
    spans: tuple[Span, ...]

    def through(self, spans: Sequence[Span]) -> list[Span]:
        """Return where the characters stood in a still earlier text, whose spans the text before had."""
        return [(spans[start][0], spans[end - 1][1]) for start, end in self.spans]


def rewritten(text: str, changes: Iterable[Change]) -> Rewritten:
    """Make changes, given in reading order, that do not overlap."""
    chars: list[str] = []
    spans: list[Span] = []
    at = 0

    def kept(end: int) -> None:
        chars.extend(text[at:end])
        spans.extend((place, place + 1) for place in range(at, end))

    for (start, end), new in changes:
        kept(start)
        chars += [char for char, _span in new]
        spans += [span for _char, span in new]
        at = end
    kept(len(text))
    return Rewritten("".join(chars), tuple(spans))
