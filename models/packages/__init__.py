"""Argos Translate packages (`.argosmodel` files): checked, installed, verified and, on wish, downloaded."""

from __future__ import annotations

from models.packages.archive import ArchiveReport, Member, check_archive
from models.packages.official import OFFICIAL_INDEX, fetch_official
from models.packages.package import Package, PackageError, read_package
from models.packages.store import PackageStore

__all__ = [
    "OFFICIAL_INDEX",
    "ArchiveReport",
    "Member",
    "Package",
    "PackageError",
    "PackageStore",
    "check_archive",
    "fetch_official",
    "read_package",
]
