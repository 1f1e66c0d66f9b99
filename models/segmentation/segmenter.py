"""Text to paragraphs to sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.segmentation.boundaries import sentence_starts
from models.segmentation.cleaning import clean
from models.segmentation.paragraphs import Span, paragraph_spans
from models.segmentation.punkt import tokenizer
from models.segmentation.values import Paragraph, Sentence

SEGMENTATION_VERSION = "1"


def segment(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs of ``text`` in order, each with its sentences.

    Nothing overlaps, and whatever lies outside the sentences is white space. List marks belong to the span of
    the item's first sentence.
    """
    return tuple(
        Paragraph(span.start, span.end, span.kind, tuple(_sentences(text, span)))
        for span in paragraph_spans(text)
    )


def _sentences(text: str, span: Span) -> Iterator[Sentence]:
    body_start = span.start + span.mark
    body = text[body_start : span.end]
    cleaned = clean(body)
    starts = [0, *sentence_starts(cleaned.text), len(cleaned.text)]
    start = span.start
    for index, (low, high) in enumerate(pairwise(starts)):
        last = index == len(starts) - 2
        next_start = span.end if last else body_start + cleaned.origin(high)
        end = next_start
        while end > start and text[end - 1].isspace():
            end -= 1
        sentence = cleaned.text[low:high].strip()
        yield Sentence(start, end, unicodedata.normalize("NFC", sentence))
        start = next_start


def pieces(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Gaps and sentences in turn; joined they give ``text`` again."""
    done = 0
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            yield text[done : sentence.start]
            yield text[sentence.start : sentence.end]
            done = sentence.end
    yield text[done:]


def warm_up() -> None:
    """Load Punkt now; else the first text that needs it waits a quarter of a second."""
    tokenizer()
