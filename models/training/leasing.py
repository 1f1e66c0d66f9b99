"""The lease subcommand: `pack` here, `put` and `run` on the lent machine, `take` here again.

Only numpy, torch and sentencepiece are needed there; its image has them.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

from models.training.extras import TrainingError
from models.training.lease import LIMIT, pack, unpack
from models.training.names import NAMES
from models.training.quantised import pack_weights, total_size, unpack_weights
from models.training.settings import TrainingSettings, read_settings

DEV_SETS = ("dev", "eval-newstest2018", "eval-political-dev")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the lease subcommand."""
    parser.add_argument("what", choices=("pack", "put", "run", "take"))
    parser.add_argument("--config", type=Path, default=Path("large"), help="training settings")
    parser.add_argument("--lease", type=Path, default=Path(".lease"), help="folder that travels (pack, put)")
    parser.add_argument("--pairs", type=int, default=10**9, help="pack: at most so many pairs, the best")
    parser.add_argument("--limit", type=float, default=LIMIT / 2**20, help="pack: MiB a call carries")
    parser.add_argument("--minutes", type=float, default=8.0, help="run: training time")
    parser.add_argument("--decay", type=float, default=0.0, help="run: last minutes with a falling rate")
    parser.add_argument("--start", type=Path, help="pack: checkpoint to send along; run: to start from")
    parser.add_argument("--out", type=Path, help="run: where weights and log go; take: where they lie")
    parser.add_argument("--device", choices=("cpu", "cuda"))


def lease(options: argparse.Namespace) -> None:
    """Do one of the four. Raises TrainingError or OSError."""
    {"pack": _pack, "put": _put, "run": _run, "take": _take}[options.what](options)


def _pack(options: argparse.Namespace) -> None:
    data, settings = options.work / "data", read_settings(options.config, TrainingSettings)
    files = [data / "spm.model", data / "lemmas.json"]
    if (data / NAMES).is_file():
        files.append(data / NAMES)
    sets = [name for name in DEV_SETS if (data / name).is_dir()]
    limit = int(options.limit * 2**20)
    began = time.monotonic()
    packed = pack(data, options.lease, ["train", *sets], files, settings.data.weights, options.pairs, limit)
    sizes = ", ".join(f"part-{n} {size / 2**20:.1f} MiB" for n, size in enumerate(packed.parts))
    print(f"lease: {packed.pairs:,} pairs in {sizes}; {time.monotonic() - began:.0f} s", flush=True)
    if options.start:
        from models.training.checkpoints import load_checkpoint

        folder = options.lease / "weights"
        paths = pack_weights(load_checkpoint(options.start), folder, mean=False)
        print(f"lease: weights to start from, {total_size(paths) / 2**20:.1f} MiB in {folder}", flush=True)


def _put(options: argparse.Namespace) -> None:
    """On the lent machine: keep what came with this call outside the working tree, where it stays."""
    options.work.mkdir(parents=True, exist_ok=True)
    for path in sorted(options.lease.iterdir()):
        if path.is_dir():
            shutil.copytree(path, options.work / "carried" / path.name, dirs_exist_ok=True)
            print(f"lease: kept {path.name}", flush=True)


def _run(options: argparse.Namespace) -> None:
    """On the lent machine: unpack once, train, and leave the weights in `--out`."""
    from models.training.runs import train

    if options.out is None:
        raise TrainingError("Say with --out where the weights are to go (on the lent machine: $OUT).")
    if options.lease.is_dir():
        _put(options)
    data, run = options.work / "data", options.work / "run"
    if not (data / "spm.model").is_file():
        began = time.monotonic()
        unpack(sorted((options.work / "carried").glob("part-*")), data)
        print(f"lease: unpacked in {time.monotonic() - began:.0f} s", flush=True)
    start = options.start or _start(options.work)
    print(f"lease: starting from {start or 'nothing'}", flush=True)
    settings = read_settings(options.config, TrainingSettings)
    losses = train(data, run, settings, options.minutes, options.decay, start, options.device)
    from models.training.checkpoints import load_checkpoint

    # After a decay the mean is what is shipped; on the plateau the weights are what one goes on from.
    paths = pack_weights(load_checkpoint(run / "final.pt"), options.out, mean=options.decay > 0)
    shutil.copyfile(run / "log.jsonl", options.out / "log.jsonl")
    print(f"lease: {losses}; {total_size(paths) / 2**20:.1f} MiB in {options.out}", flush=True)


def _start(work: Path) -> Path | None:
    """Return where to go on: a checkpoint left by an earlier call, else weights that were carried."""
    from models.training.runs import latest

    if found := latest(work / "run"):
        return found
    carried = work / "carried" / "weights"
    if not carried.is_dir():
        return None
    unpack_weights(carried).save(work / "run" / "carried.pt")
    return work / "run" / "carried.pt"


def _take(options: argparse.Namespace) -> None:
    """Here again: put the weights together as a checkpoint to export or to go on from."""
    if options.out is None:
        raise TrainingError("Say with --out where the files of the last call lie.")
    checkpoint = unpack_weights(options.out)
    run = options.work / "run"
    checkpoint.save(run / "final.pt")
    if (options.out / "log.jsonl").is_file():
        shutil.copyfile(options.out / "log.jsonl", run / "log.jsonl")
    print(f"lease: {run / 'final.pt'}: {checkpoint.pieces:,} target pieces seen", flush=True)
