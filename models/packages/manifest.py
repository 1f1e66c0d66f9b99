"""The manifest: a file of ours in an installed package: SHA-256 of the archive and of every file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.packages.hashing import sha256_file
from models.packages.package import SOURCE, TARGET, Metadata, Package, PackageError, fingerprint

MANIFEST = "manifest.json"
_REPAIR = "install the package again with replacement, or remove it"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Contents of manifest.json. `files` maps names inside the package to (SHA-256, size in bytes)."""

    name: str
    version: str
    title: str
    fingerprint: str
    archive_sha256: str
    origin: str
    installed: str
    files: dict[str, tuple[str, int]]

    def package(self, folder: Path) -> Package:
        """Return the package these files make up."""
        return Package(self.name, self.version, SOURCE, TARGET, folder, self.fingerprint, self.title)


def make_manifest(folder: Path, metadata: Metadata, archive_sha256: str, origin: str) -> Manifest:
    """Hash every file in `folder`. Raises OSError."""
    files = {
        path.relative_to(folder).as_posix(): (sha256_file(path), path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return Manifest(
        metadata.name,
        metadata.version,
        metadata.title,
        fingerprint({name: sha256 for name, (sha256, _size) in files.items()}),
        archive_sha256,
        origin,
        datetime.now(UTC).isoformat(timespec="seconds"),
        files,
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into the package's folder. Raises OSError."""
    values = {name: getattr(manifest, name) for name in Manifest.__slots__}
    values["files"] = {n: {"sha256": sha, "size": size} for n, (sha, size) in manifest.files.items()}
    (folder / MANIFEST).write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an installed package; PackageError if it is not there or damaged."""
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {str(n): (str(f["sha256"]), int(f["size"])) for n, f in values.pop("files").items()}
        texts = {n: values[n] for n in Manifest.__slots__ if n != "files"}
        if not all(isinstance(text, str) for text in texts.values()):
            raise TypeError("a value is not text")
        return Manifest(**texts, files=files)
    except FileNotFoundError as error:
        raise PackageError(
            f"{folder.name} is not installed, or its manifest.json is gone: {_REPAIR}."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackageError(f"{folder.name}: manifest.json cannot be read ({error}): {_REPAIR}.") from error


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Cheap check at every use: every file is there and has its size. Raises PackageError."""
    for name, (_sha256, size) in manifest.files.items():
        try:
            found = (folder / name).stat().st_size
        except OSError as error:
            raise PackageError(f"{manifest.name} lacks {name}: {_REPAIR}.") from error
        if found != size:
            raise PackageError(f"{manifest.name}: {name} has {found:,} bytes instead of {size:,}: {_REPAIR}.")


def check_hashes(folder: Path, manifest: Manifest) -> None:
    """Thorough check: every file has its recorded hash, and there is none besides. Raises PackageError."""
    check_sizes(folder, manifest)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if extra := sorted(found - manifest.files.keys() - {MANIFEST}):
        raise PackageError(
            f"{manifest.name} holds files that were not installed ({', '.join(extra[:5])}): {_REPAIR}."
        )
    for name, (sha256, _size) in manifest.files.items():
        try:
            same = sha256_file(folder / name) == sha256
        except OSError as error:
            raise PackageError(
                f"{manifest.name}: {name} cannot be read ({error.strerror}): {_REPAIR}."
            ) from error
        if not same:
            raise PackageError(f"{manifest.name}: {name} has been changed since it was installed: {_REPAIR}.")
    hashes = {name: sha256 for name, (sha256, _size) in manifest.files.items()}
    if fingerprint(hashes) != manifest.fingerprint:
        raise PackageError(f"{manifest.name}: manifest.json contradicts itself: {_REPAIR}.")
