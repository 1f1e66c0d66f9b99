"""Numbers that did not come through, and numbers that came from nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from models.quality.english_numbers import english_figures
from models.quality.german_numbers import german_figures
from models.quality.links import linked
from models.quality.values import Figure, QualityWarning, Span
from models.translation import Translation

_PERCENT: Final = re.compile(r"\s*(?:Prozent\w*|v\.\s?H\.|%|vom Hundert)", re.IGNORECASE)
_PERCENT_ENGLISH: Final = re.compile(
    r"%|\bper\s?cent|\bpercent|\bpct\b|\bpc\b|\bpoints?\b|\bhalf\b|\bquarter|\bthird", re.I
)
_UNITS: Final[tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = tuple(
    (re.compile(rf"\s*(?:{german})(?![^\W\d_])"), re.compile(english, re.IGNORECASE))
    for german, english in (
        ("Euro|€|EUR", r"euro|€|eur\b"),
        ("Dollar|US-Dollar|\\$", r"dollar|\$|usd"),
        ("Franken|CHF", r"franc|chf"),
        ("Pfund", r"pound|£|sterling|\blb|quid"),
        ("Kilometern?|km", r"kilomet|km|\bk\b|mile|klick"),
        ("Grad", r"degree|°|\bc\b|celsius"),
        ("Tonnen?", r"ton|\bt\b|weigh"),
        ("Stunden?", r"hour|\bhrs?\b|\bh\b|o'clock|day|overnight"),
        ("Minuten?", r"minute|\bmins?\b|hour"),
        ("Tagen?|Tage", r"day|week|fortnight|night"),
        ("Wochen?", r"week|fortnight|day|month"),
        ("Monaten?|Monate|Monats", r"month|half a year|year"),
        (
            "(?:Jahren?|Jahre|Jahrs|Jahres)(?!\\s+(?:alt|älter|jünger))",
            r"year|decade|centur|\bage|annual|annivers|\d0s|ies\b|season|old\b|teen|since|ago\b",
        ),
    )
)
_MOST: Final = 2  # warnings about numbers in one sentence; more become one
_SMALL: Final = frozenset(str(number) for number in range(13))


def number_warnings(translation: Translation, dated: Sequence[Span] = ()) -> list[QualityWarning]:
    """Return a warning for each number of one side that the other lacks, and for units that got lost.

    `dated`: spans of dates in the German, whose numbers are looked after elsewhere.
    """
    german, english = translation.source, translation.english
    ours, theirs = german_figures(german), english_figures(english)
    said = frozenset(key for figure in theirs for key in figure.keys)
    known = frozenset(key for figure in ours for key in figure.keys)
    strange = [f for f in theirs if _is_strange(f, known, english, german)]
    found: list[QualityWarning] = []
    for figure in ours:
        if any(a <= figure.start < b for a, b in dated):
            continue
        name = german[figure.start : figure.end].strip()
        if figure.firm and not figure.keys & said and not _copied(name, english):
            places = linked(translation, figure.span)
            other = next((f for f in strange if any(f.start < b and a < f.end for a, b in places)), None)
            if other:
                strange.remove(other)
                wrong = english[other.start : other.end]
                message = f"The German has “{name}”; the English has “{wrong}”."
                found.append(QualityWarning("number", (figure.span,), (other.span,), message))
            else:
                message = f"The German has “{name}”; the English has no such number."
                found.append(QualityWarning("number", (figure.span,), places, message))
        elif figure.firm and (lost := _lost_unit(german, figure, english)):
            end, unit = lost
            message = f"The German has “{german[figure.start : end]}”; the English has no “{unit}”."
            found.append(QualityWarning("number", ((figure.start, end),), (), message))
    for figure in strange:
        wrong = english[figure.start : figure.end]
        message = f"The English has “{wrong}”; the German has no such number."
        found.append(QualityWarning("number", (), (figure.span,), message))
    return found if len(found) <= _MOST else [_together(found, german, english)]


def _together(found: Sequence[QualityWarning], german: str, english: str) -> QualityWarning:
    """One warning for a sentence whose numbers went wrong in many places."""
    source = tuple(dict.fromkeys(span for each in found for span in each.source))
    target = tuple(dict.fromkeys(span for each in found for span in each.target))
    names = [f"“{german[a:b].strip()}”" for a, b in source] or [f"“{english[a:b]}”" for a, b in target]
    side, other = ("German", "English") if source else ("English", "German")
    message = (
        f"The {side} has {', '.join(names[:3])} and {len(names) - 3} more; the {other} has other numbers."
    )
    if len(names) <= 3:
        message = f"The {side} has {', '.join(names)}; the {other} has other numbers."
    return QualityWarning("number", source, target, message)


def _copied(name: str, english: str) -> bool:
    return bool(re.search(rf"(?<!\d){re.escape(name)}(?!\d)", english))


def _is_strange(figure: Figure, known: frozenset[str], english: str, german: str) -> bool:
    """Whether an English number in digits has no counterpart in the German, not even in part."""
    if not figure.digits or figure.keys & known or figure.keys & _SMALL:
        return False
    text = english[figure.start : figure.end]
    return not all(part in german for part in re.findall(r"\d+", text))


def _lost_unit(german: str, figure: Figure, english: str) -> tuple[int, str] | None:
    """The end and the name of a unit after a German number that the English does not mention anywhere."""
    if match := _PERCENT.match(german, figure.end):
        return None if _PERCENT_ENGLISH.search(english) else (match.end(), "per cent")
    for pattern, allowed in _UNITS:
        if match := pattern.match(german, figure.end):
            return None if allowed.search(english) else (match.end(), allowed.pattern.split("|")[0])
    return None
