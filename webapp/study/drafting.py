"""Words and terms of a reading made ready to be saved: headword, English, note and sentence filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glossary.terms import Term
from models.translation import Translation
from webapp.library.library import SavedReading, SavedSegment
from webapp.study.items import Draft, Status, phrase_key, word_key
from webapp.word_guess import guess

if TYPE_CHECKING:
    from models.lexicon import PhraseHit, Rendering, WordInfo
    from webapp.services import Services

_LISTED: Final = 3  # translations that are worth learning at first
_LEAST_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a reading, with its English as the page shows it."""

    reading_id: str
    title: str
    segment: SavedSegment
    shown: Translation | None

    @property
    def english(self) -> str:
        """The English of the sentence; empty while there is none."""
        return self.shown.english if self.shown else ""

    def aligned(self, spans: Sequence[tuple[int, int]]) -> str:
        """The English words that correspond to some German ones in this sentence; empty if none do."""
        if self.shown is None:
            return ""
        targets = {
            link.target
            for link in self.shown.links
            if any(link.source[0] < end and start < link.source[1] for start, end in spans)
        }
        return " ".join(self.english[start:end] for start, end in sorted(targets))


def place_of(services: Services, reading: SavedReading, index: int) -> Place:
    """A sentence of a reading by its index; an index that the reading does not have is a ``LookupError``."""
    if not 0 <= index < len(reading.segments):
        raise LookupError(f"The reading has no sentence {index + 1}.")
    segment = reading.segments[index]
    return Place(reading.id, reading.title, segment, services.terms.segment(segment, set()).translation)


def word_draft(
    services: Services,
    place: Place,
    info: WordInfo,
    status: Status,
    *,
    is_part: bool = False,
    guessing: bool = True,
) -> Draft:
    """A word as it stands in a sentence, or a part of a compound in it.

    English: the translation that this sentence uses, if the lexicon has it, before the usual ones; for a word
    that the lexicon lacks what corresponds to it here, else the translation model's guess.

    Args:
        services: the application's parts.
        place: the sentence.
        info: the word.
        status: to be saved with.
        is_part: whether it is a part of the compound that stands there.
        guessing: whether the model may be asked; that takes longer.

    """
    english = _english("" if is_part else place.aligned(info.spans), info)
    return Draft(
        kind="word",
        key=word_key(info.lemma, info.pos),
        german=f"{info.article} {info.lemma}".strip() if info.pos == "noun" else info.lemma,
        form=info.form,
        pos=info.pos,
        english=english or (guess(services.translator(), info) if guessing else ""),
        note=info.principal or (info.plural and f"plural: {info.plural}"),
        status=status,
        sentence=place.segment.german,
        sentence_english=place.english,
        # A part is marked where the compound holds it.
        spans=info.spans,
        source=place.title,
        reading_id=place.reading_id,
        segment=place.segment.index,
    )


def phrase_draft(place: Place, hit: PhraseHit, status: Status) -> Draft:
    """A phrase as it stands in a sentence."""
    german = place.segment.german
    return Draft(
        kind="word",
        key=phrase_key(hit.phrase.citation),
        german=hit.phrase.citation,
        form=" … ".join(german[start:end] for start, end in hit.spans),
        pos="phrase",
        english=", ".join(hit.phrase.english[:_LISTED]),
        status=status,
        sentence=german,
        sentence_english=place.english,
        spans=hit.spans,
        source=place.title,
        reading_id=place.reading_id,
        segment=place.segment.index,
    )


def term_draft(services: Services, place: Place, term: Term, status: Status) -> Draft:
    """A glossary term as it stands in a sentence; without a sentence if it does not stand there."""
    hits = services.terms.hits_at(place.reading_id, place.segment.index, place.segment.german)
    hit = next((hit for hit in hits if hit.term_id == term.id), None)
    return Draft(
        kind="term",
        key=term.id,
        german=f"{term.article} {term.german}".strip(),
        form=hit.surface if hit else "",
        pos=term.pos,
        english=term.english,
        note=term.definition or term.note,
        status=status,
        sentence=place.segment.german if hit else "",
        sentence_english=place.english if hit else "",
        spans=hit.spans if hit else (),
        source=place.title if hit else "",
        reading_id=place.reading_id if hit else None,
        segment=place.segment.index if hit else None,
    )


def worth_learning(translations: Sequence[Rendering]) -> tuple[Rendering, ...]:
    """The translations of the lexicon to begin with: the first, and others that are not rare."""
    return tuple(
        rendering
        for number, rendering in enumerate(translations[:_LISTED])
        if number == 0 or rendering.share >= _LEAST_SHARE
    )


def _english(aligned: str, info: WordInfo) -> str:
    """The English to learn; empty if neither lexicon nor sentence tells."""
    usual = [rendering.english for rendering in worth_learning(info.translations)]
    if not usual:
        return aligned
    here = next((r.english for r in info.translations if r.english.casefold() == aligned.casefold()), "")
    return ", ".join(dict.fromkeys([here, *usual] if here else usual))
