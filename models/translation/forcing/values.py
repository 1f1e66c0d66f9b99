"""What is wished of a translation, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.translation.pieces import Span
from models.translation.values import Translation

Step = Literal["annotated", "chosen", "redecoded", "replaced", "implausible", "altered", "unplaced"]
"""How a wish was granted, or why it was not.

`annotated`: the model was told the word in the source; `chosen`: one of its alternatives had it;
`redecoded`: it wrote on from the word; `replaced`: put in place of the aligned words; `implausible`: the
model gives the English far too low a probability; `altered`: the rest of the sentence would have changed;
`unplaced`: no place for it was found.
"""
GRANTED: frozenset[Step] = frozenset({"annotated", "chosen", "redecoded", "replaced"})


@dataclass(frozen=True, slots=True)
class Wish:
    """German words of a sentence and the English wanted for them.

    `source`: spans in the sentence, several if the words stand apart. `accepted`: the wordings that grant the
    wish, the preferred ones first; the first `writable` of them may be put into the English (the one that the
    model likes best), the others are recognised only. `replaceable`: whether a wording may also be put in the
    place of other words without the model writing on from it. `fulfilled`: the English at hand has it already
    and has to keep it. `dictionary`: the dictionary form, for models that inflect by themselves.
    """

    source: tuple[Span, ...]
    accepted: tuple[str, ...]
    writable: int = 1
    replaceable: bool = True
    fulfilled: bool = False
    dictionary: str = ""


@dataclass(frozen=True, slots=True)
class Enforcement:
    """What came of the wishes for a sentence.

    `translation` is None if the raw one stays; `steps` has an entry for each wish, None if it was fulfilled.
    """

    translation: Translation | None
    steps: tuple[Step | None, ...]
