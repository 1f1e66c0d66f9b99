"""A reading as a file: plain text, JSON, TSV, and one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from webapp.exporters import html, json_file, text, tsv
from webapp.reading import Reading
from webapp.text_tools import slug


@dataclass(frozen=True, slots=True)
class Document:
    """An exported reading."""

    filename: str
    mimetype: str
    content: str


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that a reading can be exported to."""

    label: str
    suffix: str
    mimetype: str
    write: Callable[[Reading], str]


EXPORTERS: Final[dict[str, Exporter]] = {
    "text": Exporter("Plain text", "txt", "text/plain", text.write),
    "html": Exporter("Web page", "html", "text/html", html.write),
    "tsv": Exporter("Table (TSV)", "tsv", "text/tab-separated-values", tsv.write),
    "json": Exporter("JSON", "json", "application/json", json_file.write),
}


def export(reading: Reading, name: str) -> Document:
    """Write a reading in the named format.

    Raises:
        KeyError: there is no such format.

    """
    exporter = EXPORTERS[name]
    return Document(f"{slug(reading.title)}.{exporter.suffix}", exporter.mimetype, exporter.write(reading))
