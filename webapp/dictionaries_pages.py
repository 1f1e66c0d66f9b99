"""The page on which a reader adds and removes dictionaries."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.dictionaries import take_uploads
from webapp.pages import blueprint
from webapp.services import current_services


@blueprint.get("/dictionaries")
def dictionaries() -> str:
    """The dictionaries on the shelf and the form for another one."""
    return _page()


@blueprint.post("/dictionaries")
def add_dictionary() -> Response | tuple[str, int]:
    """Add the uploaded dictionary; with a problem show the form again and say why."""
    from models.dictionaries import DictionaryError

    try:
        added = take_uploads(current_services())
    except DictionaryError as error:
        return _page(str(error)), 422
    return redirect(url_for("pages.dictionaries", added=", ".join(info.title for info in added)), 303)


@blueprint.post("/dictionaries/<name>/remove")
def remove_dictionary(name: str) -> Response | tuple[str, int]:
    """Remove a dictionary with its files."""
    from models.dictionaries import DictionaryError

    try:
        current_services().dictionaries.remove(name)
    except DictionaryError as error:
        return _page(str(error)), 404
    return redirect(url_for("pages.dictionaries", removed=name), 303)


def _page(problem: str = "") -> str:
    parts = current_services()
    # What was put into the folder by hand is indexed in the background; until then the page says so.
    parts.dictionaries.prepare_later()
    return render_template(
        "dictionaries.html",
        shelf=parts.dictionaries.list(),
        folder=parts.settings.dictionaries_folder,
        problem=problem,
        added=request.args.get("added", "") if not problem else "",
        removed=request.args.get("removed", "") if not problem else "",
    )
