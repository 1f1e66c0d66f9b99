"""Words that the model has made up, and German ones that it has left standing.

A small model spells a word that it does not know piece by piece, and what comes out is often no word at all:
“confirr” for Geschirr, “Eydtkuhn” for Eydtkuhnen, “patroled”. Such words are told from English ones by the
list of those that English texts have. The model is told what the lexicon knows of the German word
(retelling); what is still there after that is replaced, where the word links leave no doubt by what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from models.lexicon import LexiconError, inflection
from models.lexicon.common_nouns import stands_as_common_noun
from models.lexicon.english_words import english_words, german_too
from models.lexicon.values import Entry
from models.translation.pieces import Span
from models.translation.rare_words import RareWord, RareWords, other_english
from models.translation.rewriting import Edit, edited
from models.translation.values import Link
from models.translation.word_case import capitalised

_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 3
# A link this strong tells what a word stands for; one this strong, that another word has a part in it.
_SURE: Final = 0.5
_PART: Final = 0.25
# So alike (2 × common letters / all letters) are a slip and the right word; a garbled name and the true one.
_ALIKE: Final = 0.7
_NAMESAKE: Final = 0.6
_CLEAR_SHARE: Final = 0.4
_CLEAR_COUNT: Final = 3
# What is formed like this has an English of its own and is no name: Republikanismus, Missourianer.
_DERIVED: Final = re.compile(
    r"(?:(?:ung|heit|keit|schaft|tät|ion)(?:en)?|ism(?:us|en)|i(?:er|aner)n?|isch(?:e[nmrs]?)?)$"
)
_OPENING: Final = re.compile(r"(?:^|[.!?:])[\s“\"'„‘(–-]*$")
_PERFECT: Final = re.compile(
    r"\b(?:ha(?:ve|s|d)|having|is|are|was|were|be|been|being|get|gets|got)(?: \w+ly| not)?$"
)


class Nonwords:
    """Finds and replaces words that are none, with the help of what is known of German words."""

    def __init__(self, rare: RareWords) -> None:
        self._rare = rare

    def find(self, german: str, english: str, *, sure: bool = False) -> tuple[Span, ...]:
        """Return the words in the English of a German text that are no English ones, in reading order.

        A word that stands in the German as well counts only if English has another for it; if it is to be
        `sure`, only where it cannot well be a name.
        """
        known, often_german = english_words(), german_too()
        theirs = {match.group().lower(): match for match in _WORD.finditer(german)}
        found = []
        for match in _WORD.finditer(english):
            word = match.group().lower()
            if len(word) < _SHORTEST or (word in known and word not in often_german):
                continue
            copied = next(
                (theirs[form] for form in (word, word.removesuffix("s"), f"{word}s") if form in theirs), None
            )
            if word in known and not copied:
                continue
            lowered = copied and copied.group()[0].isupper() and match.group()[0].islower()
            if not copied or lowered or self._is_common(german, copied, sure):
                found.append(match.span())
        return tuple(found)

    def told(self, german: str, wrong: Sequence[Span], links: Sequence[Link]) -> tuple[RareWord, ...]:
        """Return the German words that came out as words that are none, with what they mean."""
        found: dict[Span, RareWord] = {}
        for start, end in wrong:
            here = [link for link in links if link.target[0] < end and start < link.target[1]]
            if here:
                span = max(here, key=lambda link: link.weight).source
                renderings = self._rare.english_of(german[slice(*span)], span[0] == 0)
                if renderings:
                    found.setdefault(span, RareWord(span, 0, renderings))
        return tuple(found.values())

    def replacements(self, german: str, english: str, links: Sequence[Link]) -> Iterator[Edit]:
        """Yield what is to stand instead of words that are none, where that is clear."""
        for start, end in self.find(german, english, sure=True):
            link = surest(start, end, links)
            if link is None:
                continue
            form, word = german[slice(*link.source)], english[start:end]
            if "-" in form or has_more(link, links):
                new = self._part(form, word)
            else:
                new = self._whole(form, word, link.source[0] == 0, english[:start].rstrip())
            if new and new != word:
                yield start, end, capitalised(new) if _OPENING.search(english[:start]) else new

    def replaced(self, german: str, english: str, links: Sequence[Link]) -> tuple[str, tuple[Link, ...]]:
        """Return English and links after the replacements; as they are if the lexicon cannot be read."""
        try:
            edits = list(self.replacements(german, english, links))
        except LexiconError:  # the log has it, from where the model was to be told
            edits = []
        return edited(english, links, edits)

    def _whole(self, form: str, word: str, opens: bool, before: str) -> str | None:
        """Return what a German word should have become."""
        entry = self._rare.english_entry(form, opens)
        return _inflected(entry, form, word, before) if entry else _namesake(form, word)

    def _part(self, form: str, word: str) -> str | None:
        """Return what the part of a hyphenated word should have become that a word looks like."""
        part = max(form.split("-"), key=lambda each: _likeness(each, word))
        if part == form or _likeness(part, word) < _ALIKE or self._rare.english_entry(part):
            return None
        return _namesake(part, word)

    def _is_common(self, german: str, match: re.Match[str], sure: bool) -> bool:
        form = match.group()
        if sure and form[0].isupper() and not stands_as_common_noun(german, *match.span()):
            return False
        return self._rare.english_entry(form) is not None


def surest(start: int, end: int, links: Sequence[Link]) -> Link | None:
    """Return the link that tells which German word an English one stands for, if one does."""
    here = [link for link in links if link.target == (start, end) and link.weight >= _SURE]
    return max(here, key=lambda link: link.weight, default=None)


def has_more(link: Link, links: Sequence[Link]) -> bool:
    """Whether the German word of a link has more English than the word of this link."""
    others = (each for each in links if each.source == link.source and each.target != link.target)
    return any(each.weight >= _PART for each in others)


def _namesake(form: str, word: str) -> str | None:
    """Return a name as the German spells it, if a word looks like it garbled."""
    if not form[0].isupper() or _DERIVED.search(form):
        return None
    bare = form.removesuffix("s")
    name = bare if bare != form and _likeness(bare, word) > _likeness(form, word) else form
    return name if _likeness(name, word) >= _NAMESAKE else None


def _inflected(entry: Entry, form: str, word: str, before: str) -> str | None:
    """Return the English of an entry in the form that a word which is none was meant to have."""
    wanted = [(_fit(each.english, entry, form, word, before), each) for each in other_english(entry)]
    alike = [(_likeness(new, word), new) for new, _ in wanted if new]
    best = max(alike, default=None, key=lambda pair: pair[0])
    if best and best[0] >= _ALIKE:
        return best[1]
    new, first = wanted[0]
    return new if first.share >= _CLEAR_SHARE and first.sure(_CLEAR_COUNT) else None


def _fit(english: str, entry: Entry, form: str, word: str, before: str) -> str | None:
    if entry.pos == "noun":
        return inflection.plural(english) if word.endswith("s") and english.islower() else english
    if entry.pos != "verb":
        return english
    if word.endswith("ing"):
        return inflection.gerund(english)
    if word.endswith(("ed", "t")):
        perfect = _PERFECT.search(before)
        return inflection.participle(english) if perfect else inflection.past(english)
    if word.endswith("s"):
        return inflection.third_person(english)
    return english if form == entry.lemma else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()
