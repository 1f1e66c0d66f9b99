"""Words that a model has met too seldom to know: the lexicon tells it what they mean.

A small model guesses at rare words, or leaves them German. Where its first English for a sentence has none of
the renderings that the lexicon knows for such a word, or spells a name in another way, the word is annotated
with the likeliest of them (annotating), as the model was trained for, and the sentence is translated again.
The second English is taken only if the model finds it no less likely and it states the same numbers and
negations. If it is not, each word is told alone (retelling).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeGuard

from models.lexicon import Entry, Lexicon
from models.lexicon.analysis import SentenceAnalysis
from models.lexicon.building.english import irregular_plurals, irregular_verbs
from models.lexicon.explaining import WordExplainer
from models.lexicon.lemmas import corrected_lemma
from models.lexicon.phrases import PhraseFinder
from models.lexicon.tagging import Tagger, pos_of
from models.lexicon.values import Pos, Rendering
from models.lexicon.verbs import separable_prefixes
from models.translation.annotating import MOST_TERMS, Given, Telling, annotated
from models.translation.compound_english import compound_english
from models.translation.facts import same_facts
from models.translation.pieces import Span, Tokenizer, locate
from models.translation.words import split_words

# How often a word stands in the training corpus: more often and the model knows it, less often and the
# lexicon does not. Bounds and shares were chosen on newstest2018 (models/README.md).
_COUNTS: Final = range(3, 3001)
_LEAST_SHARE: Final = 0.4
# Letters of the shortest compound; seen more often than this it may mean more than its parts.
_SHORTEST_COMPOUND: Final = 8
_KNOWN_COMPOUND: Final = 30
_LEAST_SEEN: Final = 3
# So much less likely a piece may be what has fewer words that are none.
_SLACK: Final = 0.12
# ... what has more of the names that are surely names.
_NAME_SLACK: Final = 0.3
# ... and what has more of the phrases, whose English was written by hand.
_PHRASE_SLACK: Final = 0.1
_OPEN_CLASSES: Final = frozenset({"noun", "name", "verb", "adjective", "adverb"})
_ENDINGS: Final = ("ization", "isation", "ation", "ition", "ing", "edly", "ed", "ies", "ied", "es", "ly", "s")
_ENGLISH_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class RareWord:
    """A word of a text: its span, how often the corpus has it, its English, the likeliest first.

    `name`: it is one, and its English is itself; `sure`: the text says so elsewhere (surnames); `phrase`: it
    is on the list of phrases. `rest`: where more of a phrase, or of a verb apart from its prefix, stands.
    """

    span: Span
    count: int
    renderings: tuple[str, ...]
    name: bool = False
    sure: bool = False
    phrase: bool = False
    rest: tuple[Span, ...] = ()

    @property
    def telling(self) -> Telling:
        """How a model is told of it."""
        return Telling(self.span, self.renderings[0], self.rest)

    def overlaps(self, other: RareWord) -> bool:
        """Whether both have a part of the text in common."""
        return any(
            start < other_end and other_start < end
            for start, end in (self.span, *self.rest)
            for other_start, other_end in (other.span, *other.rest)
        )


class RareWords:
    """Finds rare words. Lexicon and tagger are loaded with the first sentence; thread-safe."""

    def __init__(
        self, lexicon: Lexicon | None = None, tagger: Tagger | None = None, *, phrases: bool = True
    ) -> None:
        """`phrases`: whether phrases and verbs apart from their prefix are found, too."""
        self._lexicon = lexicon or Lexicon()
        self.tagger = tagger or Tagger()
        self._explainer = WordExplainer(self._lexicon, self.tagger)
        self._known = lru_cache(maxsize=20_000)(self._renderings)
        self._phrases = PhraseFinder(self._explainer) if phrases else None

    def phrases(self, text: str) -> tuple[RareWord, ...]:
        """Return the phrases of a sentence, rare or not, and rare verbs apart from their prefix."""
        if self._phrases is None:
            return ()
        analysis = self._explainer.analyse(text)
        phrases = tuple(
            RareWord(hit.core, 0, hit.phrase.english, phrase=True, rest=hit.rest)
            for hit in self._phrases.find(text)
        )
        return phrases + elsewhere(self._split_verbs(analysis), phrases)

    def _split_verbs(self, analysis: SentenceAnalysis) -> Iterator[RareWord]:
        for word in dict.fromkeys(word for word in analysis.words if word and len(word.tokens) == 2):
            verb, prefix = (analysis.tokens[number] for number in word.tokens)
            entry = self._lexicon.look_up(word.lemma, "verb")
            if entry and entry.pos == "verb" and _is_tellable(entry):
                renderings = tuple(each.english for each in other_english(entry))
                yield RareWord(
                    (verb.start, verb.end), entry.count, renderings, rest=((prefix.start, prefix.end),)
                )

    def find(self, text: str) -> tuple[RareWord, ...]:
        """Return the rare words of a sentence whose English is known, in reading order."""
        words = [word for word in split_words(text) if not word.mark]
        forms = [text[word.start : word.end] for word in words]
        # Its verb means something else together with the prefix: kündigt … an.
        parted = any(
            form in separable_prefixes() and not text[word.end :].lstrip()[:1].isalnum()
            for form, word in zip(forms, words, strict=True)
        )
        found = []
        for number, (form, word) in enumerate(zip(forms, words, strict=True)):
            count, renderings = self._known(form, number == 0, parted)
            if renderings:
                span = (word.start, word.end)
                found.append(RareWord(span, count, renderings, name=form in renderings))
        return tuple(found)

    def _renderings(self, form: str, opens: bool, parted: bool) -> tuple[int, tuple[str, ...]]:
        """Return count and English of a word form; no English if it is not to be told to a model."""
        if len(form) < 3 or not form[-1].isalpha():
            return 0, ()
        entry = self._entry(form, opens, parted)
        first = entry.translations[0] if entry and entry.translations else None
        if entry is None or first is None or first.english.lower() == entry.lemma.lower():
            return (entry.count if entry else 0), self._name(form, opens) or self._compound(form, entry)
        if not _is_tellable(entry):
            return 0, ()
        return entry.count, tuple(each.english for each in other_english(entry))

    def english_of(self, form: str, opens: bool) -> tuple[str, ...]:
        """Return whatever English is known for a form, however rare or frequent it is, likeliest first.

        A noun or name without any is its own English; another word has none.
        """
        entry = self._entry(form, opens, False)
        if _has_other_english(entry):
            return tuple(each.english for each in other_english(entry))
        known = self._name(form, opens) or self._compound(form, entry)
        if known or not form[0].isupper() or (opens and entry):
            return known
        return (form,)

    def english_entry(self, form: str, opens: bool = False) -> Entry | None:
        """Return the entry of a form that English has another word for; None for names and unknown words."""
        entry = self._entry(form, opens, False)
        return entry if _has_other_english(entry) else None

    def _name(self, form: str, opens: bool) -> tuple[str, ...]:
        """Return how a name reads in English: as it is, or without the s of its genitive."""
        if opens or not form[0].isupper() or self._likeliest_pos(form) != "name":
            return ()
        bare = form[:-1]
        if form.endswith("s") and self._lexicon.count(bare) > self._lexicon.count(form):
            return (bare, form)
        return (form,)

    def _compound(self, form: str, entry: Entry | None) -> tuple[str, ...]:
        """Return the English of a compound by its parts if the lexicon has none for it as a whole."""
        if len(form) < _SHORTEST_COMPOUND or not form[0].isupper() or not form.replace("-", "").isalpha():
            return ()
        if entry and (entry.translations or entry.count > _KNOWN_COMPOUND):
            return ()
        if self._likeliest_pos(form) != "noun":
            return ()
        lemma = corrected_lemma(form, self.tagger.analyse(form, "NN"), self._lexicon.count)
        return compound_english(self._explainer.parts_of(lemma))

    def _likeliest_pos(self, form: str) -> Pos | None:
        tag = self.tagger.likeliest_tag(form)
        return pos_of(tag) if tag else None

    def _entry(self, form: str, opens: bool, parted: bool) -> Entry | None:
        tags = [tag for tag, _ in self.tagger.word_tags(form)]
        if form[0].isupper() and not opens:
            # A name or a noun: Bauern. The commoner one is meant.
            tags = [tag for tag in tags if pos_of(tag) in ("noun", "name")] or ["NN"]
        else:
            tags = tags[:1]
        readings = (self._reading(form, tag, parted) for tag in tags)
        return max(filter(None, readings), key=lambda entry: entry.count, default=None)

    def _reading(self, form: str, tag: str, parted: bool) -> Entry | None:
        pos = pos_of(tag)
        if pos == "verb" and parted and "(FIN)" in tag:
            return None
        lemma = (self._lexicon.irregular(form, pos) if pos == "noun" else "") or corrected_lemma(
            form, self.tagger.analyse(form, tag), self._lexicon.count
        )
        # A plural that is a word of its own: Abbrucharbeiten.
        entry = self._lexicon.look_up(lemma, pos) or self._lexicon.look_up(form, pos)
        return entry if entry and (entry.pos == pos or {entry.pos, pos} <= _OPEN_CLASSES) else None


def other_english(entry: Entry) -> tuple[Rendering, ...]:
    """Return the translations of an entry that are not the German word itself."""
    return tuple(each for each in entry.translations if each.english.lower() != entry.lemma.lower())


def _is_tellable(entry: Entry) -> bool:
    """Whether a word is so rare, and its first translation so sure, that a model may gain by it."""
    first = entry.translations[0] if entry.translations else None
    return (
        first is not None
        and (entry.count in _COUNTS or (first.written and entry.count < _COUNTS.start))
        and entry.pos in _OPEN_CLASSES
        and first.share >= _LEAST_SHARE
        and first.sure(_LEAST_SEEN)
    )


def _has_other_english(entry: Entry | None) -> TypeGuard[Entry]:
    """Whether English has another word for what is no name: its likeliest translation is one."""
    if entry is None or entry.pos not in _OPEN_CLASSES or entry.pos == "name":
        return False
    return other_english(entry)[:1] == entry.translations[:1] != ()


def missing(words: Sequence[RareWord], english: str) -> tuple[RareWord, ...]:
    """Return the words none of whose renderings stands in an English text.

    Sure names come first, then the rarest, other names last.
    """
    stems = {_stem(match.group()) for match in _ENGLISH_WORD.finditer(english)}
    return tuple(
        sorted(
            (
                word
                for word in words
                if not any(_stands(each, stems) for each in word.renderings)
                or (word.sure and word.renderings[0] not in english)
            ),
            key=lambda word: (not word.sure, word.name, word.count),
        )
    )


def elsewhere(words: Iterable[RareWord], than: Iterable[RareWord]) -> tuple[RareWord, ...]:
    """Return the words apart from the others: a word is told once, and a name not as another word."""
    others = tuple(than)
    return tuple(word for word in words if not any(word.overlaps(other) for other in others))


def standing(words: Sequence[RareWord], english: str) -> tuple[RareWord, ...]:
    """Return the words that have a rendering in an English text, each with that rendering only."""
    stems = {_stem(match.group()) for match in _ENGLISH_WORD.finditer(english)}
    found = []
    for word in words:
        here = next((each for each in word.renderings if _stands(each, stems)), None)
        if here:
            found.append(replace(word, renderings=(here,)))
    return tuple(found)


def rendered_at(renderings: Sequence[str], english: str) -> tuple[Span, ...]:
    """Return where the words of the first rendering that an English text has stand; () if it has none.

    They stand there in their order, as near to one another as they can: put … off.
    """
    words = [(match.span(), _stem(match.group())) for match in _ENGLISH_WORD.finditer(english)]
    for rendering in renderings:
        wanted = [_stem(match.group()) for match in _ENGLISH_WORD.finditer(rendering)]
        runs = []
        for start in range(len(words)):
            rest = iter(words[start:])
            run = [next((span for span, stem in rest if stem == each), None) for each in wanted]
            places = tuple(span for span in run if span is not None)
            if places and len(places) == len(wanted) and places[0] == words[start][0]:
                runs.append(places)
        if runs:
            return min(runs, key=lambda run: run[-1][1] - run[0][0])
    return ()


def told(text: str, pieces: Sequence[str], words: Sequence[RareWord], tokenizer: Tokenizer) -> Given | None:
    """Return the pieces of a text with the English of the first words in it; None if that cannot be done."""
    chosen = [word.telling for word in words[:MOST_TERMS]]
    return annotated(text, pieces, chosen, tokenizer) if chosen else None


def better(
    first: tuple[str, float], second: tuple[str, float], words: Sequence[RareWord], mended: int = 0
) -> bool:
    """Whether the second English (text, score) of a sentence is to be taken.

    It has more of the words and is no less likely, or fewer words that are none (`mended` fewer), or more of
    the sure names or of the phrases.
    """
    if mended < 0 or not same_facts(first[0], second[0]):
        return False
    sure = [word for word in words if word.sure]
    gained = len(missing(sure, first[0])) - len(missing(sure, second[0]))
    if gained < 0:
        return False
    if gained:
        return second[1] >= first[1] - _NAME_SLACK
    if mended:
        return second[1] >= first[1] - _SLACK
    phrases = [word for word in words if word.phrase]
    slack = _PHRASE_SLACK if len(missing(phrases, second[0])) < len(missing(phrases, first[0])) else 0.0
    return second[1] >= first[1] - slack and len(missing(words, second[0])) < len(missing(words, first[0]))


def lost(
    text: str, pieces: Sequence[str], words: Sequence[RareWord], given: Given, english: str
) -> tuple[RareWord, ...]:
    """Return the phrases that stand nowhere: a part of them was hidden, and the English has none of them."""
    spans = locate(pieces, text)
    stand_ins = {spans[shown][0] for _, shown in given.hidden}
    return missing([word for word in words if word.rest and word.span[0] in stand_ins], english)


def _stands(rendering: str, stems: set[str]) -> bool:
    return all(_stem(match.group()) in stems for match in _ENGLISH_WORD.finditer(rendering))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return what the forms of an English word share, roughly: decided, decision -> decis, decid."""
    small = word.lower()
    small = irregular_verbs().get(small) or irregular_plurals().get(small, small)
    for ending in _ENDINGS:
        if small.endswith(ending) and len(small) - len(ending) >= 3:
            small = small[: -len(ending)]
            break
    return small.rstrip("ey") if len(small) > 3 else small
