from __future__ import annotations

from pathlib import Path

import pytest

from glossary import Glossary, GlossaryError, load_glossary
from glossary.terms import COLUMNS
from tests.glossary.terms import row, write_csv


def test_reads_columns_and_lists(tmp_path: Path) -> None:
    write_csv(
        tmp_path / "law.csv",
        row(
            "Bundesrat",
            id="bundesrat-de",
            gender="m",
            genitive="Bundesrates / Bundesrats",
            variants="upper house | second chamber",
            abbreviation="BR",
            related="a b",
            country="DE AT",
            match="exact-case; not-after:schweizer|Berner",
        ),
    )
    term = load_glossary(tmp_path).get("bundesrat-de")
    assert term.article == "der"
    assert term.genitives == ("Bundesrates", "Bundesrats")
    assert term.plurals == ()
    assert term.variants == ("upper house", "second chamber")
    assert term.countries == ("DE", "AT")
    assert [rule.kind for rule in term.match] == ["exact-case", "not-after"]
    assert term.match[1].words == ("schweizer", "berner")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("pos", "Noun", "none of noun, name"),
        ("gender", "x", "none of m, f"),
        ("register", "rude", "none of neutral"),
        ("country", "DE XX", "'XX' is none of"),
        ("since", "bald", "write a year"),
        ("reviewed", "22.11.2026", "ISO date"),
        ("match", "after:", "is not understood"),
        ("match", "sometimes", "is not understood"),
        ("id", "Büro", "ASCII"),
        ("german", "", "fill it in"),
        ("note", "a\x07b", "U+0007"),
        ("inflection", "stark", "none of (empty)"),
    ],
)
def test_a_fault_names_file_line_and_column(tmp_path: Path, column: str, value: str, told: str) -> None:
    file = write_csv(
        tmp_path / "law.csv", row("Gut", id="gut"), row("Schlecht", id="schlecht") | {column: value}
    )
    with pytest.raises(GlossaryError) as caught:
        load_glossary(tmp_path)
    assert caught.value.file == str(file)
    assert caught.value.line == 3
    assert caught.value.column == column
    assert told in str(caught.value)
    assert "line 3" in str(caught.value)


def test_line_numbers_count_line_breaks_inside_fields(tmp_path: Path) -> None:
    first = row("Eins", id="eins")
    file = write_csv(tmp_path / "law.csv", first, row("Zwei", id="zwei", pos="?"))
    file.write_text(file.read_text(encoding="utf-8").replace("serves to", "serves\nto", 1), encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"U\+000A") as caught:
        load_glossary(tmp_path)
    assert caught.value.line == 2


def test_the_same_id_twice(tmp_path: Path) -> None:
    write_csv(tmp_path / "eu.csv", row("Eins", id="eins"))
    write_csv(tmp_path / "law.csv", row("Zwei", id="eins"))
    with pytest.raises(GlossaryError, match=r"stands already in .*eu.csv, line 2"):
        load_glossary(tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"id,german\n", "missing columns: pos"),
        (",".join(COLUMNS).encode() + b"\na,b\n", "2 columns instead of 24"),
        (",".join(COLUMNS).encode() + b"\n\xff\n", "UTF-8"),
        (",".join(COLUMNS).encode() + b'\n"a"b,c\n', "CSV"),
    ],
)
def test_broken_files(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "law.csv").write_bytes(content)
    with pytest.raises(GlossaryError, match=told):
        load_glossary(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"no \*\.csv"):
        load_glossary(tmp_path)


def test_the_fingerprint_follows_content_not_order(tmp_path: Path) -> None:
    one, two = row("Eins", id="eins"), row("Zwei", id="zwei")
    write_csv(tmp_path / "law.csv", one, two)
    before = load_glossary(tmp_path).fingerprint
    write_csv(tmp_path / "law.csv", two, one)
    assert load_glossary(tmp_path).fingerprint == before
    write_csv(tmp_path / "law.csv", two, one | {"note": "neu"})
    after = load_glossary(tmp_path).fingerprint
    assert after != before
    assert len(after) == 16
    int(after, 16)


def test_the_shipped_glossary(glossary: Glossary) -> None:
    assert len(glossary.terms) >= 1400
    assert len({term.id for term in glossary.terms}) == len(glossary.terms)
    with pytest.raises(KeyError, match="no glossary term"):
        glossary.get("gibt-es-nicht")
