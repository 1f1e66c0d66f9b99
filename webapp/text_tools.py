"""Small tools for text that several rooms of the web application need."""

from __future__ import annotations

import re
import unicodedata
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
