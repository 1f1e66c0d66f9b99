"""Speed and memory of translating: `python -m bench.translation [PACKAGE|FOLDER] [--text FILE.de]`.

Each row is measured in a process of its own, as the reader would run: the model is loaded, the first sentence
awaited (cold), then the whole text is translated again from the start (warm).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from models.packages import PackageStore, read_package
from models.translation import TranslationOptions, Translator

ROWS: tuple[dict[str, int], ...] = (
    {"beam": 1, "threads": 1},
    {"beam": 1, "threads": 0},
    {"beam": 2, "threads": 0},
    {"beam": 4, "threads": 1},
    {"beam": 4, "threads": 0},
    {"beam": 4, "threads": 0, "alternatives": 4},
)


def measure(folder: Path, text: Path, options: TranslationOptions) -> dict[str, float]:
    """Translate a file of one sentence a line twice; seconds, German words a second, MiB."""
    sentences = text.read_text(encoding="utf-8").rstrip("\n").split("\n")
    begin = time.perf_counter()
    translator = Translator(read_package(folder), options)
    first_cold = _seconds_to_first(translator, sentences, begin)
    first_warm = _seconds_to_first(translator, sentences, time.perf_counter())
    begin = time.perf_counter()
    problems = sum(translation.problem is not None for _, translation in translator.translate(sentences))
    seconds = time.perf_counter() - begin
    return {
        "first_cold_s": round(first_cold, 3),
        "first_warm_s": round(first_warm, 3),
        "sentences_per_s": round(len(sentences) / seconds, 1),
        "words_per_s": round(sum(len(sentence.split()) for sentence in sentences) / seconds),
        "memory_mib": round(_resident() / 2**20),
        "problems": problems,
    }


def _seconds_to_first(translator: Translator, sentences: list[str], begin: float) -> float:
    next(translator.translate(sentences))
    seconds = time.perf_counter() - begin
    time.sleep(0.5)  # the windows already handed over must not weigh on the next measurement
    return seconds


def _resident() -> int:
    """Memory of this process in bytes (Linux; 0 elsewhere)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * 4096


def main() -> None:
    """Run all rows, or the one row of a child process."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("package", type=Path, nargs="?", help="default: the embedded one")
    parser.add_argument("--text", type=Path, default=Path("../shared/eval/political-dev.de"))
    parser.add_argument("--row", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.row:
        options = TranslationOptions(**json.loads(arguments.row))
        print(json.dumps(measure(arguments.package, arguments.text, options)))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = PackageStore(Path(folder))
        package = arguments.package
        if package is None:
            package = store.embedded().folder
        elif package.is_file():
            package = store.install(package).folder
        for row in ROWS:
            command = [sys.executable, "-m", "bench.translation", str(package), "--text", str(arguments.text)]
            done = subprocess.run(
                [*command, "--row", json.dumps(row)], capture_output=True, text=True, check=True
            )
            print(json.dumps(row | json.loads(done.stdout)), flush=True)


if __name__ == "__main__":
    main()
