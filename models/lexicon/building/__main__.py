"""`python -m models.lexicon.building TRAIN.tsv ALIGNMENTS [TEXT...]`: builds lexicon.sqlite3."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from models.lexicon.building.builder import Builder
from models.lexicon.building.written import add_written, read_written
from models.lexicon.store import SHIPPED


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(
        prog="python -m models.lexicon.building", description="Build the lexicon."
    )
    parser.add_argument("table", type=Path, help="training pairs: tier, name, German, English, tab-separated")
    parser.add_argument(
        "alignments", type=Path, help="folder with words.de, words.en, forward, reverse (eflomal)"
    )
    parser.add_argument("texts", type=Path, nargs="*", help="more German text to count (plain or .xz)")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="the file to write")
    parser.add_argument(
        "--analyses", type=Path, help="keep HanTa's analyses here, so that the next build is faster"
    )
    chosen = parser.parse_args()
    start = time.monotonic()

    def report(text: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {text}", file=sys.stderr, flush=True)

    builder = Builder(report)
    builder.count(chosen.table, chosen.texts)
    builder.analyse(chosen.analyses)
    builder.link(chosen.table, chosen.alignments)
    builder.write(chosen.out)
    report(f"{add_written(chosen.out, read_written()):,} entries with words translated by hand")
    report(f"done: {chosen.out}, {chosen.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
