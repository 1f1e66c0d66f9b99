"""Cutting one over-long sentence where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

# From the best place to cut to the last resort; each pattern ends where the next piece begins.
_JOINTS = (
    re.compile(r"[;:][“”\"»«’‘›‹')\]]*\s+|\s(?=[–—]\s)"),
    re.compile(
        r",[“”\"»«’‘›‹')\]]*\s+(?=(?:und|oder|aber|sondern|denn|doch|jedoch|dass|weil|da|wenn|ob|obwohl|während|"
        r"nachdem|bevor|ehe|bis|damit|sodass|indem|falls|sofern|soweit|sobald|solange|seit|seitdem|als|wie|wo|"
        r"wobei|wodurch|womit|wofür|wogegen|worauf|worin|worüber|warum|weshalb|wer|was|um|ohne|statt|"
        r"der|die|das|den|dem|dessen|deren|denen|welche[rsmn]?)\b)"
    ),
    re.compile(r",[“”\"»«’‘›‹')\]]*\s+"),
    re.compile(r"\s+(?=(?:und|oder|sowie|beziehungsweise|bzw\.)\s)"),
    re.compile(r"\s+"),
)
# Share of the room that a piece must fill, so that a good joint near the start does not make many small ones.
_LEAST_FILL = 0.5


def clauses(text: str, longest: int, measure: Callable[[str], int]) -> tuple[tuple[int, int], ...]:
    """Cut ``text`` into spans that together cover it and measure at most ``longest`` each.

    ``measure`` says how long a piece is, for instance in tokens. Cuts are made after ``;`` and ``:``, before
    a dash, then at commas before conjunctions and relative pronouns, at other commas, before *und* and
    *oder*, at spaces, and at last anywhere. Only a single character may measure more than ``longest``.
    Raises ``ValueError`` when ``longest`` is below 1.
    """
    if longest < 1:
        raise ValueError(f"longest must be at least 1, not {longest}")
    return tuple(_spans(text, longest, measure))


def _spans(text: str, longest: int, measure: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        room = _furthest(text, start, longest, measure)
        end = len(text) if room == len(text) else _cut(text, start, room)
        # A tokenizer may count a shorter piece higher: give way until it fits.
        while end - start > 1 and measure(text[start:end]) > longest:
            end = _cut(text, start, end - 1) if end - start > 2 else start + 1
        yield start, end
        start = end


def _furthest(text: str, start: int, longest: int, measure: Callable[[str], int]) -> int:
    """Find the furthest end that still fits, by doubling and halving: only nearby text is measured."""
    fits = start + 1
    step = longest
    while True:
        end = min(start + step, len(text))
        if measure(text[start:end]) > longest:
            break
        fits = max(fits, end)
        if end == len(text):
            return end
        step *= 2
    too_far = end
    while too_far - fits > 1:
        middle = (fits + too_far) // 2
        if measure(text[start:middle]) <= longest:
            fits = middle
        else:
            too_far = middle
    return fits


def _cut(text: str, start: int, room: int) -> int:
    """Choose the place to cut in ``text[start:room]``, as near to ``room`` as its kind allows."""
    least = start + max(1, int((room - start) * _LEAST_FILL))
    window = text[start : min(room + 40, len(text))]  # a joint looks ahead to the next word
    for low in (least, start + 1):
        for joint in _JOINTS:
            ends = [
                end for end in (start + match.end() for match in joint.finditer(window)) if low <= end <= room
            ]
            if ends:
                return ends[-1]
    while room - 1 > start and room < len(text) and unicodedata.combining(text[room]):
        room -= 1  # an accent stays with its letter
    return max(room, start + 1)
