"""The vocabulary on a real PostgreSQL server, which orders NULLs and gives ids in its own way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.webapp.test_postgresql import database_url  # noqa: F401  (a fixture)
from webapp.library import Database, Library
from webapp.library.tables import ReadingRow
from webapp.study.store import StudyStore

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_vocabulary_lives_on_postgresql(database_url: str) -> None:  # noqa: F811
    database = Database(database_url)
    store = StudyStore(database)
    with database.session() as session:
        session.add(
            ReadingRow(
                id="abcdefghij",
                title="Etat",
                text="Der Etat.",
                search="etat",
                text_hash="0" * 64,
                language="de",
                notices=[],
                state="done",
                signature="model",
                total=0,
                created=NOON,
                updated=NOON,
            )
        )
    never = store.add(
        kind="word", key="Etat|noun", german="der Etat", spans=((4, 8),), reading_id="abcdefghij"
    )
    later = store.add(kind="word", key="Währung|noun", german="die Währung")
    store.record(later.id, "{}", NOON - timedelta(days=1), 3, NOON - timedelta(days=2))
    assert [item.german for item in store.due(NOON)] == ["die Währung", "der Etat"]
    assert [item.german for item in store.list(query="waehr")] == ["die Währung"]
    assert store.get(never.id).spans == ((4, 8),)
    Library(database).delete("abcdefghij")
    assert store.get(never.id).reading_id is None
    store.delete(later.id)
    assert store.reviews() == ()
    assert store.statuses() == {"Etat|noun": "learning"}
    database.close()
