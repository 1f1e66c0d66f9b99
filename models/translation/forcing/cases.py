"""A sentence on its way up the ladder: its English so far, what was granted, what a draft must keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from models.translation.alignment import links_of, word_matrix
from models.translation.checks import fault_of
from models.translation.facts import same_facts
from models.translation.forcing.guards import Limits, close, plausible
from models.translation.forcing.spots import aligned_span
from models.translation.forcing.values import GRANTED, Enforcement, Step, Wish
from models.translation.forcing.wording import granted, places, without
from models.translation.nonwords import Nonwords
from models.translation.pieces import Span, locate
from models.translation.planning import Plan
from models.translation.preparing import restore
from models.translation.rare_words import RareWord, missing
from models.translation.values import Hypothesis, Link, Translation
from models.translation.words import split_words

_WEIGHT: dict[Step | None, int] = {None: 0, "unplaced": 1, "altered": 2, "implausible": 3}


@dataclass(frozen=True, slots=True)
class Draft:
    """An English version that might take the place of the one at hand."""

    english: str
    pieces: list[str]
    score: float


@dataclass(slots=True)
class Case:
    """One sentence. `english` and `links` are as the model sees them: before names are restored.

    `known`: rare words beside the wishes that the raw English renders, and drafts have to; `raw_score`: of
    the raw English, without anything told in the German.
    """

    plan: Plan
    raw: Translation
    wishes: list[Wish]
    english: str
    score: float
    links: tuple[Link, ...] | None
    steps: list[Step | None]
    pieces: list[str] = field(default_factory=list)
    tried: set[int] = field(default_factory=set)
    known: tuple[RareWord, ...] = ()
    raw_score: float = 0.0

    @property
    def source(self) -> list[str]:
        """The pieces of the German."""
        return self.plan.parts[0].pieces

    @property
    def waiting(self) -> list[int]:
        """The wishes that are neither granted nor given up."""
        return [n for n, wish in enumerate(self.wishes) if not wish.fulfilled and n not in self.tried]

    def taken(self) -> list[Span]:
        """The places in the English that granted wishes have."""
        found = granted(self.english, self.wishes)
        return [place for place, wish in zip(found, self.wishes, strict=True) if place and wish.fulfilled]

    def span(self, number: int) -> Span | None:
        """The English that the words of a wish are linked to."""
        return aligned_span(self.english, self.links or (), self.wishes[number].source, self.taken())

    def refuse(self, number: int, reason: Step) -> None:
        """Note why a wish was not granted; the reason of the draft that came farthest is kept."""
        if _WEIGHT[reason] > _WEIGHT.get(self.steps[number], 0):
            self.steps[number] = reason

    def gains(self, english: str) -> list[int]:
        """The wishes not yet fulfilled that this English grants."""
        found = granted(english, self.wishes)
        return [n for n, wish in enumerate(self.wishes) if found[n] and not wish.fulfilled]

    def fault(self, draft: Draft, gains: Sequence[int], limits: Limits, *, trusted: bool) -> Step | None:
        """Return why a draft may not take the place of the English, or None if it may.

        `trusted`: the word links can be relied on.
        """
        before, after = granted(self.english, self.wishes), granted(draft.english, self.wishes)
        if any(before[n] and not after[n] for n, wish in enumerate(self.wishes) if wish.fulfilled):
            return "altered"
        if fault_of(self.plan.parts[0].text, self.source, draft.english, draft.pieces):
            return "altered"
        if missing(self.known, draft.english):
            return "altered"
        gone = [span for n in gains if trusted and (span := self.span(n))]
        kept = without(self.english, gone)
        rest = without(draft.english, [place for n in gains if (place := after[n])])
        if not (same_facts(self.english, draft.english) or same_facts(kept, rest)):
            return "altered"
        # The words that had to go must not stand beside those that came.
        if any(
            len(places(rest, [words])) > len(places(kept, [words]))
            for start, end in gone
            if (words := self.english[start:end]).strip()
        ):
            return "altered"
        if not close(kept, rest, limits):
            return "altered"
        put = len(gains) + sum(step in GRANTED for step in self.steps)
        if not plausible(self.raw_score, draft.score, len(draft.pieces) + 1, put, limits):
            return "implausible"
        return None

    def accept(self, draft: Draft, gains: Sequence[int], step: Step) -> None:
        """Put a draft in the place of the English; its links have still to be made."""
        self.english, self.score, self.pieces, self.links = draft.english, draft.score, draft.pieces, None
        for n in gains:
            self.wishes[n] = replace(self.wishes[n], fulfilled=True)
            self.steps[n] = step

    def link(self, attention: Sequence[Sequence[float]]) -> None:
        """Make the word links of the English from the attention of its pieces."""
        part = self.plan.parts[0]
        german, english = split_words(part.text), split_words(self.english)
        matrix = word_matrix(
            german, locate(part.pieces, part.text), english, locate(self.pieces, self.english), attention
        )
        self.links = self.plan.prepared.original(links_of(german, english, matrix))

    def outcome(self, nonwords: Nonwords | None = None) -> Enforcement:
        """What came of the wishes; words that are none are replaced as in the English before."""
        if not any(step in GRANTED for step in self.steps):
            return Enforcement(None, tuple(self.steps))
        english, links = self.english, tuple(self.links or ())
        if nonwords:
            english, links = nonwords.replaced(self.raw.source, english, links)
        english, links = restore(english, links, self.plan.prepared)
        shown = Hypothesis(english, self.score)
        others = tuple(each for each in self.raw.hypotheses if each.text != english)
        return Enforcement(Translation(self.raw.source, (shown, *others), links, None), tuple(self.steps))
