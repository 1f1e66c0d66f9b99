"""Which of several English wordings the translation has at a word's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def linked_wording(
    wordings: Iterable[T],
    forms: Callable[[T], Iterable[str]],
    english: Sequence[str],
    linked: Mapping[int, float],
) -> T | None:
    """Return the wording one of whose forms stands in the translation, on one of the linked words.

    The longest wins, then the one with the heaviest link, then the first. None if there is none.
    """
    best: tuple[int, float] = (0, 0.0)
    chosen: T | None = None
    for wording in wordings:
        for form in forms(wording):
            parts = form.lower().replace("-", " ").split()
            weight = _weight(parts, english, linked)
            if weight > 0 and (len(parts), weight) > best:
                best, chosen = (len(parts), weight), wording
    return chosen


def _weight(parts: Sequence[str], english: Sequence[str], linked: Mapping[int, float]) -> float:
    heaviest = 0.0
    for number in linked:
        for start in range(max(0, number - len(parts) + 1), number + 1):
            if [_bare(word) for word in english[start : start + len(parts)]] == list(parts):
                heaviest = max(
                    heaviest, sum(linked.get(place, 0.0) for place in range(start, start + len(parts)))
                )
    return heaviest


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")
