"""The JSON API of the glossary: search and read terms, write own ones, import and export."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, jsonify, request, url_for

from glossary.exchange import FORMATS, READABLE, LineFault, read_glossary
from glossary.schema import Fault
from glossary.terms import COLUMNS, Term
from webapp.api import blueprint, json_object, whole_number
from webapp.browsing import Choice, browse, is_own
from webapp.concordance import Line, concordance
from webapp.errors import error_response
from webapp.glossary_pages import WHICH, glossary_file, known_term
from webapp.own_terms import ImportPlan, TermFaults
from webapp.services import current_services

_LISTS = {"variants": " | ", "abbreviation": " | ", "country": " ", "related": " "}
_ONLY_READ = frozenset({"own", "article", "hidden", "in_force"})


@blueprint.get("/terms")
def list_terms() -> Response:
    """The glossary in force: search with ``q``, choose by domain, country, register, letter, own."""
    in_force = current_services().terms.glossary
    found = browse(in_force, Choice.of(request.args)).terms
    start = whole_number("offset", 0, 0, 10**9)
    limit = whole_number("limit", 100, 1, 1000)
    return jsonify(
        {
            "glossary": in_force.fingerprint,
            "total": len(found),
            "terms": [term_data(term) for term in found[start : start + limit]],
        }
    )


@blueprint.get("/terms/<term_id>")
def get_term(term_id: str) -> Response:
    """A term with all its columns."""
    parts = current_services()
    term = known_term(parts, term_id)
    in_force = term_id in parts.terms.glossary.by_id
    hidden = term_id in parts.own_terms.hidden()
    return jsonify(term_data(term) | {"in_force": in_force, "hidden": hidden})


@blueprint.get("/terms/<term_id>/occurrences")
def term_occurrences(term_id: str) -> Response:
    """The sentences of the library in which a term occurs, from position ``from`` on."""
    parts = current_services()
    lookup = parts.terms
    term = lookup.glossary.by_id.get(term_id)
    if term is None:
        abort(404, f"The glossary in force has no term {term_id!r}.")
    limit = whole_number("limit", 50, 1, 500)
    found = concordance(parts.library, lookup, term, whole_number("from", 0, 0, 10**9), limit)
    return jsonify({"occurrences": [_line_data(line) for line in found.lines], "next": found.following})


@blueprint.post("/terms")
def add_term() -> tuple[Response, int, dict[str, str]] | Response:
    """Save an own term; only ``german`` and ``english`` are required."""
    try:
        term = current_services().own_terms.add(_given(json_object()))
    except TermFaults as error:
        return _faulty(error.faults)
    return jsonify(term_data(term)), 201, {"Location": url_for("api.get_term", term_id=term.id)}


@blueprint.put("/terms/<term_id>")
def change_term(term_id: str) -> Response:
    """Replace an own term; columns that are not given become empty."""
    try:
        term = current_services().own_terms.change(term_id, _given(json_object()))
    except TermFaults as error:
        return _faulty(error.faults)
    return jsonify(term_data(term))


@blueprint.delete("/terms/<term_id>")
def remove_term(term_id: str) -> tuple[str, int]:
    """Remove an own term."""
    current_services().own_terms.remove(term_id)
    return "", 204


@blueprint.put("/terms/<term_id>/hidden")
def hide_curated_term(term_id: str) -> tuple[str, int]:
    """Hide a curated term: it is no longer found in texts."""
    if term_id not in current_services().curated.by_id:
        abort(404, f"The curated glossary has no term {term_id!r}.")
    current_services().own_terms.hide(term_id)
    return "", 204


@blueprint.delete("/terms/<term_id>/hidden")
def show_curated_term(term_id: str) -> tuple[str, int]:
    """Show a hidden curated term again."""
    current_services().own_terms.show(term_id)
    return "", 204


@blueprint.post("/terms/import")
def import_terms() -> Response:
    """Import a glossary file: as ``file`` of a form or as the body itself.

    ``preview=1`` saves nothing; ``skip=1`` leaves lines with faults out instead of refusing the file.
    """
    upload = request.files.get("file")
    data = upload.read() if upload is not None else request.get_data()
    name = (upload.filename if upload is not None else "") or ""
    kind = request.args.get("format", "")
    if kind and kind not in READABLE:
        abort(400, f"There is no format {kind!r} to import; choose one of: {', '.join(READABLE)}.")
    contents = read_glossary(data, name, kind)
    parts = current_services()
    plan = parts.own_terms.plan(contents.entries, contents.faults)
    preview, skip = request.args.get("preview") == "1", request.args.get("skip") == "1"
    if plan.faults and not skip and not preview:
        return _faulty(plan.faults, "Nothing was imported. ")
    if not preview:
        parts.own_terms.carry_out(plan)
    return jsonify(_plan_data(plan) | {"format": contents.format, "saved": not preview})


@blueprint.get("/terms/export")
def export_terms() -> Response:
    """A part of the glossary as a file: ``which`` is own, curated or all, ``format`` one of the formats."""
    name, which = request.args.get("format", "csv"), request.args.get("which", "own")
    if name not in FORMATS:
        abort(400, f"There is no format {name!r}; choose one of: {', '.join(FORMATS)}.")
    if which not in WHICH:
        abort(400, f"which must be one of {', '.join(WHICH)}, not {which!r}.")
    return glossary_file(current_services(), which, name)


def term_data(term: Term) -> dict[str, Any]:
    """A term as plain data: its columns, lists as lists, its article and whether it is an own one."""
    row: dict[str, Any] = dict(term.row())
    for column, mark in _LISTS.items():
        row[column] = [part for part in row[column].split(mark) if part]
    return row | {"article": term.article, "own": is_own(term)}


def _given(data: dict[str, Any]) -> dict[str, str]:
    """The columns that a body gives; the shape is that of `term_data`."""
    given: dict[str, str] = {}
    wrong = []
    for column, value in data.items():
        if column in _ONLY_READ:
            continue
        if column not in COLUMNS:
            wrong.append(
                Fault(column[:80], "unknown-column", f"is no column; known are {', '.join(COLUMNS)}")
            )
        elif isinstance(value, str):
            given[column] = value
        elif column in _LISTS and isinstance(value, list) and all(isinstance(part, str) for part in value):
            given[column] = _LISTS[column].join(value)
        elif value is not None:
            wrong.append(
                Fault(column, "not-text", "must be text" + (" or a list" if column in _LISTS else ""))
            )
    if wrong:
        raise TermFaults(wrong)
    return given


def _faulty(faults: tuple[Fault, ...] | tuple[LineFault, ...], opening: str = "") -> Response:
    details = [
        {
            **({"line": fault.line} if isinstance(fault, LineFault) else {}),
            "field": fault.column,
            "message": fault.message,
        }
        for fault in faults[:1000]
    ]
    told = [str(f) if isinstance(f, LineFault) else f"{f.column}: {f.message}" for f in faults[:10]]
    more = f" And {len(faults) - 10} more." if len(faults) > 10 else ""
    return error_response(422, f"{opening}{'; '.join(told)}.{more}", code="not-valid", details=details)


def _plan_data(plan: ImportPlan) -> dict[str, Any]:
    return {
        "added": [{"line": c.line, "id": c.after.id, "german": c.after.german} for c in plan.added],
        "changed": [
            {
                "line": c.line,
                "id": c.after.id,
                "german": c.after.german,
                "columns": [{"column": name, "from": old, "to": new} for name, old, new in c.columns],
            }
            for c in plan.changed
        ],
        "unchanged": plan.unchanged,
        "faults": [{"line": f.line, "field": f.column, "message": f.message} for f in plan.faults],
    }


def _line_data(line: Line) -> dict[str, Any]:
    return {
        "reading": line.reading_id,
        "title": line.title,
        "sentence": line.anchor,
        "german": "".join(piece.text for piece in line.german),
        "english": "".join(piece.text for piece in line.english),
        "surface": [piece.text for piece in line.german if piece.terms],
    }
