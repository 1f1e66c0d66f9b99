"""Each word form of the corpus with its likeliest lemma and part of speech."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.lexicon.closed import closed_reading
from models.lexicon.lemmas import corrected_lemma
from models.lexicon.tagging import Analysis, Tagger, pos_of
from models.lexicon.values import Pos

_GERMAN: Final = re.compile(r"[A-Za-zÄÖÜäöüßéèêáàóôç'’‐‑-]{2,45}")
_OPEN: Final = frozenset({"noun", "name", "verb", "adjective", "adverb"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a form is read where its sentence is not looked at."""

    lemma: str
    pos: Pos
    tag: str
    morphemes: tuple[tuple[str, str], ...]


def analyse_forms(
    forms: Iterable[str], kept: Path | None, report: Callable[[str], None]
) -> dict[str, tuple[Analysis, ...]]:
    """Return HanTa's likeliest analyses of every form, best first.

    `kept` is a file to continue from and write to: HanTa needs about 2 ms a form.
    """
    found: dict[str, tuple[Analysis, ...]] = {}
    if kept and kept.exists():
        with kept.open(encoding="utf-8") as lines:
            for line in lines:
                form, rows = json.loads(line)
                found[form] = tuple(
                    Analysis(tag, lemma, tuple(map(tuple, parts))) for tag, lemma, parts in rows
                )
    missing = [form for form in forms if form not in found and _GERMAN.fullmatch(form)]
    report(f"{len(found)} forms analysed before, {len(missing)} to do")
    tagger = Tagger(kept=1)
    sink = kept.open("a", encoding="utf-8") if kept else None
    for number, form in enumerate(missing):
        rows = tuple(tagger.analyse(form, tag) for tag, _ in tagger.word_tags(form)[:3])
        found[form] = rows
        if sink:
            sink.write(
                json.dumps([form, [[a.tag, a.lemma, a.morphemes] for a in rows]], ensure_ascii=False) + "\n"
            )
        if number % 20_000 == 19_999:
            report(f"{number + 1} of {len(missing)} forms analysed")
    if sink:
        sink.close()
    return found


def read_forms(analyses: dict[str, tuple[Analysis, ...]], count: Callable[[str], int]) -> dict[str, Reading]:
    """Return the likeliest reading of each form."""
    readings: dict[str, Reading] = {}
    for form, rows in analyses.items():
        if not rows:
            continue
        closed = closed_reading(form)
        best = rows[0]
        if closed and pos_of(best.tag) not in _OPEN:
            readings[form] = Reading(closed.lemma, closed.pos, best.tag, best.morphemes)
            continue
        if form[0].islower() and pos_of(best.tag) in {"noun", "name"}:
            best = next((row for row in rows if pos_of(row.tag) not in {"noun", "name"}), best)
            if pos_of(best.tag) in {"noun", "name"}:
                continue  # a foreign word or a slip
        lemma = corrected_lemma(form, best, count)
        readings[form] = Reading(lemma, pos_of(best.tag), best.tag, best.morphemes)
    return readings
