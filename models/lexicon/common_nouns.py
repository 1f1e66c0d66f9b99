"""German common nouns, told from surnames and the names of places by the words around them."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
# Before a German noun, sooner or later: what tells it from a surname or the name of a place.
_DETERMINER: Final = re.compile(
    r"(?:d(?:er|ie|as|en|em|es)|(?:k|m|s|d)?ein(?:e[nmrs]?)?|(?:dies|jen|jed|welch|manch|solch|ihr|unser|eur)(?:e[nmrs]?)?"
    r"|alle[nmr]?|viele[nr]?|mehrere[nr]?|einige[nr]?|im|am|zum|zur|vom|beim|ins|ans|zwei|drei|vier|fünf|\d+)",
    re.IGNORECASE,
)
_ADJECTIVE: Final = re.compile(r"[a-zäöüß]{3,}e[nmrs]?")
# Names of places, papers and clubs are left as they are.
_PLACE: Final = re.compile(
    r"(?:straße|strasse|platz|kirche|berg|burg|dorf|hausen|heim|bach|hof|haus|stadion|verein|zeitung|gasse|weg|allee"
    r"|brücke|markt|tal|see|park|liga|pokal|bund|bahn|schloss|turm|tor|werk|brauerei|post|blatt|rundschau|land|länder"
    r"|ingen|stadt|halle|insel|wald|feld|au|höhe|moor)$",
    re.IGNORECASE,
)


def stands_as_common_noun(german: str, start: int, end: int) -> bool:
    """Whether a capitalised word [start, end) stands behind an article and not beside a name."""
    if _PLACE.search(german[start:end]):
        return False
    before = list(_WORD.finditer(german, 0, start))[-2:]
    after = _WORD.match(german, end + 1)
    if after and german[end] in " -" and after.group()[0].isupper():
        return False
    if not before or german[before[-1].end() : start] != " ":
        return False
    last = before[-1].group()
    if _DETERMINER.fullmatch(last) and (
        last[0].islower() or not german[: before[-1].start()].strip(' „“"–-')
    ):
        return True
    return bool(len(before) == 2 and _ADJECTIVE.fullmatch(last) and _DETERMINER.fullmatch(before[0].group()))
