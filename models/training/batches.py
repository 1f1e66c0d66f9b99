"""Batches of sentence pairs: drawn by weight, annotated and disturbed as they are made, of like length.

They are grouped after that: a sentence in capitals has thrice the pieces, and one such pair would widen a
whole batch.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.training.annotation import MOST_TERMS, Annotator, Term, terms_of
from models.training.arrays import PairArrays, offsets_of
from models.training.extras import TrainingError
from models.training.lemmas import Lemmas
from models.training.names import Names, Renamer
from models.training.noise import disturb
from models.training.phrases import ToldPhrases
from models.training.settings import Sampling
from models.training.units import Ids, Vocabulary
from models.training.vocabulary import END, LONGEST, PAD, START, UNKNOWN

Item = TypeVar("Item")
Indices = NDArray[np.int64]
_MOST_SOURCE = LONGEST + 40  # pieces, with annotations
_PATIENCE = 240.0  # seconds a worker may take for a portion
_NAMES_TOLD = 0.3  # share of the renamed sentences in which names are annotated
_ALIKE = 1.1  # sources of a class differ in length by this factor at most
_PORTION = 340_000  # pieces that are grouped together, about 12,000 pairs, and more for larger batches
_PORTION_BATCHES = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded ids, (pairs, pieces); `links` rows are (pair, target piece, source piece), None without any."""

    source: NDArray[np.int32]
    target_in: NDArray[np.int32]
    target_out: NDArray[np.int32]
    links: NDArray[np.int32] | None
    pieces: int


def weights_of(arrays: PairArrays, weights: dict[str, float]) -> NDArray[np.float64]:
    """Return how often each pair comes an epoch: its name's weight times its tier's (1 if not named)."""
    by_group = [weights.get(g.tier, 1.0) * weights.get(g.name, 1.0) for g in arrays.groups]
    return np.array(by_group or [1.0])[arrays.group]


def draw(
    arrays: PairArrays, weights: NDArray[np.float64], longest: int, chance: np.random.Generator
) -> Indices:
    """Return the pairs of one epoch; a weight of 1.4 means once, and twice with a chance of 0.4."""
    whole = np.floor(weights)
    times = whole + (chance.random(len(arrays)) < weights - whole)
    fits = np.maximum(arrays.source.lengths, arrays.target.lengths) <= longest
    return np.repeat(np.arange(len(arrays)), np.where(fits, times, 0).astype(np.int64))


def portions(
    arrays: PairArrays, indices: Indices, size: int, chance: np.random.Generator
) -> Iterator[Indices]:
    """Cut the pairs of an epoch, in any order, into portions that are large enough to be grouped well."""
    indices = chance.permutation(indices)
    pieces = np.maximum(arrays.source.lengths[indices], arrays.target.lengths[indices]) + 1
    place = np.cumsum(pieces) // max(_PORTION, _PORTION_BATCHES * size)
    yield from np.split(indices, np.flatnonzero(np.diff(place)) + 1)


def group(source: Sequence[int], target: Sequence[int], size: int) -> list[Indices]:
    """Cut rows of these lengths into batches of at most `size` padded pieces; return the rows of each.

    First sources of like length together, then, among these, targets: the encoder costs most. Every other
    class of sources is sorted downwards, so that targets do not jump where one class ends in a batch.
    """
    of_source, of_target = np.array(source) + 1, np.array(target) + 1
    kind = (np.log(of_source) / math.log(_ALIKE)).astype(int)
    order = np.lexsort((np.where(kind % 2, -of_target, of_target), kind))
    batches, start, top = [], 0, 0
    for at, length in enumerate(np.maximum(of_source, of_target)[order].tolist()):
        if at > start and max(top, length) * (at - start + 1) > size:
            batches.append(order[start:at])
            start, top = at, 0
        top = max(top, length)
    if len(order):
        batches.append(order[start:])
    return batches


class BatchMaker:
    """Makes batches of pairs. The same number gives the same batches, in whatever process."""

    def __init__(
        self,
        arrays: PairArrays,
        vocabulary: Vocabulary,
        size: int,
        lemmas: Lemmas | None = None,
        sampling: Sampling | None = None,
        seed: int = 1,
        multiple: int = 1,
        names: Names | None = None,
        phrases: ToldPhrases | None = None,
    ) -> None:
        """`size` in padded pieces; `lemmas`, `names`, `phrases` and `sampling` None: pairs as they are.

        `multiple`: pad to multiples of so many pieces.
        """
        self.arrays = arrays
        self.size = size
        self._vocabulary = vocabulary
        self._table = vocabulary.units
        self._annotator = Annotator.of(vocabulary)
        self._lemmas = lemmas
        self._sampling = sampling
        self._seed = seed
        self._multiple = multiple
        self._renamer = Renamer(names, vocabulary) if names else None
        self._phrases = phrases

    def make(self, task: tuple[int, Indices]) -> list[Batch]:
        """Make the batches of a portion, (its number, its pairs), in any order."""
        number, indices = task
        chance = np.random.default_rng((self._seed, number))
        sampling = self._sampling
        dice = chance.random((4, len(indices)))
        sources: list[Ids] = []
        targets = [self.arrays.target_ids(i) for i in indices.tolist()]
        links: list[NDArray[np.int32]] = []
        units = self._units(self.arrays.source.take(indices).ids, self.arrays.source.lengths[indices])
        english = self._units(self.arrays.target.take(indices).ids, self.arrays.target.lengths[indices])
        for row, index in enumerate(indices.tolist()):
            ids = self.arrays.source_ids(index)
            starts, places = units[row], None
            told = self._phrases.of(index) if self._phrases else None
            if told and sampling and dice[3, row] < sampling.phrases:
                ids, places = told
            elif sampling and dice[0, row] < sampling.annotated and self._lemmas and self.arrays.links:
                ids, places = self._annotated(index, chance)
            elif sampling and self._renamer and dice[1, row] >= 1 - sampling.renamed:
                other = self._renamer.renamed(ids, targets[row], self.arrays.links_of(index), chance)
                if other and max(len(other.source), len(other.target)) <= LONGEST:
                    ids, targets[row] = other.source, other.target
                    starts, english[row] = self._starts(ids), self._starts(targets[row])
                    if dice[2, row] < _NAMES_TOLD:
                        ids, places = self._told(ids, other.terms, chance)
            elif sampling and (dice[1, row] < sampling.disturbed or dice[2, row] < sampling.sampled):
                ids, starts = self._rewritten(ids, dice[1, row] < sampling.disturbed, chance)
            sources.append(ids)
            if self.arrays.links is not None:
                flat = self.arrays.links.row(index).astype(np.int32)
                links.append(_unfold(flat[::2], flat[1::2], english[row], starts, len(units[row]), places))
        groups = group([len(row) for row in sources], [len(row) for row in targets], self.size)
        order = chance.permutation(len(groups))
        return [self._batch(sources, targets, links, groups[n], chance) for n in order]

    def _batch(
        self,
        sources: list[Ids],
        targets: list[Ids],
        links: list[NDArray[np.int32]],
        rows: Indices,
        chance: np.random.Generator,
    ) -> Batch:
        source, target = [sources[row] for row in rows], [targets[row] for row in rows]
        found = [np.insert(links[row], 0, pair, axis=1) for pair, row in enumerate(rows)] if links else None
        return Batch(
            self._padded(source, END, False),
            self._blanked(self._padded(target, START, True), chance),
            self._padded(target, END, False),
            np.concatenate(found) if found else None,
            sum(map(len, target)) + len(target),
        )

    def _units(self, ids: Ids, lengths: NDArray[np.int64]) -> list[NDArray[np.int32]]:
        """Return for each row where its units begin, with its length at the end."""
        offsets = offsets_of(lengths)
        first = np.flatnonzero(self._table.starts(np.asarray(ids), offsets[:-1]))
        cuts = np.searchsorted(first, offsets)
        return [
            np.append(first[cuts[i] : cuts[i + 1]] - offsets[i], lengths[i]).astype(np.int32)
            for i in range(len(lengths))
        ]

    def _starts(self, ids: Ids) -> NDArray[np.int32]:
        """Return where the units of one sentence begin, with its length at the end."""
        [starts] = self._units(ids, np.array([len(ids)]))
        return starts

    def _annotated(self, index: int, chance: np.random.Generator) -> tuple[Ids, NDArray[np.int32] | None]:
        source, target = self.arrays.source_ids(index), self.arrays.target_ids(index)
        assert self._lemmas is not None
        terms = terms_of(source, target, self.arrays.links_of(index), self._table, self._lemmas, chance)
        ids, places = self._annotator.annotate(source.tolist(), terms)
        if not terms or len(ids) > _MOST_SOURCE:
            return source, None
        return np.array(ids, np.uint16), np.array(places, np.int32)

    def _told(
        self, ids: Ids, terms: Sequence[Term], chance: np.random.Generator
    ) -> tuple[Ids, NDArray[np.int32]]:
        """Annotate a name or a few with themselves: a reader who knows that Frei is one can say so."""
        most = int(chance.integers(1, MOST_TERMS + 1))
        some = sorted(chance.permutation(len(terms))[:most].tolist())
        told, places = self._annotator.annotate(ids.tolist(), [terms[i] for i in some])
        return np.array(told, np.uint16), np.array(places, np.int32)

    def _rewritten(self, ids: Ids, noise: bool, chance: np.random.Generator) -> tuple[Ids, NDArray[np.int32]]:
        """Return other pieces for a sentence, and where their units begin."""
        text = self._vocabulary.decode(ids.tolist())
        if noise:
            new = self._vocabulary.encode(disturb(text, chance))
        else:
            assert self._sampling is not None
            new = self._vocabulary.sample(text, self._sampling.alpha)
        fresh = np.array(new if 1 <= len(new) <= _MOST_SOURCE else ids, np.uint16)
        return fresh, self._starts(fresh)

    def _blanked(self, seen: NDArray[np.int32], chance: np.random.Generator) -> NDArray[np.int32]:
        """Hide some of the English that the decoder has said so far, so that it looks at the German more."""
        share = self._sampling.blanked if self._sampling else 0.0
        if share:
            hidden = (chance.random(seen.shape) < share) & (seen != PAD) & (seen != START)
            seen[hidden] = UNKNOWN
        return seen

    def _padded(self, rows: Sequence[Ids], mark: int, before: bool) -> NDArray[np.int32]:
        """Return rows side by side, each with its mark before or after it."""
        lengths = np.array([len(row) for row in rows])
        width = -(-(int(lengths.max()) + 1) // self._multiple) * self._multiple
        out = np.full((len(rows), width), PAD, np.int32)
        line = np.repeat(np.arange(len(rows)), lengths)
        column = np.arange(lengths.sum()) - np.repeat(offsets_of(lengths)[:-1], lengths)
        out[line, column + before] = np.concatenate(rows)
        out[np.arange(len(rows)), np.zeros_like(lengths) if before else lengths] = mark
        return out


def _unfold(
    targets: NDArray[np.int32],
    sources: NDArray[np.int32],
    target_units: NDArray[np.int32],
    source_units: NDArray[np.int32],
    units_before: int,
    places: NDArray[np.int32] | None,
) -> NDArray[np.int32]:
    """Return a row's links by piece, (target, source). `places`: where source pieces stand after annotation.

    A sentence that was changed keeps its links if it has as many units as before, or lost its final stop;
    otherwise nobody knows which word is which.
    """
    now = len(source_units)
    if now not in (units_before, units_before - 1):
        return np.zeros((0, 2), np.int32)
    keep = sources < now - 1
    targets, sources = targets[keep], sources[keep]
    t0, t1 = target_units[targets], target_units[targets + 1]
    s0, s1 = source_units[sources], source_units[sources + 1]
    high = s1 - s0
    size = (t1 - t0) * high
    within = np.arange(size.sum()) - np.repeat(offsets_of(size)[:-1], size)
    t = np.repeat(t0, size) + within // np.repeat(high, size)
    s = np.repeat(s0, size) + within % np.repeat(high, size)
    if places is not None:
        s = places[s]
    return np.stack((t, s), axis=1).astype(np.int32)


def ahead(
    make: Callable[[tuple[int, Indices]], Sequence[Item]], tasks: Iterator[tuple[int, Indices]]
) -> Iterator[Item]:
    """Make batches in a thread, a few ahead."""
    ready: queue.Queue[Any] = queue.Queue(8)
    stop = threading.Event()

    def work() -> None:
        try:
            for task in tasks:
                for batch in make(task):
                    if not put(batch):
                        return
            put(None)
        except BaseException as error:
            put(error)

    def put(item: Any) -> bool:
        while not stop.is_set():
            with contextlib.suppress(queue.Full):
                ready.put(item, timeout=0.5)
                return True
        return False

    threading.Thread(target=work, daemon=True).start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()


_maker: list[BatchMaker] = []  # of a worker process; set once by the pool


def _begin(maker: BatchMaker) -> None:
    _maker.append(maker)


def _work(task: tuple[int, Indices]) -> list[Batch]:
    return _maker[0].make(task)


class BatchPool:
    """Worker processes that make batches, for machines with cores to spare; start it before CUDA."""

    def __init__(self, maker: BatchMaker, workers: int) -> None:
        """Fork the workers; they share the arrays' memory."""
        context = multiprocessing.get_context("fork")
        self._pool = context.Pool(workers, initializer=_begin, initargs=(maker,))
        self._ahead = workers + 2

    def batches(self, tasks: Iterator[tuple[int, Indices]]) -> Iterator[Batch]:
        """Yield the batches in order, made some ahead. TrainingError if a worker does not answer."""
        pending: deque[Any] = deque()
        for task in tasks:
            pending.append(self._pool.apply_async(_work, (task,)))
            if len(pending) >= self._ahead:
                yield from _answer(pending.popleft())
        while pending:
            yield from _answer(pending.popleft())

    def close(self) -> None:
        """End the workers."""
        self._pool.terminate()
        self._pool.join()


def _answer(waiting: Any) -> list[Batch]:
    try:
        made: list[Batch] = waiting.get(_PATIENCE)
    except multiprocessing.TimeoutError as error:
        raise TrainingError("A worker process died or hangs; train with fewer workers.") from error
    return made
