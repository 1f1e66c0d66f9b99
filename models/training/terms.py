"""Step 4: what annotation needs (dictionary forms) and a test set of sentences with terms.

`terms.tsv` holds German, reference, and for each term `start-end=wanted English`, separated by `|`; start and
end are characters of the German. The recipe makes one from the development sets by their alignment; a file
made from a glossary serves as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from models.training.annotation import Term, terms_of
from models.training.arrays import PairArrays
from models.training.extras import TrainingError
from models.training.lemmas import Lemmas
from models.training.names import NAMES, Names
from models.training.phrases import PHRASES, told_phrases
from models.training.steps import Step
from models.training.units import Ids, Vocabulary
from models.translation.pieces import SentencePieceTokenizer

LEMMAS = "lemmas.json"
TERMS = "terms.tsv"
# Where phrases are looked for: elsewhere they are rare.
_PHRASE_TIERS = frozenset({"written", "news", "politics"})
_SAMPLE = 12  # annotated sentences shown in the log


@dataclass(frozen=True, slots=True)
class TermSentence:
    """A sentence with its reference and terms as (start, end, English), in characters of the German."""

    german: str
    reference: str
    terms: tuple[tuple[int, int, str], ...]


def read_terms(path: Path) -> list[TermSentence]:
    """Read a file of sentences with terms. TrainingError, with the line, for one not understood."""
    sentences = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        try:
            german, reference, listed = line.split("\t")
            terms = []
            for item in listed.split("|"):
                span, _, english = item.partition("=")
                start, end = map(int, span.split("-"))
                if not 0 <= start < end <= len(german) or not english:
                    raise ValueError(item)
                terms.append((start, end, english))
        except ValueError as error:
            raise TrainingError(
                f"{path}:{number}: not German, reference, start-end=English ({error})"
            ) from error
        sentences.append(TermSentence(german, reference, tuple(terms)))
    return sentences


def write_terms(path: Path, sentences: list[TermSentence]) -> None:
    """Write what `read_terms` reads. Raises OSError."""
    with path.open("w", encoding="utf-8") as out:
        for one in sentences:
            listed = "|".join(f"{start}-{end}={english}" for start, end, english in one.terms)
            out.write(f"{one.german}\t{one.reference}\t{listed}\n")


def count_lemmas(arrays: PairArrays, vocabulary: Vocabulary) -> Lemmas:
    """Count the English words of a corpus."""

    def words() -> Iterator[str]:
        for index in range(len(arrays)):
            yield from filter(str.isalpha, vocabulary.units.texts(arrays.target_ids(index)))

    return Lemmas.of_words(words())


def term_sentences(
    arrays: PairArrays, vocabulary: Vocabulary, lemmas: Lemmas, seed: int = 1
) -> Iterator[TermSentence]:
    """Draw terms in every pair that offers some, as in training; pairs SentencePiece alters are left out."""
    for index in range(len(arrays)):
        source, target = arrays.source_ids(index), arrays.target_ids(index)
        chance = np.random.default_rng((seed, index))
        terms = terms_of(source, target, arrays.links_of(index), vocabulary.units, lemmas, chance)
        german, reference = vocabulary.decode(source.tolist()), vocabulary.decode(target.tolist())
        places = piece_places(source, german, vocabulary)
        if terms and places:
            yield TermSentence(
                german, reference, tuple((places[t.start][0], places[t.end - 1][1], t.english) for t in terms)
            )


def piece_places(ids: Ids, text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return the character span of each piece, without spaces; nothing if bytes or marks do not add up."""
    pieces = [vocabulary.pieces[i] for i in ids.tolist()]
    spelled = "".join(pieces).replace("▁", " ")
    shift = len(spelled) - len(spelled.lstrip())
    if spelled.strip() != text:
        return []
    ends = np.cumsum([0, *map(len, pieces)]) - shift
    return [
        (int(start) + piece.startswith("▁") if start >= 0 else 0, int(end))
        for piece, (start, end) in zip(pieces, pairwise(ends.tolist()), strict=True)
    ]


def annotated_text(ids: Ids, terms: list[Term], vocabulary: Vocabulary) -> str:
    """Return an annotated sentence for people to read."""
    parts, at = [], 0
    for term in terms:
        parts.append(vocabulary.decode(ids[at : term.start].tolist()))
        parts.append(f"<t> {vocabulary.decode(ids[term.start : term.end].tolist())} <c> {term.english} </t>")
        at = term.end
    return " ".join(filter(None, [*parts, vocabulary.decode(ids[at:].tolist())]))


def make_terms(data: Path, tests: tuple[str, ...], most: int, force: bool = False) -> None:
    """Do the step: lemmas, names, phrases, share of pairs that can be annotated, samples, and the test set.

    `tests`: array folders the test sentences come from; they must be aligned. Raises TrainingError.
    """
    with Step("annotate", data, [data / "alignment.step.json"], [tests, most], force) as step:
        if not step.needed:
            return
        vocabulary = Vocabulary(data / "spm.model")
        train = PairArrays.load(data / "train")
        if train.links is None:
            raise TrainingError("The training pairs are not aligned; run the alignment step first.")
        lemmas = count_lemmas(train, vocabulary)
        lemmas.save(data / LEMMAS)
        names = Names.of(train, vocabulary.units)
        names.save(data / NAMES)
        tiers = [number for number, group in enumerate(train.groups) if group.tier in _PHRASE_TIERS]
        step.say("looking for phrases (some milliseconds a pair)")
        told = told_phrases(
            train,
            np.flatnonzero(np.isin(train.group, tiers)).tolist(),
            vocabulary,
            SentencePieceTokenizer(data / "spm.model"),
        )
        told.save(data / PHRASES)
        chance = np.random.default_rng(1)
        looked = [int(i) for i in chance.choice(len(train), min(2000, len(train)), replace=False)]
        offered = 0
        for index in looked:
            ids, target = train.source_ids(index), train.target_ids(index)
            terms = terms_of(ids, target, train.links_of(index), vocabulary.units, lemmas, chance)
            offered += bool(terms)
            if terms and offered <= _SAMPLE:
                step.say(f"{annotated_text(ids, terms, vocabulary)} => {vocabulary.decode(target.tolist())}")
        sentences: list[TermSentence] = []
        for name in tests:
            sentences += term_sentences(PairArrays.load(data / name), vocabulary, lemmas)
        drawn = np.sort(chance.permutation(len(sentences))[:most])
        write_terms(data / TERMS, [sentences[int(i)] for i in drawn])
        step.note(
            share_with_terms=round(offered / len(looked), 3),
            test_sentences=len(drawn),
            names=names.count,
            phrases=len(told.rows),
        )
