"""The connection to the library's database; its failures become messages that say what to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeGuard

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from webapp.library.tables import SCHEMA_VERSION, Base, MetaRow


class LibraryError(RuntimeError):
    """The library cannot be read or written; nothing that was saved before is lost."""


class Database:
    """Opens the database on first use and hands out sessions."""

    def __init__(self, url: str) -> None:
        """Name the database.

        Args:
            url: SQLAlchemy URL, such as ``sqlite:////home/me/library.sqlite3`` or
                ``postgresql+psycopg://user@host/name``.

        """
        self._url = url
        self._lock = threading.Lock()
        self._sessions: sessionmaker[Session] | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back.

        Raises:
            LibraryError: the database cannot be opened, read or written.

        """
        try:
            with self._maker().begin() as session:
                yield session
        except SQLAlchemyError as error:
            raise LibraryError(self._message(error)) from error

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            if self._sessions is not None:
                self._sessions.kw["bind"].dispose()
                self._sessions = None

    def _maker(self) -> sessionmaker[Session]:
        with self._lock:
            if self._sessions is None:
                self._sessions = self._open()
            return self._sessions

    def _open(self) -> sessionmaker[Session]:
        try:
            url = make_url(self._url)
            if url.get_backend_name() == "sqlite" and _is_path(url.database):
                _make_folder(url.database)
            engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise LibraryError(
                f"The database URL cannot be used ({error}). Check SEITENBLICK_DATABASE_URL; for PostgreSQL "
                "install the extra: pip install 'seitenblick[postgresql]'."
            ) from error
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        try:
            Base.metadata.create_all(engine)
            sessions = sessionmaker(engine, expire_on_commit=False)
            with sessions.begin() as session:
                version = session.get(MetaRow, "schema")
                if version is None:
                    session.add(MetaRow(key="schema", value=str(SCHEMA_VERSION)))
                elif version.value != str(SCHEMA_VERSION):
                    raise LibraryError(
                        f"The library was written by another version of Seitenblick (schema {version.value}, "
                        f"this one needs {SCHEMA_VERSION}). Update Seitenblick, or choose another library "
                        "with SEITENBLICK_DATABASE_URL."
                    )
        except (SQLAlchemyError, LibraryError):
            engine.dispose()
            raise
        return sessions

    def _message(self, error: SQLAlchemyError) -> str:
        reason = str(error.orig) if isinstance(error, DBAPIError) and error.orig else str(error)
        where = make_url(self._url).render_as_string(hide_password=True)
        lower = reason.lower()
        if "readonly" in lower or "read-only" in lower:
            advice = (
                "The library cannot be written to. Give yourself write permission, or set SEITENBLICK_HOME."
            )
        elif "full" in lower or "no space" in lower:
            advice = "The disk is full. Make room; what was saved before is still there."
        elif "unable to open" in lower:
            advice = "The library's file cannot be opened. Check the folder, or set SEITENBLICK_HOME."
        elif "locked" in lower:
            advice = "The library is in use by another program. Try again in a moment."
        elif "malformed" in lower or "not a database" in lower:
            advice = "The library's file is damaged. Move it away or restore a copy, then start again."
        else:
            advice = "The library cannot be used."
        return f"{advice} ({where}: {reason})"


def _is_path(database: str | None) -> TypeGuard[str]:
    return bool(database) and database != ":memory:" and not str(database).startswith("file:")


def _make_folder(database: str) -> None:
    from pathlib import Path

    folder = Path(database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The folder {folder} cannot be made ({error.strerror}). Set SEITENBLICK_HOME to a "
            "folder that you may write to."
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    # Write-ahead log: readers (the streams) never wait for the writer. It needs a writable folder; where
    # there is none SQLite stays in its old mode and reading still works.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
