"""Makes terms for tests that must not depend on the shipped entries."""

from __future__ import annotations

from pathlib import Path

from glossary.loading import fingerprint, term_from_row
from glossary.terms import COLUMNS, Glossary, Term

DEFINITION = (
    "A made-up thing that serves to try out the code which reads and finds the entries of a glossary."
)
DEFAULTS = {
    "pos": "noun",
    "gender": "f",
    "english": "thing",
    "domain": "law",
    "country": "DE",
    "definition": DEFINITION,
    "register": "neutral",
    "example_de": "Hier steht nichts.",
    "example_en": "There is a thing here.",
    "source": "Grundgesetz Art. 1",
    "reviewed": "2026-11-22",
    "plural": "-",
}


def row(german: str, **columns: str) -> dict[str, str]:
    values = dict.fromkeys(COLUMNS, "") | DEFAULTS | {"german": german} | columns
    if values["pos"] in ("verb", "adjective", "phrase") and "gender" not in columns:
        values |= {"gender": "", "plural": ""}
    return values | {
        "id": values["id"] or "t-" + "".join(c for c in german.lower() if c.isascii() and c.isalnum())
    }


def term(german: str, **columns: str) -> Term:
    return term_from_row(row(german, **columns))


def glossary_of(*terms: Term) -> Glossary:
    return Glossary(terms, fingerprint(list(terms)))


def write_csv(path: Path, *rows: dict[str, str]) -> Path:
    """Write a glossary file with every field quoted."""
    lines = [",".join(COLUMNS)]
    lines += [",".join('"' + each[column].replace('"', '""') + '"' for column in COLUMNS) for each in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
