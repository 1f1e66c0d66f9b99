"""The JSON API with its real model and database."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import GERMAN
from webapp.services import Services

Wait = Callable[[Callable[[], bool]], None]


def create(client: FlaskClient, text: str = GERMAN, title: str = "Haushalt") -> str:
    answer = client.post("/api/readings", json={"text": text, "title": title})
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["id"])


def events(answer: TestResponse) -> list[tuple[str, Any]]:
    found = []
    for block in answer.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and line[0] != ":")
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def error_of(answer: TestResponse) -> dict[str, Any]:
    body = answer.get_json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"status", "code", "message"}
    assert body["error"]["status"] == answer.status_code
    assert body["error"]["message"]
    error = body["error"]
    assert isinstance(error, dict)
    return error


def test_create_stream_and_fetch(client: FlaskClient) -> None:
    answer = client.post("/api/readings", json={"text": GERMAN, "title": "Haushalt"})
    assert answer.get_json()["total"] == 4
    assert answer.headers["Location"].endswith(answer.get_json()["id"])
    reading_id = answer.get_json()["id"]
    stream = client.get(f"/api/readings/{reading_id}/stream")
    assert stream.mimetype == "text/event-stream"
    found = events(stream)
    assert [name for name, _ in found] == ["segment"] * 4 + ["end"]
    assert [data["index"] for _, data in found[:4]] == [0, 1, 2, 3]
    assert [data["done"] for _, data in found[:4]] == [1, 2, 3, 4]
    assert found[-1][1] == {"state": "done", "done": 4, "total": 4, "problem": None}
    reading = client.get(f"/api/readings/{reading_id}").get_json()
    segments = [s for p in reading["paragraphs"] for s in p["segments"]]
    assert reading["state"] == "done"
    assert reading["text"] == GERMAN
    for segment, (_, streamed) in zip(segments, found, strict=False):
        assert segment["english"]
        assert GERMAN[segment["start"] : segment["end"]] == segment["german"]
        assert segment == {k: v for k, v in streamed.items() if k not in ("done", "total")}
    ids = {term["id"] for segment in segments for term in segment["terms"]}
    assert {"bundestag", "bundesrat-de"} <= ids
    for segment in segments:
        for term in segment["terms"]:
            start, end = term["spans"][0]
            assert segment["german"][start:end]
            assert term["verdict"]["kind"] in {"exact", "form", "variant", "other", "missing"}


def test_a_stream_goes_on_where_it_was_broken_off(client: FlaskClient) -> None:
    reading_id = create(client)
    client.get(f"/api/readings/{reading_id}/stream").get_data()
    rest = events(client.get(f"/api/readings/{reading_id}/stream", headers={"Last-Event-ID": "1"}))
    assert [data["index"] for name, data in rest if name == "segment"] == [2, 3]
    rest = events(client.get(f"/api/readings/{reading_id}/stream?from=3&html=1"))
    assert [data["index"] for name, data in rest if name == "segment"] == [3]
    assert 'id="s4"' in rest[0][1]["html"]


def test_the_same_text_is_saved_and_translated_once(client: FlaskClient) -> None:
    assert create(client) == create(client, title="Noch einmal")
    assert len(client.get("/api/readings").get_json()["readings"]) == 1


def test_list_rename_delete(client: FlaskClient) -> None:
    reading_id = create(client)
    create(client, "Der Kurs bleibt stabil.", "Währung")
    titles = [r["title"] for r in client.get("/api/readings").get_json()["readings"]]
    assert titles == ["Währung", "Haushalt"]
    assert client.patch(f"/api/readings/{reading_id}", json={"title": "Etat"}).get_json()["title"] == "Etat"
    found = client.get("/api/readings?q=etat").get_json()["readings"]
    assert [r["id"] for r in found] == [reading_id]
    assert len(client.get("/api/readings?limit=1&offset=1").get_json()["readings"]) == 1
    assert client.delete(f"/api/readings/{reading_id}").status_code == 204
    assert error_of(client.get(f"/api/readings/{reading_id}"))["code"] == "not-found"


def test_cancel_and_go_on(client: FlaskClient, services: Services, wait_until: Wait) -> None:
    text = " ".join(f"Der Ausschuss berät am Tag {n} über den Haushalt." for n in range(300))
    reading_id = create(client, text)
    wait_until(lambda: bool(services.library.done_from(reading_id, 0)))
    assert client.post(f"/api/readings/{reading_id}/cancel").get_json()["state"] == "cancelled"
    wait_until(lambda: not services.desk.active(reading_id))
    found = events(client.get(f"/api/readings/{reading_id}/stream"))
    assert found[-1][1]["state"] == "cancelled"
    assert 1 <= found[-1][1]["done"] < 300
    assert client.post(f"/api/readings/{reading_id}/translate").status_code == 202
    assert events(client.get(f"/api/readings/{reading_id}/stream?from=299"))[-1][1]["done"] == 300


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_files_in_any_encoding(client: FlaskClient, encoding: str) -> None:
    data = {"file": (io.BytesIO("Für Österreich gilt: Die Brücke hält.".encode(encoding)), "rede.txt")}
    answer = client.post("/api/readings", data=data)
    reading = client.get(answer.headers["Location"]).get_json()
    assert reading["text"] == "Für Österreich gilt: Die Brücke hält."


@pytest.mark.parametrize("name", ["text", "html", "tsv", "json"])
def test_exports(client: FlaskClient, name: str) -> None:
    reading_id = create(client, title="Der Etat: Größe & Maß")
    client.get(f"/api/readings/{reading_id}/stream").get_data()
    answer = client.get(f"/api/readings/{reading_id}/export?format={name}")
    assert answer.status_code == 200
    assert "attachment; filename=der-etat-groesse-mass." in answer.headers["Content-Disposition"]
    assert "Der Bundesrat muss noch zustimmen." in answer.text or name == "html"


def test_models(client: FlaskClient) -> None:
    body = client.get("/api/models").get_json()
    assert body["current"] in [m["name"] for m in body["models"]]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/api/nothing", None, 404, "not-found"),
        ("GET", "/api/readings/unknown", None, 404, "not-found"),
        ("GET", "/api/readings/unknown/stream", None, 404, "not-found"),
        ("POST", "/api/readings/unknown/translate", None, 404, "not-found"),
        ("POST", "/api/readings/unknown/cancel", None, 404, "not-found"),
        ("DELETE", "/api/readings/unknown", None, 404, "not-found"),
        ("GET", "/api/readings?limit=many", None, 400, "bad-request"),
        ("POST", "/api/readings", {"text": 5}, 400, "bad-request"),
        ("POST", "/api/readings", [1], 400, "bad-request"),
        ("POST", "/api/readings", {"text": ""}, 422, "not-readable"),
        ("POST", "/api/readings", {"text": "Wort " * 500_000}, 422, "not-readable"),
        ("POST", "/api/readings", {"text": "Wort " * 2_000_000}, 413, "too-large"),
        ("PATCH", "/api/readings/unknown", {"title": "x"}, 404, "not-found"),
        ("PATCH", "/api/readings/unknown", {"name": "x"}, 400, "bad-request"),
    ],
)
def test_errors_have_one_shape(
    client: FlaskClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    answer = (
        client.open(path, method=method, json=body) if body is not None else client.open(path, method=method)
    )
    assert answer.status_code == status
    assert error_of(answer)["code"] == code


def test_an_unknown_export_names_the_known_ones(client: FlaskClient) -> None:
    reading_id = create(client)
    error = error_of(client.get(f"/api/readings/{reading_id}/export?format=docx"))
    assert "text, html, tsv, json" in error["message"]


def test_an_unexpected_error_shows_no_traceback(client: FlaskClient, services: Services) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    services.library.list = broken  # type: ignore[method-assign, assignment]
    answer = client.get("/api/readings")
    assert error_of(answer)["code"] == "internal-error"
    assert "secret" not in answer.text
