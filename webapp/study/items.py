"""A saved word or term, as the vocabulary, the review and the exports see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

Status = Literal["new", "learning", "known"]
Kind = Literal["word", "term"]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_COARSE: Final = {
    "noun": "noun", "name": "noun", "verb": "verb", "adjective": "adjective", "adverb": "adjective",
}  # fmt: skip


def coarse(pos: str) -> str:
    """The part of speech as far as it tells saved words apart: noun, verb, adjective or other.

    Coarse, because a tagger takes one for the other within these (name and noun, adjective and adverb), and a
    saved word would then not be found again.
    """
    return _COARSE.get(pos, "other")


def word_key(lemma: str, pos: str) -> str:
    """What a word is saved and found under."""
    return f"{lemma}|{coarse(pos)}"


def phrase_key(citation: str) -> str:
    """What a phrase is saved and found under."""
    return f"{citation}|phrase"


@dataclass(frozen=True, slots=True)
class Draft:
    """A word or term to be saved; the fields are those of `StudyItem`."""

    kind: Kind
    key: str
    german: str
    form: str = ""
    pos: str = ""
    english: str = ""
    note: str = ""
    status: Status = "learning"
    sentence: str = ""
    sentence_english: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    source: str = ""
    reading_id: str | None = None
    segment: int | None = None


@dataclass(frozen=True, slots=True)
class StudyItem:
    """A saved word or term with the sentence in which it was met."""

    id: int
    kind: Kind
    key: str
    """For a word lemma and coarse part of speech (`word_key`), for a term its id."""
    german: str
    """Headword as shown, nouns with their article."""
    form: str
    """As met in the text; the parts of a split verb joined by " … "."""
    pos: str
    english: str
    """What the learner wants to remember."""
    note: str
    """Plural, principal parts, or the term's definition."""
    status: Status
    sentence: str
    sentence_english: str
    spans: tuple[tuple[int, int], ...]
    """Where `form` stands in `sentence`, as characters [start, end)."""
    source: str
    """Title of the reading."""
    reading_id: str | None
    """The reading, or None if it was deleted or there was none."""
    segment: int | None
    """Index of the sentence in the reading, from 0."""
    created: datetime
    updated: datetime
    card: str | None
    """FSRS card as JSON; None until first scheduled."""
    due: datetime | None
    """When it is to be reviewed; None until first scheduled."""

    @property
    def anchor(self) -> str:
        """Name of the sentence in links, ``s1`` for the first; empty if there is no sentence to link to."""
        return "" if self.segment is None else f"s{self.segment + 1}"
