"""Find the glossary's terms in a German sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from glossary.agreement import agrees
from glossary.choosing import asks_for_company, at_home, choose, in_company, permitted
from glossary.compounds import CompoundFinder
from glossary.ellipsis import elliptical
from glossary.index import build_index
from glossary.matching import HitKind, Match, Span, contiguous, split_verbs
from glossary.sentence import sentence
from glossary.surroundings import ALONE, Surroundings, SurroundingsReader
from glossary.terms import Glossary

__all__ = ["Hit", "HitKind", "TermFinder"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a sentence.

    `spans`: half-open offsets, several for split verbs and ellipses; `surface`: the text of the spans with
    " … " between; `parent`: index, in the same result, of the longer hit that contains this one, or None.
    """

    term_id: str
    spans: tuple[Span, ...]
    kind: HitKind
    surface: str
    parent: int | None


class TermFinder:
    """Finds terms; building it inflects the whole glossary once, so keep it. Safe to use from threads."""

    def __init__(self, glossary: Glossary) -> None:
        self._terms = glossary.terms
        self._index = build_index(glossary)
        self._compounds = CompoundFinder(self._index)
        self._surroundings = SurroundingsReader(self._index)

    def warm(self) -> None:
        """Load what is else loaded at the first long word or text (above all a word list, about 0.3 s)."""
        _ = self._compounds.lexicon
        self.surroundings([["Der Bundestag tagt in Berlin."]])

    def surroundings(self, paragraphs: Sequence[Sequence[str]]) -> tuple[Surroundings, ...]:
        """What a whole text, given as sentences by paragraph, tells `find` about each of its sentences."""
        return self._surroundings.read(paragraphs)

    @cached_property
    def needing_text(self) -> frozenset[str]:
        """The ids of the entries of which the text around a sentence decides whether they stand in it.

        Those with an everyday sense, and words that are other terms in other countries.
        """
        needing = {
            number
            for number, term in enumerate(self._terms)
            if set(term.countries) <= {"AT", "CH"}
            or any(rule.asks_for_company or rule.kind == "home-text" for rule in term.match)
        }
        for patterns in self._index.first.values():
            numbers = {number for _, number in patterns}
            if len({self._terms[number].countries for number in numbers}) > 1:
                needing |= numbers
        return frozenset(self._terms[number].id for number in needing)

    def find(self, text: str, country: str | None = None, around: Surroundings = ALONE) -> tuple[Hit, ...]:
        """Return the hits in one sentence, in reading order, longer before shorter.

        `country` (DE, AT, CH, EU, INT) chooses between entries for one word; without it the words of the
        sentence choose, then what `around` says of its text, then Germany. `around` also tells how political
        the text is, for words with an everyday sense.
        """
        here = self._compounds.respelt(sentence(text))
        groups: dict[tuple[Span, ...], list[Match]] = defaultdict(list)
        unsure: list[tuple[Match, float]] = []
        for source in (
            contiguous(self._index, here),
            split_verbs(self._index, here),
            elliptical(self._index, here, self._compounds.spelling),
            self._compounds.find(here),
        ):
            for match in source:
                term = self._terms[match.number]
                if (
                    permitted(term, match, here)
                    and agrees(term, match, here)
                    and at_home(term, match, here, country, around)
                ):
                    least = asks_for_company(term, match, here)
                    if least is None:
                        groups[match.spans].append(match)
                    else:
                        unsure.append((match, least))
        sure = set(groups)
        for match, least in unsure:
            if in_company(match, least, here, len(sure - {match.spans}), around):
                groups[match.spans].append(match)
        chosen = [choose(group, self._terms, here, country, around) for group in groups.values()]
        kept = self._at_home(_without_crossings(chosen))
        kept.sort(key=lambda match: (match.spans[0][0], -_size(match), match.spans))
        places = _Places(kept)
        return tuple(
            Hit(
                self._terms[match.number].id,
                match.spans,
                match.kind,
                " … ".join(text[start:end] for start, end in match.spans),
                _parent(position, kept, places),
            )
            for position, match in enumerate(kept)
        )

    def _at_home(self, matches: list[Match]) -> list[Match]:
        """Drop parts of a term that are other countries' terms (the Swiss Bundesverfassung in ...gericht)."""
        places = _Places(matches)
        kept = []
        for match in matches:
            mine = set(self._terms[match.number].countries)
            foreign = match.kind == "compound" and any(
                other.kind != "compound"
                and _size(other) > _size(match)
                and _contains(other, match)
                and not mine & {*self._terms[other.number].countries, "EU", "INT"}
                for _, other in places.near(match)
            )
            if not foreign:
                kept.append(match)
        return kept


class _Places:
    """Matches by the stretch of text they touch, so that long texts do not compare all with all."""

    _STRETCH = 64

    def __init__(self, matches: Iterable[Match] = ()) -> None:
        self._stretches: dict[int, list[tuple[int, Match]]] = defaultdict(list)
        self._count = 0
        for match in matches:
            self.add(match)

    def add(self, match: Match) -> None:
        """Add a match; it gets the next number."""
        for stretch in self._touched(match):
            self._stretches[stretch].append((self._count, match))
        self._count += 1

    def near(self, match: Match) -> Iterator[tuple[int, Match]]:
        """Yield number and match of those that may overlap with this one (some twice)."""
        for stretch in self._touched(match):
            yield from self._stretches.get(stretch, ())

    def _touched(self, match: Match) -> set[int]:
        return {
            stretch
            for start, end in match.spans
            for stretch in range(start // self._STRETCH, (end - 1) // self._STRETCH + 1)
        }


def _size(match: Match) -> int:
    return sum(end - start for start, end in match.spans)


def _contains(outer: Match, inner: Match) -> bool:
    return all(
        any(start <= inner_start and inner_end <= end for start, end in outer.spans)
        for inner_start, inner_end in inner.spans
    )


def _overlap(one: Match, other: Match) -> bool:
    return any(
        start < other_end and other_start < end
        for start, end in one.spans
        for other_start, other_end in other.spans
    )


def _without_crossings(matches: list[Match]) -> list[Match]:
    """Drop matches that overlap a longer one without lying inside it; half-words of ellipses are exempt."""
    kept: list[Match] = []
    places = _Places()
    for match in sorted(matches, key=lambda each: (-_size(each), each.spans[0][0])):
        crossing = any(
            _overlap(longer, match) and not _contains(longer, match)
            for _, longer in places.near(match)
            if "ellipsis" not in (longer.kind, match.kind)
        )
        if not crossing:
            kept.append(match)
            places.add(match)
    return kept


def _parent(position: int, matches: list[Match], places: _Places) -> int | None:
    """The smallest longer match around one; an ellipsis only if nothing else is around it."""
    mine = matches[position]
    if mine.kind == "ellipsis":
        return None
    around = [
        (other.kind == "ellipsis", _size(other), index)
        for index, other in places.near(mine)
        if index != position and _size(other) > _size(mine) and _contains(other, mine)
    ]
    return min(around)[2] if around else None
