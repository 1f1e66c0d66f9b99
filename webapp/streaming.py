"""Server-sent events: a reading's sentences as they are translated, in reading order.

A sentence that was sent before the glossary's words were enforced in it comes once more, as ``revised``.
The format is that of the HTML standard (``text/event-stream``): each sentence is an event ``segment`` whose
id is its index, so that a browser that lost the connection asks for the rest by ``Last-Event-ID``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from webapp.library.library import Library, NoSuchReading
from webapp.pipeline import TermLookup
from webapp.reading import Segment, segment_data
from webapp.services import Services

_HEARTBEAT_S = 5.0
# A stream is ended now and then and taken up again by the browser, so that a forgotten tab holds no thread.
_LONGEST_S = 300.0
_Touched = dict[int, tuple[datetime | None, datetime | None]]


def event(name: str, data: object, number: int | None = None) -> str:
    """One event in the wire format."""
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def follow(
    services: Services, reading_id: str, start: int, render: Callable[[Segment], str] | None = None
) -> Iterator[str]:
    """The events of a reading from segment ``start`` on, until it is done, cancelled or stopped.

    Args:
        services: the application's parts.
        reading_id: the reading; its translation is not started here.
        start: index of the first segment wanted.
        render: if given, adds the segment's HTML to each event.

    """
    library, desk, terms = services.library, services.desk, services.terms
    touched = library.touched(reading_id)
    saved = library.get(reading_id)
    total = len(saved.segments)
    seen: set[str] = set()
    shown = [terms.segment(item, seen) for item in saved.segments[:start]]
    awaited = _Awaited(library, reading_id, touched, shown)
    position = start

    def row(segment: Segment, done: int) -> dict[str, Any]:
        data = segment_data(segment) | {"done": done, "total": total}
        return data if render is None else data | {"html": render(segment)}

    ends = time.monotonic() + _LONGEST_S
    yield "retry: 1000\n\n"
    while time.monotonic() < ends:
        # Order matters: first the tick, then the work state, then the rows; else the last are missed.
        tick, active = desk.tick(reading_id), desk.active(reading_id)
        try:
            fresh = library.done_from(reading_id, position)
            revised = awaited.revised(terms)
        except NoSuchReading:
            yield event("end", {"state": "deleted", "done": position, "total": total, "problem": None})
            return
        for item in fresh:
            segment = terms.segment(item, seen)
            yield event("segment", row(segment, segment.index + 1), segment.index)
            position = segment.index + 1
            awaited.add(segment)
        for segment in revised:
            # Without a number: a browser that lost the connection goes on after the last new sentence.
            yield event("revised", row(segment, position))
        if fresh or revised:
            continue
        if not active:
            state = library.state(reading_id)
            problem = desk.problem(reading_id)
            yield event("end", {"state": state, "done": position, "total": total, "problem": problem})
            return
        if not desk.wait(reading_id, tick, _HEARTBEAT_S):
            # A comment: keeps proxies awake and finds out whether anybody still listens.
            yield ": still translating\n\n"


class _Awaited:
    """Rows the reader has from before the glossary's words were tried in them: sent once more afterwards.

    Of a long reading only those are read again for which something has been saved meanwhile.
    """

    def __init__(
        self, library: Library, reading_id: str, touched: _Touched, shown: Sequence[Segment]
    ) -> None:
        """Wait for those of the rows shown that are pending.

        `touched` is when the sentences were saved, asked before they were read: nothing is then missed.
        """
        self._library = library
        self._reading_id = reading_id
        self._touched = touched
        self._segments = {segment.index: segment for segment in shown if segment.pending}

    def add(self, segment: Segment) -> None:
        """Wait for one more, if it is pending."""
        if segment.pending:
            self._segments[segment.index] = segment
            # It may have been saved anew since it was read: look at it the next time in any case.
            self._touched.pop(segment.index, None)

    def revised(self, terms: TermLookup) -> list[Segment]:
        """Those in which the glossary's words have been tried since the last call; they are taken out."""
        if not self._segments:
            return []
        now = self._library.touched(self._reading_id)
        changed = [index for index in self._segments if now.get(index) != self._touched.get(index)]
        found = []
        for index in changed:
            item = self._library.segment(self._reading_id, index)
            if item.translation is None:
                continue
            # A term met before stays one.
            met = {o.term.id for o in self._segments[index].terms if not o.first}
            segment = terms.segment(item, met)
            if not segment.pending:
                del self._segments[index]
                found.append(segment)
        self._touched = now
        return found
