"""What a text tells about its sentences reaches every place where a sentence's terms are shown or used."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary.surroundings import ALONE
from webapp.concordance import concordance
from webapp.library import Library
from webapp.pipeline import TermLookup
from webapp.services import Services
from webapp.streaming import follow
from webapp.study.drafting import place_of, term_draft
from webapp.study.knowledge import Knowledge, level
from webapp.study_api import met_sentences
from webapp.surroundings import ReadingSurroundings

Wait = Callable[[Callable[[], bool]], None]

SENTENCE = "Der Bundesrat lehnt die Initiative ab."
SWISS = f"Der Ständerat tagt in Bern.\n\n{SENTENCE} Die Kantone sind verärgert."
GERMAN = f"Der Bundestag hat zugestimmt. {SENTENCE} Nun ist die Bundesregierung am Zug."
FOOTBALL = (
    "Der Torwart hielt den Ball im Spiel gegen Aue. Das Präsidium dankte ihm. "
    "Die Mannschaft feierte mit den Fans im Stadion."
)


def read(client: FlaskClient, services: Services, text: str) -> str:
    """Paste a text and wait for its English."""
    reading_id = str(client.post("/api/readings", json={"text": text}).get_json()["id"])
    deadline = time.monotonic() + 120
    while services.desk.active(reading_id) and time.monotonic() < deadline:
        services.desk.wait(reading_id, services.desk.tick(reading_id), 1.0)
    assert not services.desk.active(reading_id)
    return reading_id


def terms_of(body: dict[str, object]) -> dict[str, set[str]]:
    """The ids of the terms by sentence, of a reading as JSON."""
    paragraphs = body["paragraphs"]
    assert isinstance(paragraphs, list)
    return {
        segment["german"]: {term["id"] for term in segment["terms"]}
        for paragraph in paragraphs
        for segment in paragraph["segments"]
    }


def test_one_sentence_in_two_texts(client: FlaskClient, services: Services) -> None:
    swiss, german = (read(client, services, text) for text in (SWISS, GERMAN))
    for reading_id, wanted, other in (
        (swiss, "bundesrat-ch", "bundesrat-de"),
        (german, "bundesrat-de", "bundesrat-ch"),
    ):
        body = client.get(f"/api/readings/{reading_id}").get_json()
        assert wanted in terms_of(body)[SENTENCE]
        assert other not in terms_of(body)[SENTENCE]
        # The desk tried the very words that the page wishes for: nothing stays to be tried.
        segments = services.library.get(reading_id).segments
        assert not [each.german for each in segments if services.terms.segment(each, set()).pending]
        # The stream, from its beginning and taken up again.
        for start in (0, 1):
            events = "".join(follow(services, reading_id, start))
            rows = [json.loads(line[6:]) for line in events.split("\n") if line.startswith('data: {"id"')]
            assert wanted in {term["id"] for term in rows[1 - start]["terms"]}
        # A word that was clicked, a term to be learnt, the term's sentences in the library.
        at = SENTENCE.index("Bundesrat")
        word = client.get(f"/api/readings/{reading_id}/segments/1/word?at={at}").get_json()
        assert wanted in json.dumps(word)
        place = place_of(services, services.library.get(reading_id), 1)
        term = services.terms.glossary.get(wanted)
        assert term_draft(services, place, term, "learning").form == "Bundesrat"
        lines = concordance(services.library, services.terms, term).lines
        assert [(line.reading_id, line.index) for line in lines] == [(reading_id, 1)]
        # A saved term marks the word where it is meant.
        for term_id, status in ((wanted, "learning"), (other, None)):
            knowledge = Knowledge({term_id: "learning"}, level(services.library))
            words = met_sentences(services, knowledge, reading_id)[1][1] or ()
            assert [each.status for each in words if each.word.lemma == "Bundesrat"] == [status]


def test_a_sentence_that_stands_twice_is_tried_for_both_places(
    client: FlaskClient, services: Services
) -> None:
    # In a text about two countries its paragraphs tell.
    text = f"Der Bundestag in Berlin berät. {SENTENCE}\n\nDer Ständerat in Bern berät. {SENTENCE}"
    reading_id = read(client, services, text)
    segments = services.library.get(reading_id).segments
    found = [services.terms.segment(each, set()) for each in segments]
    assert {o.term.id for o in found[1].terms} >= {"bundesrat-de"}
    assert {o.term.id for o in found[3].terms} >= {"bundesrat-ch"}
    assert not any(each.pending for each in found)
    assert len(services.terms.surroundings.by_sentence(reading_id)[SENTENCE]) == 2


def test_an_everyday_text_keeps_its_board(client: FlaskClient, services: Services) -> None:
    assert services.terms.hits("Das Präsidium dankte dem Minister.")
    reading_id = read(client, services, FOOTBALL)
    assert not terms_of(client.get(f"/api/readings/{reading_id}").get_json())["Das Präsidium dankte ihm."]


@pytest.mark.parametrize(("text", "wanted"), [(SWISS, "bundesrat-ch"), (GERMAN, "bundesrat-de")])
def test_the_command_line(tmp_path: Path, text: str, wanted: str) -> None:
    file = tmp_path / "text.txt"
    file.write_text(text, "utf-8")
    command = [sys.executable, "-m", "webapp.cli", "read", str(file), "--format", "json"]
    environment = {
        "SEITENBLICK_HOME": str(tmp_path / "home"),
        "SEITENBLICK_BEAM": "1",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(command, capture_output=True, env=environment, timeout=240)
    assert done.returncode == 0, done.stderr
    assert wanted in terms_of(json.loads(done.stdout))[SENTENCE]


def test_texts_are_read_once_and_forgotten_ones_are_no_error(services: Services, lookup: TermLookup) -> None:
    asked: list[str] = []

    def texts(reading_id: str) -> list[list[str]]:
        asked.append(reading_id)
        return [[SENTENCE, "Der Ständerat stimmt zu."]]

    known = ReadingSurroundings(services.terms._finder, texts)
    assert known.of("a", 0).country == "CH"
    assert known.of("a", 1).country == "CH"
    assert known.of("a", 7) == ALONE
    assert set(known.by_sentence("a")) == {SENTENCE, "Der Ständerat stimmt zu."}
    assert asked == ["a"]
    assert known.of("", 0) == ALONE
    assert services.terms.surroundings.of("gone", 0) == ALONE
    assert services.terms.surroundings.by_sentence("gone") == {}
    assert lookup.surroundings.of("a", 0) == ALONE


@pytest.fixture
def lookup(services: Services) -> TermLookup:
    """One without a library."""
    return TermLookup(services.curated)


def test_the_sentences_of_a_reading_by_paragraph(client: FlaskClient, services: Services) -> None:
    reading_id = str(client.post("/api/readings", json={"text": SWISS}).get_json()["id"])
    library: Library = services.library
    assert library.paragraphs(reading_id) == (
        ("Der Ständerat tagt in Bern.",),
        (SENTENCE, "Die Kantone sind verärgert."),
    )
    assert {each.reading for each in library.get(reading_id).segments} == {reading_id}
