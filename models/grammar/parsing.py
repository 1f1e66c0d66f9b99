"""The words, clauses and verb groups of a German sentence, as far as they can be told reliably.

German main clauses put the finite verb second (or first) and the rest of the verb group at the end; clauses
opened by a conjunction or relative pronoun put the whole group at the end. Where a sentence does not fit
these patterns, no clause is made of it: everything built on this must live with gaps, not with guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from models.grammar.forms import MODALS
from models.grammar.lists import named
from models.lexicon.analysis import SentenceAnalysis
from models.lexicon.tagging import Tagger

QUOTES: Final = frozenset("“”„\"»«‚‘’'›‹")
_BREAKS: Final = frozenset(",;:.?!–—-()[]…")
_HARD: Final = frozenset(";:.?!–—()[]…")
_JOINING: Final = frozenset(["und", "oder", "aber", "sondern", "doch", "denn", "sowie"])


@dataclass(frozen=True, slots=True)
class Item:
    """A word or mark: number in the sentence, [start, end), text, lower case, tag, lemma.

    `partner` is the number of the other half of a split verb, or -1; `lemma` then has its prefix.
    """

    index: int
    start: int
    end: int
    text: str
    low: str
    tag: str
    lemma: str
    partner: int

    @property
    def is_mark(self) -> bool:
        """Return whether it is punctuation."""
        return self.tag == "$"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its items without marks, and its verbs by item number.

    `kind` is "main", "sub" (opened by `opener`, its verbs last) or "inf" (no finite verb). `finite` is -1 if
    there is none. `rest` are participles and infinitives of the group in order (zu left out), `zu` is its zu
    or -1.
    """

    kind: str
    items: tuple[int, ...]
    opener: tuple[int, ...]
    finite: int
    rest: tuple[int, ...]
    zu: int

    @property
    def first(self) -> bool:
        """Return whether the finite verb opens the clause."""
        return bool(self.items) and self.items[0] == self.finite

    @property
    def verbs(self) -> tuple[int, ...]:
        """Return all verb forms in order."""
        return tuple(sorted({*self.rest, self.finite} - {-1}))


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence taken apart."""

    text: str
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]

    def clause_of(self, index: int) -> Clause | None:
        """Return the clause that an item stands in."""
        return next((clause for clause in self.clauses if index in clause.items), None)

    def form(self, *numbers: int) -> str:
        """Return the texts of items, joined by spaces in order, " … " where others stand between."""
        parts: list[str] = []
        last = -2
        for number in sorted(numbers):
            if parts:
                parts.append(" " if number == last + 1 else " … ")
            parts.append(self.items[number].text)
            last = number
        return "".join(parts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters from one item to another."""
        return self.items[first].start, self.items[last].end

    def spans(self, numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Return the characters of items, neighbours joined."""
        found: list[tuple[int, int]] = []
        last = -2
        for number in sorted(numbers):
            if number == last + 1 and found:
                found[-1] = (found[-1][0], self.items[number].end)
            else:
                found.append((self.items[number].start, self.items[number].end))
            last = number
        return tuple(found)

    def text_of(self, first: int, last: int) -> str:
        """Return the text from one item to another."""
        return self.text[self.items[first].start : self.items[last].end]


class Parser:
    """Takes sentences apart; knows the tagger for what a form could be."""

    def __init__(self, analyse: Callable[[str], SentenceAnalysis], tagger: Tagger) -> None:
        self._analyse = analyse
        self._tagger = tagger

    def parse(self, sentence: str) -> Parse:
        """Return items and clauses of one sentence."""
        items = self._items(sentence)
        return Parse(sentence, items, tuple(self._clauses(items)))

    def could_be(self, form: str, tag: str) -> bool:
        """Return whether a form by itself could have a tag, VV(PP) for instance."""
        return any(found == tag for found, _ in self._tagger.word_tags(form))

    def _items(self, sentence: str) -> tuple[Item, ...]:
        analysis = self._analyse(sentence)
        items = []
        for number, (token, word) in enumerate(zip(analysis.tokens, analysis.words, strict=True)):
            if word is None:
                tag, lemma, partner = ("CARD" if token.text[:1].isdigit() else "$"), token.text, -1
            else:
                tag, lemma = word.tag, word.lemma
                others = [other for other in word.tokens if other != number]
                partner = others[0] if others else -1
                prefix = analysis.tokens[word.tokens[-1]].text.lower()
                if others and prefix in named("no sure prefix"):
                    partner, others, lemma = -1, [], lemma.removeprefix(prefix)  # "Dazu sagte er"
                if others and word.tokens[1] == number:
                    tag = "PTKVZ"
            if (
                tag[:2] in {"VV", "VA", "VM"}
                and token.text[:1].isupper()
                and not _may_be_capital(analysis, number)
            ):
                tag = "NE"
            if token.text.lower() == "sei" and _in_thanks(analysis, number):
                tag = "SET"
            items.append(
                Item(number, token.start, token.end, token.text, token.text.lower(), tag, lemma, partner)
            )
        return tuple(items)

    # Clauses

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
            if main and self._finite_in(items, main) >= 0 and self._finite_in(items, segment) >= 0:
                self._end_main(items, main, done)
                main = []
            main += segment
        self._end_main(items, main, done)
        return done

    def _finishes(self, items: tuple[Item, ...], main: list[int], segment: list[int]) -> bool:
        """Return whether a segment ends a main clause with infinitives: "hätte ..., ..., anzeigen müssen"."""
        finite = self._finite_in(items, main)
        only = self._finite_in(items, segment)
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
        group = self._last_group(items, segment)
        if len(group) != 1 or not items[group[0]].tag.endswith("(INF)") or not later:
            return False
        following, mark = later[0]
        if mark != "," or self._opener(items, following):
            return False
        other = self._last_group(items, following)
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
            if word.low in {"seit", "bis", "während"} and words[start + 1].tag in {"NN", "CARD", "APPR"}:
                return ()
            return (segment[start],) if sure and self._ends_finite(items, segment[start:]) else ()
        behind = segment[0] > 0 and items[segment[0] - 1].text == ","
        preposition = (word.tag == "APPR" or word.low == "um") and start + 1 < len(words)
        relative = words[start + 1] if preposition else word
        if (
            behind
            and relative.low in named("relative")
            and self._ends_finite(items, segment[start:])
            and (relative.tag in {"PRELS", "PRELAT"} or self._surely_last(items, segment[start:]))
        ):
            return (word.index, relative.index) if preposition else (relative.index,)
        if word.low in named("asking") and word.tag.startswith(("PW", "PREL", "KO")):
            ends = self._ends_finite(items, segment[start:])
            return (segment[start],) if ends else ()
        return ()

    def _ends_finite(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        """Return whether a segment ends with a verb group that may be finite, or may yet be completed."""
        group = self._last_group(items, segment)
        if not group:
            # "der Bericht, der die Länder, ..." is not claimed: only what ends with its verb
            return False
        early = [n for n in segment[1:] if self.is_finite(items[n]) and n < group[0]]
        return not early and (len(segment) > len(group))

    def _surely_last(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        """Return whether the finite verb stands behind the others of its group: "gestritten wird"."""
        group = self._last_group(items, segment)
        return (
            len(group) > 1
            and self.is_finite(items[group[-1]])
            and items[group[-2]].tag.endswith(("(PP)", "(INF)"))
        )

    def is_finite(self, item: Item) -> bool:
        """Return whether the tagger sees a finite verb."""
        return item.tag in {"VV(FIN)", "VA(FIN)", "VM(FIN)", "VV(IMP)", "VA(IMP)"}

    def _verbal(self, item: Item) -> bool:
        return item.tag[:2] in {"VV", "VA", "VM"}

    def _last_group(self, items: tuple[Item, ...], segment: list[int]) -> list[int]:
        """Return the verb forms that end a segment, "zu" among them."""
        group: list[int] = []
        for number in reversed(segment):
            item = items[number]
            if self._verbal(item) or (group and item.tag == "PTKZU"):
                group.insert(0, number)
            else:
                break
        return group if group and items[group[0]].tag != "PTKZU" else group[1:]

    def _group_inside(self, items: tuple[Item, ...], segment: list[int]) -> list[int]:
        """Return the first verb group of a subordinate segment that ends it or that a new part follows."""
        group: list[int] = []
        for place, number in enumerate(segment):
            item = items[number]
            if self._verbal(item) or (
                item.tag == "PTKZU" and place + 1 < len(segment) and self._verbal(items[segment[place + 1]])
            ):
                group.append(number)
                continue
            if group:
                if (
                    item.low in _JOINING
                    or item.tag in {"APPR", "APPRART", "KOKOM"}
                    or item.low in {"als", "wie"}
                ):
                    return group
                return []  # something else behind the verb: not a clause we understand
        return group

    def _finite_of(self, items: tuple[Item, ...], group: list[int]) -> int:
        """Return the finite verb of a group that ends a subordinate clause, or -1."""
        if not group:
            return -1
        last, first = items[group[-1]], items[group[0]]
        verbs = [items[number] for number in group if items[number].tag != "PTKZU"]
        if len(verbs) >= 3 and first.tag in {"VA(FIN)"} and verbs[-1].tag.endswith("(INF)"):
            return first.index  # "hätte zahlen müssen"
        if self.is_finite(last):
            return last.index
        behind_zu = len(group) > 1 and items[group[-2]].tag == "PTKZU"
        if (
            last.tag.endswith("(INF)")
            and not behind_zu
            and len(verbs) < 3
            and self.could_be(last.text, last.tag[:2] + "(FIN)")
        ):
            if len(verbs) == 2 and not verbs[0].tag.endswith(("(PP)", "(INF)")):
                return -1
            return last.index  # "zustimmen": plural, as the infinitive
        if last.tag == "VV(PP)" and len(verbs) == 1 and self.could_be(last.text, "VV(FIN)"):
            return last.index
        return -1

    def _subordinate(
        self, items: tuple[Item, ...], segment: list[int], opener: tuple[int, ...], done: list[Clause]
    ) -> list[int] | None:
        """Add the clause and return what follows it in the segment; None if its verb is missing."""
        inner = [number for number in segment if number > opener[-1]]
        group = self._group_inside(items, inner)
        finite = self._finite_of(items, group)
        if finite < 0:
            return None
        if items[finite].tag.endswith("(INF)") and self._waits(items, segment, group):
            return []
        if self._lost_infinitive(items, group, finite, inner):
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
        if rest and items[rest[0]].low not in _JOINING:
            own, rest = own + rest, []
        zu = next((number for number in group if items[number].tag == "PTKZU"), -1)
        others = tuple(n for n in group if n not in {finite, zu})
        done.append(Clause("sub", tuple(own), opener, finite, others, zu))
        if rest:
            again = self._group_inside(items, rest[1:])
            second = self._finite_of(items, again)
            if second >= 0 and again[-1] == rest[-1] and len(rest) - 1 > len(again):
                zu = next((number for number in again if items[number].tag == "PTKZU"), -1)
                others = tuple(n for n in again if n not in {second, zu})
                done.append(Clause("sub", tuple(rest[1:]), (), second, others, zu))
                return []
            return rest[1:] if self._finite_in(items, rest[1:]) >= 0 else []
        return []

    def _lost_infinitive(
        self, items: tuple[Item, ...], group: list[int], finite: int, inner: list[int]
    ) -> bool:
        """Return whether the infinitive before a modal verb was not seen as one: "haushalten muss"."""
        if items[finite].tag != "VM(FIN)" or len(group) > 1 or finite - 1 not in inner:
            return False
        before = items[finite - 1]
        looks = before.text.islower() and before.low.endswith("en")
        return looks and not before.tag.startswith(("ADV", "ADJ", "P"))

    def _waits(self, items: tuple[Item, ...], segment: list[int], group: list[int]) -> bool:
        """Return whether a seeming plural is an infinitive: "das man setzen oder weglassen kann"."""
        if any(items[n].low in {"man", "er", "es", "ich", "du"} for n in segment if n < group[0]):
            return True
        behind = [n for n in segment if n > group[-1]]
        return bool(behind) and items[behind[-1]].tag in {"VM(FIN)", "VA(FIN)"}

    def _completes(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        group = self._last_group(items, segment)
        finite = self._finite_of(items, group)
        if finite < 0 or items[finite].tag.endswith("(PP)"):
            return False  # "die meisten, durch die Warnungen verschreckt, ..."
        return not any(self.is_finite(items[n]) for n in segment if n < group[0])

    def _is_infinitive(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        if self._finite_in(items, segment) >= 0:
            return False
        zu = any(items[n].tag == "PTKZU" for n in segment)
        joined = any(_joined_zu(items[n]) for n in segment)
        return zu or joined

    def _infinitive(self, items: tuple[Item, ...], segment: list[int]) -> Clause:
        group = self._last_group(items, segment)
        zu = next((n for n in group if items[n].tag == "PTKZU"), -1)
        return Clause("inf", tuple(segment), (), -1, tuple(n for n in group if n != zu), zu)

    def _finite_in(self, items: tuple[Item, ...], numbers: list[int]) -> int:
        return next((number for number in numbers if self.is_finite(items[number])), -1)

    def _end_main(self, items: tuple[Item, ...], numbers: list[int], done: list[Clause]) -> None:
        """Add the main clauses of joined segments, one for each finite verb behind "und"."""
        parts: list[list[int]] = [[]]
        for place, number in enumerate(numbers):
            item = items[number]
            if (
                item.low in _JOINING
                and self._finite_in(items, parts[-1]) >= 0
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
        finite = self._finite_in(items, before)
        auxiliary = items[finite].tag[:2] in {"VA", "VM"}
        for number in numbers:
            item = items[number]
            if item.low in _JOINING and number != numbers[0]:
                return False
            if self.is_finite(item):
                participle = auxiliary and self.could_be(item.text, "VV(PP)")
                return not participle
        return False

    def _main(self, items: tuple[Item, ...], part: list[int]) -> Clause:
        if items[part[0]].low in _JOINING and len(part) > 1:
            part = part[1:]
        finite = self._finite_in(items, part)
        if finite < 0:
            return Clause("main", tuple(part), (), -1, (), -1)
        behind = [number for number in part if number > finite]
        rest, zu = self._bracket(items, behind, items[finite])
        return Clause("main", tuple(part), (), finite, rest, zu)

    def _bracket(
        self, items: tuple[Item, ...], behind: list[int], finite: Item
    ) -> tuple[tuple[int, ...], int]:
        """Return the participles and infinitives that close a main clause, and their zu."""
        auxiliary = finite.tag[:2] in {"VA", "VM"} or finite.lemma in {"lassen", "scheinen"}
        group: list[int] = []
        for place, number in enumerate(behind):
            item = items[number]
            following = items[behind[place + 1]] if place + 1 < len(behind) else None
            gap = following is None or following.index != number + 1
            zu = item.tag == "PTKZU" and following is not None and self._verbal(following)
            bare = item.tag.endswith(("(PP)", "(INF)", "(IZU)")) and self._verbal(item)
            bare = bare or (bool(group) and item.low in named("plural or infinitive"))
            mistaken = (
                auxiliary
                and item.tag == "VV(FIN)"
                and (self.could_be(item.text, "VV(PP)") or self.could_be(item.text, "VV(INF)"))
            )
            if zu or bare or mistaken:
                group.append(number)
                if gap or (
                    following is not None
                    and (
                        following.low in _JOINING
                        or following.tag in {"APPR", "APPRART", "KOKOM"}
                        or following.low in {"als", "wie"}
                    )
                ):
                    break
            else:
                group = []
        else:
            group = []
        zu_at = next((number for number in group if items[number].tag == "PTKZU"), -1)
        return tuple(number for number in group if number != zu_at), zu_at


def _may_be_capital(analysis: SentenceAnalysis, number: int) -> bool:
    """Return whether any word would have a capital here: first, or behind a mark that is no comma."""
    before = number - 1
    while before >= 0 and analysis.tokens[before].text in QUOTES:
        before -= 1
    return before < 0 or (analysis.words[before] is None and analysis.tokens[before].text != ",")


def _in_thanks(analysis: SentenceAnalysis, number: int) -> bool:
    """Return whether "sei" stands in "Gott sei Dank", which is an adverb."""
    around = [token.text.lower() for token in analysis.tokens[max(0, number - 1) : number + 2]]
    return around == ["gott", "sei", "dank"]


def _joined_zu(item: Item) -> bool:
    """Return whether an infinitive has its zu inside: "vorzulegen"."""
    return (
        item.tag in {"VV(IZU)", "VV(INF)"}
        and re.search(r"^.{2,}zu.{3,}n$", item.low) is not None
        and ("zu" not in item.lemma[1:])
    )


def _shortens(items: tuple[Item, ...], number: int) -> bool:
    """Return whether a full stop belongs to an ordinal or abbreviation: "am 21. September", "Dr. Merz"."""
    before = items[number - 1].low if number else ""
    return number + 1 < len(items) and (before.isdigit() or before in named("shortened") or len(before) == 1)


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


def is_modal(item: Item) -> bool:
    """Return whether an item is a form of a modal verb."""
    return item.lemma in MODALS
