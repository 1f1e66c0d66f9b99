"""Read TBX-Basic: ISO 30042:2019 in both styles (DCA and DCT), and the older martif of ISO 30042:2008.

    DCA   <descrip type="subjectField">law</descrip>      DCT   <min:subjectField>law</min:subjectField>
    2019  conceptEntry, langSec, termSec                  2008  termEntry, langSet, tig or ntig/termGrp

Of each concept the German term that is preferred (else the first) and the English likewise are taken;
further English terms become variants, German abbreviations abbreviations. Terms marked as deprecated or
superseded are left out. Other languages are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from glossary.exchange.entries import MOST_ENTRIES, Contents, Entry, ExchangeError, LineFault
from glossary.exchange.tbx_labels import EXACT_GENDERS, EXACT_PARTS, split_note
from glossary.exchange.xml_files import Node, parse_xml
from glossary.schema import COUNTRIES, DOMAINS

_META = frozenset({"admin", "descrip", "ref", "termNote", "transac", "transacNote", "xref"})
_GROUPS = frozenset({"adminGrp", "descripGrp", "termGrp", "termNoteGrp", "transacGrp"})
_CORE = frozenset({"date", "langSec", "langSet", "note", "ntig", "term", "termSec", "tig", *_GROUPS})
_SHORT = frozenset({"abbreviation", "acronym", "initialism", "shortForm"})
_OUTDATED = ("deprecated", "superseded", "obsolete", "notRecommended")
_COUNTRY_NAMES = {"germany": "DE", "austria": "AT", "switzerland": "CH", "eu": "EU", "european union": "EU"}


@dataclass(slots=True)
class _Term:
    """A termSec, tig or ntig: its text and categories."""

    text: str
    categories: dict[str, list[str]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The first value of a data category, or empty."""
        return next(iter(self.categories.get(name, ())), "")

    @property
    def outdated(self) -> bool:
        """Whether it should no longer be used."""
        return self.get("administrativeStatus").startswith(_OUTDATED)

    @property
    def preferred(self) -> bool:
        """Whether it is the one to use."""
        return self.get("administrativeStatus").startswith("preferred")


def read_tbx(data: bytes) -> Contents:
    """Read a TBX file.

    Raises:
        ExchangeError: it is not TBX, not well-formed, or holds no concepts.

    """
    root = parse_xml(data)
    if root.name not in ("tbx", "martif"):
        raise ExchangeError(root.line, f"this is no TBX file: its first element is <{root.name}>, not <tbx>.")
    text = root.first("text")
    body = text.first("body") if text else None
    concepts = list(body.all("conceptEntry", "termEntry")) if body else []
    if not concepts:
        raise ExchangeError(root.line, "the file holds no concepts (conceptEntry or termEntry in text/body).")
    if len(concepts) > MOST_ENTRIES:
        raise ExchangeError(concepts[MOST_ENTRIES].line, f"{MOST_ENTRIES} concepts are the most. Split it.")
    entries: list[Entry] = []
    faults: list[LineFault] = []
    for concept in concepts:
        german, english = _terms(concept, "de"), _terms(concept, "en")
        if not german or not english:
            missing = 'German (xml:lang="de")' if not german else 'English (xml:lang="en")'
            column = "german" if not german else "english"
            faults.append(LineFault(concept.line, column, f"the concept has no {missing} term"))
            continue
        entries.append(Entry(concept.line, _values(concept, german, english)))
    return Contents("tbx", tuple(entries), tuple(faults))


def _values(concept: Node, german: list[_Term], english: list[_Term]) -> dict[str, str]:
    main = _main(german)
    target = _main(english)
    values = {
        "id": concept.attributes.get("id", "").removeprefix("_"),
        "german": main.text,
        "english": target.text,
        "variants": " | ".join(term.text for term in english if term is not target and not term.outdated),
        "abbreviation": " | ".join(
            term.text for term in german if term is not main and term.get("termType") in _SHORT
        ),
        "example_de": main.get("context"),
        "example_en": target.get("context"),
        "pos": EXACT_PARTS.get(main.get("partOfSpeech"), ""),
        "gender": EXACT_GENDERS.get(main.get("grammaticalGender"), ""),
        "country": " ".join(_countries(concept, main)),
    }
    own = _categories(concept)
    sections = [_categories(each) for each in concept.all("langSec", "langSet")]
    values["definition"] = _first([*_ordered(concept, "en"), own], "definition")
    values["source"] = _first([own, *_ordered(concept, "en")], "source")
    values["related"] = " ".join(target for target in own.get("crossReference", ()))
    notes: list[str] = []
    _subject(own, values, notes)
    for text in [*own.get("note", ()), *(n for each in sections for n in each.get("note", ()))]:
        _note(text, values, notes)
    for text in [*main.categories.get("note", ()), *target.categories.get("note", ())]:
        _note(text, values, notes)
    values["note"] = " ".join(notes)
    # What the file says nothing about is left out, so that an import does not empty it.
    return {column: value for column, value in values.items() if value}


def _note(text: str, values: dict[str, str], notes: list[str]) -> None:
    column, value = split_note(text)
    if column == "note":
        notes.append(value)
    else:
        values[column] = value


def _subject(own: dict[str, list[str]], values: dict[str, str], notes: list[str]) -> None:
    """A subject field is our domain if it is one of ours, else it is kept in the note."""
    for subject in own.get("subjectField", ()):
        if subject in DOMAINS or subject == "own":
            values["domain"] = subject
        else:
            notes.append(f"Subject field: {subject}.")


def _main(terms: list[_Term]) -> _Term:
    """The preferred term, else the first that is not outdated and no abbreviation, else the first."""
    current = [term for term in terms if not term.outdated] or terms
    full = [term for term in current if term.get("termType") not in _SHORT] or current
    return next((term for term in full if term.preferred), full[0])


def _countries(concept: Node, main: _Term) -> Iterator[str]:
    """The countries of a term: geographicalUsage, else the region of its language section (de-AT)."""
    found = False
    for value in main.categories.get("geographicalUsage", ()):
        for part in value.replace(",", " ").replace(";", " ").split() if len(value) < 20 else [value]:
            code = _COUNTRY_NAMES.get(part.lower(), part.upper().removeprefix("DE-"))
            if code in COUNTRIES:
                found = True
                yield code
    if not found:
        for section in concept.all("langSec", "langSet"):
            region = section.lang.partition("-")[2].upper()
            if section.lang.startswith("de-") and region in COUNTRIES:
                yield region
                return


def _terms(concept: Node, language: str) -> list[_Term]:
    """The terms of a language, in all its sections (de, de-AT)."""
    found = []
    for section in _sections(concept, language):
        for node in section.all("termSec", "tig", "ntig"):
            inner = node.first("termGrp") or node
            term = inner.first("term")
            if term is not None and term.text:
                found.append(_Term(term.text, _categories(node)))
    return found


def _sections(concept: Node, language: str) -> Iterator[Node]:
    for section in concept.all("langSec", "langSet"):
        if section.lang == language or section.lang.startswith(f"{language}-"):
            yield section


def _ordered(concept: Node, language: str) -> list[dict[str, list[str]]]:
    """The categories of the language sections, those of one language first."""
    mine = list(_sections(concept, language))
    rest = [each for each in concept.all("langSec", "langSet") if each not in mine]
    return [_categories(each) for each in [*mine, *rest]]


def _categories(node: Node) -> dict[str, list[str]]:
    """The data categories at one level, by name; notes as "note", references by their target."""
    found: dict[str, list[str]] = {}
    for child in node.children:
        if child.name in _GROUPS:
            for name, values in _categories(child).items():
                found.setdefault(name, []).extend(values)
            continue
        if child.name == "note":
            name = "note"
        elif child.name in _META:
            name = child.attributes.get("type", "")
        elif child.name not in _CORE:
            name = child.name
        else:
            continue
        value = child.text
        if name == "crossReference":
            value = child.attributes.get("target", "").removeprefix("_") or value
        if name and value:
            found.setdefault(name, []).append(value)
    return found


def _first(levels: list[dict[str, list[str]]], name: str) -> str:
    return next((level[name][0] for level in levels if level.get(name)), "")
