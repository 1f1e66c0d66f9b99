"""Translations of lemmas from the word links of the corpus."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from models.lexicon.building.corpus import Pair, Unit
from models.lexicon.building.english import VERB_PARTICLES, EnglishForms, function_words, inner_word
from models.lexicon.building.readings import Reading
from models.lexicon.lists import words_in
from models.lexicon.verbs import separable_prefixes

Key = tuple[str, str]  # lemma, part of speech
WEIGHTS: Final = {
    "written": 4.0,
    "politics": 2.0,
    "news": 2.0,
    "general": 1.0,
    "synthetic": 1.0,
    "technical": 0.5,
}
# Sources that repeat themselves or speak of other things than politics: questionnaires, indicators, software.
OFF_SUBJECT: Final = {
    "soep_questionnaires": 0.2,
    "pairfam_twinlife_questionnaires": 0.2,
    "german_sdg_indicators": 0.3,
    "german_unsdg_meta": 0.3,
    "debian_web_news": 0.4,
    "planb_bitcoin_courses": 0.4,
    "freeciv": 0.3,
    "consul_demokratie": 0.5,
}
_CONTENT: Final = frozenset({"noun", "name", "verb", "adjective", "adverb", "number"})
_CLAUSE_ENDS: Final = frozenset(',.;:!?–-)“”"…')
_AFTER_PARTICLE: Final = frozenset(["und", "oder", "aber", "sondern", "als", "wie"])
_LONGEST_PHRASE: Final = 5
_FEW: Final = 10
_PARTICIPLE: Final = re.compile(r"^[a-z]{3,}ed$")


@dataclass(slots=True)
class Candidate:
    """An English phrase for a lemma: occurrences, weight, how often it began with a capital."""

    count: int = 0
    weight: float = 0.0
    inside: int = 0
    capital: int = 0


@dataclass(slots=True)
class Links:
    """What the links of the corpus give: candidates by lemma, totals by lemma and by English phrase."""

    candidates: defaultdict[Key, dict[str, Candidate]] = field(default_factory=lambda: defaultdict(dict))
    linked: Counter[Key] = field(default_factory=Counter)
    seen: Counter[Key] = field(default_factory=Counter)
    phrases: Counter[str] = field(default_factory=Counter)


def joined_particles(
    units: tuple[Unit, ...], readings: list[Reading | None], verbs: frozenset[str]
) -> dict[int, int]:
    """Return verb -> particle (numbers of units) for separable verbs that stand apart; only known verbs."""
    found: dict[int, int] = {}
    prefixes = frozenset(separable_prefixes())
    for number in range(2, len(units)):
        word = units[number].text
        if word not in prefixes:
            continue
        after = units[number + 1].text if number + 1 < len(units) else "."
        if after not in _CLAUSE_ENDS and after not in _AFTER_PARTICLE:
            continue
        for earlier in range(number - 1, max(-1, number - 30), -1):
            if units[earlier].text in ".;:?!":
                break
            reading = readings[earlier]
            if (
                reading
                and reading.tag in {"VV(FIN)", "VV(IMP)", "VA(FIN)", "VV(PP)", "VV(INF)"}
                and word + reading.lemma in verbs
            ):
                if earlier not in found:
                    found[earlier] = number
                break
    return found


class LinkCounter:
    """Goes over the pairs and collects candidates."""

    def __init__(
        self,
        readings: Mapping[str, Reading],
        verbs: frozenset[str],
        english: EnglishForms,
        inside: Callable[[str], int],
    ) -> None:
        self._readings = readings
        self._verbs = verbs
        self._english = english
        self._inside = inside
        self.links = Links()

    def reading(self, unit: Unit, initial: bool) -> Reading | None:
        """Return the reading of a unit; at the beginning of a sentence in its usual spelling."""
        form = unit.text
        if initial and form[:1].isupper():
            small = form[0].lower() + form[1:]
            if self._inside(small) > self._inside(form):
                form = small
        return self._readings.get(form)

    def words_of(self, pair: Pair) -> list[tuple[Key, tuple[Unit, ...], Reading]]:
        """Return the lemmas of a pair with the units that each is made of."""
        readings: list[Reading | None] = []
        before = ""
        for unit in pair.units:
            readings.append(self.reading(unit, not before or before in '.:?!„“"»«(–-•…'))
            before = unit.text
        particles = joined_particles(pair.units, readings, self._verbs)
        taken = set(particles.values())
        result: list[tuple[Key, tuple[Unit, ...], Reading]] = []
        for number, reading in enumerate(readings):
            if reading is None or number in taken:
                continue
            if number in particles:
                particle = pair.units[particles[number]]
                result.append(
                    ((particle.text + reading.lemma, "verb"), (pair.units[number], particle), reading)
                )
            else:
                result.append(((reading.lemma, reading.pos), (pair.units[number],), reading))
        return result

    def add(self, pair: Pair) -> None:
        """Count the links of one pair."""
        weight = WEIGHTS.get(pair.tier, 1.0) * OFF_SUBJECT.get(pair.name, 1.0)
        lower = [word.lower() for word in pair.words]
        for key, units, reading in self.words_of(pair):
            self.links.seen[key] += 1
            span = self.phrase_span(pair, lower, units, key, reading)
            if span is None:
                continue
            phrase, first = self.phrase(lower, span, key)
            if not phrase:
                continue
            entry = self.links.candidates[key].setdefault(phrase, Candidate())
            entry.count += 1
            entry.weight += weight
            if first:
                entry.inside += 1
                entry.capital += pair.words[first][:1].isupper()
            self.links.linked[key] += 1
            self.links.phrases[phrase] += 1

    def phrase_span(
        self, pair: Pair, lower: list[str], units: tuple[Unit, ...], key: Key, reading: Reading
    ) -> tuple[int, int] | None:
        """Return [first, last) of the English words for a German word, or None."""
        tokens = {token for unit in units for token in range(unit.first, unit.last)}
        sure = sorted(b for a, b in pair.links if a in tokens)
        if not sure:
            return None
        content = key[1] in _CONTENT and key[0] not in words_in("building/german_auxiliaries.txt")
        if content:
            sure = [b for b in sure if lower[b] not in function_words()] or sure
        if not content:
            usual = [b for b in sure if any(char.isalpha() for char in lower[b])]
            return (usual[0], usual[0] + 1) if usual else None
        wide = {b for a, b in pair.wide if a in tokens} | set(sure)
        stems = sum(1 for _, kind in reading.morphemes if kind.startswith(("NN", "ADJ", "VV", "NE")))
        long = (
            len(key[0]) >= 8
            or stems > 1
            or len(units) > 1
            or units[0].last - units[0].first > 1
            or key[1] == "name"
        )
        if not long:
            wide = set(sure[:1]) | {
                b for b in wide if key[1] == "verb" and b - 1 in sure and lower[b] in VERB_PARTICLES
            }
        first = last = sure[0]
        while last + 1 < len(lower) and last - first < _LONGEST_PHRASE:
            if last + 1 in wide:
                last += 1
            elif last + 2 in wide and inner_word(lower[last + 1]):
                last += 2
            elif last + 3 in wide and lower[last + 1] == "of" and lower[last + 2] == "the":
                last += 3
            else:
                break
        while first > 0 and last - first < _LONGEST_PHRASE:
            if first - 1 in wide:
                first -= 1
            elif first - 2 in wide and inner_word(lower[first - 1]):
                first -= 2
            else:
                break
        while first < last and lower[first] in function_words() and lower[first + 1] != "-":
            first += 1
        while (
            last > first
            and lower[last] in function_words()
            and not (key[1] == "verb" and lower[last] in VERB_PARTICLES)
        ):
            last -= 1
        if lower[first] in function_words() and key[1] in {"noun", "name", "verb", "adjective"}:
            return None
        return (first, last + 1)

    def phrase(self, lower: list[str], span: tuple[int, int], key: Key) -> tuple[str, int]:
        """Return the phrase in dictionary form, and its first word's number."""
        words = lower[span[0] : span[1]]
        if (
            not all(word.isalnum() or word in "-'’" for word in words)
            or words[0] in "-'’"
            or words[-1] in "-'’"
        ):
            return "", 0
        pos, auxiliary = key[1], key[0] in words_in("building/german_auxiliaries.txt")
        if pos == "noun":
            # The head: the last word, or the one before the first preposition (members of parliament).
            head = (
                next(
                    (n for n, word in enumerate(words) if n and word in {"of", "on", "for", "to", "in"}),
                    len(words),
                )
                - 1
            )
            if words[: head + 1] != ["united", "states"]:
                words[head] = self._english.singular(words[head])
        elif pos == "verb":
            words[0] = "will" if words[0] == "won" and auxiliary else self._english.infinitive(words[0])
        return " ".join(words).replace(" - ", "-").replace(" ' ", "'").replace(" ’ ", "’"), span[0]


def likeness(german: str, english: str) -> float:
    """Return how alike a German and an English word look (0 to 1), for cognates and names."""
    plain = german.lower().translate(str.maketrans("äöükz", "aoucc")).replace("ß", "ss").replace("sch", "sh")
    other = english.lower().replace(" ", "").translate(str.maketrans("kz", "cc"))
    return SequenceMatcher(None, plain, other, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A translation that passed the filter."""

    english: str
    count: int
    weight: float


def choose(
    key: Key,
    candidates: Mapping[str, Candidate],
    links: Links,
    occurrences: int,
    helped: Callable[[str], bool],
    partial: Callable[[str], bool],
    spelled: Callable[[str, Candidate], str],
) -> tuple[Chosen, ...]:
    """Return the translations of a lemma that are to be believed, the most frequent first.

    Wrong ones go by share, by the association of both (log-likelihood ratio over the corpus), and, where a
    pair was seen but once or twice, by looks: alike in both languages, or a part's translation in it
    (`helped`). What renders but a first part of a compound (`partial`) goes.
    """
    total = links.linked[key]
    weights = sum(candidate.weight for candidate in candidates.values())
    content = key[1] in _CONTENT and key[1] not in {"adverb", "number"}
    content = content and key[0] not in words_in("building/german_auxiliaries.txt")
    good: list[tuple[float, Chosen]] = []
    for phrase, candidate in candidates.items():
        words = phrase.replace("-", " ").split()
        if content and all(word in function_words() for word in words):
            continue
        if key[0] == "sich" and not phrase.endswith(("self", "selves")):
            continue  # mostly not translated at all, and so linked at random
        if content and len(phrase) == 1:
            continue  # a letter of an abbreviation: p. m.
        if not any(char.isalpha() for char in phrase) and key[1] != "number":
            continue
        count, share = candidate.count, candidate.weight / weights
        if partial(phrase) and (share < 0.5 or total < _FEW):
            continue
        if key[1] == "noun" and count < total and share < 0.5 and _PARTICIPLE.search(phrase):
            continue
        backward = count / links.phrases[phrase]
        score = association(count, total, links.phrases[phrase], occurrences)
        plausible = helped(phrase) or likeness(key[0], phrase) >= (0.6 if len(key[0]) > 5 else 0.75)
        if count == 1:
            keep = plausible and share >= 0.08
        elif count == 2:
            keep = (share >= 0.1 and score > 12 and (plausible or backward >= 0.05)) or (
                plausible and share >= 0.05
            )
        elif content:
            keep = share >= 0.02 and score > 15 and (share >= 0.04 or backward >= 0.02 or plausible)
        else:
            keep = share >= 0.03 and score > 10
        if keep:
            bonus = 1.3 if plausible else 1.0
            good.append(
                (candidate.weight * bonus, Chosen(spelled(phrase, candidate), count, candidate.weight))
            )
    good.sort(key=lambda item: (-item[0], item[1].english))
    if not good:
        return ()
    floor = good[0][1].weight * 0.04
    return tuple(chosen for _, chosen in good if chosen.weight >= floor)


def association(both: int, first: int, second: int, total: int) -> float:
    """Return Dunning's log-likelihood ratio of two events that coincide `both` times, else 0."""
    if both * total <= first * second:
        return 0.0
    table = (both, first - both, second - both, total - first - second + both)
    rows = (first, first, total - first, total - first)
    columns = (second, total - second, second, total - second)
    return 2 * sum(
        cell * math.log(cell * total / (row * column))
        for cell, row, column in zip(table, rows, columns, strict=True)
        if cell > 0
    )


def phrases_of(chosen: Iterable[Chosen]) -> frozenset[str]:
    """Return the content words of some translations, lower case."""
    return frozenset(
        word
        for item in chosen
        for word in item.english.lower().replace("-", " ").split()
        if word not in function_words()
    )
