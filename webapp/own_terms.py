"""The users' own glossary: add, change, remove, hide, import; kept in the library's database."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from glossary.exchange.entries import Entry, LineFault
from glossary.own import OWN_PREFIX, completed, own_faults, own_id, own_term
from glossary.schema import Fault
from glossary.terms import COLUMNS, Term
from webapp.library.database import Database
from webapp.own_terms_table import HiddenTermRow, OwnTermRow

MOST_TERMS = 10_000
"""Own terms that a library takes: more would make every change of the glossary slow."""


class TermFaults(ValueError):
    """A term cannot be saved as given; ``faults`` name the columns and say what to do."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.column}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


class NoSuchTerm(LookupError):
    """There is no own term with this id."""


@dataclass(frozen=True, slots=True)
class Change:
    """What importing one entry does: ``before`` is None for a new term, equal to ``after`` for none."""

    line: int
    before: Term | None
    after: Term

    @property
    def columns(self) -> tuple[tuple[str, str, str], ...]:
        """The columns that change: name, old value, new value."""
        if self.before is None:
            return ()
        old, new = self.before.row(), self.after.row()
        return tuple((column, old[column], new[column]) for column in COLUMNS if old[column] != new[column])


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, and what is wrong with the file."""

    changes: tuple[Change, ...]
    faults: tuple[LineFault, ...]

    @property
    def added(self) -> tuple[Change, ...]:
        """The new terms."""
        return tuple(change for change in self.changes if change.before is None)

    @property
    def changed(self) -> tuple[Change, ...]:
        """The terms that are there and become different."""
        return tuple(change for change in self.changes if change.columns)

    @property
    def unchanged(self) -> int:
        """How many terms are there already, exactly so."""
        return len(self.changes) - len(self.added) - len(self.changed)


class OwnTerms:
    """The own terms and the hidden curated ones. Every change is one transaction and is announced."""

    def __init__(self, database: Database, changed: Callable[[], None]) -> None:
        """Name the database.

        Args:
            database: the library's.
            changed: called after every change, so that the glossary in force is made anew.

        """
        self._database = database
        self._changed = changed

    def list(self) -> tuple[Term, ...]:
        """All own terms, oldest first."""
        with self._database.session() as session:
            rows = session.scalars(select(OwnTermRow).order_by(OwnTermRow.created, OwnTermRow.id))
            return tuple(_term(row) for row in rows)

    def get(self, term_id: str) -> Term:
        """The own term with this id.

        Raises:
            NoSuchTerm: there is none.

        """
        with self._database.session() as session:
            row = session.get(OwnTermRow, term_id)
            if row is None:
                raise NoSuchTerm(f"There is no own term {term_id!r}; it may have been removed.")
            return _term(row)

    def add(self, given: Mapping[str, str]) -> Term:
        """Save a new term and return it as saved.

        Raises:
            TermFaults: columns are missing or wrong, or there is such a term already.

        """
        present = self.list()
        row = completed(given) | {"id": own_id(given.get("german", ""), {term.id for term in present})}
        term = _checked(row, present)
        if len(present) >= MOST_TERMS:
            raise TermFaults([Fault("german", "too-many", f"{MOST_TERMS} own terms are the most")])
        self._write([term])
        return term

    def change(self, term_id: str, given: Mapping[str, str]) -> Term:
        """Replace the columns of a term and return it as saved.

        Raises:
            NoSuchTerm: there is none with this id.
            TermFaults: columns are missing or wrong, or another term has this German in this country.

        """
        self.get(term_id)
        others = [term for term in self.list() if term.id != term_id]
        term = _checked(completed(given) | {"id": term_id}, others)
        self._write([term])
        return term

    def remove(self, term_id: str) -> None:
        """Remove a term.

        Raises:
            NoSuchTerm: there is none with this id.

        """
        self.get(term_id)
        with self._database.session() as session:
            session.execute(delete(OwnTermRow).where(OwnTermRow.id == term_id))
        self._changed()

    def hidden(self) -> tuple[str, ...]:
        """Ids of the curated terms that are hidden, those hidden last first."""
        with self._database.session() as session:
            query = select(HiddenTermRow.term_id).order_by(HiddenTermRow.created.desc())
            return tuple(session.scalars(query))

    def hide(self, term_id: str) -> None:
        """Hide a curated term: it is no longer found in texts; harmless if it is hidden already."""
        with self._database.session() as session:
            session.merge(HiddenTermRow(term_id=term_id, created=datetime.now(UTC)))
        self._changed()

    def show(self, term_id: str) -> None:
        """Show a hidden curated term again; harmless if it is shown."""
        with self._database.session() as session:
            session.execute(delete(HiddenTermRow).where(HiddenTermRow.term_id == term_id))
        self._changed()

    def plan(self, entries: Iterable[Entry], faults: Iterable[LineFault] = ()) -> ImportPlan:
        """What importing these entries would add and change, and the faults that stand in the way.

        An entry changes the own term with its id, else the one with its German and one of its countries;
        columns that the file does not have keep their values.
        """
        present = {term.id: term for term in self.list()}
        found = list(faults)
        changes: list[Change] = []
        claimed: dict[str, int] = {}
        by_german: dict[str, list[Term]] = {}
        for term in present.values():
            by_german.setdefault(term.german, []).append(term)
        for entry in entries:
            before = _meant(entry, present, by_german)
            if before is None and len(present) >= MOST_TERMS:
                found.append(LineFault(entry.line, "german", f"{MOST_TERMS} own terms are the most"))
                break
            row = completed((before.row() if before else {}) | dict(entry.values))
            row["id"] = before.id if before else _new_id(entry.values.get("id", ""), row["german"], present)
            others = [term for term in by_german.get(row["german"], ()) if term.id != row["id"]]
            try:
                after = _checked(row, others)
            except TermFaults as error:
                found += [LineFault(entry.line, fault.column, fault.message) for fault in error.faults]
                continue
            if after.id in claimed:
                message = f"the same term stands in line {claimed[after.id]} already; keep one of the two"
                found.append(LineFault(entry.line, "german", message))
                continue
            claimed[after.id] = entry.line
            changes.append(Change(entry.line, before, after))
            present[after.id] = after
            if before is not None:
                by_german[before.german] = [t for t in by_german[before.german] if t.id != before.id]
            by_german.setdefault(after.german, []).append(after)
        return ImportPlan(tuple(changes), tuple(sorted(found, key=lambda fault: fault.line)))

    def carry_out(self, plan: ImportPlan) -> None:
        """Save what a plan adds and changes, all or nothing; whether it has faults is the caller's matter."""
        terms = [change.after for change in plan.changes if change.before is None or change.columns]
        if terms:
            self._write(terms)

    def _write(self, terms: Iterable[Term]) -> None:
        now = datetime.now(UTC)
        with self._database.session() as session:
            for number, term in enumerate(terms):
                row = session.get(OwnTermRow, term.id)
                if row is None:
                    # A microsecond apart, so that terms of one file keep its order.
                    made = now + timedelta(microseconds=number)
                    session.add(OwnTermRow(id=term.id, columns=term.row(), created=made, updated=now))
                else:
                    row.columns, row.updated = term.row(), now
        self._changed()


def _term(row: OwnTermRow) -> Term:
    # Through `completed`: rows written before a column was added lack it.
    return own_term(completed(row.columns) | {"id": row.id})


def _checked(row: Mapping[str, str], others: Iterable[Term]) -> Term:
    found = list(own_faults(row))
    for other in others:
        shared = [country for country in other.countries if country in row["country"].split()]
        if row["german"] == other.german and shared:
            where = ", ".join(shared)
            message = f"your own term {other.id} is {other.german!r} for {where} already; change that one"
            found.append(Fault("german", "duplicate", message))
    if found:
        raise TermFaults(found)
    return own_term(row)


def _meant(entry: Entry, present: Mapping[str, Term], by_german: Mapping[str, list[Term]]) -> Term | None:
    """The own term that an imported entry is about."""
    known = present.get(entry.values.get("id", ""))
    if known is not None:
        return known
    row = completed(entry.values)
    countries = row["country"].split() if entry.values.get("country") else None
    for term in by_german.get(row["german"], ()):
        if countries is None or set(countries) & set(term.countries):
            return term
    return None


def _new_id(given: str, german: str, present: Container[str]) -> str:
    """The id of the file if it is one of ours, so that files go back and forth; else a new one."""
    if given.startswith(OWN_PREFIX) and given not in present:
        return given
    return own_id(german, present)
