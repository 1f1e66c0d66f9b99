"""Phrases: what means more than its words, found in a sentence wherever its parts stand.

An idiom (die Flinte ins Korn werfen), a support verb construction (zur Sprache bringen), a verb with
prefix, „sich“ or preposition in a sense of its own (auf etw pochen), a fixed turn (unter dem Strich).
phrases.tsv names them as dictionaries do, with English written by hand. A finite verb may stand far from the
rest of its phrase:

    Am Ende schob die Koalition den Streit wieder auf die lange Bank.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from models.lexicon.analysis import SentenceAnalysis
from models.lexicon.closed import closed_reading
from models.lexicon.explaining import WordExplainer
from models.lexicon.lists import rows_in, words_in
from models.lexicon.tagging import Tagger
from models.lexicon.tokens import Token
from models.lexicon.verbs import principal_parts, separable_prefix, strong_verbs

Span = tuple[int, int]

_PLACES: Final = frozenset({"etw", "jdn", "jdm", "jds"})
_REFLEXIVE: Final = frozenset({"sich", "mich", "mir", "dich", "dir", "uns", "euch"})
_CLAUSE_ENDS: Final = frozenset(',.;:?!–—()“”„"»«…‘’')
_CONJUNCTIONS: Final = frozenset({"und", "oder", "aber", "sondern", "als", "wie"})
# Before a bare noun they make another phrase of it: die Stellung.
_ATTRIBUTES: Final = ("ART", "ADJ(A)", "PPOSAT", "PIAT", "PDAT", "PWAT", "CARD", "KOMPE")
_CONTRACTED: Final = {
    "an": ("am", "ans"),
    "auf": ("aufs",),
    "bei": ("beim",),
    "durch": ("durchs",),
    "für": ("fürs",),
    "hinter": ("hinterm", "hinters"),
    "in": ("im", "ins"),
    "über": ("übers", "überm"),
    "um": ("ums",),
    "unter": ("unters", "unterm"),
    "von": ("vom",),
    "vor": ("vors", "vorm"),
    "zu": ("zum", "zur"),
}
# Possessives change with whose it is: auf seine Kosten, auf ihre Kosten.
_POSSESSIVE: Final = re.compile(r"(?:mein|dein|sein|ihr|unser|eue?r)(|e|en|em|er|es)")
# Weak verbs that many words stand apart from.
_WEAK: Final = (
    "machen",
    "stellen",
    "legen",
    "setzen",
    "reden",
    "rücken",
    "sagen",
    "kehren",
    "rühren",
    "spülen",
)
_INSEPARABLE: Final = ("be", "emp", "ent", "er", "ge", "hinter", "miss", "ver", "wider", "zer")
# But these do not.
_QUANTIFIERS: Final = re.compile(r"(?:kein|viel|wenig|mehr|reichlich|genug|genügend|etwas)\w*")
# Words between the parts of a phrase.
_FURTHEST: Final = 25
# Adjectives, with their adverbs, before a noun of it.
_MOST_ADJECTIVES: Final = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of the list: its citation form, its English (the first fits best), an example.

    `verb`: its infinitive, "" if it has none; `fixed`: the other words, as they stand in texts; `governed`:
    the prepositions of its open places.
    """

    german: str
    english: tuple[str, ...]
    example: tuple[str, str]
    verb: str
    fixed: tuple[str, ...]
    reflexive: bool
    governed: tuple[str, ...]

    @property
    def citation(self) -> str:
        """The phrase as dictionaries print it, open places as abbreviations: etw. in Kauf nehmen."""
        return " ".join(f"{word}." if word in _PLACES else word for word in self.german.split())

    @property
    def size(self) -> int:
        """How many words are given, so that the longer one of two phrases is meant."""
        return bool(self.verb) + len(self.fixed) + self.reflexive + len(self.governed)


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase in a sentence.

    `core`: the span that can stand for it, its verb, or all of it if it has none; `rest`: its other words.
    The governed prepositions are in neither.
    """

    phrase: Phrase
    core: Span
    rest: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """All of its spans in reading order."""
        return tuple(sorted((self.core, *self.rest)))


def parsed(german: str, english: Sequence[str] = (), example: tuple[str, str] = ("", "")) -> Phrase:
    """Return a phrase given in citation form, the infinitive last. Raises ValueError if it has no words.

    One that ends with an open place has no verb: mit Blick auf etw.
    """
    words = german.split()
    has_verb = words[-1:] and words[-1] not in _PLACES
    fixed: list[str] = []
    governed: list[str] = []
    reflexive = open_places = False
    for word, following in pairwise([*words, ""]):
        if word in _PLACES:
            open_places = True
        elif following in _PLACES and word in _prepositions() and has_verb:
            governed.append(word)
        elif word == "sich" and not (fixed and fixed[-1] in _prepositions()):
            reflexive = True
        else:
            fixed.append(word)
    if not fixed:
        raise ValueError(f"“{german}” has no words of its own")
    sure = open_places or reflexive
    verb = fixed.pop() if has_verb and (sure or _is_infinitive(fixed)) else ""
    return Phrase(german, tuple(english), example, verb, tuple(fixed), reflexive, tuple(governed))


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(
        {*_CONTRACTED, "aus", "gegen", "mit", "nach", "ohne", "gegenüber", "als", "wie", "neben", "zwischen"}
    )


def _is_infinitive(words: Sequence[str]) -> bool:
    """Whether the last of these words is an infinitive: das Gesicht wahren, not zum anderen."""
    word = words[-1]
    if not word.islower() or not word.endswith(("en", "eln", "ern", "tun")):
        return word == "sein"
    tags = [tag for tag, _ in Tagger().word_tags(word)]
    if any(each[0].isupper() for each in words) or _base(word) != word:
        return any(tag.endswith("(INF)") for tag in tags) or len(words) == 1 or _base(word) in strong_verbs()
    return closed_reading(word) is None and tags[:1] != [] and tags[0].startswith("V")


@cache
def _forms(verb: str) -> frozenset[str]:
    """Forms of a verb as one word: infinitives, participle, finite ones as they end a subordinate clause."""
    base = _base(verb)
    prefix = verb.removesuffix(base)
    infinitive = f"{prefix}zu{base}" if prefix else verb
    participle = principal_parts(base).rpartition(" ")[2]
    return frozenset({verb, infinitive, prefix + participle, *(prefix + form for form in _finite(base))})


@cache
def _finite(base: str) -> frozenset[str]:
    """Finite forms of a verb without prefix, first and third person; the subjunctives by rule."""
    if base == "sein":
        return frozenset({"bin", "ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären"})
    present, past, _ = principal_parts(base).split(", ")
    past = past.removesuffix("e")
    umlauted = past.translate(str.maketrans("aou", "äöü")) if base in strong_verbs() else past
    stem = base.removesuffix("n").removesuffix("e")
    forms = {base, present, stem + "e", past, past + "e", past + "en", umlauted + "e", umlauted + "en"}
    return frozenset(forms)


@cache
def _base(verb: str) -> str:
    """Return a verb without the word that can stand apart from it: kommen of abhandenkommen."""
    if verb in strong_verbs() or verb in words_in("inseparable_verbs.txt"):
        return verb
    strong = next((verb[at:] for at in range(2, len(verb) - 3) if verb[at:] in strong_verbs()), "")
    rest = verb.removeprefix(separable_prefix(verb))
    if rest != verb and (not strong or rest == strong or rest.startswith(_INSEPARABLE)):
        return rest
    # Words of every kind stand apart, too: abhanden, zupass, instand, kalt.
    after = strong or next((each for each in _WEAK if verb.endswith(each) and len(verb) > len(each) + 2), "")
    return verb if not after or verb.startswith(_INSEPARABLE) else after


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """Return the phrases of phrases.tsv."""
    return tuple(
        parsed(german, english.split(" | "), (example, translated))
        for german, english, example, translated in rows_in("phrases.tsv")
    )


def _keys(phrase: Phrase) -> Iterable[str]:
    """Return words in lower case of which one stands wherever the phrase does."""
    fixed = [form for form in phrase.fixed if form != "sich" and not _POSSESSIVE.fullmatch(form)]
    if fixed:
        return (max(fixed, key=len).lower(),)
    prefix = phrase.verb.removesuffix(_base(phrase.verb))
    return {phrase.verb, *_forms(phrase.verb), *filter(None, [prefix])}


class PhraseFinder:
    """Finds phrases in sentences. The list is loaded with the first; thread-safe."""

    def __init__(
        self, explainer: WordExplainer | None = None, phrases: Sequence[Phrase] | None = None
    ) -> None:
        """`phrases`: instead of those that are shipped."""
        self._explainer = explainer or WordExplainer()
        self._given = phrases
        self._index: dict[str, list[Phrase]] | None = None

    def find(self, sentence: str) -> tuple[PhraseHit, ...]:
        """Return the phrases of a sentence in reading order; no two share a word."""
        analysis = self._explainer.analyse(sentence)
        view = _View(analysis)
        index = self._by_key()
        keys = {token.text.lower() for token in analysis.tokens}
        keys |= {word.lemma for word in analysis.words if word and word.pos == "verb"}
        candidates = {phrase.german: phrase for key in sorted(keys) for phrase in index.get(key, ())}
        taken: set[int] = set()
        found = []
        for phrase in sorted(candidates.values(), key=lambda each: (-each.size, each.german)):
            for place in view.places(phrase):
                if not taken & set(place):
                    taken |= set(place)
                    found.append(view.hit(phrase, place))
        return tuple(sorted(found, key=lambda hit: hit.spans))

    def _by_key(self) -> dict[str, list[Phrase]]:
        """The phrases by words or lemmas in lower case."""
        if self._index is None:
            index = defaultdict(list)
            for phrase in shipped_phrases() if self._given is None else self._given:
                for key in _keys(phrase):
                    index[key].append(phrase)
            self._index = dict(index)
        return self._index


class _View:
    """A sentence as phrases see it. A place is the numbers of a phrase's tokens, those of its verb first."""

    def __init__(self, analysis: SentenceAnalysis) -> None:
        self.tokens: tuple[Token, ...] = analysis.tokens
        self.words = analysis.words
        self.clauses: list[int] = []
        clause = 0
        for token in self.tokens:
            clause += token.text in _CLAUSE_ENDS
            self.clauses.append(clause)

    def places(self, phrase: Phrase) -> Iterator[tuple[int, ...]]:
        """Yield where a phrase stands."""
        blocks = list(self._blocks(phrase)) if phrase.fixed else [()]
        for block in blocks:
            if not phrase.verb:
                yield block
                continue
            verb = self._verb(phrase, block)
            if not verb:
                continue
            place = [*verb, *block]
            if phrase.reflexive:
                pronoun = self._reflexive(verb[0])
                if pronoun is None:
                    continue
                place.append(pronoun)
            if all(self._governed(preposition, verb[0]) for preposition in phrase.governed):
                yield tuple(place)

    def hit(self, phrase: Phrase, place: tuple[int, ...]) -> PhraseHit:
        """Return the hit of a phrase at a place."""
        first, last = (place[0], place[0]) if phrase.verb else (min(place), max(place))
        core = (self.tokens[first].start, self.tokens[last].end)
        rest = sorted(number for number in place if not first <= number <= last)
        return PhraseHit(
            phrase, core, tuple((self.tokens[number].start, self.tokens[number].end) for number in rest)
        )

    def _text(self, number: int) -> str:
        return self.tokens[number].text if 0 <= number < len(self.tokens) else ""

    def _tag(self, number: int) -> str:
        word = self.words[number] if 0 <= number < len(self.words) else None
        return word.tag if word else ""

    def _blocks(self, phrase: Phrase) -> Iterator[tuple[int, ...]]:
        """Yield where the fixed words of a phrase stand beside one another, but for adjectives."""
        for start in range(len(self.tokens)):
            block: list[int] = []
            at = start
            for form in phrase.fixed:
                if block and phrase.verb and form[0].isupper():
                    at = self._past_adjectives(at)
                if at >= len(self.tokens) or not self._is(at, form):
                    break
                # What denies the phrase is no part of it: kein Versprechen einlösen.
                if self._is(at, form, denied=False):
                    block.append(at)
                at += 1
            else:
                if not (phrase.fixed[0][0].isupper() and self._determined(start, phrase)):
                    yield tuple(block)

    def _past_adjectives(self, number: int) -> int:
        """Return where a noun stands, perhaps with adjectives before it: einen sehr klaren Dämpfer."""
        after = number
        while self._tag(after) in ("ADV", "ADJ(D)", "ADJ(A)") and after - number < _MOST_ADJECTIVES:
            after += 1
        return after if self._tag(after - 1) == "ADJ(A)" else number

    def _determined(self, noun: int, phrase: Phrase) -> bool:
        """Whether a bare noun has an article or the like of its own here, other than kein or viel."""
        before = noun - 1
        while phrase.verb and self._tag(before) == "ADJ(A)":
            before -= 1
        return self._tag(before).startswith(_ATTRIBUTES) and not _QUANTIFIERS.fullmatch(self._text(before))

    def _is(self, number: int, form: str, denied: bool = True) -> bool:
        """Whether a token is a form of a fixed word; `denied`: or denies it."""
        text = self.tokens[number].text
        if form == "sich":
            return text in _REFLEXIVE
        if number == 0:
            text = text if form[0].isupper() else text[0].lower() + text[1:]
        ours, theirs = _POSSESSIVE.fullmatch(form), _POSSESSIVE.fullmatch(text)
        if denied and form.startswith("ein") and text == f"k{form}":
            return True
        return text == form or bool(ours and theirs and ours[1] == theirs[1])

    def _verb(self, phrase: Phrase, block: tuple[int, ...]) -> tuple[int, ...]:
        """Return the tokens of the verb of a phrase with fixed words in a block, () if it is missing."""
        ways: list[tuple[int, tuple[int, ...]]] = []
        for number in range(len(self.tokens)):
            if number in block:
                continue
            tokens = self._as_verb(number, phrase.verb, block)
            if not tokens:
                continue
            if not block:
                return tokens
            gap = self._gap(number, block)
            if gap is not None:
                ways.append((gap, tokens))
        return min(ways)[1] if ways else ()

    def _gap(self, verb: int, block: tuple[int, ...]) -> int | None:
        """Return how many words stand between verb and fixed words; None if they cannot belong together."""
        if self.clauses[verb] != self.clauses[block[0]] or self.clauses[block[-1]] != self.clauses[block[0]]:
            return None
        if verb < block[0]:
            return block[0] - verb - 1 if self._tag(verb).endswith(("(FIN)", "(IMP)")) else None
        between = range(block[-1] + 1, verb)
        if len(between) > _FURTHEST or any(self._tag(number).endswith("(FIN)") for number in between):
            return None
        if list(between) and [self._text(number) for number in between] != ["zu"] and not self._ends(verb):
            return None
        return len(between)

    def _ends(self, verb: int) -> bool:
        """Whether nothing but verbs follow a verb in its clause."""
        after = verb + 1
        while self._tag(after).startswith("V"):
            after += 1
        text = self._text(after)
        return not text or text in _CLAUSE_ENDS or text in _CONJUNCTIONS

    def _as_verb(self, number: int, verb: str, block: tuple[int, ...]) -> tuple[int, ...]:
        """Return the tokens of a verb, of which this is the first, () if it is another."""
        word = self.words[number]
        if word is None or word.tokens[0] != number:
            return ()
        if word.pos == "verb" and word.lemma == verb:
            return word.tokens
        form = self.tokens[number].text.lower() if not number else self.tokens[number].text
        if not form.islower():
            return ()
        if form in _forms(verb):
            # The prefix that another verb was given may be none: kam nach und nach zum Vorschein.
            return (number,) if block or len(word.tokens) == 1 else ()
        base = _base(verb)
        prefix = verb.removesuffix(base)
        if prefix and form in _finite(base):
            apart = self._prefix(prefix, number)
            return (number, apart) if apart is not None else ()
        return ()

    def _prefix(self, prefix: str, verb: int) -> int | None:
        """Return where the prefix of a verb ends its clause."""
        for number in range(verb + 1, len(self.tokens)):
            if self.clauses[number] != self.clauses[verb]:
                return None
            if self._text(number) == prefix and self._ends(number):
                return number
        return None

    def _reflexive(self, verb: int) -> int | None:
        """Return the reflexive pronoun of a verb: the nearest in its clause."""
        here = [
            number
            for number, token in enumerate(self.tokens)
            if token.text.lower() in _REFLEXIVE and self.clauses[number] == self.clauses[verb]
        ]
        return min(here, key=lambda number: abs(number - verb), default=None)

    def _governed(self, preposition: str, verb: int) -> bool:
        """Whether a preposition, or its adverb (darauf), stands in the clause of a verb."""
        tail = f"r{preposition}" if preposition[0] in "aeiouäöü" else preposition
        adverbs = {f"da{tail}", f"wo{tail}", f"hier{preposition}"}
        forms = {preposition, *_CONTRACTED.get(preposition, ()), *adverbs}
        return any(
            token.text.lower() in forms
            and self.clauses[number] == self.clauses[verb]
            and self._tag(number) != "PTKZU"
            for number, token in enumerate(self.tokens)
        )
