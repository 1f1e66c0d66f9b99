"""Plain text: each German sentence with its English below it."""

from __future__ import annotations

from webapp.reading import Reading


def write(reading: Reading) -> str:
    """The reading as plain text; a sentence without English carries a mark."""
    lines = [reading.title, "=" * min(len(reading.title), 79), ""]
    for paragraph in reading.paragraphs:
        for segment in paragraph.segments:
            english = segment.english or ("[no translation]" if segment.failed else "[not translated yet]")
            lines += [f"{segment.index + 1:>4}  {segment.german}", f"      {english}", ""]
        lines.append("")
    terms = reading.term_counts()
    if terms:
        lines += ["Terms", "-----", ""]
        for term, count in terms:
            lines.append(f"{term.german}: {term.english} ({count}). {term.definition}")
        lines.append("")
    lines.append(f"Translated with {reading.signature}; glossary {reading.glossary}.")
    return "\n".join(lines) + "\n"
