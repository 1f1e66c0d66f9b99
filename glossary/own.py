"""Users' own terms: what they must give, what is filled in, and how they stand beside the curated ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossary.finding import Hit
from glossary.loading import fingerprint, term_from_row
from glossary.schema import Fault, faults
from glossary.terms import COLUMNS, Glossary, Term

OWN_DOMAIN = "own"
"""Domain of an own term for which none is given."""
OWN_PREFIX = "own-"
"""Ids of own terms begin with this, so that they never clash with curated ones."""
REQUIRED = ("german", "english")
LONGEST = {"id": 120, "german": 200, "english": 200}
LONGEST_TEXT = 2_000

_SPACE = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
# Left empty these say nothing wrong about a user's term; the curated glossary requires them.
_OPTIONAL = frozenset({"id", "definition", "example_de", "example_en", "source", "reviewed"})


@dataclass(frozen=True, slots=True)
class Override:
    """A curated term that gives way to an own one, wholly or for some countries."""

    curated: str
    own: str
    countries: tuple[str, ...]


def clean(value: str) -> str:
    """A column's value in Unicode normal form C, with single spaces instead of any other white space."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", value)).strip()


def completed(given: Mapping[str, str]) -> dict[str, str]:
    """All columns of an own term: those given, cleaned, and defaults where nothing is given.

    The part of speech follows from the spelling (capitals make a noun, else the words are taken as they
    stand), the country is DE, the register neutral, the domain `own`. Gender, genitive and plural stay
    empty if they are not given: they are never guessed.
    """
    row = {column: clean(given.get(column, "")) for column in COLUMNS}
    words = row["german"].split()
    capital = bool(words) and (words[0][:1].isupper() or words[-1][:1].isupper())
    row["pos"] = row["pos"] or ("noun" if capital else "phrase")
    row["country"] = " ".join(dict.fromkeys(row["country"].split())) or "DE"
    row["register"] = row["register"] or "neutral"
    row["domain"] = row["domain"] or OWN_DOMAIN
    if row["pos"] not in ("noun", "name"):
        # A form sends what stood in the fields of a noun before the part of speech was changed.
        row |= {"gender": "", "genitive": "", "plural": ""}
    return row


def own_faults(row: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with a completed row, in the order of the columns of the schema's checks.

    The schema of the curated glossary holds, except that only German and English are required.
    """
    for column in REQUIRED:
        if not row[column]:
            yield Fault(column, "empty", "is empty; an own term needs its German and its English")
    for fault in faults(row):
        if fault.code == "empty" and (fault.column in _OPTIONAL or fault.column in REQUIRED):
            continue
        if fault.code == "bad-domain" and row["domain"] == OWN_DOMAIN:
            continue
        yield fault
    if row["german"] and not any(letter.isalnum() for letter in row["german"]):
        yield Fault("german", "no-word", "holds no word that could be found in a text")
    for column, value in row.items():
        longest = LONGEST.get(column, LONGEST_TEXT)
        if len(value) > longest:
            yield Fault(column, "too-long", f"is {len(value)} characters long; {longest} are the most")


def own_term(row: Mapping[str, str]) -> Term:
    """The term of a completed row without faults."""
    return term_from_row(row)


def own_id(german: str, taken: Container[str] = ()) -> str:
    """An id for an own term: from its German, with a number if it is taken."""
    plain = unicodedata.normalize("NFKD", german.translate(_SPELLED_OUT)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].rstrip("-") or "term"
    name, number = OWN_PREFIX + slug, 1
    while name in taken:
        number += 1
        name = f"{OWN_PREFIX}{slug}-{number}"
    return name


def same_place(one: Term, other: Term) -> tuple[str, ...]:
    """The countries for which both terms explain the same German; empty if there are none."""
    if one.german != other.german:
        return ()
    return tuple(country for country in one.countries if country in other.countries)


def overrides(curated: Sequence[Term], own: Sequence[Term]) -> tuple[Override, ...]:
    """Which curated terms give way: those with the same German in the same country as an own one."""
    by_german: dict[str, list[Term]] = {}
    for term in own:
        by_german.setdefault(term.german, []).append(term)
    return tuple(
        Override(term.id, mine.id, shared)
        for term in curated
        for mine in by_german.get(term.german, ())
        if (shared := same_place(term, mine))
    )


def without(hits: Sequence[Hit], hidden: Container[str]) -> tuple[Hit, ...]:
    """The hits of a sentence without those of hidden terms; what was nested in one moves up."""
    if not any(hit.term_id in hidden for hit in hits):
        return tuple(hits)
    places: dict[int, int] = {}
    for position, hit in enumerate(hits):
        if hit.term_id not in hidden:
            places[position] = len(places)
    kept = []
    for position in places:
        parent = hits[position].parent
        while parent is not None and parent not in places:
            parent = hits[parent].parent
        kept.append(replace(hits[position], parent=None if parent is None else places[parent]))
    return tuple(kept)


def combined(curated: Glossary, own: Sequence[Term], hidden: Iterable[str] = ()) -> Glossary:
    """The glossary in force: own terms first, then the curated ones that are neither hidden nor replaced.

    A curated term of several countries that is replaced for one of them stays for the others. Without own
    and hidden terms it is the curated glossary itself, with its fingerprint.
    """
    left_out = set(hidden)
    if not own and not left_out:
        return curated
    kept = [*own, *(term for term in _left(curated, own) if term.id not in left_out)]
    return Glossary(tuple(kept), fingerprint(kept))


def silenced(curated: Glossary, own: Sequence[Term], hidden: Iterable[str]) -> tuple[Term, ...]:
    """The hidden curated terms, as far as no own term stands in their place."""
    left_out = set(hidden)
    return tuple(term for term in _left(curated, own) if term.id in left_out)


def _left(curated: Glossary, own: Sequence[Term]) -> Iterator[Term]:
    """The curated terms that own ones leave, each with the countries that they leave it."""
    lost: dict[str, set[str]] = {}
    for each in overrides(curated.terms, own):
        lost.setdefault(each.curated, set()).update(each.countries)
    for term in curated.terms:
        gone = lost.get(term.id)
        if not gone:
            yield term
            continue
        countries = tuple(country for country in term.countries if country not in gone)
        if countries:
            yield replace(term, countries=countries)
