"""Clauses of a German sentence, as far as they can be told reliably.

German main clauses put the finite verb second (or first) and the rest of the verb group at the end; clauses
opened by a conjunction or relative pronoun put the whole group at the end. Where a sentence does not fit
these patterns, no clause is made of it: everything built on this must live with gaps, not with guesses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from models.grammar.lists import named
from models.grammar.sentence import QUOTES, Clause, Item, Parse, read_items
from models.grammar.verb_groups import VerbGroups, has_zu_inside
from models.lexicon.analysis import SentenceAnalysis
from models.lexicon.tagging import Tagger

_BREAKS: Final = frozenset(",;:.?!–—-()[]…")
_HARD: Final = frozenset(";:.?!–—()[]…")


class Parser:
    """Takes sentences apart into clauses with their verb groups."""

    def __init__(self, analyse: Callable[[str], SentenceAnalysis], tagger: Tagger) -> None:
        self._analyse = analyse
        self._groups = VerbGroups(tagger)
        self.could_be = self._groups.could_be

    def parse(self, sentence: str) -> Parse:
        """Return items and clauses of one sentence."""
        items = read_items(self._analyse(sentence))
        return Parse(sentence, items, tuple(self._clauses(items)))

    def _clauses(self, items: tuple[Item, ...]) -> list[Clause]:
        done: list[Clause] = []
        waiting: list[
            tuple[tuple[int, ...], list[int]]
        ] = []  # subordinate clauses whose verb is still to come
        main: list[int] = []
        segments = _segments(items)
        for place, (segment, before) in enumerate(segments):
            if before in _HARD:
                waiting.clear()
                self._end_main(items, main, done)
                main = []
            opener = self._opener(items, segment)
            if opener:
                goes_on = self._goes_on(items, segment, segments[place + 1 :])
                rest = None if goes_on else self._subordinate(items, segment, opener, done)
                if rest is None:
                    waiting.append((opener, segment))
                elif rest:
                    self._end_main(items, rest, done)
                continue
            if waiting and self._completes(items, segment):
                opener, start = waiting.pop()
                self._subordinate(items, [*start, *segment], opener, done)
                continue
            if self._is_infinitive(items, segment):
                done.append(self._infinitive(items, segment))
                continue
            if main and self._finishes(items, main, segment):
                main += segment
                continue
            if (
                main
                and self._groups.finite_in(items, main) >= 0
                and self._groups.finite_in(items, segment) >= 0
            ):
                self._end_main(items, main, done)
                main = []
            main += segment
        self._end_main(items, main, done)
        return done

    def _finishes(self, items: tuple[Item, ...], main: list[int], segment: list[int]) -> bool:
        """Return whether a segment ends a main clause with infinitives: "hätte ..., ..., anzeigen müssen"."""
        finite = self._groups.finite_in(items, main)
        only = self._groups.finite_in(items, segment)
        return (
            finite >= 0
            and items[finite].tag[:2] in {"VA", "VM"}
            and len(segment) > 1
            and only == segment[-1]
            and items[only].low in named("plural or infinitive")
            and items[segment[-2]].tag.endswith(("(INF)", "(PP)"))
        )

    def _goes_on(
        self, items: tuple[Item, ...], segment: list[int], later: list[tuple[list[int], str]]
    ) -> bool:
        """Return whether a seeming plural is an infinitive: "öffnen, ... schließen kann"."""
        group = self._groups.closing(items, segment)
        if len(group) != 1 or not items[group[0]].tag.endswith("(INF)") or not later:
            return False
        following, mark = later[0]
        if mark != "," or self._opener(items, following):
            return False
        other = self._groups.closing(items, following)
        if other and items[other[-1]].tag in {"VM(FIN)", "VA(FIN)"} and self._completes(items, following):
            return True
        return (
            bool(other)
            and items[other[-1]].tag.endswith("(INF)")
            and self._goes_on(items, following, later[1:])
        )

    def _opener(self, items: tuple[Item, ...], segment: list[int]) -> tuple[int, ...]:
        """Return what opens a subordinate clause, or () for any other segment."""
        words = [items[number] for number in segment]
        if not words:
            return ()
        start = 0
        while start < min(3, len(words) - 1) and words[start].low in named("before an opener"):
            if words[start].low == "als" and words[start + 1].low not in {"ob", "wenn", "dass"}:
                break
            start += 1
        word = words[start]
        if word.low in named("surely opens a clause"):
            first = start
            if start and words[start - 1].low in {"ohne", "anstatt", "statt", "so", "als"}:
                first -= 1
            return tuple(segment[first : start + 1])
        if word.low in named("may open a clause"):
            following = words[start + 1].low if start + 1 < len(words) else ""
            sure = (
                word.tag == "KOUS"
                or word.low in {"wie", "je"}
                or (word.low == "als" and word.tag == "KOKOM")
                or (word.low in {"seit", "bis", "während"} and following in named("never dative"))
            )
            if word.low in {"seit", "bis", "während"} and (
                start + 1 == len(words) or words[start + 1].tag in {"NN", "CARD", "APPR"}
            ):
                return ()
            return (segment[start],) if sure and self._groups.ends_finite(items, segment[start:]) else ()
        behind = segment[0] > 0 and items[segment[0] - 1].text == ","
        preposition = (word.tag == "APPR" or word.low == "um") and start + 1 < len(words)
        relative = words[start + 1] if preposition else word
        if (
            behind
            and relative.low in named("relative")
            and self._groups.ends_finite(items, segment[start:])
            and (relative.tag in {"PRELS", "PRELAT"} or self._groups.surely_last(items, segment[start:]))
        ):
            return (word.index, relative.index) if preposition else (relative.index,)
        if word.low in named("asking") and word.tag.startswith(("PW", "PREL", "KO")):
            ends = self._groups.ends_finite(items, segment[start:])
            return (segment[start],) if ends else ()
        return ()

    def _subordinate(
        self, items: tuple[Item, ...], segment: list[int], opener: tuple[int, ...], done: list[Clause]
    ) -> list[int] | None:
        """Add the clause and return what follows it in the segment; None if its verb is missing."""
        inner = [number for number in segment if number > opener[-1]]
        group = self._groups.first_inside(items, inner)
        finite = self._groups.finite_of(items, group)
        if finite < 0:
            return None
        if items[finite].tag.endswith("(INF)") and self._groups.waits(items, segment, group):
            return []
        if self._groups.lost_infinitive(items, group, finite, inner):
            return []
        if (
            finite == group[-1]
            and items[finite].tag[:2] == "VV"
            and items[finite].lemma not in named("governs an infinitive")
        ):
            group = [finite]  # "isoliert auftaucht": the participle is an adverb
        end = group[-1]
        own = [number for number in segment if number <= end]
        rest = [number for number in segment if number > end]
        if rest and items[rest[0]].low not in named("joining"):
            own, rest = own + rest, []
        zu = next((number for number in group if items[number].tag == "PTKZU"), -1)
        others = tuple(n for n in group if n not in {finite, zu})
        done.append(Clause("sub", tuple(own), opener, finite, others, zu))
        if rest:
            again = self._groups.first_inside(items, rest[1:])
            second = self._groups.finite_of(items, again)
            if second >= 0 and again[-1] == rest[-1] and len(rest) - 1 > len(again):
                zu = next((number for number in again if items[number].tag == "PTKZU"), -1)
                others = tuple(n for n in again if n not in {second, zu})
                done.append(Clause("sub", tuple(rest[1:]), (), second, others, zu))
                return []
            return rest[1:] if self._groups.finite_in(items, rest[1:]) >= 0 else []
        return []

    def _completes(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        group = self._groups.closing(items, segment)
        finite = self._groups.finite_of(items, group)
        if finite < 0 or items[finite].tag.endswith("(PP)"):
            return False  # "die meisten, durch die Warnungen verschreckt, ..."
        return not any(self._groups.is_finite(items[n]) for n in segment if n < group[0])

    def _is_infinitive(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        if self._groups.finite_in(items, segment) >= 0:
            return False
        zu = any(items[n].tag == "PTKZU" for n in segment)
        joined = any(has_zu_inside(items[n]) for n in segment)
        return zu or joined

    def _infinitive(self, items: tuple[Item, ...], segment: list[int]) -> Clause:
        group = self._groups.closing(items, segment)
        zu = next((n for n in group if items[n].tag == "PTKZU"), -1)
        return Clause("inf", tuple(segment), (), -1, tuple(n for n in group if n != zu), zu)

    def _end_main(self, items: tuple[Item, ...], numbers: list[int], done: list[Clause]) -> None:
        """Add the main clauses of joined segments, one for each finite verb behind "und"."""
        parts: list[list[int]] = [[]]
        for place, number in enumerate(numbers):
            item = items[number]
            if (
                item.low in named("joining")
                and self._groups.finite_in(items, parts[-1]) >= 0
                and self._second_finite(items, numbers[place + 1 :], parts[-1])
            ):
                parts.append([])
                continue
            parts[-1].append(number)
        for part in parts:
            if part:
                done.append(self._main(items, part))

    def _second_finite(self, items: tuple[Item, ...], numbers: list[int], before: list[int]) -> bool:
        """Return whether the words behind "und" have a finite verb of their own."""
        finite = self._groups.finite_in(items, before)
        auxiliary = items[finite].tag[:2] in {"VA", "VM"}
        for number in numbers:
            item = items[number]
            if item.low in named("joining") and number != numbers[0]:
                return False
            if self._groups.is_finite(item):
                participle = auxiliary and self._groups.could_be(item.text, "VV(PP)")
                return not participle
        return False

    def _main(self, items: tuple[Item, ...], part: list[int]) -> Clause:
        if items[part[0]].low in named("joining") and len(part) > 1:
            part = part[1:]
        finite = self._groups.finite_in(items, part)
        if finite < 0:
            return Clause("main", tuple(part), (), -1, (), -1)
        behind = [number for number in part if number > finite]
        rest, zu = self._groups.bracket(items, behind, items[finite])
        return Clause("main", tuple(part), (), finite, rest, zu)


def _segments(items: tuple[Item, ...]) -> list[tuple[list[int], str]]:
    """Return runs of words between marks with the mark before each; quotation marks do not count."""
    found: list[tuple[list[int], str]] = []
    run: list[int] = []
    before = ""
    for item in items:
        if item.text in QUOTES:
            continue
        if item.text == "." and _shortens(items, item.index):
            continue
        if item.is_mark and item.text in _BREAKS:
            if run:
                found.append((run, before))
                run = []
                before = item.text
            elif item.text in _HARD or not before:
                before = item.text
            continue
        run.append(item.index)
    if run:
        found.append((run, before))
    return found


def _shortens(items: tuple[Item, ...], number: int) -> bool:
    """Return whether a full stop belongs to an ordinal or abbreviation: "am 21. September", "Dr. Merz"."""
    before = items[number - 1].low if number else ""
    return number + 1 < len(items) and (before.isdigit() or before in named("shortened") or len(before) == 1)
