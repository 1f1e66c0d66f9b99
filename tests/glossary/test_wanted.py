"""The English wanted for a hit: number, tense, and what must never be forced."""

from __future__ import annotations

import pytest

from glossary import Glossary, TermFinder, load_glossary
from glossary.english import plurals_of, tenses_of
from glossary.wanted import Wanted, wanted


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary()


@pytest.fixture(scope="module")
def finder(glossary: Glossary) -> TermFinder:
    return TermFinder(glossary)


def wish(glossary: Glossary, finder: TermFinder, german: str, term_id: str) -> Wanted:
    hit = next(hit for hit in finder.find(german) if hit.term_id == term_id)
    return wanted(glossary.get(term_id), hit, german)


@pytest.mark.parametrize(
    ("german", "term_id", "writable"),
    [
        ("Die Botschafter zweier Länder wurden einbestellt.", "botschafter", {"ambassador", "ambassadors"}),
        ("Mehrere Botschafter wurden einbestellt.", "botschafter", {"ambassadors"}),
        ("Ein Botschafter wurde einbestellt.", "botschafter", {"ambassador"}),
        ("Sein Botschafter wurde einbestellt.", "botschafter", {"ambassador"}),
        ("Den Botschaftern wurde gedankt.", "botschafter", {"ambassadors"}),
        ("Das BVerfG entschied.", "bundesverfassungsgericht", {"Federal Constitutional Court"}),
    ],
)  # fmt: skip
def test_number_follows_the_german(
    glossary: Glossary, finder: TermFinder, german: str, term_id: str, writable: set[str]
) -> None:
    found = wish(glossary, finder, german, term_id)
    assert set(found.wordings[: found.writable]) == writable
    assert found.fixed


def test_other_forms_and_variants_are_welcome_but_not_written(glossary: Glossary, finder: TermFinder) -> None:
    found = wish(glossary, finder, "Ein Abgeordneter fehlte.", "abgeordneter")
    rest = found.wordings[found.writable :]
    assert found.wordings[0] == "member of parliament"
    assert {"members of parliament", "MP", "MPs"} <= set(rest)


def test_parts_of_compounds_are_never_forced(glossary: Glossary, finder: TermFinder) -> None:
    german = "Der Botschafterposten ist frei."
    hits = [hit for hit in finder.find(german) if hit.kind == "compound"]
    assert hits
    assert all(wanted(glossary.get(hit.term_id), hit, german).writable == 0 for hit in hits)


def test_glosses_in_quotation_marks_are_never_forced(glossary: Glossary, finder: TermFinder) -> None:
    quoted = [term for term in glossary.terms if "“" in term.english]
    assert quoted
    for term in quoted:
        hits = [hit for hit in finder.find(term.example_de) if hit.term_id == term.id]
        assert all(wanted(term, hit, term.example_de).writable == 0 for hit in hits)


def test_verbs_offer_their_tenses_and_are_not_put_in_place(glossary: Glossary, finder: TermFinder) -> None:
    verb = next(term for term in glossary.terms if term.pos == "verb" and finder.find(term.example_de))
    found = wish(glossary, finder, verb.example_de, verb.id)
    assert found.writable >= 2
    assert not found.fixed


def test_plurals_and_tenses() -> None:
    plurals = {
        "party": "parties",
        "crisis": "crises",
        "MP": "MPs",
        "spokesman": "spokesmen",
        "Land": "Länder",
    }
    assert {word: plurals_of(word)[0] for word in plurals} == plurals
    assert plurals_of("referendum") == ("referendums", "referenda")
    assert plurals_of("elections") == ("elections",)
    tenses = {
        "submit": "submitted",
        "repeal": "repealed",
        "offer": "offered",
        "veto": "vetoed",
        "tie": "tied",
    }
    assert {verb: tenses_of(verb)[2] for verb in tenses} == tenses
    assert tenses_of("take") == ("take", "takes", "took", "taken")
