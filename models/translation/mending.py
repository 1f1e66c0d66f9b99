"""Slips of the model's that can be mended in the English without knowing what the sentence means.

A small model begins one sentence in seventy with a small letter, writes a word twice in one of a hundred and
a letter thrice in as many, and forgets closing quotation marks and the n of “an”. What is mended are marks,
case, articles, repetition (of digits, too) and the hours of the afternoon.
"""

from __future__ import annotations

import re
from typing import Final

from models.translation.articles import wrong_articles
from models.translation.rewriting import Edit
from models.translation.word_case import is_function_word

_POINT: Final = re.compile(r"(\d{1,3})\.\s+([a-zäöüß]+)\b")
_ORDINAL: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\b")
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
_WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_DOUBLED: Final = re.compile(r"\b([^\W\d_]{2,})(?: \1)+(?![\w’'-])", re.IGNORECASE)
_DOUBLED_GERMAN: Final = re.compile(r"\b(\w{2,})\W{1,3}\1\b", re.IGNORECASE)
# These stand twice in sound English: all that that meant; she gave her her book; he came in in May.
_DOUBLES: Final = (
    "that had her in on is do out up over very so no long many far ha bye blah well now then new more"
)
_MAY_DOUBLE: Final = frozenset(_DOUBLES.split())
_STUTTER: Final = re.compile(r"([^\W\d_])\1{2,}")
_STUTTERING: Final = re.compile(r"\b(?!www\b)[^\W\d_]*([^\W\d_])\1\1[^\W\d_]*", re.IGNORECASE)
_QUOTES: Final = re.compile(r"[\"“”„«»‟]")
_CLOSED: Final = re.compile(r"([\"“”«»])([.,!?…]*)$")
_STOPS: Final = re.compile(r"[.!?…]*$")
_DASH: Final = re.compile(r"(?<=\s)[–—](?=\s)")
_HYPHENS: Final = re.compile(r"(?<=\s)--?(?=\s)")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
ENGLISH_POINTS: Final = str.maketrans(".,", ",.")
_UHR: Final = re.compile(r"\b(1[3-9]|2[0-3])(?:[.:]\d\d)?(?=(?: (?:und|bis) \d\d?(?:[.:]\d\d)?)? Uhr\b)")
_AFTERNOON: Final = re.compile(
    r"(?<![\d.:,])(?:(?P<from>1[3-9]|2[0-3])(?:[.:]\d\d)? (?:and|to|[-–]) )?(?P<hour>1[3-9]|2[0-3])"
    r"(?:[.:]\d\d)?(?= ?(?P<half>[apAP])\.?[mM]\b)"
)
_ONLY_UHR: Final = re.compile(r"\b(\d\d?)(?:[.:](\d\d))?(?= Uhr\b)")
_FROM: Final = re.compile(r"(?:\b(?:bis|und|oder)|[-–,])\s*$")
_ONLY_CLOCK: Final = re.compile(r"(?<![\d.:,])(\d\d?)(?:[.:](\d\d))? ?([apAP])\.?[mM]\b")
_NIGHT: Final = re.compile(r"\b(?:nachts?|mitternachts?)\b", re.IGNORECASE)
_LATE: Final = re.compile(r"(?:abends?|nachmittags?|mittags?|nachts?)\b", re.IGNORECASE)
_BARE_GENITIVE: Final = re.compile(r"\b([^\W\d_][\w-]*[^\W\dsxz])['’](?= \w)")
_INCHES: Final = re.compile(r"\d\s?\"")


def mends(german: str, english: str) -> list[Edit]:
    """Return what is to be changed in the English of a sentence."""
    return [
        *_capital(german, english),
        *_enumerator(german, english),
        *_doubled(german, english),
        *_stuttered(german, english),
        *_numbers(german, english),
        *_times(german, english),
        *_articles(german, english),
        *_genitives(german, english),
        *_dashes(german, english),
        *_quotes(german, english),
        *_closing_quote(german, english),
    ]


def _capital(german: str, english: str) -> list[Edit]:
    """A sentence or headline begins with a capital; a single noun does not."""
    theirs, ours = _LETTER_OR_DIGIT.search(german), _LETTER_OR_DIGIT.search(english)
    if not theirs or not ours or not theirs.group().isupper() or not ours.group().islower():
        return []
    words = _WORD.findall(german)
    if len(words) < 2 and not re.search(r"[.!?]", german):
        return []
    first = _WORD.search(english)
    if first and (first.group()[1:] != first.group()[1:].lower() or first.group() in words):
        return []  # eBay, mRNA; van in Jan van Aken
    large = ours.group().upper()
    return [(ours.start(), ours.end(), large)] if len(large) == 1 else []


def _articles(german: str, english: str) -> list[Edit]:
    """A and an; but the German word “an” where a stretch has been left German."""
    return [
        edit
        for edit in wrong_articles(english)
        if " ".join(english[edit[0] :].split(maxsplit=2)[:2]) not in german
    ]


def _genitives(german: str, english: str) -> list[Edit]:
    """The s that a genitive lacks after its apostrophe: Gersdorf’ election, of Gersdorfs Wahl."""
    return [
        (found.end(), found.end(), "s")
        for found in _BARE_GENITIVE.finditer(english)
        if re.search(rf"(?<!\w){re.escape(found[1])}s(?!\w)", german)
    ]


def _enumerator(german: str, english: str) -> list[Edit]:
    """The number of a point of a list, taken for an ordinal: 2. den Rückzug is no 2nd."""
    ours, theirs = _ORDINAL.match(english), _POINT.match(german)
    if not ours or not theirs or ours[1] != theirs[1] or not is_function_word(theirs[2]):
        return []
    return [(0, ours.end(), f"{ours[1]}.")]


def _doubled(german: str, english: str) -> list[Edit]:
    """A word that stands twice or more in a row, of which the German knows nothing."""
    if _DOUBLED_GERMAN.search(german):
        return []
    return [
        (found.start(), found.end(), found.group(1))
        for found in _DOUBLED.finditer(english)
        if found.group(1).lower() not in _MAY_DOUBLE
    ]


def _stuttered(german: str, english: str) -> list[Edit]:
    """A word with a letter three times in a row (Rudddd): as the German spells it, else with two."""
    if _STUTTER.search(german):
        return []
    spellings = {_single(word): word for word in re.findall(r"[^\W\d_]+", german)}
    return [
        (
            found.start(),
            found.end(),
            spellings.get(_single(found.group()), _STUTTER.sub(r"\1\1", found.group())),
        )
        for found in _STUTTERING.finditer(english)
        if _single(found.group()) in spellings or not found.group().isupper()  # III
    ]


def _numbers(german: str, english: str) -> list[Edit]:
    """A number with a digit too many or too few of a kind (18999 for 1899), as the German has it."""
    theirs = {_digits(found.group()): found.group() for found in _NUMBER.finditer(german)}
    ours = list(_NUMBER.finditer(english))
    lost = {_single(digits): number for digits, number in theirs.items() if len(digits) > 2}
    for found in ours:
        lost.pop(_single(_digits(found.group())) if _digits(found.group()) in theirs else "", None)
    return [
        (found.start(), found.end(), lost[_single(digits)].translate(ENGLISH_POINTS))
        for found in ours
        if (digits := _digits(found.group())) not in theirs and len(digits) > 2 and _single(digits) in lost
    ]


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _single(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word.lower())


def _times(german: str, english: str) -> list[Edit]:
    """Times after noon: 17.30 Uhr is 5.30 p.m., neither 17.30 p.m. nor 5.30 a.m. nor 7.30 p.m."""
    if edits := _only_time(german, english):
        return edits
    hours = set(_UHR.findall(german))
    for found in _AFTERNOON.finditer(english):
        if found["hour"] in hours:
            edits += [
                (*found.span(name), str(int(found[name]) - 12)) for name in ("from", "hour") if found[name]
            ]
            edits.append((*found.span("half"), _half(found["half"], "p")))
    return edits


def _only_time(german: str, english: str) -> list[Edit]:
    """The one time of a sentence, if its English has the minutes but not the hour or the half of the day.

    12.20 Uhr is after noon, and so is no hour below 12 that has minutes, unless the German says so: 8.30 Uhr
    abends.
    """
    said, heard = list(_ONLY_UHR.finditer(german)), list(_ONLY_CLOCK.finditer(english))
    if len(said) != 1 or len(heard) != 1 or _FROM.search(german, 0, said[0].start()):
        return []
    (time,), (clock,) = said, heard
    hour, minute = int(time[1]), int(time[2] or 0)
    if int(clock[2] or 0) != minute or hour > 23:
        return []
    if hour < 12 and (not time[2] or not hour or int(clock[1]) != hour or _LATE.search(german)):
        return []
    if hour == 12 and (not time[2] or int(clock[1]) != 12 or _NIGHT.search(german)):
        return []
    right = str(hour - 12 if hour > 12 else hour)
    half = _half(clock[3], "a" if hour < 12 else "p")
    wrong = clock[1] != right or clock[3] != half
    return [(*clock.span(1), right), (*clock.span(3), half)] if wrong else []


def _half(stands: str, letter: str) -> str:
    """The a of a.m. or p of p.m. as large as the a or p that stands there."""
    return letter.upper() if stands.isupper() else letter


def _dashes(german: str, english: str) -> list[Edit]:
    """Hyphens for the dashes of the German."""
    if not _DASH.search(german) or _HYPHENS.search(german):
        return []
    return [(found.start(), found.end(), "–") for found in _HYPHENS.finditer(english)]


def _quotes(german: str, english: str) -> list[Edit]:
    """English quotation marks for German ones, and for straight ones where those of the German are not."""
    marks = "„“‚‘" if re.search("[„‚]", english) else ""
    if '"' not in german and _QUOTES.search(german) and not _INCHES.search(english):
        marks += '"'
    return [
        (place, place + 1, right)
        for place, mark in enumerate(english)
        if mark in marks and (right := _quote(english, place)) != mark
    ]


def _quote(english: str, place: int) -> str:
    """The quotation mark at a place as English has it: opening before a word, closing after one."""
    opens = not english[:place].strip() or english[place - 1] in ' ([–—-„“‚‘"'
    single = english[place] in "‚‘"
    return ("‘" if opens else "’") if single else ("“" if opens else "”")


def _closing_quote(german: str, english: str) -> list[Edit]:
    """The mark that closes a quotation at the end of the sentence, if it alone is missing."""
    closed = _CLOSED.search(german.rstrip())
    if not closed or _INCHES.search(german) or _INCHES.search(english):
        return []
    marks = _QUOTES.findall(english)
    if len(marks) != len(_QUOTES.findall(german)) - 1 or _CLOSED.search(english):
        return []
    mark = '"' if '"' in german else "”"
    stops = _STOPS.search(english)
    place = stops.start() if stops and closed.group(2) else len(english)
    return [(place, place, mark)]
