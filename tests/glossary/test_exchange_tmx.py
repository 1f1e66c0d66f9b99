"""TMX: what we write keeps to 1.4b; what others write is read, sentences are refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from glossary import Glossary
from glossary.exchange import ExchangeError, read_glossary, write_glossary
from tests.glossary.terms import term

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REQUIRED = {
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"
}  # fmt: skip
ORDER = {"tmx": "header body ", "tu": "(?:note |prop )*(?:tuv )+", "tuv": "seg "}


@pytest.mark.parametrize(("name", "segments"), [("tmx", "phrase"), ("tmx-examples", "sentence")])
def test_what_we_write_keeps_to_the_specification(glossary: Glossary, name: str, segments: str) -> None:
    root = ElementTree.fromstring(write_glossary(glossary.terms, name, "MIT licence"))
    header = root[0]
    assert root.get("version") == "1.4"
    assert set(header.keys()) >= REQUIRED
    assert (header.get("srclang"), header.get("segtype")) == ("de", segments)
    assert header[0].text == "MIT licence"
    units = list(root.iter("tu"))
    assert len(units) == len(glossary.terms)
    for node in root.iter():
        if node.tag in ORDER:
            assert re.fullmatch(ORDER[node.tag], "".join(f"{child.tag} " for child in node))
        if node.tag == "prop":
            assert str(node.get("type")).startswith("x-")
    assert {tuple(str(v.get(LANG)) for v in unit.iter("tuv")) for unit in units} == {("de", "en-GB")}


def test_files_of_others_are_read() -> None:
    text = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" srclang="en"/><body>
<tu tuid="7"><note>Dairy.</note>
  <tuv xml:lang="EN-US"><seg><bpt i="1">&lt;b&gt;</bpt>curd<ept i="1"/></seg></tuv>
  <tuv xml:lang="de_CH"><seg>Quark</seg></tuv></tu>
<tu><tuv lang="de"><seg>Molke</seg></tuv><tuv lang="en"><seg>whey</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Käse</seg></tuv><tuv xml:lang="fr"><seg>fromage</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Der Käse, der auf dem Tisch lag, war schon alt.</seg></tuv>
  <tuv xml:lang="en"><seg>The cheese on the table was old.</seg></tuv></tu>
</body></tmx>"""
    contents = read_glossary(text.encode())
    assert [(entry.line, dict(entry.values)) for entry in contents.entries] == [
        (4, {"id": "7", "german": "Quark", "english": "<b>curd", "country": "CH", "note": "Dairy."}),
        (7, {"german": "Molke", "english": "whey"}),
    ]
    assert [(fault.line, fault.column) for fault in contents.faults] == [(8, "english"), (9, "german")]
    assert "translation memory is no glossary" in contents.faults[1].message


def test_examples_need_examples() -> None:
    with pytest.raises(ExchangeError, match="example sentence"):
        write_glossary([term("Quark", example_de="", example_en="")], "tmx-examples")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('<tmx version="1.4"><body></body></tmx>', "no translation units"),
        ("<tmx><body><tu></body></tmx>", "mismatched tag"),
        ('<!DOCTYPE tmx [<!ENTITY x "y">]><tmx>&x;</tmx>', "own document type"),
    ],
)
def test_broken_files_are_refused(text: str, part: str) -> None:
    with pytest.raises(ExchangeError, match=part):
        read_glossary(text.encode(), "x.tmx")
