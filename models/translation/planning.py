"""How a sentence is to be translated: prepared, and in parts if it is long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.translation.alignment import links_of, word_matrix
from models.translation.checks import fault_of
from models.translation.decoding import RETRIES, Decoded, Decoder
from models.translation.joining import fitted_part
from models.translation.omissions import ContentWords, content_words
from models.translation.pieces import Span, Tokenizer, locate
from models.translation.preparing import Prepared, clean, prepare
from models.translation.values import Hypothesis, Link, Translation
from models.translation.words import Word, has_letters, split_words


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the prepared text the model decodes at once: where it starts, its text and pieces.

    `words`: its content words, if the model's attention tells when they are left out.
    """

    start: int
    text: str
    pieces: list[str]
    words: ContentWords = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sentence is to be translated; no parts: copied as it is."""

    sentence: str
    prepared: Prepared
    parts: tuple[Part, ...]

    def fitted(self, number: int, english: str) -> str:
        """Return the English of a part, given as that of a sentence, as it stands in this sentence."""
        first, last = number == 0, number == len(self.parts) - 1
        return fitted_part(english, self.parts[number].text, first=first, last=last)


def plan(sentence: str, tokenizer: Tokenizer, longest: int, *, aligned: bool = False) -> Plan:
    """Prepare a sentence; one of more than `longest` pieces is cut at its clauses.

    `aligned`: the model's attention is word alignment.
    """

    def part(start: int, text: str, pieces: list[str]) -> Part:
        return Part(start, text, pieces, content_words(text, pieces) if aligned else ())

    prepared = prepare(sentence, tokenizer.knows, tokenizer.encode)
    if not has_letters(prepared.text):
        return Plan(sentence, prepared, ())
    pieces = tokenizer.encode(prepared.text)
    if len(pieces) <= longest:
        return Plan(sentence, prepared, (part(0, prepared.text, pieces),))
    from models.segmentation import clauses

    parts = []
    for start, end in clauses(prepared.text, longest, lambda text: len(tokenizer.encode(text))):
        stretch = prepared.text[start:end]
        if text := stretch.strip():
            lead = len(stretch) - len(stretch.lstrip())
            parts.append(part(start + lead, text, tokenizer.encode(text)))
    return Plan(sentence, prepared, tuple(parts))


def copied(plan: Plan) -> Translation:
    """Return the translation of a sentence without letters (numbers, ***): itself."""
    words = split_words(plan.sentence)
    links = tuple(Link((word.start, word.end), (word.start, word.end), 1.0) for word in words)
    text = plan.sentence if plan.sentence.isprintable() else clean(plan.sentence)
    return Translation(plan.sentence, (Hypothesis(text, 0.0),), links if text == plan.sentence else (), None)


def sound_retry(part: Part, tokenizer: Tokenizer, decoder: Decoder) -> Decoded | None:
    """Return the first sound decoding with settings that prevent repetition, if any. Raises DecodingError."""
    for attempt in range(len(RETRIES)):
        again = decoder.retry(part.pieces, attempt)
        if fault_in(part, again, tokenizer) is None:
            return again
    return None


def fault_in(part: Part, decoded: Decoded, tokenizer: Tokenizer) -> str | None:
    """Return what is wrong with the decoding of a part, or None if nothing shows."""
    if not decoded.hypotheses:
        return "empty"
    pieces = decoded.hypotheses[0][0]
    return fault_of(part.text, part.pieces, tokenizer.decode(pieces), pieces)


def links_in(part: Part, english: str, decoded: Decoded) -> tuple[Link, ...]:
    """Return the word links of a part and its English, with places in these.

    A word that the model was not shown has the links of the one that stood for it.
    """
    source_words, target_words = split_words(part.text), split_words(english)
    spans = locate(part.pieces, part.text)
    matrix = word_matrix(
        source_words,
        spans,
        target_words,
        locate(decoded.hypotheses[0][0], english),
        decoded.attention,
    )
    links = links_of(source_words, target_words, matrix)
    stand_ins = [
        (_word_at(spans[place], source_words), _word_at(spans[other], source_words))
        for place, other in decoded.hidden
    ]
    more = {
        Link(hidden, link.target, link.weight)
        for hidden, shown in stand_ins
        for link in links
        if link.source == shown
    }
    return tuple(sorted({*links, *more}, key=lambda link: (link.target, link.source))) if more else links


def _word_at(span: Span, words: Sequence[Word]) -> Span:
    return next(
        ((word.start, word.end) for word in words if word.start < span[1] and span[0] < word.end), span
    )


def shifted(links: Sequence[Link], part: Part, offset: int) -> list[Link]:
    """Return links within a part as links within its sentence; `offset`: where the part's English begins."""
    return [
        Link(
            (link.source[0] + part.start, link.source[1] + part.start),
            (link.target[0] + offset, link.target[1] + offset),
            link.weight,
        )
        for link in links
    ]


def within(links: Sequence[Link], end: int) -> list[Link]:
    """Return the links to English that stands before `end`."""
    return [link for link in links if link.target[1] <= end]
