"""Dictionaries as they are handed round: zip and tar archives, of which only dictionary files are taken."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO, Final

from models.dictionaries.values import DictionaryError

_ENDINGS: Final = (
    ".ifo",
    ".idx",
    ".idx.gz",
    ".idx.dz",
    ".dict",
    ".dict.dz",
    ".syn",
    ".syn.dz",
    ".syn.gz",
    ".tsv",
    ".csv",
)
_ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_MOST_MEMBERS: Final = 20_000
_LARGEST: Final = 1 << 32
_LARGEST_RATIO: Final = 200
_FREE: Final = 64 << 20  # below this size compression may be as good as it likes
_COPY: Final = 1 << 20


def is_archive(name: str) -> bool:
    """Return whether a file of this name is an archive that can be unpacked."""
    return name.lower().endswith(_ARCHIVES)


def unpack(archive: Path, folder: Path) -> None:
    """Write the dictionary files of an archive into an empty folder, without its folders.

    Raises DictionaryError: it is damaged, implausibly dense or large, or holds two files of one name.
    """
    budget = min(_LARGEST, max(_FREE, archive.stat().st_size * _LARGEST_RATIO))
    try:
        with _members(archive) as members:
            for name, source in members:
                target = folder / name
                if target.exists():
                    raise DictionaryError(
                        f"{archive.name} holds two files called {name}; unpack it and add each by itself."
                    )
                with target.open("xb") as sink:
                    while chunk := source.read(_COPY):
                        budget -= len(chunk)
                        if budget < 0:
                            raise DictionaryError(
                                f"{archive.name} unpacks to more than is plausible: damaged, or a zip bomb."
                            )
                        sink.write(chunk)
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib.error,
        LZMAError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise DictionaryError(f"{archive.name} is damaged or cut off ({error}); get a fresh copy.") from error
    except RuntimeError as error:  # encrypted
        raise DictionaryError(f"{archive.name} cannot be unpacked: {error}.") from error


@contextmanager
def _members(archive: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    if archive.name.lower().endswith(".zip"):
        with zipfile.ZipFile(archive) as packed:
            yield _zipped(packed)
    else:
        with tarfile.open(archive, "r:*") as packed_tar:
            yield _tarred(packed_tar)


def _zipped(packed: zipfile.ZipFile) -> Iterator[tuple[str, IO[bytes]]]:
    for number, info in enumerate(packed.infolist()):
        name = _wanted(number, info.filename)
        if name and not info.is_dir():
            with packed.open(info) as source:
                yield name, source


def _tarred(packed: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for number, info in enumerate(packed):
        name = _wanted(number, info.name)
        if name and info.isfile() and (source := packed.extractfile(info)):
            yield name, source


def _wanted(number: int, path: str) -> str:
    """Return the bare name of a member that is to be written, "" if it is none of ours."""
    if number >= _MOST_MEMBERS:
        raise DictionaryError(f"The archive holds more than {_MOST_MEMBERS:,} files: no dictionary.")
    name = PurePosixPath(path.replace("\\", "/")).name
    if name.startswith(".") or not name.lower().endswith(_ENDINGS) or len(name.encode()) > 200:
        return ""
    return "".join(c for c in name if c.isprintable() and c not in ':*?"<>|')
