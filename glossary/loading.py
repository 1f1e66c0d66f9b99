"""Read the glossary's CSV files."""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from glossary.schema import faults, parse_rules, split_list
from glossary.terms import COLUMNS, Glossary, GlossaryError, Place, Term

TERMS_FOLDER = Path(__file__).parent / "terms"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its place and its columns, stripped and in Unicode normal form C."""

    file: str
    line: int
    values: Mapping[str, str]


def load_glossary(folder: Path | None = None) -> Glossary:
    """Load every `*.csv` of the folder (default: the glossary that comes with the program).

    Raises GlossaryError at the first row that breaks the schema or repeats an id.
    """
    folder = folder or TERMS_FOLDER
    terms: list[Term] = []
    places: list[Place] = []
    seen: dict[str, Place] = {}
    for row in read_rows(folder):
        for fault in faults(row.values):
            raise GlossaryError(row.file, row.line, fault.message, fault.column)
        term = term_from_row(row.values)
        place = Place(row.file, row.line)
        if term.id in seen:
            first = seen[term.id]
            raise GlossaryError(
                row.file,
                row.line,
                f"{term.id!r} stands already in {first.file}, line {first.line}; "
                "give this row an id of its own",
                "id",
            )
        seen[term.id] = place
        terms.append(term)
        places.append(place)
    return Glossary(tuple(terms), fingerprint(terms), tuple(places), folder)


def read_rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of every `*.csv` of the folder in the order of the file names.

    Raises GlossaryError where the folder has no files, a file is not UTF-8, its header is not the
    schema's, or a row has too many or too few columns.
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise GlossaryError(str(folder), 0, "no *.csv file here; give the folder that holds the glossary")
    for file in files:
        yield from rows_of(file)


def rows_of(file: Path) -> Iterator[Row]:
    """Yield the rows of one file; raises as `read_rows`."""
    name = str(file)
    text = _decoded(file)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header = next(reader, None)
    if header is None:
        raise GlossaryError(name, 1, "the file is empty; its first line must name the columns")
    if tuple(header) != COLUMNS:
        raise GlossaryError(name, 1, _header_fault(header))
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise GlossaryError(name, line, f"not readable as CSV ({error}); check the quotes") from None
        if cells is None:
            return
        if cells:
            if len(cells) != len(COLUMNS):
                raise GlossaryError(
                    name,
                    line,
                    f"{len(cells)} columns instead of {len(COLUMNS)}; "
                    "quote every field that contains a comma or a double quote",
                )
            values = dict(zip(COLUMNS, (_clean(cell) for cell in cells), strict=True))
            yield Row(name, line, values)
        line = reader.line_num + 1


def term_from_row(values: Mapping[str, str]) -> Term:
    """Build a Term from a row's columns; ValueError if the match rules are not understood."""
    return Term(
        id=values["id"],
        german=values["german"],
        pos=values["pos"],
        gender=values["gender"],
        genitive=values["genitive"],
        plural=values["plural"],
        inflection=values["inflection"],
        english=values["english"],
        variants=split_list(values["variants"], "|"),
        domain=values["domain"],
        countries=tuple(values["country"].split()),
        definition=values["definition"],
        note=values["note"],
        false_friend=values["false_friend"],
        register=values["register"],
        abbreviations=split_list(values["abbreviation"], "|"),
        related=tuple(values["related"].split()),
        since=values["since"],
        until=values["until"],
        example_de=values["example_de"],
        example_en=values["example_en"],
        source=values["source"],
        match=parse_rules(values["match"]) if values["match"] else (),
        reviewed=values["reviewed"],
    )


def fingerprint(terms: list[Term]) -> str:
    """First 16 hex digits of the SHA-256 over the normalised rows, sorted by id.

    Order of files and rows, quoting and outer white space do not change it; any other change does.
    """
    digest = hashlib.sha256()
    for term in sorted(terms, key=lambda each: each.id):
        digest.update("\x1f".join(term.row().values()).encode())
        digest.update(b"\x1e")
    return digest.hexdigest()[:16]


def _decoded(file: Path) -> str:
    raw = file.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise GlossaryError(str(file), line, "not UTF-8; save the file as UTF-8") from None


def _header_fault(header: list[str]) -> str:
    missing = [column for column in COLUMNS if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    told = []
    if missing:
        told.append(f"missing columns: {', '.join(missing)}")
    if unknown:
        told.append(f"unknown columns: {', '.join(unknown)}")
    return "; ".join(told or ["columns in the wrong order"]) + f". The header must be: {','.join(COLUMNS)}"


def _clean(cell: str) -> str:
    cell = cell.strip()
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
