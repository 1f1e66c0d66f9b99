"""Terms inside longer words: Kriegsverlängerungsstrategie, NATO-Beitritt, haushaltspolitisch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock

from glossary.index import Index
from glossary.joining import respellings
from glossary.lexicon import Lexicon
from glossary.matching import Match
from glossary.morphology import Slot
from glossary.sentence import Sentence
from glossary.spelling import fold, key_offsets, without_soft_hyphens

STOPS_FILE = Path(__file__).parent / "compound_stops.txt"
# Part of a word: start and end in the word, numbers of the terms that it may be.
Part = tuple[int, int, tuple[int, ...]]
_PIECE = re.compile(r"[^-\u2010\u2011/*:_]+")
_SHORTEST_WORD = 5
# Longer strings of letters are no words; looking for parts in them would only take time.
_LONGEST_WORD = 120
_SHORTEST_STEM = 3
_SHORTEST_RESPELT = 8
_CACHED_WORDS = 50_000
# What is stopped for a word is stopped for its forms: Hausverwaltungen, Bundespolizeigesetzes.
_ENDINGS = ("", "s", "es", "e", "n", "en", "er")


class CompoundFinder:
    """Finds terms as parts of words; remembers the words it has seen."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._seen: dict[str, tuple[Part, ...]] = {}
        # Words of these letters may be terms with another joining s; all others need not be looked up.
        self._without_s = {key.replace("s", "") for key in index.endings}
        self._lock = Lock()

    def respelt(self, here: Sentence) -> Sentence:
        """The sentence with the joining s of its words as the entries have it (keys only, no offsets).

        Mitgliedsstaaten gets the key of Mitgliedstaaten, where that is the entry.
        """
        found = {
            place: spelling
            for place, token in enumerate(here.tokens)
            if (spelling := self.spelling(token.key)) != token.key
        }
        if not found:
            return here
        tokens = (replace(each, key=found.get(place, each.key)) for place, each in enumerate(here.tokens))
        return replace(here, tokens=tuple(tokens))

    def spelling(self, key: str) -> str:
        """A word's key with its joining s as the entries have it; the key itself if they have no other."""
        if (
            len(key) < _SHORTEST_RESPELT
            or key in self._index.first
            or key.replace("s", "") not in self._without_s
        ):
            return key
        return self.respellings.get(key, key)

    def find(self, here: Sentence) -> Iterator[Match]:
        """Yield the terms inside the words of a sentence, also those inside words that are terms."""
        for place, token in enumerate(here.tokens):
            if not _SHORTEST_WORD <= len(token.key) <= _LONGEST_WORD:
                continue
            for start, end, numbers in self.parts(here.text[token.start : token.end], here.shouted):
                for number in numbers:
                    yield Match(number, ((token.start + start, token.start + end),), "compound", place, place)

    def parts(self, word: str, loud: bool = False) -> tuple[Part, ...]:
        """The terms inside one word; `loud`: it stands in a text in capitals."""
        known = self._seen.get(word)
        if known is None:
            known = tuple(self._analyse(word, loud))
            if len(self._seen) >= _CACHED_WORDS:
                self._seen.clear()
            self._seen[word] = known
        return known

    @cached_property
    def lexicon(self) -> Lexicon:
        """The word list, loaded at the first word in which a term's letters stand."""
        with self._lock:
            return Lexicon({*self._index.stems, *self._index.endings})

    @cached_property
    def respellings(self) -> dict[str, str]:
        """Spellings with another joining s than the entries', and the form each stands for (folded)."""
        return respellings(self._index, self.lexicon)

    @cached_property
    def _stems(self) -> dict[str, list[int]]:
        return self._with_respellings(self._index.stems)

    @cached_property
    def _endings(self) -> dict[str, list[int]]:
        return self._with_respellings(self._index.endings)

    def _with_respellings(self, table: dict[str, list[int]]) -> dict[str, list[int]]:
        found = {spelling: table[form] for spelling, form in self.respellings.items() if form in table}
        return found | table

    @cached_property
    def stops(self) -> dict[str, tuple[str, ...]]:
        """For a part of words the longer words in which it is not the term (Rat in Ratgeber)."""
        stopped = {}
        for line in STOPS_FILE.read_text(encoding="utf-8").splitlines():
            part, colon, words = line.partition("#")[0].partition(":")
            if colon:
                stopped[fold(part.strip())] = tuple(map(fold, words.split()))
        return stopped

    def _analyse(self, text: str, loud: bool) -> Iterator[Part]:
        pieces = [(match.start(), match.group()) for match in _PIECE.finditer(text)]
        if not pieces:
            return
        if "-" in text or "\u2011" in text or "\u2010" in text:
            yield from self._hyphenated(text, pieces)
        for offset, piece in pieces:
            noun = piece[:1].isupper()
            if noun or piece.islower() or loud:
                for start, end, numbers in self._inside(piece, noun):
                    yield offset + start, offset + end, numbers

    def _hyphenated(self, text: str, pieces: list[tuple[int, str]]) -> Iterator[Part]:
        """Terms that are one or several whole pieces of a hyphenated word."""
        count = len(pieces)
        for first in range(count):
            key = ""
            for last in range(first, count):
                key += fold(pieces[last][1])
                whole = first == 0 and last == count - 1
                if whole and text[0].isalnum() and text[-1].isalnum():
                    continue
                start = pieces[first][0]
                end = pieces[last][0] + len(pieces[last][1])
                plain = without_soft_hyphens(text[start:end])
                numbers, dropped = self._single(key, plain, last < count - 1 or text.endswith("-"))
                if numbers:
                    yield start, end - dropped, numbers
        yield from self._continued(text, pieces)
        yield from self._strung(pieces)

    def _strung(self, pieces: list[tuple[int, str]]) -> Iterator[Part]:
        """Terms of several words strung together with hyphens: Hartz-IV in Hartz-IV-Empfänger."""
        keys = [fold(piece) for _, piece in pieces]
        for first, key in enumerate(keys):
            for pattern, number in self._index.first.get(key, ()):
                last = first + len(pattern.slots)
                term = self._index.terms[number]
                if len(pattern.slots) == 1 or last > len(keys) or term.pos not in ("noun", "name"):
                    continue
                if any(rule.kind == "no-compound" for rule in term.match):
                    continue
                linked = last < len(keys)
                if all(
                    _fits(slot, pieces[place][1], linked and place + 1 == last)
                    for place, slot in enumerate(pattern.slots, first)
                ):
                    offset, piece = pieces[last - 1]
                    yield pieces[first][0], offset + len(piece), (number,)

    def _continued(self, text: str, pieces: list[tuple[int, str]]) -> Iterator[Part]:
        """Terms with a hyphen whose last piece goes on: EU-Erweiterung in EU-Erweiterungsdebatte."""
        for first in range(len(pieces) - 1):
            front = fold(pieces[first][1])
            offset, piece = pieces[first + 1]
            key, offsets = key_offsets(piece)
            for cut in range(len(key) - _SHORTEST_STEM, _SHORTEST_STEM - 1, -1):
                numbers = tuple(
                    number
                    for number in self._stems.get(front + key[:cut], ())
                    if "-" in self._index.terms[number].german
                )
                if numbers and self.lexicon.allows(front + key, 0, len(front) + cut, piece[:1].isupper()):
                    yield pieces[first][0], offset + offsets[cut], numbers
                    break

    def _single(self, key: str, text: str, linked: bool) -> tuple[tuple[int, ...], int]:
        """The one-word terms with this key; the number of linking letters left out (Regierungs- -> 1).

        An n that a form of the term ends in is none (Grünen-Fraktion).
        """
        whole = self._numbers(key, text) if key.endswith("n") else ()
        for link in ("s", "es", "n", "en") if linked and not whole else ():
            stem = key.removesuffix(link)
            if stem != key and len(stem) > _SHORTEST_STEM and stem in self._stems:
                numbers = self._numbers(stem, text[: -len(link)])
                if numbers:
                    return numbers, len(link)
        return self._numbers(key, text), 0

    def _numbers(self, key: str, text: str) -> tuple[int, ...]:
        found = []
        for pattern, number in self._index.first.get(self.respellings.get(key, key), ()):
            slot = pattern.slots[0]
            if len(pattern.slots) > 1 or pattern.after or slot.case == "lower":
                continue
            if slot.case == "exact" and text not in slot.texts:
                continue
            if slot.case == "capital" and not text[:1].isupper():
                continue
            if any(rule.kind == "no-compound" for rule in self._index.terms[number].match):
                continue
            found.append(number)
        return tuple(dict.fromkeys(found))

    def _inside(self, piece: str, noun: bool) -> Iterator[Part]:
        """Terms that are a part of a piece without hyphens."""
        key, offsets = key_offsets(piece)
        length = len(key)
        beginnings = self._index.beginnings
        taken: dict[int, int] = {}
        for start in range(length - _SHORTEST_STEM + 1):
            if start == 1 or key[start : start + 3] not in beginnings:
                continue
            if start and not noun:
                # Only the first part of an adjective (haushalts|politisch) is taken for the term.
                break
            for end in range(start + _SHORTEST_STEM, length + 1):
                if end - start == length:
                    continue
                table = self._endings if end == length else self._stems
                numbers = table.get(key[start:end])
                if numbers is None and end == length and not noun:
                    continue
                # Gedenkstätte|n and Gedenkstätten: one part, of which the shorter cut is taken.
                new = tuple(dict.fromkeys(n for n in numbers or () if taken.get(n, 0) <= start))
                if new and self._plausible(key, start, end, noun):
                    taken.update(dict.fromkeys(new, end))
                    yield offsets[start], offsets[end], new

    def _plausible(self, key: str, start: int, end: int, noun: bool) -> bool:
        part = key[start:end]
        for ending in _ENDINGS:
            base = part.removesuffix(ending)
            for word in self.stops.get(base, ()) if part.endswith(ending) else ():
                at = start - word.find(base)
                if at >= 0 and key.startswith(word, at):
                    return False
        return self.lexicon.allows(key, start, end, noun)


def _fits(slot: Slot, piece: str, linked: bool) -> bool:
    """Whether a piece of a hyphenated word fills a slot; `linked`: an s may join the next (Koalitions-)."""
    key = fold(piece)
    if key not in slot.keys and not (linked and key.removesuffix("s") in slot.keys):
        return False
    if slot.case == "exact":
        return piece in slot.texts
    return slot.case != "capital" or not piece[0].islower()
