"""Annotation: tell a model that was trained for it which word to use, in the source itself.

The source is written as `… <t> Bundesrat <c> Bundesrat </t> …`: German words, then the English wanted
(inline annotation: Dinu et al. 2019, “Training Neural Machine Translation to Apply Terminology Constraints”).
The text is given to SentencePiece as it stands, so that a trainer gets the same pieces from the same text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from models.translation.pieces import Span, Tokenizer
from models.translation.preparing import Prepared

OPEN, CHANGE, CLOSE = "<t>", "<c>", "</t>"
MARKS = (OPEN, CHANGE, CLOSE)


def takes_annotation(folder: Path, tokenizer: Tokenizer) -> bool:
    """Whether the package says `"terminology": true` in metadata.json and its vocabulary has the marks."""
    try:
        stated = json.loads((folder / "metadata.json").read_text(encoding="utf-8-sig")).get("terminology")
    except (OSError, ValueError, AttributeError):
        return False
    return stated is True and all(mark in tokenizer.encode(f"a {mark} b") for mark in MARKS)


def annotated(prepared: Prepared, words: Sequence[tuple[Sequence[Span], str]]) -> str | None:
    """Return the prepared sentence with the wanted wordings; None if one cannot be annotated.

    `words`: spans in the sentence, not yet prepared, and the wording; German words that stand apart or
    overlap cannot be annotated.
    """
    text = prepared.text
    if any(mark in text for mark in MARKS):
        return None
    edits: list[tuple[int, int, str]] = []
    for spans, wording in words:
        if len(spans) != 1:
            return None
        inside = [
            index
            for index, (start, end) in enumerate(prepared.spans)
            if spans[0][0] <= start and end <= spans[0][1]
        ]
        if not inside:
            return None
        edits.append((inside[0], inside[-1] + 1, wording))
    edits.sort()
    if any(start < end for (_, end, _), (start, _, _) in pairwise(edits)):
        return None
    for start, end, wording in reversed(edits):
        marked = f"{OPEN} {text[start:end]} {CHANGE} {wording} {CLOSE}"
        text = text[:start] + marked + text[end:]
    return text
