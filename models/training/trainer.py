"""Step 5: training, time-boxed and resumable, on a CPU or a GPU."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.training.batches import BatchMaker, BatchPool, Indices, ahead, draw, portions, weights_of
from models.training.checkpoints import Checkpoint, load_checkpoint
from models.training.extras import TrainingError
from models.training.growing import widened
from models.training.network import Network
from models.training.optimiser import Optimisers
from models.training.schedule import Schedule, longest_side
from models.training.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class Sources:
    """What a run reads: the maker of training batches, and a plain one for each dev set by name."""

    train: BatchMaker
    dev: dict[str, BatchMaker]
    vocabulary: int


class Trainer:
    """One run. `folder` gets log.jsonl, last.pt (to go on from), stable.pt (before the decay), final.pt."""

    def __init__(
        self,
        settings: TrainingSettings,
        sources: Sources,
        folder: Path,
        start: Path | None = None,
        device: str | None = None,
    ) -> None:
        """Build the network or take up a checkpoint. TrainingError if that does not fit the vocabulary."""
        self.settings = settings
        self.sources = sources
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(settings.seed)
        torch.set_float32_matmul_precision("high")
        if self.device == "cpu":
            torch.set_num_threads(settings.threads)
        # Before anything touches CUDA: worker processes are forked.
        self._pool = BatchPool(sources.train, settings.workers) if settings.workers else None
        before = load_checkpoint(start) if start else None
        shape = settings.model
        if before:
            if before.vocabulary != sources.vocabulary:
                raise TrainingError(
                    f"{start} was trained with {before.vocabulary:,} pieces, the data has "
                    f"{sources.vocabulary:,}; use the vocabulary the checkpoint was trained with."
                )
            before = widened(before, settings.model.inner)
            shape = replace(before.shape, dropout=settings.model.dropout)
        self.network = Network(shape, sources.vocabulary, settings.optimiser.loss_rows, settings.half)
        if before:
            self.network.load_state_dict(before.weights)
        self.network.to(self.device).train()
        self.optimisers = Optimisers(self.network, settings.optimiser)
        self.names = [name for name, _ in self.network.named_parameters()]
        self.mean = [p.detach().clone() for p in self.network.parameters()]
        self.steps = self.pieces = 0
        if before:
            self.steps, self.pieces = before.step, before.pieces
            for held, name in zip(self.mean, self.names, strict=True):
                held.copy_(before.mean[name])
            if before.optimisers:
                self.optimisers.restore(before.optimisers)
            else:  # weights alone: the optimisers have to find their feet again
                self.steps = 0
        self._loss = torch.compile(self.network.loss) if settings.compile else self.network.loss
        self._decaying = False

    def run(self, minutes: float, decay: float = 0.0, steps: int = 0) -> dict[str, float]:
        """Train for so many minutes, the last `decay` of them with a falling rate; return the dev losses.

        `steps` bounds the run by work instead: the clock then goes by the share of the steps that is done.
        """
        options = self.settings.optimiser
        schedule = Schedule(options.warmup, minutes, decay, options.floor)
        start = saved = last = time.monotonic()
        loss = torch.zeros((), device=self.device)
        off = torch.zeros((), device=self.device)
        pieces = held = 0
        first = self.steps
        for number, batch in enumerate(self._batches(), 1):
            now = (time.monotonic() - start) / 60
            if steps:
                now = minutes * (self.steps - first) / steps
            if now >= minutes:
                break
            if schedule.decaying(now) and not self._decaying:
                self._decaying = True
                self.save("stable.pt")
            weight = self.settings.guide.weight(self.pieces)
            with self._precision():
                total, guide = self._loss(
                    self._move(batch.source),
                    self._move(batch.target_in),
                    self._move(batch.target_out),
                    options.smoothing,
                    None if batch.links is None else self._move(batch.links),
                    weight,
                )
            ((total / batch.pieces + weight * guide) / options.accumulate).backward()
            loss += total.detach()
            off += guide.detach()
            pieces += batch.pieces
            self.pieces += batch.pieces
            held += 1
            if number % options.accumulate:
                continue
            self._update(schedule.factor(self.steps, now))
            self.steps += 1
            if self.steps % self.settings.log_every == 0:
                mean, away = float(loss) / max(1, pieces), float(off) / max(1, held)
                if not np.isfinite(mean):
                    raise TrainingError(
                        "The loss is no number any more; go on from last.pt with lower learning rates."
                    )
                took = time.monotonic() - last
                record = {
                    "step": self.steps,
                    "pieces": self.pieces,
                    "loss": round(mean, 4),
                    "guide": round(away, 4),
                    "weight": round(weight, 3),
                    "rate": round(schedule.factor(self.steps, now), 3),
                    "per_second": round(pieces / took),
                    "minutes": round(now, 2),
                }
                if self.steps % self.settings.dev_every == 0:
                    record |= self.dev_losses()
                self._log(record)
                loss.zero_()
                off.zero_()
                pieces, held, last = 0, 0, time.monotonic()
            if time.monotonic() - saved > 60 * self.settings.save_minutes:
                # A state of the decay is no place to go on from at the full rate.
                self.save("decaying.pt" if self._decaying else "last.pt")
                saved = time.monotonic()
        return self._end()

    def _end(self) -> dict[str, float]:
        if not self._decaying:
            self.save("last.pt")
        plain = self.dev_losses()
        with self._mean_weights():
            mean = {f"{name}_mean": value for name, value in self.dev_losses().items()}
        self.save("final.pt", optimisers=False)
        record = {"step": self.steps, "pieces": self.pieces} | plain | mean
        self._log(record)
        if self._pool:
            self._pool.close()
        return plain | mean

    def _update(self, factor: float) -> None:
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.optimiser.clip)
        self.optimisers.step(factor)
        self.network.zero_grad(set_to_none=True)
        with torch.no_grad():
            # At first the mean follows closely, so that it is worth something after a short run, too.
            keep = min(self.settings.optimiser.ema, (1 + self.steps) / (10 + self.steps))
            torch._foreach_lerp_(self.mean, [p.detach() for p in self.network.parameters()], 1 - keep)

    def _batches(self) -> Iterator[Any]:
        """Yield batches for ever: epoch after epoch, shorter sentences first at the beginning."""
        tasks = self._tasks()
        if self._pool:
            return self._pool.batches(tasks)
        return ahead(self.sources.train.make, tasks)

    def _tasks(self) -> Iterator[tuple[int, Indices]]:
        arrays = self.sources.train.arrays
        data = self.settings.data
        # Other batches after every resumption, the same ones for the same state.
        chance = np.random.default_rng((self.settings.seed, self.pieces))
        number = self.pieces
        while True:
            decaying = self._decaying
            weights = data.decay_weights if decaying and data.decay_weights else data.weights
            longest, until = longest_side(data.curriculum, self.pieces)
            indices = draw(arrays, weights_of(arrays, weights), longest, chance)
            if not len(indices):
                raise TrainingError(
                    "No sentence pair is left to train on; look at the weights and curriculum."
                )
            for portion in portions(arrays, indices, self.sources.train.size, chance):
                number += 1
                yield number, portion
                if self.pieces >= until or self._decaying != decaying:
                    break

    def dev_losses(self) -> dict[str, float]:
        """Return the mean cross-entropy per piece of each dev set, in nats, without label smoothing."""
        self.network.eval()
        found = {}
        for name, maker in self.sources.dev.items():
            total = pieces = 0.0
            for batch in maker.make((0, np.arange(len(maker.arrays)))):
                with torch.no_grad(), self._precision():
                    loss, _ = self.network.loss(
                        self._move(batch.source),
                        self._move(batch.target_in),
                        self._move(batch.target_out),
                        0.0,
                    )
                total += float(loss)
                pieces += batch.pieces
            found[name] = round(total / max(1.0, pieces), 4)
        self.network.train()
        return found

    def checkpoint(self, optimisers: bool = True) -> Checkpoint:
        """Return the state as it is now, on the CPU."""
        return Checkpoint(
            self.network.shape,
            {name: value.detach().cpu() for name, value in self.network.state_dict().items()},
            {name: value.cpu() for name, value in zip(self.names, self.mean, strict=True)},
            self.steps,
            self.pieces,
            self.optimisers.state() if optimisers else None,
            asdict(self.settings),
        )

    def save(self, name: str, optimisers: bool = True) -> None:
        """Write a checkpoint to the run's folder. Raises OSError."""
        self.checkpoint(optimisers).save(self.folder / name)

    @contextlib.contextmanager
    def _mean_weights(self) -> Iterator[None]:
        """Put the running mean in place of the weights for a while."""
        parameters = list(self.network.parameters())
        with torch.no_grad():
            kept = [p.detach().clone() for p in parameters]
            torch._foreach_copy_([p.data for p in parameters], self.mean)
        try:
            yield
        finally:
            with torch.no_grad():
                torch._foreach_copy_([p.data for p in parameters], kept)

    def _precision(self) -> Any:
        if self.device == "cuda":
            return torch.autocast("cuda", torch.bfloat16)
        return contextlib.nullcontext()

    def _move(self, array: Any) -> Any:
        tensor = torch.from_numpy(array)
        if self.device == "cuda":
            tensor = tensor.pin_memory().to(self.device, non_blocking=True)
        return tensor.long()

    def _log(self, record: dict[str, Any]) -> None:
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(record) + "\n")
        print("train: " + ", ".join(f"{name} {value}" for name, value in record.items()), flush=True)
