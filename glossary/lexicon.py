"""Which strings are plausible parts of German compounds.

The word list is the one inside HanTa's German model (HanoverTagger, C. Wartena, LGPL-3; morphemes of the
Tiger corpus with part of speech), read at first need, together with the glossary's own words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from glossary.spelling import fold, word_set

LINKS = ("s", "es", "n", "en", "er", "e", "ns", "ens")
_NOUN_ENDINGS = ("n", "s", "e", "en", "es", "er", "ern", "se", "sen", "ses", "in", "innen", "ns")
_VERB_NOUN_ENDINGS = ("ung", "ungen", "er", "ern", "ers", "en", "ens", "erin", "erinnen", "erei")
_ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em", "ere", "eren", "erer", "ste", "sten")
# Derivational endings that look like nouns: Vorsitz|ende, Wähler|schaft are no compounds.
_SUFFIXES = word_set(
    """
    ende enden ender endes endem ent er ers ern ei eien chen lein ling linge tum nis sal ung ungen heit
    heiten keit schaft schaften los lose losen bar sam haft isch lich ig in innen erin erinnen ist isten
    ismus ion ionen at tion ator iert ieren ant ist tor ium ien
    """
)
_PREFIXES = word_set(
    """
    vize ex anti pro super mega ultra extra mini makro mikro euro öko bio nicht neo post prä semi halb
    inter trans sub gegen haupt grund sonder gesamt allein spitzen schein stell ober unter über vor nach
    neben zwischen mit außen innen rück weiter nieder hoch tief fern nah not alt neu groß klein viel
    mehr einzel selbst fehl all ganz zwei drei vier fünf sechs sieben acht neun zehn erst ur auf ab an
    aus ein um wieder dauer doppel ältesten kern rot schwarz grün gelb blau links rechts schul sprach kontroll
    """
)
_EXTRA_NOUNS = word_set(
    """
    vorsitzend abgeordnet angestellt beauftragt beamt bedienstet gesandt delegiert intendant debakel
    chef skandal affäre debatte streit gipfel gesetz entwurf plan politik politiker krise verfahren
    system schutz klima hilfe recht gericht urteil mehrheit fraktion partei frage strategie paket
    """
)
_EXTRA_ADJECTIVES = word_set(
    """
    politisch treu nah weit eigen intern rechtlich übergreifend feindlich freundlich kritisch bedingt
    bezogen fähig pflichtig würdig widrig konform mäßig müde willig skeptisch relevant spezifisch
    geführt nahe fern finanziert gestützt gebunden einheitlich unabhängig abhängig erfahren reif
    tauglich erprobt bewährt gesteuert getrieben getragen dominiert orientiert basiert affin geplagt
    gebeutelt lastig kundig getreu bewegt gewohnt
    """
)
_SHORTEST_UNKNOWN_TERM = 8
# A term this long is hardly ever a chance string of letters, even where the word list has the whole word.
_LONG_TERM = 7
_TIE = 0.3


class Lexicon:
    """Parts of German words, with the cost (number of parts) of the best way to cut a string into them."""

    def __init__(self, own_words: Iterable[str] = ()) -> None:
        nouns, modifiers, verbs, adjectives = _hanta_morphemes()
        self._nouns = nouns | set(map(fold, _EXTRA_NOUNS))
        self._adjectives = adjectives | set(map(fold, _EXTRA_ADJECTIVES))
        self._verbs = verbs
        self._first: dict[str, float] = dict.fromkeys(map(fold, _PREFIXES), 1.0)
        for word in modifiers | self._adjectives | verbs | self._nouns:
            self._first[word] = 1.0 if len(word) > 3 else 1.25
        for word in self._nouns:
            if word.endswith("e") and len(word) > 4:
                self._first.setdefault(word[:-1], 1.0)
        self._own: dict[str, float] = {}
        self.left = lru_cache(50_000)(self._left)
        self.right = lru_cache(50_000)(self._right)
        # The glossary's own words are parts too; they cost what their own parts cost.
        costs = {word: self._right(word) for word in own_words if len(word) > 3}
        self._own = {word: cost if cost < math.inf else 1.0 for word, cost in costs.items()}
        for word, cost in self._own.items():
            self._first.setdefault(word, cost)
        self.left.cache_clear()
        self.right.cache_clear()

    def _left(self, text: str) -> float:
        """Least cost to cut `text` into parts with linking letters, also at its end; infinite if none."""
        return self._reach(text)[len(text)]

    def _reach(self, text: str) -> list[float]:
        length = len(text)
        best = [math.inf] * (length + 1)
        best[0] = 0.0
        first = self._first
        for start in range(length - 1):
            here = best[start]
            if here == math.inf:
                continue
            for end in range(start + 2, length + 1):
                cost = first.get(text[start:end])
                if cost is None:
                    continue
                cost += here
                if cost < best[end]:
                    best[end] = cost
                for link in LINKS:
                    if text.startswith(link, end):
                        after = end + len(link)
                        # A hair dearer, so that a part ending in the same letters wins.
                        best[after] = min(best[after], cost + 0.01)
        return best

    def _right(self, text: str) -> float:
        """Least cost to cut `text` into parts the last of which is an inflected noun; infinite if none."""
        if text in _SUFFIXES:
            return math.inf
        best = self._reach(text)
        return min(
            (
                best[start] + self._last(text[start:])
                for start in range(len(text) - 2)
                if best[start] < math.inf
            ),
            default=math.inf,
        )

    def adjective(self, text: str) -> bool:
        """Whether `text` is an inflected adjective that can end a compound (haushalts|politischen)."""
        return any(
            text.endswith(ending) and text[: len(text) - len(ending)] in self._adjectives
            for ending in _ADJECTIVE_ENDINGS
            if len(text) - len(ending) >= 3
        )

    def _last(self, text: str) -> float:
        if text in self._nouns:
            return 1.0 if len(text) > 3 else 1.25
        if text in self._own:
            return self._own[text]
        for ending in _NOUN_ENDINGS:
            if text.endswith(ending) and len(text) - len(ending) >= 3:
                stem = text[: -len(ending)]
                if stem in self._nouns or stem in self._own:
                    return self._own.get(stem, 1.0) + 0.02
        for ending in _VERB_NOUN_ENDINGS:
            if text.endswith(ending) and len(text) - len(ending) >= 4 and text[: -len(ending)] in self._verbs:
                return 1.05
        return math.inf

    def allows(self, word: str, start: int, end: int, noun: bool) -> bool:
        """Whether the term found at [start, end) of a folded word is one of the word's parts.

        The word must fall apart there without becoming a worse analysis than it has without the term:
        Land in Aus|land no, because Ausland is one part. `noun`: the whole word is written as a noun.
        """
        left, right = word[:start], word[end:]
        cost = 1.0
        if left:
            cost += self.left(left)
        if right:
            cost += self._rest(right, noun)
        whole = self.right(word)
        if cost < math.inf:
            # Dearer by a whole part: the word list has a longer word around the term; short terms are
            # then chance. Dearer by a trifle: the letters fall apart better elsewhere (Projekt|steuerung).
            return cost <= whole + _TIE or (end - start >= _LONG_TERM and whole + 0.5 < cost < math.inf)
        # An unknown part beside a long term (Debakel in Bundestagsdebakel) is plausible enough.
        unknown = left or right
        known_other = not (left and right)
        return (
            known_other
            and noun
            and whole == math.inf
            and end - start >= _SHORTEST_UNKNOWN_TERM
            and len(unknown) >= 4
            and unknown not in _SUFFIXES
            and not (
                right and any(right.startswith(suffix) for suffix in ("schaft", "ung", "isch", "lich", "ier"))
            )
        )

    def _rest(self, right: str, noun: bool) -> float:
        best = math.inf
        for link in ("", *LINKS):
            rest = right[len(link) :]
            if right.startswith(link) and len(rest) >= 3 and rest not in _SUFFIXES:
                cost = self.right(rest) if noun else math.inf
                if self.adjective(rest):
                    cost = min(cost, 1.0)
                best = min(best, cost + (0.01 if link else 0.0))
        return best


@lru_cache(1)
def _hanta_morphemes() -> tuple[set[str], set[str], set[str], set[str]]:
    """Nouns, other modifiers, verb stems and adjectives of HanTa's model, folded."""
    from HanTa import HanoverTagger

    tagger = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")

    def morphemes(shortest: int, *tags: str) -> set[str]:
        return {
            fold(morpheme)
            for tag in tags
            for morpheme in tagger.LP_m_t.get(tagger.tag2int.get(tag, -1), ())
            if len(morpheme) >= shortest and morpheme.isalpha()
        }

    nouns = morphemes(3, "NN")
    changed = morphemes(3, "NN_VAR")
    nouns |= changed | {stem + ending for stem in changed for ending in ("e", "er", "en")}
    modifiers = morphemes(4, "NE", "CARD", "ADV") | morphemes(4, "ACR_NN")
    verbs = morphemes(4, "VV", "VVnp", "VV_VAR_PP", "VVnp_VAR_PP")
    adjectives = morphemes(3, "ADJ")
    return nouns - _SUFFIXES, modifiers - _SUFFIXES, verbs - _SUFFIXES, adjectives - _SUFFIXES
