"""Compare a translation with the glossary: does it render the term as the entry prefers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from glossary.english import FUNCTION_WORDS, english_words
from glossary.equivalents import Occurrence, Span, occurrences
from glossary.finding import Hit
from glossary.terms import Glossary, Term

VerdictKind = Literal["exact", "form", "variant", "other", "missing"]

_WORTH = {"exact": 3.0, "form": 2.6, "variant": 2.0}
# A place that the word links point to outweighs a better equivalent that they do not point to.
_LINK_WORTH = 2.0
_PARENT_WORTH = 1.5
_ORDER_WORTH = 0.3
_WEAKEST_LINK = 0.1
_SHARE_OF_BEST = 0.5


class LinkLike(Protocol):
    """A word link of a translation: character spans in the German and the English, and a weight."""

    @property
    def source(self) -> Span:
        """Span in the German."""

    @property
    def target(self) -> Span:
        """Span in the English."""

    @property
    def weight(self) -> float:
        """How sure the model is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the English renders a hit.

    `exact`: the preferred equivalent; `form`: an inflected form or other spelling of it; `variant`: another
    accepted equivalent; `other`: the linked English is none of these; `missing`: nothing is there.
    """

    kind: VerdictKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: int
    occurrence: Occurrence
    score: float


def judge(term: Term, hit: Hit, english: str, links: Sequence[LinkLike] = ()) -> Verdict:
    """Judge a single hit; for several hits of one sentence use `judge_all`."""
    places = occurrences(term, english, hit.kind == "ellipsis")
    candidates = _candidates(0, hit, places, english, links, None)
    if candidates:
        best = max(candidates, key=lambda candidate: candidate.score)
        return Verdict(best.occurrence.kind, best.occurrence.spans)
    return _linked(hit, english, links, lambda span: False)


def judge_all(
    hits: Sequence[Hit], glossary: Glossary, english: str, links: Sequence[LinkLike] = ()
) -> tuple[Verdict, ...]:
    """Judge the hits of one sentence together, in their order; no two claim the same English words.

    A hit nested in a longer one may share the words of that one, and is looked for there first.
    """
    work = _Judging(hits, glossary, english, links)
    waiting = list(range(len(hits)))
    while waiting:
        # Parents first: where a nested hit is looked for depends on them.
        ready = [each for each in waiting if hits[each].parent is None or hits[each].parent in work.verdicts]
        work.assign(ready or waiting)
        waiting = [each for each in waiting if each not in work.verdicts]
    return tuple(work.verdicts[number] for number in range(len(hits)))


class _Judging:
    """The hits of one sentence while they are given their English words."""

    def __init__(
        self, hits: Sequence[Hit], glossary: Glossary, english: str, links: Sequence[LinkLike]
    ) -> None:
        self.verdicts: dict[int, Verdict] = {}
        self._hits = hits
        self._glossary = glossary
        self._english = english
        self._links = links
        self._places: dict[tuple[str, bool], tuple[Occurrence, ...]] = {}
        # Letter of the English -> the hits that have claimed it.
        self._owners: dict[int, list[int]] = defaultdict(list)

    def assign(self, numbers: Sequence[int]) -> None:
        """Give each of these hits its verdict, best candidates first."""
        candidates: list[_Candidate] = []
        for number in numbers:
            hit = self._hits[number]
            inside = self.verdicts.get(hit.parent) if hit.parent is not None else None
            candidates += _candidates(number, hit, self._occurrences(hit), self._english, self._links, inside)
        candidates.sort(key=lambda each: (-each.score, each.occurrence.spans, each.hit))
        for candidate in candidates:
            spans = candidate.occurrence.spans
            if candidate.hit not in self.verdicts and not any(map(self._taken(candidate.hit), spans)):
                self._settle(candidate.hit, Verdict(candidate.occurrence.kind, spans))
        for number in numbers:
            if number not in self.verdicts:
                linked = _linked(self._hits[number], self._english, self._links, self._taken(number))
                self._settle(number, linked)

    def _occurrences(self, hit: Hit) -> tuple[Occurrence, ...]:
        key = (hit.term_id, hit.kind == "ellipsis")
        if key not in self._places:
            self._places[key] = occurrences(self._glossary.get(hit.term_id), self._english, key[1])
        return self._places[key]

    def _settle(self, number: int, verdict: Verdict) -> None:
        self.verdicts[number] = verdict
        for start, end in verdict.spans:
            for letter in range(start, end):
                self._owners[letter].append(number)

    def _taken(self, number: int) -> Callable[[Span], bool]:
        """Tell whether other hits have a span of the English.

        Not counted are the hits around this one, and those that share German letters with it, as the words
        of an ellipsis do: Bundes- und Landesregierungen, federal and state governments.
        """
        family = {number}
        above = self._hits[number].parent
        while above is not None and above not in family:
            family.add(above)
            above = self._hits[above].parent
        mine = self._hits[number].spans

        def taken(span: Span) -> bool:
            owners = {owner for letter in range(*span) for owner in self._owners.get(letter, ())}
            return any(not overlaps(self._hits[owner].spans, mine) for owner in owners - family)

        return taken


def _candidates(
    number: int,
    hit: Hit,
    places: Sequence[Occurrence],
    english: str,
    links: Sequence[LinkLike],
    inside: Verdict | None,
) -> list[_Candidate]:
    weights = [
        (link.target, link.weight)
        for link in links
        if overlaps((link.source,), hit.spans) and link.weight > 0
    ]
    total = sum(weight for _, weight in weights)
    found = []
    for occurrence in places:
        score = _WORTH[occurrence.kind]
        # Of equally good places the longer, and without links the earlier one.
        score += min(sum(end - start for start, end in occurrence.spans), 60) / 200
        score -= _ORDER_WORTH * occurrence.spans[0][0] / (len(english) + 1) if not total else 0.0
        if total:
            share = sum(weight for target, weight in weights if overlaps((target,), occurrence.spans)) / total
            score += _LINK_WORTH * share
        if inside is not None and inside.spans:
            score += _PARENT_WORTH if overlaps(occurrence.spans, inside.spans) else 0.0
        found.append(_Candidate(number, occurrence, score))
    return found


def _linked(hit: Hit, english: str, links: Sequence[LinkLike], taken: Callable[[Span], bool]) -> Verdict:
    """The English words that the links point to, as "other"; "missing" if there are none but small words.

    Words linked much more weakly than the best one are left out; small words count only between others.
    """
    mine = [link for link in links if overlaps((link.source,), hit.spans)]
    weighed = []
    for word in english_words(english):
        span = (word.start, word.end)
        weight = sum(link.weight for link in mine if overlaps((link.target,), (span,)))
        if weight and not taken(span):
            weighed.append((word, weight))
    weights = [weight for word, weight in weighed if word.key not in FUNCTION_WORDS]
    least = max(_WEAKEST_LINK, _SHARE_OF_BEST * max(weights, default=0.0))
    spans: list[Span] = []
    pending: Span | None = None
    for word, weight in weighed:
        close = bool(spans) and not english[(pending or spans[-1])[1] : word.start].strip(" -’'s")
        if weight < least:
            continue
        if word.key in FUNCTION_WORDS:
            pending = (word.start, word.end) if close else None
        else:
            spans[-1:] = [(spans[-1][0], word.end)] if close else [*spans[-1:], (word.start, word.end)]
            pending = None
    return Verdict("other", tuple(spans)) if spans else Verdict("missing", ())


def overlaps(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether some span of the one shares a character with some span of the other."""
    return any(
        start < other_end and other_start < end for start, end in spans for other_start, other_end in others
    )
