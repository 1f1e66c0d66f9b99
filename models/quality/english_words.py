"""The English words that the lexicon's translations are made of."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Final

from models.lexicon import LexiconError

# A word that was seen once or twice in a translation may be a German one left standing there.
_SEEN: Final = 2
_SHARE: Final = 100  # thousandths of a lemma's translations


def english_words(path: Path) -> frozenset[str]:
    """Return the words, in lower case, that occur in translations of a lexicon file (0.3 s; some 40,000).

    Raises LexiconError if the file cannot be read.
    """
    counts: Counter[str] = Counter()
    try:
        with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as connection:
            for (renderings,) in connection.execute("SELECT renderings FROM entry WHERE renderings <> ''"):
                for line in renderings.splitlines():
                    english, share, count = line.split("\t")
                    if int(share) >= _SHARE:
                        for word in english.casefold().split():
                            counts[word] += int(count)
    except sqlite3.Error as error:
        raise LexiconError(f"The lexicon {path} cannot be read ({error}): reinstall Seitenblick.") from error
    return frozenset(word for word, count in counts.items() if count >= _SEEN)
