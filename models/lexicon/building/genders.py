"""Gender of nouns from the words that stand before them in the corpus, and from their endings."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from models.lexicon.genders import gender_by_ending

_GENDERS: Final = ("m", "f", "n")
_ROUNDS: Final = 3
_SURE: Final = 4.0  # natural log of the odds


class GenderModel:
    """Naive Bayes over determiners, trained on nouns with telling endings, then on its own sure results."""

    def __init__(self, evidence: Mapping[str, Counter[str]], genitive: Callable[[str], int]) -> None:
        self._evidence = evidence
        self._genitive = genitive  # occurrences of the form with -s or -es
        self._weights: dict[str, dict[str, float]] = {}
        self._endings: dict[str, dict[str, float]] = {}

    def train(self, lemmas: Iterable[str]) -> None:
        """Learn from all lemmas that have evidence."""
        nouns = [lemma for lemma in lemmas if self._evidence.get(lemma)]
        known: dict[str, str] = {lemma: gender for lemma in nouns if (gender := gender_by_ending(lemma))}
        for _ in range(_ROUNDS):
            self._learn(known)
            known = {}
            for lemma in nouns:
                scores = self.scores(lemma)
                first, second = sorted(scores, key=lambda gender: -scores[gender])[:2]
                if scores[first] - scores[second] > _SURE:
                    known[lemma] = first

    def _learn(self, known: Mapping[str, str]) -> None:
        counts: dict[str, Counter[str]] = {gender: Counter() for gender in _GENDERS}
        endings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for lemma, gender in known.items():
            for seen, count in self._evidence[lemma].items():
                counts[gender][seen] += min(count, 50)
            for size in (2, 3, 4, 5):
                endings[lemma.lower()[-size:]][gender] += 1
        kinds = {seen for counter in counts.values() for seen in counter}
        totals = {gender: sum(counts[gender].values()) for gender in _GENDERS}
        self._weights = {
            seen: {
                gender: math.log((counts[gender][seen] + 0.5) / (totals[gender] + 1)) for gender in _GENDERS
            }
            for seen in kinds
        }
        share = Counter(known.values())
        self._endings = {}
        for ending, counter in endings.items():
            total = sum(counter.values())
            if total >= 5:
                self._endings[ending] = {
                    gender: math.log((counter[gender] + 2 * share[gender] / len(known)) / (total + 2))
                    for gender in _GENDERS
                }

    def own_scores(self, lemma: str) -> dict[str, float]:
        """Return the log-likelihood of each gender by the words before the noun alone."""
        scores = dict.fromkeys(_GENDERS, 0.0)
        for seen, count in self._evidence.get(lemma, {}).items():
            weights = self._weights.get(seen)
            if weights:
                for gender in _GENDERS:
                    # Repeated evidence is not independent: it counts less and less.
                    scores[gender] += weights[gender] * min(count, 3 + math.sqrt(count))
        if self._genitive(lemma) >= 3:
            scores["f"] -= 2.5
        return scores

    def scores(self, lemma: str) -> dict[str, float]:
        """Return the scores with the ending of the word taken into account."""
        scores = self.own_scores(lemma)
        for size in (5, 4, 3, 2):
            prior = self._endings.get(lemma.lower()[-size:])
            if prior:
                return {gender: scores[gender] + prior[gender] for gender in _GENDERS}
        return scores

    def gender(self, lemma: str, head: str = "") -> tuple[str, float]:
        """Return the likeliest gender and its margin; `head`: last part of a compound, which decides."""
        scores = self.scores(lemma)
        if head:
            of_head = self.scores(head)
            weight = 1.0 if self._evidence.get(head) else 0.3
            scores = {gender: scores[gender] + weight * of_head[gender] for gender in _GENDERS}
        first, second = sorted(scores, key=lambda gender: (-scores[gender], gender))[:2]
        return first, scores[first] - scores[second]


_UMLAUT: Final = {"a": "ä", "o": "ö", "u": "ü"}


def plural_candidates(lemma: str, gender: str) -> tuple[str, ...]:
    """Return forms that could be the plural of a noun, regular ones first."""
    vowels = list(re.finditer(r"a(?!u)|o|(?<![aeäq])u|(?<=a)u|a(?=u)", lemma[:-1].lower()))
    changed = ""
    for match in reversed(vowels):
        position = match.start()
        if lemma[position : position + 2].lower() == "au":
            changed = lemma[:position] + "äu" + lemma[position + 2 :]
        elif position and lemma[position - 1 : position + 1].lower() == "au":
            changed = lemma[: position - 1] + "äu" + lemma[position + 1 :]
        else:
            letter = lemma[position]
            new = _UMLAUT[letter.lower()]
            changed = lemma[:position] + (new.upper() if letter.isupper() else new) + lemma[position + 1 :]
        break
    forms = [lemma + ending for ending in ("en", "n", "e", "er", "s", "")]
    if changed and gender != "":
        forms += [changed + ending for ending in ("e", "er", "")]
    if lemma.endswith("nis"):
        forms.append(lemma + "se")
    if lemma.endswith("in"):
        forms.append(lemma + "nen")
    if lemma.endswith(("um", "us", "on", "ma", "is", "os", "as")):
        forms += [lemma[:-2] + "en", lemma[:-2] + "a", lemma[:-1] + "en", lemma[:-2] + "i"]
    return tuple(dict.fromkeys(forms))
