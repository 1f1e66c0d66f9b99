"""What is counted over all German text: word forms, and the words before nouns (evidence of their gender)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from models.lexicon.tokens import tokens_of

_OPENERS: Final = frozenset('.:!?„“”"»«‚‘(–-•…[')
_STEMS: Final = {
    "ein": "ein",
    "kein": "ein",
    "mein": "ein",
    "dein": "ein",
    "sein": "ein",
    "ihr": "ein",
    "unser": "ein",
    "euer": "ein",
    "eur": "ein",
    "dies": "dies",
    "jen": "dies",
    "jed": "dies",
    "welch": "dies",
}
_WHOLE: Final = frozenset(
    [
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "im",
        "am",
        "zum",
        "zur",
        "vom",
        "beim",
        "ins",
        "ans",
        "aufs",
        "fürs",
    ]
)
_ENDINGS: Final = ("em", "en", "er", "es", "e")


@dataclass(slots=True)
class FormCounts:
    """Counts of forms inside and at the beginning of sentences, and what stood before capitalised ones."""

    inside: Counter[str] = field(default_factory=Counter)
    initial: Counter[str] = field(default_factory=Counter)
    evidence: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, sentences: Iterable[str]) -> None:
        """Count all words of some sentences or paragraphs."""
        for sentence in sentences:
            before = before_that = ""
            for token in tokens_of(sentence):
                word = token.text
                if not word[0].isalpha():
                    before, before_that = word, before
                    continue
                (self.initial if not before or before in _OPENERS else self.inside)[word] += 1
                if word[0].isupper() and before:
                    seen = evidence_of(before, before_that)
                    if seen:
                        self.evidence[word][seen] += 1
                before, before_that = word, before

    def count(self, form: str) -> int:
        """Return how often a form stands in the texts; at the beginning of sentences only if nowhere else."""
        return self.inside[form] or (self.initial[form] if form[:1].isupper() else 0)

    def total(self) -> Counter[str]:
        """Return the counts of all forms, those that begin a sentence given to their usual spelling."""
        result = Counter(self.inside)
        for form, count in self.initial.items():
            small = form[0].lower() + form[1:]
            result[small if self.inside[small] > self.inside[form] else form] += count
        return result


def evidence_of(before: str, before_that: str) -> str:
    """Return what the words before a noun say of its gender: "der", "ein-er", "ein-+es" (ein neues).

    "" if they say nothing. An adjective between determiner and noun is looked at by its ending.
    """
    first = _determiner(before.lower())
    if first:
        return first
    if before[0].islower() and len(before) > 4:
        for ending in _ENDINGS:
            if before.endswith(ending):
                earlier = _determiner(before_that.lower()) if before_that else ""
                return f"{earlier}+{ending}" if earlier or ending in {"es", "er", "em"} else ""
    return ""


def _determiner(word: str) -> str:
    if word in _WHOLE:
        return word
    if word in _STEMS:
        return f"{_STEMS[word]}-"
    for ending in _ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] in _STEMS:
            return f"{_STEMS[word[: -len(ending)]]}-{ending}"
    return ""
