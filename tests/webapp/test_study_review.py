"""The review over days, with a clock of the test's own: the queue, its pages without script, its API."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from tests.webapp import test_postgresql
from webapp.library import Database
from webapp.services import Services
from webapp.settings import Settings, SettingsError
from webapp.study.items import StudyItem
from webapp.study.review_queue import ReviewQueue, StaleAnswer, version
from webapp.study.scheduling import Schedule
from webapp.study.store import NoSuchItem, StudyStore

BERLIN = ZoneInfo("Europe/Berlin")
postgresql_url = test_postgresql.database_url


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 19, tzinfo=BERLIN)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'library.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def study(database: Database) -> StudyStore:
    return StudyStore(database)


@pytest.fixture
def queue(database: Database, study: StudyStore, clock: Clock) -> ReviewQueue:
    return ReviewQueue(database, study, Schedule(zone=BERLIN), 2, clock)


def save(study: StudyStore, german: str, **fields: Any) -> StudyItem:
    return study.add(kind="word", key=f"{german}|noun", german=german, english=german.lower(), **fields)


def asked(queue: ReviewQueue) -> str:
    item = queue.today().item
    return item.german if item else ""


def test_new_words_are_learnt_step_by_step_and_come_back_another_day(
    queue: ReviewQueue, study: StudyStore, clock: Clock
) -> None:
    word = save(study, "Haushalt", status="new")
    today = queue.today()
    assert (today.left, today.due, today.fresh, today.waiting) == (1, 0, 1, 0)
    outcome = queue.answer(word.id, 3)
    assert outcome.wait == timedelta(minutes=10)
    saved = study.get(word.id)
    assert (saved.status, saved.due, saved.card) == ("learning", outcome.due, outcome.card)
    # Nothing else is to do: it is asked before its ten minutes are over, and still counts for today.
    assert asked(queue) == "Haushalt"
    assert queue.today().left == 1
    outcome = queue.answer(word.id, 3)
    assert not outcome.steps
    today = queue.today()
    assert (today.item, today.left, today.next_due, today.next_count) == (None, 0, outcome.due, 1)
    assert today.done == 2
    clock.now = outcome.due - timedelta(minutes=1)
    assert asked(queue) == ""
    clock.pass_by(minutes=1)
    assert asked(queue) == "Haushalt"
    assert queue.today().next_due is None
    assert [(r.item_id, r.rating, r.first) for r in study.reviews()] == [(1, 3, True), (1, 3, False)]


def test_steps_come_first_then_what_is_due_then_new_words(
    queue: ReviewQueue, study: StudyStore, clock: Clock
) -> None:
    for german in ("Alt", "Vergessen"):
        queue.answer(save(study, german).id, 4)
    clock.pass_by(days=30)
    save(study, "Neu", status="new")
    save(study, "Gelernt", status="learning")
    assert queue.today().due == 2
    assert asked(queue) == "Alt"
    queue.answer(1, 1)
    assert asked(queue) == "Vergessen"
    clock.pass_by(minutes=10)
    # The forgotten one is wanted now, before what has waited for days.
    assert asked(queue) == "Alt"
    queue.answer(1, 3)
    queue.answer(2, 3)
    assert asked(queue) == "Gelernt"
    queue.answer(4, 4)
    assert asked(queue) == "Neu"


def test_only_so_many_new_words_a_day(queue: ReviewQueue, study: StudyStore, clock: Clock) -> None:
    for n in range(5):
        save(study, f"Wort {n}", status="new")
    assert (queue.today().fresh, queue.today().waiting) == (2, 3)
    queue.answer(1, 4)
    queue.answer(2, 4)
    today = queue.today()
    assert (today.item, today.fresh, today.waiting, today.left) == (None, 0, 3, 0)
    clock.now = clock.now.replace(hour=3) + timedelta(days=1)
    assert asked(queue) == ""  # still the same day for the learner
    clock.pass_by(hours=1)
    assert asked(queue) == "Wort 2"


def test_known_words_are_not_asked_and_go_on_where_they_were(
    queue: ReviewQueue, study: StudyStore, clock: Clock
) -> None:
    word = save(study, "Haushalt")
    queue.answer(word.id, 4)
    clock.pass_by(days=30)
    study.set_status(word.id, "known")
    assert queue.today().left == 0
    assert queue.today(word.id).item is None
    with pytest.raises(StaleAnswer, match="answered already"):
        queue.answer(word.id, 3)
    study.set_status(word.id, "new")
    assert asked(queue) == "Haushalt"
    assert queue.answer(word.id, 3).wait > timedelta(days=30)
    assert study.get(word.id).status == "learning"


def test_taking_back(queue: ReviewQueue, study: StudyStore, clock: Clock) -> None:
    assert queue.take_back() is None
    word = save(study, "Haushalt", status="new")
    queue.answer(word.id, 4)
    before = study.get(word.id)
    clock.pass_by(days=20)
    queue.answer(word.id, 1)
    taken = queue.take_back()
    assert taken is not None
    assert replace(taken, updated=before.updated) == before
    assert len(study.reviews()) == 1
    # An answer of another day stands.
    assert queue.take_back() is None
    assert queue.answer(word.id, 3).wait > timedelta(days=10)
    save(study, "Zweites")
    queue.answer(2, 2)
    queue.take_back()
    queue.take_back()
    assert (study.get(1).card, study.get(2).card) == (before.card, None)


def test_an_answer_given_twice_counts_once(queue: ReviewQueue, study: StudyStore) -> None:
    word = save(study, "Haushalt")
    queue.answer(word.id, 3, version(word))
    with pytest.raises(StaleAnswer):
        queue.answer(word.id, 3, version(word))
    assert len(study.reviews()) == 1
    queue.answer(word.id, 3, version(study.get(word.id)))
    with pytest.raises(NoSuchItem):
        queue.answer(99, 3)
    with pytest.raises(ValueError, match="A rating is one of"):
        queue.answer(word.id, 7)


def test_answers_sent_at_once_count_once(queue: ReviewQueue, study: StudyStore) -> None:
    word = save(study, "Haushalt")

    def send(_: int) -> bool:
        try:
            queue.answer(word.id, 3, version(word))
        except StaleAnswer:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(16))) == 1
    assert len(study.reviews()) == 1


def test_only_a_change_of_the_item_dates_it(queue: ReviewQueue, study: StudyStore, clock: Clock) -> None:
    """Exports tell by its date whether an item was changed here; a review changes its schedule only."""
    word = save(study, "Haushalt", status="new")
    queue.answer(word.id, 4)
    assert study.get(word.id).updated == clock.now
    clock.pass_by(days=30)
    queue.answer(word.id, 3)
    assert study.get(word.id).updated == clock.now - timedelta(days=30)


def test_a_learner_over_months(queue: ReviewQueue, study: StudyStore, clock: Clock) -> None:
    """Every evening all that is asked is answered, one in ten wrongly: the work grows less and less."""
    forgets = Random(1)
    for n in range(12):
        save(study, f"Wort {n}", status="new")
    answers: list[int] = []
    for _ in range(120):
        given = 0
        while (today := queue.today()).item:
            given += 1
            queue.answer(today.item.id, 1 if forgets.random() < 0.1 else 3)
            assert given < 60, "a day without end"
            clock.pass_by(seconds=20)
        answers.append(given)
        clock.now = clock.now.replace(hour=19, minute=0) + timedelta(days=1)
    assert all(item.status == "learning" and item.card for item in study.list())
    assert sum(answers[:30]) > 12 * 3
    assert sum(answers[-60:]) < sum(answers[:30]) / 2


def test_the_review_on_postgresql(postgresql_url: str, clock: Clock) -> None:
    database = Database(postgresql_url)
    study = StudyStore(database)
    queue = ReviewQueue(database, study, Schedule(zone=BERLIN), 2, clock)
    for n in range(3):
        save(study, f"Wort {n}", status="new")
    first = queue.today().item
    assert first is not None
    queue.answer(first.id, 3, version(first))
    with pytest.raises(StaleAnswer):
        queue.answer(first.id, 3, version(first))
    assert asked(queue) == "Wort 1"
    assert queue.take_back() == replace(first, updated=study.get(first.id).updated)
    queue.answer(first.id, 4, version(first))
    today = queue.today()
    assert (today.due, today.fresh, today.waiting, today.next_count, today.done) == (0, 1, 1, 1, 1)
    assert today.next_due is not None
    clock.now = today.next_due
    assert asked(queue) == "Wort 0"
    with pytest.raises(NoSuchItem):
        study.get(2**40)
    database.close()


@pytest.mark.parametrize("value", ["0.5", "1", "nan", "viel"])
def test_a_retention_that_makes_no_sense_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match=r"STUDY_RETENTION must be (from 0.7 to 0.97|a number such as)"):
        Settings.from_environment({"SEITENBLICK_STUDY_RETENTION": value})


def test_settings_reach_the_review(settings: Settings) -> None:
    waits: list[timedelta] = []
    for retention in (0.75, 0.97):
        parts = Services(replace(settings, study_retention=retention, study_new_per_day=1))
        word = save(parts.study, f"Wort {retention}")
        assert parts.review.today().fresh == 1
        assert parts.review.today().waiting == len(waits)
        waits.append(parts.review.answer(word.id, 4).wait)
        parts.review.take_back()
        parts.close()
    assert waits[0] > 2 * waits[1]


@pytest.fixture
def ministerin(services: Services) -> StudyItem:
    return services.study.add(
        kind="word", key="zurücktreten|verb", german="zurücktreten", form="tritt … zurück", pos="verb",
        english="resign", note="trat zurück", status="new", sentence="Die Ministerin tritt <heute> zurück.",
        sentence_english="The minister resigns <today>.", spans=((15, 20), (29, 35)), source="Krise & Ende",
        segment=3,
    )  # fmt: skip


def main_of(page: str) -> str:
    """The text of a page's main part, the answer left out if it is hidden."""
    found = re.search(r"<main.*</main>", page, re.S)
    assert found
    text = re.sub(r'<div id="answered" hidden>.*?</form>\s*</div>', "", found[0], flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def test_the_review_without_script(client: FlaskClient, services: Services, ministerin: StudyItem) -> None:
    way = re.search(r'<a href="(/study/review)">(.*?)</a>', client.get("/study/vocabulary").text)
    assert way
    assert way[2] == "Review (1 left today)"
    page = client.get(way[1]).text
    assert "1 left today, new" in main_of(page)
    assert "Die Ministerin <mark>tritt</mark> &lt;heute&gt; <mark>zurück</mark>." in page
    assert "resign" not in main_of(page)
    shown = client.get(f"/study/review?item={ministerin.id}&shown={ministerin.id}").text
    for text in (
        "zurücktreten",
        "resign",
        "trat zurück",
        "The minister resigns &lt;today&gt;.",
        "Krise &amp; Ende",
    ):
        assert text in main_of(shown)
    assert re.findall(r'<span class="wait">(.*?)</span>', shown)[:3] == ["1 min", "6 min", "10 min"]
    form = {"rating": "3", "version": re.search(r'name="version" value="(.*?)"', shown)[1]}  # type: ignore[index]
    for _ in range(2):  # the second time as if sent twice
        assert client.post(f"/study/review/{ministerin.id}", data=form).status_code == 303
    assert [review.rating for review in services.study.reviews()] == [3]
    assert "nothing was changed" in client.get("/study/review?stale=1").text
    undone = client.post("/study/review/undo", follow_redirects=True)
    assert "The last rating is taken back" in undone.text
    assert services.study.get(ministerin.id).card is None
    client.post(f"/study/review/{ministerin.id}", data={"rating": "4"})
    done = main_of(client.get("/study/review").text)
    assert "Done for today You gave 1 answer. The next word comes back on " in done
    assert client.post(f"/study/review/{ministerin.id}", data={"rating": "5"}).status_code == 400
    assert client.post("/study/review/77", data={"rating": "3"}).status_code == 404


def test_the_front_can_be_english_and_that_is_remembered(client: FlaskClient, ministerin: StudyItem) -> None:
    page = client.post("/study/review/asks", data={"asks": "say", "item": "1"}, follow_redirects=True).text
    front = main_of(page)
    assert "Which German word is missing? Die Ministerin blank &lt;heute&gt; blank. The minister" in front
    assert "tritt" not in front
    assert "Which German word is missing?" in main_of(client.get("/study/review").text)
    assert client.post("/study/review/asks", data={"asks": "all"}).status_code == 400


def test_known_for_good_and_back(client: FlaskClient, services: Services, ministerin: StudyItem) -> None:
    page = client.post(f"/study/review/{ministerin.id}/known", follow_redirects=True).text
    assert "counts as known now" in page
    assert services.study.get(ministerin.id).status == "known"
    back = re.search(r'action="(/study/review/\d+/ask)">.*?name="before" value="(\w+)"', page, re.S)
    assert back
    page = client.post(back[1], data={"before": back[2]}, follow_redirects=True).text
    assert services.study.get(ministerin.id).status == "new"
    assert "Die Ministerin" in main_of(page)


def test_words_without_sentence_or_english_are_asked_by_themselves(
    client: FlaskClient, services: Services
) -> None:
    services.study.add(kind="term", key="bundesrat-de", german="der Bundesrat", english="Federal Council")
    assert "What does this mean? der Bundesrat" in main_of(client.get("/study/review").text)
    client.post("/study/review/asks", data={"asks": "say"})
    assert "What is this in German? Federal Council" in main_of(client.get("/study/review").text)
    services.study.edit(1, english="")
    assert "What does this mean? der Bundesrat" in main_of(client.get("/study/review").text)


def test_the_api(client: FlaskClient, ministerin: StudyItem) -> None:
    now = client.get("/api/study/review").get_json()
    assert (now["left"], now["new"], now["due"], now["done"]) == (1, 1, 0, 0)
    assert now["item"]["spans"] == [[15, 20], [29, 35]]
    assert [(r["rating"], r["label"]) for r in now["ratings"]] == [
        (1, "Again"), (2, "Hard"), (3, "Good"), (4, "Easy"),
    ]  # fmt: skip
    address, seen = f"/api/study/review/{ministerin.id}", now["item"]["version"]
    after = client.post(address, json={"rating": 4, "version": seen}).get_json()
    assert (after["left"], after["item"], after["next_count"]) == (0, None, 1)
    assert after["next_due"] == now["ratings"][3]["due"]
    again = client.post(address, json={"rating": 4, "version": seen})
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "already-answered")
    back = client.delete("/api/study/review/last").get_json()
    assert back["item"] | {"updated": ""} == now["item"] | {"updated": ""}
    nothing = client.delete("/api/study/review/last")
    assert (nothing.status_code, nothing.get_json()["error"]["code"]) == (404, "not-found")
    for body in ({"rating": 0}, {"rating": True}, {"rating": "3"}, {}, {"rating": 3, "version": 1}):
        assert client.post(address, json=body).status_code == 400, body
    assert client.post("/api/study/review/9", json={"rating": 3}).status_code == 404
    for query in ("format=pdf", "status=old", "kind=verb"):
        assert client.get(f"/api/study/export?{query}").status_code == 400, query


def test_from_a_reading_to_the_review(
    client: FlaskClient, services: Services, wait_until: Callable[[Callable[[], bool]], None]
) -> None:
    german = "Der Bundestag stimmte gestern dem Haushalt zu."
    reading = client.post("/api/readings", json={"text": german, "title": "Haushalt"}).get_json()["id"]
    wait_until(lambda: services.library.state(reading) == "done")
    body = {"reading": reading, "segment": 0, "at": german.index("stimmte"), "status": "new"}
    item = client.post("/api/study/items", json=body).get_json()
    page = client.get("/study/review").text
    assert "Der Bundestag <mark>stimmte</mark> gestern dem Haushalt <mark>zu</mark>." in page
    shown = client.get(f"/study/review?item={item['id']}&shown={item['id']}").text
    assert "zustimmen" in main_of(shown)
    assert item["sentence_english"] in html.unescape(main_of(shown))
    assert f'href="/readings/{reading}#s1"' in shown
    table = client.get("/api/study/export?format=csv").get_data(as_text=True)
    assert german in table
    services.library.delete(reading)
    without = client.get(f"/study/review?item={item['id']}&shown={item['id']}").text
    assert "/readings/" not in without
    assert "From Haushalt" in main_of(without)


def test_the_day_of_now_is_this_computers() -> None:
    now = datetime.now(UTC)
    assert timedelta() <= now - Schedule().day_of(now) < timedelta(hours=25)
