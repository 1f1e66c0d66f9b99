"""Glossaries as TMX 1.4b: terms as translation units, or their example sentences.

Every other column stands in a `prop` whose type begins with `x-seitenblick-`, as the specification provides
for data of one tool; others pass over it. (gala-global.org/tmx-14b)
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from xml.etree.ElementTree import Element

from glossary.exchange.entries import MOST_ENTRIES, Contents, Entry, ExchangeError, LineFault
from glossary.exchange.xml_files import Node, add, parse_xml, xml_bytes
from glossary.own import LONGEST
from glossary.schema import COUNTRIES
from glossary.terms import COLUMNS, Term

PROPERTY = "x-seitenblick-"
ENGLISH = "en-GB"
_LANGUAGES = {
    **dict.fromkeys(("german", "genitive", "plural", "inflection", "abbreviation", "example_de"), "de"),
    **dict.fromkeys(("english", "variants", "definition", "note", "false_friend", "example_en"), "en"),
}
# Longer segments that end like a sentence come from a translation memory, not from a glossary.
_MOST_WORDS = 8


def write_tmx(terms: Sequence[Term], remark: str = "", *, examples: bool = False) -> bytes:
    """Write terms, or with `examples` their example sentences, as TMX 1.4b.

    Raises:
        ExchangeError: `examples` is asked for and there are none.

    """
    chosen = [term for term in terms if term.example_de and term.example_en] if examples else list(terms)
    if examples and not chosen:
        raise ExchangeError(0, "None of these terms has an example sentence in German and English.")
    root = Element("tmx", {"version": "1.4"})
    header = add(
        root,
        "header",
        creationtool="Seitenblick",
        creationtoolversion=_version(),
        segtype="sentence" if examples else "phrase",
        **{"o-tmf": "Seitenblick", "adminlang": "en", "srclang": "de", "datatype": "plaintext"},
    )
    if remark:
        add(header, "note", remark, lang="en")
    body = add(root, "body")
    for term in chosen:
        row = term.row()
        german, english = ("example_de", "example_en") if examples else ("german", "english")
        unit = add(body, "tu", tuid=term.id)
        if examples:
            add(unit, "prop", "example", type=f"{PROPERTY}kind")
        for column in COLUMNS:
            if row[column] and column not in ("id", german, english):
                add(unit, "prop", row[column], type=f"{PROPERTY}{column}", lang=_LANGUAGES.get(column, ""))
        add(add(unit, "tuv", lang="de"), "seg", row[german])
        add(add(unit, "tuv", lang=ENGLISH), "seg", row[english])
    return xml_bytes(root)


def read_tmx(data: bytes) -> Contents:
    """Read a TMX file: each unit with German and English is a term (or an example that we wrote).

    Raises:
        ExchangeError: it is not TMX, not well-formed, or holds no units.

    """
    root = parse_xml(data)
    if root.name != "tmx":
        raise ExchangeError(root.line, f"this is no TMX file: its first element is <{root.name}>, not <tmx>.")
    body = root.first("body")
    units = list(body.all("tu")) if body else []
    if not units:
        raise ExchangeError(root.line, "the file holds no translation units (tu in body).")
    if len(units) > MOST_ENTRIES:
        raise ExchangeError(units[MOST_ENTRIES].line, f"{MOST_ENTRIES} units are the most. Split the file.")
    entries: list[Entry] = []
    faults: list[LineFault] = []
    for unit in units:
        found = _entry(unit)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            faults.append(found)
    return Contents("tmx", tuple(entries), tuple(faults))


def _entry(unit: Node) -> Entry | LineFault:
    properties = {
        node.attributes.get("type", "").removeprefix(PROPERTY): node.text
        for node in unit.all("prop")
        if node.attributes.get("type", "").startswith(PROPERTY)
    }
    segments: dict[str, tuple[str, str]] = {}
    for version_ in unit.all("tuv"):
        segment = version_.first("seg")
        language, _, region = version_.lang.partition("-")
        if segment is not None and segment.text:
            segments.setdefault(language, (segment.text, region.upper()))
    for language, column, name in (("de", "german", "German"), ("en", "english", "English")):
        if language not in segments:
            return LineFault(unit.line, column, f'the unit has no {name} segment (tuv xml:lang="{language}")')
    german, region = segments["de"]
    english, _ = segments["en"]
    example = properties.pop("kind", "") == "example"
    values = {column: value for column, value in properties.items() if column in COLUMNS}
    if unit.attributes.get("tuid"):
        values["id"] = unit.attributes["tuid"]
    if example:
        values |= {"example_de": german, "example_en": english}
    else:
        if len(german) > LONGEST["german"] or _is_sentence(german):
            return LineFault(
                unit.line,
                "german",
                "this is a sentence, not a term; a translation memory is no glossary. Take such units out.",
            )
        values |= {"german": german, "english": english}
    if region in COUNTRIES and "country" not in values:
        values["country"] = region
    if not properties and "note" not in values:
        values["note"] = " ".join(node.text for node in unit.all("note") if node.text)
    return Entry(unit.line, {column: value for column, value in values.items() if value})


def _is_sentence(text: str) -> bool:
    return len(text.split()) > _MOST_WORDS and text.rstrip('“”"»«)').endswith((".", "!", "?", "…"))


def _version() -> str:
    try:
        return version("seitenblick")
    except PackageNotFoundError:
        return "0"
