"""`python -m models.lexicon.building.german_list TRAIN.tsv [TEXT...]`: writes the list german_words.txt."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Final

from models.lexicon.building.corpus import GERMAN, words_of
from models.lexicon.german_words import GERMAN_WORDS

_SEEN: Final = 8  # a typing error is hardly made so often
_SHORTEST: Final = 4


def german_list(forms: Counter[str]) -> list[str]:
    """Return the forms of a corpus that are surely spelled right, sorted."""
    return sorted(form for form, count in forms.items() if count >= _SEEN and len(form) >= _SHORTEST)


def main() -> None:
    """Read the command line, count, write."""
    parser = argparse.ArgumentParser(
        prog="python -m models.lexicon.building.german_list", description="List the German words of a corpus."
    )
    parser.add_argument("table", type=Path, help="training pairs: tier, name, German, English, tab-separated")
    parser.add_argument("texts", type=Path, nargs="*", help="more German text (plain or .xz)")
    parser.add_argument("--out", type=Path, default=GERMAN_WORDS, help="the file to write")
    chosen = parser.parse_args()
    forms = Counter(words_of(chosen.table, GERMAN, chosen.texts))
    words = german_list(forms)
    chosen.out.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    print(f"{chosen.out}: {len(words)} words")


if __name__ == "__main__":
    main()
