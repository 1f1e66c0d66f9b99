"""Saved words as files: the package is imported by Anki's own library, the table read as spreadsheets do."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest
from flask.testing import FlaskClient

from webapp.services import Services
from webapp.settings import Settings
from webapp.study.anki import DECK_NAME, FIELDS, MODEL_ID, anki_package
from webapp.study.exporting import COLUMNS, export_items
from webapp.study.items import StudyItem
from webapp.study.store import StudyStore

if TYPE_CHECKING:
    # Not at run time: these import each other in a circle unless anki.collection comes first.
    from anki.cards import Card
    from anki.notes import Note

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
NASTY = """<script>alert("1")</script> & 'quotes' [sound:x.mp3] \\(x\\) {{German}}\x1fnext\tfield"""


@pytest.fixture
def study(services: Services) -> StudyStore:
    return services.study


@pytest.fixture
def words(study: StudyStore) -> tuple[StudyItem, ...]:
    study.add(
        kind="word", key="zurücktreten|verb", german="zurücktreten", form="tritt … zurück", pos="verb",
        english="resign", note="trat zurück, ist zurückgetreten", status="learning",
        sentence="Die Ministerin tritt heute zurück.", sentence_english="The minister resigns today.",
        spans=((15, 20), (27, 33)), source="Krise in Berlin", reading_id=None, segment=3,
    )  # fmt: skip
    study.add(
        kind="term", key="bundesrat-de", german="der Bundesrat", form="Bundesrat", pos="noun",
        english="Federal Council", note="The chamber of the Länder.\nNot the Swiss government.",
        status="new",
    )  # fmt: skip
    study.add(
        kind="word", key="schlimm|adjective", german=NASTY, form=NASTY, english=NASTY, note=NASTY,
        status="known", sentence=NASTY, sentence_english=NASTY, spans=((0, 8),), source=NASTY, segment=0,
    )  # fmt: skip
    return study.list()[::-1]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def take_in(collection: Collection, package: bytes, tmp_path: Path) -> dict[str, int]:
    """Import a package as Anki does; how many notes were new, updated, left as they were."""
    file = tmp_path / "words.apkg"
    file.write_bytes(package)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file))).log
    assert not [*log.missing_notetype, *log.missing_deck, *log.empty_first_field, *log.first_field_match]
    return {"new": len(log.new), "updated": len(log.updated), "same": len(log.duplicate)}


def notes(collection: Collection) -> dict[str, Note]:
    found = [collection.get_note(i) for i in collection.find_notes("")]
    return {next(tag for tag in note.tags if "kind" in tag) + note["English"]: note for note in found}


def test_anki_takes_the_package(words: tuple[StudyItem, ...], collection: Collection, tmp_path: Path) -> None:
    assert take_in(collection, anki_package(words, NOW), tmp_path) == {"new": 3, "updated": 0, "same": 0}
    model = collection.models.get(MODEL_ID)  # type: ignore[arg-type]  # a number of its own type
    assert model is not None
    assert tuple(collection.models.field_names(model)) == FIELDS
    assert len(collection.find_cards(f"deck:{DECK_NAME}")) == 6
    found = notes(collection)
    verb = found["seitenblick::kind::wordresign"]
    assert dict(verb.items()) == {
        "German": "zurücktreten",
        "English": "resign",
        "Sentence": "Die Ministerin <b>tritt</b> heute <b>zurück</b>.",
        "Sentence English": "The minister resigns today.",
        "Note": "trat zurück, ist zurückgetreten",
        "Source": "Krise in Berlin, 4",
        "Gap": "Die Ministerin _____ heute _____.",
    }
    assert set(verb.tags) == {
        "seitenblick::status::learning", "seitenblick::kind::word", "seitenblick::reading::krise-in-berlin",
    }  # fmt: skip
    term = found["seitenblick::kind::termFederal Council"]
    assert term["Note"] == "The chamber of the Länder.<br>Not the Swiss government."
    assert set(term.tags) == {"seitenblick::status::new", "seitenblick::kind::term"}
    understand, say = verb.cards()
    assert "<b>tritt</b>" in understand.question()
    assert "resign" not in understand.question()
    assert "resigns today" in understand.answer()
    assert "Gap" not in say.question()
    assert "Die Ministerin _____ heute _____." in say.question()
    assert "zurücktreten" not in say.question()
    assert "zurücktreten" in say.answer()
    # A term without a sentence is asked by itself.
    assert ["der Bundesrat" in card.question() for card in term.cards()] == [True, False]
    assert "nightMode" in verb.note_type()["css"]  # type: ignore[index]


def test_text_arrives_as_text(words: tuple[StudyItem, ...], collection: Collection, tmp_path: Path) -> None:
    take_in(collection, anki_package(words, NOW), tmp_path)
    (note,) = (note for note in notes(collection).values() if "script" in note["German"])
    for name, value in note.items():
        if name == "Gap":
            continue
        bare = value.replace("<b>", "").replace("</b>", "")
        assert "<" not in bare, name
        for written in ("&lt;script&gt;", "&amp;", "&quot;1&quot;", "&#x27;quotes&#x27;", "{{German}}"):
            assert written in bare, (name, written)
    assert note["Gap"].startswith("_____alert(&quot;1")
    for card in note.cards():
        for side in (card.question(), card.answer()):
            assert "<script" not in side
            assert "\\(" not in side
        assert not sounds(card)


def sounds(card: Card) -> list[object]:
    return [*card.question_av_tags(), *card.answer_av_tags()]


def test_importing_again_updates_and_keeps_what_was_learnt(
    words: tuple[StudyItem, ...], study: StudyStore, collection: Collection, tmp_path: Path
) -> None:
    take_in(collection, anki_package(words, NOW), tmp_path)
    card = collection.get_card(collection.find_cards("resign")[0])
    card.due, card.type, card.queue, card.ivl = 12, 2, 2, 30  # type: ignore[assignment]
    collection.update_card(card)
    mine = notes(collection)["seitenblick::kind::termFederal Council"]
    mine["Note"] = "My own words in Anki."
    collection.update_note(mine)
    verb = study.edit(words[0].id, english="step down")
    # Notes in Anki are dated to the second; a learner takes longer than that.
    verb = replace(study.set_status(verb.id, "known"), updated=verb.updated + timedelta(seconds=2))
    later = (verb, *study.list()[::-1][1:])
    assert take_in(collection, anki_package(later, NOW + timedelta(days=1)), tmp_path) == {
        "new": 0, "updated": 1, "same": 2,
    }  # fmt: skip
    assert collection.note_count() == 3
    assert collection.card_count() == len(collection.find_cards(f"deck:{DECK_NAME}")) == 6
    assert [model.name for model in collection.models.all_names_and_ids()].count("Seitenblick") == 1
    found = notes(collection)
    assert "seitenblick::kind::wordresign" not in found
    assert "seitenblick::status::known" in found["seitenblick::kind::wordstep down"].tags
    assert found["seitenblick::kind::termFederal Council"]["Note"] == "My own words in Anki."
    assert collection.get_card(card.id).ivl == 30


def test_an_item_saved_anew_is_the_same_note(
    words: tuple[StudyItem, ...], study: StudyStore, collection: Collection, tmp_path: Path
) -> None:
    take_in(collection, anki_package(words, NOW), tmp_path)
    study.delete(words[1].id)
    again = study.add(kind="term", key="bundesrat-de", german="der Bundesrat", english="Bundesrat")
    assert again.id not in {item.id for item in words}
    take_in(collection, anki_package([replace(again, updated=NOW + timedelta(days=9))], NOW), tmp_path)
    assert collection.note_count() == 3
    assert "seitenblick::kind::termBundesrat" in notes(collection)


def test_nothing_is_left_among_temporary_files(
    words: tuple[StudyItem, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with zipfile.ZipFile(io.BytesIO(anki_package(words, NOW))) as package:
        assert package.namelist() == ["collection.anki2", "media"]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_the_table(words: tuple[StudyItem, ...], study: StudyStore) -> None:
    study.add(kind="word", key="gleich|other", german="=2+3", english="@SUM(A1)", note="-")
    file = export_items(study, "csv", NOW)
    assert file.count == 4
    assert file.content.startswith(b"\xef\xbb\xbfgerman,english,")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0] | {"created": ""} == {
        "german": "zurücktreten", "english": "resign", "note": "trat zurück, ist zurückgetreten",
        "sentence": "Die Ministerin tritt heute zurück.", "sentence_english": "The minister resigns today.",
        "form": "tritt … zurück", "kind": "word", "pos": "verb", "status": "learning",
        "source": "Krise in Berlin", "sentence_number": "4", "created": "", "due": "",
    }  # fmt: skip
    assert rows[1]["note"].split("\n")[1] == "Not the Swiss government."
    assert rows[2]["german"] == NASTY
    assert (rows[3]["german"], rows[3]["english"], rows[3]["note"]) == ("'=2+3", "'@SUM(A1)", "-")


@pytest.mark.parametrize(
    ("status", "kind", "count"), [(None, None, 3), ("known", None, 1), (None, "word", 2), ("new", "word", 0)]
)
def test_a_part_is_chosen(
    words: tuple[StudyItem, ...], client: FlaskClient, status: str | None, kind: str | None, count: int
) -> None:
    query = {"format": "csv", "status": status or "", "kind": kind or ""}
    answer = client.get("/api/study/export", query_string=query)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=seitenblick-words.csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))
    assert len(rows) == count
    assert all(row["status"] == status for row in rows if status)
    page = client.get("/study/export/file", query_string=query)
    assert page.get_data() == answer.get_data()


def test_the_command_writes_files(
    words: tuple[StudyItem, ...], settings: Settings, collection: Collection, tmp_path: Path
) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SEITENBLICK_")}
    environment = {**kept, "SEITENBLICK_HOME": str(settings.home), "PYTHONPATH": str(Path.cwd())}

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "webapp.cli", "study", "export", *words],
            capture_output=True, env=environment, timeout=120, cwd=tmp_path,
        )  # fmt: skip

    done = run()
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == "Wrote 3 saved words to seitenblick.apkg.\n"
    assert take_in(collection, (tmp_path / "seitenblick.apkg").read_bytes(), tmp_path)["new"] == 3
    table = run("-f", "csv", "--status", "learning", "--kind", "word", "-o", "-")
    assert table.stdout.decode("utf-8-sig").count("\r\n") == 2
    assert table.stderr == b""
    refused = run("-o", "no/such/folder.apkg")
    assert refused.returncode == 1
    assert b"cannot be written (No such file or directory). Name another file" in refused.stderr
