"""`python bench/dictionaries.py [N]`: time to index a StarDict dictionary and to look words up in it."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.dictionaries import DictionaryShelf
from tests.models.stardict_help import write_stardict


def main() -> None:
    """Write a dictionary (of 200,000 entries), index it, ask for 2,000 words, a tenth of them lacking."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        articles = [
            (
                f"Eintrag{n:07}",
                f"<b>entry</b><ol><li>sense {n}</li><li>{'more ' * 12}</li></ol>".encode(),
            )
            for n in range(count)
        ]
        ifo = write_stardict(Path(folder) / "in", articles, kinds="h", packed=True)
        shelf = DictionaryShelf(Path(folder) / "shelf")
        begun, busy = time.perf_counter(), time.process_time()
        (info,) = shelf.add([ifo])
        indexing, busy = time.perf_counter() - begun, time.process_time() - busy
        index = sum(path.stat().st_size for path in shelf.root.rglob("*.sqlite3"))
        sizes = f"index {index / 1e6:.0f} MB, files {info.size / 1e6:.0f} MB"
        print(f"{info.entries:,} entries indexed in {indexing:.1f} s ({busy:.1f} s of CPU); {sizes}")
        fresh = DictionaryShelf(shelf.root)
        times = []
        for n in range(2_000):
            word = f"Eintrag{chance.randrange(count):07}" if n % 10 else f"Fehlt{n}"
            begun = time.perf_counter()
            answers = fresh.look_up([word])
            times.append(1_000 * (time.perf_counter() - begun))
            if bool(answers) != bool(n % 10):
                raise SystemExit(f"{word}: wrong answer")
        times.sort()
        median, most = statistics.median(times), times[1_900]
        print(f"look-up: median {median:.2f} ms, 95 per cent {most:.2f} ms, worst {times[-1]:.1f} ms")


if __name__ == "__main__":
    main()
