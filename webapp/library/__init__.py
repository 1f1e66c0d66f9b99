"""The library: saved readings and the translations made for them, in a SQL database."""

from __future__ import annotations

from webapp.library.database import Database, LibraryError
from webapp.library.library import Library, ReadingSummary

__all__ = ["Database", "Library", "LibraryError", "ReadingSummary"]
