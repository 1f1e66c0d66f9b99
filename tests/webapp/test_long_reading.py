"""Very long readings: what a page and a stream ask of the database and of the glossary."""

from __future__ import annotations

import cProfile
import json
import pstats
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.long_reading import long_reading, save_translated
from webapp.library.enforced import SavedEnforcement
from webapp.library.tables import TranslationRow
from webapp.services import Services
from webapp.streaming import follow
from webapp.text_tools import in_chunks


def wishing(sentences: int) -> list[tuple[str, str]]:
    """Sentences in each of which the glossary misses its word."""
    return [(f"Der Bundesrat tagt am Tag {n}.", f"They meet on day {n}.") for n in range(sentences)]


@contextmanager
def translations_read() -> Iterator[list[str]]:
    """The translations that are loaded from the database meanwhile, by the hash of their German."""
    found: list[str] = []

    def loaded(row: TranslationRow, _: Any) -> None:
        found.append(row.german_hash)

    event.listen(TranslationRow, "load", loaded)
    try:
        yield found
    finally:
        event.remove(TranslationRow, "load", loaded)


def calls(work: Callable[[], object], module: str, function: str) -> int:
    """How often a function of a module is called while something is done."""
    with cProfile.Profile() as profile:
        work()
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    return sum(
        found[1] for (file, _, name), found in stats.items() if file.endswith(module) and name == function
    )


def test_a_page_shown_again_judges_nothing_again(client: FlaskClient, services: Services) -> None:
    reading = long_reading(services, 150)
    page = f"/readings/{reading}"
    # So the benchmark's reading is what it says: translated throughout, with nothing left to the model.
    text = client.get(page).text
    assert text.count('class="segment"') == 150
    assert "150 of 150 sentences" in text
    assert 'data-active="no"' in text
    assert not services.desk.active(reading)
    assert calls(lambda: client.get(page), "verdicts.py", "judge_all") == 0
    assert calls(lambda: client.get(page), "wanted.py", "wanted") == 0
    services.forget_terms()
    assert calls(lambda: client.get(page), "verdicts.py", "judge_all") > 50, "nothing was counted"
    with translations_read() as found:
        client.get(page)
    assert len(found) == 150


def test_a_long_page_is_sent_while_it_is_drawn_up(client: FlaskClient, services: Services) -> None:
    reading = long_reading(services, 150)
    answer = client.get(f"/readings/{reading}")
    chunks = [chunk.decode() for chunk in answer.iter_encoded()]
    assert len(chunks) > 3, "150 rows are more than one piece"
    assert min(map(len, chunks[:-1])) > 50_000, "the template's own pieces are too small to be sent alone"
    assert 'id="s1"' in chunks[0]
    assert "</html>" in chunks[-1]
    assert "".join(chunks).count('class="segment"') == 150


def test_a_page_that_cannot_begin_says_why(client: FlaskClient, services: Services) -> None:
    reading = save_translated(services, wishing(3))
    # What the page asks for first of all, while it is being drawn up.
    with sqlite3.connect(services.settings.home / "library.sqlite3") as library:
        library.execute("DROP TABLE reading_progress")
    answer = client.get(f"/readings/{reading}")
    assert answer.status_code == 503
    assert "</html>" in answer.text


@pytest.mark.parametrize(
    ("pieces", "chunks"),
    [
        ([], [""]),
        (["ab", "c"], ["abc"]),
        (["abc", "d", "ef", "g"], ["abcd", "efg"]),
        (["abcd"], ["abcd", ""]),
    ],
)
def test_small_pieces_are_put_together(pieces: list[str], chunks: list[str]) -> None:
    assert list(in_chunks(pieces, 4)) == chunks


def open_wishes(services: Services, reading: str) -> list[tuple[str, SavedEnforcement]]:
    """What would be saved for each sentence if the glossary's word could not be had."""
    return [
        (item.german, SavedEnforcement(wishes.key, None, (), {}))
        for item in services.library.get(reading).segments
        if item.translation and (wishes := services.terms.wishes(item.translation))
    ]


def test_what_was_enforced_later_is_sent_without_reading_the_rest_again(services: Services) -> None:
    reading = save_translated(services, wishing(60), enforced=False)
    library, signature = services.library, services.translator().signature
    tried = open_wishes(services, reading)
    assert len(tried) == 60
    library.keep_enforced(signature, tried[:30])
    events = follow(services, reading, 60)
    assert next(events).startswith("retry")
    # The page has its rows, thirty of them to be tried yet; now one of these is.
    library.keep_enforced(signature, tried[40:41])
    with translations_read() as found:
        head, data = next(events).strip().split("\n")
    assert head == "event: revised"
    assert json.loads(data.removeprefix("data: "))["index"] == 40
    assert len(found) == 1
    with translations_read() as found:
        assert "event: end" in next(events)
    assert not found, "nothing had changed any more"


def test_a_sentence_enforced_while_the_stream_sends_rows_is_not_missed(services: Services) -> None:
    reading = save_translated(services, wishing(8), enforced=False)
    library, signature = services.library, services.translator().signature
    # All rows are new to this page; while the first of them is on its way, all are enforced.
    events = follow(services, reading, 0)
    assert next(events).startswith("retry")
    assert "event: segment" in next(events)
    library.keep_enforced(signature, open_wishes(services, reading))
    revised = [
        json.loads(each.split("data: ")[1])["index"] for each in events if each.startswith("event: revised")
    ]
    assert revised == list(range(8))
