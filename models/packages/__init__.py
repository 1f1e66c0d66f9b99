"""Argos Translate packages (`.argosmodel` files): checked, installed, verified and, on wish, downloaded."""

from __future__ import annotations

from models.packages.archive import ArchiveReport, Member, check_archive
from models.packages.package import Package, PackageError, read_package
from models.packages.store import PackageStore

__all__ = [
    "ArchiveReport",
    "Member",
    "Package",
    "PackageError",
    "PackageStore",
    "check_archive",
    "read_package",
]
