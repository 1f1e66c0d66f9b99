"""Abbreviations written out for the model, which has met them too seldom: i. H. v., ggf., Drs., insb.

Those that it knows (z. B., d. h., bzw., usw., Mrd., Nr.) stay as they are. Instead of a word that it does not
know well either, it is given a plainer one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from models.translation.pieces import Span

_FOLLOWED: Final = {"": "", "#": r"(?=\s?\d)", "§": r"(?=\s?(?:§|\d|Art\b|Abs\b|Nr\b))"}


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """A text without abbreviations; `spans[i]` is where its i-th character stood in the text before."""

    text: str
    spans: tuple[Span, ...]


def written_out(text: str) -> WrittenOut | None:
    """Return a German sentence with its abbreviations written out, or None if it has none."""
    if "." not in text:
        return None
    pattern, table = _table()
    chars: list[str] = []
    spans: list[Span] = []
    at = 0
    for match in pattern.finditer(text):
        short = match.group()
        key = "".join(short.split())
        word = table.get(key) or table[key[0].lower() + key[1:]]
        if key not in table:  # at the beginning of a sentence
            word = word[0].upper() + word[1:]
        if match.end() == len(text):  # its point ends the sentence, too
            word += "."
        chars += text[at : match.start()] + word
        spans += [(place, place + 1) for place in range(at, match.start())]
        spans += [match.span()] * len(word)
        at = match.end()
    if not at:
        return None
    spans += [(place, place + 1) for place in range(at, len(text))]
    return WrittenOut("".join(chars) + text[at:], tuple(spans))


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all abbreviations, and what each stands for, by its letters without spaces."""
    table: dict[str, str] = {}
    patterns: list[str] = []
    lines = files("models.translation").joinpath("abbreviations.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            short, word, followed = line.split("\t")
            table["".join(short.split())] = word
            either = f"[{short[0]}{short[0].upper()}]" if short[0].islower() else re.escape(short[0])
            rest = re.escape(short[1:]).replace(r"\ ", r"\s?")
            patterns.append(either + rest + _FOLLOWED[followed])
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.compile(rf"(?<![\w.&-])(?:{'|'.join(longest_first)})(?![\w-])"), table
