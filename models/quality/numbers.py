"""Numbers that did not come through, and numbers that came from nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from models.figures import english_figures, german_figures, unmatched
from models.figures.values import Figure
from models.quality.links import linked
from models.quality.values import QualityWarning, Span
from models.translation import Translation

_PERCENT: Final = re.compile(r"\s*(?:Prozent\w*|v\.\s?H\.|%|vom Hundert)", re.IGNORECASE)
_PERCENT_ENGLISH: Final = re.compile(
    r"%|\bper\s?cent|\bpercent|\bpct\b|\bpc\b|\bpoints?\b|\bhalf\b|\bquarter|\bthird", re.I
)
_UNITS: Final[tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]] = tuple(
    (re.compile(rf"\s*(?:{german})(?![^\W\d_])"), re.compile(english, re.IGNORECASE), name)
    for name, german, english in (
        ("euros", "Euro|€|EUR", r"euro|€|eur\b"),
        ("dollars", "Dollar|US-Dollar|\\$", r"dollar|\$|usd"),
        ("francs", "Franken|CHF", r"franc|chf"),
        ("pounds", "Pfund", r"pound|£|sterling|\blb|quid"),
        ("kilometres", "Kilometern?|km", r"kilomet|km|\bk\b|mile|klick"),
        ("degrees", "Grad", r"degree|°|\bc\b|celsius"),
        ("tonnes", "Tonnen?", r"ton|\bt\b|weigh"),
        ("hours", "Stunden?", r"hour|\bhrs?\b|\bh\b|o'clock|day|overnight"),
        ("minutes", "Minuten?", r"minute|\bmins?\b|hour"),
        ("days", "Tagen?|Tage", r"day|week|fortnight|night"),
        ("weeks", "Wochen?", r"week|fortnight|day|month"),
        ("months", "Monaten?|Monate|Monats", r"month|half a year|year"),
        (
            "years",
            r"(?:Jahren?|Jahre|Jahrs|Jahres)(?!\s+(?:alt|älter|jünger))",
            r"year|decade|centur|\bage|annual|annivers|\d0s|ies\b|season|old\b|teen|since|ago\b"
            r"|\b(?:of|at) \d\d(?=[,.;!?)]|$)",  # a man of 61
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
    loose = list(unmatched(theirs, ours))
    strange = [figure for figure in loose if _is_strange(figure, english, german)]
    firm = [f for f in ours if f.firm and not any(a <= f.start < b for a, b in dated)]
    missing = [f for f in unmatched(firm, theirs) if not _copied(_text(german, f), english)]
    found: list[QualityWarning] = []
    for figure in missing:
        places = linked(translation, figure.span)
        other = next((f for f in loose if any(f.start < b and a < f.end for a, b in places)), None)
        if other is None and len(missing) == len(strange) == 1:
            other = strange[0]
        if other:
            loose = [each for each in loose if each is not other]
            strange = [each for each in strange if each is not other]
        found.append(_missing(translation, figure, other, places))
    present = [figure for figure in firm if figure not in missing]
    found += [
        _lost(german, figure, unit) for figure in present if (unit := _lost_unit(german, figure, english))
    ]
    for figure in strange:
        message = f"The English has “{_text(english, figure)}”; the German has no such number."
        found.append(QualityWarning("number", (), (figure.span,), message))
    return found if len(found) <= _MOST else [_together(found, german, english)]


def _missing(
    translation: Translation, figure: Figure, other: Figure | None, places: tuple[Span, ...]
) -> QualityWarning:
    said = f"“{_text(translation.english, other)}”" if other else "no such number"
    message = f"The German has “{_text(translation.source, figure)}”; the English has {said}."
    return QualityWarning("number", (figure.span,), (other.span,) if other else places, message)


def _lost(german: str, figure: Figure, unit: tuple[int, str]) -> QualityWarning:
    end, name = unit
    message = f"The German has “{german[figure.start : end]}”; the English has no {name}."
    return QualityWarning("number", ((figure.start, end),), (), message)


def _text(text: str, figure: Figure) -> str:
    return text[figure.start : figure.end].strip()


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


def _is_strange(figure: Figure, english: str, german: str) -> bool:
    """Whether an English number in digits has no counterpart in the German, not even in part."""
    if not figure.digits or figure.keys & _SMALL:
        return False
    text = english[figure.start : figure.end]
    return not all(part in german for part in re.findall(r"\d+", text))


def _lost_unit(german: str, figure: Figure, english: str) -> tuple[int, str] | None:
    """The end and the name of a unit after a German number that the English does not mention anywhere."""
    if match := _PERCENT.match(german, figure.end):
        return None if _PERCENT_ENGLISH.search(english) else (match.end(), "per cent")
    for pattern, allowed, name in _UNITS:
        if match := pattern.match(german, figure.end):
            return None if allowed.search(english) else (match.end(), name)
    return None
