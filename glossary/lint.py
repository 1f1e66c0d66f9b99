"""Check the glossary: every finding has a stable code, listed in glossary/README.md."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from glossary.equivalents import occurrences
from glossary.finding import TermFinder
from glossary.loading import TERMS_FOLDER, fingerprint, rows_of, term_from_row
from glossary.morphology import forms_of
from glossary.schema import faults
from glossary.terms import Glossary, GlossaryError, Place, Term

DEFINITION_WORDS = (15, 50)
CODES = (
    "unreadable",
    "wrong-file",
    "empty",
    "bad-id",
    "bad-pos",
    "bad-gender",
    "bad-inflection",
    "bad-register",
    "bad-domain",
    "bad-country",
    "bad-date",
    "bad-match-rule",
    "control-character",
    "duplicate-id",
    "duplicate-german",
    "collision",
    "missing-gender",
    "missing-genitive",
    "missing-plural",
    "odd-genitive",
    "odd-inflection",
    "missing-principal-parts",
    "definition-length",
    "dangling-relation",
    "self-relation",
    "example-not-found",
    "example-without-equivalent",
    "formula-start",
    "double-space",
    "straight-quotes",
)
"""Every code a Problem may have."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_PROSE = (
    "definition",
    "note",
    "false_friend",
    "example_de",
    "example_en",
    "english",
    "german",
    "variants",
    "source",
)
_GENITIVE_ENDINGS = ("s", "n")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: file and line of the entry, its id, a stable code, and what to do."""

    file: str
    line: int
    term_id: str
    code: str
    message: str


Finding = tuple[str, str]


def lint(glossary: Glossary) -> tuple[Problem, ...]:
    """Check a loaded glossary; the problems come in the order of the entries."""
    finder = TermFinder(glossary)
    collisions = _collisions(glossary)
    ids = Counter(term.id for term in glossary.terms)
    german = Counter((term.german, country) for term in glossary.terms for country in term.countries)
    checks: tuple[Callable[[Term], Iterator[Finding]], ...] = (
        _schema,
        _nouns,
        _verbs,
        _texts,
        lambda term: _relations(term, ids),
        lambda term: _duplicates(term, ids, german),
        lambda term: _examples(term, finder),
    )
    problems = []
    for index, term in enumerate(glossary.terms):
        place = glossary.place(index)
        found = [finding for check in checks for finding in check(term)]
        found += [("collision", message) for message in collisions.get(index, ())]
        problems += [Problem(place.file, place.line, term.id, code, message) for code, message in found]
    return tuple(problems)


def check_folder(folder: Path | None = None) -> tuple[Problem, ...]:
    """Read every file of the folder and report all problems, those that stop `load_glossary` included."""
    folder = folder or TERMS_FOLDER
    problems: list[Problem] = []
    terms: list[Term] = []
    places: list[Place] = []
    files = sorted(folder.glob("*.csv"))
    if not files:
        return (Problem(str(folder), 0, "", "unreadable", "no *.csv file here"),)
    for file in files:
        try:
            for row in rows_of(file):
                found = list(faults(row.values))
                if found:
                    problems += [
                        Problem(
                            row.file,
                            row.line,
                            row.values["id"],
                            fault.code,
                            f"{fault.column}: {fault.message}",
                        )
                        for fault in found
                    ]
                    continue
                terms.append(term_from_row(row.values))
                places.append(Place(row.file, row.line))
                if file.stem != row.values["domain"]:
                    problems.append(
                        Problem(
                            row.file,
                            row.line,
                            row.values["id"],
                            "wrong-file",
                            f"domain {row.values['domain']} belongs into {row.values['domain']}.csv",
                        )
                    )
        except GlossaryError as error:
            problems.append(Problem(error.file, error.line, "", "unreadable", error.message))
    problems += lint(Glossary(tuple(terms), fingerprint(terms), tuple(places), folder))
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.code)))


def _schema(term: Term) -> Iterator[Finding]:
    for fault in faults(term.row()):
        yield fault.code, f"{fault.column}: {fault.message}"


def _nouns(term: Term) -> Iterator[Finding]:
    if term.pos not in ("noun", "name"):
        return
    if not term.gender:
        yield "missing-gender", "give m, f, n, pl or mf"
    if term.inflection == "invariable":
        return
    if term.inflection == "adjectival" and any(form.split()[-1].endswith("s") for form in term.genitives):
        yield "odd-inflection", "a noun with a genitive in -s is not adjectival; leave inflection empty"
    if (
        term.gender in ("m", "n")
        and not term.genitive
        and term.pos == "noun"
        and term.inflection != "adjectival"
    ):
        yield "missing-genitive", "give the genitive singular, without article"
    if not term.plural and term.pos == "noun" and term.inflection != "adjectival":
        yield "missing-plural", "give the plural, or - if there is none"
    for form in term.genitives:
        # Some have no ending (des Pressekodex); the mistake looked for is a nominative plural.
        if form != term.german and not any(word.endswith(_GENITIVE_ENDINGS) for word in form.split()):
            yield "odd-genitive", f"{form!r} is no genitive: none of its words ends in -s or -n"


def _verbs(term: Term) -> Iterator[Finding]:
    if term.pos == "verb" and len(term.principal_parts) != 3:
        yield (
            "missing-principal-parts",
            "give present, preterite and participle in inflection: setzt durch, setzte durch, durchgesetzt",
        )


def _texts(term: Term) -> Iterator[Finding]:
    count = len(term.definition.split())
    least, most = DEFINITION_WORDS
    if not least <= count <= most:
        yield "definition-length", f"the definition has {count} words; write {least} to {most}"
    for column, value in term.row().items():
        if value.startswith(_FORMULA_STARTS) and value != "-":
            yield "formula-start", f"{column} begins with {value[0]!r}, which spreadsheets run as a formula"
        if "  " in value:
            yield "double-space", f"{column} holds two spaces in a row"
    row = term.row()
    for column in _PROSE:
        if re.search(r"""(?<!\w)["']|["'](?!\w)""", row[column].replace("s' ", "s ")) and '"' in row[column]:
            yield "straight-quotes", f"{column} holds straight quotation marks; write „…“ or “…”"


def _relations(term: Term, ids: Counter[str]) -> Iterator[Finding]:
    for related in term.related:
        if related == term.id:
            yield "self-relation", "an entry is not related to itself; remove the id"
        elif related not in ids:
            yield "dangling-relation", f"no entry has the id {related!r}"


def _duplicates(term: Term, ids: Counter[str], german: Counter[tuple[str, str]]) -> Iterator[Finding]:
    if ids[term.id] > 1:
        yield "duplicate-id", f"{ids[term.id]} entries have this id"
    for country in term.countries:
        if german[(term.german, country)] > 1 and not term.match:
            yield (
                "duplicate-german",
                f"{term.german!r} has more than one entry for {country} and no match rule",
            )


def _examples(term: Term, finder: TermFinder) -> Iterator[Finding]:
    hits = finder.find(term.example_de, term.countries[0] if term.countries else None)
    if not any(hit.term_id == term.id for hit in hits):
        yield "example-not-found", f"the finder does not find {term.german!r} in: {term.example_de}"
    if not occurrences(term, term.example_en):
        yield "example-without-equivalent", f"neither {term.english!r} nor a variant is in: {term.example_en}"


def _collisions(glossary: Glossary) -> dict[int, list[str]]:
    """Entries of one country that claim the same form, with nothing to choose between them."""
    owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for index, term in enumerate(glossary.terms):
        for pattern in forms_of(term).patterns:
            if len(pattern.slots) == 1 and not pattern.after:
                slot = pattern.slots[0]
                mark = "small" if slot.case == "lower" else ""
                for key in slot.texts or slot.keys:
                    owners[(key, mark)].add(index)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for (key, _), indices in owners.items():
        for one in sorted(indices):
            for other in sorted(indices):
                if one < other and _cannot_choose(glossary.terms[one], glossary.terms[other]):
                    found[other].setdefault(one, key)
    return {
        index: [
            f"claims the form {key!r} as {glossary.terms[other].id} does, in the same country and without a "
            "match rule; give one of them a rule"
            for other, key in others.items()
        ]
        for index, others in found.items()
    }


def _cannot_choose(one: Term, other: Term) -> bool:
    if one.id == other.id or not set(one.countries) & set(other.countries):
        return False
    return not one.match and not other.match
