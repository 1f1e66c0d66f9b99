"""The JSON API under ``/api/``: what the page does, for programs. Described in docs/api.md."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, stream_with_context, url_for
from werkzeug.datastructures import FileStorage

from webapp.exporters import EXPORTERS, export
from webapp.importers import Intake, take_in
from webapp.library import ReadingSummary
from webapp.pipeline import assemble, save
from webapp.reading import Segment, reading_data
from webapp.services import current_services
from webapp.streaming import follow

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/readings")
def list_readings() -> Response:
    """The library, newest first; ``q`` searches, ``limit`` and ``offset`` page."""
    found = current_services().library.list(
        request.args.get("q", ""),
        limit=whole_number("limit", 100, 1, 500),
        offset=whole_number("offset", 0, 0, 10**9),
    )
    return jsonify({"readings": [summary_data(summary) for summary in found]})


@blueprint.post("/readings")
def create_reading() -> tuple[Response, int, dict[str, str]]:
    """Save a text and start its translation: JSON ``{text, title}`` or a multipart form with ``file``."""
    reading_id = create(intake_of_request())
    saved = current_services().library.get(reading_id)
    body = {"id": reading_id, "title": saved.title, "total": len(saved.segments), "notices": saved.notices}
    return jsonify(body), 201, {"Location": url_for("api.get_reading", reading_id=reading_id)}


@blueprint.get("/readings/<reading_id>")
def get_reading(reading_id: str) -> Response:
    """A reading with its segments, translations and terms as far as they are there."""
    return jsonify(
        reading_data(assemble(current_services().library.get(reading_id), current_services().terms))
    )


@blueprint.patch("/readings/<reading_id>")
def rename_reading(reading_id: str) -> Response:
    """Change the title: JSON ``{title}``."""
    title = json_object().get("title")
    if not isinstance(title, str):
        abort(400, 'Send JSON with a title, such as {"title": "New title"}.')
    try:
        return jsonify({"id": reading_id, "title": current_services().library.rename(reading_id, title)})
    except ValueError as error:
        abort(400, str(error))


@blueprint.delete("/readings/<reading_id>")
def delete_reading(reading_id: str) -> tuple[str, int]:
    """Delete a reading."""
    current_services().desk.cancel(reading_id)
    current_services().library.delete(reading_id)
    return "", 204


@blueprint.post("/readings/<reading_id>/translate")
def translate_reading(reading_id: str) -> tuple[Response, int]:
    """Start or go on with the translation, with the model in force."""
    current_services().library.state(reading_id)
    current_services().desk.start(reading_id)
    return jsonify({"id": reading_id, "state": "translating"}), 202


@blueprint.post("/readings/<reading_id>/cancel")
def cancel_reading(reading_id: str) -> Response:
    """Stop the translation; what is done stays."""
    state = current_services().library.state(reading_id)
    stopped = current_services().desk.cancel(reading_id)
    return jsonify({"id": reading_id, "state": "cancelled" if stopped else state})


@blueprint.get("/readings/<reading_id>/stream")
def stream_reading(reading_id: str) -> Response:
    """Server-sent events: the segments as they are translated, from ``from`` or ``Last-Event-ID`` on."""
    start = whole_number("from", 0, 0, 10**9)
    last = request.headers.get("Last-Event-ID", "")
    if last.isdecimal():
        start = int(last) + 1
    parts = current_services()
    if parts.library.state(reading_id) in ("waiting", "translating"):
        parts.desk.start(reading_id)
    render = _segment_html if request.args.get("html") == "1" else None
    stream = stream_with_context(follow(parts, reading_id, start, render))
    return Response(stream, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


@blueprint.get("/readings/<reading_id>/export")
def export_reading(reading_id: str) -> Response:
    """The reading as a file; ``format`` is one of ``text``, ``json``, ``tsv``, ``html``."""
    name = request.args.get("format", "json")
    if name not in EXPORTERS:
        abort(400, f"There is no format {name!r}; choose one of: {', '.join(EXPORTERS)}.")
    return export_response(reading_id, name)


@blueprint.get("/models")
def list_models() -> Response:
    """The installed translation packages and the one in force."""
    parts = current_services()
    current = parts.package()
    return jsonify(
        {
            "current": current.name,
            "models": [
                {"name": p.name, "title": p.title, "version": p.version, "fingerprint": p.fingerprint}
                for p in parts.packages.list()
            ],
        }
    )


@blueprint.route("/<path:_rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing_here(_rest: str) -> Response:
    """Answer unknown addresses in the API's own error shape."""
    abort(404, "The API has nothing at this address; docs/api.md lists what there is.")


def summary_data(summary: ReadingSummary) -> dict[str, Any]:
    """A line of the library as plain data."""
    return {
        "id": summary.id,
        "title": summary.title,
        "state": summary.state,
        "language": summary.language,
        "done": summary.done,
        "total": summary.total,
        "opening": summary.opening,
        "created": summary.created.isoformat(),
        "updated": summary.updated.isoformat(),
    }


def create(intake: Intake) -> str:
    """Save a text and start translating it; a text that is there already is not saved twice."""
    parts = current_services()
    reading_id = parts.library.find_same(intake.text)
    if reading_id is None:
        reading_id = save(intake, parts.library, parts.translator().signature)
    parts.desk.start(reading_id)
    return reading_id


def intake_of_request() -> Intake:
    """The text of a request: an uploaded file, a form field or JSON."""
    limit = current_services().settings.max_text_bytes
    if request.is_json:
        given = json_object()
        text, title = given.get("text"), given.get("title", "")
        if not isinstance(text, str) or not isinstance(title, str):
            abort(400, 'Send JSON with a text, such as {"text": "Guten Tag.", "title": "Greeting"}.')
        return take_in(text, title=title, max_bytes=limit)
    title = request.form.get("title", "")
    upload: FileStorage | None = request.files.get("file")
    if upload is not None and upload.filename:
        return take_in(upload.read(), name=upload.filename, title=title, max_bytes=limit)
    return take_in(request.form.get("text", ""), title=title, max_bytes=limit)


def export_response(reading_id: str, name: str) -> Response:
    """A reading in one of the export formats, as a download."""
    reading = assemble(current_services().library.get(reading_id), current_services().terms)
    document = export(reading, name)
    response = Response(document.content.encode("utf-8"), mimetype=document.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=document.filename)
    return response


def _segment_html(segment: Segment) -> str:
    return render_template("segment.html", segment=segment)


def json_object() -> dict[str, Any]:
    """The body of the request, which must be a JSON object."""
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        abort(400, "The body must be a JSON object, sent with Content-Type: application/json.")
    return data


def whole_number(name: str, default: int, low: int, high: int) -> int:
    """A parameter of the address that must be a whole number in a range."""
    value = request.args.get(name, "")
    if not value:
        return default
    if not value.isdecimal() or not low <= int(value) <= high:
        abort(400, f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)
