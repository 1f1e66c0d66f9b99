"""What segmentation gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "heading", "item"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``[start, end)`` in the original text, and the text that is translated.

    ``text`` has hard wraps joined, control, bidi and soft-hyphen characters taken out, every white space
    made one plain space, bullets of list items dropped, and is in Unicode form NFC. It is empty where the
    span holds nothing but invisible characters.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, heading or list item with its sentences (at least one), in order."""

    start: int
    end: int
    kind: Kind
    sentences: tuple[Sentence, ...]
