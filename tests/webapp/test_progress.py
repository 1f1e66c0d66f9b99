"""Progress in a reading: remembered by the library, merged, told in its list, gone with the reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.conftest import GERMAN
from tests.webapp.test_postgresql import database_url as database_url  # a fixture
from webapp import create_app
from webapp.library.tables import Base
from webapp.services import Services
from webapp.settings import Settings


def add(client: FlaskClient, german: str = GERMAN) -> str:
    made = client.post("/api/readings", json={"text": german, "title": "Haushalt"}).get_json()
    client.get(f"/api/readings/{made['id']}/stream").get_data()
    return f"/api/readings/{made['id']}"


def change(client: FlaskClient, reading: str, **values: Any) -> dict[str, Any]:
    answer = client.patch(f"{reading}/progress", json=values)
    assert answer.status_code == 200, answer.text
    data = answer.get_json()
    assert isinstance(data, dict)
    return data


def test_changes_are_merged_and_survive_a_restart(client: FlaskClient, settings: Settings) -> None:
    reading = add(client)
    fresh = client.get(f"{reading}/progress").get_json()
    assert (fresh["mode"], fresh["last"], fresh["total"], fresh["revealed"]) == ("both", None, 4, {})
    change(client, reading, mode="hide-english", reveal=[3, 0])
    change(client, reading, last=2, blanks={"0": {"4-13": "wrong"}, "1": {"4-13": "shown"}})
    change(client, reading, hide=[0], reveal=[1], blanks={"0": {"4-13": "helped", "22-28": "right"}})
    change(client, reading, mode="hide-german", reveal=[2], blanks={"2": {"0-3": "hinted"}})
    change(client, reading, blanks={"2": {"0-3": None}})
    restarted = create_app(settings)
    found = restarted.test_client().get(f"{reading}/progress").get_json()
    restarted.extensions["services"].close()
    assert (found["mode"], found["last"]) == ("hide-german", 2)
    assert found["revealed"] == {"hide-english": [1, 3], "hide-german": [2]}
    assert found["blanks"] == {"0": {"4-13": "helped", "22-28": "right"}, "1": {"4-13": "shown"}}
    assert found["score"] == {"wrong": 0, "hinted": 0, "right": 1, "helped": 1, "shown": 1}


def test_it_is_forgotten_on_wish_and_with_the_reading(client: FlaskClient, services: Services) -> None:
    first, second = add(client), add(client, "Der Bundestag tagt. Der Bundesrat auch.")
    for reading in (first, second):
        change(client, reading, last=1)
    assert client.delete(f"{first}/progress").status_code == 204
    assert client.get(f"{first}/progress").get_json()["last"] is None
    assert client.delete(second).status_code == 204
    assert client.get(f"{second}/progress").status_code == 404
    with services.database.session() as session:
        assert session.scalar(text("SELECT COUNT(*) FROM reading_progress")) == 0


@pytest.mark.parametrize(
    "body",
    [
        {"mode": "sideways"},
        {"last": -1},
        {"last": 4},
        {"last": True},
        {"reveal": "0"},
        {"reveal": [9]},
        {"blanks": [1]},
        {"blanks": {"x": {"0-3": "right"}}},
        {"blanks": {"0": {"first": "right"}}},
        {"blanks": {"0": {"0-3": "perfect"}}},
        {"colour": "red"},
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    client: FlaskClient, body: dict[str, object]
) -> None:
    reading = add(client)
    answer = client.patch(f"{reading}/progress", json=body)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"]
    assert client.get(f"{reading}/progress").get_json()["updated"] is None


def test_a_library_from_before_gets_the_table(settings: Settings) -> None:
    old = create_app(settings)
    reading = add(old.test_client())
    with old.extensions["services"].database.session() as session:
        session.execute(text("DROP TABLE reading_progress"))
    old.extensions["services"].close()
    assert "reading_progress" in Base.metadata.tables
    app = create_app(settings)
    assert change(app.test_client(), reading, last=1)["last"] == 1
    app.extensions["services"].close()


def test_it_lives_on_postgresql(settings: Settings, database_url: str) -> None:
    app = create_app(replace(settings, database_url=database_url))
    client = app.test_client()
    reading = add(client)
    change(client, reading, last=1, reveal=[1])
    assert change(client, reading, reveal=[2])["revealed"] == {"both": [1, 2]}
    assert client.delete(reading).status_code == 204
    app.extensions["services"].close()


def test_word_links_of_a_sentence(client: FlaskClient) -> None:
    reading = add(client)
    found = client.get(f"{reading}/segments/0/links").get_json()
    assert found["german"] == "Der Bundestag hat das Gesetz beschlossen."
    pairs = {
        found["german"][slice(*link["source"])]: found["english"][slice(*link["target"])]
        for link in found["links"]
    }
    assert pairs["Bundestag"] == "Bundestag"
    assert all(0 < link["weight"] <= 1 for link in found["links"])
    assert client.get(f"{reading}/segments/99/links").status_code == 404


def test_pages_say_how_far_one_has_read(client: FlaskClient) -> None:
    reading = add(client)
    page = reading.removeprefix("/api")
    assert "Go on at sentence" not in client.get(page).text
    change(client, reading, last=2, mode="cloze")
    shown = client.get(page).text
    assert 'href="#s3"' in shown
    assert "Go on at sentence 3" in shown
    assert 'data-study="cloze"' in shown
    assert "read to sentence 3" in client.get("/").text
    change(client, reading, last=3)
    assert "Go on at sentence" not in client.get(page).text
    assert "read to the end" in client.get("/").text
