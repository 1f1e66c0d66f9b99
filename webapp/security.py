"""What keeps the reader to itself: headers, trusted hosts, and no writes from other sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from webapp.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask, settings: Settings) -> None:
    """Set the limits and the checks before and after every request."""
    # A text in a form is percent-encoded: three bytes for every byte outside ASCII; JSON escapes take more.
    app.config["MAX_CONTENT_LENGTH"] = settings.max_text_bytes * 4 + 100_000
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_text_bytes * 4 + 100_000
    app.config["MAX_FORM_PARTS"] = 20
    # Names under which the reader may be addressed: else a web page elsewhere could reach it by letting its
    # own name point to 127.0.0.1 (DNS rebinding).
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost", "[::1]", settings.host, *settings.trusted_hosts]
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def _refuse_other_sites() -> None:
    """Refuse writes that another site's page sends (CSRF), by the headers that browsers add themselves."""
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    same = (
        site in ("same-origin", "none") if site else origin is None or urlsplit(origin).netloc == request.host
    )
    if not same:
        abort(403, "This request came from another site's page and was refused.")


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
