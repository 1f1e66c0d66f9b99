"""Saved words and terms as files: an Anki package, or a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from glossary.exchange.formulas import defuse
from webapp.study.items import Kind, Status, StudyItem
from webapp.study.store import StudyStore

FORMATS: Final = ("anki", "csv")
"""The formats: an Anki package, and a table."""
COLUMNS: Final = (
    "german", "english", "note", "sentence", "sentence_english", "form", "kind", "pos", "status", "source",
    "sentence_number", "created", "due",
)  # fmt: skip
"""The columns of the table; times are ISO 8601 in UTC, ``sentence_number`` counts from 1."""

_FILES: Final = {
    "anki": ("seitenblick.apkg", "application/octet-stream"),
    "csv": ("seitenblick-words.csv", "text/csv"),
}


@dataclass(frozen=True, slots=True)
class StudyFile:
    """An exported file."""

    name: str
    """What to call it."""
    mimetype: str
    content: bytes
    count: int
    """How many items are in it."""


def export_items(
    store: StudyStore, form: str, now: datetime, status: Status | None = None, kind: Kind | None = None
) -> StudyFile:
    """Export the vocabulary, or the items with one status or of one kind, oldest first.

    Raises:
        ValueError: there is no such format.

    """
    if form not in FORMATS:
        raise ValueError(f"There is no format {form!r}; choose one of: {', '.join(FORMATS)}.")
    # Loaded when it is needed: genanki takes a tenth of a second.
    from webapp.study.anki import anki_package

    items = store.list(status=status, kind=kind)[::-1]
    content = anki_package(items, now) if form == "anki" else table(items)
    name, mimetype = _FILES[form]
    return StudyFile(name, mimetype, content, len(items))


def table(items: Iterable[StudyItem]) -> bytes:
    """Items as CSV (RFC 4180) in UTF-8 with a byte order mark, by which spreadsheets know the encoding.

    Formulas are defused as in the glossary's tables.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in items:
        row = {
            "german": item.german,
            "english": item.english,
            "note": item.note,
            "sentence": item.sentence,
            "sentence_english": item.sentence_english,
            "form": item.form,
            "kind": item.kind,
            "pos": item.pos,
            "status": item.status,
            "source": item.source,
            "sentence_number": "" if item.segment is None else str(item.segment + 1),
            "created": item.created.isoformat(timespec="seconds"),
            "due": item.due.isoformat(timespec="seconds") if item.due else "",
        }
        writer.writerow([defuse(row[column]) for column in COLUMNS])
    return buffer.getvalue().encode("utf-8-sig")
