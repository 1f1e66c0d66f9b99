"""Numbers in English text: 1,234.5 · 4.5 billion · 5.30 p.m. · 20th · 1990s · 3/4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from models.figures.keys import SCORE, decade_keys, key_of, time_keys
from models.figures.number_words import HALF_AFTER, SCALE_AFTER, SCALES, english_number_word
from models.figures.values import Figure

_TOKEN: Final = re.compile(
    r"(?P<digits>\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.,:]*\d)|\d+(?:[.,:]\d+)*)"
    r"(?P<after>(?:st|nd|rd|th)\b|['’]?s\b)?"
    r"|(?P<half>[½¼¾⅓⅔])"
    r"|(?P<word>[a-z]+)",
    re.IGNORECASE,
)
_GLYPHS: Final = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
_HALF_DAY: Final = re.compile(r"\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
_SLASH: Final = re.compile(r"/(\d+)")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")


def english_figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers of an English sentence in order, with every reading that may explain the German."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    position = 0
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match["digits"]:
            for figure in _digits(text, match):
                position = max(position, figure.end)
                yield figure
        elif match["half"]:
            yield Figure(match.start(), match.end(), frozenset({key_of(_GLYPHS[match["half"]])}), firm=False)
        else:
            found = english_number_word(text, match.start())
            if found:
                position = found.end
                yield found


def _digits(text: str, match: re.Match[str]) -> Iterator[Figure]:
    start, end, digits, after = match.start(), match.end(), match["digits"], (match["after"] or "").casefold()
    readings = set(_readings(digits))
    keys = {key_of(value) for value in readings}
    clock = _CLOCK.fullmatch(digits)
    half_day = _HALF_DAY.match(text, end)
    if clock or (half_day and digits.isdigit()):
        hour, minute = (int(clock[1]), int(clock[2])) if clock else (int(digits), 0)
        if half_day and hour <= 12:
            hour = hour % 12 + (12 if half_day[1].casefold() == "p" else 0)
            keys |= {f"{hour}:{minute:02}", *({str(hour)} if not minute else ())}
            end = half_day.end()
        else:
            keys |= time_keys(hour, minute)
    if after in ("s", "'s", "’s") and digits.isdigit():
        keys |= decade_keys(int(digits))
    half = HALF_AFTER.match(text, end)
    if half:
        end = half.end()
        keys |= {key_of(value + Fraction(1, 2)) for value in readings}
        readings |= {value + Fraction(1, 2) for value in readings}
    scale = SCALE_AFTER.match(text, end)
    if scale:
        end = scale.end()
        power = SCALES[scale[1].casefold().removesuffix("s")]
        keys |= {key_of(value * 10**power) for value in readings} | {f"scale:{power}"}
    if not readings or re.search(r"[.:,]", digits):
        keys |= {key_of(Fraction(part)) for part in re.findall(r"\d+", digits)} | {f"in:{digits}"}
        parts = re.findall(r"\d+", digits)
        if len(parts) == 2:
            keys.add(f"{int(parts[0])}&{int(parts[1])}")
    if score := SCORE.match(text, start):  # 19-24 is 19:24
        keys.add(f"{int(score[1])}&{int(score[2])}")
    slash = _SLASH.match(text, end)
    if slash and int(slash[1]) and digits.isdigit():
        keys.add(key_of(Fraction(int(digits), int(slash[1]))))
    big = max(readings, default=Fraction(0))
    keys |= {f"scale:{power}" for power in (6, 9, 12) if big >= 10**power}
    yield Figure(start, end, frozenset(keys), firm=True, digits=True)


def _readings(digits: str) -> Iterator[Fraction]:
    """The values that a run of digits may have, English or left German."""
    plain = re.sub(r"[ \u00a0\u202f]", "", digits)
    if plain.isdigit():
        yield Fraction(plain)
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        yield Fraction(plain.replace(",", ""))
        if plain.count(",") == 1 and "." not in plain:
            yield Fraction(plain.replace(",", "."))
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        yield Fraction(plain.replace(".", "").replace(",", "."))
        if plain.count(".") == 1 and "," not in plain:
            yield Fraction(plain)
    elif re.fullmatch(r"\d+[.,]\d+", plain):
        yield Fraction(plain.replace(",", "."))
