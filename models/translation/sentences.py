"""From a sentence to what the model decodes, and from what it decoded to a Translation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.translation.alignment import links_of, word_matrix
from models.translation.annotating import folded
from models.translation.checks import fault_of
from models.translation.decoding import RETRIES, Decoded, Decoder, DecodingError, Pending
from models.translation.joining import fitted_part
from models.translation.pieces import Tokenizer, locate
from models.translation.preparing import Prepared, clean, prepare, restore
from models.translation.rare_words import RareWord, RareWords, better, missing, told
from models.translation.values import Hypothesis, Link, Translation
from models.translation.words import has_letters, split_words

UNUSABLE = "the model gave no usable English for this sentence"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the prepared text the model decodes at once: where it starts, its text and pieces."""

    start: int
    text: str
    pieces: list[str]


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


def plan(sentence: str, tokenizer: Tokenizer, longest: int) -> Plan:
    """Prepare a sentence; one of more than `longest` pieces is cut at its clauses."""
    prepared = prepare(sentence, tokenizer.knows, tokenizer.encode)
    if not has_letters(prepared.text):
        return Plan(sentence, prepared, ())
    pieces = tokenizer.encode(prepared.text)
    if len(pieces) <= longest:
        return Plan(sentence, prepared, (Part(0, prepared.text, pieces),))
    from models.segmentation import clauses

    parts = []
    for start, end in clauses(prepared.text, longest, lambda text: len(tokenizer.encode(text))):
        stretch = prepared.text[start:end]
        if text := stretch.strip():
            lead = len(stretch) - len(stretch.lstrip())
            parts.append(Part(start + lead, text, tokenizer.encode(text)))
    return Plan(sentence, prepared, tuple(parts))


def copied(plan: Plan) -> Translation:
    """Return the translation of a sentence without letters (numbers, ***): itself."""
    words = split_words(plan.sentence)
    links = tuple(Link((word.start, word.end), (word.start, word.end), 1.0) for word in words)
    text = plan.sentence if plan.sentence.isprintable() else clean(plan.sentence)
    return Translation(plan.sentence, (Hypothesis(text, 0.0),), links if text == plan.sentence else (), None)


@dataclass(frozen=True, slots=True)
class Retelling:
    """A part under way once more, with the English of rare words in it (rare_words)."""

    pieces: list[str]
    words: tuple[RareWord, ...]
    pending: Pending


def retold(
    window: Sequence[tuple[Plan, Sequence[Pending]]], tokenizer: Tokenizer, decoder: Decoder, rare: RareWords
) -> list[list[Retelling | None]]:
    """Wait for a window of sentences and hand over anew, all at once, the parts with missing rare words."""
    asked: list[tuple[list[str], tuple[RareWord, ...]] | None] = []
    for plan, pending in window:
        for part, wait in zip(plan.parts, pending, strict=True):
            asked.append(_missed(part, wait, tokenizer, decoder, rare))
    told_anew = [one[0] for one in asked if one]
    waiting = iter(decoder.submit(told_anew) if told_anew else ())
    again = iter([Retelling(*one, next(waiting)) if one else None for one in asked])
    return [[next(again) for _ in plan.parts] for plan, _ in window]


def _missed(
    part: Part, pending: Pending, tokenizer: Tokenizer, decoder: Decoder, rare: RareWords
) -> tuple[list[str], tuple[RareWord, ...]] | None:
    if not has_letters(part.text):
        return None
    try:
        decoded = decoder.collect(pending)
    except DecodingError:
        return None  # reported by finish()
    if not decoded.hypotheses:
        return None
    words = missing(rare.find(part.text), tokenizer.decode(decoded.hypotheses[0][0]))
    pieces = told(part.text, part.pieces, words, tokenizer)
    return (pieces, words) if pieces else None


def finish(
    plan: Plan,
    pending: Sequence[Pending],
    tokenizer: Tokenizer,
    decoder: Decoder,
    retellings: Sequence[Retelling | None] = (),
) -> Translation:
    """Wait for the parts of a sentence, mend them if need be and put the English together."""
    if not plan.parts:
        return copied(plan)
    outcomes = [
        _outcome(part, wait, tokenizer, decoder, again)
        for part, wait, again in zip(plan.parts, pending, retellings or [None] * len(plan.parts), strict=True)
    ]
    links: list[Link] = []
    offset = 0
    for number, (part, (decoded, _problem)) in enumerate(zip(plan.parts, outcomes, strict=True)):
        english = tokenizer.decode(decoded.hypotheses[0][0]) if decoded and decoded.hypotheses else ""
        if decoded and english:
            shown = plan.fitted(number, english)
            links += within(_links(part, english, decoded, offset), offset + len(shown))
            offset += len(shown) + 1
    hypotheses = _join([(n, one) for n, (one, _problem) in enumerate(outcomes) if one], plan, tokenizer)
    english, moved = restore(hypotheses[0].text, links, plan.prepared) if hypotheses else ("", ())
    problem = next((problem for _decoded, problem in outcomes if problem), None)
    rest = [Hypothesis(restore(h.text, (), plan.prepared)[0], h.score) for h in hypotheses[1:]]
    first = [Hypothesis(english, hypotheses[0].score)] if hypotheses else []
    return Translation(
        plan.sentence,
        tuple({hypothesis.text: hypothesis for hypothesis in [*rest[::-1], *first]}.values())[::-1],
        plan.prepared.original(moved),
        problem,
    )


def _outcome(
    part: Part, pending: Pending, tokenizer: Tokenizer, decoder: Decoder, again: Retelling | None
) -> tuple[Decoded | None, str | None]:
    """Return the first sound decoding of a part, else the first of all with the problem."""
    if not has_letters(part.text):
        return _verbatim(part), None
    try:
        decoded = decoder.collect(pending)
        fault = _fault(part, decoded, tokenizer)
        if fault and (sound := sound_retry(part, tokenizer, decoder)):
            return sound, None
        if not fault and again and (retelling := _taken(part, decoded, again, tokenizer, decoder)):
            return retelling, None
    except DecodingError as error:
        return None, f"{UNUSABLE} ({error})"
    return decoded, f"{UNUSABLE} ({fault})" if fault else None


def _taken(
    part: Part, decoded: Decoded, again: Retelling, tokenizer: Tokenizer, decoder: Decoder
) -> Decoded | None:
    """Return the retelling of a part if it is sound and better than what was decoded first."""
    try:
        second = decoder.collect(again.pending)
    except DecodingError:
        return None
    if _fault(part, second, tokenizer):
        return None
    one, two = [
        (tokenizer.decode(pieces), score) for pieces, score in (decoded.hypotheses[0], second.hypotheses[0])
    ]
    if not better(one, two, again.words):
        return None
    return Decoded(second.hypotheses, folded(second.attention, again.pieces))


def sound_retry(part: Part, tokenizer: Tokenizer, decoder: Decoder) -> Decoded | None:
    """Return the first sound decoding with settings that prevent repetition, if any. Raises DecodingError."""
    for attempt in range(len(RETRIES)):
        again = decoder.retry(part.pieces, attempt)
        if _fault(part, again, tokenizer) is None:
            return again
    return None


def _fault(part: Part, decoded: Decoded, tokenizer: Tokenizer) -> str | None:
    if not decoded.hypotheses:
        return "empty"
    pieces = decoded.hypotheses[0][0]
    return fault_of(part.text, part.pieces, tokenizer.decode(pieces), pieces)


def _verbatim(part: Part) -> Decoded:
    """Let a letterless stretch within a long sentence stand for itself."""
    size = len(part.pieces)
    attention = [[float(row == column) for column in range(size)] for row in range(size)]
    return Decoded(((part.pieces, 0.0),), attention)


def _links(part: Part, english: str, decoded: Decoded, offset: int) -> list[Link]:
    source_words, target_words = split_words(part.text), split_words(english)
    matrix = word_matrix(
        source_words,
        locate(part.pieces, part.text),
        target_words,
        locate(decoded.hypotheses[0][0], english),
        decoded.attention,
    )
    return shifted(links_of(source_words, target_words, matrix), part, offset)


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


def _join(decoded: Sequence[tuple[int, Decoded]], plan: Plan, tokenizer: Tokenizer) -> list[Hypothesis]:
    """Join the parts' hypotheses rank by rank; the score is the mean over all pieces."""
    if not decoded:
        return []
    joined = []
    for rank in range(min(len(one.hypotheses) for _number, one in decoded)):
        chosen = [(number, *one.hypotheses[rank]) for number, one in decoded]
        english = (plan.fitted(number, tokenizer.decode(pieces)) for number, pieces, _score in chosen)
        text = " ".join(filter(None, english))
        total = sum(len(pieces) + 1 for _number, pieces, _score in chosen)
        score = sum(score * (len(pieces) + 1) for _number, pieces, score in chosen) / total
        joined.append(Hypothesis(text, score))
    return joined
