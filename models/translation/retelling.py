"""Translating a sentence once more, with the English of some of its words told to the model.

Told are names that the text introduces (surnames), the words that came out as words that are none (nonwords),
then rare ones whose English is missing (rare_words).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.lexicon import LexiconError
from models.translation.annotating import MOST_TERMS, Given, folded
from models.translation.avoiding import openings
from models.translation.decoding import Decoded, Decoder, DecodingError, Pending
from models.translation.facts import same_facts
from models.translation.nonwords import Nonwords
from models.translation.omissions import shown
from models.translation.pieces import Span, Tokenizer
from models.translation.planning import Part, Plan, fault_in, links_in
from models.translation.rare_words import RareWord, RareWords, better, elsewhere, lost, missing, told
from models.translation.rewriting import edited
from models.translation.surnames import edits, surnames_of
from models.translation.values import Link
from models.translation.words import has_letters

# How often a model is kept from words that are none, and how much less likely a piece may become by it.
_ATTEMPTS: Final = 3
AVOIDING_SLACK: Final = 0.08
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What a model is given to read, with words told; how many nonwords it wrote without that.

    `words`: those told, and names that were right without.
    """

    given: Given
    words: tuple[RareWord, ...]
    nonwords: int


@dataclass(frozen=True, slots=True)
class Retelling:
    """A part under way once more."""

    told: Told
    pending: Pending


@dataclass(frozen=True, slots=True)
class Taken:
    """What a model made of what it was given, with attention to the pieces of the text."""

    decoded: Decoded
    given: Given


class Reteller:
    """Tells a model what the lexicon knows."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        decoder: Decoder,
        rare: RareWords,
        surnames: frozenset[str] = frozenset(),
    ) -> None:
        """`surnames`: of the text that the sentences are from."""
        self._surnames = surnames
        self._tokenizer = tokenizer
        self._decoder = decoder
        self._rare = rare
        self.nonwords = Nonwords(rare)

    def begin(self, window: Sequence[tuple[Plan, Sequence[Pending]]]) -> list[list[Retelling | None]]:
        """Wait for a window of sentences and hand over anew, all at once, the parts that may gain by it."""
        parts = [
            (part, wait) for plan, pending in window for part, wait in zip(plan.parts, pending, strict=True)
        ]
        wanted = [self._wanted(part, wait) for part, wait in parts]
        waiting = iter(
            self._submit([(part, one.given) for (part, _), one in zip(parts, wanted, strict=True) if one])
        )
        again = iter([Retelling(one, next(waiting)) if one else None for one in wanted])
        return [[next(again) for _ in plan.parts] for plan, _ in window]

    def taken(self, part: Part, decoded: Decoded, again: Retelling) -> Taken | None:
        """Wait for the retelling of a part; return it if it is sound and better than what came first.

        If it is not, each of the missing words is told alone, since one that the model cannot place may have
        spoiled the English of the others. The likeliest of what is better is taken.
        """
        told_at_once = self._better(part, decoded, again.told, again.told.given, again.pending)
        if told_at_once:
            return told_at_once
        words = missing(again.told.words, self._text(decoded))[:MOST_TERMS]
        if len(words) < 2:
            return None
        each = (told(part.text, part.pieces, [word], self._tokenizer) for word in words)
        given = [one for one in each if one]
        waiting = self._submit([(part, one) for one in given])
        found = [
            self._better(part, decoded, again.told, one, pending)
            for one, pending in zip(given, waiting, strict=True)
        ]
        return max(filter(None, found), key=lambda one: one.decoded.hypotheses[0][1], default=None)

    def _submit(self, asked: Sequence[tuple[Part, Given]]) -> list[Pending]:
        """Hand over what is given of parts; none of the words shown are to be left out."""
        if not asked:
            return []
        pieces = [given.pieces for _, given in asked]
        return self._decoder.submit(pieces, [shown(part.words, dict(given.hidden)) for part, given in asked])

    def _better(
        self, part: Part, decoded: Decoded, wanted: Told, given: Given, pending: Pending
    ) -> Taken | None:
        """Wait for what the model made of what it was given; return it if better than what came first."""
        try:
            second = self._decoder.collect(pending)
        except DecodingError:
            return None
        if fault_in(part, second, self._tokenizer):
            return None
        first, english = self._text(decoded), self._text(second)
        mended = wanted.nonwords - len(self.nonwords.find(part.text, english))
        scores = decoded.hypotheses[0][1], second.hypotheses[0][1]
        if not better((first, scores[0]), (english, scores[1]), wanted.words, mended):
            return None
        if lost(part.text, part.pieces, wanted.words, given, english):
            return None
        return Taken(Decoded(second.hypotheses, folded(second.attention, given), given.hidden), given)

    def reworded(self, part: Part, decoded: Decoded, again: Retelling | None) -> Decoded | None:
        """Return another decoding of a part with fewer words that are none, if there is a sound one.

        Each time the model is kept from all such words that it has written so far.
        """
        given = again.told.given if again else Given(part.pieces)
        first, score = self._text(decoded), decoded.hypotheses[0][1]
        try:
            wrong = self._wrong(part, first)
        except LexiconError:  # the log has it, from where the model was to be told
            return None
        best, fewest = None, len(wrong)
        last, forbidden = decoded, set[tuple[str, ...]]()
        for _ in range(_ATTEMPTS if wrong else 0):
            new = set(openings(part.text, self._text(last), last.hypotheses[0][0], wrong)) - forbidden
            if not new:
                break
            forbidden |= new
            try:
                last = self._decoder.avoiding(given.pieces, sorted(forbidden))
            except DecodingError:
                break
            if fault_in(part, last, self._tokenizer):
                break
            english, wrong = self._text(last), self._wrong(part, self._text(last))
            likely = last.hypotheses[0][1] >= score - AVOIDING_SLACK
            if len(wrong) < fewest and likely and same_facts(first, english):
                best, fewest = (
                    Decoded(last.hypotheses, folded(last.attention, given), given.hidden),
                    len(wrong),
                )
            if not wrong:
                break
        return best

    def named(self, german: str, english: str, links: Sequence[Link]) -> tuple[str, tuple[Link, ...]]:
        """Return English and links with the surnames of the text that were taken for words all the same."""
        try:
            found = list(edits(german, english, links, self._surnames, self._rare))
        except LexiconError:  # the log has it, from where the model was to be told
            return english, tuple(links)
        return edited(english, links, found)

    def _text(self, decoded: Decoded) -> str:
        return self._tokenizer.decode(decoded.hypotheses[0][0])

    def _wrong(self, part: Part, english: str) -> tuple[Span, ...]:
        return self.nonwords.find(part.text, english)

    def _wanted(self, part: Part, pending: Pending) -> Told | None:
        if not has_letters(part.text):
            return None
        try:
            decoded = self._decoder.collect(pending)
        except DecodingError:
            return None  # reported when the sentence is finished
        if not decoded.hypotheses:
            return None
        english = self._tokenizer.decode(decoded.hypotheses[0][0])
        try:
            names = surnames_of(part.text, self._surnames, self._rare.tagger)
            words, nonwords = self._gaps(part, english, decoded)
        except LexiconError as error:
            _log.warning("Translated without the lexicon: %s", error)
            return None
        # A name is not told as the word that it might be, even where it came out right.
        words = elsewhere(words, names)
        # Names alone, if any are wrong: more wishes at once are obeyed less.
        given = told(part.text, part.pieces, missing(names, english) or words, self._tokenizer)
        return Told(given, names + words, nonwords) if given else None

    def _gaps(self, part: Part, english: str, decoded: Decoded) -> tuple[tuple[RareWord, ...], int]:
        """Return the words to be told, and how many words of the English are none.

        A word of a phrase is never told by itself: it may mean something else.
        """
        wrong = self.nonwords.find(part.text, english)
        phrases = self._rare.phrases(part.text)
        words = self.nonwords.told(part.text, wrong, links_in(part, english, decoded)) if wrong else ()
        words = elsewhere(words, phrases)
        words += elsewhere(missing(self._rare.find(part.text), english), words + phrases)
        return missing(phrases, english) + words, len(wrong)
