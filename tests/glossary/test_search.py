from __future__ import annotations

import pytest

from glossary import Glossary, Rank, search
from tests.glossary.terms import glossary_of, term

SMALL = glossary_of(
    term("Bürgergeld", english="citizen's income", variants="citizens' benefit"),
    term("Bürgermeister", english="mayor"),
    term("Oberbürgermeister", english="lord mayor"),
    term("Bundesverfassungsgericht", english="Federal Constitutional Court", abbreviation="BVerfG"),
    term("Rüstungsexport", english="arms export", variants="defence export"),
    term("NATO-Gipfel", english="NATO summit"),
    term("Straße", english="street"),
)


def found(query: str) -> list[tuple[str, Rank]]:
    return [(each.term.german, each.rank) for each in search(SMALL, query)]


@pytest.mark.parametrize(
    ("query", "german", "rank"),
    [
        ("Bürgergeld", "Bürgergeld", Rank.EXACT),
        ("buergergeld", "Bürgergeld", Rank.EXACT),
        ("BURGERGELD", "Bürgergeld", Rank.EXACT),
        ("strasse", "Straße", Rank.EXACT),
        ("Bürgerg", "Bürgergeld", Rank.PREFIX),
        ("bverfg", "Bundesverfassungsgericht", Rank.EXACT),
        ("constitutional court", "Bundesverfassungsgericht", Rank.WORD_PREFIX),
        ("const cou", "Bundesverfassungsgericht", Rank.WORD_PREFIX),
        ("gipfel", "NATO-Gipfel", Rank.WORD_PREFIX),
        ("verfassung", "Bundesverfassungsgericht", Rank.INSIDE),
        ("defense export", "Rüstungsexport", Rank.EXACT),
        ("Bürgergedl", "Bürgergeld", Rank.TYPO),
        ("Rüstungexpport", "Rüstungsexport", Rank.TYPO),
        ("  citizens   benefit ", "Bürgergeld", Rank.EXACT),
    ],
)
def test_the_best_answer(query: str, german: str, rank: Rank) -> None:
    assert found(query)[0] == (german, rank)


def test_order() -> None:
    assert found("mayor") == [("Bürgermeister", Rank.EXACT), ("Oberbürgermeister", Rank.WORD_PREFIX)]
    assert found("bürgermeister") == [("Bürgermeister", Rank.EXACT), ("Oberbürgermeister", Rank.INSIDE)]


@pytest.mark.parametrize("query", ["", "  ", "?!", "xyzzy", "qqqqqqqq"])
def test_no_answer(query: str) -> None:
    assert found(query) == []


def test_limit(glossary: Glossary) -> None:
    assert len(search(glossary, "b", limit=7)) == 7
