"""Other English versions of a sentence, made on demand, and how likely the model finds each.

The best hypotheses of a beam differ in little things. So the model is also asked, where it was least sure of
its own English, to write on from each of the next best pieces (CTranslate2's alternatives at a position).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from models.translation.checks import fault_of
from models.translation.engine import Translator
from models.translation.forcing.decoding import ForcedDecoder
from models.translation.pieces import Tokenizer
from models.translation.planning import Part, Plan, plan, sound_retry
from models.translation.preparing import Prepared, restore

_BEAM: Final = 6
_PLACES: Final = 5  # positions from which the model is made to go another way
_BRANCHES: Final = 3  # ways at each
# A version whose mean log-probability per piece is so much lower is no serious alternative.
_WORST: Final = 0.8
_STEM: Final = 5
_WORDS: Final = re.compile(r"\w+")
_LITTLE: Final = frozenset(
    ["a", "an", "the", "of", "that", "which", "to", "in", "on", "at", "for", "by", "is", "are", "was", "were"]
)


@dataclass(frozen=True, slots=True)
class Version:
    """An English version. `total` is its natural log-probability, `pieces` the number it is the sum of.

    `total` is None for a given text that cannot be scored: one of a sentence translated in parts.
    """

    english: str
    total: float | None
    pieces: int

    @property
    def score(self) -> float | None:
        """Mean natural log-probability per piece (0 is certain), the end sign included."""
        return None if self.total is None else self.total / self.pieces


@dataclass(frozen=True, slots=True)
class Versions:
    """The texts that were given, in their order, and other versions, the likeliest per piece first."""

    given: tuple[Version, ...]
    others: tuple[Version, ...]


def versions(
    translator: Translator, german: str, given: Sequence[str], saved: Sequence[str] = (), count: int = 3
) -> Versions:
    """Return how likely the given English versions of a sentence are, and up to `count` others.

    The others differ from those given and from each other in at least one word, not only in punctuation or
    capitals; those that differ in a word with a meaning of its own come before those that do not. They are
    the best of those made now and of `saved`. There are none for a sentence without letters.

    Raises:
        RuntimeError, OSError: the model cannot be loaded or fails.

    """
    maker = _Maker(translator)
    made = plan(german, maker.tokenizer, translator.longest)
    if not made.parts:
        return Versions(tuple(Version(text, None, 1) for text in given), ())
    candidates = maker.candidates(made)
    judged = tuple(_likelier(one, candidates) for one in maker.judged(made, given))
    return Versions(judged, _different(judged, [*maker.judged(made, saved), *candidates], count))


def _likelier(given: Version, candidates: Sequence[Version]) -> Version:
    """Return the same text in the pieces that the model itself wrote, if it did and they are likelier."""
    same = [one for one in candidates if one.english == given.english]
    return max([given, *same], key=lambda one: float("-inf") if one.total is None else one.total)


@dataclass(frozen=True, slots=True)
class _Scored:
    """Pieces of one part with their log-probability."""

    pieces: list[str]
    total: float


class _Maker:
    def __init__(self, translator: Translator) -> None:
        self.tokenizer: Tokenizer
        self.tokenizer, decoder = translator.load()
        self._plain_decoder = decoder
        self._decoder = ForcedDecoder(decoder, _BEAM)
        self._beams = sorted({translator.options.beam, _BEAM})

    def judged(self, made: Plan, given: Sequence[str]) -> tuple[Version, ...]:
        """Return the given texts with their log-probabilities."""
        if len(made.parts) != 1:
            return tuple(Version(text, None, 1) for text in given)
        source = made.parts[0].pieces
        pieces = [self.tokenizer.encode(_plain(text, made.prepared)) for text in given]
        scored = self._scored(source, pieces)
        return tuple(
            Version(text, one.total, len(one.pieces) + 1) for text, one in zip(given, scored, strict=True)
        )

    def candidates(self, made: Plan) -> list[Version]:
        """Return sound versions of the whole sentence, each with one of its parts put in another way."""
        each_part = [self._ways(part) for part in made.parts]
        if not all(each_part):
            return []
        best = [ways[0] for ways in each_part]
        found = []
        for number, ways in enumerate(each_part):
            for way in ways:
                chosen = [*best[:number], way, *best[number + 1 :]]
                parts = (self.tokenizer.decode(one.pieces) for one in chosen)
                text = " ".join(made.fitted(place, english) for place, english in enumerate(parts))
                english = restore(text, (), made.prepared)[0]
                found.append(
                    Version(
                        english,
                        sum(one.total for one in chosen),
                        sum(len(one.pieces) + 1 for one in chosen),
                    )
                )
        return found

    def _ways(self, part: Part) -> list[_Scored]:
        """Return sound ways to put a part, the likeliest per piece first; one at least, sound or not."""
        # The translator's own beam, too: it finds the very English that was shown.
        beams = [self._decoder.alternatives([part.pieces], size)[0] for size in self._beams]
        beam = beams[-1]
        ways = {tuple(one.pieces): one.pieces for each in beams for one in each}
        if beam:
            for pieces in self._branches(part.pieces, beam[0].pieces):
                ways.setdefault(tuple(pieces), pieces)
        sound = [
            pieces
            for pieces in ways.values()
            if fault_of(part.text, part.pieces, self.tokenizer.decode(pieces), pieces) is None
        ]
        if not sound:  # other parts may still be put in another way
            again = sound_retry(part, self.tokenizer, self._plain_decoder)
            sound = [again.hypotheses[0][0]] if again else list(ways.values())[:1]
        scored = self._scored(part.pieces, sound)
        return sorted(scored, key=lambda one: -one.total / (len(one.pieces) + 1))

    def _branches(self, source: list[str], best: list[str]) -> list[list[str]]:
        """Let the model go other ways where it was least sure of the best English."""
        [log_probabilities] = self._decoder.log_probabilities([source], [best])
        unsure = sorted(range(len(best)), key=lambda place: log_probabilities[place])[:_PLACES]
        return self._decoder.branches(source, [best[:place] for place in sorted(unsure)], _BRANCHES)

    def _scored(self, source: list[str], targets: Sequence[list[str]]) -> list[_Scored]:
        sources = [source] * len(targets)
        found = self._decoder.log_probabilities(sources, targets)
        return [_Scored(pieces, sum(each)) for pieces, each in zip(targets, found, strict=True)]


def _different(given: Sequence[Version], candidates: Iterable[Version], count: int) -> tuple[Version, ...]:
    """Return the best candidates that differ from what is given and from each other."""
    ranked = sorted(candidates, key=lambda one: -(one.score or 0.0))
    floor = (ranked[0].score or 0.0) - _WORST if ranked else 0.0
    ranked = [one for one in ranked if (one.score or 0.0) >= floor]
    seen = [_words(one.english) for one in given]
    chosen: list[Version] = []
    for strict in (True, False):
        for one in ranked:
            words = _words(one.english)
            alike = any(_alike(words, other) if strict else words == other for other in seen)
            if len(chosen) < count and not alike:
                seen.append(words)
                chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: -(one.score or 0.0)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text.casefold()))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two versions differ in little words and endings at most (group, groups)."""
    stems = ([word[:_STEM] for word in words if word not in _LITTLE] for words in (one, other))
    return next(stems) == next(stems)


def _plain(english: str, prepared: Prepared) -> str:
    """Return English as the model writes it: names in its own spelling, without signs it never sees."""
    for plain, original in prepared.names:
        english = english.replace(original, plain)
    for _, sign in prepared.signs:
        english = english.replace(sign, " ")
    return " ".join(english.split())
