"""SHA-256 of files and open streams."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO


def sha256_stream(stream: IO[bytes]) -> str:
    """Return the SHA-256 of a whole open file as hex digits; its position is left at the end."""
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits. Raises OSError."""
    with path.open("rb") as stream:
        return sha256_stream(stream)
