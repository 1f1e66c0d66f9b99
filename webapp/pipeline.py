"""The reading pipeline: text -> segments -> translations -> terms and verdicts -> a ``Reading``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from glossary.finding import Hit, TermFinder
from glossary.terms import Glossary
from glossary.verdicts import Verdict, judge_all
from models.segmentation import segment
from models.translation import Translation
from webapp.importers.intake import Intake
from webapp.library.library import Library, SavedReading, SavedSegment
from webapp.reading import ParagraphKind, Reading, ReadingParagraph, Segment, TermOccurrence

_CACHED_SENTENCES = 20_000


class TermLookup:
    """Finds and judges the terms of sentences; remembers what it found, since pages are shown again."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._finder = TermFinder(glossary)
        self._find = lru_cache(maxsize=_CACHED_SENTENCES)(self._finder.find)

    def warm(self) -> None:
        """Build the index now, so that the first page need not wait for it."""
        self._finder.warm()

    def hits(self, german: str, country: str | None = None) -> tuple[Hit, ...]:
        """The terms in a German sentence."""
        return self._find(german, country)

    def occurrences(
        self, german: str, translation: Translation | None, seen: set[str], country: str | None = None
    ) -> tuple[TermOccurrence, ...]:
        """The terms of a sentence with their verdicts.

        Args:
            german: the sentence.
            translation: its English, if there is any.
            seen: ids of the terms met before in the reading; extended with those met here.
            country: country of the text, to choose between entries of the same word.

        """
        hits = self.hits(german, country)
        verdicts: Sequence[Verdict | None] = [None] * len(hits)
        if translation is not None and translation.english:
            verdicts = judge_all(hits, self.glossary, translation.english, translation.links)
        found = []
        for hit, verdict in zip(hits, verdicts, strict=True):
            found.append(
                TermOccurrence(self.glossary.get(hit.term_id), hit, verdict, first=hit.term_id not in seen)
            )
            seen.add(hit.term_id)
        return tuple(found)


def assemble(saved: SavedReading, lookup: TermLookup) -> Reading:
    """Put a saved reading together with the terms of its sentences."""
    seen: set[str] = set()
    paragraphs: list[tuple[ParagraphKind, list[Segment]]] = []
    last = -1
    for item in saved.segments:
        if item.paragraph != last:
            paragraphs.append((cast(ParagraphKind, item.kind), []))
            last = item.paragraph
        paragraphs[-1][1].append(with_terms(item, lookup, seen))
    return Reading(
        id=saved.id,
        title=saved.title,
        text=saved.text,
        paragraphs=tuple(ReadingParagraph(i, kind, tuple(s)) for i, (kind, s) in enumerate(paragraphs)),
        state=saved.state,
        signature=saved.signature,
        glossary=lookup.glossary.fingerprint,
        language=saved.language,
        notices=saved.notices,
        created=saved.created,
        updated=saved.updated,
    )


def with_terms(item: SavedSegment, lookup: TermLookup, seen: set[str]) -> Segment:
    """A saved segment with its terms."""
    return Segment(
        index=item.index,
        paragraph=item.paragraph,
        start=item.start,
        end=item.end,
        german=item.german,
        translation=item.translation,
        terms=lookup.occurrences(item.german, item.translation, seen),
    )


def save(intake: Intake, library: Library, signature: str) -> str:
    """Split a text into sentences and save it as a new reading; returns its id."""
    return library.add(intake, segment(intake.text), signature)
