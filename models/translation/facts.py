"""Whether two English versions state the same: numbers, number words, negations."""

from __future__ import annotations

import re
from collections import Counter

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NEGATIONS = re.compile(
    r"\b(?:not?|cannot|never|nor|neither|none|nobody|nothing|nowhere|without|hardly|scarcely)\b|n['’]t\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|half|twice|dozens?)\b",
    re.IGNORECASE,
)


def same_facts(raw: str, changed: str) -> bool:
    """Whether two texts have the same numbers, number words and negations."""
    return all(
        Counter(match.casefold() for match in pattern.findall(raw))
        == Counter(match.casefold() for match in pattern.findall(changed))
        for pattern in (_NUMBER, _NUMBER_WORDS)
    ) and negations(raw) == negations(changed)


def negations(english: str) -> int:
    """Return how many words of a text deny something."""
    return len(_NEGATIONS.findall(english))
