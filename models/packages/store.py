"""The store: one folder a package, installed atomically, and a note of which one is in use."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import models
from models.packages.archive import ArchiveReport, open_archive, unpack
from models.packages.lock import folder_lock
from models.packages.manifest import (
    check_hashes,
    check_sizes,
    make_manifest,
    read_manifest,
    write_manifest,
)
from models.packages.package import Package, PackageError
from models.packages.trial import try_package

EMBEDDED_FOLDER = Path(models.__file__).parent / "embedded"
_CURRENT = "current.json"
_INCOMING, _REPLACED = ".incoming-", ".replaced-"
_NAME = re.compile(r"translate-[a-z]{2,3}_[a-z]{2,3}-[0-9A-Za-z_]{1,80}")
_LOCK_SECONDS = 180.0


class PackageStore:
    """Translation packages under one folder.

    A package appears whole or not at all: it is unpacked into a hidden folder beside its place, tried in a
    process of its own and then renamed. Left-overs of a crash are cleared when a store is opened.
    Every method raises PackageError with a message for the user; none lets an OSError through.
    """

    def __init__(self, root: Path, embedded: Path = EMBEDDED_FOLDER) -> None:
        """Open the store in `root` (made when needed); `embedded` holds the archives that come with us."""
        self.root = root
        self._embedded_folder = embedded
        self._embedded: Package | None = None
        self._guard = threading.Lock()
        if root.is_dir():
            self._clear_leftovers()

    def install(self, path: Path, *, replace: bool = False, origin: str = "") -> Package:
        """Check, unpack, try and install a package file; the package in use stays the same.

        Installing the same file again changes nothing. Another file with the same name and version is an
        error unless `replace` is given. `origin` (an address) is recorded in the manifest.
        """
        return self._install(path, replace=replace, origin=origin or path.name, ours=False)

    def embedded(self) -> Package:
        """Return the package that comes with Seitenblick, unpacking it on first use."""
        with self._guard:
            if self._embedded is None or not self._embedded.folder.is_dir():
                self._embedded = self._install_embedded()
            return self._embedded

    def list(self) -> tuple[Package, ...]:
        """Return all installed packages that are whole, sorted by name; broken ones are left out."""
        packages = []
        for name in self._names():
            with contextlib.suppress(PackageError):
                packages.append(self.get(name))
        return tuple(packages)

    def broken(self) -> dict[str, str]:
        """Return {name: what is wrong} of installed packages that cannot be used."""
        problems = {}
        for name in self._names():
            try:
                self.get(name)
            except PackageError as error:
                problems[name] = str(error)
        return problems

    def get(self, name: str) -> Package:
        """Return an installed package; its files must be there with their recorded sizes."""
        folder = self._folder(name)
        manifest = read_manifest(folder)
        if manifest.name != name:
            raise PackageError(
                f"The folder {name} holds the package {manifest.name}; remove it and install again."
            )
        check_sizes(folder, manifest)
        return manifest.package(folder)

    def use(self, name: str) -> Package:
        """Make an installed package the current one."""
        package = self.get(name)
        with self._errors("note the package in use"):
            handle, temporary = tempfile.mkstemp(dir=self.root, prefix=f"{_INCOMING}current-")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump({"name": name}, stream)
            os.replace(temporary, self.root / _CURRENT)
        return package

    def current(self) -> Package:
        """Return the package in use: the one last named to `use`, else the embedded one.

        A chosen package that has been removed gives way to the embedded one; a damaged one raises.
        """
        try:
            name = json.loads((self.root / _CURRENT).read_text(encoding="utf-8"))["name"]
        except (OSError, ValueError, KeyError, TypeError):
            return self.embedded()
        if not isinstance(name, str) or not _NAME.fullmatch(name) or not (self.root / name).is_dir():
            return self.embedded()
        return self.get(name)

    def remove(self, name: str) -> None:
        """Remove a package, whole or broken. The embedded one comes back when it is next needed."""
        folder = self._folder(name)
        if not folder.is_dir():
            raise PackageError(f"{name} is not installed.")
        with self._errors(f"remove {name}"), folder_lock(self.root, _LOCK_SECONDS):
            # Renamed first, so that no one meets a half-removed package.
            doomed = Path(tempfile.mkdtemp(dir=self.root, prefix=_INCOMING))
            os.replace(folder, doomed / name)
            shutil.rmtree(doomed)

    def verify(self, name: str) -> None:
        """Compute the SHA-256 of every file of the package again; raises if one differs from the manifest."""
        folder = self._folder(name)
        check_hashes(folder, read_manifest(folder))

    def origin(self, name: str) -> str:
        """Return where an installed package came from: a file name or an address."""
        return read_manifest(self._folder(name)).origin

    def _names(self) -> tuple[str, ...]:
        with self._errors("list the packages"):
            if not self.root.is_dir():
                return ()
            folders = (path.name for path in self.root.iterdir() if path.is_dir())
            return tuple(sorted(name for name in folders if _NAME.fullmatch(name)))

    def _folder(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise PackageError(f"{name!r} is no name of a package; names look like translate-de_en-1_0.")
        return self.root / name

    def _install_embedded(self) -> Package:
        with self._errors("read the embedded package"):
            paths = sorted(self._embedded_folder.glob("*.argosmodel"))
        reports = []
        for path in paths:
            with open_archive(path) as (_archive, report):
                reports.append(report)
        if not reports:
            raise PackageError(
                f"{self._embedded_folder} holds no .argosmodel file; install Seitenblick again."
            )
        best = max(reports, key=lambda report: version_key(report.metadata.version))
        try:
            package = self.get(best.name)
            if read_manifest(package.folder).archive_sha256 == best.sha256:
                return package
        except PackageError:
            pass  # not there yet, or damaged: unpacked anew below
        # No trial: the file is ours and its checksums are verified while unpacking.
        return self._install(best.path, replace=True, origin="embedded", ours=True)

    def _install(self, path: Path, *, replace: bool, origin: str, ours: bool) -> Package:
        with self._errors(f"install {path.name}"):
            self.root.mkdir(parents=True, exist_ok=True)
            with folder_lock(self.root, _LOCK_SECONDS), open_archive(path) as (archive, report):
                place = self.root / report.name
                if place.exists() and not replace:
                    return self._same_or_raise(report)
                if ours:
                    with contextlib.suppress(PackageError):  # another process was quicker
                        return self._same_or_raise(report)
                if shutil.disk_usage(self.root).free < report.unpacked_size:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                incoming = Path(tempfile.mkdtemp(dir=self.root, prefix=_INCOMING))
                try:
                    folder = incoming / report.name
                    folder.mkdir()
                    unpack(archive, report, folder)
                    write_manifest(folder, make_manifest(folder, report.metadata, report.sha256, origin))
                    if not ours:
                        try_package(folder)
                    _to_disk(folder)
                    self._put_in_place(folder, place)
                finally:
                    shutil.rmtree(incoming, ignore_errors=True)
        return self.get(report.name)

    def _same_or_raise(self, report: ArchiveReport) -> Package:
        try:
            package = self.get(report.name)
            same = read_manifest(package.folder).archive_sha256 == report.sha256
        except PackageError as error:
            raise PackageError(f"{error} (Found while installing {report.path.name}.)") from error
        if not same:
            raise PackageError(
                f"{report.name} is installed already from another file with the same name and version; "
                "install with replacement if you want this one instead."
            )
        return package

    def _put_in_place(self, folder: Path, place: Path) -> None:
        if not place.exists():
            os.replace(folder, place)
            return
        # Two renames cannot be one: a crash between them is mended by _clear_leftovers.
        aside = self.root / f"{_REPLACED}{place.name}"
        shutil.rmtree(aside, ignore_errors=True)
        os.replace(place, aside)
        try:
            os.replace(folder, place)
        except OSError:
            os.replace(aside, place)
            raise
        shutil.rmtree(aside, ignore_errors=True)

    def _clear_leftovers(self) -> None:
        """Remove what a crash left; skipped while another process installs, and where we may not write."""
        with contextlib.suppress(OSError, PackageError), folder_lock(self.root, 0.0):
            for path in self.root.iterdir():
                if path.name.startswith(_REPLACED):
                    place = self.root / path.name.removeprefix(_REPLACED)
                    if not place.exists():
                        os.replace(path, place)
                        continue
                elif not path.name.startswith(_INCOMING):
                    continue
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)

    @contextmanager
    def _errors(self, doing: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                advice = "the disk is full; free some space and try again"
            elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                advice = (
                    "the folder cannot be written to; check its permissions or choose another data folder"
                )
            else:
                advice = error.strerror or str(error)
            raise PackageError(f"Could not {doing} in {self.root}: {advice}.") from error


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Order of versions by their numbers: 0.10 after 0.9."""
    parts = (re.fullmatch(r"(\d*)(.*)", part) for part in version.split("."))
    return tuple((int(part[1] or 0), part[2]) for part in parts if part)


def _to_disk(folder: Path) -> None:
    """Have the system write the files out before the rename makes them visible (matters at a power cut)."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
