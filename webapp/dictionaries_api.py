"""The JSON API of the reader's dictionaries."""

from __future__ import annotations

from flask import Response, jsonify

from webapp.api import blueprint
from webapp.dictionaries import dictionary_data, take_uploads
from webapp.errors import error_response
from webapp.services import current_services


@blueprint.get("/dictionaries")
def list_dictionaries() -> Response:
    """The dictionaries on the shelf."""
    shelf = current_services().dictionaries
    shelf.prepare_later()
    return jsonify({"dictionaries": [dictionary_data(info) for info in shelf.list()]})


@blueprint.post("/dictionaries")
def post_dictionary() -> tuple[Response, int] | Response:
    """Add a dictionary: its files as ``file`` of a multipart form."""
    from models.dictionaries import DictionaryError

    try:
        added = take_uploads(current_services())
    except DictionaryError as error:
        return error_response(422, str(error))
    return jsonify({"dictionaries": [dictionary_data(info) for info in added]}), 201


@blueprint.delete("/dictionaries/<name>")
def delete_dictionary(name: str) -> tuple[str, int] | Response:
    """Remove a dictionary with its files."""
    from models.dictionaries import DictionaryError

    try:
        current_services().dictionaries.remove(name)
    except DictionaryError as error:
        return error_response(404, str(error))
    return "", 204
