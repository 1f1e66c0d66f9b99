"""Annotation: tell a model that was trained for it which word to use, in the source itself.

The pieces of the sentence stay as they are; the marks stand between them (models/training/annotation.py):

    ▁Die <t> ▁Haushalts sperre <c> ▁budget ▁freeze </t> ▁gilt

The English is given in its dictionary form, and the model inflects it (Dinu et al. 2019, “Training Neural
Machine Translation to Apply Terminology Constraints”; Bergmanis and Pinnis 2021 for dictionary forms).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.translation.pieces import Span, Tokenizer, locate

OPEN, CHANGE, CLOSE = "<t>", "<c>", "</t>"
MARKS = (OPEN, CHANGE, CLOSE)
# As many as a training sentence has at most.
MOST_TERMS = 3


@dataclass(frozen=True, slots=True)
class Given:
    """What a model is given to read: the pieces of a text, perhaps with words told, perhaps without some.

    `hidden`: the places, among the text's own pieces, of those that it is not shown, each with the place of
    the piece that stands for it.
    """

    pieces: list[str]
    hidden: tuple[tuple[int, int], ...] = ()


def takes_annotation(folder: Path, tokenizer: Tokenizer) -> bool:
    """Whether the package says `"terminology": true` in metadata.json and its vocabulary has the marks."""
    try:
        stated = json.loads((folder / "metadata.json").read_text(encoding="utf-8-sig")).get("terminology")
    except (OSError, ValueError, AttributeError):
        return False
    return stated is True and all(mark in tokenizer.encode(f"a {mark} b") for mark in MARKS)


def folded(attention: Sequence[Sequence[float]], given: Given) -> list[list[float]]:
    """Return attention to what was given as attention to the pieces of the text.

    That to a wish goes to its word; to what was hidden none was paid.
    """
    owners: list[int] = []
    plain, inside = -1, False
    hidden = {place for place, _ in given.hidden}
    for piece in given.pieces:
        inside = piece == CHANGE or (inside and piece != CLOSE)
        if not inside and piece not in MARKS:
            plain = _next_shown(plain, hidden)
        owners.append(max(plain, 0))
    size = _next_shown(plain, hidden)
    rows = []
    for weights in attention:
        row = [0.0] * size
        # Beyond the pieces stands the end of the sentence, if it stands there at all.
        for owner, weight in zip(owners, weights, strict=False):
            row[owner] += weight
        rows.append(row + list(weights[len(given.pieces) :]))
    return rows


def _next_shown(place: int, hidden: set[int]) -> int:
    place += 1
    while place in hidden:
        place += 1
    return place


@dataclass(frozen=True, slots=True)
class Telling:
    """The English wanted for a span of a text, in dictionary form, and spans that it stands for as well.

    These are not shown to the model: of „schob den Streit auf die lange Bank“ it reads „schob den Streit“,
    told “put off” for the verb.
    """

    span: Span
    english: str
    hidden: tuple[Span, ...] = ()


def annotated(
    text: str, pieces: Sequence[str], tellings: Sequence[Telling], tokenizer: Tokenizer
) -> Given | None:
    """Return the pieces of a text with what is wanted for some words; None if no word can be annotated.

    Left out are those of words that do not begin and end where pieces do, that overlap others, and those
    beyond the first MOST_TERMS.
    """
    if any(mark in pieces for mark in MARKS):
        return None
    spans = locate(pieces, text)
    begins: set[int] = set()
    ends: dict[int, str] = {}
    hidden: dict[int, int] = {}
    reached = 0
    elsewhere = {place for one in tellings for span in one.hidden for place in _pieces_of(span, spans)}
    for one in sorted(tellings, key=lambda each: (each.span, each.english)):
        inside = _pieces_of(one.span, spans)
        others = [_pieces_of(span, spans) for span in one.hidden]
        fits = inside and all(others) and not elsewhere & set(inside)
        if fits and one.span[0] >= reached and len(ends) < MOST_TERMS:
            begins.add(inside[0])
            ends[inside[-1]] = one.english
            hidden.update((place, inside[0]) for places in others for place in places)
            reached = one.span[1]
    if not ends:
        return None
    result: list[str] = []
    for i, piece in enumerate(pieces):
        if i in begins:
            result.append(OPEN)
        if i not in hidden:
            result.append(piece)
        if i in ends:
            result += [CHANGE, *tokenizer.encode(ends[i]), CLOSE]
    return Given(result, tuple(sorted(hidden.items())))


def _pieces_of(span: Span, spans: Sequence[Span]) -> list[int]:
    """Return the places of the pieces of a span, [] if it does not begin and end where they do."""
    inside = [i for i, (start, end) in enumerate(spans) if start < span[1] and span[0] < end]
    fits = inside and spans[inside[0]][0] == span[0] and spans[inside[-1]][1] == span[1]
    return inside if fits else []
