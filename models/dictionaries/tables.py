"""Reading tables of words: TSV, CSV, and the lists of the form "Haus {n} | Häuser {pl} :: house | houses"."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from models.dictionaries.markup import tidy
from models.dictionaries.values import DictionaryError, RawDictionary, RawEntry

_LARGEST: Final = 1 << 29
_SAMPLE: Final = 1 << 18
_TITLES: Final = frozenset({
    "german", "deutsch", "de", "deu", "ger", "headword", "word", "wort", "term", "begriff", "stichwort",
    "source",
})  # fmt: skip
_EIGHT_BIT: Final = ["cp1252", "iso8859_15", "cp850", "mac_roman"]
_PAIR: Final = " :: "
_BROKEN_SHARE: Final = 0.5  # with more lines than that without a translation, the file is something else


def read_table(path: Path) -> RawDictionary:
    """Open a table of headword, translation and notes, in any usual encoding. Raises DictionaryError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DictionaryError(f"{path.name} is larger than {_LARGEST >> 20} MB: no dictionary.")
        text = _decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise DictionaryError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    return RawDictionary(
        path.stem, "table", _entries(text, path.name, tabs=path.suffix.lower() in {".tsv", ".tab"})
    )


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            encoding = _guessed(data)
        else:
            if "\0" in text:
                raise DictionaryError(f"{name} is no text: a table of words was expected.")
            return text
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DictionaryError(f"The letters of {name} cannot be read; save it as UTF-8.") from error
    if "\0" in text:
        raise DictionaryError(f"{name} is no text: a table of words was expected.")
    return text


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    zeros = data[:_SAMPLE].count(0) * 10 > len(data[:_SAMPLE])
    best = from_bytes(data[:_SAMPLE], cp_isolation=["utf_16_le", "utf_16_be"] if zeros else _EIGHT_BIT).best()
    return best.encoding if best is not None else "unknown"


def _entries(text: str, name: str, *, tabs: bool) -> Iterator[RawEntry]:
    lines = good = 0
    for row in _rows(text, tabs=tabs):
        if not row or not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        if not lines and row[0].strip().casefold() in _TITLES and len(row) > 1:
            continue
        lines += 1
        found = list(_row_entries(row))
        good += bool(found)
        yield from found
    if not good or good < lines * (1 - _BROKEN_SHARE):
        raise DictionaryError(
            f"{name} is no dictionary: {lines - good} of {lines} lines lack a translation. Each line needs"
            " the German word, a tab (or comma or semicolon) and the translation."
        )


def _rows(text: str, *, tabs: bool) -> Iterator[list[str]]:
    sample = [line for line in text[:_SAMPLE].splitlines()[:200] if line.strip() and not line.startswith("#")]
    half = len(sample) / 2
    pairs = sum(_PAIR in line for line in sample)
    # Tables made by programs have no quoting around tabs; a quotation mark there is one.
    if tabs or sum("\t" in line for line in sample) > half:
        return (line.split("\t") for line in text.splitlines())
    if pairs > half:
        return (line.split(_PAIR, 1) for line in text.splitlines())
    semicolons = sum(";" in line for line in sample) > half and sum("," in line for line in sample) <= half
    first_semicolon = (
        sum(-1 < line.find(";") < (line.find(",") + 1 or len(line) + 1) for line in sample) > half
    )
    csv.field_size_limit(1 << 20)
    return _csv_rows(text, ";" if semicolons or first_semicolon else ",")


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise DictionaryError(
            f"The table cannot be read: {error}. Save it as CSV or TSV in UTF-8."
        ) from error


def _row_entries(row: list[str]) -> Iterator[RawEntry]:
    """Yield the entries of a row: one, or several where both sides have as many forms between bars."""
    cells = [tidy(cell) for cell in row]
    if len(cells) < 2 or not cells[0] or not cells[1]:
        return
    left, right = ([part.strip() for part in cell.split(" | ")] for cell in cells[:2])
    pairs = zip(left, right, strict=True) if len(left) == len(right) else [(cells[0], cells[1])]
    notes = [note for note in cells[2:] if note]
    for german, english in pairs:
        words = tuple(word.strip() for word in re.split(r";(?![^{(\[]*[})\]])", german) if word.strip())
        if words and english:
            yield RawEntry(words, " · ".join((english, *notes)))
