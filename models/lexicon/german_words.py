"""German word forms as they are spelled in texts, for telling typing errors.

`python -m models.lexicon.building.german_list` makes the list from the training corpus and further texts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

GERMAN_WORDS: Final = Path(__file__).with_name("german_words.txt")


@cache
def german_words() -> frozenset[str]:
    """Return the forms of four letters and more that are common, some 66,000 (40 ms)."""
    return frozenset(GERMAN_WORDS.read_text("utf-8").split())
