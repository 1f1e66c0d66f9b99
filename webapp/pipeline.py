"""The reading pipeline: text -> segments -> translations -> terms and verdicts -> a ``Reading``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import cast

from glossary.finding import Hit, TermFinder
from glossary.own import without
from glossary.surroundings import ALONE, Surroundings
from glossary.terms import Glossary, Term
from glossary.verdicts import Verdict, judge_all
from models.segmentation import segment
from models.translation import Link, Translation
from models.translation.forcing import Step
from webapp.enforcement import Wishes, wishes_for
from webapp.importers.intake import Intake
from webapp.library.enforced import SavedEnforcement
from webapp.library.library import Library, SavedReading, SavedSegment
from webapp.quality import warnings_of
from webapp.reading import ParagraphKind, Reading, ReadingParagraph, Segment, TermOccurrence
from webapp.surroundings import Paragraphs, ReadingSurroundings, paragraphs_of

_CACHED_SENTENCES = 20_000


class TermLookup:
    """Finds and judges the terms of sentences; remembers what it found, since pages are shown again."""

    def __init__(
        self,
        glossary: Glossary,
        *,
        enforcing: bool = True,
        hidden: Sequence[Term] = (),
        texts: Callable[[str], Paragraphs] | None = None,
    ) -> None:
        """Set up the lookup.

        Args:
            glossary: the terms to find.
            enforcing: enforced translations are shown where there are any.
            hidden: terms to be passed over in silence. They are looked for, too: else the Austrian Bundesrat
                would be found where the hidden German one stands.
            texts: gives the sentences of a saved reading, by paragraph: what a sentence means may depend on
                the text it stands in.

        """
        self.glossary = glossary
        self.enforcing = enforcing
        self._hidden = frozenset(term.id for term in hidden)
        self._finder = TermFinder(Glossary((*glossary.terms, *hidden), "") if hidden else glossary)
        self._find = lru_cache(maxsize=_CACHED_SENTENCES)(self._shown)
        self.surroundings = ReadingSurroundings(self._finder, texts)
        # Judging and wishing cost more than finding, and a page of thousands of sentences asks for all of it.
        self._judge = lru_cache(maxsize=_CACHED_SENTENCES)(self._verdicts)
        self._wish = lru_cache(maxsize=_CACHED_SENTENCES)(self._wished)

    def warm(self) -> None:
        """Build the index now, so that the first page need not wait for it."""
        self._finder.warm()

    def hits(self, german: str, around: Surroundings = ALONE) -> tuple[Hit, ...]:
        """The terms in a German sentence, as it is meant in its text."""
        return self._find(german, around)

    def hits_at(self, reading_id: str, index: int, german: str) -> tuple[Hit, ...]:
        """The terms in a sentence of a saved reading."""
        return self.hits(german, self.surroundings.of(reading_id, index))

    def needs_text(self, term: Term) -> bool:
        """Whether it depends on the text around a sentence if a term stands in it."""
        return term.id in self._finder.needing_text

    def _shown(self, german: str, around: Surroundings) -> tuple[Hit, ...]:
        return without(self._finder.find(german, around=around), self._hidden)

    def segment(self, item: SavedSegment, seen: set[str], around: Surroundings | None = None) -> Segment:
        """A saved sentence as shown: with its terms, and with the glossary's words where enforced.

        Args:
            item: the sentence.
            seen: ids of the terms that have been met before; this sentence's are added.
            around: what its text tells about it, if it is not in the library.

        """
        raw, shown = item.translation, item.translation
        hits = self.hits(item.german, around or self.surroundings.of(item.reading, item.index))
        verdicts = self._judged(hits, raw)
        saved: SavedEnforcement | None = None
        wishes = self._wish(hits, verdicts, item.german) if self.enforcing else None
        if wishes is not None:
            saved = next((each for each in item.enforced if each.wishes == wishes.key), None)
        if saved is not None and raw is not None and saved.english is not None:
            shown = saved.applied(raw)
            verdicts = self._judged(hits, shown)
        return Segment(
            index=item.index,
            paragraph=item.paragraph,
            start=item.start,
            end=item.end,
            german=item.german,
            translation=shown,
            terms=self._met(hits, verdicts, seen, saved.steps if saved else {}),
            raw=raw if shown is not raw else None,
            pending=wishes is not None and saved is None,
            warnings=warnings_of(shown, item.signature) if shown else (),
        )

    def wishes(self, raw: Translation, around: Surroundings = ALONE) -> Wishes | None:
        """What the glossary wishes of a raw translation; None if nothing is open or nothing is enforced."""
        if not self.enforcing:
            return None
        hits = self.hits(raw.source, around)
        return self._wish(hits, self._judged(hits, raw), raw.source)

    def _judged(self, hits: tuple[Hit, ...], translation: Translation | None) -> tuple[Verdict | None, ...]:
        if not hits or translation is None or not translation.english:
            return (None,) * len(hits)
        return self._judge(hits, translation.english, translation.links)

    def _verdicts(
        self, hits: tuple[Hit, ...], english: str, links: tuple[Link, ...]
    ) -> tuple[Verdict | None, ...]:
        return tuple(judge_all(hits, self.glossary, english, links))

    def _wished(
        self, hits: tuple[Hit, ...], verdicts: tuple[Verdict | None, ...], german: str
    ) -> Wishes | None:
        return wishes_for(hits, verdicts, self.glossary, german)

    def _met(
        self,
        hits: Sequence[Hit],
        verdicts: Sequence[Verdict | None],
        seen: set[str],
        steps: Mapping[int, Step],
    ) -> tuple[TermOccurrence, ...]:
        found = []
        for number, (hit, verdict) in enumerate(zip(hits, verdicts, strict=True)):
            term = self.glossary.get(hit.term_id)
            first = hit.term_id not in seen
            found.append(TermOccurrence(term, hit, verdict, first=first, step=steps.get(number)))
            seen.add(hit.term_id)
        return tuple(found)


def assemble(saved: SavedReading, lookup: TermLookup) -> Reading:
    """Put a saved reading together with the terms of its sentences."""
    seen: set[str] = set()
    paragraphs: list[tuple[ParagraphKind, list[Segment]]] = []
    last = -1
    # A reading that is not in the library is read here; of others the lookup remembers what it read.
    texts = None if saved.id else lookup.surroundings.of_text(paragraphs_of(saved.segments))
    for place, item in enumerate(saved.segments):
        if item.paragraph != last:
            paragraphs.append((cast(ParagraphKind, item.kind), []))
            last = item.paragraph
        paragraphs[-1][1].append(lookup.segment(item, seen, texts[place] if texts else None))
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


def save(intake: Intake, library: Library, signature: str) -> str:
    """Split a text into sentences and save it as a new reading; returns its id."""
    return library.add(intake, segment(intake.text), signature)
