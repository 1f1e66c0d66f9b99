"""Punkt with our own German parameters, kept as plain JSON (no pickle, no ``nltk.download``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

PARAMETER_FILE = Path(__file__).with_name("punkt_de.json")
FORMAT = "seitenblick-punkt-1"


class _Orthography(dict[str, int]):
    """Zero for unknown words without keeping them, as NLTK's defaultdict would for every word it is asked."""

    def __missing__(self, word: str) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class PunktData:
    """What Punkt learnt, all words in lower case and without the final full stop."""

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    starters: frozenset[str]
    orthography: dict[str, int]  # word -> contexts of upper and lower case seen, as NLTK counts them


def write_parameters(data: PunktData, path: Path) -> None:
    """Write the parameters sorted, so that a new training shows as a readable difference."""
    by_flags: dict[int, list[str]] = {}
    for word, flags in data.orthography.items():
        by_flags.setdefault(flags, []).append(word)
    content = {
        "format": FORMAT,
        "abbreviations": " ".join(sorted(data.abbreviations)),
        "collocations": [" ".join(pair) for pair in sorted(data.collocations)],
        "starters": " ".join(sorted(data.starters)),
        "orthography": {str(flags): " ".join(sorted(by_flags[flags])) for flags in sorted(by_flags)},
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_parameters(path: Path = PARAMETER_FILE) -> PunktData:
    """Read a parameter file; raises ``ValueError`` where it is not one of ours."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(
            f"{path} is no {FORMAT} file: make it anew with `python -m models.segmentation.train`"
        )
    pairs = (pair.split(" ") for pair in content["collocations"])
    return PunktData(
        abbreviations=frozenset(content["abbreviations"].split()),
        collocations=frozenset((first, second) for first, second in pairs),
        starters=frozenset(content["starters"].split()),
        orthography={
            word: int(flags) for flags, words in content["orthography"].items() for word in words.split()
        },
    )


@lru_cache(maxsize=1)
def tokenizer() -> PunktSentenceTokenizer:
    """NLTK's Punkt with our parameters, made on first use."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    data = read_parameters()
    parameters = PunktParameters()
    parameters.abbrev_types = set(data.abbreviations)
    parameters.collocations = set(data.collocations)
    parameters.sent_starters = set(data.starters)
    parameters.ortho_context = _Orthography(data.orthography)
    return PunktSentenceTokenizer(parameters)


@lru_cache(maxsize=65_536)
def breaks_between(word: str, following: str) -> bool:
    """Whether Punkt ends a sentence after ``word`` (with its full stop) before ``following``."""
    return sum(1 for _ in tokenizer().sentences_from_tokens([word, following])) > 1
