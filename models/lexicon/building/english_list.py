"""`python -m models.lexicon.building.english_list TRAIN.tsv [TEXT...]`: writes the list english_words.txt."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Final

from models.lexicon.building.corpus import ENGLISH, GERMAN, words_of
from models.lexicon.english_words import ENGLISH_WORDS, GERMAN_TOO

_WORD: Final = re.compile(r"[^\W\d_]+")
# Seen once, it may be a slip. A word not seen often that the German has so much more often is marked.
_SEEN: Final = 2
_OFTEN: Final = 300
_GERMAN: Final = 10


def english_list(english: Counter[str], german: Counter[str], listed: frozenset[str]) -> list[str]:
    """Return the lines of the list from how often each side of a corpus has the words, in lower case.

    What other lists have is taken over, however seldom it is.
    """
    words = {word for word, count in english.items() if count >= _SEEN} | listed
    return [
        word + (GERMAN_TOO if english[word] < _OFTEN and english[word] * _GERMAN < german[word] else "")
        for word in sorted(words)
        if len(word) > 1
    ]


def main() -> None:
    """Read the command line, count, write."""
    parser = argparse.ArgumentParser(
        prog="python -m models.lexicon.building.english_list",
        description="List the English words of a corpus.",
    )
    parser.add_argument("table", type=Path, help="training pairs: tier, name, German, English, tab-separated")
    parser.add_argument("texts", type=Path, nargs="*", help="more English text (plain or .xz)")
    parser.add_argument("--words", type=Path, nargs="*", default=[], help="lists of words, one a line")
    parser.add_argument("--out", type=Path, default=ENGLISH_WORDS, help="the file to write")
    chosen = parser.parse_args()
    english = Counter(word.lower() for word in words_of(chosen.table, ENGLISH, chosen.texts))
    german = Counter(word.lower() for word in words_of(chosen.table, GERMAN))
    listed = (word for path in chosen.words for word in path.read_text("utf-8").lower().split())
    own = frozenset(word.removesuffix("'s") for word in listed)
    lines = english_list(english, german, frozenset(word for word in own if _WORD.fullmatch(word)))
    chosen.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{chosen.out}: {len(lines)} words")


if __name__ == "__main__":
    main()
