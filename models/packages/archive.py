"""Checks of an `.argosmodel` file before anything is unpacked, and the unpacking itself.

An archive may come from anywhere, so nothing in it is trusted: names, sizes, kinds and compression are
checked in the central directory first, contents (CRC) while unpacking. Only files we need are written.
"""

from __future__ import annotations

import contextlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.packages.hashing import sha256_stream
from models.packages.package import LARGEST_METADATA, Metadata, PackageError, parse_metadata

MIB = 1024 * 1024
MOST_MEMBERS = 2000
LARGEST_TOTAL = 4096 * MIB
LARGEST_RATIO = 200  # real models shrink by a factor of 1.1 to 4, vocabularies by 4; zip bombs by 1000
# Files that are unpacked, with the largest size that is plausible.
_LIMITS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"metadata\.json"), LARGEST_METADATA),
    (re.compile(r"(README|LICENSE)(\.md|\.txt)?"), MIB),
    (re.compile(r"(sentencepiece|bpe)\.model"), 64 * MIB),
    (re.compile(r"model/config\.json"), MIB),
    (re.compile(r"model/(shared|source|target)_vocabulary\.(json|txt)"), 64 * MIB),
    (re.compile(r"model/vmap\.txt"), 256 * MIB),
    (re.compile(r"model/model\.bin"), 2048 * MIB),
)
# Sentence splitters inside official packages: never loaded (Stanza's are pickles), so never unpacked.
_SKIPPED = re.compile(r"(stanza|minisbd|spacy)/.+")
_COPY = MIB


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive that will be unpacked: its name inside the package and its size in bytes."""

    name: str
    size: int
    stored_as: str


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What a checked archive holds. `sha256` is that of the whole file, `skipped` what is not unpacked."""

    path: Path
    sha256: str
    metadata: Metadata
    members: tuple[Member, ...]
    skipped: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the package would be installed under."""
        return self.metadata.name

    @property
    def unpacked_size(self) -> int:
        """Bytes that unpacking writes."""
        return sum(member.size for member in self.members)


def check_archive(path: Path) -> ArchiveReport:
    """Check a package file before any extraction; PackageError says what is wrong with it."""
    with open_archive(path) as (_archive, report):
        return report


@contextmanager
def open_archive(path: Path) -> Iterator[tuple[zipfile.ZipFile, ArchiveReport]]:
    """Open and check a package file; what is unpacked later comes from the very file that was checked."""
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(path.open("rb"))
            archive = stack.enter_context(_zip(stream, path))
            report = _check(archive, stream, path)
        except FileNotFoundError as error:
            raise PackageError(f"There is no file {path}; check the name.") from error
        except OSError as error:
            raise PackageError(f"{path} cannot be read: {error.strerror or error}.") from error
        yield archive, report


def unpack(archive: zipfile.ZipFile, report: ArchiveReport, folder: Path) -> None:
    """Write the checked members into the new, empty `folder`. Raises PackageError (damaged), OSError."""
    for member in report.members:
        target = folder / member.name
        target.parent.mkdir(exist_ok=True)
        try:
            with archive.open(member.stored_as) as source, target.open("xb") as sink:
                left = member.size
                while chunk := source.read(min(_COPY, left + 1)):
                    left -= len(chunk)
                    if left < 0:
                        raise PackageError(
                            f"{member.name} is longer than the archive says; get a fresh copy."
                        )
                    sink.write(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise PackageError(
                f"{report.path.name} is damaged at {member.name} ({error}); get a fresh copy."
            ) from error
        if left:
            raise PackageError(f"{member.name} is shorter than the archive says; get a fresh copy.")


def _zip(stream: BinaryIO, path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, UnicodeError) as error:
        raise PackageError(
            f"{path.name} is not a zip archive, or an incomplete one ({error}); it must be an .argosmodel."
        ) from error


def _check(archive: zipfile.ZipFile, stream: BinaryIO, path: Path) -> ArchiveReport:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise PackageError(f"{path.name} holds {len(infos)} files; a package has a few dozen. Not installed.")
    _check_layout(archive, infos)
    top = _top_folder(infos)
    members: list[Member] = []
    skipped: list[str] = []
    seen: set[str] = set()
    for info in infos:
        _check_entry(info)
        name = info.filename.removeprefix(top)
        if name.casefold().rstrip("/") in seen:
            raise PackageError(f"The archive holds {info.filename!r} twice; not installed.")
        seen.add(name.casefold().rstrip("/"))
        if info.is_dir() or _SKIPPED.fullmatch(name):
            if not info.is_dir():
                skipped.append(name)
            continue
        limit = next((limit for pattern, limit in _LIMITS if pattern.fullmatch(name)), None)
        if limit is None:
            raise PackageError(f"The archive holds {info.filename!r}, which is no part of an Argos package.")
        if info.file_size > limit:
            raise PackageError(
                f"{info.filename!r} is implausibly large ({info.file_size:,} bytes); not installed."
            )
        members.append(Member(name, info.file_size, info.filename))
    _check_complete({member.name for member in members})
    metadata = parse_metadata(_read_small(archive, f"{top}metadata.json", path))
    return ArchiveReport(path, sha256_stream(stream), metadata, tuple(members), tuple(skipped))


def _check_layout(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    """Members must lie one after the other: overlapping ones are how the densest zip bombs are made."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise PackageError("Files inside the archive overlap: a zip bomb or damage; not installed.")
        # 30 bytes: the fixed part of a local header, after which the name and the data come.
        end = (
            info.header_offset + 30 + len(info.orig_filename.encode("utf-8", "replace")) + info.compress_size
        )
    if end > archive.start_dir:
        raise PackageError("The archive's table of contents does not fit its data; get a fresh copy.")
    if sum(info.file_size for info in infos) > LARGEST_TOTAL:
        raise PackageError("The archive would unpack to more than 4 GiB; not installed.")


def _top_folder(infos: list[zipfile.ZipInfo]) -> str:
    tops = {info.orig_filename.split("/", 1)[0] for info in infos}
    if len(tops) != 1 or not all("/" in info.orig_filename for info in infos):
        raise PackageError(
            "The archive must hold exactly one folder with everything in it; this is no Argos package."
        )
    return f"{tops.pop()}/"


def _check_entry(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    parts = name.removesuffix("/").split("/")
    if (
        name != info.filename
        or any(part in ("", ".", "..") or part.endswith((" ", ".")) for part in parts)
        or any(char in '\\:*?"<>|' or ord(char) < 32 or ord(char) == 127 for char in name)
        or len(name) > 300
    ):
        raise PackageError(f"The archive holds the dangerous file name {name!r}; not installed.")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageError(f"{name!r} in the archive is a link or a device; not installed.")
    if info.flag_bits & 0x1:
        raise PackageError(f"{name!r} in the archive is encrypted; not installed.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageError(f"{name!r} is packed with a method other than deflate; not installed.")
    if info.is_dir() and info.file_size:
        raise PackageError(f"{name!r} in the archive is a folder with contents; not installed.")
    if info.file_size > MIB and info.file_size > LARGEST_RATIO * max(1, info.compress_size):
        raise PackageError(
            f"{name!r} unpacks to more than {LARGEST_RATIO} times its size: a zip bomb; not installed."
        )


def _check_complete(names: set[str]) -> None:
    missing = [name for name in ("metadata.json", "model/model.bin") if name not in names]
    if len(names & {"sentencepiece.model", "bpe.model"}) != 1:
        missing.append("sentencepiece.model or bpe.model (one of them)")
    stems = {name.removeprefix("model/").rsplit(".", 1)[0] for name in names if "_vocabulary." in name}
    if "shared_vocabulary" not in stems and not {"source_vocabulary", "target_vocabulary"} <= stems:
        missing.append("model/shared_vocabulary.json (or .txt)")
    if missing:
        raise PackageError(f"The archive lacks {', '.join(missing)}; it is not a complete Argos package.")


def _read_small(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        with archive.open(name) as stream:
            return stream.read(LARGEST_METADATA + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise PackageError(f"{path.name} is damaged at {name} ({error}); get a fresh copy.") from error
