"""Enforcement: ask the model to use the glossary's words, and judge what came of it.

For each sentence the wishes are drawn up from its hits and their verdicts on the raw English; the models do
the rest (models.translation.forcing). What comes back is judged by the glossary once more, so that no term is
lost for another. Results are saved under a fingerprint of the wishes: as long as a sentence's wishes stay the
same, whatever else changes in the glossary, nothing is done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.finding import Hit
from glossary.surroundings import ALONE, Surroundings
from glossary.terms import Glossary
from glossary.verdicts import Verdict, judge_all
from glossary.wanted import wanted
from models.translation import Translation, Translator, never
from models.translation.forcing import FORCING_VERSION, Enforcement, Request, Step, Wish, enforce
from webapp.library.enforced import SavedEnforcement

if TYPE_CHECKING:
    from webapp.pipeline import TermLookup

# Counts up whenever the same glossary and English may give other wishes than before.
WISHES_VERSION = 1
FULFILLED = frozenset({"exact", "form", "variant"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes for one sentence.

    `hits` are the positions of the hits they stand for; `key` identifies them with everything that the
    outcome depends on but for the model.
    """

    wishes: tuple[Wish, ...]
    hits: tuple[int, ...]
    key: str


def wishes_for(
    hits: Sequence[Hit], verdicts: Sequence[Verdict | None], glossary: Glossary, german: str
) -> Wishes | None:
    """Return the wishes for a sentence, or None if none is open.

    Terms inside longer ones have no wish of their own: their words are part of the longer term's.
    """
    wishes: list[Wish] = []
    numbers: list[int] = []
    for number, (hit, verdict) in enumerate(zip(hits, verdicts, strict=True)):
        if hit.parent is not None or verdict is None:
            continue
        fulfilled = verdict.kind in FULFILLED
        found = wanted(glossary.get(hit.term_id), hit, german)
        if fulfilled or found.writable:
            wishes.append(
                Wish(hit.spans, found.wordings, found.writable, found.fixed, fulfilled, found.dictionary)
            )
            numbers.append(number)
    if all(wish.fulfilled for wish in wishes):
        return None
    state = repr((FORCING_VERSION, WISHES_VERSION, numbers, wishes))
    return Wishes(tuple(wishes), tuple(numbers), hashlib.sha256(state.encode()).hexdigest()[:32])


def enforce_all(
    translator: Translator,
    lookup: TermLookup,
    translations: Sequence[Translation],
    cancelled: Callable[[], bool] = never,
    places: Mapping[str, Collection[Surroundings]] | None = None,
    surnames: frozenset[str] = frozenset(),
) -> list[tuple[str, SavedEnforcement]]:
    """Return for the translations with open wishes what came of them, to be saved; none if cancelled.

    Args:
        translator: gives the wishes a try.
        lookup: draws them up and judges what came of them.
        translations: the raw translations.
        cancelled: asked now and then whether to stop.
        places: the surroundings in which a sentence stands, by its German; it may stand in several, and the
            wishes may not be the same there. What is not named stands alone.
        surnames: of the text, as the translations were made with.

    Raises:
        RuntimeError, OSError: the model fails altogether.

    """
    open_ones: dict[tuple[str, str], tuple[Translation, Wishes, Surroundings]] = {}
    for raw in translations:
        for around in (places or {}).get(raw.source) or (ALONE,):
            wishes = lookup.wishes(raw, around)
            if wishes is not None:
                open_ones.setdefault((raw.source, wishes.key), (raw, wishes, around))
    if not open_ones:
        return []
    requests = [Request(raw, wishes.wishes) for raw, wishes, _ in open_ones.values()]
    outcomes = enforce(translator, requests, cancelled, surnames=surnames)
    if cancelled():
        return []
    return [
        (raw.source, _judged(lookup, raw, wishes, outcome, around))
        for (raw, wishes, around), outcome in zip(open_ones.values(), outcomes, strict=True)
    ]


def _judged(
    lookup: TermLookup, raw: Translation, wishes: Wishes, outcome: Enforcement, around: Surroundings
) -> SavedEnforcement:
    """What is to be saved: the outcome, if the glossary finds a term gained by it and none lost."""
    steps: dict[int, Step] = {
        number: step for number, step in zip(wishes.hits, outcome.steps, strict=True) if step is not None
    }
    english = outcome.translation
    if english is not None and not _gained(lookup, raw, english, around):
        english = None
        steps = dict.fromkeys(steps, "altered")
    if english is None:
        return SavedEnforcement(wishes.key, None, (), steps)
    return SavedEnforcement(wishes.key, english.hypotheses[0], english.links, steps)


def _gained(lookup: TermLookup, raw: Translation, english: Translation, around: Surroundings = ALONE) -> bool:
    hits = lookup.hits(raw.source, around)
    before = judge_all(hits, lookup.glossary, raw.english, raw.links)
    after = judge_all(hits, lookup.glossary, english.english, english.links)
    pairs = [
        (old.kind in FULFILLED, new.kind in FULFILLED)
        for hit, old, new in zip(hits, before, after, strict=True)
        if hit.parent is None
    ]
    return (False, True) in pairs and (True, False) not in pairs
