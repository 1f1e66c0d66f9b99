"""Months, days of a month and days of the week that did not come through, or that came from nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from models.figures import english_figures
from models.quality.links import linked
from models.quality.values import QualityWarning, Span
from models.translation import Translation

_MONTHS: Final = (
    ("Januar", "Jänner", "January", "Jan"),
    ("Februar", "Feber", "February", "Feb"),
    ("März", "Maerz", "March", "Mar"),
    ("April", "April", "April", "Apr"),
    ("Mai", "Mai", "May", "May"),
    ("Juni", "Juno", "June", "Jun"),
    ("Juli", "Julei", "July", "Jul"),
    ("August", "August", "August", "Aug"),
    ("September", "September", "September", "Sept?"),
    ("Oktober", "Oktober", "October", "Oct"),
    ("November", "November", "November", "Nov"),
    ("Dezember", "Dezember", "December", "Dec"),
)
_WEEKDAYS: Final = (
    ("Montag", "Montag", "Monday", "Mon"),
    ("Dienstag", "Dienstag", "Tuesday", "Tues?"),
    ("Mittwoch", "Mittwoch", "Wednesday", "Wed"),
    ("Donnerstag", "Donnerstag", "Thursday", "Thu(?:rs)?"),
    ("Freitag", "Freitag", "Friday", "Fri"),
    ("Samstag", "Sonnabend", "Saturday", "Sat"),
    ("Sonntag", "Sonntag", "Sunday", "Sun"),
)
_PART_OF_DAY: Final = r"(?:s?(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht))?(?:s|es|e|en)?"
_GERMAN_MONTH: Final = re.compile(
    r"(?:(?P<day>\d{1,2})\.\s?)?\b(?P<month>" + "|".join(f"{a}|{b}" for a, b, *_ in _MONTHS) + r")s?\b"
)
_GERMAN_WEEKDAY: Final = re.compile(
    r"\b(?P<weekday>" + "|".join(f"{a}|{b}" for a, b, *_ in _WEEKDAYS) + rf"){_PART_OF_DAY}\b"
)
_NUMERIC: Final = re.compile(r"(?<![\d./])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d\d)(?!\d))?(?![\d./])")
_ENGLISH_NAME: Final = re.compile(
    r"\b(?:" + "|".join([*(row[2] for row in _MONTHS), *(row[2] for row in _WEEKDAYS)]) + r")(?:['’]?s)?\b"
)
# May and March are other words as well: months only beside a number or after such a word.
_MONTH_BEFORE: Final = re.compile(
    r"(?:\b(?:in|of|by|since|until|till|early|late|mid|last|this|next|from|between|on)[\s-]|\d(?:st|nd|rd|th)?\s)$",
    re.I,
)
_NUMBER_AFTER: Final = re.compile(r"\s(?:of\s)?\d")


@dataclass(frozen=True, slots=True)
class _Date:
    span: Span
    text: str
    day: int | None
    names: tuple[str, ...]
    """Patterns of which one has to stand in the English."""


def date_spans(german: str) -> tuple[Span, ...]:
    """Return where dates with a day of the month stand in a German sentence."""
    return tuple(date.span for date in _dates(german) if date.day is not None)


def date_warnings(translation: Translation) -> list[QualityWarning]:
    """Return a warning for each date that the English lacks or has instead."""
    german, english = translation.source, translation.english
    dates = _dates(german)
    strange = [m for m in _ENGLISH_NAME.finditer(english) if _from_nowhere(m, german, english)]
    numbers = {key for figure in english_figures(english) for key in figure.keys} if dates else set()
    found = []
    for date in dates:
        named = any(re.search(pattern, english) for pattern in date.names)
        numbered = date.day is None or str(date.day) in numbers
        if named and numbered:
            continue
        places = linked(translation, date.span)
        if not named and len(strange) == 1:
            other = strange.pop()
            message = f"The German has “{date.text}”; the English has “{other.group()}”."
            found.append(QualityWarning("date", (date.span,), (other.span(),), message))
        else:
            missing = "no such day of the month" if named else "no such date"
            message = f"The German has “{date.text}”; the English has {missing}."
            found.append(QualityWarning("date", (date.span,), places, message))
    for other in strange:
        message = f"The English has “{other.group()}”; the German has no such date."
        found.append(QualityWarning("date", (), (other.span(),), message))
    return found


def _dates(german: str) -> tuple[_Date, ...]:
    found = []
    for match in _GERMAN_MONTH.finditer(german):
        if match["month"] in ("Juno", "Julei") and not match["day"]:
            continue
        number = next(i for i, row in enumerate(_MONTHS) if match["month"] in row[:2])
        start = match.start("day") if match["day"] else match.start("month")
        day = int(match["day"]) if match["day"] else None
        text = german[start : match.end("month")]
        found.append(_Date((start, match.end("month")), text, day, _month_names(number)))
    for match in _GERMAN_WEEKDAY.finditer(german):
        row = next(row for row in _WEEKDAYS if match["weekday"] in row[:2])
        found.append(_Date(match.span(), match.group(), None, _day_names(row)))
    for match in _NUMERIC.finditer(german):
        day, month = int(match[1]), int(match[2])
        if 1 <= day <= 31 and 1 <= month <= 12:
            names = (
                *_month_names(month - 1),
                rf"(?<!\d)0?{month}[./-]0?{day}\b",
                re.escape(match[0].rstrip(".")),
            )
            found.append(_Date(match.span(), match.group(), day, names))
    return tuple(found)


def _month_names(index: int) -> tuple[str, ...]:
    full, short = _MONTHS[index][2:]
    number = index + 1
    return (
        rf"\b{full}",
        rf"\b{short}\b",
        rf"\b0?\d{{1,2}}[./]\s?0?{number}\b",
        rf"\b0?{number}/\d",
        rf"-0?{number}-",
    )


def _day_names(row: tuple[str, str, str, str]) -> tuple[str, ...]:
    return rf"\b{row[2]}", rf"\b{row[3]}\b"


def _from_nowhere(match: re.Match[str], german: str, english: str) -> bool:
    """Whether an English month or weekday has no German counterpart, not even inside a word."""
    name = re.sub(r"['’]?s$", "", match.group()) if match.group()[-1] == "s" else match.group()
    row = next(row for row in (*_MONTHS, *_WEEKDAYS) if row[2] == name)
    if name in ("May", "March", "August") and not (
        _MONTH_BEFORE.search(english[: match.start()]) or _NUMBER_AFTER.match(english, match.end())
    ):
        return False
    low = german.casefold()
    if any(part.casefold() in low for part in row) or row[3].split("s?")[0].casefold() in low:
        return False
    if row in _MONTHS:
        number = _MONTHS.index(row) + 1
        return not any(int(m[2]) == number for m in _NUMERIC.finditer(german))
    return True
