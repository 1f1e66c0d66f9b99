"""Wanted words in an English sentence: whether they stand there, and how they fit in (capital, a or an)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from models.translation.articles import begins_with_vowel_sound
from models.translation.forcing.values import Wish
from models.translation.pieces import Span

_WORD = re.compile(r"\w+|[^\w\s]")
_ARTICLE = re.compile(r"(?<!\w)(an?)\s+$", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", ":")


def granted(english: str, wishes: Sequence[Wish]) -> tuple[Span | None, ...]:
    """Return for each wish a place of its own where an accepted wording stands, or None.

    Wishes that were fulfilled before choose first, so that a second wish for the same word needs a second
    place. Capitals, hyphens and kinds of apostrophe do not matter.
    """
    found: list[Span | None] = [None] * len(wishes)
    taken: list[Span] = []
    for number in sorted(range(len(wishes)), key=lambda n: not wishes[n].fulfilled):
        for place in places(english, wishes[number].accepted):
            if not any(place[0] < end and start < place[1] for start, end in taken):
                found[number] = place
                taken.append(place)
                break
    return tuple(found)


def places(english: str, accepted: Sequence[str]) -> list[Span]:
    """Return where accepted wordings stand: earlier wordings of the list first, then by position."""
    return [match.span() for wording in accepted for match in _pattern(wording).finditer(english)]


def without(english: str, spans: Sequence[Span]) -> str:
    """Return the text without these spans."""
    for start, end in sorted(spans, reverse=True):
        english = english[:start] + english[end:]
    return english


def fitted(before: str, wording: str, *, plural: bool) -> str:
    """Return the text before a place and the wording, fitted to each other.

    A wording that begins the sentence gets its capital; “a” and “an” follow its first sound, or go if it is
    plural.
    """
    article = _ARTICLE.search(before)
    if article:
        kept = before[: article.start(1)]
        if plural:
            return fitted(kept, wording, plural=False) if not _ARTICLE.search(kept) else kept + wording
        right = "an" if begins_with_vowel_sound(wording) else "a"
        return kept + (right.capitalize() if article[1][0].isupper() else right) + " " + wording
    if not before.strip(" “\"'(„‘") or before.rstrip(" “\"'„‘").endswith(_SENTENCE_END[:3]):
        wording = wording[:1].upper() + wording[1:]
    return before + wording


def looks_plural(wording: str) -> bool:
    """Whether the words read as a plural: a guess by their endings, good enough to see a change of number."""
    head = re.split(r"\s(?:of|for|to|in|on|from|without|with)\s", wording.strip())[0]
    last = (_WORD.findall(head) or [""])[-1].casefold()
    if last in ("people", "men", "women", "children", "länder", "data", "media", "police"):
        return True
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "news", "ics"))


@lru_cache(4096)
def _pattern(wording: str) -> re.Pattern[str]:
    words = [re.sub("['’]", "['’]", re.escape(part)) for part in re.split(r"[\s-]+", wording)]
    return re.compile(r"(?<!\w)" + r"[\s‑-]+".join(words) + r"(?!\w)", re.IGNORECASE)
