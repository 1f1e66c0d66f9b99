"""What a literal line consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]

GlossSource = Literal["sentence", "term", "grammar", "lexicon", "parts", "kept", "linked", "verb", "none"]
"""Where a gloss comes from.

`sentence`: the translation has it at this place, and the lexicon knows the pair; `term`: the glossary;
`grammar`: the table of function words and the rules for articles and auxiliaries; `lexicon`: the usual
translation; `parts`: a compound by its parts; `kept`: names and numbers; `linked`: only the translation
has it, the lexicon knows nothing of the word; `verb`: a separated prefix, glossed at its verb; `none`: there
is no gloss.
"""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A German word with its English at this place.

    `start`, `end`: its characters in the sentence; `before` and `after` are the marks that stand there
    without a space; `english` is "" for a separated prefix and where nothing is known; `partner`
    is where the other part of a split verb stands.
    """

    start: int
    end: int
    german: str
    english: str
    source: GlossSource
    partner: Span | None = None
    before: str = ""
    after: str = ""
