"""The translation desk: one background worker that translates readings while people read them.

What is done is saved sentence by sentence, so leaving the page, losing the connection or stopping the
program loses nothing. The newest reading asked for goes first; the others go on afterwards.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.packages import PackageError
from models.translation import Translation, Translator, surnames_in
from webapp.enforcement import enforce_all
from webapp.library.database import LibraryError
from webapp.library.library import Library, NoSuchReading, SavedSegment

if TYPE_CHECKING:
    from webapp.pipeline import TermLookup

_log = logging.getLogger(__name__)

_SAVE_EVERY_S = 0.2
_SAVE_AT_MOST = 32
# Sentences at a time of those that had English before their wishes were known.
_CATCH_UP = 16


@dataclass(slots=True)
class _Job:
    reading_id: str
    cancelled: threading.Event = field(default_factory=threading.Event)
    signature: str = ""
    translator: Translator | None = None
    sentences: tuple[str, ...] = ()
    results: Iterator[tuple[int, Translation]] | None = None
    surnames: frozenset[str] = frozenset()
    unsaved: list[tuple[str, Translation]] = field(default_factory=list)
    shown: bool = False
    """Whether anything has been saved yet."""
    first: list[Translation] = field(default_factory=list)
    """What was saved first, at once: its words are enforced with the next batch."""
    unenforced: list[Translation] = field(default_factory=list)
    """Translated before the job, perhaps with another glossary: their words are enforced at the end."""
    saved_at: float = 0.0


class Desk:
    """Translates readings in the background, one thread for all of them."""

    def __init__(
        self,
        library: Library,
        translator: Callable[[], Translator],
        terms: Callable[[], TermLookup] | None = None,
    ) -> None:
        """Set up the desk; the thread starts with the first reading.

        Args:
            library: where readings are taken from and translations saved to.
            translator: gives the translator in force; called for each reading as it starts.
            terms: gives the glossary in force; without it no words are enforced.

        """
        self._terms = terms
        self._library = library
        self._translator = translator
        self._jobs: dict[str, _Job] = {}
        self._problems: dict[str, str] = {}
        self._ticks: dict[str, int] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopping = False

    def start(self, reading_id: str, *, first: bool = True) -> None:
        """Ask for a reading to be translated; harmless if it is under way or done.

        Args:
            reading_id: the reading.
            first: before the others that wait (somebody is looking at it), or after them.

        """
        with self._changed:
            job = self._jobs.pop(reading_id, None)
            if job is None or job.cancelled.is_set():
                job = _Job(reading_id)
            self._problems.pop(reading_id, None)
            if first:
                self._jobs[reading_id] = job
            else:
                self._jobs = {reading_id: job, **self._jobs}
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="translation-desk", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def cancel(self, reading_id: str) -> bool:
        """Stop a reading's translation; what is done stays. False if it was not under way."""
        with self._changed:
            job = self._jobs.get(reading_id)
            if job is None:
                return False
            job.cancelled.set()
            self._changed.notify_all()
            return True

    def active(self, reading_id: str) -> bool:
        """Whether a reading is waiting or under way."""
        with self._changed:
            return reading_id in self._jobs

    def problem(self, reading_id: str) -> str | None:
        """Why a reading's translation stopped, if it did."""
        with self._changed:
            return self._problems.get(reading_id)

    def tick(self, reading_id: str) -> int:
        """A number that grows whenever something about a reading changed."""
        with self._changed:
            return self._ticks.get(reading_id, 0)

    def wait(self, reading_id: str, tick: int, timeout: float) -> bool:
        """Wait until a reading has changed since ``tick``, at most ``timeout`` seconds."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._ticks.get(reading_id, 0) != tick or self._stopping, timeout
            )

    def stop(self, timeout: float = 10.0) -> None:
        """End the worker; readings under way go on when they are asked for again."""
        with self._changed:
            self._stopping = True
            for job in self._jobs.values():
                job.cancelled.set()
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs or self._stopping)
                if self._stopping and not self._jobs:
                    return
                job = next(reversed(self._jobs.values()))
            try:
                finished = self._step(job)
            except NoSuchReading:
                finished = True
            except (LibraryError, PackageError) as error:
                self._give_up(job, str(error))
                continue
            except Exception:
                # Whatever else goes wrong must not end the worker: the other readings still wait.
                _log.exception("translating reading %s failed", job.reading_id)
                self._give_up(job, "The translation stopped on an unexpected error; details are in the log.")
                continue
            if finished:
                self._leave(job)

    def _step(self, job: _Job) -> bool:
        """Take one sentence further; True when there is nothing left to do."""
        if job.results is None and not job.cancelled.is_set():
            self._open(job)
        if job.results is not None:
            try:
                index, translation = next(job.results)
            except StopIteration:
                pass
            else:
                job.unsaved.append((job.sentences[index], translation))
                if time.monotonic() - job.saved_at > _SAVE_EVERY_S or len(job.unsaved) >= _SAVE_AT_MOST:
                    self._save(job)
                return False
        self._save(job)
        job.unenforced, job.first = [*job.first, *job.unenforced], []
        if job.unenforced and not job.cancelled.is_set():
            batch, job.unenforced = job.unenforced[:_CATCH_UP], job.unenforced[_CATCH_UP:]
            self._enforce(job, batch)
            self._tell(job.reading_id)
            return False
        if not (job.cancelled.is_set() and self._stopping):
            self._library.set_state(job.reading_id, "cancelled" if job.cancelled.is_set() else "done")
        return True

    def _open(self, job: _Job) -> None:
        translator = self._translator()
        job.translator, job.signature = translator, translator.signature
        self._library.set_state(job.reading_id, "translating", job.signature)
        self._library.forget_problems(job.reading_id)
        _, job.sentences = self._library.missing(job.reading_id)
        segments = self._library.get(job.reading_id).segments
        job.unenforced = self._pending(segments)
        job.surnames = surnames_in(segment.german for segment in segments)
        job.results = translator.translate(job.sentences, job.cancelled.is_set, job.surnames)
        self._tell(job.reading_id)

    def _save(self, job: _Job) -> None:
        if job.unsaved:
            fresh = [translation for _, translation in job.unsaved]
            if job.shown:
                # Before the raw ones are saved, so that a page gets a sentence as it is to stay ...
                self._enforce(job, [*job.first, *fresh])
                job.first.clear()
            else:
                # ... but for the very first, which are shown at once and change a moment later if need be.
                job.first = fresh
                job.shown = True
            self._library.keep(job.signature, job.unsaved)
            job.unsaved.clear()
        job.saved_at = time.monotonic()
        self._tell(job.reading_id)

    def _enforce(self, job: _Job, translations: Sequence[Translation]) -> None:
        """Enforce the glossary's words in some translations; if that fails, they stay as they are."""
        if self._terms is None or job.translator is None:
            return
        try:
            lookup = self._terms()
            places = lookup.surroundings.by_sentence(job.reading_id)
            saved = enforce_all(
                job.translator, lookup, translations, job.cancelled.is_set, places, job.surnames
            )
        except Exception:
            _log.exception("enforcing terms in reading %s failed", job.reading_id)
            return
        self._library.keep_enforced(job.signature, saved)

    def _pending(self, saved: Sequence[SavedSegment]) -> list[Translation]:
        """The translations that are there already but were not made with today's glossary."""
        if self._terms is None:
            return []
        lookup = self._terms()
        segments = (lookup.segment(item, set()) for item in saved)
        waiting = [segment.translation for segment in segments if segment.pending]
        return list({each.source: each for each in waiting if each is not None}.values())

    def _give_up(self, job: _Job, message: str) -> None:
        with self._changed:
            self._problems[job.reading_id] = message
        self._leave(job)

    def _leave(self, job: _Job) -> None:
        with self._changed:
            # start() may have put a new job in this one's place after a cancellation.
            if self._jobs.get(job.reading_id) is job:
                del self._jobs[job.reading_id]
        self._tell(job.reading_id)

    def _tell(self, reading_id: str) -> None:
        with self._changed:
            self._ticks[reading_id] = self._ticks.get(reading_id, 0) + 1
            self._changed.notify_all()
