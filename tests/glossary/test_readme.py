"""What glossary/README.md says of the glossary is true of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glossary.schema as schema
from glossary import Glossary, Term
from glossary.terms import COLUMNS

README = Path(schema.__file__).with_name("README.md")
COUNTRIES = ("DE", "AT", "CH", "EU", "INT")
TAKING_SIDES = {"loaded", "pejorative", "ironic", "euphemism"}


def counts(terms: list[Term]) -> list[int]:
    """Entries, entries of each country, entries that take sides."""
    return [
        len(terms),
        *(sum(country in term.countries for term in terms) for country in COUNTRIES),
        sum(term.register in TAKING_SIDES for term in terms),
    ]


@pytest.fixture(scope="module")
def table() -> dict[str, list[int]]:
    """The rows of the section Counts: the domain and its numbers."""
    section = README.read_text(encoding="utf-8").split("## Counts")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z-]+) \| ([\d,| ]+) \|$", section, re.MULTILINE)
    return {name: [int(cell.replace(",", "")) for cell in cells.split(" | ")] for name, cells in rows}


def test_the_counts_by_domain(glossary: Glossary, table: dict[str, list[int]]) -> None:
    assert set(table) == {*schema.DOMAINS, "all"}
    for domain in schema.DOMAINS:
        assert table[domain] == counts([term for term in glossary.terms if term.domain == domain]), domain
    assert table["all"] == counts(list(glossary.terms))


def test_every_column_and_rule_is_described() -> None:
    text = README.read_text(encoding="utf-8")
    for column in COLUMNS:
        assert f"`{column}`" in text, column
    for rule in (*schema.BARE_RULES, *schema.WORD_RULES):
        assert re.search(rf"`{rule}[:`]", text), rule
