"""The JSON API of the review and of the export of saved words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from flask import Response, abort, jsonify, request

from webapp.api import blueprint, json_object
from webapp.errors import error_response
from webapp.services import current_services
from webapp.study.exporting import FORMATS, export_items
from webapp.study.items import KINDS, STATUSES, Kind, Status
from webapp.study.review_queue import StaleAnswer, Today, version
from webapp.study.scheduling import wait_label
from webapp.study_api import item_data


@blueprint.get("/study/review")
def review_now() -> Response:
    """What is left today, and the word to be asked next with what each rating would make of it."""
    return jsonify(today_data(current_services().review.today()))


@blueprint.post("/study/review/<int:item_id>")
def answer_review(item_id: int) -> Response:
    """A rating from 1 to 4: JSON ``{rating, version}``; answers as `review_now` does afterwards."""
    given = json_object()
    rating, seen = given.get("rating"), given.get("version")
    if rating not in (1, 2, 3, 4) or isinstance(rating, bool) or not isinstance(seen, str | None):
        abort(400, 'Send JSON with a rating of 1 (again), 2 (hard), 3 (good) or 4 (easy): {"rating": 3}.')
    queue = current_services().review
    try:
        queue.answer(item_id, rating, seen)
    except StaleAnswer as error:
        return error_response(409, str(error), code="already-answered")
    return jsonify(today_data(queue.today()))


@blueprint.delete("/study/review/last")
def take_back_review() -> Response:
    """Take the newest of today's ratings back; the word it was given to is asked next."""
    queue = current_services().review
    item = queue.take_back()
    if item is None:
        abort(404, "No word was rated today; there is nothing to take back.")
    return jsonify(today_data(queue.today(item.id)))


@blueprint.get("/study/export")
def export_study() -> Response:
    """The saved words as a file: ``format`` is ``anki`` or ``csv``; ``status`` and ``kind`` choose."""
    return export_response()


def export_response() -> Response:
    """The export that the address asks for, as a download."""
    form = request.args.get("format", "anki")
    if form not in FORMATS:
        abort(400, f"There is no format {form!r}; choose one of: {', '.join(FORMATS)}.")
    file = export_items(
        current_services().study,
        form,
        datetime.now(UTC),
        cast(Status | None, _chosen("status", STATUSES)),
        cast(Kind | None, _chosen("kind", KINDS)),
    )
    response = Response(file.content, mimetype=file.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response


def today_data(today: Today) -> dict[str, Any]:
    """The state of the review as plain data."""
    return {
        "left": today.left,
        "due": today.due,
        "new": today.fresh,
        "waiting": today.waiting,
        "done": today.done,
        "next_due": today.next_due.isoformat() if today.next_due else None,
        "next_count": today.next_count,
        "item": item_data(today.item) | {"version": version(today.item)} if today.item else None,
        "ratings": [
            {
                "rating": outcome.rating,
                "label": outcome.label,
                "due": outcome.due.isoformat(),
                "wait": wait_label(outcome.wait),
            }
            for outcome in today.outcomes
        ],
    }


def _chosen(name: str, allowed: tuple[str, ...]) -> str | None:
    value = request.args.get(name, "")
    if value and value not in allowed:
        abort(400, f"{name} must be one of {', '.join(allowed)}, or be left out, not {value!r}.")
    return value or None
