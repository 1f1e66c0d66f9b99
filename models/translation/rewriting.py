"""A text with some stretches written in another way, each character of which knows where it came from."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from models.lexicon import LexiconError
from models.translation.pieces import Span
from models.translation.values import Link

Change = tuple[Span, Sequence[tuple[str, Span]]]
"""A stretch of a text, and the characters that stand there instead, each with the span it stands for."""


Edit = tuple[int, int, str]
"""A stretch [start, end) of an English text and what stands there instead."""


P = ParamSpec("P")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text after changes; `spans[i]` is where its i-th character stood in the text before."""

    text: str
    spans: tuple[Span, ...]

    def through(self, spans: Sequence[Span]) -> list[Span]:
        """Return where the characters stood in a still earlier text, whose spans the text before had."""
        return [(spans[start][0], spans[end - 1][1]) for start, end in self.spans]


def needs_lexicon(
    what: str,
) -> Callable[[Callable[P, Rewritten | None]], Callable[P, Rewritten | None]]:
    """Make a rewriting leave the text as it is if the lexicon cannot be read; the log says why.

    `what` is then translated as it stands.
    """

    def wrap(rewrite: Callable[P, Rewritten | None]) -> Callable[P, Rewritten | None]:
        @wraps(rewrite)
        def kept(*args: P.args, **kwargs: P.kwargs) -> Rewritten | None:
            try:
                return rewrite(*args, **kwargs)
            except LexiconError as error:
                _log.warning("%s translated as it stands: %s", what, error)
                return None

        return kept

    return wrap


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


def edited(english: str, links: Sequence[Link], edits: Sequence[Edit]) -> tuple[str, tuple[Link, ...]]:
    """Make edits in the English of a sentence; of two that overlap, the first. The links move along."""
    if not edits:
        return english, tuple(links)
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if not chosen or edit[0] >= chosen[-1][1]:
            chosen.append(edit)
    parts: list[str] = []
    at = 0
    for start, end, new in chosen:
        parts += [english[at:start], new]
        at = end
    parts.append(english[at:])

    def moved_start(place: int) -> int:
        place = next((start for start, end, _new in chosen if start < place < end), place)
        return place + sum(len(new) - (end - start) for start, end, new in chosen if end <= place)

    def moved_end(place: int) -> int:
        place = next((end for start, end, _new in chosen if start < place < end), place)
        # A sign put in right behind a word is no part of the word.
        changes = (edit for edit in chosen if edit[1] <= place and edit[0] < place)
        return place + sum(len(new) - (end - start) for start, end, new in changes)

    # Two links become one where a word that stood twice now stands once: the surer one.
    moved: dict[tuple[Span, Span], Link] = {}
    for link in links:
        target = (moved_start(link.target[0]), moved_end(link.target[1]))
        other = moved.get((link.source, target))
        weight = max(link.weight, other.weight if other else 0.0)
        moved[link.source, target] = Link(link.source, target, weight)
    return "".join(parts), tuple(moved.values())
