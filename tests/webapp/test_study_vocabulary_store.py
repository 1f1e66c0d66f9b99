"""The vocabulary on a real SQLite file: saving, finding, scheduling; libraries from before there was one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from models.segmentation import segment
from webapp.importers import take_in
from webapp.library import Database, Library
from webapp.library.tables import Base
from webapp.study.items import Draft, coarse, word_key
from webapp.study.store import NoSuchItem, StudyStore

SENTENCE = "Die Regierung setzt das Gesetz durch."
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'library.sqlite3'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> StudyStore:
    return StudyStore(database)


def verb(**others: object) -> dict[str, object]:
    return {
        "kind": "word",
        "key": word_key("durchsetzen", "verb"),
        "german": "durchsetzen",
        "form": "setzt … durch",
        "pos": "verb",
        "english": "enforce",
        "note": "setzt durch, setzte durch, hat durchgesetzt",
        "sentence": SENTENCE,
        "sentence_english": "The government enforces the law.",
        "spans": ((14, 19), (31, 36)),
        "source": "Gesetz",
    } | others


def reading(database: Database) -> str:
    intake = take_in(SENTENCE, title="Gesetz")
    return Library(database).add(intake, segment(intake.text), "model")


def test_what_is_saved_comes_back_whole(store: StudyStore, database: Database) -> None:
    reading_id = reading(database)
    item = store.add(**verb(reading_id=reading_id, segment=0))
    assert store.get(item.id) == item == store.find("durchsetzen|verb")
    assert (item.german, item.status, item.reading_id, item.anchor) == (
        "durchsetzen",
        "learning",
        reading_id,
        "s1",
    )
    assert [item.sentence[a:b] for a, b in item.spans] == ["setzt", "durch"]
    assert item.card is None
    assert item.due is None
    assert store.find("nichts|noun") is None


def test_a_word_is_saved_once_and_gets_a_sentence_if_it_had_none(store: StudyStore) -> None:
    bare = {"kind": "word", "key": "Gesetz|noun", "german": "das Gesetz", "english": "law", "status": "known"}
    first = store.save(Draft(**bare))  # type: ignore[arg-type]
    assert first.outcome == "added"
    again = Draft(**bare | {"english": "statute", "sentence": SENTENCE, "spans": ((24, 30),)})  # type: ignore[arg-type]
    second = store.save(again)
    assert second.outcome == "sentence"
    assert (second.item.id, second.item.english, second.item.status) == (first.item.id, "law", "known")
    assert second.item.sentence == SENTENCE
    third = store.save(Draft(**bare | {"sentence": "Das Gesetz gilt."}))  # type: ignore[arg-type]
    assert third.outcome == "there"
    assert third.item == second.item
    assert len(store.list()) == 1


def test_two_requests_at_once_save_one_word(store: StudyStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda _: store.add(**verb()), range(24)))
    assert len({item.id for item in saved}) == 1
    assert len(store.list()) == 1


def test_the_list_is_filtered_and_searched(store: StudyStore) -> None:
    store.add(**verb())
    store.add(kind="word", key="Währung|noun", german="die Währung", english="currency", status="known")
    store.add(kind="term", key="bundestag", german="der Bundestag", english="Bundestag", status="new")

    def keys(**wanted: object) -> list[str]:
        return [item.key for item in store.list(**wanted)]  # type: ignore[arg-type]

    assert keys() == ["bundestag", "Währung|noun", "durchsetzen|verb"]
    assert keys(status="known") == ["Währung|noun"]
    assert keys(kind="term") == ["bundestag"]
    assert keys(query="WAEHRUNG curr") == ["Währung|noun"]
    assert keys(query="setzte") == ["durchsetzen|verb"]
    assert keys(query="100%") == []
    assert store.statuses() == {"durchsetzen|verb": "learning", "Währung|noun": "known", "bundestag": "new"}


def test_an_item_is_changed_and_deleted(store: StudyStore) -> None:
    item = store.add(**verb())
    assert store.edit(item.id, english="push through").english == "push through"
    assert store.edit(item.id, note="").english == "push through"
    assert [found.id for found in store.list(query="push")] == [item.id]
    assert store.list(query="enforce") == ()
    assert store.set_status(item.id, "known").status == "known"
    store.record(item.id, "{}", NOON, 3, NOON)
    store.delete(item.id)
    assert store.list() == ()
    assert store.reviews() == ()
    assert store.add(**verb()).id > item.id, "an id must not be given twice: exports know items by it"
    for act in (store.get, store.delete, lambda number: store.set_status(number, "new")):
        with pytest.raises(NoSuchItem, match="no saved word"):
            act(item.id)


def test_what_is_due_comes_oldest_first(store: StudyStore) -> None:
    items = {name: store.add(kind="word", key=f"{name}|noun", german=name) for name in "abcde"}
    for name, hours in (("a", -1), ("b", -5), ("c", 1)):
        store.record(items[name].id, "{}", NOON + timedelta(hours=hours), 3, NOON - timedelta(days=1))
    store.set_status(items["e"].id, "new")
    assert [item.german for item in store.due(NOON)] == ["b", "a", "d"]
    assert [item.german for item in store.due(NOON + timedelta(hours=1))] == ["b", "a", "c", "d"]
    store.set_status(items["b"].id, "known")
    assert [item.german for item in store.due(NOON)] == ["a", "d"]


def test_an_answer_is_logged_and_can_be_taken_back(store: StudyStore) -> None:
    item = store.add(**verb(status="new"))
    first = store.record(item.id, '{"step": 1}', NOON + timedelta(days=1), 3, NOON)
    assert (first.status, first.card, first.due) == ("learning", '{"step": 1}', NOON + timedelta(days=1))
    store.record(item.id, '{"step": 2}', NOON + timedelta(days=9), 4, NOON + timedelta(days=1))
    assert [(r.rating, r.first) for r in store.reviews()] == [(3, True), (4, False)]
    assert [r.rating for r in store.reviews(NOON + timedelta(hours=1))] == [4]
    back = store.take_back()
    assert back is not None
    assert (back.card, back.due) == (first.card, first.due)
    back = store.take_back()
    assert back is not None
    assert (back.status, back.card, back.due) == ("new", None, None)
    assert store.take_back() is None


def test_an_item_outlives_its_reading(store: StudyStore, database: Database) -> None:
    reading_id = reading(database)
    item = store.add(**verb(reading_id=reading_id, segment=0))
    Library(database).delete(reading_id)
    left = store.get(item.id)
    assert left.reading_id is None
    assert (left.sentence, left.source) == (SENTENCE, "Gesetz")
    assert store.add(kind="word", key="x|noun", german="x", reading_id=reading_id).reading_id is None


def test_a_library_made_before_there_was_a_vocabulary_goes_on(url: str) -> None:
    old = [table for name, table in Base.metadata.tables.items() if not name.startswith("study_")]
    engine = create_engine(url)
    Base.metadata.create_all(engine, tables=old)
    engine.dispose()
    database = Database(url)
    reading_id = reading(database)
    database.close()
    engine = create_engine(url)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name.startswith("study_"):
            table.drop(engine)
    assert "study_items" not in inspect(engine).get_table_names()
    engine.dispose()
    database = Database(url)
    item = StudyStore(database).add(**verb(reading_id=reading_id, segment=0))
    assert StudyStore(database).get(item.id).reading_id == reading_id
    assert Library(database).get(reading_id).text == SENTENCE
    database.close()


def test_words_are_told_apart_by_coarse_part_of_speech() -> None:
    assert word_key("Grüne", "name") == word_key("Grüne", "noun")
    assert word_key("schnell", "adverb") == word_key("schnell", "adjective")
    assert word_key("Sein", "noun") != word_key("Sein", "verb")
    assert coarse("preposition") == "other"
