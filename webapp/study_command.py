"""The command ``seitenblick study export``: saved words out of the library into a file."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from webapp.library import Database, LibraryError
from webapp.settings import Settings
from webapp.study.exporting import export_items
from webapp.study.items import Kind, Status
from webapp.study.store import StudyStore


def export_study(
    settings: Settings, form: str, *, status: Status | None, kind: Kind | None, output: Path | None
) -> None:
    """Write saved words and terms to a file and say how many.

    Args:
        settings: whose library.
        form: ``anki`` or ``csv``.
        status: only what has this status; None for all.
        kind: only words or terms; None for both.
        output: the file, ``-`` for standard output; None for the format's usual name in this folder.

    Raises:
        LibraryError: the library cannot be read, or the file not written.

    """
    database = Database(settings.library_url)
    try:
        file = export_items(StudyStore(database), form, datetime.now(UTC), status, kind)
    finally:
        database.close()
    if output == Path("-"):
        sys.stdout.buffer.write(file.content)
        return
    target = output or Path(file.name)
    try:
        target.write_bytes(file.content)
    except OSError as error:
        raise LibraryError(
            f"{target} cannot be written ({error.strerror}). Name another file with --output."
        ) from error
    click.echo(f"Wrote {file.count} saved word{'' if file.count == 1 else 's'} to {target}.", err=True)
