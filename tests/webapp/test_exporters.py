"""Exports of a reading put together by hand: marks, nesting, defused formulas, no outside references."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary.loading import load_glossary
from models.translation import Hypothesis, Translation
from webapp.exporters import EXPORTERS, export
from webapp.library.library import SavedReading, SavedSegment
from webapp.marking import Piece, cut
from webapp.pipeline import TermLookup, assemble
from webapp.reading import Reading
from webapp.text_tools import slug

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def reading() -> Reading:
    sentences = [
        ("=SUMME(A1) sagt der Bundestag.", "The Bundestag says <b>it</b>.", None),
        ("Der Haushalt\tsteht.", "", "the model gave no usable English for this sentence"),
    ]
    segments = []
    for index, (german, english, problem) in enumerate(sentences):
        hypotheses = (Hypothesis(english, -0.3),) if english else ()
        translation = Translation(german, hypotheses, (), problem)
        segments.append(
            SavedSegment(index, index, "text", index * 40, index * 40 + len(german), german, translation)
        )
    saved = SavedReading(
        "abc", "Größe & <Maß>", "\n\n".join(s[0] for s in sentences), "de", (), "done", "model", NOW, NOW,
        tuple(segments),
    )  # fmt: skip
    return assemble(saved, TermLookup(load_glossary()))


def test_text_shows_every_sentence_and_marks_what_failed(reading: Reading) -> None:
    text = EXPORTERS["text"].write(reading)
    assert "   1  =SUMME(A1) sagt der Bundestag.\n      The Bundestag says <b>it</b>." in text
    assert "      [no translation]" in text
    assert re.search(r"^Bundestag: Bundestag \(1\)\.", text, re.M)


def test_tsv_has_a_line_a_sentence_and_no_formulas(reading: Reading) -> None:
    lines = EXPORTERS["tsv"].write(reading).splitlines()
    assert len(lines) == 3
    assert all(line.count("\t") == 5 for line in lines)
    assert lines[1].split("\t")[2] == "'=SUMME(A1) sagt der Bundestag."
    assert "Bundestag = Bundestag" in lines[1]


def test_json_is_the_shape_of_the_api(reading: Reading) -> None:
    data = json.loads(EXPORTERS["json"].write(reading))
    assert data["title"] == "Größe & <Maß>"
    first = data["paragraphs"][0]["segments"][0]
    term = next(t for t in first["terms"] if t["id"] == "bundestag")
    assert first["german"][slice(*term["spans"][0])] == "Bundestag"
    assert first["english"][slice(*term["verdict"]["spans"][0])] == "Bundestag"
    assert term["verdict"]["kind"] == "exact"


def test_html_stands_alone_and_escapes(reading: Reading) -> None:
    page = EXPORTERS["html"].write(reading)
    assert "<b>it</b>" not in page
    assert "&lt;b&gt;it&lt;/b&gt;" in page
    assert "<title>Größe &amp; &lt;Maß&gt;</title>" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert 'lang="de"' in page
    assert 'lang="en"' in page
    assert "--paper" in page


def test_an_exported_page_opens_without_the_reader(client: FlaskClient, tmp_path: Path) -> None:
    created = client.post("/api/readings", json={"text": "Der Bundestag tagt. Er tagt lange."}).get_json()
    client.get(f"/api/readings/{created['id']}/stream").get_data()
    page = client.get(f"/api/readings/{created['id']}/export?format=html").text
    assert page.count('class="segment"') == 2


def test_names_of_files_are_plain() -> None:
    assert slug("Der Etat: Größe & Maß/../x") == "der-etat-groesse-mass-x"
    assert slug("…") == "reading"
    assert len(slug("wort " * 100)) <= 60


def test_document_knows_its_name(reading: Reading) -> None:
    document = export(reading, "tsv")
    assert (document.filename, document.mimetype) == ("groesse-mass.tsv", "text/tab-separated-values")


def test_cut_joins_to_the_text_and_nests() -> None:
    text = "die Bundesregierung handelt"
    pieces = cut(text, [[(4, 19)], [(10, 19)], [(20, 99)], []])
    assert "".join(piece.text for piece in pieces) == text
    assert pieces == (
        Piece("die "),
        Piece("Bundes", (0,), opens=True),
        Piece("regierung", (0, 1)),
        Piece(" "),
        Piece("handelt", (2,), opens=True),
    )
    assert cut("", [[(0, 5)]]) == ()
