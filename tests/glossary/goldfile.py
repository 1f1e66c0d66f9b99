"""Reads the gold sets: tests/glossary/gold/*.tsv, described in gold/README.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parent / "gold" / "hits.tsv"
HELD_OUT = GOLD.with_name("hits_heldout.tsv")
AFTERWARDS = GOLD.with_name("hits_afterwards.tsv")
UNSEEN = GOLD.with_name("hits_unseen.tsv")
PAIRS = GOLD.with_name("hits_pairs.tsv")
NEWSPAPER = GOLD.with_name("hits_newspaper.tsv")
COMPANY_DEV = GOLD.with_name("hits_company_dev.tsv")
TEXTS = GOLD.with_name("texts_dev.tsv")
TEXTS_HELD_OUT = GOLD.with_name("texts_heldout.tsv")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with the hits that a careful reader marks in it."""

    line: int
    phenomenon: str
    country: str | None
    text: str
    hits: tuple[tuple[str, Spans], ...]


def read_gold(path: Path = GOLD) -> tuple[GoldSentence, ...]:
    """The sentences of one set; ValueError if a hit does not stand in its sentence."""
    sentences = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        phenomenon, country, text, marks = line.split("\t")
        used: set[tuple[int, int]] = set()
        hits = tuple(_located(mark, text, number, used) for mark in marks.split("; ") if mark)
        sentences.append(GoldSentence(number, phenomenon, country or None, text, hits))
    return tuple(sentences)


def read_texts(path: Path) -> tuple[tuple[GoldSentence, ...], ...]:
    """The sentences of a set of whole short texts, text by text: an empty line parts them."""
    by_line = {sentence.line: sentence for sentence in read_gold(path)}
    texts: list[list[GoldSentence]] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if number in by_line:
            texts[-1].append(by_line[number])
        elif not line:
            texts.append([])
    return tuple(tuple(text) for text in texts if text)


def _place(part: str, text: str, at: int) -> int:
    """Where a part of a split term stands, whole words before parts of words."""
    whole = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text[at:])
    return at + whole.start() if whole else text.find(part, at)


def _located(mark: str, text: str, line: int, used: set[tuple[int, int]]) -> tuple[str, Spans]:
    """`id=surface`, parts with " … " between; `#2` at the end means the second place where it stands."""
    term_id, _, surface = mark.partition("=")
    surface, _, nth = surface.partition("#")
    spans: list[tuple[int, int]] = []
    at = 0
    for part in surface.split(" … "):
        start = _place(part, text, at) if " … " in surface else text.find(part, at)
        if not spans:
            for _ in range(int(nth or 1) - 1):
                start = text.find(part, start + 1)
            while (start, start + len(part)) in used:
                start = text.find(part, start + 1)
            used.add((start, start + len(part)))
        if start < 0:
            raise ValueError(f"gold, line {line}: {part!r} does not stand in the sentence")
        at = start + len(part)
        spans.append((start, at))
    return term_id, tuple(spans)
