"""What the texts of the readings tell about their sentences, worked out once a reading and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from glossary.surroundings import ALONE, Surroundings
from webapp.library.library import NoSuchReading

if TYPE_CHECKING:
    from glossary.finding import TermFinder
    from webapp.library.library import SavedSegment

_READINGS = 64

Paragraphs = Sequence[Sequence[str]]
"""A text as its sentences by paragraph."""


class ReadingSurroundings:
    """Gives the surroundings of every sentence of the library. Safe to use from threads."""

    def __init__(self, finder: TermFinder, texts: Callable[[str], Paragraphs] | None = None) -> None:
        """Set up; nothing is read yet.

        Args:
            finder: reads the texts.
            texts: gives the sentences of a reading by its id, or raises ``NoSuchReading``. A text never
                changes, so it is asked once. Without it every sentence stands alone.

        """
        self._finder = finder
        self._texts = texts
        self._of_reading = lru_cache(_READINGS)(self._read)

    def of(self, reading_id: str, index: int) -> Surroundings:
        """Those of one sentence; of one that is in no reading (any more) nothing is known."""
        if not reading_id or self._texts is None:
            return ALONE
        try:
            return self._of_reading(reading_id)[0][index]
        except (NoSuchReading, IndexError):
            return ALONE

    def of_text(self, text: Paragraphs) -> tuple[Surroundings, ...]:
        """Those of all sentences of a text, which need not be in the library."""
        return self._finder.surroundings(text)

    def by_sentence(self, reading_id: str) -> Mapping[str, frozenset[Surroundings]]:
        """Those of every place of a reading, by the German that stands there: it may stand at several."""
        try:
            return self._of_reading(reading_id)[1] if self._texts is not None else {}
        except NoSuchReading:
            return {}

    def _read(
        self, reading_id: str
    ) -> tuple[tuple[Surroundings, ...], Mapping[str, frozenset[Surroundings]]]:
        if self._texts is None:
            return (), {}
        text = self._texts(reading_id)
        found = self._finder.surroundings(text)
        return found, by_sentence([german for part in text for german in part], found)


def by_sentence(
    sentences: Sequence[str], surroundings: Sequence[Surroundings]
) -> dict[str, frozenset[Surroundings]]:
    """The surroundings of every place at which a sentence stands."""
    found: dict[str, set[Surroundings]] = {}
    for german, around in zip(sentences, surroundings, strict=True):
        found.setdefault(german, set()).add(around)
    return {german: frozenset(each) for german, each in found.items()}


def paragraphs_of(segments: Sequence[SavedSegment]) -> Paragraphs:
    """The German of a text's sentences by paragraph."""
    return [[each.german for each in part] for _, part in groupby(segments, lambda each: each.paragraph)]
