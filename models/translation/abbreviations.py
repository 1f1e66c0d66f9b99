"""Abbreviations written out for the model, which has met them too seldom: i. H. v., ggf., Drs., insb.

Those that it knows (z. B., d. h., bzw., usw., Mrd., Nr.) stay as they are. Instead of a word that it does not
know well either, it is given a plainer one.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from models.translation.rewriting import Change, Rewritten, rewritten

_FOLLOWED: Final = {"": "", "#": r"(?=\s?\d)", "§": r"(?=\s?(?:§|\d|Art\b|Abs\b|Nr\b))"}


def written_out(text: str) -> Rewritten | None:
    """Return a German sentence with its abbreviations written out, or None if it has none."""
    if "." not in text:
        return None
    pattern, table = _table()
    changes: list[Change] = []
    for match in pattern.finditer(text):
        short = match.group()
        key = "".join(short.split())
        word = table.get(key) or table[key[0].lower() + key[1:]]
        if key not in table:  # at the beginning of a sentence
            word = word[0].upper() + word[1:]
        if match.end() == len(text):  # its point ends the sentence, too
            word += "."
        changes.append((match.span(), [(char, match.span()) for char in word]))
    return rewritten(text, changes) if changes else None


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
