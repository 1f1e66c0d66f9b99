"""The translator: sentences in reading order, the first one at once."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from models.packages import Package
from models.packages.package import Metadata, stated_in
from models.translation.annotating import takes_annotation
from models.translation.decoding import LENGTH_PENALTY, Decoder, Pending
from models.translation.options import LONGEST, TranslationOptions
from models.translation.pieces import Tokenizer, load_tokenizer
from models.translation.planning import Plan, plan
from models.translation.probe import alignment_head_of
from models.translation.rare_words import RareWords
from models.translation.recounting import Recounter
from models.translation.retelling import Reteller, Retelling
from models.translation.sentences import finish
from models.translation.values import Translation

# Counts up whenever the same package and options may give other English or links than before.
ENGINE_VERSION = 12
# Sentences handed over at a time: the first alone, so that reading can begin; later ones fill batches.
WINDOWS = (1, 2, 8, 32, 64)


def never() -> bool:
    """Say that nobody has cancelled."""
    return False


class Translator:
    """Translates with one package. Loads on first use; may be used by several threads at once."""

    def __init__(self, package: Package, options: TranslationOptions | None = None) -> None:
        """Take note of the package; nothing is read yet."""
        self.package = package
        self.options = options or TranslationOptions()
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, Decoder] | None = None
        self._aligned: bool | None = None

    @cached_property
    def longest(self) -> int:
        """Sentences of more pieces go clause by clause: as asked for, else as the package says."""
        asked = self.options.longest
        if asked is not None:
            return asked
        return (self._stated.longest_sentence if self._stated else None) or LONGEST

    @cached_property
    def length_penalty(self) -> float:
        """How much longer English is favoured: as the package says."""
        stated = self._stated.length_penalty if self._stated else None
        return LENGTH_PENALTY if stated is None else stated

    @cached_property
    def _stated(self) -> Metadata | None:
        return stated_in(self.package.folder)

    @cached_property
    def rare_words(self) -> RareWords | None:
        """What tells the model rare words; None if that is not wanted or the package cannot be told."""
        if not self.options.rare_words or not takes_annotation(self.package.folder, self.load()[0]):
            return None
        return RareWords(phrases=self.options.phrases)

    @property
    def signature(self) -> str:
        """Everything the output depends on, for caches: package, settings, version of this code."""
        package, options = self.package, self.options
        return (
            f"{package.name}:{package.fingerprint}|beam:{options.beam}|alternatives:{options.alternatives}"
            f"|longest:{self.longest}|penalty:{self.length_penalty:g}|rare:{int(options.rare_words)}|phrases:{int(options.phrases)}|engine:{ENGINE_VERSION}"
        )

    @property
    def has_alignment_head(self) -> bool:
        """Whether the links come from a head trained to align words, so that they can be relied on."""
        if self._aligned is None:
            self._aligned = alignment_head_of(self.package.folder, self.load)
        return self._aligned

    def load(self) -> tuple[Tokenizer, Decoder]:
        """Load tokenizer and model now rather than at the first sentence. Raises RuntimeError or OSError."""
        with self._lock:
            if self._loaded is None:
                folder = self.package.folder
                self._loaded = load_tokenizer(folder), Decoder(folder, self.options, self.length_penalty)
            return self._loaded

    def translate(
        self,
        texts: Sequence[str],
        cancelled: Callable[[], bool] = never,
        surnames: frozenset[str] = frozenset(),
    ) -> Iterator[tuple[int, Translation]]:
        """Yield (index, translation) in the order of `texts`, each as soon as it and its predecessors are.

        `cancelled` is asked before every sentence; once it says yes, nothing more is yielded. A sentence that
        occurs several times is translated once. No sentence is ever left out or raises: see
        Translation.problem. `surnames`: of the whole text that the sentences are from (surnames_in); where
        such a name is meant, the model is told. Raises only if the model cannot be loaded.
        """
        tokenizer, decoder = self.load()
        wanted = Counter(texts)  # how often each is still to be yielded
        done: dict[str, Translation] = {}
        under_way: deque[list[tuple[Plan, list[Pending]]]] = deque()
        retellings: list[list[Retelling | None]] = []
        rare = self.rare_words
        reteller = Reteller(tokenizer, decoder, rare, surnames) if rare else None
        nonwords = reteller.nonwords if reteller else None
        # Another package cannot be told numbers, but may find them with a wider beam.
        helped = self.options.rare_words
        recounter = Recounter(tokenizer, decoder, rare is not None, nonwords) if helped else None
        windows = self._windows(texts, tokenizer, decoder)
        for index, text in enumerate(texts):
            while text not in done:
                if cancelled():
                    return
                while len(under_way) < 2 and (window := next(windows, None)):
                    under_way.append(window)
                if reteller and not retellings:
                    retellings = reteller.begin(under_way[0])
                sentence, pending = under_way[0].pop(0)
                again = retellings.pop(0) if retellings else []
                done[sentence.sentence] = finish(
                    sentence, pending, tokenizer, decoder, again, reteller, recounter
                )
                if not under_way[0]:
                    under_way.popleft()
            if cancelled():
                return
            yield index, done[text]
            wanted[text] -= 1
            if not wanted[text]:
                del done[text]

    def _windows(
        self, texts: Sequence[str], tokenizer: Tokenizer, decoder: Decoder
    ) -> Iterator[list[tuple[Plan, list[Pending]]]]:
        """Hand over one window of different sentences at each step."""
        distinct = iter(dict.fromkeys(texts))
        # Only what the package says: to find it out takes as long as some sentences.
        aligned = bool(self._stated and self._stated.alignment_head)
        step = 0
        while True:
            size = WINDOWS[min(step, len(WINDOWS) - 1)]
            plans = [plan(text, tokenizer, self.longest, aligned=aligned) for text in islice(distinct, size)]
            if not plans:
                return
            parts = [part for one in plans for part in one.parts]
            pending = iter(decoder.submit([part.pieces for part in parts], [part.words for part in parts]))
            yield [(one, [next(pending) for _ in one.parts]) for one in plans]
            step += 1
