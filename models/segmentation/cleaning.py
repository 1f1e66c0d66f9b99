"""From text as it was set to text that can be translated, with the way back to the original offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from models.segmentation.abbreviations import word_lists

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Control characters that are no white space, soft hyphen, zero-width, direction marks, byte order mark.
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_NEEDS_CLEANING = re.compile(rf"[^\S ]| {{2}}|[{INVISIBLE}]")
_RUN = re.compile(rf"(?P<hyphen>[-\u2010\u00ac])?(?P<run>[\s{INVISIBLE}]+)")
_BREAK = re.compile(f"[{LINE_BREAKS}]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text, and for each stretch that was kept its start there and in the original.

    Both tuples are empty where nothing had to be cleaned.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, index: int) -> int:
        """Offset in the original of the character at ``index`` of the cleaned text."""
        if not self.starts:
            return index
        chunk = bisect_right(self.starts, index) - 1
        return self.origins[chunk] + index - self.starts[chunk]


def clean(body: str) -> Cleaned:
    """Clean the text of one paragraph."""
    if not _NEEDS_CLEANING.search(body):
        return Cleaned(body, (), ())
    kept: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0

    def keep(piece: str, origin: int) -> None:
        nonlocal length
        if piece:
            kept.append(piece)
            starts.append(length)
            origins.append(origin)
            length += len(piece)

    done = 0
    for match in _RUN.finditer(body):
        keep(body[done : match.start()], done)
        keep(_replacement(body, match), match.start())
        done = match.end()
    keep(body[done:], done)
    return Cleaned("".join(kept), tuple(starts), tuple(origins))


def _replacement(body: str, match: re.Match[str]) -> str:
    """Choose what stands for a run of white space and invisible characters, and the hyphen before it."""
    run = match["run"]
    hyphen = match["hyphen"] or ""
    if not any(character.isspace() for character in run):
        return hyphen
    before = body[match.start() - 1 : match.start()]
    after = body[match.end() : match.end() + 1]
    soft = run[0] == "\u00ad" and _BREAK.search(run)
    if soft and before.isalpha() and after.islower():
        return hyphen
    if not (hyphen and _BREAK.search(run)):
        return hyphen + " "
    if not before.isalnum() or not after.isalnum():
        return hyphen + " "  # a dash, not a divided word
    word = _WORD.match(body, match.end())
    if word and word[0] in word_lists().compound_part:
        return "- "
    if not after.islower() or before.isdigit() or before.isupper():
        return "-"  # Nord-\nSüd, 27-\njährig, EU-\nweit
    return ""
