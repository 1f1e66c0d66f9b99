"""German spelling: folding variants together and cutting a sentence into words with offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

SOFT_HYPHENS = "\u00ad\u200b\u2060\ufeff"
_HYPHENS = "\u2010\u2011\\-"
_LETTER = r"[^\W\d_]"
_SOFT = f"[{SOFT_HYPHENS}]"
# A word: letters and digits; hyphens and apostrophes inside; gender marks (Politiker*innen, Politiker/-innen,
# Abgeordnete:r, Bürger(innen)); a hyphen at the edge stays with the word, because it marks an ellipsis.
_WORD = re.compile(
    rf"(?:(?<![\w])[{_HYPHENS}](?={_LETTER}))?"
    rf"[^\W_](?:[^\W_]|{_SOFT})*"
    rf"(?:(?:[{_HYPHENS}'’][^\W_]|[*:_·]{_LETTER}|/[{_HYPHENS}]?in(?:nen)?\b|\(in(?:nen)?\))"
    rf"(?:[^\W_]|{_SOFT})*)*"
    rf"(?:[{_HYPHENS}](?!\w))?"
)
_GENDER_COLON = re.compile(r"[:·](?!in(?:nen)?|[rns]\b)", re.IGNORECASE)
_SILENT = re.compile(rf"[{SOFT_HYPHENS}{_HYPHENS}*:_·/()’']")
_NO_SOFT_HYPHENS = dict.fromkeys(map(ord, SOFT_HYPHENS))
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ê": "e", "á": "a"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: its span, its text without soft hyphens, and its folded key."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter (or a digit)."""
        return not self.text.lstrip("-")[:1].islower()


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: for lists of words in the code."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Fold what German spells in several ways into one key.

    Case, umlauts and their digraphs (ä/ae), ß/ss, hyphens, soft hyphens, gender marks and apostrophes.
    """
    text = text.lower()
    if not text.isalpha():
        text = _SILENT.sub("", text)
    return text if text.isascii() else text.translate(_FOLDED)


def words(text: str) -> tuple[Token, ...]:
    """Cut a sentence into words, in order; offsets are those of `text`."""
    tokens = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        raw = match.group()
        if ":" in raw or "·" in raw:
            # "Regierung:nein" is two words, "Politiker:innen" one.
            cut = _GENDER_COLON.search(raw)
            if cut:
                for part in _WORD.finditer(text[start:end].replace(":", " ").replace("·", " ")):
                    tokens.append(_token(start + part.start(), start + part.end(), part.group()))
                continue
        tokens.append(_token(start, end, raw))
    return tuple(tokens)


def _token(start: int, end: int, raw: str) -> Token:
    text = without_soft_hyphens(raw)
    return Token(start, end, text, fold(text))


def without_soft_hyphens(text: str) -> str:
    """Remove the marks of possible line breaks, which are no letters."""
    return text if text.isascii() else text.translate(_NO_SOFT_HYPHENS)


def key_offsets(raw: str) -> tuple[str, list[int]]:
    """Return the folded key of a word and, for each letter of the key and its end, the offset in `raw`."""
    key: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(raw):
        folded = fold(letter)
        key.append(folded)
        offsets.extend([offset] * len(folded))
    return "".join(key), [*offsets, len(raw)]


def shouted(tokens: tuple[Token, ...]) -> bool:
    """Whether a sentence is set in capitals throughout, as headlines sometimes are."""
    letters = [token.text for token in tokens if token.text[:1].isalpha()]
    if not letters:
        return False
    loud = sum(text.isupper() for text in letters)
    return (
        loud == len(letters)
        and (len(letters) > 1 or len(letters[0]) > 6)
        and any(len(t) > 4 for t in letters)
    )


def is_initialism(word: str) -> bool:
    """Whether a word is an abbreviation whose capitals matter: EU, BVerfG, MdB, AfD."""
    return sum(letter.isupper() for letter in word) >= 2 and "-" not in word
