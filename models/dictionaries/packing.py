"""Files as they lie there or compressed (.gz, .dz), with a bound on what is unpacked."""

from __future__ import annotations

import gzip
import mmap
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from models.dictionaries.values import DictionaryError

_CHUNK: Final = 1 << 20


def read_whole(path: Path, most: int) -> bytes:
    """Return the contents of a small file, unpacked. Raises DictionaryError if it exceeds `most` bytes."""
    with opened(path, most) as data:
        return bytes(data)


@contextmanager
def opened(path: Path, most: int) -> Iterator[bytes | mmap.mmap]:
    """Give the contents of a file of at most `most` bytes, unpacked (into a temporary file) if need be."""
    try:
        if path.suffix not in {".dz", ".gz"}:
            if path.stat().st_size > most:
                raise DictionaryError(f"{path.name} is longer than its dictionary says; get a fresh copy.")
            with path.open("rb") as plain:
                yield from _mapped(plain.fileno(), path.stat().st_size)
            return
        with tempfile.TemporaryFile() as unpacked:
            size = 0
            with gzip.open(path, "rb") as packed:
                while chunk := packed.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise DictionaryError(
                            f"{path.name} unpacks to more than the {most:,} bytes its dictionary can"
                            " use: damaged, or a zip bomb; get a fresh copy."
                        )
                    unpacked.write(chunk)
            unpacked.flush()
            yield from _mapped(unpacked.fileno(), size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DictionaryError(f"{path.name} is damaged or cut off ({error}); get a fresh copy.") from error
    except OSError as error:
        raise DictionaryError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _mapped(descriptor: int, size: int) -> Iterator[bytes | mmap.mmap]:
    if not size:
        yield b""
        return
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as data:
        yield data
