"""What the morphology produces: sequences of words under which a term runs in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# capital: a noun or part of a name; free: a small word, or an adjective that names may capitalise;
# lower: a verb or adjective, capitalised only where a sentence begins; exact: an abbreviation.
Case = Literal["capital", "free", "lower", "exact"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a pattern: the folded keys it may have and how it is capitalised."""

    keys: frozenset[str]
    case: Case
    texts: frozenset[str] = frozenset()
    """With case "exact": the spellings allowed."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that stand one after the other.

    `gap`: index of the slot before which up to `gap_words` other words may stand; -1 for none.
    `after`: where not empty, one of these words must stand within the two words before (dem Staate).
    `adjectival`: a noun that could also be an adjective (Grüne, Linke).
    `base`: the slots' keys in the dictionary form, to tell "exact" from "inflected".
    """

    slots: tuple[Slot, ...]
    base: tuple[str, ...]
    gap: int = -1
    gap_words: int = 1
    after: frozenset[str] = frozenset()
    abbreviation: bool = False
    reflexive: bool = False
    adjectival: bool = False


@dataclass(frozen=True, slots=True)
class SplitPattern:
    """A finite verb with the rest of the term later in the clause: setzt ... durch, tritt ... in Kraft.

    `complement`: words that stand together (in Kraft, den Rotstift); `particle`: the separable prefix or "".
    """

    finite: frozenset[str]
    complement: tuple[str, ...]
    particle: str
    reflexive: bool = False


@dataclass(frozen=True, slots=True)
class Forms:
    """All running forms of one term.

    `stems`: folded single-word noun forms that may stand first or inside a compound;
    `endings`: those that may stand last in one.
    """

    patterns: tuple[Pattern, ...]
    splits: tuple[SplitPattern, ...] = ()
    stems: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
