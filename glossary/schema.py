"""What a row of the glossary may hold: the single place where column values are checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from glossary.terms import BareRule, MatchRule, WordRule

PARTS_OF_SPEECH = ("noun", "name", "adjective", "verb", "phrase")
GENDERS = ("m", "f", "n", "pl", "mf")
NOUN_INFLECTIONS = ("", "weak", "adjectival", "invariable")
COUNTRIES = ("DE", "AT", "CH", "EU", "INT")
REGISTERS = (
    "neutral",
    "official",
    "colloquial",
    "loaded",
    "pejorative",
    "ironic",
    "euphemism",
    "historical",
)
DOMAINS = (
    "institutions",
    "parliament",
    "elections",
    "law",
    "eu",
    "diplomacy",
    "security",
    "economy",
    "social",
    "migration",
    "energy-climate",
    "media-ideology",
    "history",
    "federalism",
)
REQUIRED = (
    "id",
    "german",
    "pos",
    "english",
    "domain",
    "country",
    "definition",
    "register",
    "example_de",
    "example_en",
    "source",
    "reviewed",
)
BARE_RULES: tuple[BareRule, ...] = get_args(BareRule)
WORD_RULES: tuple[WordRule, ...] = get_args(WordRule)

_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_DATE = re.compile(r"-?\d{3,4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ISO_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class Fault:
    """A wrong column value: the column, a stable code (see glossary/README.md), and what to do."""

    column: str
    code: str
    message: str


def split_list(text: str, mark: str) -> tuple[str, ...]:
    """Cut a list column at its mark and drop empty pieces."""
    return tuple(piece for part in text.split(mark) if (piece := part.strip()))


def parse_rules(text: str) -> tuple[MatchRule, ...]:
    """Read a `match` column; ValueError says which rule is not understood."""
    rules = []
    for piece in split_list(text, ";"):
        kind, colon, rest = piece.partition(":")
        kind = kind.strip()
        words = tuple(word.lower() for word in split_list(rest, "|"))
        bare = next((rule for rule in BARE_RULES if rule == kind), None)
        worded = next((rule for rule in WORD_RULES if rule == kind), None)
        if bare and not colon:
            rules.append(MatchRule(bare))
        elif worded and words:
            rules.append(MatchRule(worded, words))
        else:
            allowed = ", ".join([*BARE_RULES, *(f"{rule}:word|word" for rule in WORD_RULES)])
            raise ValueError(f"rule {piece!r} is not understood; write one of {allowed}")
    return tuple(rules)


def faults(row: Mapping[str, str]) -> Iterator[Fault]:
    """Yield every fault of one row's columns, in the order of the columns."""
    for column in REQUIRED:
        if not row[column].strip():
            yield Fault(column, "empty", "is empty; fill it in")
    if row["id"] and not _SLUG.fullmatch(row["id"]):
        yield Fault(
            "id", "bad-id", f"{row['id']!r}: use ASCII letters and digits with single hyphens between"
        )
    yield from _choice(row, "pos", PARTS_OF_SPEECH)
    yield from _choice(row, "register", REGISTERS)
    yield from _choice(row, "domain", DOMAINS)
    yield from _gender(row)
    for country in row["country"].split():
        if country not in COUNTRIES:
            yield Fault("country", "bad-country", f"{country!r} is none of {', '.join(COUNTRIES)}")
    for column in ("since", "until"):
        if row[column] and not _DATE.fullmatch(row[column]):
            yield Fault(column, "bad-date", f"{row[column]!r}: write a year (1949) or a date (1949-05-23)")
    if row["reviewed"] and not _ISO_DAY.fullmatch(row["reviewed"]):
        yield Fault("reviewed", "bad-date", f"{row['reviewed']!r}: write an ISO date (2026-11-22)")
    if row["match"]:
        try:
            parse_rules(row["match"])
        except ValueError as error:
            yield Fault("match", "bad-match-rule", str(error))
    for column, value in row.items():
        if not value.isprintable():
            marks = [mark for mark in value if not mark.isprintable()]
            # A non-breaking space is not "printable" to Python, but harmless and sometimes wanted.
            bad = [mark for mark in marks if unicodedata.category(mark) != "Zs"]
            if bad:
                yield Fault(
                    column, "control-character", f"holds the character U+{ord(bad[0]):04X}; remove it"
                )


def _choice(row: Mapping[str, str], column: str, allowed: tuple[str, ...]) -> Iterator[Fault]:
    if row[column] and row[column] not in allowed:
        yield Fault(column, f"bad-{column}", f"{row[column]!r} is none of {', '.join(allowed)}")


def _gender(row: Mapping[str, str]) -> Iterator[Fault]:
    gender, pos = row["gender"], row["pos"]
    if gender and gender not in GENDERS:
        yield Fault("gender", "bad-gender", f"{gender!r} is none of {', '.join(GENDERS)}")
    elif gender and pos in ("adjective", "verb", "phrase"):
        yield Fault("gender", "bad-gender", f"leave it empty: a {pos} has none")
    if pos in ("noun", "name") and row["inflection"] not in NOUN_INFLECTIONS:
        allowed = ", ".join(word or "(empty)" for word in NOUN_INFLECTIONS)
        yield Fault("inflection", "bad-inflection", f"{row['inflection']!r} is none of {allowed}")
