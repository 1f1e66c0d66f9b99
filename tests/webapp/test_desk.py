"""The background translation: reading order, cancelling, going on, never twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from models.packages import PackageError, PackageStore
from models.translation import Translation, TranslationOptions, Translator, never
from tests.conftest import GERMAN
from webapp.desk import Desk
from webapp.importers import take_in
from webapp.library import Database, Library
from webapp.pipeline import save

Wait = Callable[[Callable[[], bool]], None]


class WatchedTranslator(Translator):
    """The real translator, which also notes what it was asked for and can be held back."""

    def __init__(self, folder: Path) -> None:
        super().__init__(PackageStore(folder).embedded(), TranslationOptions(beam=1))
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def translate(
        self,
        texts: Sequence[str],
        cancelled: Callable[[], bool] = never,
        surnames: frozenset[str] = frozenset(),
    ) -> Iterator[tuple[int, Translation]]:
        self.asked += texts
        for item in super().translate(texts, cancelled, surnames):
            yield item
            self.gate.wait(30)


@pytest.fixture
def translator(packages: Path) -> WatchedTranslator:
    return WatchedTranslator(packages)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = Database(f"sqlite:///{tmp_path / 'library.sqlite3'}")
    yield Library(database)
    database.close()


@pytest.fixture
def desk(library: Library, translator: WatchedTranslator) -> Iterator[Desk]:
    desk = Desk(library, lambda: translator)
    yield desk
    translator.gate.set()
    desk.stop()


def long_text(sentences: int) -> str:
    return " ".join(f"Der Ausschuss berät am Tag {n} über den Haushalt." for n in range(sentences))


def add(library: Library, text: str = GERMAN) -> str:
    return save(take_in(text), library, "none")


def hold_after_first(
    library: Library, desk: Desk, reading_id: str, translator: WatchedTranslator, wait_until: Wait
) -> None:
    """Start a reading and hold the model back as soon as a sentence of it is saved."""
    translator.gate.clear()
    desk.start(reading_id)
    wait_until(lambda: bool(library.done_from(reading_id, 0)))


def test_every_sentence_gets_english(library: Library, desk: Desk, wait_until: Wait) -> None:
    reading_id = add(library)
    desk.start(reading_id)
    wait_until(lambda: library.state(reading_id) == "done")
    assert all(s.translation and s.translation.english for s in library.get(reading_id).segments)
    assert not desk.active(reading_id)


def test_nothing_is_translated_twice(
    library: Library, desk: Desk, translator: WatchedTranslator, wait_until: Wait
) -> None:
    first = add(library)
    desk.start(first)
    wait_until(lambda: library.state(first) == "done")
    before = len(translator.asked)
    second = add(library, GERMAN + " Ein neuer Satz.")
    desk.start(second)
    wait_until(lambda: library.state(second) == "done")
    assert translator.asked[before:] == ["Ein neuer Satz."]


def test_a_name_given_in_full_is_known_in_the_whole_text(
    library: Library, desk: Desk, wait_until: Wait
) -> None:
    alone = add(library, "Lang will das Gesetz ändern.")
    desk.start(alone)
    wait_until(lambda: library.state(alone) == "done")
    [segment] = library.get(alone).segments
    assert segment.translation
    assert "Lang" not in segment.translation.english, "the model must need the help that is tested here"
    text = "Lang will das Gesetz bald ändern. Das sagte Ricarda Lang am Montag."
    reading_id = add(library, text)
    desk.start(reading_id)
    wait_until(lambda: library.state(reading_id) == "done")
    first = library.get(reading_id).segments[0].translation
    assert first
    assert "Lang" in first.english.split()


def test_cancel_keeps_what_is_done_and_start_goes_on(
    library: Library, desk: Desk, translator: WatchedTranslator, wait_until: Wait
) -> None:
    reading_id = add(library, long_text(120))
    hold_after_first(library, desk, reading_id, translator, wait_until)
    assert desk.cancel(reading_id)
    translator.gate.set()
    wait_until(lambda: library.state(reading_id) == "cancelled")
    done = len(library.done_from(reading_id, 0))
    assert 1 <= done < 120
    desk.start(reading_id)
    wait_until(lambda: library.state(reading_id) == "done")
    assert len(library.done_from(reading_id, 0, 500)) == 120
    assert not desk.cancel(reading_id)


def test_start_right_after_cancel_goes_on(
    library: Library, desk: Desk, translator: WatchedTranslator, wait_until: Wait
) -> None:
    reading_id = add(library, long_text(60))
    hold_after_first(library, desk, reading_id, translator, wait_until)
    desk.cancel(reading_id)
    desk.start(reading_id)
    translator.gate.set()
    wait_until(lambda: not desk.active(reading_id))
    assert library.state(reading_id) == "done"


def test_stopping_the_program_leaves_the_reading_to_go_on(
    library: Library, translator: WatchedTranslator, wait_until: Wait
) -> None:
    reading_id = add(library, long_text(120))
    translator.gate.clear()
    first = Desk(library, lambda: translator)
    first.start(reading_id)
    wait_until(lambda: bool(library.done_from(reading_id, 0)))
    threading.Timer(0.2, translator.gate.set).start()
    first.stop()
    assert library.unfinished() == (reading_id,)
    second = Desk(library, lambda: translator)
    second.start(reading_id)
    wait_until(lambda: library.state(reading_id) == "done")
    second.stop()


def test_the_newest_reading_goes_first(
    library: Library, desk: Desk, translator: WatchedTranslator, wait_until: Wait
) -> None:
    long, short = add(library, long_text(200)), add(library)
    hold_after_first(library, desk, long, translator, wait_until)
    desk.start(short)
    translator.gate.set()
    wait_until(lambda: library.state(short) == "done")
    assert library.state(long) == "translating"
    wait_until(lambda: library.state(long) == "done")


def test_a_model_that_does_not_load_is_told_and_does_not_end_the_desk(
    library: Library, translator: WatchedTranslator, wait_until: Wait
) -> None:
    answers = iter([PackageError("The model is broken. Install it again."), None])

    def give() -> Translator:
        problem = next(answers)
        if problem:
            raise problem
        return translator

    desk = Desk(library, give)
    reading_id = add(library)
    desk.start(reading_id)
    wait_until(lambda: desk.problem(reading_id) is not None)
    assert desk.problem(reading_id) == "The model is broken. Install it again."
    desk.start(reading_id)
    wait_until(lambda: library.state(reading_id) == "done")
    assert desk.problem(reading_id) is None
    desk.stop()


def test_a_deleted_reading_ends_quietly(
    library: Library, desk: Desk, translator: WatchedTranslator, wait_until: Wait
) -> None:
    reading_id = add(library, long_text(60))
    hold_after_first(library, desk, reading_id, translator, wait_until)
    desk.cancel(reading_id)
    library.delete(reading_id)
    translator.gate.set()
    wait_until(lambda: not desk.active(reading_id))
    assert library.list() == ()
