"""How much CPU time the glossary takes to load, index and find: python -m bench.glossary [TEXT ...].

Without a text it reads the sample articles of the reader, repeated to 10,000 words.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from glossary import Glossary, TermFinder, load_glossary, search

ROOT = Path(__file__).parent.parent
WORDS = 10_000


def sentences(paths: list[Path]) -> Iterator[str]:
    """Yield rough sentences of the files; for timing any cut will do."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from (part for part in re.split(r"(?<=[.!?:;])\s+", line) if part.strip())


def measure_find(finder: TermFinder, texts: list[str]) -> tuple[float, int, int]:
    """Return seconds, words and hits of one pass."""
    start = time.process_time()
    hits = sum(len(finder.find(text)) for text in texts)
    return time.process_time() - start, sum(len(text.split()) for text in texts), hits


def first_words(texts: list[str]) -> list[str]:
    """Repeat and cut the texts to WORDS words."""
    chosen: list[str] = []
    count = 0
    while count < WORDS:
        for text in texts:
            if count >= WORDS:
                break
            chosen.append(text)
            count += len(text.split())
    return chosen


def timed_search(glossary: Glossary, queries: list[str]) -> float:
    """Mean seconds of a search, once the texts are prepared."""
    search(glossary, "warm")
    start = time.process_time()
    for query in queries:
        search(glossary, query)
    return (time.process_time() - start) / len(queries)


def main() -> None:
    """Print one line a figure."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "webapp" / "samples").glob("*.txt"))
    texts = first_words(list(sentences(paths)))
    start = time.process_time()
    glossary = load_glossary()
    loaded = time.process_time()
    finder = TermFinder(glossary)
    built = time.process_time()
    finder.warm()
    warmed = time.process_time()
    print(f"terms            {len(glossary.terms):8,}")
    print(f"load             {loaded - start:8.3f} s")
    print(f"index            {built - loaded:8.3f} s")
    print(f"compound lexicon {warmed - built:8.3f} s")
    for name in ("find, words new", "find, words seen"):
        seconds, words, hits = measure_find(finder, texts)
        print(f"{name:17}{seconds:8.3f} s for {words:,} words, {hits:,} hits")
    start = time.process_time()
    finder.surroundings([texts])
    print(f"{'surroundings':17}{time.process_time() - start:8.3f} s for the same words")
    print(
        f"search           {timed_search(glossary, ['Bundesrat', 'burgergeld', 'debt', 'Kommision']):8.4f} s"
    )


if __name__ == "__main__":
    main()
