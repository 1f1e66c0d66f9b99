"""Numbers that the English of a sentence has lost: it is decoded again, told them, and with a wider beam.

A small model that has read 750 Jahre Kirche may write of the church alone, or make 3333 of 333. Half of such
sentences have another decoding that keeps the numbers, and it is often the fuller one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from models.figures import Figure, english_figures, german_figures, unmatched
from models.figures.german import DECIMAL, THOUSANDS
from models.lexicon import LexiconError
from models.translation.annotating import Given, Telling, annotated, folded
from models.translation.decoding import Decoded, Decoder, DecodingError
from models.translation.facts import negations
from models.translation.mending import ENGLISH_POINTS, mends
from models.translation.nonwords import Nonwords
from models.translation.pieces import Tokenizer
from models.translation.planning import Part, fault_in
from models.translation.rewriting import edited

WIDE_BEAM: Final = 12
# So much less likely a piece may be what has more of the numbers.
SLACK: Final = 0.2
_NUMBER: Final = re.compile(r"\d[\d.,:]*\d|\d")
_CLOCK: Final = re.compile(r"(\d\d?)(?:[.:](\d\d))?\s*Uhr\b")
_SCALE: Final = re.compile(r"\s*(Million|Mio|Milliarde|Mrd|Billion)(?:e?n)?\b", re.IGNORECASE)
_ENGLISH_SCALES: Final = {
    "million": "million",
    "mio": "million",
    "milliarde": "billion",
    "mrd": "billion",
    "billion": "trillion",
}


def lost_figures(ours: Sequence[Figure], theirs: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the German numbers that have to come back and are not among the English ones, in their order."""
    return unmatched((figure for figure in ours if figure.firm), theirs)


@dataclass(frozen=True, slots=True)
class Recounter:
    """Looks for decodings that keep the numbers.

    `annotates`: the package can be told words; `nonwords`: finds words that are none, if that can be done.
    """

    tokenizer: Tokenizer
    decoder: Decoder
    annotates: bool
    nonwords: Nonwords | None = None

    def recounted(self, part: Part, decoded: Decoded, read: Given) -> Decoded | None:
        """Return another decoding of a part that has lost fewer numbers, if there is a sound and likely one.

        `read`: what the model was given. The other one may have no more numbers that the German
        knows nothing of, no more words that are none, and has as many negations.
        """
        ours = german_figures(part.text)
        if not any(figure.firm for figure in ours):
            return None
        _, score = decoded.hypotheses[0]
        english = self._english(part, decoded)
        theirs = english_figures(english)
        lost = lost_figures(ours, theirs)
        if not lost:
            return None
        facts = self._facts(part, english, ours, theirs)
        best: Decoded | None = None
        fewest, likeliest = len(lost), 0.0
        try:
            for other in self._others(part, lost, read):
                text, likely = self._english(part, other), other.hypotheses[0][1]
                theirs = english_figures(text)
                left = len(lost_figures(ours, theirs))
                fewer = left < fewest or (best is not None and left == fewest and likely > likeliest)
                sound = likely >= score - SLACK and facts.hold(self._facts(part, text, ours, theirs))
                if fewer and sound and not fault_in(part, other, self.tokenizer):
                    best, fewest, likeliest = other, left, likely
        except DecodingError:
            pass  # what was found before will do
        if best is None:
            return None
        alternatives = [each for each in decoded.hypotheses if each[0] != best.hypotheses[0][0]]
        kept = (*best.hypotheses[:1], *alternatives)[: len(decoded.hypotheses)]
        return Decoded(kept, best.attention, best.hidden)

    def _others(self, part: Part, lost: Sequence[Figure], read: Given) -> Iterator[Decoded]:
        """Decode a part in other ways, each with one hypothesis."""
        wishes = [(figure.span, english_of(part.text, figure)) for figure in lost]
        tellings = [Telling(span, english) for span, english in wishes if english]
        told = annotated(part.text, part.pieces, tellings, self.tokenizer) if self.annotates else None
        for given, beam in ((told, None), (read, WIDE_BEAM)):
            if given is None:
                continue
            for other in self.decoder.every(given.pieces, beam):
                yield Decoded(other.hypotheses, folded(other.attention, given), given.hidden)

    def _facts(self, part: Part, english: str, ours: Sequence[Figure], theirs: Sequence[Figure]) -> _Facts:
        strange = unmatched((figure for figure in theirs if figure.digits), ours)
        try:
            nonwords = len(self.nonwords.find(part.text, english)) if self.nonwords else 0
        except LexiconError:  # the log has it, from where the model was to be told
            nonwords = 0
        return _Facts(len(strange), nonwords, negations(english))

    def _english(self, part: Part, decoded: Decoded) -> str:
        """The English as it will be shown: hours may be mended."""
        english = self.tokenizer.decode(decoded.hypotheses[0][0])
        return edited(english, (), mends(part.text, english))[0]


@dataclass(frozen=True, slots=True)
class _Facts:
    """How many numbers are from nowhere, how many words are none, how many negations there are."""

    strange: int
    nonwords: int
    negations: int

    def hold(self, other: _Facts) -> bool:
        return (
            other.strange <= self.strange
            and other.nonwords <= self.nonwords
            and other.negations == self.negations
        )


def english_of(german: str, figure: Figure) -> str:
    """Return how a German number in digits is written in English, "" for words.

    4,5 Milliarden is 4.5 billion, 38.000 is 38,000, 17.30 Uhr is 5:30 p.m., 17. is 17.
    """
    if not figure.digits:
        return ""
    text = german[figure.start : figure.end].strip()
    if clock := _CLOCK.match(text):
        hour, minute = int(clock[1]), f":{clock[2]}" if clock[2] and int(clock[2]) else ""
        return f"{hour % 12 or 12}{minute} {'p' if 12 <= hour < 24 else 'a'}.m."
    number = _NUMBER.search(text)
    if not number:
        return ""
    digits = number.group()
    if THOUSANDS.fullmatch(digits) or DECIMAL.fullmatch(digits):
        digits = digits.translate(ENGLISH_POINTS)
    scale = _SCALE.match(text, number.end())
    return f"{digits} {_ENGLISH_SCALES[scale[1].lower()]}" if scale else digits
