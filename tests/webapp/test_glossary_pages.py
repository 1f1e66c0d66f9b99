"""The pages of the glossary: browsing, search, a term, the concordance and its speed."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from glossary import Glossary, load_glossary
from models.segmentation import segment
from models.translation import Hypothesis, Link, Translation
from webapp.browsing import Choice, browse, first_letter, sort_key
from webapp.concordance import candidate_test
from webapp.importers import take_in
from webapp.pipeline import TermLookup
from webapp.services import Services
from webapp.term_labels import DOMAINS, REGISTERS


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary()


def ids(page: str) -> list[str]:
    return re.findall(r'<p class="term-line"><a href="/glossary/([\w-]+)"', page)


def number(page: str) -> int:
    found = re.search(r'<h2 class="result">(\d+) term', page)
    assert found, page
    return int(found[1])


def test_browse_by_everything(client: FlaskClient, glossary: Glossary) -> None:
    page = client.get("/glossary").text
    assert number(page) == len(glossary.terms)
    assert len(ids(page)) == 100
    assert 'rel="next"' in page
    last = client.get("/glossary?page=9999").text
    assert 0 < len(ids(last)) <= 100
    assert 'rel="next"' not in last
    for name, count in (
        ("domain=eu", sum(t.domain == "eu" for t in glossary.terms)),
        ("country=CH", sum("CH" in t.countries for t in glossary.terms)),
        ("register=loaded", sum(t.register == "loaded" for t in glossary.terms)),
        ("country=CH&domain=law", sum("CH" in t.countries and t.domain == "law" for t in glossary.terms)),
        ("letter=Z", sum(t.german[0] in "Zz" for t in glossary.terms)),
        ("letter=0-9", sum(t.german[0].isdigit() for t in glossary.terms)),
    ):
        assert number(client.get(f"/glossary?{name}").text) == count > 0, name


@pytest.mark.parametrize(
    ("query", "term_id"),
    [
        ("Bundesverfassungsgericht", "bundesverfassungsgericht"),
        ("bverfg", "bundesverfassungsgericht"),
        ("federal constitutional court", "bundesverfassungsgericht"),
        ("Uberhangmandat", "ueberhangmandat"),
        ("ueberhangmandat", "ueberhangmandat"),
        ("Bundesverfasungsgericht", "bundesverfassungsgericht"),
        ("Vermittlungsaus", "vermittlungsausschuss"),
    ],
)
def test_search_in_both_languages(client: FlaskClient, query: str, term_id: str) -> None:
    assert term_id in ids(client.get("/glossary", query_string={"q": query}).text)[:3]


def test_a_search_without_answer_offers_to_add_the_word(client: FlaskClient) -> None:
    page = client.get("/glossary?q=Xyzzyquark").text
    assert number(page) == 0
    assert 'href="/glossary/own/new?german=Xyzzyquark"' in page
    assert client.get("/glossary?page=-1&letter=%00&q=%3Cscript%3E").status_code == 200


def test_words_that_take_sides_carry_a_mark(client: FlaskClient, glossary: Glossary) -> None:
    loaded = next(t for t in glossary.terms if t.register == "loaded")
    page = client.get(f"/glossary/{loaded.id}").text
    assert "This word takes sides" in page
    listed = client.get("/glossary?register=loaded").text
    assert 'class="register sided"' in listed
    neutral = client.get("/glossary?register=neutral").text
    assert 'class="register' not in neutral


def test_every_code_has_a_label(glossary: Glossary) -> None:
    assert {t.domain for t in glossary.terms} <= set(DOMAINS)
    assert {t.register for t in glossary.terms} <= set(REGISTERS)


def test_every_term_has_its_page(client: FlaskClient, glossary: Glossary) -> None:
    for term in glossary.terms[::40]:
        page = client.get(f"/glossary/{term.id}").text
        assert 'class="example"' in page
        for related in term.related:
            assert f'href="/glossary/{related}"' in page


def test_the_alphabet() -> None:
    assert sorted(["Zoll", "Übergang", "Ufer", "Ärztekammer", "Amt", "ß"], key=sort_key) == [
        "Amt", "Ärztekammer", "ß", "Übergang", "Ufer", "Zoll",
    ]  # fmt: skip
    assert [first_letter(word) for word in ("Ämter", "élysée", "9. November", "„Zitat“")] == [
        "A",
        "E",
        "0-9",
        "Z",
    ]


def test_letters_come_before_digits(glossary: Glossary) -> None:
    terms = browse(glossary, Choice()).terms
    assert first_letter(terms[0].german) == "A"
    assert first_letter(terms[-1].german) == "0-9"


def save(services: Services, title: str, *sentences: str) -> str:
    text = " ".join(sentences)
    return services.library.add(take_in(text, title=title), segment(text), "made up")


def test_the_concordance_shows_every_sentence(client: FlaskClient, services: Services) -> None:
    first, second, third = (
        "Der Bundesrat stimmt zu.",
        "Es regnet in Berlin.",
        "Die Bundesratssitzung begann, der Ratgeber schwieg.",
    )
    reading = save(services, "Erster Text", first, second, third)
    save(services, "Zweiter Text", "Hier steht <b>nichts</b> davon.", "Wegen des Bundesrates dauert es.")
    english = Translation(
        first, (Hypothesis("The Bundesrat agrees.", -0.1),), (Link((4, 13), (4, 13), 0.9),), None
    )
    services.library.keep("made up", [(first, english)])
    page = client.get("/glossary/bundesrat-de").text
    lines = re.findall(r'<a class="number" href="([^"]+)"', page)
    assert [line.partition("#")[2] for line in lines] == ["s2", "s1", "s3"]
    assert lines[1] == f"/readings/{reading}#s1"
    assert "Wegen des <mark>Bundesrates</mark> dauert" in page
    assert "<mark>Bundesrat</mark>ssitzung" in page
    assert "The <mark>Bundesrat</mark> agrees." in page
    assert page.count("not translated yet") == 2
    data = client.get("/api/terms/bundesrat-de/occurrences?limit=2").get_json()
    assert [each["sentence"] for each in data["occurrences"]] == ["s2", "s1"]
    assert data["occurrences"][1]["english"] == "The Bundesrat agrees."
    rest = client.get(f"/api/terms/bundesrat-de/occurrences?from={data['next']}").get_json()
    assert ([each["sentence"] for each in rest["occurrences"]], rest["next"]) == (["s3"], None)
    assert "No sentence of your library" in client.get("/glossary/bundestag").text
    assert client.get("/api/terms/nothing/occurrences").status_code == 404


def test_the_quick_test_lets_no_hit_pass_by(glossary: Glossary) -> None:
    lookup = TermLookup(glossary)
    tests = {term.id: candidate_test(term) for term in glossary.terms}
    seen = 0
    for term in glossary.terms:
        for hit in lookup.hits(term.example_de):
            seen += 1
            assert tests[hit.term_id](term.example_de), (hit, term.example_de)
    assert seen > len(glossary.terms)
