"""TBX: what we write keeps to TBX-Basic; what others write is read, in every style."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from glossary import Glossary
from glossary.exchange import ExchangeError, read_glossary, write_glossary
from tests.glossary.terms import term

NS = "{urn:iso:std:iso:30042:ed-2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Levels and picklists of the dialect's Schematron, release 1.2.
LEVELS = {
    "subjectField": {"conceptEntry"},
    "definition": {"conceptEntry", "langSec"},
    "context": {"termSec"},
    "source": {"conceptEntry", "langSec", "termSec"},
    "crossReference": {"conceptEntry", "termSec"},
}
PICKLISTS = {
    "partOfSpeech": {"adjective", "noun", "other", "verb", "adverb"},
    "grammaticalGender": {"masculine", "feminine", "neuter", "other"},
    "administrativeStatus": {
        f"{s}Term-admn-sts" for s in ("admitted", "deprecated", "superseded", "preferred")
    },
    "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
    "geographicalUsage": None,
}
# Order of elements as in the core structure: categories before language sections, the term first.
ORDER = {
    "conceptEntry": r"(?:descrip |admin |note |ref )*(?:langSec )+",
    "langSec": r"(?:descripGrp )?(?:termSec )+",
    "termSec": r"term (?:termNote )*(?:descrip |note )*",
    "descripGrp": r"descrip (?:admin )?",
}


def test_what_we_write_keeps_to_the_dialect(glossary: Glossary) -> None:
    root = ElementTree.fromstring(write_glossary(glossary.terms, "tbx", "MIT licence"))
    assert root.tag == f"{NS}tbx"
    assert (root.get("type"), root.get("style"), root.get(LANG)) == ("TBX-Basic", "dca", "en")
    assert [child.tag for child in root] == [f"{NS}tbxHeader", f"{NS}text"]
    described = [each.tag.removeprefix(NS) for each in root[0][0]]
    assert described == ["titleStmt", "publicationStmt", "sourceDesc"]
    ids = [each.get("id") for each in root.iter(f"{NS}conceptEntry")]
    assert len(ids) == len(set(ids)) == len(glossary.terms)
    parents = {child: parent for parent in root.iter() for child in parent}
    for node in root.iter():
        name = node.tag.removeprefix(NS)
        if name in ORDER:
            assert re.fullmatch(ORDER[name], "".join(f"{c.tag.removeprefix(NS)} " for c in node)), name
        if name == "langSec":
            assert node.get(LANG) in ("de", "en-GB")
        if name == "note":
            assert node.get(LANG)
        kind = node.get("type", "")
        if name in ("descrip", "admin", "ref"):
            parent = parents[node]
            level = parents[parent] if parent.tag == f"{NS}descripGrp" else parent
            assert level.tag.removeprefix(NS) in LEVELS[kind]
        if name == "termNote":
            allowed = PICKLISTS[kind]
            assert allowed is None or node.text in allowed
        if node.get("target"):
            assert node.get("target") in ids
        if node.get("id"):
            assert re.fullmatch(r"[A-Za-z_][\w.-]*", str(node.get("id")))


def test_ids_that_begin_with_a_digit_are_xml_names_in_the_file() -> None:
    data = write_glossary([term("Neuner", id="9-november")], "tbx")
    assert b'<conceptEntry id="_9-november">' in data
    assert read_glossary(data).entries[0].values["id"] == "9-november"


def test_nothing_to_write_is_told() -> None:
    with pytest.raises(ExchangeError, match="no terms"):
        write_glossary([], "tbx")


BODY_DCA = """
<conceptEntry id="c1">
  <transacGrp><transac type="transactionType">origination</transac><date>2010-04-17</date></transacGrp>
  <descrip type="subjectField">dairy</descrip>
  <note>A note of others.</note>
  <langSec xml:lang="fr"><termSec><term>fromage blanc</term></termSec></langSec>
  <langSec xml:lang="en">
    <descripGrp><descrip type="definition">Fresh <hi type="italics">white</hi> cheese.</descrip>
      <admin type="source">Dairy handbook</admin></descripGrp>
    <termSec><term>quark cheese</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
    <termSec><term>fresh cheese</term>
      <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
    <termSec><term>curd</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
      <descrip type="context">Curd is white.</descrip></termSec>
  </langSec>
  <langSec xml:lang="de-AT">
    <termSec><term>T</term><termNote type="termType">abbreviation</termNote></termSec>
    <termSec><term>Topfen</term><termNoteGrp><termNote type="partOfSpeech">noun</termNote></termNoteGrp>
      <termNote type="grammaticalGender">masculine</termNote></termSec>
  </langSec>
</conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="en"><termSec><term>whey</term></termSec></langSec></conceptEntry>
"""
DCA = (
    '<?xml version="1.0"?><?xml-model href="x"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="en" '
    f'xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>{BODY_DCA}</body></text></tbx>'
)


def dct() -> str:
    """The same file in the other style: categories as elements of the modules' namespaces."""
    body = re.sub(
        r'<(?:descrip|admin|termNote|transac) type="(\w+)">(.*?)</(?:descrip|admin|termNote|transac)>',
        lambda found: f"<basic:{found[1]}>{found[2]}</basic:{found[1]}>",
        BODY_DCA,
    )
    return (
        '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
        f'xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/>\n<text><body>{body}</body></text></tbx>'
    )


def martif() -> str:
    """The same file as the TBX-Basic of 2008, one term in an ntig."""
    body = (
        BODY_DCA.replace("conceptEntry", "termEntry").replace("langSec", "langSet").replace("termSec", "tig")
    )
    body = body.replace("<tig><term>Topfen</term>", "<ntig><termGrp><term>Topfen</term>")
    cut = body.index("Topfen")
    body = body[:cut] + body[cut:].replace("</tig>", "</termGrp></ntig>", 1)
    return (
        '<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n<martif type="TBX" '
        f'xml:lang="en"><martifHeader/><text><body>{body}</body></text></martif>'
    )


@pytest.mark.parametrize("text", [DCA, dct(), martif()], ids=["dca", "dct", "martif"])
def test_files_of_others_are_read(text: str) -> None:
    contents = read_glossary(text.encode(), "x.tbx")
    (entry,) = contents.entries
    assert entry.line == 3
    assert dict(entry.values) == {
        "id": "c1",
        "german": "Topfen",
        "english": "curd",
        "variants": "fresh cheese",
        "abbreviation": "T",
        "example_en": "Curd is white.",
        "pos": "noun",
        "gender": "m",
        "country": "AT",
        "definition": "Fresh white cheese.",
        "source": "Dairy handbook",
        "note": "Subject field: dairy. A note of others.",
    }
    (fault,) = contents.faults
    assert (fault.line, fault.column) == (24, "german")
    assert "no German" in fault.message


BILLION = '<!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><tbx>&b;</tbx>'
OUTSIDE = '<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<tbx>&a;</tbx>'


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("<tbx>\n<text></tbx>", 2, "mismatched tag"),
        ("<tbx", 1, "broken XML"),
        ("<tbx></tbx>", 1, "no concepts"),
        ("<tbx>\n&nbsp;</tbx>", 2, "undefined entity"),
        ('<!DOCTYPE tbx SYSTEM "x.dtd">\n<tbx>\n&nbsp;</tbx>', 3, "&nbsp; is not known"),
        (BILLION, 1, "own document type"),
        (OUTSIDE, 1, "own document type"),
        ("<tbx>" + "<a>" * 50 + "</a>" * 50 + "</tbx>", 1, "too deeply"),
        ('<?xml version="1.0" encoding="klingon"?><tbx/>', 1, "encoding"),
    ],
)
def test_broken_and_hostile_files_are_refused(text: str, line: int, part: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read_glossary(text.encode(), "x.tbx")
    assert caught.value.line == line
    assert part in str(caught.value)
