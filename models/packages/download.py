"""Downloads that can be resumed. The only code of the reader that goes to the network, on the user's wish."""

from __future__ import annotations

import contextlib
import email.message
import http.client
import ipaddress
import json
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from models.packages.package import PackageError

Progress = Callable[[int, int | None], None]  # bytes so far, bytes in all if the server says

TIMEOUT = 30.0
MOST_REDIRECTS = 5
ATTEMPTS = 3
_CHUNK = 128 * 1024
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class _Broken(Exception):
    """The connection ended early; what came is kept, and going on makes sense."""


def check_address(url: str) -> None:
    """Accept https, and http for this very machine (tests, mirrors on a stick); else PackageError."""
    try:
        parts = urllib.parse.urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise PackageError(f"{url[:200]!r} is not an address.") from error
    if parts.scheme == "https" and host:
        return
    if parts.scheme == "http" and (host == "localhost" or _is_loopback(host)):
        return
    raise PackageError(f"{url[:200]!r} is refused: packages are fetched from https:// addresses only.")


def fetch_small(url: str, largest: int) -> bytes:
    """Return a small document. Raises PackageError."""
    try:
        with _open(url, {}) as response:
            data: bytes = response.read(largest + 1)
    except (OSError, http.client.HTTPException) as error:
        raise PackageError(_reason(url, error)) from error
    if len(data) > largest:
        raise PackageError(f"{url} sends more than {largest:,} bytes; that cannot be right.")
    return data


def download(url: str, target: Path, largest: int, progress: Progress) -> None:
    """Fetch a file to `target`, going on with what an earlier attempt left there if it is the same file.

    What has come so far lies in `target` with the ending `.part`, and beside it a note with the address, the
    server's ETag and the full length. It is only gone on with if the server answers a range request with
    the same ETag and length; otherwise the download starts again. Raises PackageError; OSError from the disk.
    """
    check_address(url)
    part = target.with_name(f"{target.name}.part")
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(0.2 * attempt)
        try:
            _attempt(url, part, largest, progress)
            os.replace(part, target)
            _note(part).unlink(missing_ok=True)
            return
        except _Broken as error:
            reason = str(error)
    raise PackageError(
        f"The download from {url} broke off ({reason}). What came is kept: run the command again to go on."
    )


def _attempt(url: str, part: Path, largest: int, progress: Progress) -> None:
    have, tag, length = _resumable(url, part)
    headers = {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
    try:
        response = _open(url, headers)
    except urllib.error.HTTPError as error:
        if error.code == 416 and have:  # the server's file has become shorter
            _forget(part)
            raise _Broken("the file on the server has changed") from error
        raise PackageError(_reason(url, error)) from error
    except (OSError, http.client.HTTPException) as error:
        if have or isinstance(error, (ConnectionResetError, http.client.RemoteDisconnected)):
            raise _Broken(_reason(url, error)) from error
        raise PackageError(_reason(url, error)) from error
    with response:
        if response.status == 206:
            total = _range_total(response.headers, have, tag, length)
            if total is None:
                _forget(part)
                raise _Broken("the file on the server has changed")
        else:
            have, total = 0, _length(response.headers)
        if total is not None and total > largest:
            raise PackageError(
                f"{url} is {total:,} bytes long, more than the {largest:,} a package may have."
            )
        if have == 0:
            _write_note(part, url, response.headers.get("ETag", ""), total)
        with part.open("ab" if have else "wb") as sink:
            _copy(response, sink, have, total, largest, progress)


def _copy(
    response: Any,
    sink: IO[bytes],
    have: int,
    total: int | None,
    largest: int,
    progress: Progress,
) -> None:
    progress(have, total)
    while True:
        try:
            chunk = response.read1(_CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise _Broken(str(error) or type(error).__name__) from error
        if not chunk:
            break
        have += len(chunk)
        if have > largest or (total is not None and have > total):
            raise PackageError("The server sends more than it announced or than a package may have; stopped.")
        sink.write(chunk)
        progress(have, total)
    if total is not None and have < total:
        raise _Broken(f"{have:,} of {total:,} bytes")


def _resumable(url: str, part: Path) -> tuple[int, str, int]:
    """Return (bytes there, ETag, full length) of an unfinished download of this address, else zeros."""
    try:
        note = json.loads(_note(part).read_text(encoding="utf-8"))
        tag, length, have = note["etag"], note["length"], part.stat().st_size
    except (OSError, ValueError, KeyError, TypeError):
        return 0, "", 0
    # Weak tags (W/) promise the same meaning, not the same bytes.
    sound = (
        isinstance(tag, str) and tag.startswith('"') and isinstance(length, int) and note.get("url") == url
    )
    return (have, tag, length) if sound and 0 < have < length else (0, "", 0)


def _range_total(headers: email.message.Message, have: int, tag: str, length: int) -> int | None:
    """Return the full length if a partial answer goes on exactly where we stopped, in the same file."""
    match = _RANGE.fullmatch(headers.get("Content-Range", "").strip())
    if match is None or headers.get("ETag", tag) != tag:
        return None
    first, last, total = map(int, match.groups())
    return total if first == have and last == total - 1 and total == length else None


def _length(headers: email.message.Message) -> int | None:
    value = headers.get("Content-Length", "")
    return int(value) if value.isdecimal() else None


def _note(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _write_note(part: Path, url: str, tag: str, length: int | None) -> None:
    _note(part).write_text(json.dumps({"url": url, "etag": tag, "length": length}), encoding="utf-8")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _note(part).unlink(missing_ok=True)


def _is_loopback(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, each to an address we would fetch from."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Check the new address before it is followed; the headers (Range) go along."""
        check_address(newurl)
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise PackageError(f"{req.full_url} sends us on to an address without encryption; stopped.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(url: str, headers: dict[str, str]) -> Any:
    check_address(url)
    headers = {"User-Agent": "Seitenblick", "Accept-Encoding": "identity", **headers}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - checked above
    return urllib.request.build_opener(_Redirects).open(request, timeout=TIMEOUT)


def _reason(url: str, error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"{url} answers {error.code} {error.reason}; check the address or try later."
    if isinstance(error, urllib.error.URLError):
        return f"{url} cannot be reached ({error.reason}); is this machine connected to the network?"
    return f"{url} cannot be read ({error or type(error).__name__}); try again later."
