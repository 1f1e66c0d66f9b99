"""Guards: what must hold before a sentence is changed for the sake of a word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

# The wanted word itself may be a surprise to the model: so many nats in all, for each word put in ... (On the
# glossary's examples chrF against our own English still rises from 6 to 10; bench/enforcement.py.)
WORD_COST = 10.0
# ... but all pieces of the sentence may lose this much each at most.
PIECE_COST = 0.15
# Share of character n-grams (as chrF counts them) that the rest of the sentence keeps.
REST_KEPT = 0.65
# A rest of fewer letters says too little.
_SHORT_REST = 12
_ORDER = 6
_BETA = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a change may cost; see the constants of this module for the usual values."""

    word_cost: float = WORD_COST
    piece_cost: float = PIECE_COST
    rest_kept: float = REST_KEPT


def plausible(raw: float, changed: float, pieces: int, words: int, limits: Limits) -> bool:
    """Whether the mean log-probability of `changed` is not too far below that of `raw`."""
    return raw - changed <= limits.piece_cost + limits.word_cost * words / max(1, pieces)


def close(raw: str, changed: str, limits: Limits) -> bool:
    """Whether the rest of a sentence is much the same."""
    return len(_letters(raw)) < _SHORT_REST or similarity(raw, changed) >= limits.rest_kept


def similarity(reference: str, text: str) -> float:
    """Return chrF (character n-grams up to 6, recall counts double; Popović 2015), from 0 to 1."""
    reference, text = _letters(reference), _letters(text)
    scores = []
    for order in range(1, _ORDER + 1):
        wanted, found = _grams(reference, order), _grams(text, order)
        if not wanted or not found:
            break
        common = (wanted & found).total()
        precision, recall = common / found.total(), common / wanted.total()
        weighed = _BETA**2 * precision + recall
        scores.append((1 + _BETA**2) * precision * recall / weighed if weighed else 0.0)
    if not scores:
        return float(reference == text)
    return sum(scores) / len(scores)


def _letters(text: str) -> str:
    return "".join(text.split()).casefold()


def _grams(text: str, order: int) -> Counter[str]:
    return Counter(text[i : i + order] for i in range(len(text) - order + 1))
