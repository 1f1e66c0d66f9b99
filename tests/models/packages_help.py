"""Makes package files, sound and broken, out of the embedded one; and a local web server for downloads."""

from __future__ import annotations

import json
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from models.packages.store import EMBEDDED_FOLDER

TOP = "translate-de_en-9_9"
METADATA: dict[str, object] = {
    "package_version": "9.9",
    "argos_version": "1.9",
    "from_code": "de",
    "from_name": "German",
    "to_code": "en",
    "to_name": "English",
}


def embedded_archive() -> Path:
    return sorted(EMBEDDED_FOLDER.glob("*.argosmodel"))[-1]


def embedded_vocabulary(folder: Path) -> Path:
    """Write the SentencePiece model of the embedded package into a folder."""
    path = folder / "spm.model"
    with zipfile.ZipFile(embedded_archive()) as archive:
        name = next(n for n in archive.namelist() if n.endswith("sentencepiece.model"))
        path.write_bytes(archive.read(name))
    return path


def contents(**metadata: object) -> dict[str, bytes]:
    """The files of a sound package, named without the top folder; metadata values can be changed."""
    files = {}
    with zipfile.ZipFile(embedded_archive()) as archive:
        for name in archive.namelist():
            files[name.split("/", 1)[1]] = archive.read(name)
    files["metadata.json"] = json.dumps(METADATA | metadata).encode()
    return files


def write_archive(path: Path, files: dict[str, bytes], top: str = TOP) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            archive.writestr(f"{top}/{name}" if top else name, data)
    return path


def small_files() -> dict[str, bytes]:
    """Complete by its names, but with a model that is none: for checks that look at no contents."""
    return {
        "metadata.json": json.dumps(METADATA).encode(),
        "sentencepiece.model": b"no model",
        "model/model.bin": b"no model",
        "model/shared_vocabulary.json": b"[]",
    }


class Site:
    """What the local server answers, and what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.etag = '"one"'
        self.ranges = True
        self.break_after: list[int] = []  # bytes after which the next answers break off
        self.announced: int | None = None  # a false Content-Length
        self.asked: list[tuple[str, str | None]] = []
        self.base = ""

    def index(self, *names: str, **entry: object) -> str:
        links = [name if "://" in name else f"{self.base}/{name}" for name in names]
        self.files["index.json"] = json.dumps(
            [METADATA | {"type": "translate", "links": links} | entry]
        ).encode()
        return f"{self.base}/index.json"


@contextmanager
def serve() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            asked = self.headers.get("Range")
            site.asked.append((name, asked))
            if name in site.redirects:
                self.send_response(302)
                self.send_header("Location", site.redirects[name])
                self.end_headers()
                return
            if name not in site.files:
                self.send_error(404)
                return
            data = site.files[name]
            start = 0
            match = re.fullmatch(r"bytes=(\d+)-", asked or "")
            if match and site.ranges and self.headers.get("If-Range") == site.etag:
                start = int(match[1])
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            else:
                self.send_response(200)
            body = data[start:]
            self.send_header("ETag", site.etag)
            self.send_header("Content-Length", str(site.announced or len(body)))
            self.end_headers()
            if name != "index.json" and site.break_after:
                body = body[: site.break_after.pop(0)]
            with suppress(ConnectionError):  # the client may have seen enough
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
