"""Train the Punkt parameters: ``python -m models.segmentation.train``.

Punkt learns without supervision which words are abbreviations, which words begin sentences and how words
are capitalised (Kiss and Strunk, Unsupervised Multilingual Sentence Boundary Detection, Computational
Linguistics 32/4, 2006). The German text lies in the project's shared folder and stays outside the
repository; what is learnt from it is written to ``punkt_de.json``.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from models.segmentation.punkt import PARAMETER_FILE, PunktData, write_parameters

SHARED = Path("/work/shared")
# Characters taken of each kind of text. Newspaper-like text weighs most: it is what readers open.
SHARES = {"news": 4_000_000, "written": 1_200_000, "politics": 2_000_000, "general": 600_000}
PLENARY_SHARE = 1_800_000
CHUNK = 1_000_000
_ENDS_LIKE_A_SENTENCE = re.compile(r"[.!?…][“”\"«»‘’')\]]*$")
# A learnt abbreviation is a short word; Punkt also proposes numbers, single letters and parts of addresses,
# all of which the rules treat on their own.
_ABBREVIATION = re.compile(r"[^\W\d_]{2,8}(?:[.-][^\W\d_]{1,8})*")


def sentences_of_corpus(corpus: Path, shares: dict[str, int]) -> Iterator[str]:
    """German sides of the parallel corpus, tier by tier up to the wanted number of characters."""
    left = dict(shares)
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            tier, _, german, _ = line.rstrip("\n").split("\t")
            if left.get(tier, 0) > 0 and _ENDS_LIKE_A_SENTENCE.search(german):
                left[tier] -= len(german)
                yield german
            if all(rest <= 0 for rest in left.values()):
                return


def paragraphs_of_minutes(minutes: Path, characters: int) -> Iterator[str]:
    """Paragraphs of plenary minutes, every fifth one so that several electoral terms are in."""
    with lzma.open(minutes, "rt", encoding="utf-8") as lines:
        for paragraph in islice(lines, 0, None, 5):
            yield paragraph.strip()
            characters -= len(paragraph)
            if characters <= 0:
                return


def chunks(pieces: Iterable[str], size: int = CHUNK) -> Iterator[str]:
    """Join pieces to running text of about ``size`` characters, so that memory stays bounded."""
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield " ".join(held)
            held, length = [], 0
    if held:
        yield " ".join(held)


def count_full_stops(sentence: str, inside: Counter[str], at_end: Counter[str]) -> None:
    """Count words with a full stop inside a sentence and at its end."""
    words = sentence.lower().split()
    inside.update(word[:-1] for word in words[:-1] if word.endswith("."))
    if words and words[-1].endswith("."):
        at_end[words[-1][:-1]] += 1


def learn(texts: Iterable[str], inside: Counter[str], at_end: Counter[str]) -> PunktData:
    """Train Punkt on texts and keep only what its decisions can use."""
    from nltk.tokenize.punkt import PunktTrainer  # imports much; only training needs it

    trainer = PunktTrainer()
    for text in texts:
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    learnt = trainer.get_params()
    lower, middle_upper, upper, begin_lower = 0b1110000, 0b100, 0b1110, 0b10000
    # A word tells something only if it was seen in lower case and either never with a capital inside a
    # sentence (then a capital means a sentence start) or never with a capital at all.
    orthography = {
        word: flags
        for word, flags in learnt.ortho_context.items()
        if flags & lower
        and (not flags & middle_upper or (flags & begin_lower and not flags & upper))
        and re.fullmatch(r"[^\W\d_]+", word)
        and flags & (upper | begin_lower)
    }
    return PunktData(
        # Where single sentences are known, an abbreviation stands with its full stop inside them.
        abbreviations=frozenset(
            word
            for word in learnt.abbrev_types
            if _ABBREVIATION.fullmatch(word) and inside[word] >= 2 and inside[word] > at_end[word]
        ),
        collocations=frozenset(
            (str(first), str(second)) for first, second in learnt.collocations if "##" not in first + second
        ),
        starters=frozenset(word for word in learnt.sent_starters if re.fullmatch(r"[^\W\d_]+", word)),
        orthography=orthography,
    )


def main() -> None:
    """Train on the shared texts and write the parameter file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus" / "train.tsv.xz")
    parser.add_argument("--minutes", type=Path, default=SHARED / "mono" / "bundestag_plpr.de.txt.xz")
    parser.add_argument("--out", type=Path, default=PARAMETER_FILE)
    options = parser.parse_args()

    inside, at_end = Counter[str](), Counter[str]()

    def pieces() -> Iterator[str]:
        for sentence in sentences_of_corpus(options.corpus, SHARES):
            count_full_stops(sentence, inside, at_end)
            yield sentence
        yield from paragraphs_of_minutes(options.minutes, PLENARY_SHARE)

    data = learn(chunks(pieces()), inside, at_end)
    write_parameters(data, options.out)
    print(
        f"{options.out}: {len(data.abbreviations)} abbreviations, {len(data.starters)} sentence starters, "
        f"{len(data.collocations)} collocations, {len(data.orthography)} words with their capitalisation"
    )


if __name__ == "__main__":
    main()
