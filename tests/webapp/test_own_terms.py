"""Own terms in the real database: add, change, remove, hide, import; pages and API."""

from __future__ import annotations

import io
import re
import threading
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from glossary.exchange import FORMATS, read_glossary
from webapp import create_app
from webapp.services import Services
from webapp.settings import Settings

QUARK = {"german": "Quarksteuer", "english": "curd tax"}
CSV = """german;english;since
Quarksteuer;curd levy;
Molke;;
Kefirgipfel;kefir summit;gestern
Butterberg;butter mountain;1970
"""


def add(client: FlaskClient, **columns: str) -> dict[str, Any]:
    answer = client.post("/api/terms", json=QUARK | columns)
    assert answer.status_code == 201, answer.text
    data = answer.get_json()
    assert isinstance(data, dict)
    return data


def found(services: Services, sentence: str) -> list[str]:
    return [hit.term_id for hit in services.terms.hits(sentence)]


def details(answer: TestResponse) -> list[tuple[int | None, str]]:
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"]) == (422, "not-valid")
    assert all(detail["message"] for detail in error["details"])
    return [(detail.get("line"), detail["field"]) for detail in error["details"]]


def upload(text: str, name: str = "mine.csv") -> dict[str, Any]:
    return {"file": (io.BytesIO(text.encode()), name)}


def test_a_term_is_found_from_now_on(client: FlaskClient, services: Services) -> None:
    before = services.terms
    assert found(services, "Die Quarksteuern steigen.") == []
    data = add(client, gender="f", plural="Quarksteuern", country="DE AT")
    assert (data["id"], data["country"], data["article"]) == ("own-quarksteuer", ["DE", "AT"], "die")
    assert data["own"]
    assert found(services, "Die Quarksteuern steigen.") == ["own-quarksteuer"]
    assert services.terms is not before
    assert services.terms.glossary.fingerprint != before.glossary.fingerprint
    assert services.terms is services.terms
    assert client.delete("/api/terms/own-quarksteuer").status_code == 204
    assert found(services, "Die Quarksteuern steigen.") == []
    assert services.terms.glossary.fingerprint == before.glossary.fingerprint


def test_terms_survive_a_restart(client: FlaskClient, settings: Settings) -> None:
    add(client, note="Ein Käse.")
    again = create_app(settings)
    try:
        data = again.test_client().get("/api/terms/own-quarksteuer").get_json()
    finally:
        again.extensions["services"].close()
    assert (data["english"], data["note"], data["in_force"]) == ("curd tax", "Ein Käse.", True)


def test_an_own_term_overrides_and_gives_back(client: FlaskClient, services: Services) -> None:
    assert found(services, "Der Bundesrat tagt.") == ["bundesrat-de"]
    add(client, german="Bundesrat", english="House of the States")
    assert found(services, "Der Bundesrat tagt.") == ["own-bundesrat"]
    assert "bundesrat-ch" in services.terms.glossary.by_id
    curated = client.get("/api/terms/bundesrat-de").get_json()
    assert (curated["in_force"], curated["own"]) == (False, False)
    assert "stands in the place of this one" in client.get("/glossary/bundesrat-de").text
    mine = client.get("/glossary/own-bundesrat").text
    assert 'href="/glossary/bundesrat-de"' in mine
    client.delete("/api/terms/own-bundesrat")
    assert found(services, "Der Bundesrat tagt.") == ["bundesrat-de"]


def test_hide_and_show(client: FlaskClient, services: Services) -> None:
    assert client.put("/api/terms/bundesrat-de/hidden").status_code == 204
    # Not the Austrian or the Swiss one either.
    assert found(services, "Der Bundesrat tagt.") == []
    assert found(services, "Die Bundesratssitzung zum Haushalt der Regierung.")[:1] != ["bundesrat-at"]
    assert client.get("/api/terms/bundesrat-de").get_json()["hidden"]
    assert "You have hidden this term" in client.get("/glossary/bundesrat-de").text
    assert "bundesrat-de" in client.get("/glossary/own").text
    assert client.delete("/api/terms/bundesrat-de/hidden").status_code == 204
    assert found(services, "Der Bundesrat tagt.") == ["bundesrat-de"]
    assert client.post("/glossary/bundesrat-de/hide").headers["Location"] == "/glossary/bundesrat-de"
    assert client.get("/api/terms/bundesrat-de").get_json()["hidden"]
    client.post("/glossary/bundesrat-de/show")
    assert not client.get("/api/terms/bundesrat-de").get_json()["hidden"]
    assert client.put("/api/terms/own-nothing/hidden").status_code == 404
    assert client.post("/glossary/nothing/hide").status_code == 404


def test_change(client: FlaskClient) -> None:
    data = add(client)
    answer = client.put("/api/terms/own-quarksteuer", json=data | {"variants": ["curd levy", "quark tax"]})
    assert answer.get_json()["variants"] == ["curd levy", "quark tax"]
    answer = client.put("/api/terms/own-quarksteuer", json=QUARK)
    assert answer.get_json()["variants"] == []
    assert client.put("/api/terms/own-nothing", json=QUARK).status_code == 404
    assert client.delete("/api/terms/bundesrat-de").status_code == 404


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"german": "Quark"}, [(None, "english")]),
        ({"german": " ", "english": "", "gender": "x"}, [(None, "german"), (None, "english")]),
        (QUARK | {"gender": "x", "since": "gestern"}, [(None, "gender"), (None, "since")]),
        (QUARK | {"colour": "white", "note": 5}, [(None, "colour"), (None, "note")]),
        (QUARK | {"variants": [1]}, [(None, "variants")]),
    ],
)
def test_faults_name_the_fields(
    client: FlaskClient, body: dict[str, Any], expected: list[tuple[None, str]]
) -> None:
    answer = client.post("/api/terms", json=body)
    assert details(answer)[: len(expected)] == expected
    assert client.get("/api/terms?own=1").get_json()["total"] == 0


def test_the_same_german_twice_in_a_country_is_refused(client: FlaskClient) -> None:
    add(client)
    assert details(client.post("/api/terms", json=QUARK | {"since": "x"})) == [
        (None, "since"),
        (None, "german"),
    ]
    other = add(client, country="AT")
    assert other["id"] == "own-quarksteuer-2"
    assert details(client.put(f"/api/terms/{other['id']}", json=QUARK)) == [(None, "german")]


def test_the_form(client: FlaskClient, services: Services) -> None:
    answer = client.post(
        "/glossary/own/new",
        data={"german": "Quarksteuer", "english": "", "since": "gestern", "note": "<b>Ä</b>"},
    )
    assert answer.status_code == 422
    page = answer.text
    assert 'value="Quarksteuer"' in page
    assert "&lt;b&gt;Ä&lt;/b&gt;" in page
    assert re.search(
        r'id="english"[^>]*aria-describedby="english-hint english-problem"[^>]*aria-invalid', page
    )
    assert 'id="since-problem"' in page
    answer = client.post("/glossary/own/new", data=QUARK | {"country": ["DE", "CH"], "gender": "f"})
    assert answer.headers["Location"] == "/glossary/own-quarksteuer"
    assert services.own_terms.get("own-quarksteuer").countries == ("DE", "CH")
    form = client.get("/glossary/own/own-quarksteuer/edit").text
    assert form.count(" checked") == 2
    assert '<option value="f" selected>' in form
    client.post("/glossary/own/own-quarksteuer/edit", data=QUARK | {"english": "quark tax", "pos": "phrase"})
    changed = services.own_terms.get("own-quarksteuer")
    assert (changed.english, changed.pos, changed.gender, changed.countries) == (
        "quark tax",
        "phrase",
        "",
        ("DE",),
    )
    assert "Quarksteuer" in client.get("/glossary/own").text
    answer = client.post("/glossary/own/own-quarksteuer/remove")
    assert "is removed" in client.get(answer.headers["Location"]).text
    assert client.get("/glossary/own/own-quarksteuer/edit").status_code == 404


def test_the_form_can_start_from_a_curated_term(client: FlaskClient) -> None:
    form = client.get("/glossary/own/new?from=bundesrat-de").text
    assert 'value="Bundesrat"' in form
    assert "<details" in form
    assert re.search(r'<details class="more" open>', form)
    assert 'value="Quark"' in client.get("/glossary/own/new?german=Quark").text


def test_import_shows_first_and_saves_then(client: FlaskClient, services: Services) -> None:
    add(client)
    page = client.post("/glossary/own/import", data=upload(CSV))
    assert page.status_code == 422
    assert "<strong>Line 3</strong>, english" in page.text
    assert "<strong>Line 4</strong>, since" in page.text
    assert "<del>curd tax</del> <ins>curd levy</ins>" in page.text
    assert "Butterberg" in page.text
    assert [term.english for term in services.own_terms.list()] == ["curd tax"]
    token = re.findall(r"/glossary/own/import/([\w-]+)", page.text)[0]
    refused = client.post(f"/glossary/own/import/{token}")
    assert refused.status_code == 422
    assert len(services.own_terms.list()) == 1
    token = re.findall(r"/glossary/own/import/([\w-]+)", refused.text)[0]
    done = client.post(f"/glossary/own/import/{token}", data={"skip": "yes"})
    assert "1 added, 1 changed" in client.get(done.headers["Location"]).text
    assert {t.german: t.english for t in services.own_terms.list()} == {
        "Quarksteuer": "curd levy",
        "Butterberg": "butter mountain",
    }
    assert "butter" in found(services, "Der Butterberg wächst.")[0]
    again = client.post(f"/glossary/own/import/{token}", data={"skip": "yes"})
    assert again.status_code == 410
    assert "has expired" in again.text


def test_import_of_nothing_and_of_rubbish(client: FlaskClient) -> None:
    assert "Choose a file" in client.post("/glossary/own/import", data={}).text
    answer = client.post("/glossary/own/import", data=upload("a,b,c\n1,2,3\n"))
    assert answer.status_code == 422
    assert "line 1: the first line must name the columns" in answer.text


def test_import_by_api(client: FlaskClient, services: Services) -> None:
    add(client)
    assert details(client.post("/api/terms/import", data=upload(CSV))) == [(3, "english"), (4, "since")]
    assert len(services.own_terms.list()) == 1
    preview = client.post("/api/terms/import?preview=1", data=upload(CSV)).get_json()
    assert not preview["saved"]
    assert [each["german"] for each in preview["added"]] == ["Butterberg"]
    assert preview["changed"][0]["columns"] == [{"column": "english", "from": "curd tax", "to": "curd levy"}]
    assert len(services.own_terms.list()) == 1
    done = client.post("/api/terms/import?skip=1", data=CSV.encode(), content_type="text/csv").get_json()
    assert (done["saved"], done["format"], len(done["faults"])) == (True, "csv", 2)
    again = client.post("/api/terms/import?skip=1", data=upload(CSV)).get_json()
    assert (again["added"], again["changed"], again["unchanged"]) == ([], [], 2)
    assert client.post("/api/terms/import?format=xlsx", data=b"x").status_code == 400
    answer = client.post("/api/terms/import", data=b"\xff\xfe\x00")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "not-readable")


def test_a_term_twice_in_a_file_is_a_fault(client: FlaskClient) -> None:
    text = "german,english\nQuark,curd\nQuark,cottage cheese\n"
    assert details(client.post("/api/terms/import", data=upload(text))) == [(3, "german")]


def test_a_file_leaves_columns_alone_that_it_does_not_have(client: FlaskClient) -> None:
    add(client, note="Bleibt.", gender="f")
    client.post("/api/terms/import", data=upload("german,english\nQuarksteuer,curd levy\n"))
    data = client.get("/api/terms/own-quarksteuer").get_json()
    assert (data["english"], data["note"], data["gender"]) == ("curd levy", "Bleibt.", "f")


@pytest.mark.parametrize("name", ["csv", "tsv", "tbx", "tmx"])
def test_export_and_import_into_another_library(
    client: FlaskClient, services: Services, settings: Settings, name: str, tmp_path: Any
) -> None:
    add(
        client,
        gender="f",
        note="=1+1",
        example_de="Die Quarksteuer steigt.",
        example_en="The curd tax rises.",
    )
    add(client, german="Butterberg", english="butter mountain", country="AT CH", register="ironic")
    answer = client.get(f"/api/terms/export?format={name}")
    assert "seitenblick-glossary-own-2" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].endswith(FORMATS[name].suffix)
    other = create_app(Settings(home=tmp_path / "other", beam=1, port=0))
    try:
        done = other.test_client().post("/api/terms/import", data=answer.data)
        assert len(done.get_json()["added"]) == 2, done.text
        assert other.extensions["services"].own_terms.list() == services.own_terms.list()
    finally:
        other.extensions["services"].close()
    same = client.post("/api/terms/import", data=answer.data).get_json()
    assert same["unchanged"] == 2


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_curated_glossary_can_be_downloaded_with_its_licence(
    client: FlaskClient, services: Services, name: str
) -> None:
    answer = client.get(f"/glossary/download/curated/{name}")
    assert "MIT licence" in answer.get_data(as_text=True)[:1200]
    contents = read_glossary(answer.data, f"x{FORMATS[name].suffix}")
    assert (len(contents.entries), contents.faults) == (len(services.curated.terms), ())


def test_downloads_that_cannot_be(client: FlaskClient) -> None:
    assert client.get("/glossary/download/own/tbx").status_code == 422
    assert client.get("/glossary/download/own/xlsx").status_code == 404
    assert client.get("/api/terms/export?format=xlsx").status_code == 400
    assert client.get("/api/terms/export?which=some").status_code == 400


def test_many_changes_at_once_end_in_one_glossary(app: Any, services: Services) -> None:
    def work(number: int) -> None:
        client = app.test_client()
        client.post("/api/terms", json={"german": f"Quark{number}", "english": "curd"})
        client.get("/api/terms?limit=1")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {t.german for t in services.own_terms.list()} == {f"Quark{n}" for n in range(6)}
    assert found(services, "Quark3 und Quark5") == ["own-quark3", "own-quark5"]
