"""The API of progress in a reading and of its word links; adds to the API's blueprint."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, jsonify

from webapp.api import blueprint, json_object
from webapp.pages import blueprint as pages
from webapp.progress import Change, Progress
from webapp.reading import segment_data
from webapp.services import current_services


@pages.app_context_processor
def _helpers() -> dict[str, object]:
    return {"progress_of": _progress_of, "progress_data": progress_data, "positions": _positions}


def _progress_of(reading_id: str) -> Progress:
    """For the reading page: what is remembered of a reading."""
    return current_services().progress.get(reading_id)


def _positions() -> object:
    """For the library page: how far each reading was read."""
    return current_services().progress.positions()


@blueprint.get("/readings/<reading_id>/progress")
def get_progress(reading_id: str) -> Response:
    """What is remembered of a reading: mode, last sentence, revealed sentences, results of blanks."""
    return jsonify(progress_data(current_services().progress.get(reading_id)))


@blueprint.patch("/readings/<reading_id>/progress")
def change_progress(reading_id: str) -> Response:
    """Merge a change into it: JSON ``{mode, last, reveal, hide, blanks}``, each of them optional."""
    try:
        change = Change.of(json_object())
        return jsonify(progress_data(current_services().progress.change(reading_id, change)))
    except ValueError as error:
        abort(400, str(error))


@blueprint.delete("/readings/<reading_id>/progress")
def forget_progress(reading_id: str) -> tuple[str, int]:
    """Begin anew."""
    current_services().progress.forget(reading_id)
    return "", 204


@blueprint.get("/readings/<reading_id>/segments/<int:index>/links")
def word_links(reading_id: str, index: int) -> Response:
    """The word links of one sentence as the page shows it."""
    parts = current_services()
    segment = parts.library.segment(reading_id, index)
    data = segment_data(parts.terms.segment(segment, set()))
    return jsonify({name: data[name] for name in ("german", "english", "links")})


def progress_data(progress: Progress) -> dict[str, Any]:
    """Progress as plain data for JSON."""
    return {
        "mode": progress.mode,
        "last": progress.last,
        "total": progress.total,
        "revealed": {mode: list(indexes) for mode, indexes in progress.revealed.items()},
        "blanks": {str(index): dict(places) for index, places in progress.blanks.items()},
        "score": progress.score(),
        "updated": progress.updated.isoformat() if progress.updated else None,
    }
