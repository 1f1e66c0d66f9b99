"""Paragraphs, headings and list items, and which line breaks are only hard wraps.

A blank line always separates. Inside a block of lines a break counts as a hard wrap when the next line goes
on in lower case, when a word is divided there, or when the line is full: the next word would not have fitted
into the width the block is set in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.segmentation.abbreviations import word_lists
from models.segmentation.cleaning import INVISIBLE, LINE_BREAKS
from models.segmentation.values import Kind

_LINE = re.compile(rf"[^{LINE_BREAKS}]+")
_BULLET = re.compile(r"(?:[-–—•*‣▪▫·●○◦■□►▶➤✓→]|\\\-)\s+(?=\S)")
_NUMBER = re.compile(r"\(?(?P<number>\d{1,3})[.)]\s+(?=(?P<next>\S+))")
_LETTER = re.compile(r"(?:\(?[a-zA-Z]\)|\([ivxIVX]{1,4}\)|[IVX]{2,4}\.|[IVX]\)|[ivx]{1,4}\))\s+(?=\S)")
_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_DAY = re.compile(r"\(?\d{1,2}\.")
_MONTH = re.compile(
    r"(?:jan|jän|feb|mär|apr|mai\b|jun|jul|aug|sep|okt|nov|dez|jahrhundert|halbjahr|quartal)", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…:;](?:[“”\"»«’‘›‹')\]]|\[\d{1,3}\]|[¹²³⁰⁴-⁹])*$")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WRAP = 140  # characters; longer lines are paragraphs of their own, no editor wraps there
_NARROWEST_WRAP = 34  # characters; a narrower block is a list of short lines
_LONGEST_HEADING = 140
_POLITE = frozenset({"sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres"})


@dataclass(frozen=True, slots=True)
class Span:
    """One paragraph: its place, its kind and the length of the mark before its text ("– ", "## ")."""

    start: int
    end: int
    kind: Kind
    mark: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # without white space at either end
    indent: int


def paragraph_spans(text: str) -> Iterator[Span]:
    """Paragraphs in order; between them and around them there is white space only."""
    number = 0
    blocks = list(_blocks(text))
    alone = sum(map(len, blocks)) == 1
    for block in blocks:
        for lines, marker in _paragraphs_of_block(block):
            item = bool(marker)
            counted = _NUMBER.match(lines[0].text)
            if counted:
                value = int(counted["number"])
                # "17. Wahlperiode" on its own is a heading; a list counts from 1 on.
                item = value == 1 or value == number + 1 or lines[0].text[0] == "("
                number = value if item else number
            yield _span(lines, item, alone)


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Group the lines between blank lines; a form feed also separates."""
    block: list[_Line] = []
    last_end = 0
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip()
        if not stripped:
            continue
        gap = text[last_end : match.start()]
        if block and ("\f" in gap or len(gap.replace("\r\n", "\n")) > 1):
            yield block
            block = []
        left = line.lstrip()
        start = match.end() - len(left)
        block.append(_Line(start, start + len(stripped), stripped, len(line) - len(left)))
        last_end = match.end()
    if block:
        yield block


def _is_marker(line: str) -> bool:
    counted = _NUMBER.match(line)
    if counted:
        return not _MONTH.match(counted["next"])
    return bool(_BULLET.match(line) or _LETTER.match(line))


def _paragraphs_of_block(block: Sequence[_Line]) -> Iterator[tuple[list[_Line], bool]]:
    """Join the wrapped lines of one block; True with those that begin with a list marker."""
    width = max(len(line.text) + line.indent for line in block)
    breaks = list(pairwise(block))
    full = [_is_full(line, after, width) for line, after in breaks]
    ended = sum(_ends(line.text) for line, _ in breaks)
    # One sentence a line: the lines end in full stops and most are not full.
    set_in_width = _NARROWEST_WRAP <= width <= _LONGEST_WRAP and (
        sum(full) * 2 >= len(full) or (sum(full) * 3 >= len(full) and ended * 2 < len(full))
    )
    by_sentence = ended * 4 >= len(breaks) * 3 and len(breaks) > 2
    listed = sum(_is_marker(line.text) for line in block) > 1
    lines = [block[0]]
    marker = _is_marker(block[0].text)
    for (line, after), is_full in zip(breaks, full, strict=True):
        ends = _ends(line.text)
        starts_item = _is_marker(after.text) and (listed or marker or ends or line.text.endswith(","))
        heading = bool(_HASHES.match(line.text) or _HASHES.match(after.text))
        goes_on = not (starts_item or heading) and _goes_on(
            line, after, ends, is_full and set_in_width and not (ends and by_sentence), marker, width
        )
        if goes_on:
            lines.append(after)
        else:
            yield lines, marker
            lines, marker = [after], starts_item
    yield lines, marker


def _ends(line: str) -> bool:
    """Whether the line ends as a sentence does, and not in an abbreviation."""
    if not _ENDS.search(line):
        return False
    return word_lists().group(line[-24:].replace(". ", ".").rpartition(" ")[2], False) in {None, "capital"}


def _is_full(line: _Line, after: _Line, width: int) -> bool:
    first_word = len(after.text.split(None, 1)[0])
    # Two characters of tolerance: editors count the space and the hyphen differently.
    return line.indent + len(line.text) + 1 + first_word > width - 2


def _goes_on(line: _Line, after: _Line, ends: bool, full: bool, marker: bool, width: int) -> bool:
    """Whether the break after ``line`` is a hard wrap."""
    if width > 3 * _LONGEST_WRAP and len(line.text) > _LONGEST_WRAP:
        return False
    first = after.text[0]
    if line.text[-1] in "-\u00ad\u00ac\u2010" and len(line.text) > 1 and line.text[-2].isalpha():
        return True
    if first.islower():
        # After a colon or semicolon: a list without marks, unless the line was simply full.
        return full or line.text[-1] not in ":;"
    if marker and after.indent > line.indent and not ends:
        return True  # the second line of an item stands under its text
    last = line.text.rpartition(" ")[2]
    if last in word_lists().starters:
        return True  # no line ends for good in an article, preposition or conjunction
    if word_lists().group(last, False) == "never" or (_DAY.fullmatch(last) and _MONTH.match(after.text)):
        return True  # nor in „Prof.“, „Abs.“ or the day of a date
    if not full:
        return False
    word = _WORD.match(after.text)
    # Inside a sentence no article or pronoun has a capital: the line before is a heading.
    opens = word is not None and word_lists().begins_sentences(word[0]) and word[0].lower() not in _POLITE
    return ends or not opens


def _span(lines: Sequence[_Line], item: bool, alone: bool) -> Span:
    start, end = lines[0].start, lines[-1].end
    text = lines[0].text
    hashes = _HASHES.match(text)
    bullet = _BULLET.match(text) if item else None
    kind: Kind = "text"
    if item:
        kind = "item"
    elif hashes or (not alone and end - start <= _LONGEST_HEADING and _looks_like_heading(lines)):
        kind = "heading"
    mark = hashes or bullet
    return Span(start, end, kind, mark.end() if mark else 0)


def _looks_like_heading(lines: Sequence[_Line]) -> bool:
    text = re.sub(f"[{INVISIBLE}]", "", lines[-1].text)
    if len(lines) > 2 or not any(character.isalpha() for character in text):
        return False
    if not _ENDS.search(text):
        return text[-1] not in ",–-"
    # "Notlage oder Normalfall?"
    return len(lines) == 1 and text[-1] in "?!" and len(text) <= 60 and not re.search(r"[.!?…:„\"»] ", text)
