"""English dictionary forms by simple rules, kept honest by how often words occur in the training text.

A rule's proposal („policies“ -> “policy”) holds only if the text knows the proposed word, too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "lives": "life",
    "wives": "wife",
    "criteria": "criterion",
    "crises": "crisis",
    "analyses": "analysis",
    "bases": "basis",
    "theses": "thesis",
    "media": "media",
    "news": "news",
    "series": "series",
    "politics": "politics",
    "economics": "economics",
    "has": "have",
    "had": "have",
    "was": "be",
    "were": "be",
    "is": "be",
    "are": "be",
    "went": "go",
    "gone": "go",
    "said": "say",
    "made": "make",
    "took": "take",
    "taken": "take",
    "gave": "give",
    "given": "give",
    "came": "come",
    "became": "become",
    "began": "begin",
    "begun": "begin",
    "brought": "bring",
    "built": "build",
    "bought": "buy",
    "chose": "choose",
    "chosen": "choose",
    "fell": "fall",
    "fallen": "fall",
    "felt": "feel",
    "fought": "fight",
    "found": "find",
    "got": "get",
    "grew": "grow",
    "grown": "grow",
    "held": "hold",
    "kept": "keep",
    "knew": "know",
    "known": "know",
    "led": "lead",
    "left": "leave",
    "lost": "lose",
    "meant": "mean",
    "met": "meet",
    "paid": "pay",
    "ran": "run",
    "rose": "rise",
    "risen": "rise",
    "saw": "see",
    "seen": "see",
    "sent": "send",
    "shown": "show",
    "sold": "sell",
    "spent": "spend",
    "spoke": "speak",
    "spoken": "speak",
    "stood": "stand",
    "thought": "think",
    "told": "tell",
    "understood": "understand",
    "won": "win",
    "wrote": "write",
    "written": "write",
}
_KEPT = ("ss", "us", "is", "ous")
_VOWELS = "aeiou"


class Lemmas:
    """Dictionary forms for the words of a text, and which words it writes with a capital."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts`: how often each word form occurs, as it is spelled."""
        self._counts = counts

    @classmethod
    def of_words(cls, words: Iterable[str], least: int = 2) -> Lemmas:
        """Count the words of a text; those seen less than `least` times are forgotten."""
        counts = Counter(words)
        return cls({word: count for word, count in counts.items() if count >= least})

    def save(self, path: Path) -> None:
        """Write the counts as JSON. Raises OSError."""
        path.write_text(json.dumps(dict(self._counts), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Lemmas:
        """Read what `save` wrote. Raises OSError or ValueError."""
        return cls(json.loads(path.read_text("utf-8")))

    def noun(self, word: str) -> str:
        """Return the singular: policies -> policy. Capitals stay."""
        low = word.casefold()
        if low in _IRREGULAR:
            return _like(word, _IRREGULAR[low]) if low not in ("left", "found", "felt", "saw") else word
        if not low.endswith("s") or low.endswith(_KEPT) or len(low) < 4:
            return word
        proposals = [low[:-1]]
        if low.endswith("ies"):
            proposals.insert(0, low[:-3] + "y")
        elif low.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            proposals.append(low[:-2])
        elif low.endswith("ves"):
            proposals += [low[:-3] + "f", low[:-3] + "fe"]
        best = self._commonest(word, proposals)
        return best or word

    def verb(self, word: str) -> str:
        """Return the infinitive: stopped -> stop, agreeing -> agree."""
        low = word.casefold()
        if low in _IRREGULAR:
            return _like(word, _IRREGULAR[low])
        for ending in ("ing", "ed"):
            if low.endswith(ending) and len(low) >= len(ending) + 2:
                stem = low[: -len(ending)]
                proposals = [stem, stem + "e"]
                if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                    proposals.append(stem[:-1])
                if stem.endswith("i"):
                    proposals = [stem[:-1] + "y"]
                return self._commonest(word, proposals) or word
        return self.noun(word)

    def spelled(self, word: str) -> str:
        """Return the word without the capital it has only because a sentence began with it."""
        low = word.casefold()
        if word[:1].isupper() and word[1:].islower() and self._counts.get(low, 0) > self._counts.get(word, 0):
            return low
        return word

    def lemma(self, words: Iterable[str], verb: bool) -> str:
        """Return the dictionary form of an expression: that of its last word, or of a verb's first one."""
        parts = [self.spelled(word) for word in words]
        if not parts:
            return ""
        if verb:
            parts[0] = self.verb(parts[0])
        else:
            parts[-1] = self.noun(parts[-1])
        return " ".join(parts)

    def _commonest(self, word: str, proposals: list[str]) -> str | None:
        """Return the proposal the text has most often, spelled like the word; None if it has none."""
        known = [(self._count(p), p) for p in proposals]
        count, best = max(known, key=lambda pair: pair[0])
        # A plural-looking name („Athens“, „Mercedes“) is far more frequent than its chance singular.
        return _like(word, best) if count and count * 20 >= self._count(word.casefold()) else None

    def _count(self, low: str) -> int:
        return self._counts.get(low, 0) + self._counts.get(low.capitalize(), 0)


def _like(word: str, form: str) -> str:
    return form.capitalize() if word[:1].isupper() and word[1:].islower() else form
