"""What the lexicon and the word analysis give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Pos = Literal[
    "noun",
    "name",
    "verb",
    "adjective",
    "adverb",
    "article",
    "pronoun",
    "preposition",
    "conjunction",
    "particle",
    "number",
    "other",
]
# "mf": one form for both (der/die Abgeordnete); "pl": plural only (Kosten); "": none or not known
Gender = Literal["m", "f", "n", "pl", "mf", ""]

ARTICLES: Final[dict[str, str]] = {"m": "der", "f": "die", "n": "das", "pl": "die", "mf": "der/die", "": ""}


@dataclass(frozen=True, slots=True)
class Rendering:
    """An English equivalent: share of the aligned occurrences (0 to 1, weighted) and their plain count.

    A count of 0: written by hand (building/written.py), its share only says what comes first.
    """

    english: str
    share: float
    count: int

    @property
    def written(self) -> bool:
        """Whether it was written by hand rather than counted."""
        return not self.count

    def sure(self, least: int) -> bool:
        """Whether it was seen at least so often, or written by hand."""
        return self.written or self.count >= least


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence pair from a freely licensed part of the corpus; `source` is the name of that part."""

    german: str
    english: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A lemma of the lexicon.

    `band` is the frequency band, 1 (among the 1,000 most frequent lemmas) to 6 (rare); `plural` is "" where
    none was seen; `parts` are the lemmas of a compound; `count` occurrences in the corpus.
    """

    lemma: str
    pos: Pos
    gender: Gender
    plural: str
    band: int
    count: int
    parts: tuple[str, ...]
    translations: tuple[Rendering, ...]
    examples: tuple[Example, ...]

    @property
    def article(self) -> str:
        """Return der, die, das, der/die, or "" where the gender is not known."""
        return ARTICLES[self.gender]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a compound: [start, end) in the sentence, its lemma, and what the lexicon knows of it."""

    start: int
    end: int
    lemma: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class WordInfo:
    """All that is known of one word in its sentence.

    `spans` are the character spans of every part of the word: two for a split verb ("setzt ... durch"), in
    order. `principal` are a verb's principal parts ("setzt durch, setzte durch, hat durchgesetzt"), `prefix`
    its separable prefix. `contraction` explains im: "in + dem". `translations` are those of the entry; empty
    for a compound that the lexicon does not have: show its parts. `known` is false where neither the word nor
    its parts stand in the lexicon: then ask the translation model, and say so.
    """

    form: str
    spans: tuple[tuple[int, int], ...]
    lemma: str
    pos: Pos
    gender: Gender
    plural: str
    principal: str
    prefix: str
    contraction: str
    band: int
    parts: tuple[Part, ...]
    entry: Entry | None
    known: bool

    @property
    def article(self) -> str:
        """Return der, die, das, der/die, or "" where there is none or the gender is not known."""
        return ARTICLES[self.gender]

    @property
    def translations(self) -> tuple[Rendering, ...]:
        """Return the usual translations, most frequent first; empty if the lexicon has none."""
        return self.entry.translations if self.entry else ()
