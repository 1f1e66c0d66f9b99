"""Pieces in, pieces out: the CTranslate2 model of a package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.translation.checks import longest_decoding
from models.translation.omissions import OMISSION_COST, ContentWords, omitted
from models.translation.options import TranslationOptions

# Of packages that state none.
LENGTH_PENALTY = 1.2
# Our own models store 512 positions; a hypothesis must stay below.
_MOST_PIECES = 500
# Tried in turn on a sentence whose English is unusable.
RETRIES: tuple[dict[str, float], ...] = (
    {"no_repeat_ngram_size": 3},
    {"no_repeat_ngram_size": 3, "repetition_penalty": 1.2, "beam_size": 2},
)


class DecodingError(Exception):
    """The model raised an error on one sentence."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hypotheses as (pieces, score), best first, and the attention of the first: target by source pieces.

    The score is the mean natural log-probability per piece, the end sign included. `hidden`: places of pieces
    that the model was not shown, each with that of the piece that stood for it (annotating.Given).
    """

    hypotheses: tuple[tuple[list[str], float], ...]
    attention: list[list[float]]
    hidden: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """A sentence under way. `future` is None if the batch could not even be handed over.

    `words`: its content words, if hypotheses that leave them out are to be shunned.
    """

    pieces: list[str]
    future: Any
    words: ContentWords = ()


class Decoder:
    """A loaded model. Thread-safe: CTranslate2 queues the batches of all callers."""

    def __init__(
        self, folder: Path, options: TranslationOptions, length_penalty: float = LENGTH_PENALTY
    ) -> None:
        """Load the model; RuntimeError from CTranslate2 if it is malformed."""
        import ctranslate2

        types = ctranslate2.get_supported_compute_types("cpu")
        self._options = options
        self.length_penalty = length_penalty
        self._workers = options.workers
        # One thread each: single sentences gain nothing from two, batches run side by side.
        self._model: Any = ctranslate2.Translator(
            str(folder / "model"),
            device="cpu",
            compute_type="int8" if "int8" in types else "default",
            inter_threads=self._workers,
            intra_threads=1,
            max_queued_batches=-1,  # submitting must never block: the queue is kept short by the caller
        )

    @property
    def model(self) -> Any:
        """The CTranslate2 model itself, for forced decoding (models.translation.forcing)."""
        return self._model

    def submit(
        self, sentences: Sequence[list[str]], words: Sequence[ContentWords] | None = None
    ) -> list[Pending]:
        """Hand sentences over and return at once, in the order given; `collect` waits for one.

        `words`: the content words of each sentence, none of which are to be left out (omissions).

        Sentences of like length share a batch, since shorter ones are padded and the decoding limit is the
        batch's; a window makes at least one batch for each worker.
        """
        pending: list[Pending | None] = [None] * len(sentences)
        for group in self._groups([len(pieces) for pieces in sentences]):
            batch = [sentences[index] for index in group]
            try:
                futures = self._translate(batch, {}, asynchronous=True)
            except Exception:  # collect() tries again one by one and reports what is wrong
                futures = [None] * len(batch)
            for index, future in zip(group, futures, strict=True):
                pending[index] = Pending(sentences[index], future, words[index] if words else ())
        return [item for item in pending if item is not None]

    def collect(self, pending: Pending) -> Decoded:
        """Wait for a sentence. If its batch failed it is decoded alone; DecodingError if that fails too."""
        try:
            if pending.future is not None:
                return self._decoded(pending.future.result(), pending.pieces, pending.words)
        except Exception as error:
            # Another sentence of the batch may be to blame; alone we shall see.
            return self._alone(pending.pieces, {}, error, pending.words)
        return self._alone(pending.pieces, {}, None, pending.words)

    def retry(self, pieces: list[str], attempt: int) -> Decoded:
        """Decode one sentence with the settings RETRIES[attempt], which prevent repetition."""
        return self._alone(pieces, RETRIES[attempt], None)

    def avoiding(self, pieces: list[str], sequences: Sequence[tuple[str, ...]]) -> Decoded:
        """Decode one sentence so that none of these sequences of pieces is written. Raises DecodingError."""
        return self._alone(pieces, {"suppress_sequences": [list(each) for each in sequences]}, None)

    def every(self, pieces: list[str], beam: int | None = None) -> list[Decoded]:
        """Return all hypotheses of a sentence, of the usual beam if none is named. Raises DecodingError."""
        result = self._result(pieces, {"beam_size": beam} if beam else {}, None)
        return [
            Decoded((hypothesis,), attention)
            for hypothesis, attention in zip(self._scored(result), result.attention, strict=True)
        ]

    def attention_of(self, source: list[str], target: list[str]) -> list[list[float]]:
        """Return the attention while the model is made to write `target`."""
        [result] = self._model.translate_batch(
            [source],
            target_prefix=[target],
            beam_size=1,
            max_decoding_length=len(target) + 1,
            return_attention=True,
        )
        rows: list[list[float]] = result.attention[0]
        return rows[: len(target)]

    def _alone(
        self,
        pieces: list[str],
        settings: Mapping[str, object],
        cause: Exception | None,
        words: ContentWords = (),
    ) -> Decoded:
        return self._decoded(self._result(pieces, settings, cause), pieces, words)

    def _result(self, pieces: list[str], settings: Mapping[str, object], cause: Exception | None) -> Any:
        try:
            [result] = self._translate([pieces], settings, asynchronous=False)
        except Exception as error:
            raise DecodingError(f"{type(error).__name__}: {error}") from (cause or error)
        return result

    def _translate(
        self, batch: list[list[str]], settings: Mapping[str, object], *, asynchronous: bool
    ) -> list[Any]:
        beam = max(self._options.beam, self._options.alternatives)
        arguments: dict[str, Any] = {"beam_size": beam, **settings}
        # All that the beam has found: which is shown is decided by what it leaves out, too.
        arguments.setdefault("num_hypotheses", arguments["beam_size"])
        results: list[Any] = self._model.translate_batch(
            batch,
            asynchronous=asynchronous,
            max_batch_size=self._options.batch_tokens,
            batch_type="tokens",
            length_penalty=self.length_penalty,
            max_input_length=0,  # never cut a sentence short in silence
            max_decoding_length=min(_MOST_PIECES, longest_decoding(max(map(len, batch)))),
            disable_unk=True,
            return_scores=True,
            return_attention=True,
            **arguments,
        )
        return results

    def _decoded(self, result: Any, pieces: list[str], words: ContentWords) -> Decoded:
        """Put the hypothesis first that is likeliest after what it leaves out is counted against it."""
        scored, attention = self._scored(result), result.attention or [[] for _ in result.hypotheses]
        kept = list(range(len(scored)))
        if words and len(kept) > 1:
            costs = [
                OMISSION_COST * omitted(words, rows, pieces) / (len(target) + 1) ** self.length_penalty
                for rows, (target, _score) in zip(attention, scored, strict=True)
            ]
            first = min(kept, key=lambda index: costs[index] - result.scores[index])
            kept = [first, *(index for index in kept if index != first)]
        kept = kept[: self._options.alternatives]
        return Decoded(tuple(scored[index] for index in kept), attention[kept[0]] if kept else [])

    def _scored(self, result: Any) -> list[tuple[list[str], float]]:
        hypotheses = []
        for pieces, score in zip(result.hypotheses, result.scores, strict=True):
            # CTranslate2 divides by (pieces + end sign) ** length_penalty.
            length = len(pieces) + 1
            hypotheses.append((list(pieces), float(score) * length**self.length_penalty / length))
        return hypotheses

    def _groups(self, lengths: Sequence[int]) -> list[list[int]]:
        """Split indices into batches of like length, the longest first: they take the longest."""
        order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
        most = max(1, -(-len(order) // self._workers))
        groups: list[list[int]] = []
        for index in order:
            group = groups[-1] if groups else []
            top = lengths[group[0]] if group else 0
            fits = (
                len(group) < most
                and (len(group) + 1) * top <= self._options.batch_tokens
                and top <= lengths[index] * 2 + 8
            )
            if group and fits:
                group.append(index)
            else:
                groups.append([index])
        return groups
