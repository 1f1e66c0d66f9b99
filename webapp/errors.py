"""Errors as people and programs see them: one JSON shape, one page, never a traceback."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from glossary.exchange import ExchangeError
from webapp.importers import ImportProblem
from webapp.library import LibraryError
from webapp.library.library import NoSuchReading
from webapp.own_terms import NoSuchTerm
from webapp.study.store import NoSuchItem

_log = logging.getLogger(__name__)

_CODES = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-type",
    422: "not-readable",
    500: "internal-error",
    503: "unavailable",
}
_MESSAGES = {
    400: "The request could not be understood.",
    404: "There is nothing at this address. The reading may have been deleted.",
    405: "This address does not take that kind of request.",
    500: "Something went wrong inside Seitenblick. Nothing that was saved is lost; details are in its log.",
}


def error_response(
    status: int, message: str, *, code: str | None = None, details: list[dict[str, Any]] | None = None
) -> Response:
    """An error as JSON for the API and scripts, as a page for people.

    The JSON shape is always ``{"error": {"status": 404, "code": "not-found", "message": "..."}}``;
    ``details``, a list of ``{"line", "field", "message"}``, is there where what was sent has several faults.
    """
    if isinstance(request.routing_exception, SecurityError):
        # Addressed by a name that is not trusted: no page can be made, since pages hold links.
        response = make_response(message, {"Content-Type": "text/plain; charset=utf-8"})
    elif _wants_json():
        body = {"status": status, "code": code or _CODES.get(status, "error"), "message": message}
        response = jsonify({"error": body | ({"details": details} if details else {})})
    else:
        title = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Error"
        response = make_response(render_template("error.html", title=title, status=status, message=message))
    response.status_code = status
    return response


def init_app(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(ImportProblem)
    def unreadable(error: ImportProblem) -> Response:
        return error_response(422, str(error))

    @app.errorhandler(ExchangeError)
    def unreadable_glossary(error: ExchangeError) -> Response:
        return error_response(422, str(error))

    @app.errorhandler(NoSuchReading)
    def missing(error: NoSuchReading) -> Response:
        return error_response(404, str(error))

    @app.errorhandler(NoSuchTerm)
    def missing_term(error: NoSuchTerm) -> Response:
        return error_response(404, str(error))

    @app.errorhandler(NoSuchItem)
    def missing_item(error: NoSuchItem) -> Response:
        return error_response(404, str(error))

    @app.errorhandler(LibraryError)
    def no_library(error: LibraryError) -> Response:
        _log.error("library: %s", error)
        return error_response(503, str(error), code="library-unavailable")

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> Response:
        limit = app.config["SETTINGS"].max_text_bytes / 1e6
        return error_response(
            413,
            f"That is too large: this reader takes texts of up to {limit:g} MB. Split the text into parts, "
            "or raise SEITENBLICK_MAX_TEXT_BYTES.",
        )

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        if isinstance(error, SecurityError):
            message = "This host name is not known here; add it to SEITENBLICK_TRUSTED_HOSTS if it is yours."
            return error_response(status, message)
        own = error.description if error.description != type(error).description else None
        return error_response(status, own or _MESSAGES.get(status, error.description or "Error"))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        # Imported here: models must not be loaded for the first page.
        from models.lexicon import LexiconError
        from models.packages import PackageError

        if isinstance(error, LexiconError):
            return error_response(503, str(error), code="lexicon-unavailable")
        if isinstance(error, PackageError):
            return error_response(503, str(error), code="model-unavailable")
        _log.exception("unexpected error at %s", request.path, exc_info=error)
        return error_response(500, _MESSAGES[500])


def _wants_json() -> bool:
    return request.path.startswith("/api/") or (
        request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    )
