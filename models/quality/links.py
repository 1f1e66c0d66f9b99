"""What the word links say: the English of a German span."""

from __future__ import annotations

from typing import Final

from models.quality.values import Span
from models.translation import Translation

_WEAKEST: Final = 0.3


def linked(translation: Translation, *spans: Span) -> tuple[Span, ...]:
    """Return the English words that are surely linked to German spans, in order."""
    return tuple(
        sorted(
            {
                link.target
                for link in translation.links
                if link.weight >= _WEAKEST
                and any(link.source[0] < end and start < link.source[1] for start, end in spans)
            }
        )
    )
