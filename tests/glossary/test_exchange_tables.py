"""CSV and TSV: round trip, two columns, formulas, encodings, and faults by line."""

from __future__ import annotations

import csv
import io

import pytest

from glossary import Glossary, Term
from glossary.exchange import FORMATS, Contents, ExchangeError, read_glossary, write_glossary
from glossary.exchange.formulas import defuse, restore
from glossary.own import completed, own_term
from tests.glossary.terms import term


def terms_of(contents: Contents) -> list[Term]:
    assert not contents.faults
    return [own_term(completed(entry.values) | {"id": entry.values["id"]}) for entry in contents.entries]


def read(text: str, name: str = "terms.csv") -> list[tuple[int, dict[str, str]]]:
    contents = read_glossary(text.encode(), name)
    assert not contents.faults
    return [(entry.line, dict(entry.values)) for entry in contents.entries]


def refusal(data: bytes, name: str = "terms.csv") -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        read_glossary(data, name)
    return caught.value


@pytest.mark.parametrize("name", ["csv", "tsv", "tbx", "tmx", "tmx-examples"])
def test_the_whole_glossary_there_and_back(glossary: Glossary, name: str) -> None:
    data = write_glossary(glossary.terms, name, "Our own text, MIT licence.")
    assert b"MIT licence" in data[:1000]
    assert terms_of(read_glossary(data, f"terms{FORMATS[name].suffix}")) == list(glossary.terms)


NASTY = term(
    "Quark, „frisch“",
    id="own-quark",
    gender="m",
    genitive="Quarks / Quarkes",
    english='=HYPERLINK("http://evil.example")',
    variants="+1 | -2 | @SUM(A1)",
    definition='\'=already quoted, with "quotes"; a\u00a0fixed space & <b>tags</b> ]]> -- end',
    note="Plural: not a label of ours",
    false_friend="-",
    abbreviation="Q. | QK",
    related="own-other bundestag",
    since="1949-05-23",
    until="2026",
    country="CH AT",
    register="ironic",
    match="after:der|die; exact-case",
    inflection="invariable",
)


@pytest.mark.parametrize("name", ["csv", "tsv", "tbx", "tmx", "tmx-examples"])
def test_hard_values_there_and_back(name: str) -> None:
    terms = [NASTY, term("Zweiter", id="own-zweiter", gender="pl", plural="-", related="own-quark")]
    assert terms_of(read_glossary(write_glossary(terms, name), f"x{FORMATS[name].suffix}")) == terms


def test_formulas_are_defused_in_the_file() -> None:
    text = write_glossary([NASTY], "csv").decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert '\'=HYPERLINK("http://evil.example")' in cells
    assert not [cell for cell in cells if cell[:1] in "=+@\t" and cell]
    assert not [cell for cell in cells if cell.startswith("-") and cell != "-"]


@pytest.mark.parametrize(
    "cell", ["", "-", "=1", "+1", "-1", "@a", "'=1", "''-", "'-", "'text", "a=b", "'", "＝1", "-a", "--"]
)
def test_defusing_can_always_be_undone(cell: str) -> None:
    assert restore(defuse(cell)) == cell
    assert defuse(cell)[:1] not in ("=", "+", "@", "＝") or not cell


@pytest.mark.parametrize(
    "text",
    [
        "german,english\nQuark,curd\nMolke,whey\n",
        "Quark,curd\nMolke,whey",
        "Deutsch;Englisch\r\nQuark;curd\r\nMolke;whey\r\n",
        "\ufeffenglish,german\ncurd,Quark\nwhey,Molke\n",
        "# from a friend\n\nde\ten\nQuark\tcurd\n\nMolke\twhey\n",
        '"German","English",,\n"Quark","curd",,\n"Molke","whey",,\n',
    ],
)
def test_two_columns(text: str) -> None:
    assert [(row["german"], row["english"]) for _, row in read(text)] == [
        ("Quark", "curd"),
        ("Molke", "whey"),
    ]


def test_any_columns_in_any_order_with_their_lines() -> None:
    text = 'English;German;Since;Note\ncurd;Quark;1900;"one\ntwo"\nwhey;Molke;;\n'
    assert read(text) == [
        (2, {"english": "curd", "german": "Quark", "since": "1900", "note": "one two"}),
        (4, {"english": "whey", "german": "Molke", "since": "", "note": ""}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = "german\tenglish\nKäse\tcheese\n".encode(encoding)
    assert read_glossary(data, "a.txt").entries[0].values["german"] == "Käse"


@pytest.mark.parametrize(
    ("data", "line", "part"),
    [
        (b"", 0, "empty"),
        (b"  \n", 0, "empty"),
        ("german,english\nQuark,curd\nK\u00e4se,cheese\n".encode("cp1252"), 3, "not UTF-8"),
        (b"german,english\nQu\0ark,curd\n", 2, "NUL"),
        (b"german,note\nQuark,x\n", 1, "column english is missing"),
        (b"german,english,colour\nQuark,curd,white\n", 1, "unknown columns: colour"),
        (b"german,english,english\nQuark,curd,x\n", 1, "english stands there twice"),
        (b"Quark,curd,white\nMolke,whey,x\n", 1, "must name the columns"),
        (b'german,english\nQuark,"curd\nMolke,whey\n', 2, "double quotes"),
        (b"PK\x03\x04xlsx", 0, "Save the spreadsheet as CSV"),
        (b"<html></html>", 1, "neither TBX nor TMX"),
        (b"german,english\n" + b"a,b\n" * 10_001, 10_002, "10000 terms"),
        (b"x" * 8_000_001, 0, "8 MB"),
    ],
)
def test_unreadable_files_say_where_and_why(data: bytes, line: int, part: str) -> None:
    error = refusal(data)
    assert error.line == line
    assert part in str(error)


def test_lines_with_too_few_or_too_many_columns() -> None:
    contents = read_glossary(b"german,english,note\nQuark,curd,\nMolke\nKefir,kefir,a,b\nButter,butter,x\n")
    assert [entry.values["german"] for entry in contents.entries] == ["Quark", "Butter"]
    assert [(fault.line, "columns instead of 3" in fault.message) for fault in contents.faults] == [
        (3, True),
        (4, True),
    ]


def test_unknown_formats_are_refused() -> None:
    with pytest.raises(ExchangeError, match="choose one of"):
        write_glossary([NASTY], "xlsx")
    with pytest.raises(ExchangeError, match="choose one of"):
        read_glossary(b"a,b", "", "xlsx")
