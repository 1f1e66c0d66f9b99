"""Gender, plural and number of the nouns of the corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from models.lexicon.building.counting import FormCounts
from models.lexicon.building.genders import GenderModel, plural_candidates
from models.lexicon.building.readings import Reading
from models.lexicon.genders import gender_by_ending, plural_only
from models.lexicon.lists import words_in

_PLURAL_BEFORE: Final = frozenset({"die", "den", "der", "ein-e", "ein-en", "dies-e", "dies-en"})
_FIXED_PLURALS: Final = (
    ("ung", "en"),
    ("heit", "en"),
    ("keit", "en"),
    ("schaft", "en"),
    ("ion", "en"),
    ("tät", "en"),
    ("in", "nen"),
    ("nis", "se"),
    ("ist", "en"),
    ("ant", "en"),
    ("ling", "e"),
    ("chen", ""),
    ("lein", ""),
)
_MARGIN: Final = 1.0  # natural log of the odds, as is the next
_SURE: Final = 4.0
_ENOUGH: Final = 10  # determiners seen before a noun
_PLURAL_SHARE: Final = 0.01  # of the singular
_WEAK: Final = re.compile(r"(?:[aeio]nt|ist|[aeio]t|or|ard|gra[fp]h?|ann|nom|oph|eur|aat)$")


class NounFacts:
    """Gender and plural of nouns, from evidence in the corpus, endings, and the heads of compounds."""

    def __init__(
        self, counts: FormCounts, readings: Mapping[str, Reading], head: Callable[[str], str]
    ) -> None:
        self._counts = counts
        self._readings = readings
        self._head = head
        self._model = GenderModel(
            counts.evidence, lambda noun: counts.count(noun + "s") + counts.count(noun + "es")
        )

    def train(self, nouns: Iterable[str]) -> None:
        """Learn from all nouns what stands before each gender."""
        self._model.train(nouns)

    def gender(self, lemma: str, adjectival: bool) -> str:
        """Return m, f, n, pl, mf, or "" where the evidence does not suffice."""
        if plural_only(lemma):
            return "pl"
        if adjectival:
            return "mf"
        certain = gender_by_ending(lemma)
        if certain:
            return certain
        head = self._head(lemma)
        if head and gender_by_ending(head):
            return gender_by_ending(head)
        if self._has_feminine(lemma):
            return "m"
        gender, margin = self._model.gender(lemma, head)
        if margin < _SURE and not head:
            # No part that the corpus knows as such: what it knows as the end of the word may still tell.
            for cut in range(1, len(lemma) - 3):
                end = lemma[cut:].capitalize()
                if sum(self._counts.evidence.get(end, Counter[str]()).values()) >= _ENOUGH:
                    gender, margin = self._model.gender(lemma, end)
                    break
        if gender == "f" and lemma.endswith("er") and not self._surely_feminine(head or lemma):
            return "m"  # "die Fahnder" are several men
        return gender if margin > _MARGIN else ""

    def _has_feminine(self, lemma: str) -> bool:
        """Return whether there is a noun in -in for women (Pastorin, Türkin), so that this is for men."""
        base = lemma[:-1] if lemma.endswith("e") else lemma
        forms = [base + "in"]
        if base != lemma:
            forms.append(plural_candidates(base, "m")[-1] + "in")  # Französin
        for form in forms:
            reading = self._readings.get(form)
            if reading is None or reading.lemma != form or len(base) < 4:
                continue
            if reading.pos == "noun" and self._counts.count(form) > 1:
                return True
            if base != lemma and reading.pos == "name":
                return True
        return False

    def _surely_feminine(self, lemma: str) -> bool:
        seen = self._counts.evidence.get(lemma, Counter[str]())
        hers = sum(seen[kind] for kind in ("ein-e", "ein-er", "zur", "dies-er", "ein-er+en"))
        his = sum(seen[kind] for kind in ("ein-", "ein-en", "ein-em", "des", "dem", "zum", "vom", "ein-+er"))
        return hers > his

    def adjectival(self, lemma: str) -> bool:
        """Return whether a noun inflects like an adjective (der Abgeordnete, ein Abgeordneter)."""
        count = self._counts.count
        if not lemma.endswith("e") or len(lemma) < 5:
            return False
        if lemma.lower().endswith(words_in("adjectival_nouns.txt")):
            return True
        for form in (lemma, lemma + "r", lemma + "n"):
            reading = self._readings.get(form)
            if reading is not None and reading.tag == "NNA" and reading.lemma == lemma:
                return count(lemma + "r") + count(lemma + "n") > 0
        return False

    def plural(self, lemma: str, gender: str) -> str:
        """Return the plural that was seen, of the word or of its last part, or "" if none was."""
        if gender == "pl":
            return lemma
        if gender == "mf":
            return lemma + "n"
        if not gender or lemma.isupper():
            return ""
        head = self._head(lemma)
        if head and lemma.lower().endswith(head.lower()):
            of_head = self._seen_plural(head, gender)
            if not of_head:
                return ""
            return lemma[: -len(head)] + (of_head if lemma[-len(head) - 1] == "-" else of_head.lower())
        return self._seen_plural(lemma, gender)

    def _seen_plural(self, lemma: str, gender: str) -> str:
        plural = self._likeliest_plural(lemma, gender)
        count = self._counts.count
        if plural != lemma and (count(plural) + count(plural + "n")) < _PLURAL_SHARE * count(lemma):
            return ""  # Bundeswehren may be possible, but nobody says it
        return plural

    def _likeliest_plural(self, lemma: str, gender: str) -> str:
        count = self._counts.count
        for ending, added in _FIXED_PLURALS:
            if lemma.endswith(ending) and (ending != "in" or gender == "f"):
                return lemma + added if not added or count(lemma + added) else ""
        if gender == "f" and lemma.endswith("e"):
            return lemma + "n" if count(lemma + "n") else ""
        weights = {
            form: weight
            for form in plural_candidates(lemma, gender)
            if (weight := self._plural_weight(lemma, form, gender)) > 1
        }
        if any(not form.startswith(lemma) for form in weights):
            weights.pop(lemma, None)  # Böden, not Boden
        more, less = lemma + "en", lemma + "e"
        if gender != "f" and more in weights and not _WEAK.search(lemma) and self._only_dative(more):
            weights[less] = weights.get(less, 0.0) + weights.pop(more)  # "den Quartalen": Quartale
        if gender != "f" and less in weights:
            if weights[less] > 0.15 * weights.get(more, 0.0):
                weights.pop(more, None)
            changed = [form for form in weights if form.endswith(("e", "er")) and not form.startswith(lemma)]
            if changed and weights[changed[0]] * 10 > weights[less]:
                return changed[0]  # "im Laufe" is a dative; Läufe is the plural
        return max(weights, key=lambda form: (weights[form], form), default="")

    def _only_dative(self, form: str) -> bool:
        seen = self._counts.evidence.get(form, Counter[str]())
        return seen["den"] + seen["den+en"] > 0 and not any(seen[kind] for kind in ("die", "der", "die+en"))

    def _plural_weight(self, lemma: str, form: str, gender: str) -> float:
        seen = self._counts.count(form)
        if not seen:
            return 0.0
        reading = self._readings.get(form)
        evidence = self._counts.evidence.get(form, Counter[str]())
        known = sum(evidence.values())
        plural = sum(
            count
            for kind, count in evidence.items()
            if kind in {"die", "den", "dies-e", "ein-e", "die+en", "den+en"}
        )
        share = plural / known if known else 0.0
        if form == lemma:
            if not lemma.endswith(("er", "el", "en", "chen", "lein")) or gender == "f":
                return 0.0
            return (
                seen * 0.3
                if (share > 0.12 and gender == "m")
                or evidence.get("die", 0) + evidence.get("die+en", 0) > known * 0.08
                else 0.0
            )
        if reading is not None and not self._may_be_form_of(reading, lemma, form):
            return 0.0
        if form == lemma + "s":
            return (
                seen * share
                if share > (0.15 if gender != "f" else 0.1) and not lemma.endswith(("s", "z", "x"))
                else 0.0
            )
        if form == lemma + "n" and lemma.endswith(("er", "el")) and gender != "f":
            return 0.0
        if form == lemma + "n" and not lemma.endswith(("e", "er", "el", "a", "y")):
            return 0.0
        if form == lemma + "en" and lemma.endswith(("e", "er", "el", "en")):
            return 0.0
        if form == lemma + "e" and lemma.endswith(("e", "er", "el", "en", "ung")):
            return 0.0
        return float(seen) * (0.4 + share)

    def _may_be_form_of(self, reading: Reading, lemma: str, form: str) -> bool:
        if reading.pos not in {"noun", "name"}:
            return False
        if reading.lemma == form and (form.endswith("er") or not form.startswith(lemma)):
            return False  # neither Klimaschützer nor Schütze is a plural of Schutz
        if reading.lemma in {lemma, form} or reading.lemma.lower().endswith(lemma.lower()[1:]):
            return True
        return self._counts.count(reading.lemma) <= self._counts.count(lemma) / 50
