"""What a reader knows: saved words and terms, and an assumption about all the others.

Who has saved nothing yet knows something all the same. The assumption is that a reader knows the most
frequent words of German up to a number that the reader chooses; what is saved overrides it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from glossary.finding import Hit
from webapp.library import Library
from webapp.study.analyses import StudyWord
from webapp.study.items import Status

LEVELS: Final[Mapping[int, int]] = {0: 0, 1_000: 1, 3_000: 2, 8_000: 3, 20_000: 4}
"""How many of the most frequent words a reader may be taken to know, and the frequency band they reach to."""
USUAL_LEVEL: Final = 3_000
"""About what a reader knows who gets along in everyday German (B1)."""
_FACT: Final = "study-level"


def level(library: Library) -> int:
    """How many of the most frequent words the reader is taken to know."""
    saved = library.fact(_FACT)
    return int(saved) if saved and saved.isdecimal() and int(saved) in LEVELS else USUAL_LEVEL


def set_level(library: Library, words: int) -> None:
    """Choose how many words the reader is taken to know.

    Raises:
        ValueError: it is none of `LEVELS`.

    """
    if words not in LEVELS:
        raise ValueError(f"The level must be one of {', '.join(map(str, LEVELS))}, not {words}.")
    library.record(_FACT, str(words))


@dataclass(frozen=True, slots=True)
class MetWord:
    """A running word as this reader meets it."""

    word: StudyWord
    status: Status | None
    """Of the word if it is saved, else of a saved term that it is (part of); None if neither is."""
    known: bool
    """Whether the reader knows it: saved as known, or not saved and frequent enough, or not to be counted."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a reader knows at one time."""

    statuses: Mapping[str, Status]
    """Of saved words by their key and of saved terms by their id."""
    level: int
    """How many of the most frequent words the reader is taken to know; one of `LEVELS`."""

    @property
    def has_terms(self) -> bool:
        """Whether a term is saved: only then the terms of a sentence matter."""
        return any("|" not in key for key in self.statuses)

    def meet(self, words: Sequence[StudyWord], hits: Sequence[Hit]) -> tuple[MetWord, ...]:
        """The words of a sentence as this reader meets them; `hits` are the terms in it."""
        terms = [(hit.spans, self.statuses[hit.term_id]) for hit in hits if hit.term_id in self.statuses]
        met = []
        for word in words:
            status = self.statuses.get(word.key)
            if status is None:
                status = next((saved for spans, saved in terms if covers(spans, word.spans)), None)
            known = status == "known" if status else word.band <= LEVELS[self.level]
            met.append(MetWord(word, status, known))
        return tuple(met)


def covers(outer: Sequence[tuple[int, int]], inner: Sequence[tuple[int, int]]) -> bool:
    """Whether every span of a word lies within a span of a term."""
    return all(any(a <= start and end <= b for a, b in outer) for start, end in inner)
