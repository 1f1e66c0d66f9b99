"""Sentences as people really paste them: in capitals, without full stop, in ASCII, with typing errors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_ASCII = str.maketrans(
    {"„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_SWISS = str.maketrans({"ß": "ss", "„": "«", "“": "»"})
_ENDS = ".!?…"


def upper(text: str, _chance: np.random.Generator) -> str:
    """All capitals; ß becomes SS."""
    return text.upper()


def title(text: str, _chance: np.random.Generator) -> str:
    """Every word with a capital."""
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


def lower(text: str, _chance: np.random.Generator) -> str:
    """No capitals, as in hurried messages."""
    return text.lower()


def without_stop(text: str, _chance: np.random.Generator) -> str:
    """No final stop."""
    return text.rstrip(_ENDS) or text


def ascii_marks(text: str, _chance: np.random.Generator) -> str:
    """Typewriter quotes, dashes and dots."""
    return text.translate(_ASCII)


def ascii_letters(text: str, _chance: np.random.Generator) -> str:
    """ae, oe, ue and ss."""
    return text.translate(_UMLAUTS)


def swiss(text: str, _chance: np.random.Generator) -> str:
    """Ss for ß and guillemets."""
    return text.translate(_SWISS)


def typing_error(text: str, chance: np.random.Generator) -> str:
    """One or two letters inside words swapped, doubled or left out."""
    for _ in range(int(chance.integers(1, 3))):
        inner = [i for i in range(1, len(text) - 2) if text[i - 1 : i + 3].isalpha()]
        if not inner:
            return text
        i = inner[int(chance.integers(len(inner)))]
        kind = int(chance.integers(3))
        middle = (text[i + 1] + text[i], text[i] * 2 + text[i + 1], text[i + 1])[kind]
        text = text[:i] + middle + text[i + 2 :]
    return text


def broken_line(text: str, chance: np.random.Generator) -> str:
    """A word hyphenated where a line ended and never put together again."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= 9 and word.isalpha()]
    if not long:
        return text
    i = long[int(chance.integers(len(long)))]
    cut = int(chance.integers(3, len(words[i]) - 3))
    words[i] = f"{words[i][:cut]}- {words[i][cut:]}"
    return " ".join(words)


Change = Callable[[str, np.random.Generator], str]
CHANGES: tuple[tuple[float, Change], ...] = (
    (2.0, without_stop),
    (2.0, ascii_marks),
    (1.5, ascii_letters),
    (1.5, typing_error),
    (1.0, title),
    (1.0, upper),
    (0.5, lower),
    (0.5, swiss),
    (0.5, broken_line),
)
_SHARES = np.array([share for share, _ in CHANGES]) / sum(share for share, _ in CHANGES)


def disturb(text: str, chance: np.random.Generator) -> str:
    """Return the text with one of the changes, now and then with two."""
    for number in chance.choice(
        len(CHANGES), size=2 if chance.random() < 0.2 else 1, replace=False, p=_SHARES
    ):
        text = CHANGES[int(number)][1](text, chance)
    return text
