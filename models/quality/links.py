"""What the word links say: the English of a German span, and the German of an English one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from models.quality.values import Span
from models.translation import Link, Translation

_WEAKEST: Final = 0.3


def linked(translation: Translation, *spans: Span) -> tuple[Span, ...]:
    """Return the English words that are surely linked to German spans, in order."""
    return _ends(((link.source, link.target) for link in _sure(translation)), spans)


def owners(translation: Translation, *spans: Span) -> tuple[Span, ...]:
    """Return the German words that are surely linked to English spans, in order."""
    return _ends(((link.target, link.source) for link in _sure(translation)), spans)


def _sure(translation: Translation) -> Iterable[Link]:
    return (link for link in translation.links if link.weight >= _WEAKEST)


def _ends(pairs: Iterable[tuple[Span, Span]], spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the second of each pair whose first overlaps one of the spans, each once, in order."""
    found = (to for (first, last), to in pairs if any(first < end and start < last for start, end in spans))
    return tuple(sorted(set(found)))
