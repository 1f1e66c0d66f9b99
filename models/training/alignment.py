"""Step 3: word alignments by eflomal (Östling and Tiedemann 2016), both directions, made one.

Units (units.py) are aligned rather than words, so that links can be unfolded to pieces by the ids alone. The
evaluation sets and the gold set are aligned together with the corpus: eflomal needs the text to learn from,
and nothing of it reaches the model.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from models.training.arrays import PairArrays, Ragged, offsets_of, save_links
from models.training.extras import library
from models.training.gold import GoldPair, Score, read_gold, score, unit_links
from models.training.steps import Step
from models.training.units import UnitTable, Vocabulary

Links = frozenset[tuple[int, int]]  # (German unit, English unit)
_AROUND = [(s, t) for s in (-1, 0, 1) for t in (-1, 0, 1) if (s, t) != (0, 0)]


def grow(forward: Iterable[tuple[int, int]], reverse: Iterable[tuple[int, int]]) -> Links:
    """Return the intersection of both directions, grown (grow-diag, Koehn et al. 2003).

    A link of one direction only is added if it touches one we have and one of its words has none yet.
    """
    one, other = set(forward), set(reverse)
    links, candidates = one & other, one ^ other
    sources, targets = {s for s, _ in links}, {t for _, t in links}
    fresh = sorted(links)
    while fresh and candidates:
        found = []
        for s, t in fresh:
            for ds, dt in _AROUND:
                near = (s + ds, t + dt)
                if near in candidates and (near[0] not in sources or near[1] not in targets):
                    found.append(near)
                    candidates.discard(near)
                    links.add(near)
                    sources.add(near[0])
                    targets.add(near[1])
        fresh = found
    return frozenset(links)


def parse_links(line: str) -> list[tuple[int, int]]:
    """Read a line of links in Pharaoh format: `0-0 1-2`."""
    pairs = (link.split("-") for link in line.split())
    return [(int(a), int(b)) for a, b in pairs]


def unit_lines(arrays: PairArrays, table: UnitTable) -> Iterator[tuple[str, str]]:
    """Yield each pair as lower-cased units with spaces between, as eflomal reads them."""
    for index in range(len(arrays)):
        yield (
            " ".join(table.texts(arrays.source_ids(index))).casefold(),
            " ".join(table.texts(arrays.target_ids(index))).casefold(),
        )


def run_eflomal(lines: Iterable[tuple[str, str]], folder: Path) -> Iterator[Links]:
    """Align the lines and yield the links of each. Files go to `folder`; takes minutes on a corpus."""
    eflomal = library("eflomal")
    german, english = folder / "units.de", folder / "units.en"
    with german.open("w", encoding="utf-8") as left, english.open("w", encoding="utf-8") as right:
        for one, other in lines:
            left.write(one + "\n")
            right.write(other + "\n")
    forward, reverse = folder / "forward.links", folder / "reverse.links"
    with german.open(encoding="utf-8") as left, english.open(encoding="utf-8") as right:
        eflomal.Aligner(model=3).align(
            left, right, links_filename_fwd=str(forward), links_filename_rev=str(reverse)
        )
    with forward.open() as one_way, reverse.open() as other_way:
        for first, second in zip(one_way, other_way, strict=True):
            yield grow(parse_links(first), parse_links(second))
    for path in (german, english, forward, reverse):
        path.unlink()


def pack_links(rows: Sequence[Links]) -> Ragged:
    """Return links as the arrays keep them, (target, source) in reading order of the target."""
    flat = [i for links in rows for t, s in sorted((t, s) for s, t in links) for i in (t, s)]
    return Ragged(np.array(flat, np.uint8), offsets_of(np.array([2 * len(links) for links in rows])))


def make_alignment(data: Path, gold: Path, folder: Path, force: bool = False) -> None:
    """Do the step: links for every array folder in `data`, and eflomal's score on the gold set."""
    inputs = [data / "vocabulary.step.json", data / "spm.model", gold]
    with Step("alignment", folder, inputs, None, force) as step:
        if not step.needed:
            return
        vocabulary = Vocabulary(data / "spm.model")
        table = vocabulary.units
        names = sorted(path.parent.name for path in data.glob("*/source.npy"))
        parts = {name: PairArrays.load(data / name) for name in names}
        golden = read_gold(gold)
        texts = [_gold_units(pair, vocabulary) for pair in golden]
        lines = [line for arrays in parts.values() for line in unit_lines(arrays, table)]
        lines += [(" ".join(de).casefold(), " ".join(en).casefold()) for de, en in texts]
        step.say(f"aligning {len(lines):,} pairs (about three minutes for 400,000 on two cores)")
        aligned = run_eflomal(lines, folder)
        for name, arrays in parts.items():
            rows = [next(aligned) for _ in range(len(arrays))]
            save_links(data / name, pack_links(rows))
            step.note(part=name, links=sum(map(len, rows)))
        total = Score(0, 0, 0)
        for pair, (german, english) in zip(golden, texts, strict=True):
            total += score(pair, unit_links(pair, german, english, next(aligned)))
        for _rest in aligned:  # lets the generator tidy up
            pass
        step.note(gold_pairs=len(golden), eflomal_aer=round(total.error_rate, 4))
        (folder / "aer.json").write_text(
            json.dumps(asdict(total) | {"error_rate": total.error_rate}, indent=2) + "\n", encoding="utf-8"
        )


def _gold_units(pair: GoldPair, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    german, english = (np.array(vocabulary.encode(text), np.uint16) for text in (pair.german, pair.english))
    return vocabulary.units.texts(german), vocabulary.units.texts(english)
