"""Tab-separated values: a line a sentence, for spreadsheets and scripts."""

from __future__ import annotations

import re

from webapp.reading import Reading

_HEADER = ("sentence", "paragraph", "german", "english", "terms", "check")


def write(reading: Reading) -> str:
    """The reading as a table; cells that a spreadsheet would take for formulas are defused."""
    rows = [_HEADER]
    for segment in reading.segments:
        terms = "; ".join(f"{o.term.german} = {o.term.english}" for o in segment.terms)
        # Whoever goes on working with the table is to see what needs checking before it is used.
        check = " ".join(warning.message for warning in segment.warnings)
        place = segment.anchor, str(segment.paragraph + 1)
        rows.append((*place, segment.german, segment.english, terms, check))
    return "".join("\t".join(_cell(value) for value in row) + "\n" for row in rows)


def _cell(value: str) -> str:
    value = re.sub(r"[\t\r\n]+", " ", value)
    # OWASP, CSV injection: a leading = + - @ starts a formula in spreadsheets.
    return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value
