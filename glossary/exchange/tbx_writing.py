"""Write TBX: ISO 30042:2019, dialect TBX-Basic 1.2, style DCA (data category as attribute).

Element order and levels follow the dialect's schemas (github.com/LTAC-Global/TBX-Basic_dialect, release 1.2).
What TBX-Basic has no category for stands in notes with a label (tbx_labels), so that nothing is lost between
two Seitenblicks and people can still read it elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from glossary.exchange.entries import ExchangeError
from glossary.exchange.tbx_labels import EXACT_PARTS, GENDERS, GERMAN_NOTES, PARTS_OF_SPEECH, labelled
from glossary.exchange.xml_files import XML_LANG, add, xml_bytes
from glossary.terms import Term

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
ENGLISH = "en-GB"


def write_tbx(terms: Sequence[Term], remark: str = "", title: str = "Glossary") -> bytes:
    """Write terms as TBX-Basic; `remark` (licence) becomes the publication statement.

    Raises:
        ExchangeError: there are no terms; TBX needs at least one.

    """
    if not terms:
        raise ExchangeError(0, "There are no terms to write: a TBX file needs at least one.")
    root = Element("tbx", {"xmlns": NAMESPACE, "type": "TBX-Basic", "style": "dca", XML_LANG: "en"})
    about = add(add(root, "tbxHeader"), "fileDesc")
    add(add(about, "titleStmt", lang="en"), "title", title, lang="en")
    if remark:
        add(add(about, "publicationStmt"), "p", remark, lang="en")
    add(add(about, "sourceDesc", lang="en"), "p", "Written by Seitenblick.", lang="en")
    body = add(add(root, "text"), "body")
    ids = {term.id for term in terms}
    for term in terms:
        _concept(body, term, ids)
    return xml_bytes(root)


def xml_id(term_id: str) -> str:
    """The id as an XML name, which must not begin with a digit."""
    return term_id if term_id[:1].isalpha() else f"_{term_id}"


def _concept(body: Element, term: Term, ids: set[str]) -> None:
    entry = add(body, "conceptEntry", id=xml_id(term.id))
    if term.domain:
        add(entry, "descrip", term.domain, type="subjectField")
    if term.source and not term.definition:
        add(entry, "admin", term.source, type="source")
    for column, value in (
        ("note", term.note),
        ("false_friend", term.false_friend),
        ("register", term.register if term.register != "neutral" else ""),
        ("since", term.since),
        ("until", term.until),
        ("reviewed", term.reviewed),
        ("gender", term.gender if term.gender in ("mf", "pl") else ""),
        ("pos", term.pos if term.pos != EXACT_PARTS[PARTS_OF_SPEECH[term.pos]] else ""),
    ):
        if value:
            add(entry, "note", labelled(column, value), lang="en")
    # A reference must lead to an entry of the same file; with one outside, all go into a note, in order.
    if term.related and set(term.related) <= ids:
        for related in term.related:
            add(entry, "ref", related, type="crossReference", target=xml_id(related))
    elif term.related:
        add(entry, "note", labelled("related", " ".join(term.related)), lang="en")
    _german(add(entry, "langSec", lang="de"), term)
    _english(add(entry, "langSec", lang=ENGLISH), term)


def _german(section: Element, term: Term) -> None:
    main = add(section, "termSec")
    add(main, "term", term.german, lang="")
    add(main, "termNote", PARTS_OF_SPEECH[term.pos], type="partOfSpeech")
    add(main, "termNote", "preferredTerm-admn-sts", type="administrativeStatus")
    if term.gender:
        add(main, "termNote", GENDERS[term.gender], type="grammaticalGender")
    for country in term.countries:
        add(main, "termNote", country, type="geographicalUsage")
    if term.example_de:
        add(main, "descrip", term.example_de, type="context", lang="de")
    row = term.row()
    for column in GERMAN_NOTES:
        if row[column]:
            add(main, "note", labelled(column, row[column]), lang="de")
    for abbreviation in term.abbreviations:
        short = add(section, "termSec")
        add(short, "term", abbreviation)
        add(short, "termNote", PARTS_OF_SPEECH[term.pos], type="partOfSpeech")
        add(short, "termNote", "abbreviation", type="termType")


def _english(section: Element, term: Term) -> None:
    if term.definition:
        group = add(section, "descripGrp")
        add(group, "descrip", term.definition, type="definition", lang="en")
        if term.source:
            add(group, "admin", term.source, type="source")
    main = add(section, "termSec")
    add(main, "term", term.english)
    add(main, "termNote", PARTS_OF_SPEECH[term.pos], type="partOfSpeech")
    add(main, "termNote", "preferredTerm-admn-sts", type="administrativeStatus")
    if term.example_en:
        add(main, "descrip", term.example_en, type="context", lang=ENGLISH)
    for variant in term.variants:
        other = add(section, "termSec")
        add(other, "term", variant)
        add(other, "termNote", PARTS_OF_SPEECH[term.pos], type="partOfSpeech")
        add(other, "termNote", "admittedTerm-admn-sts", type="administrativeStatus")
        add(other, "termNote", "variant", type="termType")
