"""Glossaries as CSV (RFC 4180) and TSV: the columns of our schema, or German and English only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from glossary.exchange.decoding import decoded
from glossary.exchange.entries import MOST_ENTRIES, Contents, Entry, ExchangeError, LineFault
from glossary.exchange.formulas import defuse, restore
from glossary.own import clean
from glossary.terms import COLUMNS, Term

_NAMES = {
    **{column: column for column in COLUMNS},
    "de": "german",
    "deutsch": "german",
    "source term": "german",
    "en": "english",
    "englisch": "english",
    "target term": "english",
    "countries": "country",
    "abbreviations": "abbreviation",
    "false friend": "false_friend",
    "example de": "example_de",
    "example en": "example_en",
}
_DELIMITERS = {"csv": ",;\t", "tsv": "\t"}
_PAIR = 2


def read_table(data: bytes, kind: str) -> Contents:
    """Read a CSV or TSV file.

    The first line names the columns: those of our schema in any order, at least `german` and `english`
    (also `Deutsch`, `Englisch`, `de`, `en`). A file of two columns may do without: German, then English.
    Lines before the header that begin with `#` are remarks. CSV may be parted by commas, semicolons (as
    German spreadsheets do) or tabs.

    Raises:
        ExchangeError: the file cannot be read at all (encoding, columns, quotes).

    """
    text = decoded(data)
    delimiter = _delimiter(text, _DELIMITERS[kind])
    rows = _rows(text, delimiter)
    first = next(rows, None)
    if first is None:
        raise ExchangeError(0, "The file holds no lines but remarks.")
    line, cells = first
    columns = _header(line, cells)
    entries: list[Entry] = []
    faults: list[LineFault] = []
    if columns is None:
        columns = ["german", "english"]
        rows = _chained(first, rows)
    for line, cells in rows:
        if len(entries) >= MOST_ENTRIES:
            raise ExchangeError(line, f"{MOST_ENTRIES} terms are the most for one file. Split it.")
        if len(cells) > len(columns) and not any(cells[len(columns) :]):
            cells = cells[: len(columns)]
        if len(cells) != len(columns):
            message = (
                f"{len(cells)} columns instead of {len(columns)}; put a field that holds the column mark "
                "into double quotes"
            )
            faults.append(LineFault(line, "", message))
            continue
        values = {column: clean(restore(cell)) for column, cell in zip(columns, cells, strict=True)}
        entries.append(Entry(line, values))
    return Contents(kind, tuple(entries), tuple(faults))


def write_table(
    terms: Iterable[Term], kind: str, remark: str = "", columns: Sequence[str] = COLUMNS
) -> bytes:
    """Write terms as CSV or TSV in UTF-8 with a byte order mark, by which spreadsheets know the encoding.

    Formulas are defused. `remark` becomes a first line that begins with `#`.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="\t" if kind == "tsv" else ",", lineterminator="\r\n")
    if remark:
        writer.writerow([f"# {remark}"])
    writer.writerow(columns)
    for term in terms:
        row = term.row()
        writer.writerow([defuse(row[column]) for column in columns])
    return buffer.getvalue().encode("utf-8-sig")


def _delimiter(text: str, allowed: str) -> str:
    """The mark that parts the columns: that of the header line most often found outside quotes."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip('"').startswith("#"):
            bare = "".join(line.split('"')[::2])
            return max(allowed, key=bare.count)
    return allowed[0]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are neither blank nor remarks, with the 1-based line of each one's beginning."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, started = 1, False
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ExchangeError(
                line, f"not readable as a table ({error}). Check the double quotes of this line."
            ) from None
        if cells is None:
            return
        remark = not started and bool(cells) and cells[0].lstrip().startswith("#")
        if any(cell.strip() for cell in cells) and not remark:
            started = True
            yield line, cells
        line = reader.line_num + 1


def _chained(
    first: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rest


def _header(line: int, cells: Sequence[str]) -> list[str] | None:
    """The columns that the first line names; None if it is a pair of terms already.

    Raises:
        ExchangeError: it names columns that are not known, twice, or not the two that are needed.

    """
    names = [clean(cell).lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    columns = [_NAMES.get(name, "") for name in names]
    if not any(column in ("german", "english") for column in columns):
        if len(names) == _PAIR:
            return None
        raise ExchangeError(
            line,
            "the first line must name the columns, at least german and english; only a file of two columns "
            "(German, then English) may do without.",
        )
    unknown = [name or "(empty)" for name, column in zip(names, columns, strict=True) if not column]
    if unknown:
        raise ExchangeError(line, f"unknown columns: {', '.join(unknown)}. Known are: {', '.join(COLUMNS)}.")
    missing = [column for column in ("german", "english") if column not in columns]
    if missing:
        raise ExchangeError(line, f"the column {missing[0]} is missing.")
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise ExchangeError(line, f"the column {twice[0]} stands there twice.")
    return columns
