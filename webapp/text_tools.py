"""Small tools for text that several rooms of the web application need."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def slug(title: str, longest: int = 60) -> str:
    """A file name from a title: ASCII letters, digits and hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", title.translate(_SPELLED_OUT)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-zA-Z0-9]+", "-", plain).strip("-").lower()
    return name[:longest].rstrip("-") or "reading"


def day(time: datetime) -> str:
    """The day of a time where the reader lives, as ``22 November 2026``."""
    local = time.astimezone()
    return f"{local.day} {local:%B %Y}"


def in_chunks(pieces: Iterable[str], characters: int = 65_536) -> Iterator[str]:
    """The same text in pieces of at least so many characters but for the last; at least one, if only ``""``.

    A template yields each of its expressions by itself, far too little to be sent alone.
    """
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= characters:
            yield "".join(held)
            held, length = [], 0
    yield "".join(held)
