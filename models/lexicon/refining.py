"""What of the counted translations is not shown: scraps of the word alignment that no reader would want."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from models.lexicon.lists import words_in
from models.lexicon.values import Entry, Part, Rendering

_USUAL: Final = 0.15  # share of a translation that is a usual one: not "bill" for the Gesetz of Gesetzentwurf
_AUXILIARIES: Final = frozenset({"sein", "haben", "werden"})


def without_scraps(entry: Entry) -> Entry:
    """Return an entry without the scraps: "s" and "been" of other verbs, "Polter" for poltern.

    An English verb has no capital; what has one was aligned with a name.
    """
    kept = tuple(rendering for rendering in entry.translations if not _is_scrap(rendering, entry))
    return _with(entry, kept)


def without_halves(entry: Entry, parts: tuple[Part, ...]) -> Entry:
    """Return the entry of a compound without the English of its first parts alone ("tax" for steuerfrei).

    The English of the head alone is not wrong, only less exact ("institute" for Forschungsinstitut): it is
    kept, behind what says more, if that is a usual translation, too.
    """
    if len(parts) < 2:
        return entry
    head = _english(parts[-1])
    halves = set().union(*(_english(part, _USUAL) for part in parts[:-1])) - head
    kept = tuple(rendering for rendering in entry.translations if rendering.english.casefold() not in halves)
    fuller = [rendering for rendering in kept if rendering.english.casefold() not in head]
    if fuller and fuller[0].share >= _USUAL:
        kept = (*fuller, *(rendering for rendering in kept if rendering not in fuller))
    return _with(entry, kept)


def _is_scrap(rendering: Rendering, entry: Entry) -> bool:
    if entry.pos == "verb" and rendering.english[:1].isupper():
        return True
    return rendering.english in _scraps(entry.lemma in _AUXILIARIES)


def _english(part: Part, least: float = 0.0) -> set[str]:
    """Return the English of a part that has at least a share of its occurrences."""
    translations = part.entry.translations if part.entry else ()
    return {rendering.english.casefold() for rendering in translations if rendering.share >= least}


def _with(entry: Entry, kept: tuple[Rendering, ...]) -> Entry:
    """Return the entry with these translations only, the shares of what is left adding up as before."""
    if kept == entry.translations:
        return entry
    all_shares = sum(rendering.share for rendering in entry.translations)
    left = sum(rendering.share for rendering in kept)
    scaled = tuple(
        replace(rendering, share=min(1.0, rendering.share * all_shares / left)) for rendering in kept
    )
    return replace(entry, translations=scaled)


@cache
def _scraps(of_auxiliary: bool) -> frozenset[str]:
    scraps = words_in("english_scraps.txt")
    return frozenset(scrap for scrap in scraps if len(scrap) == 1 or not of_auxiliary)
