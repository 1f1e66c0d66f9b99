"""The pages of the users' own glossary: list, form, import with preview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from glossary.exchange import ExchangeError, read_glossary
from glossary.schema import Fault
from glossary.terms import COLUMNS
from webapp.glossary_pages import known_term
from webapp.own_terms import TermFaults
from webapp.pages import blueprint
from webapp.services import current_services

_FORM_COLUMNS = tuple(column for column in COLUMNS if column not in ("id", "reviewed"))
_SHOWN = 200
_MORE = (
    "definition", "note", "false_friend", "example_de", "example_en", "register", "domain", "abbreviation",
    "inflection", "since", "until", "source", "related", "match",
)  # fmt: skip
"""Fields of the form that are folded away while they are empty."""


@blueprint.get("/glossary/own")
def own_terms() -> str:
    """The own terms and the hidden curated ones."""
    parts = current_services()
    hidden = [parts.curated.by_id[i] for i in parts.own_terms.hidden() if i in parts.curated.by_id]
    done = {name: request.args.get(name, "") for name in ("added", "changed", "removed")}
    return render_template("own_terms.html", terms=parts.own_terms.list(), hidden=hidden, done=done)


@blueprint.get("/glossary/own/new")
def new_own_term() -> str:
    """The form for a new term, empty or filled from a curated term (``from``) or a word (``german``)."""
    values = {"german": request.args.get("german", "")[:200], "country": "DE"}
    copied = request.args.get("from", "")
    if copied:
        values = known_term(current_services(), copied).row() | {"id": ""}
    return _form(values, "")


@blueprint.post("/glossary/own/new")
def add_own_term() -> Response | tuple[str, int]:
    """Save a new term; with faults show the form again, everything kept."""
    given = _given()
    try:
        term = current_services().own_terms.add(given)
    except TermFaults as error:
        return _form(given, "", error.faults), 422
    return redirect(url_for("pages.glossary_term", term_id=term.id), 303)


@blueprint.get("/glossary/own/<term_id>/edit")
def edit_own_term(term_id: str) -> str:
    """The form for an own term."""
    return _form(current_services().own_terms.get(term_id).row(), term_id)


@blueprint.post("/glossary/own/<term_id>/edit")
def change_own_term(term_id: str) -> Response | tuple[str, int]:
    """Save an own term; with faults show the form again, everything kept."""
    given = _given()
    try:
        current_services().own_terms.change(term_id, given)
    except TermFaults as error:
        return _form(given, term_id, error.faults), 422
    return redirect(url_for("pages.glossary_term", term_id=term_id), 303)


@blueprint.post("/glossary/own/<term_id>/remove")
def remove_own_term(term_id: str) -> Response:
    """Remove an own term."""
    german = current_services().own_terms.get(term_id).german
    current_services().own_terms.remove(term_id)
    return redirect(url_for("pages.own_terms", removed=german), 303)


@blueprint.get("/glossary/own/import")
def import_form() -> str:
    """The form that takes a glossary file."""
    return render_template("own_import.html", problem="", plan=None)


@blueprint.post("/glossary/own/import")
def preview_import() -> str | tuple[str, int]:
    """What a file would add and change, and what is wrong with it; nothing is saved yet."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return render_template("own_import.html", problem="Choose a file first.", plan=None), 422
    parts = current_services()
    try:
        contents = read_glossary(upload.read(), upload.filename)
    except ExchangeError as error:
        problem = f"{upload.filename}: {error}"
        return render_template("own_import.html", problem=problem, plan=None), 422
    plan = parts.own_terms.plan(contents.entries, contents.faults)
    token = parts.pending_imports.keep(upload.filename, contents)
    page = render_template(
        "own_import.html", problem="", plan=plan, token=token, name=upload.filename, shown=_SHOWN
    )
    return page, 422 if plan.faults else 200


@blueprint.post("/glossary/own/import/<token>")
def confirm_import(token: str) -> Response | tuple[str, int]:
    """Import what was previewed; with faults only if ``skip`` says to leave those lines out."""
    parts = current_services()
    found = parts.pending_imports.take(token)
    if found is None:
        problem = "This preview has expired; nothing was imported. Choose the file again."
        return render_template("own_import.html", problem=problem, plan=None), 410
    name, contents = found
    # Planned anew: terms may have changed since the preview was shown.
    plan = parts.own_terms.plan(contents.entries, contents.faults)
    if plan.faults and request.form.get("skip") != "yes":
        token = parts.pending_imports.keep(name, contents)
        return render_template(
            "own_import.html", problem="", plan=plan, token=token, name=name, shown=_SHOWN
        ), 422
    parts.own_terms.carry_out(plan)
    return redirect(
        url_for("pages.own_terms", added=str(len(plan.added)), changed=str(len(plan.changed))), 303
    )


def _given() -> dict[str, str]:
    given = {column: request.form.get(column, "") for column in _FORM_COLUMNS}
    given["country"] = " ".join(request.form.getlist("country"))
    given["reviewed"] = datetime.now(UTC).date().isoformat()
    if len(request.form.getlist("country")) > len(COLUMNS):
        abort(400)
    return given


def _form(values: Mapping[str, str], term_id: str, faults: tuple[Fault, ...] = ()) -> str:
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault.column, []).append(fault.message)
    said = any(values.get(column) and values[column] not in ("neutral", "own") for column in _MORE)
    open_more = said or any(column in wrong for column in _MORE)
    return render_template("own_form.html", values=values, term_id=term_id, faults=wrong, open_more=open_more)
