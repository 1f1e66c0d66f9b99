"""The pages people see, rendered on the server."""

from __future__ import annotations

from itertools import chain

from flask import Blueprint, abort, current_app, redirect, render_template, request, stream_template, url_for
from werkzeug.wrappers import Response

from webapp.api import create, export_response, intake_of_request
from webapp.exporters import EXPORTERS
from webapp.importers import ImportProblem
from webapp.library import LibraryError
from webapp.marking import english_pieces, german_pieces
from webapp.pipeline import assemble
from webapp.quality import WARNING_LABELS, message_parts
from webapp.reading import STEP_LABELS, VERDICT_LABELS
from webapp.services import current_services
from webapp.text_tools import day, in_chunks

blueprint = Blueprint("pages", __name__)


blueprint.add_app_template_filter(day)


@blueprint.app_context_processor
def _helpers() -> dict[str, object]:
    return {
        "german_pieces": german_pieces,
        "english_pieces": english_pieces,
        "verdict_labels": VERDICT_LABELS,
        "step_labels": STEP_LABELS,
        "warning_labels": WARNING_LABELS,
        "message_parts": message_parts,
        "exporters": EXPORTERS,
        "links_to_terms": True,
    }


@blueprint.get("/")
def library() -> str:
    """The library and the form for a new text."""
    return _library_page()


@blueprint.post("/")
def add() -> Response | tuple[str, int]:
    """Take a text from the form and go to its reading; with a problem show the form again, text kept."""
    # Imported here: the first page must not wait for the models.
    from models.packages import PackageError

    try:
        reading_id = create(intake_of_request())
    except ImportProblem as problem:
        return _library_page(str(problem)), 422
    except (LibraryError, PackageError) as problem:
        # The text stays in the form: it must not be lost with the disk full or the model broken.
        return _library_page(str(problem)), 503
    return redirect(url_for("pages.reading", reading_id=reading_id), 303)


@blueprint.get("/readings/<reading_id>")
def reading(reading_id: str) -> Response:
    """A reading: German, English and terms side by side. A long one is sent while it is being drawn up."""
    from models.packages import PackageError

    parts = current_services()
    found = assemble(parts.library.get(reading_id), parts.terms)
    lacking = None
    try:
        signature = parts.translator().signature
    except PackageError as error:
        # What was translated before can be read without a model.
        signature, lacking = found.signature, str(error)
    # The glossary may have changed since: its words are then tried in the sentences that this concerns.
    catching_up = (
        not lacking
        and found.state == "done"
        and found.signature == signature
        and any(segment.pending for segment in found.segments)
    )
    if found.state in ("waiting", "translating") or catching_up:
        parts.desk.start(reading_id)
    problem = parts.desk.problem(reading_id) or lacking
    pieces = stream_template(
        "reading.html",
        reading=found,
        # Not whether the desk is still at it: it may have finished since the rows were read, and what it did
        # meanwhile must still come to the page by the stream.
        active=(found.done < found.total or catching_up) and found.state != "cancelled" and problem is None,
        outdated=found.state == "done" and found.signature != signature,
        problem=problem,
    )
    # The beginning is drawn up here, where what goes wrong with it still becomes a page that says so.
    sized = in_chunks(pieces)
    return current_app.response_class(chain([next(sized)], sized), mimetype="text/html")


@blueprint.post("/readings/<reading_id>/translate")
def translate(reading_id: str) -> Response:
    """Start or go on with the translation (the form for browsers without scripts)."""
    current_services().library.state(reading_id)
    current_services().desk.start(reading_id)
    return redirect(url_for("pages.reading", reading_id=reading_id), 303)


@blueprint.post("/readings/<reading_id>/cancel")
def cancel(reading_id: str) -> Response:
    """Stop the translation."""
    current_services().desk.cancel(reading_id)
    return redirect(url_for("pages.reading", reading_id=reading_id), 303)


@blueprint.post("/readings/<reading_id>/rename")
def rename(reading_id: str) -> Response:
    """Change the title."""
    try:
        current_services().library.rename(reading_id, request.form.get("title", ""))
    except ValueError as error:
        abort(400, str(error))
    return redirect((request.form.get("back") == "library" and "/") or f"/readings/{reading_id}", 303)


@blueprint.post("/readings/<reading_id>/delete")
def delete(reading_id: str) -> Response:
    """Delete a reading."""
    current_services().desk.cancel(reading_id)
    current_services().library.delete(reading_id)
    return redirect(url_for("pages.library"), 303)


@blueprint.get("/readings/<reading_id>/export/<name>")
def export_file(reading_id: str, name: str) -> Response:
    """Download a reading."""
    if name not in EXPORTERS:
        abort(404)
    return export_response(reading_id, name)


def _library_page(problem: str = "") -> str:
    query = request.args.get("q", "")
    try:
        readings = current_services().library.list(query)
    except LibraryError as error:
        if not problem:
            raise
        readings, problem = (), str(error)
    return render_template(
        "library.html",
        readings=readings,
        query=query,
        problem=problem,
        text=request.form.get("text", ""),
        title=request.form.get("title", ""),
        max_bytes=current_services().settings.max_text_bytes,
    )
