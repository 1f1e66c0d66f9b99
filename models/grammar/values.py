"""What the grammar analysis gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Every kind of note that can come, in the order in which notes of one place are shown.
KINDS: Final = (
    "separable",
    "verb-final",
    "conditional",
    "konjunktiv-1",
    "konjunktiv-2",
    "konjunktiv-2-reported",
    "konjunktiv-formula",
    "passive",
    "impersonal-passive",
    "state-passive",
    "attribute",
    "zu-infinitive",
    "order",
    "dative-verb",
    "genitive",
    "genitive-preposition",
    "genitive-verb",
    "pointer",
    "light-verb",
)


@dataclass(frozen=True, slots=True)
class GrammarNote:
    """One thing that is hard about a sentence.

    `kind` is one of KINDS. `spans` are the characters [start, end) of the words concerned, in order.
    `label` is the short name ("Konjunktiv I"), `explanation` one line of plain English about this sentence,
    which quotes its German words in “ ”. `rewritten` is the German put simply ("durchsetzen"; the extended
    attribute as a relative clause), or "".
    """

    kind: str
    spans: tuple[tuple[int, int], ...]
    label: str
    explanation: str
    rewritten: str = ""
