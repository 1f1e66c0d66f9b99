"""The reader's own dictionaries: added by page, API and command line, shown in the word panel."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.models.stardict_help import write_stardict
from tests.webapp.conftest import finished, paste, until
from webapp import create_app
from webapp.cli import main
from webapp.settings import Settings

ARTICLES = (("Haus", b"<i>n</i> a building<script>alert(1)</script>"), ("H\u00f6hle", b"cave &lt;b&gt;"))
SENTENCE = "Häuser stehen leer."


def archive(tmp_path: Path) -> bytes:
    ifo = write_stardict(tmp_path / "made", ARTICLES, kinds="h", packed=True, title="Probe <b>")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for path in ifo.parent.iterdir():
            packed.write(path, path.name)
    return data.getvalue()


def send(client: FlaskClient, files: list[tuple[bytes, str]], address: str = "/api/dictionaries") -> Any:
    fields = {"file": [(io.BytesIO(data), name) for data, name in files]}
    return client.post(address, data=fields, content_type="multipart/form-data")


def test_the_api_adds_lists_and_removes(client: FlaskClient, tmp_path: Path) -> None:
    answer = send(client, [(archive(tmp_path), "probe.zip"), (b"Haus\thouse\n", "mine.tsv")])
    assert answer.status_code == 201, answer.text
    assert sorted(d["name"] for d in answer.get_json()["dictionaries"]) == ["mine", "probe"]
    listed = client.get("/api/dictionaries").get_json()["dictionaries"]
    assert [(d["title"], d["kind"], d["state"], d["entries"]) for d in listed] == [
        ("mine", "table", "ready", 1),
        ("Probe <b>", "StarDict", "ready", 2),
    ]
    again = send(client, [(b"Haus\thouse\n", "mine.tsv")])
    assert again.status_code == 422
    assert "already" in again.get_json()["error"]["message"]
    assert client.delete("/api/dictionaries/mine").status_code == 204
    assert client.delete("/api/dictionaries/mine").status_code == 404
    assert [d["name"] for d in client.get("/api/dictionaries").get_json()["dictionaries"]] == ["probe"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "Choose a file"),
        ([(b"%PDF-1.4", "book.pdf")], "no dictionary that can be read"),
        ([(b"one line\n", "../../table.tsv")], "table.tsv is no dictionary"),
        ([(b"PK\x03\x04", "cut.zip")], "damaged"),
    ],
)
def test_what_is_no_dictionary_is_refused(
    client: FlaskClient, files: list[tuple[bytes, str]], message: str
) -> None:
    answer = send(client, files)
    assert answer.status_code == 422
    assert message in answer.get_json()["error"]["message"]
    page = send(client, files, "/dictionaries")
    assert page.status_code == 422
    assert message in page.text


def test_one_that_is_too_large_is_refused_with_the_ways_out(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path, max_dictionary_bytes=1_000))
    answer = send(app.test_client(), [(b"Haus\thouse\n" * 50_000, "large.tsv")])
    assert answer.status_code == 422
    assert "SEITENBLICK_MAX_DICTIONARY_BYTES" in answer.get_json()["error"]["message"]


def test_its_limit_is_not_that_of_texts(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path, max_text_bytes=1_000))
    answer = send(app.test_client(), [(b"Haus\thouse\n" * 50_000, "large.tsv")])
    assert answer.status_code == 201


def test_the_panel_shows_what_they_say_under_their_names(client: FlaskClient, tmp_path: Path) -> None:
    send(client, [(archive(tmp_path), "probe.zip")])
    made = client.post("/api/readings", json={"text": SENTENCE}).get_json()
    address = f"/api/readings/{made['id']}/segments/0/word?html=1&at="
    word = client.get(f"{address}0").get_json()
    assert word["dictionaries"] == [
        {
            "name": "probe",
            "title": "Probe <b>",
            "language": "en",
            "articles": [{"headword": "Haus", "text": "n a building"}],
        }
    ]
    assert "house" in [r["english"] for r in word["translations"]]  # beside, not mixed
    assert "Probe &lt;b&gt;" in word["html"]
    assert "alert" not in word["html"]
    assert client.get(f"{address}7").get_json()["dictionaries"] == []


def test_the_command_line_adds_lists_and_removes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SEITENBLICK_")]:
        monkeypatch.delenv(name)  # those of .ci/run are no settings
    monkeypatch.setenv("SEITENBLICK_DICTIONARIES", str(tmp_path / "shelf"))
    monkeypatch.setenv("SEITENBLICK_HOME", str(tmp_path / "home"))
    ifo = write_stardict(tmp_path / "made", ARTICLES, kinds="h")
    run = CliRunner().invoke
    added = run(main, ["dictionaries", "add", str(ifo)])
    assert (added.exit_code, added.output) == (0, "Added Probe as probe: 2 entries.\n")
    (tmp_path / "shelf" / "broken.tsv").write_text("x\n", encoding="utf-8")
    listed = run(main, ["dictionaries", "list"]).output.splitlines()
    assert listed[1] == "probe\tStarDict\tProbe\t2 entries"
    assert "lack a translation" in listed[0]
    twice = run(main, ["dictionaries", "add", str(ifo)])
    assert twice.exit_code == 1
    assert "seitenblick: There is a dictionary probe already" in twice.stderr
    assert run(main, ["dictionaries", "add", "--replace", str(ifo)]).exit_code == 0
    assert run(main, ["dictionaries", "remove", "probe"]).output == "Removed probe.\n"
    assert run(main, ["dictionaries", "remove", "probe"]).exit_code == 1


@pytest.mark.browser
def test_a_dictionary_is_added_used_and_removed_in_the_browser(
    page: Chrome, site: str, app: Flask, tmp_path: Path
) -> None:
    ifo = write_stardict(tmp_path / "made", ARTICLES, kinds="h", packed=True, title="Probewörterbuch")
    page.get(f"{site}/dictionaries")
    files = "\n".join(str(path) for path in sorted(ifo.parent.iterdir()))
    page.find_element(By.ID, "file").send_keys(files)
    page.find_element(By.CSS_SELECTOR, ".add-dictionary .primary").click()
    until(page, lambda p: p.find_elements(By.CSS_SELECTOR, ".notice"))
    assert "2 entries" in page.find_element(By.CSS_SELECTOR, ".dictionary-list").text
    page.get(site)
    paste(page, SENTENCE, "Wörter")
    until(page, finished)
    page.execute_script("document.getElementById('s1').focus()")
    page.switch_to.active_element.send_keys(Keys.ARROW_RIGHT + Keys.ENTER)
    until(page, lambda p: p.find_elements(By.CSS_SELECTOR, "#word-panel .word-dictionary"))
    shown = page.execute_script("return document.querySelector('.word-dictionary').textContent")
    assert "Probewörterbuch" in shown
    assert "a building" in shown
    page.get(f"{site}/dictionaries")
    page.find_element(By.CSS_SELECTOR, ".dictionary-list .danger").click()
    until(page, lambda p: "Removed" in p.find_element(By.CSS_SELECTOR, ".notice").text)
    assert app.extensions["services"].dictionaries.list() == ()
