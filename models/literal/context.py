"""A German sentence with what surrounds each word: its clause, its noun, its determiner, its English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from models.lexicon import WordInfo
from models.lexicon.analysis import Word
from models.lexicon.tokens import Token
from models.literal.tables import group
from models.translation.values import Link
from models.translation.words import split_words

_MARKS: Final = frozenset(',;:.!?–—()„“”»«‚‘’"')
_BETWEEN: Final = frozenset({"adjective", "adverb", "number"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence under analysis. Numbers count tokens; `english` are the words of its translation."""

    tokens: tuple[Token, ...]
    words: tuple[Word | None, ...]
    infos: dict[Word, WordInfo]
    english: tuple[str, ...]
    links: dict[int, dict[int, float]] = field(default_factory=dict)
    """German token -> English word -> weight."""

    def lower(self, number: int) -> str:
        """The text of a token in lower case; "" outside of the sentence."""
        return self.tokens[number].text.lower() if 0 <= number < len(self.tokens) else ""

    def tag(self, number: int) -> str:
        """HanTa's tag of a token; "" for marks and outside of the sentence."""
        word = self.words[number] if 0 <= number < len(self.words) else None
        return word.tag if word else ""

    def pos(self, number: int) -> str:
        """The part of speech of a token; "" for marks and outside of the sentence."""
        word = self.words[number] if 0 <= number < len(self.words) else None
        return word.pos if word else ""

    def clause(self, number: int) -> Iterator[int]:
        """The tokens of the stretch between marks that a token stands in."""
        start = end = number
        while start > 0 and self.tokens[start - 1].text not in _MARKS:
            start -= 1
        while end + 1 < len(self.tokens) and self.tokens[end + 1].text not in _MARKS:
            end += 1
        return iter(range(start, end + 1))

    def noun_after(self, number: int) -> int | None:
        """The noun that an article or preposition at this place opens the phrase of."""
        for place in range(number + 1, min(number + 8, len(self.tokens))):
            if self.pos(place) in {"noun", "name"} and self.tag(place) != "TRUNC":
                return place
            if self.tokens[place].text in _MARKS:
                return None
        return None

    def determiner_before(self, noun: int) -> str:
        """The determiner of a noun in lower case, "" if it has none."""
        for place in range(noun - 1, max(-1, noun - 7), -1):
            if self.pos(place) == "article" or self.lower(place) in group("plural determiners") | group(
                "singular determiners"
            ):
                return self.lower(place)
            if self.pos(place) not in _BETWEEN and self.tag(place)[:2] not in {"PI", "PP", "PD", "TR"}:
                return ""
        return ""

    def number_of(self, noun: int) -> Literal["singular", "plural", ""]:
        """Whether a noun is singular or plural; "" where its surroundings do not tell."""
        word = self.words[noun]
        info = self.infos.get(word) if word else None
        if word is None or info is None or word.tag == "NNI":
            return "singular"
        form, lemma, plural, determiner = (
            self.tokens[noun].text,
            word.lemma,
            info.plural,
            self.determiner_before(noun),
        )
        if info.gender == "pl":
            return "plural"
        if info.gender == "mf":
            if determiner in group("dative singular") or form.endswith("r"):
                return "singular"
            if determiner == "den":
                return "singular" if self.pos(noun - 1) != "preposition" else ""
            return "plural" if form.endswith("n") else "singular"
        if info.gender == "f":
            return "plural" if form not in {lemma, lemma + "s"} else "singular"
        if form in {lemma + "s", lemma + "es"} and form != plural:
            return "singular"
        if form == lemma + "e" and form != plural:
            # "dem Lande"; where no plural is known it is rather one (Klimaziele).
            return "singular" if plural or determiner in group("dative singular") else "plural"
        if form == lemma and plural != lemma:
            return "plural" if determiner in group("counts") else "singular"
        if form != lemma and (form == plural or form == plural + "n"):
            weak = form.endswith("en") and lemma.endswith(("t", "e", "r"))
            # "den Präsidenten": with a weak noun "den" is rather the accusative.
            accusative = determiner == "den" and weak and form == plural
            return "singular" if determiner in group("sure singular") or accusative else "plural"
        if determiner in group("plural determiners"):
            return "plural"
        return "singular" if determiner in group("singular determiners") else ""


def english_words(english: str) -> tuple[tuple[int, int], ...]:
    """The character spans of the words of a translation."""
    return tuple((word.start, word.end) for word in split_words(english) if not word.mark)


def linked_words(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int]], links: Sequence[Link]
) -> dict[int, dict[int, float]]:
    """Return for each token the numbers of the English words linked to it, with the links' weights."""
    numbers = {span: number for number, span in enumerate(spans)}
    found: dict[int, dict[int, float]] = {}
    for link in links:
        target = numbers.get(link.target)
        if target is None:
            continue
        for number, token in enumerate(tokens):
            if token.start < link.source[1] and link.source[0] < token.end:
                found.setdefault(number, {})[target] = link.weight
    return found
