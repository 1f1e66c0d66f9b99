"""Forced decoding, in batches: alternatives, completions of a prefix, scores and attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.translation.checks import longest_decoding
from models.translation.decoding import Decoder

Pieces = list[str]
# Pieces in a batch, with padding; small enough that a window makes a batch for each worker.
_BATCH = 768
_MOST_PIECES = 500


@dataclass(frozen=True, slots=True)
class Written:
    """English in pieces; `score` is the mean natural log-probability per piece, the end sign included."""

    pieces: Pieces
    score: float


class ForcedDecoder:
    """Decodes what others than the model decide in part. All methods take and return lists of one length."""

    def __init__(self, decoder: Decoder, beam: int) -> None:
        self._model = decoder.model
        self._beam = beam
        self._length_penalty = decoder.length_penalty

    def alternatives(self, sources: Sequence[Pieces], count: int) -> list[list[Written]]:
        """Return the best `count` English versions of each source, best first."""
        if not sources:
            return []
        results = self._translate(sources, beam_size=count, num_hypotheses=count)
        return [
            [
                Written(list(pieces), score * _length(pieces) ** self._length_penalty / _length(pieces))
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def completed(self, sources: Sequence[Pieces], prefixes: Sequence[Pieces]) -> list[Pieces]:
        """Return the best English that begins with the prefix, prefix included; empty if there is none."""
        if not sources:
            return []
        results = self._translate(sources, beam_size=self._beam, target_prefix=list(prefixes))
        return [list(result.hypotheses[0]) if result.hypotheses else [] for result in results]

    def branches(self, source: Pieces, prefixes: Sequence[Pieces], count: int) -> list[Pieces]:
        """Return English that goes on from each prefix with each of the `count` likeliest next pieces."""
        if not prefixes:
            return []
        results = self._translate(
            [source] * len(prefixes),
            target_prefix=list(prefixes),
            beam_size=1,
            num_hypotheses=count,
            return_alternatives=True,
        )
        return [list(pieces) for result in results for pieces in result.hypotheses]

    def log_probabilities(self, sources: Sequence[Pieces], targets: Sequence[Pieces]) -> list[list[float]]:
        """Return the natural log-probability of each target piece and, last, of the end sign."""
        if not sources:
            return []
        results = self._model.score_batch(
            list(sources), list(targets), max_batch_size=2 * _BATCH, batch_type="tokens", max_input_length=0
        )
        return [list(result.log_probs) for result in results]

    def scores(self, sources: Sequence[Pieces], targets: Sequence[Pieces]) -> list[float]:
        """Return the mean natural log-probability per piece, the end sign included."""
        return [
            sum(each) / len(each) if each else float("-inf")
            for each in self.log_probabilities(sources, targets)
        ]

    def attention(self, sources: Sequence[Pieces], targets: Sequence[Pieces]) -> list[list[list[float]]]:
        """Return for each target its attention, target by source pieces."""
        if not sources:
            return []
        results = self._model.translate_batch(
            list(sources),
            target_prefix=list(targets),
            beam_size=1,
            max_batch_size=2 * _BATCH,
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=max(map(len, targets)) + 1,
            return_attention=True,
        )
        return [result.attention[0][: len(target)] for result, target in zip(results, targets, strict=True)]

    def _translate(self, sources: Sequence[Pieces], **settings: Any) -> list[Any]:
        results: list[Any] = self._model.translate_batch(
            list(sources),
            max_batch_size=_BATCH,
            batch_type="tokens",
            length_penalty=self._length_penalty,
            max_input_length=0,
            max_decoding_length=min(_MOST_PIECES, longest_decoding(max(map(len, sources)))),
            disable_unk=True,
            return_scores=True,
            **settings,
        )
        return results


def _length(pieces: Sequence[str]) -> int:
    return len(pieces) + 1
