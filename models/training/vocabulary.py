"""Step 2: the joint SentencePiece vocabulary, trained or taken over, and the corpus as arrays of its ids."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from models.training.arrays import Group, PairArrays
from models.training.extras import TrainingError, library
from models.training.rows import Row, read_rows
from models.training.steps import Step
from models.training.units import Vocabulary

PAD, UNKNOWN, START, END = 0, 1, 2, 3
SPECIALS = {"<pad>": PAD, "<unk>": UNKNOWN, "<s>": START, "</s>": END}
SYMBOLS = ("<t>", "</t>", "<c>")  # of a term annotation: <t> Quellwort <c> wanted English </t>
# … is missing on purpose of SentencePiece's own: its normalisation (nmt_nfkc) writes it as three stops.
REQUIRED = "€§%„“”‚‘’–—«»…"
LONGEST = 200  # pieces; lengths and unit numbers are stored in one byte
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class VocabularySettings:
    """[vocabulary] of the settings file; `repeats`: how often a tier counts, `shares`: how much of it."""

    size: int = 16_000
    coverage: float = 0.9998
    sentences: int = 1_000_000
    repeats: tuple[tuple[str, int], ...] = (("written", 2), ("news", 2), ("politics", 2))
    shares: tuple[tuple[str, float], ...] = (("technical", 0.3),)


def train_vocabulary(corpus: Path, model: Path, settings: VocabularySettings) -> None:
    """Train the vocabulary on both sides of the corpus. Raises OSError or RuntimeError."""
    spm = library("sentencepiece")
    prefix = model.with_suffix(".part")
    # SentencePiece refuses required characters that its normalisation turns into several.
    required = "".join(char for char in REQUIRED if char != "…")
    spm.SentencePieceTrainer.train(
        sentence_iterator=_sentences(corpus, settings),
        model_prefix=str(prefix),
        vocab_size=settings.size,
        model_type="unigram",
        character_coverage=settings.coverage,
        required_chars=required,
        byte_fallback=True,
        split_digits=True,
        user_defined_symbols=list(SYMBOLS),
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=START,
        eos_id=END,
        pad_piece="<pad>",
        input_sentence_size=settings.sentences,
        shuffle_input_sentence=True,
        max_sentence_length=8000,
        num_threads=os.cpu_count() or 1,
        minloglevel=1,
    )
    prefix.with_suffix(".part.model").replace(model)
    prefix.with_suffix(".part.vocab").unlink(missing_ok=True)


def _sentences(corpus: Path, settings: VocabularySettings) -> Iterator[str]:
    repeats, shares = dict(settings.repeats), dict(settings.shares)
    chance = np.random.default_rng(1)
    for row in read_rows(corpus):
        if chance.random() < shares.get(row.tier, 1.0):
            for _ in range(repeats.get(row.tier, 1)):
                yield row.german
                yield row.english


def check_vocabulary(vocabulary: Vocabulary) -> list[str]:
    """Return what the recipe misses in a vocabulary; it can be worked with unless symbols are missing.

    TrainingError if the special pieces or the symbols of term annotations are missing.
    """
    for piece, number in SPECIALS.items():
        if vocabulary.pieces[number] != piece:
            raise TrainingError(
                f"{vocabulary.model}: piece {number} is not {piece}; train it with this recipe."
            )
    for piece in SYMBOLS:
        try:
            vocabulary.id_of(piece)
        except KeyError as error:
            raise TrainingError(f"{vocabulary.model} lacks {piece}; train it with this recipe.") from error
    bytes_of = [char for char in REQUIRED if any(map(vocabulary.processor.is_byte, vocabulary.encode(char)))]
    return [f"{char} is spelled in bytes" for char in bytes_of]


def encode_rows(rows: Sequence[Row], vocabulary: Vocabulary) -> PairArrays:
    """Return pairs as arrays; pairs with an empty side or one of more than LONGEST pieces are left out."""
    groups: dict[Group, int] = {}
    kept: list[tuple[list[int], list[int], int]] = []
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        german = vocabulary.processor.encode([row.german for row in part])
        english = vocabulary.processor.encode([row.english for row in part])
        for row, source, target in zip(part, german, english, strict=True):
            if 1 <= len(source) <= LONGEST and 1 <= len(target) <= LONGEST:
                group = groups.setdefault(Group(row.tier, row.name), len(groups))
                kept.append((source, target, group))
    return PairArrays.from_lists(kept, tuple(groups))


def make_vocabulary(
    corpus: Path,
    evaluation: Path,
    folder: Path,
    settings: VocabularySettings,
    given: Path | None = None,
    force: bool = False,
) -> None:
    """Do the step: `folder`/spm.model and the arrays train, dev and one for each evaluation set.

    `given`: a vocabulary to take over instead of training one. Raises OSError or TrainingError.
    """
    train, dev = corpus / "train.tsv", corpus / "dev.tsv"
    inputs = [train, dev, evaluation, *([given] if given else [])]
    with Step("vocabulary", folder, inputs, asdict(settings), force) as step:
        if not step.needed:
            return
        model = folder / "spm.model"
        if given:
            shutil.copyfile(given, model)
        else:
            step.say(f"training {settings.size:,} pieces (several minutes)")
            train_vocabulary(train, model, settings)
        vocabulary = Vocabulary(model)
        for remark in check_vocabulary(vocabulary):
            step.say(remark)
        parts = {"train": list(read_rows(train)), "dev": list(read_rows(dev))}
        parts |= {f"eval-{name}": rows for name, rows in evaluation_rows(evaluation).items()}
        for name, rows in parts.items():
            arrays = encode_rows(rows, vocabulary)
            arrays.save(folder / name)
            step.note(
                part=name, pairs=len(arrays), source=len(arrays.source.ids), target=len(arrays.target.ids)
            )


def evaluation_rows(folder: Path) -> dict[str, list[Row]]:
    """Return the pairs of each evaluation set (NAME.de, NAME.en). TrainingError if lines do not match."""
    sets = {}
    for source in sorted(folder.glob("*.de")):
        target = source.with_suffix(".en")
        german, english = (
            path.read_text("utf-8").removesuffix("\n").split("\n") for path in (source, target)
        )
        if len(german) != len(english):
            raise TrainingError(f"{source} and {target} have not the same number of lines.")
        name = source.stem
        sets[name] = [Row("evaluation", name, d, e) for d, e in zip(german, english, strict=True)]
    return sets
