"""Numbers in German text: 1.234,5 · 4,5 Milliarden · 17.30 Uhr · 20. Jahrhundert · zweieinhalb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from models.figures.keys import decade_keys, key_of, time_keys
from models.figures.values import Figure

_UNITS: Final = {
    "null": 0, "ein": 1, "eins": 1, "eine": 1, "einen": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4,
    "fünf": 5, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "zwoelf": 12, "sechzehn": 16, "siebzehn": 17, "zwanzig": 20, "dreißig": 30, "dreissig": 30,
    "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_ORDINALS: Final = {"dritt": 3, "siebt": 7, "acht": 8}
_SCALES: Final = {
    "hundert": 2, "tsd": 3, "tausend": 3, "mio": 6, "mill": 6, "million": 6, "millionen": 6, "mrd": 9,
    "milliarde": 9, "milliarden": 9, "bio": 12, "billion": 12, "billionen": 12, "billiarde": 15,
    "billiarden": 15,
}  # fmt: skip
_INDEFINITE: Final = {
    "hunderte": 2, "hunderten": 2, "hunderter": 2, "aberhunderte": 2, "tausende": 3, "tausenden": 3,
    "tausender": 3, "abertausende": 3, "zehntausende": 4, "zehntausenden": 4, "zehntausender": 4,
    "hunderttausende": 5, "hunderttausenden": 5, "hunderttausender": 5,
}  # fmt: skip
_TIMES: Final = {"zehn": 1, "zehntausend": 4, "hunderttausend": 5}
_FRACTIONS: Final = {
    "hälfte": 2, "drittel": 3, "drittels": 3, "dritteln": 3, "fünftel": 5, "fünfteln": 5, "sechstel": 6,
    "siebtel": 7, "achtel": 8, "neuntel": 9, "zehntel": 10, "zehnteln": 10, "viertel": 4, "vierteln": 4,
}  # fmt: skip
_MORPHEMES: Final = (
    "hundert|tausend|und|dreißig|dreissig|zwanzig|sechzehn|siebzehn|sechzig|siebzig|vierzig|fünfzig|achtzig|neunzig"
    "|zehn|zwölf|zwoelf|eins|ein|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun|elf"
)
_CARDINAL: Final = re.compile(rf"(?:{_MORPHEMES})+")
# What may be joined to a cardinal with its meaning kept; -seitig, -sprachig and the like are other words.
_SUFFIX: Final = (
    r"mal(?:ige[nmrs]?|ig)?|fach(?:e[nmrs]?)?|einhalb|jährig(?:e[nmrs]?)?|jährige|tägig(?:e[nmrs]?)?"
    r"|stündig(?:e[nmrs]?)?|monatig(?:e[nmrs]?)?|wöchig(?:e[nmrs]?)?|köpfig(?:e[nmrs]?)?|stellig(?:e[nmrs]?)?"
    r"|prozentig(?:e[nmrs]?)?|minütig(?:e[nmrs]?)?"
)
_NUMBER_WORD: Final = re.compile(rf"((?:{_MORPHEMES})+)(s?te[nmrs]?|s?tens|{_SUFFIX}|er)?")
_ORDINAL_STEM: Final = re.compile(r"(dritt|siebt|acht)(?:e[nmrs]?|ens)")
_TOKEN: Final = re.compile(
    r"(?P<digits>\d{1,3}(?:[  \u202f]\d{3})+(?![\d.,:]*\d)|\d+(?:[.,:]\d+)*)(?P<ordinal>\.(?=\s+\w|[-–/]))?"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<half>[½¼¾⅓⅔])"
)
_GLYPHS: Final = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
THOUSANDS: Final = re.compile(r"\d{1,3}(?:[.  \u202f]\d{3})+(?:,\d+)?")
DECIMAL: Final = re.compile(r"\d+,\d+")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")
_SCALE_AFTER: Final = re.compile(
    r"[\s-]{0,2}(millionen|million|mio|mill|milliarden|milliarde|mrd|billionen|billion|bio|billiarden?"
    r"|tausend|tsd|hundert)(?![^\W\d_])\.?",
    re.IGNORECASE,
)
_UHR: Final = re.compile(r"\s*Uhr(?:\s+(\d{1,2})(?!\d))?")
_SCALE_COMPOUND: Final = re.compile(r"(million|milliard|billion)\w*", re.IGNORECASE)
_DECADE: Final = re.compile(r"er(?:n)?(?:[\s-]?[jJ]ahren?s?)?(?![^\W\d_])")
_SOME: Final = re.compile(
    r"\s+(zehn|hundert|tausend|zehntausend|hunderttausend|millionen|milliarden|billionen)(?![^\W\d_])",
    re.IGNORECASE,
)
# A town, a seller: what is big is not said in numbers in English.
_NO_MILLION: Final = re.compile(r"million(?:en)?(?:städte?n?|stadt|seller|metropole)", re.IGNORECASE)
_FURTHER: Final = re.compile(r"zweit\w{3,}|doppel\w+|verdoppel\w*|verdreifach\w*|halb\w*|beid\w+|paar")
# “Acht” is attention, “acht” now and then a verb.
_ELEVENTH_HOUR: Final = re.compile(r"\b[Ff]ünf\s+vor\s+[Zz]wölf\b")
_NO_EIGHT: Final = re.compile(
    r"\b(?:außer|ausser|in|[Hh]abt|[Gg]ebt|[Gg]ib|[Gg]eben\s+[Ss]ie)\s+[Aa]cht\b|[Aa]cht\s+(?:lassen|geben|gegeben|nehmen)"
)


@lru_cache(8192)
def cardinal(word: str) -> int | None:
    """Return the value of a German number word in lower case ("zweitausenddreiundzwanzig"), or None."""
    if word in _UNITS:
        return _UNITS[word]
    if not _CARDINAL.fullmatch(word):
        return None
    for name, size in (("tausend", 1000), ("hundert", 100)):
        if name in word:
            head, _, rest = word.partition(name)
            rest = rest.removeprefix("und") if rest not in _UNITS else rest
            times: int | None = cardinal(head) if head else 1
            more: int | None = cardinal(rest) if rest else 0
            return None if times is None or more is None else times * size + more
    if word.endswith("zehn"):
        unit = _UNITS.get(word.removesuffix("zehn"))
        return 10 + unit if unit and 3 <= unit <= 9 else None
    if "und" in word:
        ones, _, tens = word.partition("und")
        low, high = _UNITS.get(ones), _UNITS.get(tens)
        if low and high and 1 <= low <= 9 and high >= 20:
            return low + high
    return None


def german_figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of a German sentence in order."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    position = 0
    year = ""
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match["digits"]:
            for figure in _digits(text, match, year):
                position = max(position, figure.end)
                yield figure
            year = match["digits"] if re.fullmatch(r"1\d{3}|20\d\d", match["digits"]) else ""
        elif match["half"]:
            yield Figure(match.start(), match.end(), frozenset({_GLYPHS[match["half"]]}), firm=False)
        else:
            figure_or_none = _word(text, match)
            if figure_or_none:
                position = max(position, figure_or_none.end)
                yield figure_or_none


def _digits(text: str, match: re.Match[str], year: str) -> Iterator[Figure]:
    start, end, digits = match.start(), match.end(), match["digits"]
    uhr = _UHR.match(text, match.end("digits"))
    clock = _CLOCK.fullmatch(digits)
    if uhr and (clock or re.fullmatch(r"[01]?\d|2[0-4]", digits)):
        hour, minute = (int(clock[1]), int(clock[2])) if clock else (int(digits), int(uhr[1] or 0))
        yield Figure(start, uhr.end(), time_keys(hour, minute), firm=True, digits=True)
        return
    scale = _SCALE_AFTER.match(text, end)
    if THOUSANDS.fullmatch(digits) or DECIMAL.fullmatch(digits) or digits.isdigit():
        value = _value(digits)
        if scale:
            power = _SCALES[scale[1].casefold()]
            keys = {key_of(value * 10**power)}
            # Indefinite: 100 Millionen is some millions, too, but has to come back as what it is.
            yield Figure(start, scale.end(), frozenset(keys), firm=True, digits=True)
            return
        keys = {key_of(value)}
        decade = _DECADE.match(text, end)
        if decade and not match["ordinal"]:
            keys |= decade_keys(int(value))
            end = decade.end()
        if year and len(digits) == 2 and text[start - 1 : start] in "/-–":
            keys.add(year[:2] + digits)
        if match["ordinal"] is None and text[start - 1 : start] == "'":
            keys |= {"19" + digits, "20" + digits}
        yield Figure(start, end, frozenset(keys), firm=True, digits=True)
        return
    if clock and ":" in digits:
        hour, minute = int(clock[1]), int(clock[2])
        # A time, or a score: 15:15.
        yield Figure(start, end, time_keys(hour, minute) | {f"{hour}&{minute}"}, firm=True, digits=True)
        return
    if re.fullmatch(r"\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d\d))?", digits):
        return  # a date: see dates
    # 3:2, 2.4.1, telephone numbers: each part for itself, so that 3-2 or 3 : 2 will do.
    for part in re.finditer(r"\d+", digits):
        keys = {key_of(Fraction(part.group())), f"in:{digits}"}
        yield Figure(start + part.start(), start + part.end(), frozenset(keys), firm=True, digits=True)


def _value(digits: str) -> Fraction:
    return Fraction(re.sub(r"[.  \u202f]", "", digits).replace(",", "."))


def _word(text: str, match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    word = match["word"]
    low = word.lower()
    if low in ("mehrere", "mehreren", "mehrerer", "einige", "einigen", "einiger", "paar") and (
        some := _SOME.match(text, end)
    ):
        power = _TIMES.get(some[1].casefold(), 0) or _SCALES[some[1].casefold()]
        return Figure(start, some.end(), frozenset({f"scale:{power}"}), firm=power > 2)
    if low in _INDEFINITE:
        return Figure(start, end, frozenset({f"scale:{_INDEFINITE[low]}"}), firm=True)
    if low.startswith("dutzend"):
        return Figure(
            start, end, frozenset({"12", "dozen"}), firm=low in ("dutzend", "dutzende", "dutzenden")
        )
    if low in ("anderthalb", "eineinhalb", "einundeinhalb"):
        figure = _scaled(text, start, end, Fraction(3, 2))
        # "an hour and a half" is read as such by the English side only if it says one.
        return Figure(figure.start, figure.end, figure.keys | {"&1/2"}, firm=True)
    if low in _FRACTIONS:
        whole = _FRACTIONS[low]
        # In English as hundredths, too.
        return Figure(start, end, frozenset({f"1/{whole}", str(whole), str(100 // whole)}), firm=False)
    if _SCALE_COMPOUND.fullmatch(word):
        power = {"mil": {"millio": 6, "millia": 9}.get(low[:6], 6), "bil": 12}[low[:3]]
        firm = not _NO_MILLION.match(word) and not low.startswith(("billionst", "millionst"))
        return Figure(start, end, frozenset({f"scale:{power}"}), firm=firm)
    if low.startswith("halb") and (after := _SCALE_AFTER.match(text, end)):
        value = Fraction(10 ** _SCALES[after[1].casefold()], 2)
        power = _SCALES[after[1].casefold()]
        return Figure(start, after.end(), frozenset({key_of(value)}), firm=True)
    if low.startswith("achte") and low[5:] not in ("n", "r", "s", "m", ""):
        return None
    if low in ("fünf", "zwölf") and _ELEVENTH_HOUR.search(text[max(0, start - 9) : end + 10]):
        return None
    if word == "Elf" and start:
        return None  # a football team
    if low == "acht" and re.match(r"\s*(?:[,.;:!?]|$)", text[end:]):
        return None
    if low.startswith("acht") and (word[0] == "A" or _NO_EIGHT.search(text[max(0, start - 12) : end + 12])):
        return None
    ordinal = _ORDINAL_STEM.fullmatch(low)
    if ordinal:
        value_of = _ORDINALS[ordinal[1]]
        firm = low not in ("achten", "achte") and not (word[0] == "D" and value_of == 3)
        return Figure(start, end, frozenset({key_of(Fraction(value_of))}), firm=firm)
    parts = _NUMBER_WORD.fullmatch(low)
    if not parts:
        if _FURTHER.fullmatch(low):
            return Figure(start, end, frozenset({"2", "1/2"}), firm=False)
        return None
    return _joined(text, match, parts)


def _joined(text: str, match: re.Match[str], parts: re.Match[str]) -> Figure | None:
    start, end = match.span()
    value = cardinal(parts[1])
    suffix = parts[2] or ""
    if value is None:
        return None
    if suffix == "einhalb":
        return _scaled(text, start, end, value + Fraction(1, 2))
    if suffix.startswith(("s?te", "te", "ste")) or suffix.endswith("tens"):
        # "vierten" but not "vierer", "ersten" is no number here, and "zweitens" is a way to count points.
        firm = not suffix.endswith("tens") and value > 2
        return Figure(start, end, frozenset({key_of(Fraction(value))}), firm=firm)
    if suffix == "er":
        decade = re.compile(r"\s?[jJ]ahren?").match(text, end)
        if not decade or value % 10:
            return Figure(start, end, frozenset({key_of(Fraction(value))}), firm=False)
        return Figure(start, decade.end(), decade_keys(value), firm=True)
    if suffix:
        return Figure(start, end, frozenset({key_of(Fraction(value))}), firm=value > 1)
    if value < 2:
        after = _SCALE_AFTER.match(text, end)
        if after and value == 1:
            power = _SCALES[after[1].casefold()]
            return Figure(start, after.end(), frozenset({key_of(Fraction(10**power))}), firm=power > 3)
        return Figure(start, end, frozenset({key_of(Fraction(value))}), firm=False)
    uhr = re.compile(r"\s+Uhr\b").match(text, end)
    if uhr and value <= 24:
        return Figure(start, uhr.end(), time_keys(value, 0), firm=True)
    if text[max(0, start - 5) : start].lower() == "halb " and value <= 12:
        return Figure(start - 5, end, time_keys(value - 1, 30), firm=False)
    return _scaled(text, start, end, Fraction(value))


def _scaled(text: str, start: int, end: int, value: Fraction) -> Figure:
    after = _SCALE_AFTER.match(text, end)
    if after:
        value, end = value * 10 ** _SCALES[after[1].casefold()], after.end()
    return Figure(start, end, frozenset({key_of(value)}), firm=True)
