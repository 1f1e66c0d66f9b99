"""Users' own terms: defaults, faults, ids, and how they stand beside the curated ones."""

from __future__ import annotations

import pytest

from glossary import Glossary, Hit, Term, TermFinder
from glossary.own import combined, completed, overrides, own_faults, own_id, own_term, without
from tests.glossary.terms import glossary_of, term


def own(german: str, english: str = "thing", **columns: str) -> Term:
    row = completed({"german": german, "english": english, **columns}) | {"id": own_id(german)}
    assert not list(own_faults(row))
    return own_term(row)


def surfaces(sentence: str, *terms: Term) -> list[str]:
    return [hit.surface for hit in TermFinder(glossary_of(*terms)).find(sentence)]


def test_german_and_english_are_enough() -> None:
    made = own("  Quark\u00a0 steuer\n", " curd   tax ")
    assert (made.id, made.german, made.english) == ("own-quark-steuer", "Quark\u00a0 steuer", "curd tax")
    assert (made.pos, made.countries, made.register, made.domain) == ("noun", ("DE",), "neutral", "own")
    assert made.gender == made.genitive == made.plural == ""


@pytest.mark.parametrize(
    ("german", "pos"),
    [
        ("Quark", "noun"),
        ("grüne Null", "noun"),
        ("Koalition der Willigen", "noun"),
        ("in Kraft treten", "phrase"),
        ("quarkig", "phrase"),
    ],
)
def test_the_kind_of_word_follows_from_the_spelling(german: str, pos: str) -> None:
    assert completed({"german": german})["pos"] == pos
    assert completed({"german": german, "pos": "verb"})["pos"] == "verb"


@pytest.mark.parametrize(
    ("columns", "column", "code"),
    [
        ({"german": ""}, "german", "empty"),
        ({"english": " "}, "english", "empty"),
        ({"german": "…"}, "german", "no-word"),
        ({"german": "Quark\u202e"}, "german", "control-character"),
        ({"german": "Q" * 201}, "german", "too-long"),
        ({"definition": "x" * 2001}, "definition", "too-long"),
        ({"gender": "x"}, "gender", "bad-gender"),
        ({"pos": "thing"}, "pos", "bad-pos"),
        ({"country": "DE XX"}, "country", "bad-country"),
        ({"domain": "cheese"}, "domain", "bad-domain"),
        ({"register": "rude"}, "register", "bad-register"),
        ({"since": "gestern"}, "since", "bad-date"),
        ({"match": "sometimes"}, "match", "bad-match-rule"),
    ],
)
def test_faults_name_the_column(columns: dict[str, str], column: str, code: str) -> None:
    row = completed({"german": "Quark", "english": "curd"} | columns)
    found = list(own_faults(row))
    assert [(fault.column, fault.code) for fault in found] == [(column, code)]
    assert len(found[0].message) > 10


def test_ids_are_free_and_plain() -> None:
    assert own_id("Große Übergänge") == "own-grosse-uebergaenge"
    assert own_id("Große Übergänge", {"own-grosse-uebergaenge"}) == "own-grosse-uebergaenge-2"
    assert own_id("日本") == "own-term"
    assert len(own_id("Ä" * 200)) <= 120


@pytest.mark.parametrize(
    ("german", "columns", "sentence", "found"),
    [
        ("Testrat", {}, "Wegen des Testrats und des Testrates.", ["Testrats", "Testrates"]),
        ("Nullsteuerung", {}, "Die Nullsteuerungen der Nullsteuerung.", ["Nullsteuerungen", "Nullsteuerung"]),
        ("Quarkstrategie", {}, "Zwei Quarkstrategien.", ["Quarkstrategien"]),
        ("Quarkministerin", {}, "Die Quarkministerinnen.", ["Quarkministerinnen"]),
        ("Quarkminister", {}, "Mit den Quarkministern.", ["Quarkministern"]),
        ("grüne Null", {}, "Zur grünen Null.", ["grünen Null"]),
        ("Quarkmacht", {"gender": "f"}, "Die Quarkmachts gibt es nicht.", []),
        ("Quarkung", {"plural": "-"}, "Zwei Quarkungen.", []),
        ("Testrat", {"plural": "Testräte"}, "Die Testräte tagen.", ["Testräte"]),
        ("in Quark treten", {}, "Es soll in Quark treten.", ["in Quark treten"]),
    ],
)
def test_nouns_without_forms_are_found(
    german: str, columns: dict[str, str], sentence: str, found: list[str]
) -> None:
    assert surfaces(sentence, own(german, **columns)) == found


CURATED = glossary_of(
    term(
        "Bundesrat", gender="m", genitive="Bundesrats", plural="Bundesräte", english="Bundesrat", id="br-de"
    ),
    term("Kanton", gender="m", genitive="Kantons", plural="Kantone", country="AT CH", id="kanton"),
    term("Landtag", gender="m", genitive="Landtags", plural="Landtage", country="DE AT", id="landtag"),
)


def test_without_own_terms_it_is_the_curated_glossary() -> None:
    assert combined(CURATED, ()) is CURATED


def test_an_own_term_stands_in_the_place_of_the_curated_one() -> None:
    mine = own("Bundesrat", "House of the States")
    both = combined(CURATED, (mine,))
    assert [each.id for each in both.terms] == ["own-bundesrat", "kanton", "landtag"]
    assert both.fingerprint != CURATED.fingerprint
    hits = TermFinder(both).find("Der Bundesrat tagt.")
    assert [hit.term_id for hit in hits] == ["own-bundesrat"]


def test_for_other_countries_the_curated_term_stays() -> None:
    mine = own("Landtag", "state diet", country="AT")
    both = combined(CURATED, (mine,))
    assert both.get("landtag").countries == ("DE",)
    assert CURATED.get("landtag").countries == ("DE", "AT")
    finder = TermFinder(both)
    assert [hit.term_id for hit in finder.find("Der Landtag tagt.", "AT")] == ["own-landtag"]
    assert [hit.term_id for hit in finder.find("Der Landtag tagt.", "DE")] == ["landtag"]
    assert [(each.curated, each.own, each.countries) for each in overrides(CURATED.terms, (mine,))] == [
        ("landtag", "own-landtag", ("AT",))
    ]


def test_hidden_terms_are_not_found() -> None:
    rest: Glossary = combined(CURATED, (), {"br-de"})
    assert not TermFinder(rest).find("Der Bundesrat tagt.")
    assert rest.fingerprint != CURATED.fingerprint


def test_what_was_nested_in_a_hidden_term_moves_up() -> None:
    outer, middle, inner = (
        Hit("outer", ((0, 30),), "exact", "a", None),
        Hit("middle", ((0, 20),), "exact", "b", 0),
        Hit("inner", ((0, 10),), "exact", "c", 1),
    )
    hits = (outer, middle, inner)
    assert without(hits, set()) == hits
    assert [(hit.term_id, hit.parent) for hit in without(hits, {"middle"})] == [("outer", None), ("inner", 0)]
    assert [(hit.term_id, hit.parent) for hit in without(hits, {"outer"})] == [("middle", None), ("inner", 0)]
    assert without(hits, {"outer", "middle", "inner"}) == ()
