"""Numbers in English words: two hundred and fifty thousand · two and a half · the nineties · a dozen."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from models.figures.keys import decade_keys, key_of, time_keys
from models.figures.values import Figure

SCALES: Final = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15,
    "k": 3, "m": 6, "mn": 6, "bn": 9, "tn": 12, "mio": 6,
}  # fmt: skip
SCALE_AFTER: Final = re.compile(
    r"[\s-]{0,2}(hundreds?|thousands?|millions?|billions?|trillions?|quadrillions?|mn|bn|tn|mio|[mk])\b",
    re.IGNORECASE,
)
HALF_AFTER: Final = re.compile(r"[\s-]+and[\s-]+a[\s-]+half\b|\s?½|\s+1/2\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_GAP: Final = re.compile(r"[\s-]+(?:and\s+)?")
_AFTER_A: Final = frozenset(["hundred", "thousand", "million", "billion", "trillion"])
_SCALE_WORD: Final = re.compile(
    r"(?:multi)?(million|billion|trillion)(?:s|th|aires?|fold|air\w+)?", re.IGNORECASE
)
_MANY: Final = re.compile(r"(tens|hundreds|scores)\s+of\s+(thousands?|millions?|billions?)\b", re.IGNORECASE)
_SEVERAL: Final = re.compile(
    r"(?:several|some|few|many|couple\s+of)\s+(?:(ten|hundred)\s+)?(hundred|thousand|million|billion|trillion)\b",
    re.IGNORECASE,
)
_HALF_A: Final = re.compile(r"half(?:\s+a|-a|\s+of\s+a)?[\s-]+(million|billion|trillion)\b", re.IGNORECASE)
_HALF_PAST: Final = re.compile(r"half[\s-]past[\s-](\w+)", re.IGNORECASE)
_SHARP: Final = re.compile(r"\s+o['’]clock|\s*[ap]\.?\s?m\b", re.IGNORECASE)


class _Reading:
    """A number as it is read word by word: two hundred and fifty thousand."""

    def __init__(self, start: int) -> None:
        self.end = start
        self.keys: set[str] = set()
        self.counted = False
        """Whether there is a cardinal in it."""
        self.firm = False
        self._thousands = Fraction(0)
        self._rest = Fraction(0)

    @property
    def value(self) -> Fraction:
        return self._thousands + self._rest

    def begin_with_one(self) -> None:
        """Take the "a" of "a hundred"."""
        self._rest, self.counted = Fraction(1), True

    def add(self, value: int) -> None:
        """Take a cardinal below a hundred."""
        self.keys.add(key_of(value))
        # 1989 in words: nineteen eighty-nine.
        if self._rest >= 10 and value >= 10:
            self._rest *= 100
        self._rest += value
        self.firm = self.firm or value >= 2
        self.counted = True

    def scale(self, power: int) -> None:
        """Take hundred, thousand, million."""
        self.keys.add(f"scale:{power}")
        self._rest = (self._rest or 1) * 10**power
        if power > 2:
            self._thousands, self._rest = self.value, Fraction(0)

    def end_with_ordinal(self, value: int) -> None:
        """Take the ordinal that ends the number: twenty-first, two thirds."""
        self.keys |= {key_of(value), key_of(self._rest + value), key_of(self.value + value)}
        if value:
            self.keys.add(f"1/{value}")
            self.keys.add(key_of(Fraction(int(self._rest), value) or value))


def english_number_word(text: str, start: int) -> Figure | None:
    """Return the number that begins with the word here, as far as it goes, or None if the word is none."""
    reading = _Reading(start)
    position = start
    while match := _WORD.match(text, position):
        low = match[0].lower()
        if low in ("a", "an") and not reading.counted:
            gap = _GAP.match(text, match.end())
            following = _WORD.match(text, gap.end()) if gap else None
            if not following or following[0].lower() not in _AFTER_A:
                return None
            reading.begin_with_one()
            position = following.start()
            continue
        if low in _values("cardinal"):
            reading.add(_values("cardinal")[low])
        elif reading.counted and len(low) > 4 and low.removesuffix("s") in SCALES:
            reading.scale(SCALES[low.removesuffix("s")])
        elif low in _values("ordinal"):
            reading.end_with_ordinal(_values("ordinal")[low])
            reading.end = match.end()
            break
        elif reading.end == start:
            return _other(text, match)
        else:
            if parts := _fraction_keys(low, reading.value):
                reading.keys |= parts
                reading.end = match.end()
            break
        reading.end = match.end()
        gap = _GAP.match(text, reading.end)
        if not gap:
            break
        position = gap.end()
    return _completed(text, start, reading) if reading.end > start else None


def _completed(text: str, start: int, reading: _Reading) -> Figure:
    """The number with what may follow it: and a half, million, o'clock."""
    keys, end, value = reading.keys, reading.end, reading.value
    if reading.counted:
        keys.add(key_of(value))
        if half := HALF_AFTER.match(text, end):
            end = half.end()
            more = value + Fraction(1, 2)
            keys.add(key_of(more))
            if scale := SCALE_AFTER.match(text, end):
                power = SCALES[scale[1].casefold().removesuffix("s")]
                keys |= {key_of(more * 10**power), f"scale:{power}"}
                end = scale.end()
        if value <= 24 and _SHARP.match(text, end):
            keys |= time_keys(int(value), 0)
    keys |= {f"scale:{power}" for power in (6, 9, 12) if value >= 10**power}
    return Figure(start, end, frozenset(keys), firm=reading.firm)


def _fraction_keys(low: str, current: Fraction) -> set[str]:
    """The keys of two thirds, three quarters: parts of a fraction in the plural."""
    name = low.removesuffix("s")
    parts = 4 if name == "quarter" else _values("ordinal").get(name, 0) if low.endswith("s") else 0
    if parts < 2 or not current:
        return set()
    return {key_of(Fraction(int(current), parts)), f"1/{parts}"}


def _other(text: str, match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    low = match[0].lower()
    if low in _values("decade"):
        return Figure(start, end, decade_keys(_values("decade")[low]), firm=False)
    if scale := _SCALE_WORD.fullmatch(low):
        return Figure(start, end, frozenset({f"scale:{SCALES[scale[1].casefold()]}"}), firm=False)
    if many := _MANY.match(text, start):
        power = SCALES[many[2].casefold().removesuffix("s")]
        more = power + {"tens": 1, "scores": 1, "hundreds": 2}[many[1].casefold()]
        return Figure(start, many.end(), frozenset({f"scale:{power}", f"scale:{more}"}), firm=False)
    if several := _SEVERAL.match(text, start):
        power = SCALES[several[2].casefold()] + {"ten": 1, "hundred": 2}.get((several[1] or "").casefold(), 0)
        return Figure(start, several.end(), frozenset({f"scale:{power}"}), firm=False)
    if low == "half" and text[:start].endswith(("and a ", "and-a-")):
        return Figure(start, end, _keys()["half"] | {"&1/2"}, firm=False)
    if million := _HALF_A.match(text, start):
        power = SCALES[million[1].casefold()]
        keys = frozenset({key_of(Fraction(10**power, 2)), f"scale:{power}"})
        return Figure(start, million.end(), keys, firm=False)
    if (past := _HALF_PAST.match(text, start)) and (hour := _values("cardinal").get(past[1].lower())):
        return Figure(start, past.end(), time_keys(hour, 30), firm=False)
    if low.endswith("s") and (parts := _values("ordinal").get(low[:-1])):
        return Figure(start, end, frozenset({f"1/{parts}"}), firm=False)
    if low in _keys():
        return Figure(start, end, _keys()[low], firm=False)
    return None


@cache
def _values(kind: str) -> dict[str, int]:
    return {word: int(value) for word, value in _rows(kind)}


@cache
def _keys() -> dict[str, frozenset[str]]:
    return {word: frozenset(keys.split()) for word, keys in _rows("other")}


def _rows(kind: str) -> list[tuple[str, str]]:
    lines = Path(__file__).with_name("number_words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(word, value) for name, word, value in rows if name == kind]
