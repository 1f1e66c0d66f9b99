"""What the dictionaries that a reader brings consist of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["StarDict", "table"]
State = Literal["ready", "waiting", "broken"]


class DictionaryError(Exception):
    """A dictionary cannot be read or kept; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as its file has it: the headwords it is found under, the first to be shown, and plain text."""

    headwords: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class RawDictionary:
    """A dictionary while it is read; `entries` can be gone through once. Raises DictionaryError meanwhile."""

    title: str
    kind: Kind
    entries: Iterator[RawEntry]


@dataclass(frozen=True, slots=True)
class Article:
    """What a dictionary says of a word: the headword as printed there, and plain text with line breaks."""

    headword: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The articles of one dictionary for a word; `language` of the text is "en", "de" or "" (not known)."""

    name: str
    title: str
    language: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class DictionaryInfo:
    """A dictionary on the shelf; `name` is unique there, `problem` says why a broken one is broken.

    `waiting` means: not indexed yet, so not asked. `entries` and `headwords` are counts, `size` bytes of the
    dictionary's own files.
    """

    name: str
    title: str
    kind: Kind
    state: State
    entries: int
    headwords: int
    size: int
    problem: str = ""
