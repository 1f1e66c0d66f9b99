"""The pages as HTML: forms, escaping, headers, and what other sites may not do."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.conftest import GERMAN
from webapp import create_app
from webapp.security import CONTENT_SECURITY_POLICY
from webapp.settings import Settings


def add(client: FlaskClient, text: str = GERMAN, title: str = "Haushalt") -> str:
    answer = client.post("/", data={"text": text, "title": title})
    assert answer.status_code == 303, answer.text
    path = answer.headers["Location"]
    client.get(f"/api{path}/stream").get_data()
    return path


def test_a_text_from_the_form_is_read(client: FlaskClient) -> None:
    page = client.get(add(client)).text
    assert '<h1 lang="de">Haushalt</h1>' in page
    assert page.count('class="segment"') == 4
    assert page.count('lang="en"') > page.count('class="english waiting"') == 0
    assert re.search(r'<a class="term[^>]*data-term="bundestag"[^>]*>Bundestag</a>', page)
    assert "4 of 4 sentences" in page
    assert page.count('<ol class="paragraph text"') == 2


def test_a_file_from_the_form_is_read(client: FlaskClient) -> None:
    upload = {"file": (io.BytesIO("# Größe\n\nEin *guter* Tag.".encode("cp1252")), "rede.md"), "text": ""}
    answer = client.post("/", data=upload)
    page = client.get(answer.headers["Location"]).text
    assert "Größe</h1>" in page
    assert "Ein guter Tag." in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": ""}, "There is no text here"),
        ({"text": "Wort " * 500_000}, "up to 2 MB"),
        ({"file": (io.BytesIO(b"%PDF-1.4"), "a.pdf")}, "looks like a PDF"),
        ({"file": (io.BytesIO(bytes(range(256)) * 50), "a.bin")}, "not a plain text"),
    ],
)
def test_what_cannot_be_read_shows_the_form_again(
    client: FlaskClient, data: dict[str, object], message: str
) -> None:
    answer = client.post("/", data={**data, "title": "Mein Titel"})
    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="Mein Titel"' in answer.text


def test_five_megabytes_get_an_answer_not_a_crash(client: FlaskClient) -> None:
    answer = client.post("/", data={"text": "ä" * 5_000_000})
    assert answer.status_code in (413, 422)
    assert "2 MB" in answer.text


def test_a_line_of_20_000_characters_is_read_to_its_end(client: FlaskClient) -> None:
    path = add(client, "und immer weiter mit dem langen Satz " * 540, "Lang")
    page = client.get(path).text
    assert page.count('class="segment"') == 1
    assert "waiting" not in page


def test_html_in_a_text_is_shown_not_run(client: FlaskClient) -> None:
    evil = '<script>alert(1)</script> Der Bundestag <b>tagt</b> & "berät" den Haushalt.'
    page = client.get(add(client, evil, '"><img src=x onerror=alert(1)>')).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>tagt" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    library = client.get("/").text
    assert "<script>alert" not in library
    assert "<img src=x" not in library


def test_direction_overrides_cannot_turn_the_page_around(client: FlaskClient) -> None:
    page = client.get(
        add(client, "Der Abend \u202eist\u202c schön, sagt \u05d0\u05d1 heute im Bundestag.")
    ).text
    assert "\u202e" not in page
    assert "\u05d0\u05d1" in page
    assert "invisible control characters" in page


def test_english_text_gets_a_hint(client: FlaskClient) -> None:
    text = "The government has decided to raise taxes next year, and the opposition is not amused at all."
    assert "does not look like German" in client.get(add(client, text)).text


def test_rename_and_delete_by_form(client: FlaskClient) -> None:
    path = add(client)
    assert client.post(f"{path}/rename", data={"title": "Etat"}).headers["Location"] == path
    assert "Etat</h1>" in client.get(path).text
    assert client.post(f"{path}/rename", data={"title": " "}).status_code == 400
    assert client.post(f"{path}/delete").headers["Location"] == "/"
    gone = client.get(path)
    assert gone.status_code == 404
    assert "may have been deleted" in gone.text


def test_library_search(client: FlaskClient) -> None:
    add(client)
    assert "1 found" in client.get("/?q=bundesrat").text
    assert "No reading holds these words" in client.get("/?q=nirgendwo").text


def test_every_answer_carries_the_headers(client: FlaskClient) -> None:
    for path in ("/", "/api/readings", "/static/css/base.css", "/nothing"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


def test_pages_hold_no_inline_script_or_style(client: FlaskClient) -> None:
    for path in ("/", add(client), "/glossary", "/glossary?domain=parliament", "/nothing"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son[a-z]+=", page)
        assert " style=" not in page
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_writes_from_other_sites_are_refused(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/", data={"text": GERMAN}, headers=headers).status_code == status


def test_other_host_names_are_refused(client: FlaskClient) -> None:
    assert client.get("/", base_url="http://evil.example").status_code == 400
    assert client.get("/", base_url="http://127.0.0.1:5080").status_code == 200


def test_glossary_pages(client: FlaskClient) -> None:
    page = client.get("/glossary?q=Bundesrat").text
    assert 'href="/glossary/bundesrat-de"' in page
    assert "Nothing fits" in client.get("/glossary?q=xyzxyzxyz").text
    term = client.get("/glossary/bundesrat-de").text
    assert "der Bundesrat" in term
    assert client.get("/glossary/unknown").status_code == 404


def test_a_library_that_cannot_be_written_keeps_the_text_in_the_form(settings: Settings) -> None:
    path = settings.home / "library.sqlite3"
    first = create_app(settings)
    add(first.test_client(), "Ein Text von früher.", "Früher")
    first.extensions["services"].close()
    locked = create_app(replace(settings, database_url=f"sqlite:///file:{path}?mode=ro&uri=true"))
    answer = locked.test_client().post("/", data={"text": GERMAN, "title": "Mein Titel"})
    assert answer.status_code == 503
    assert "cannot be written to" in answer.text
    assert "Der Bundesrat muss noch zustimmen." in answer.text
    assert "Früher" in answer.text, "what is there can still be read"
    locked.extensions["services"].close()


def test_a_library_that_cannot_be_opened_is_told(settings: Settings) -> None:
    (settings.home / "library.sqlite3").write_bytes(b"no database at all" * 50)
    client = create_app(settings).test_client()
    page = client.get("/")
    assert page.status_code == 503
    assert "damaged" in page.text
    answer = client.post("/", data={"text": GERMAN})
    assert answer.status_code == 503
    assert "Der Bundesrat muss noch zustimmen." in answer.text
    assert client.get("/api/readings").get_json()["error"]["code"] == "library-unavailable"


def test_a_saved_reading_can_be_read_without_a_model(settings: Settings) -> None:
    first = create_app(settings)
    path = add(first.test_client())
    first.extensions["services"].close()
    page = create_app(replace(settings, model="translate-de_en-unknown")).test_client().get(path)
    assert page.status_code == 200
    assert page.text.count('class="english"') == 4
    assert "translate-de_en-unknown" in page.text


def test_a_broken_model_is_told_and_the_text_kept(settings: Settings) -> None:
    client = create_app(replace(settings, model="translate-de_en-unknown")).test_client()
    answer = client.post("/", data={"text": GERMAN})
    assert answer.status_code == 503
    assert "translate-de_en-unknown" in answer.text
    assert "Der Bundesrat muss noch zustimmen." in answer.text
    api = client.post("/api/readings", json={"text": GERMAN}).get_json()
    assert api["error"]["code"] == "model-unavailable"
