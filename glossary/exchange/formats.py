"""The exchange formats by name, and which one a file has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from glossary.exchange.decoding import check_size
from glossary.exchange.entries import Contents, ExchangeError
from glossary.exchange.tables import read_table, write_table
from glossary.exchange.tbx_reading import read_tbx
from glossary.exchange.tbx_writing import write_tbx
from glossary.exchange.tmx import read_tmx, write_tmx
from glossary.terms import Term

Writer = Callable[[Sequence[Term], str], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export to: what people see, the file's ending, its type, and what writes it."""

    label: str
    suffix: str
    mimetype: str
    write: Writer


FORMATS: dict[str, Format] = {
    "csv": Format(
        "CSV, all columns", ".csv", "text/csv", lambda terms, note: write_table(terms, "csv", note)
    ),
    "tsv": Format(
        "TSV, all columns",
        ".tsv",
        "text/tab-separated-values",
        lambda terms, note: write_table(terms, "tsv", note),
    ),
    "csv-pairs": Format(
        "CSV, German and English only",
        ".csv",
        "text/csv",
        lambda terms, note: write_table(terms, "csv", note, ("german", "english")),
    ),
    "tbx": Format(
        "TBX-Basic (terminology tools)",
        ".tbx",
        "application/x-tbx",
        lambda terms, note: write_tbx(terms, note, "Seitenblick glossary"),
    ),
    "tmx": Format("TMX, terms", ".tmx", "application/x-tmx+xml", lambda terms, note: write_tmx(terms, note)),
    "tmx-examples": Format(
        "TMX, example sentences",
        ".tmx",
        "application/x-tmx+xml",
        lambda terms, note: write_tmx(terms, note, examples=True),
    ),
}
"""What can be exported, by name."""
READABLE = ("csv", "tsv", "tbx", "tmx")
"""What can be imported."""


def read_glossary(data: bytes, name: str = "", format_: str = "") -> Contents:
    """Read a glossary file; the format is told by the file's content, then by its name.

    Args:
        data: the file.
        name: its name, such as `terms.tsv`.
        format_: one of `READABLE`, if it is known.

    Raises:
        ExchangeError: it cannot be read at all; nothing of it is to be imported.

    """
    check_size(data)
    kind = format_ or _format_of(data, name)
    if kind not in READABLE:
        raise ExchangeError(0, f"There is no format {kind!r}; choose one of {', '.join(READABLE)}.")
    if kind == "tbx":
        return read_tbx(data)
    if kind == "tmx":
        return read_tmx(data)
    return read_table(data, kind)


def write_glossary(terms: Sequence[Term], name: str, remark: str = "") -> bytes:
    """Write terms in one of `FORMATS`.

    Raises:
        ExchangeError: the format is not known, or needs terms or examples and there are none.

    """
    if name not in FORMATS:
        raise ExchangeError(0, f"There is no format {name!r}; choose one of {', '.join(FORMATS)}.")
    return FORMATS[name].write(terms, remark)


def _format_of(data: bytes, name: str) -> str:
    start = data[:4000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        for tag, kind in ((b"<tmx", "tmx"), (b"<tbx", "tbx"), (b"<martif", "tbx")):
            if tag in start:
                return kind
        if name.lower().endswith((".tbx", ".tmx")):
            return name[-3:].lower()
        raise ExchangeError(1, "This XML is neither TBX nor TMX.")
    if start.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise ExchangeError(
            0, "This is no text file. Save the spreadsheet as CSV (UTF-8), then import that file."
        )
    # Both are read alike but for the marks that may part the columns.
    return "tsv" if name.lower().endswith((".tsv", ".tab")) else "csv"
