"""Start the reader: production server, free port, sample articles, browser."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import webbrowser
from importlib.resources import files
from typing import Any

from flask import Flask

from webapp.importers import take_in
from webapp.library import LibraryError
from webapp.pipeline import save
from webapp.services import Services

_log = logging.getLogger(__name__)
# Each open stream holds a thread; pages and API need some besides.
_THREADS = 32


class ServingError(RuntimeError):
    """The server cannot start; the message says why and what to do."""


def make_server(app: Flask) -> Any:
    """Bind the address in the settings and return the server, not yet running.

    Raises:
        ServingError: the port is taken or the address is not this computer's.

    """
    from waitress.server import create_server

    settings = app.config["SETTINGS"]
    try:
        return create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=_THREADS,
            ident="seitenblick",
            # Notices when the browser has left a stream, so that its thread is free again.
            channel_request_lookahead=1,
            max_request_body_size=max(settings.max_text_bytes * 4, settings.max_dictionary_bytes) + 200_000,
        )
    except (OSError, socket.gaierror) as error:
        raise ServingError(
            f"Cannot listen on {settings.host} port {settings.port} ({error.strerror or error}). Is "
            "Seitenblick running already? Choose another port with --port (0 takes a free one)."
        ) from error


def address(server: Any, host: str) -> str:
    """The address to open in a browser."""
    name = host if host not in ("0.0.0.0", "::", "") else "127.0.0.1"  # noqa: S104
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{server.effective_port}/"


def prepare(services: Services, *, samples: bool) -> None:
    """In the background: warm the model up, lay in the samples, go on with what was interrupted."""

    def run() -> None:
        try:
            if samples:
                lay_in_samples(services)
            for reading_id in services.library.unfinished():
                services.desk.start(reading_id, first=False)
            services.warm_up()
        except LibraryError as error:
            _log.error("%s", error)
        except Exception:
            # The pages report the same trouble to whoever needs the part; the server must stand.
            _log.exception("warming up failed")

    threading.Thread(target=run, name="warm-up", daemon=True).start()


def lay_in_samples(services: Services) -> None:
    """Put the sample articles into the library, once: who deletes them does not get them back."""
    if services.library.fact("samples") is not None:
        return
    signature = services.translator().signature
    texts = [f for f in files("webapp").joinpath("samples").iterdir() if f.name.endswith(".txt")]
    for sample in sorted(texts, key=lambda f: f.name, reverse=True):
        intake = take_in(sample.read_bytes(), name=sample.name)
        if services.library.find_same(intake.text) is None:
            save(intake, services.library, signature)
    services.library.record("samples", "laid in")


def open_browser(url: str) -> None:
    """Open the browser where there is one on a screen (no text browser in the server's terminal)."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return
    try:
        webbrowser.open(url)
    except webbrowser.Error:
        _log.info("no browser to open")
