"""Steps that can be repeated: each writes a log and a stamp, and is skipped while its inputs are the same."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
# Counts up whenever the output of some step changes although inputs and settings are the same.
RECIPE_VERSION = 1
_EVERY = 5.0  # seconds between two progress lines


def fingerprint(inputs: Iterable[Path], settings: object) -> str:
    """Return a hash of the settings and of the inputs' names, sizes and times of change. Raises OSError."""
    files = []
    for path in inputs:
        entries = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for entry in entries:
            status = entry.stat()
            files.append([entry.name, status.st_size, status.st_mtime_ns])
    text = json.dumps([RECIPE_VERSION, files, settings], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class Step:
    """One step's folder, log and stamp.

    `with Step(...) as step:` writes the stamp if the body ends well; `step.needed` says whether there is
    anything to do.
    """

    def __init__(
        self, name: str, folder: Path, inputs: Iterable[Path], settings: object, force: bool = False
    ) -> None:
        """Compare with the stamp of the last run. Raises OSError if an input is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.folder = folder
        self.figures: dict[str, Any] = {}
        self._stamp = folder / f"{name}.step.json"
        self._print = fingerprint(inputs, settings)
        self.needed = force or self._last() != self._print
        self._log = folder / f"{name}.log"
        self._start = time.monotonic()

    def _last(self) -> str | None:
        try:
            value = json.loads(self._stamp.read_text("utf-8"))["fingerprint"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return str(value)

    def __enter__(self) -> Step:
        """Note the start; the old stamp goes, since outputs are about to change."""
        if self.needed:
            self._stamp.unlink(missing_ok=True)
            self.say("started")
        else:
            print(f"{self.name}: up to date in {self.folder} (repeat it with --force)", flush=True)
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Write the stamp with the figures, unless the body failed."""
        if not self.needed:
            return
        seconds = round(time.monotonic() - self._start, 1)
        if error is None:
            values = {"fingerprint": self._print, "seconds": seconds, "figures": self.figures}
            self._stamp.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            self.say(f"done in {seconds:g} s")
        else:
            self.say(f"failed after {seconds:g} s: {error}")

    def say(self, message: str) -> None:
        """Print a line and add it to the log."""
        print(f"{self.name}: {message}", flush=True)
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {message}\n")

    def note(self, **figures: object) -> None:
        """Keep figures for the stamp, and say them."""
        self.figures.update(figures)
        self.say(", ".join(f"{name} {value}" for name, value in figures.items()))

    def progress(self, items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        """Pass the items on; every few seconds say how many there have been."""
        start = last = time.monotonic()
        for count, item in enumerate(items, 1):
            yield item
            if count % 256 == 0 and (now := time.monotonic()) - last > _EVERY:
                last = now
                of = f" of {total:,}" if total else ""
                rate = count / (now - start)
                print(f"\r{self.name}: {count:,}{of} {what}, {rate:,.0f}/s", file=sys.stderr, flush=True)
