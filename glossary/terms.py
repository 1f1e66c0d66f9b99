"""Value types of the curated glossary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

BareRule = Literal[
    "exact-case",
    "not-initial",
    "no-compound",
    "company",
    "good-company",
    "loose-company",
    "abbreviation-company",
    "home-text",
]
WordRule = Literal[
    "after",
    "not-after",
    "before",
    "not-before",
    "right-after",
    "not-right-after",
    "right-before",
    "not-right-before",
    "not-form",
    "not-with",
]
RuleKind = Literal[BareRule, WordRule]
COMPANY_RULES: tuple[RuleKind, ...] = ("company", "good-company", "loose-company")
"""The rules of words with an everyday sense: the words and sentences around decide."""

COLUMNS = (
    "id",
    "german",
    "pos",
    "gender",
    "genitive",
    "plural",
    "inflection",
    "english",
    "variants",
    "domain",
    "country",
    "definition",
    "note",
    "false_friend",
    "register",
    "abbreviation",
    "related",
    "since",
    "until",
    "example_de",
    "example_en",
    "source",
    "match",
    "reviewed",
)

ARTICLES = {"m": "der", "f": "die", "n": "das", "pl": "die", "mf": "der/die"}


class GlossaryError(Exception):
    """A fault in a glossary file: where it stands and what to do about it.

    Attributes: `file` (path as text), `line` (1-based, 0 when the whole file is meant), `column` (name of
    the column or ""), `message`.
    """

    def __init__(self, file: str, line: int, message: str, column: str = "") -> None:
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}, column {column}: {message}" if column else f"{place}: {message}")
        self.file = file
        self.line = line
        self.message = message
        self.column = column


@dataclass(frozen=True, slots=True)
class MatchRule:
    """One condition on where a word form counts as the term; see `match` in glossary/README.md."""

    kind: RuleKind
    words: tuple[str, ...] = ()

    @property
    def asks_for_company(self) -> bool:
        """Whether the words and sentences around decide, be it for the abbreviation only."""
        return "company" in self.kind

    def __str__(self) -> str:
        """The rule as the column `match` spells it."""
        return f"{self.kind}:{'|'.join(self.words)}" if self.words else self.kind


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary; fields as the columns that glossary/README.md describes."""

    id: str
    german: str
    pos: str
    gender: str
    genitive: str
    plural: str
    inflection: str
    english: str
    variants: tuple[str, ...]
    domain: str
    countries: tuple[str, ...]
    definition: str
    note: str
    false_friend: str
    register: str
    abbreviations: tuple[str, ...]
    related: tuple[str, ...]
    since: str
    until: str
    example_de: str
    example_en: str
    source: str
    match: tuple[MatchRule, ...]
    reviewed: str

    @property
    def article(self) -> str:
        """The definite article of a noun or name (`der`, `die`, `das`, `der/die`), else empty."""
        return ARTICLES.get(self.gender, "")

    @property
    def genitives(self) -> tuple[str, ...]:
        """The genitive singular forms, most usual first."""
        return _forms(self.genitive)

    @property
    def plurals(self) -> tuple[str, ...]:
        """The nominative plural forms, most usual first; empty where there is no plural."""
        return _forms(self.plural)

    @property
    def principal_parts(self) -> tuple[str, ...]:
        """Present, preterite and participle of a verb as the entry gives them, else empty."""
        if self.pos != "verb":
            return ()
        return tuple(part.strip() for part in self.inflection.split(",") if part.strip())

    def row(self) -> dict[str, str]:
        """The entry as the text of its columns (what a CSV file holds)."""
        return {
            "id": self.id,
            "german": self.german,
            "pos": self.pos,
            "gender": self.gender,
            "genitive": self.genitive,
            "plural": self.plural,
            "inflection": self.inflection,
            "english": self.english,
            "variants": " | ".join(self.variants),
            "domain": self.domain,
            "country": " ".join(self.countries),
            "definition": self.definition,
            "note": self.note,
            "false_friend": self.false_friend,
            "register": self.register,
            "abbreviation": " | ".join(self.abbreviations),
            "related": " ".join(self.related),
            "since": self.since,
            "until": self.until,
            "example_de": self.example_de,
            "example_en": self.example_en,
            "source": self.source,
            "match": "; ".join(map(str, self.match)),
            "reviewed": self.reviewed,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: file and 1-based line of its first character."""

    file: str
    line: int


@dataclass(frozen=True)
class Glossary:
    """All entries in the order of their files; `fingerprint` changes whenever any entry does."""

    terms: tuple[Term, ...]
    fingerprint: str
    places: tuple[Place, ...] = ()
    folder: Path | None = field(default=None, compare=False)

    @cached_property
    def by_id(self) -> Mapping[str, Term]:
        """The entries by id."""
        return {term.id: term for term in self.terms}

    def get(self, term_id: str) -> Term:
        """Return the entry with this id; KeyError if there is none."""
        try:
            return self.by_id[term_id]
        except KeyError:
            raise KeyError(f"no glossary term has the id {term_id!r}") from None

    def place(self, index: int) -> Place:
        """Where the entry at this index of `terms` stands."""
        return self.places[index] if index < len(self.places) else Place("", 0)


def _forms(column: str) -> tuple[str, ...]:
    # With spaces: Bündnisses 90/Die Grünen is one form.
    return tuple(form for part in f" {column} ".split(" / ") if (form := part.strip()) and form != "-")
