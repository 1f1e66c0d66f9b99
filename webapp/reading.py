"""The reading: the one value that the page, the API, the command line and every exporter share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from glossary.finding import Hit
from glossary.terms import Term
from glossary.verdicts import Verdict
from models.quality import QualityWarning
from models.translation import Translation
from models.translation.forcing import Step

ReadingState = Literal["waiting", "translating", "done", "cancelled"]
ParagraphKind = Literal["text", "heading", "item"]


@dataclass(frozen=True, slots=True)
class TermOccurrence:
    """A glossary term as it stands in one segment."""

    term: Term
    hit: Hit
    verdict: Verdict | None
    """How the English renders it; ``None`` while there is no English."""
    first: bool
    """Whether this is the term's first occurrence in the reading."""
    step: Step | None = None
    """How the glossary's word came into the English, or why it could not; ``None`` if nothing was tried."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A German sentence with its English and its terms."""

    index: int
    """Position in the reading, from 0; the page's ``#s1`` is index 0."""
    paragraph: int
    start: int
    end: int
    german: str
    """The sentence as shown and translated: hard line breaks joined."""
    translation: Translation | None
    """The English as shown: with the glossary's words where they could be enforced."""
    terms: tuple[TermOccurrence, ...] = ()
    raw: Translation | None = None
    """What the model wrote by itself, if that is not what is shown."""
    pending: bool = False
    """Whether the glossary's words have not been tried yet."""
    warnings: tuple[QualityWarning, ...] = ()
    """Where the English as shown may be wrong."""

    @property
    def anchor(self) -> str:
        """Name of the sentence in links, ``s1`` for the first."""
        return f"s{self.index + 1}"

    @property
    def english(self) -> str:
        """The English, empty while there is none or when the model failed."""
        return self.translation.english if self.translation else ""

    @property
    def failed(self) -> bool:
        """Whether the model gave nothing usable; the German is then shown with a mark."""
        return self.translation is not None and self.translation.problem is not None


@dataclass(frozen=True, slots=True)
class ReadingParagraph:
    """A paragraph of the original with its segments."""

    index: int
    kind: ParagraphKind
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A German text with its English beside it."""

    id: str
    title: str
    text: str
    """The original; segments point into it."""
    paragraphs: tuple[ReadingParagraph, ...]
    state: ReadingState
    signature: str
    """Everything the English depends on: package, beam, code version."""
    glossary: str
    """Fingerprint of the glossary in force."""
    language: str
    """Detected language code of the text; ``de`` when it could not be told."""
    notices: tuple[str, ...]
    """What was changed or noticed when the text was taken in."""
    created: datetime
    updated: datetime

    @property
    def segments(self) -> Iterator[Segment]:
        """All segments in reading order."""
        return (segment for paragraph in self.paragraphs for segment in paragraph.segments)

    @property
    def total(self) -> int:
        """Number of segments."""
        return sum(len(paragraph.segments) for paragraph in self.paragraphs)

    @property
    def done(self) -> int:
        """Number of segments that have been through the model."""
        return sum(segment.translation is not None for segment in self.segments)

    def term_counts(self) -> tuple[tuple[Term, int], ...]:
        """The terms of the text with the number of their occurrences, most frequent first."""
        terms: dict[str, Term] = {}
        counts: Counter[str] = Counter()
        for segment in self.segments:
            for occurrence in segment.terms:
                terms[occurrence.term.id] = occurrence.term
                counts[occurrence.term.id] += 1
        return tuple((terms[i], n) for i, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])))


def segment_data(segment: Segment) -> dict[str, Any]:
    """A segment as plain data for JSON: the shape that API, stream and export share."""
    translation = segment.translation
    return {
        "id": segment.anchor,
        "index": segment.index,
        "paragraph": segment.paragraph,
        "start": segment.start,
        "end": segment.end,
        "german": segment.german,
        "english": segment.english if translation else None,
        "raw": segment.raw.english if segment.raw else None,
        "problem": translation.problem if translation else None,
        "alternatives": [
            {"english": h.text, "score": round(h.score, 4)}
            for h in (translation.hypotheses if translation else ())
        ],
        "links": [
            {"source": list(link.source), "target": list(link.target), "weight": round(link.weight, 3)}
            for link in (translation.links if translation else ())
        ],
        "terms": [_occurrence_data(o) for o in segment.terms],
        "warnings": [
            {
                "kind": warning.kind,
                "source": [list(span) for span in warning.source],
                "target": [list(span) for span in warning.target],
                "message": warning.message,
            }
            for warning in segment.warnings
        ],
    }


def _occurrence_data(occurrence: TermOccurrence) -> dict[str, Any]:
    hit, verdict = occurrence.hit, occurrence.verdict
    return {
        "id": occurrence.term.id,
        "german": occurrence.term.german,
        "english": occurrence.term.english,
        "definition": occurrence.term.definition,
        "kind": hit.kind,
        "surface": hit.surface,
        "spans": [list(span) for span in hit.spans],
        "parent": hit.parent,
        "first": occurrence.first,
        "verdict": None
        if verdict is None
        else {"kind": verdict.kind, "spans": [list(span) for span in verdict.spans]},
        "step": occurrence.step,
    }


def reading_data(reading: Reading, *, with_text: bool = True) -> dict[str, Any]:
    """A reading as plain data for JSON."""
    data: dict[str, Any] = {
        "id": reading.id,
        "title": reading.title,
        "state": reading.state,
        "done": reading.done,
        "total": reading.total,
        "language": reading.language,
        "notices": list(reading.notices),
        "signature": reading.signature,
        "glossary": reading.glossary,
        "created": reading.created.isoformat(),
        "updated": reading.updated.isoformat(),
        "paragraphs": [
            {"kind": p.kind, "segments": [segment_data(s) for s in p.segments]} for p in reading.paragraphs
        ],
    }
    if with_text:
        data["text"] = reading.text
    return data


VERDICT_LABELS: Mapping[str, str] = {
    "exact": "used as in the glossary",
    "form": "used in another form",
    "variant": "an accepted variant is used",
    "other": "another word is used",
    "missing": "not found in the English",
}
"""What a verdict is called for readers."""

STEP_LABELS: Mapping[Step, str] = {
    "annotated": "the model was told the word",
    "chosen": "chosen among the model’s alternatives",
    "redecoded": "re-decoded from this word on",
    "replaced": "put in place of the model’s word",
    "implausible": "kept: the model found the glossary’s word very implausible here",
    "altered": "kept: the glossary’s word would have changed the rest of the sentence",
    "unplaced": "kept: no place for the glossary’s word was found",
}
"""What enforcement did for a term, for readers."""
