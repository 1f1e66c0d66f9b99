"""Recall of the quality warnings: `python -m bench.quality_faults [--show N]`.

Puts one fault at a time into human translations that have no warning (newstest2019, lines from 1501 on, and
FLORES-101, from 301 on), and counts how often the warning of that kind comes. The faults are made by rule and
the same each time. The folder of texts is expected as ../shared.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

from models.evaluate import lines_of
from models.quality import QualityChecker
from models.translation import Hypothesis, Translation

Fault = Callable[[str, str, random.Random], str | None]
"""Returns faulty English for a German sentence and its English, or None if this fault cannot be put in."""

SETS = (("newstest2019-deen", 1500), ("flores101-devtest", 300))
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def number(german: str, english: str, chance: random.Random) -> str | None:
    """Change one digit of a number that both sides have."""
    shared = [m for m in re.finditer(r"\d{2,}", english) if m.group() in german]
    if not shared:
        return None
    match = chance.choice(shared)
    place = chance.randrange(match.start(), match.end())
    digit = str((int(english[place]) + chance.randint(1, 9)) % 10)
    return english[:place] + digit + english[place + 1 :]


def date(german: str, english: str, chance: random.Random) -> str | None:
    """Put another weekday or month."""
    found = [m for m in re.finditer(r"\b[A-Z][a-z]+\b", english) if m.group() in (*_DAYS, *_MONTHS)]
    if not found:
        return None
    match = chance.choice(found)
    names = _DAYS if match.group() in _DAYS else _MONTHS
    other = chance.choice([name for name in names if name != match.group()])
    return english[: match.start()] + other + english[match.end() :]


def name(german: str, english: str, chance: random.Random) -> str | None:
    """Leave out a capitalised word that both sides have, wherever it stands."""
    found = [m.group() for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-zäöü]{3,}\b", english)]
    shared = [word for word in found if re.search(rf"\b{word}\b", german)]
    if not shared:
        return None
    return re.sub(rf"\s*\b{chance.choice(shared)}\b", "", english)


def negation(german: str, english: str, chance: random.Random) -> str | None:
    """Leave out the only “not” of a sentence."""
    found = list(re.finditer(r"\s+not\b|n['’]t\b", english))
    if len(found) != 1 or not re.search(r"\bnicht\b", german):
        return None
    return english[: found[0].start()] + english[found[0].end() :]


def quotation(german: str, english: str, chance: random.Random) -> str | None:
    """Leave out the last of a pair of quotation marks."""
    marks = [m.start() for m in re.finditer('["“”]', english)]
    return english[: marks[-1]] + english[marks[-1] + 1 :] if len(marks) == 2 else None


def repetition(german: str, english: str, chance: random.Random) -> str | None:
    """Say three words twice."""
    words = english.split()
    if len(words) < 8:
        return None
    start = chance.randrange(len(words) - 4)
    return " ".join([*words[: start + 3], *words[start : start + 3], *words[start + 3 :]])


def length(german: str, english: str, chance: random.Random) -> str | None:
    """Keep the first third of a long sentence."""
    words = english.split()
    return " ".join(words[: len(words) // 3]) + "." if len(words) >= 15 else None


def untranslated(german: str, english: str, chance: random.Random) -> str | None:
    """Put a German noun with its article's neighbour in place of an English word behind an article."""
    nouns = [m[1] for m in re.finditer(r"\b(?:der|die|das|den|dem)\s+([A-ZÄÖÜ][a-zäöüß]{3,})\b", german)]
    places = list(re.finditer(r"(?<=\bthe )[a-z]{4,}\b", english))
    if not nouns or not places:
        return None
    place = chance.choice(places)
    return english[: place.start()] + chance.choice(nouns) + english[place.end() :]


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (number, date, name, negation, quotation, repetition, length, untranslated)
}


def main() -> None:
    """Print for each kind how many faults there were and how many were found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", type=int, default=0, help="print so many missed faults of each kind")
    arguments = parser.parse_args()
    checker = QualityChecker()
    figures = {kind: {"faults": 0, "found": 0} for kind in FAULTS}
    for title, first in SETS:
        german_lines, english_lines = (
            lines_of(arguments.shared / "eval" / f"{title}.{end}") for end in ("de", "en")
        )
        for line in range(first, len(german_lines)):
            german, english = german_lines[line], english_lines[line]
            if checker.warnings(_made(german, english)):
                continue
            for kind, fault in FAULTS.items():
                faulty = fault(german, english, random.Random(line))
                if faulty is None:
                    continue
                count = figures[kind]
                count["faults"] += 1
                if any(warning.kind == kind for warning in checker.warnings(_made(german, faulty))):
                    count["found"] += 1
                elif count["faults"] - count["found"] <= arguments.show:
                    print(f"{kind} {title} {line + 1}\n  {german}\n  {faulty}")
    for count in figures.values():
        count["recall"] = round(count["found"] / max(1, count["faults"]), 3)  # type: ignore[assignment]
    print(json.dumps(figures, indent=1))


def _made(german: str, english: str) -> Translation:
    return Translation(german, (Hypothesis(english, 0.0),), (), None)


if __name__ == "__main__":
    main()
