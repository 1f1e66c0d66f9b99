"""The library on a real SQLite file: saving, searching, and what happens when the disk says no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from models.segmentation import segment
from models.translation import Hypothesis, Link, Translation
from tests.conftest import GERMAN
from webapp.importers import take_in
from webapp.library import Database, Library, LibraryError
from webapp.library.library import NoSuchReading

SIGNATURE = "test-model beam=1"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'library.sqlite3'}")
    yield database
    database.close()


@pytest.fixture
def library(database: Database) -> Library:
    return Library(database)


def add(library: Library, german: str = GERMAN, title: str = "Haushalt") -> str:
    intake = take_in(german, title=title)
    return library.add(intake, segment(intake.text), SIGNATURE)


def translation(german: str) -> Translation:
    return Translation(german, (Hypothesis(f"EN {german}", -0.5),), (Link((0, 3), (0, 2), 0.75),), None)


def test_a_reading_comes_back_as_it_was_saved(library: Library) -> None:
    reading_id = add(library)
    saved = library.get(reading_id)
    assert (saved.title, saved.text, saved.state, saved.language) == ("Haushalt", GERMAN, "waiting", "de")
    assert [s.index for s in saved.segments] == list(range(len(saved.segments)))
    assert [s.paragraph for s in saved.segments] == [0, 0, 1, 1]
    assert all(s.translation is None for s in saved.segments)
    assert saved.segments[0].german == "Der Bundestag hat das Gesetz beschlossen."
    assert GERMAN[saved.segments[3].start : saved.segments[3].end] == saved.segments[3].german


def test_translations_are_kept_and_shared_between_readings(library: Library) -> None:
    first = add(library)
    sentence = library.get(first).segments[1].german
    library.keep(SIGNATURE, [(sentence, translation(sentence))])
    second = add(library, f"Ein anderer Text. {sentence}", "Anderer")
    found = library.get(second).segments[1].translation
    assert found == translation(sentence)
    assert library.missing(second) == (SIGNATURE, ("Ein anderer Text.",))
    library.set_state(second, "waiting", "another-model")
    assert len(library.missing(second)[1]) == 2


def test_done_from_stops_at_the_first_gap(library: Library) -> None:
    reading_id = add(library)
    sentences = [s.german for s in library.get(reading_id).segments]
    library.keep(SIGNATURE, [(s, translation(s)) for s in (sentences[0], sentences[1], sentences[3])])
    assert [s.index for s in library.done_from(reading_id, 0)] == [0, 1]
    assert [s.index for s in library.done_from(reading_id, 3)] == [3]
    assert library.list()[0].done == 3


def test_failed_sentences_are_tried_again(library: Library) -> None:
    reading_id = add(library)
    sentence = library.get(reading_id).segments[0].german
    library.keep(SIGNATURE, [(sentence, Translation(sentence, (), (), "no usable English"))])
    assert sentence not in library.missing(reading_id)[1]
    library.forget_problems(reading_id)
    assert sentence in library.missing(reading_id)[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Währung", "Haushalt"]),
        ("bundesrat", ["Haushalt"]),
        ("Waehrung", ["Währung"]),
        ("WÄHRUNG stabil", ["Währung"]),
        ("100%", []),
        ("nirgends", []),
    ],
)
def test_search_folds_case_and_umlauts(library: Library, query: str, found: list[str]) -> None:
    add(library)
    add(library, "Der Kurs bleibt stabil.", "Währung")
    assert [r.title for r in library.list(query)] == found


def test_rename_and_delete(library: Library) -> None:
    reading_id = add(library)
    assert library.rename(reading_id, " Neuer\nName ") == "Neuer Name"
    assert [r.title for r in library.list("neuer")] == ["Neuer Name"]
    with pytest.raises(ValueError, match="at least one"):
        library.rename(reading_id, " \n")
    library.delete(reading_id)
    assert library.list() == ()
    for action in (library.get, library.delete, library.state):
        with pytest.raises(NoSuchReading):
            action(reading_id)


def test_the_same_text_is_found(library: Library) -> None:
    reading_id = add(library)
    assert library.find_same(GERMAN) == reading_id
    assert library.find_same(GERMAN + " ") is None


def test_a_full_disk_is_told_and_loses_nothing(library: Library, database: Database) -> None:
    reading_id = add(library)
    with database.session() as session:
        engine = session.get_bind()

    def little_room(connection: object, *_: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + 1}")
        cursor.close()

    engine.dispose()  # type: ignore[union-attr]
    event.listen(engine, "connect", little_room)
    with pytest.raises(LibraryError, match="disk is full"):
        add(library, "Ein sehr langer Satz über den Haushalt. " * 2_000, "Zu groß")
    assert [r.id for r in library.list()] == [reading_id]
    assert library.get(reading_id).text == GERMAN


def test_a_read_only_library_can_be_read_and_says_so(library: Library, tmp_path: Path) -> None:
    reading_id = add(library)
    locked = Library(Database(f"sqlite:///file:{tmp_path / 'deep' / 'library.sqlite3'}?mode=ro&uri=true"))
    assert locked.get(reading_id).title == "Haushalt"
    with pytest.raises(LibraryError, match="cannot be written"):
        locked.rename(reading_id, "Anders")
    assert library.get(reading_id).title == "Haushalt"


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryError, match="damaged"):
        Library(Database(f"sqlite:///{tmp_path / 'broken.sqlite3'}")).list()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="SEITENBLICK_HOME"):
        Library(Database(f"sqlite:///{tmp_path / 'file' / 'library.sqlite3'}")).list()


def test_a_library_of_another_version_is_left_alone(
    library: Library, database: Database, tmp_path: Path
) -> None:
    add(library)
    with database.session() as session:
        session.execute(text("UPDATE meta SET value = '99' WHERE key = 'schema'"))
    other = Library(Database(f"sqlite:///{tmp_path / 'deep' / 'library.sqlite3'}"))
    with pytest.raises(LibraryError, match="schema 99"):
        other.list()


def test_an_unusable_url_is_told() -> None:
    with pytest.raises(LibraryError, match="SEITENBLICK_DATABASE_URL"):
        Library(Database("nonsense")).list()
