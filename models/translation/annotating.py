"""Annotation: tell a model that was trained for it which word to use, in the source itself.

The pieces of the sentence stay as they are; the marks stand between them (models/training/annotation.py):

    ▁Die <t> ▁Haushalts sperre <c> ▁budget ▁freeze </t> ▁gilt

The English is given in its dictionary form, and the model inflects it (Dinu et al. 2019, “Training Neural
Machine Translation to Apply Terminology Constraints”; Bergmanis and Pinnis 2021 for dictionary forms).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from models.translation.pieces import Span, Tokenizer, locate

OPEN, CHANGE, CLOSE = "<t>", "<c>", "</t>"
MARKS = (OPEN, CHANGE, CLOSE)
# As many as a training sentence has at most.
MOST_TERMS = 3


def takes_annotation(folder: Path, tokenizer: Tokenizer) -> bool:
    """Whether the package says `"terminology": true` in metadata.json and its vocabulary has the marks."""
    try:
        stated = json.loads((folder / "metadata.json").read_text(encoding="utf-8-sig")).get("terminology")
    except (OSError, ValueError, AttributeError):
        return False
    return stated is True and all(mark in tokenizer.encode(f"a {mark} b") for mark in MARKS)


def folded(attention: Sequence[Sequence[float]], pieces: Sequence[str]) -> list[list[float]]:
    """Return attention to annotated pieces as attention to those of the text: a wish's goes to its word."""
    owners: list[int] = []
    plain, inside = -1, False
    for piece in pieces:
        inside = piece == CHANGE or (inside and piece != CLOSE)
        if not inside and piece not in MARKS:
            plain += 1
        owners.append(max(plain, 0))
    rows = []
    for weights in attention:
        row = [0.0] * (plain + 1)
        # Beyond the pieces stands the end of the sentence, if it stands there at all.
        for owner, weight in zip(owners, weights, strict=False):
            row[owner] += weight
        rows.append(row + list(weights[len(pieces) :]))
    return rows


def annotated(
    text: str, pieces: Sequence[str], words: Sequence[tuple[Span, str]], tokenizer: Tokenizer
) -> list[str] | None:
    """Return the pieces of a text with what is wanted for some words; None if no word can be annotated.

    `words`: a span in the text and the English wanted, in dictionary form. Left out are words that do not
    begin and end where pieces do, that overlap others, and those beyond the first MOST_TERMS.
    """
    if any(mark in pieces for mark in MARKS):
        return None
    spans = locate(pieces, text)
    begins: set[int] = set()
    ends: dict[int, str] = {}
    reached = 0
    for (start, end), english in sorted(words):
        inside = [i for i, (a, b) in enumerate(spans) if a < end and start < b]
        fits = inside and spans[inside[0]][0] == start and spans[inside[-1]][1] == end
        if fits and start >= reached and len(ends) < MOST_TERMS:
            begins.add(inside[0])
            ends[inside[-1]] = english
            reached = end
    if not ends:
        return None
    result: list[str] = []
    for i, piece in enumerate(pieces):
        if i in begins:
            result.append(OPEN)
        result.append(piece)
        if i in ends:
            result += [CHANGE, *tokenizer.encode(ends[i]), CLOSE]
    return result
