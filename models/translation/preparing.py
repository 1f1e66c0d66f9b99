"""What the model reads instead of a sentence, and how to come back.

Control characters never reach the model. Letters its vocabulary lacks are replaced by their base letters
(Łódź -> Lodz, Erdoğan -> Erdogan), since a small model copies plain names far better than names spelled in
bytes; the English gets the original spelling back. Signs the vocabulary lacks (emoji) are taken out and put
back. Every character of the prepared text remembers where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.translation.values import Link
from models.translation.words import has_letters, split_words

# Letters without a canonical decomposition.
_FOLDS = str.maketrans(
    {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "ı": "i", "Þ": "Th"}
    | {
        "þ": "th",
        "Æ": "Ae",
        "æ": "ae",
        "Œ": "Oe",
        "œ": "oe",
        "ẞ": "SS",
        "Ħ": "H",
        "ħ": "h",
        "Ŧ": "T",
        "ŧ": "t",
    }
    | {"Ə": "E", "ə": "e", "ŋ": "ng", "Ŋ": "Ng", "Ɓ": "B", "Ɗ": "D", "ĸ": "k"}
)
_JOINER, _VARIATION = "\u200d", "\ufe0f"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Text for the model. `offsets[i]` is where its i-th character stood in the sentence; the last, the end.

    `names`: (as the model reads it, as it is spelled); `signs`: (position in the prepared text, the sign).
    """

    text: str
    offsets: tuple[int, ...]
    names: tuple[tuple[str, str], ...]
    signs: tuple[tuple[int, str], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the sentence of a span in the prepared text."""
        return (self.offsets[start], self.offsets[end - 1] + 1) if end > start else (self.offsets[start],) * 2


def prepare(sentence: str, knows: Callable[[str], bool]) -> Prepared:
    """Prepare a sentence for a vocabulary that `knows` certain characters."""
    text, offsets = _clean(sentence)
    chars: list[str] = []
    kept: list[int] = []
    signs: list[tuple[int, str]] = []
    folded: list[tuple[int, int]] = []  # spans in the result that were altered
    for char, offset, whole in zip(text, offsets, _sign_runs(text, knows), strict=False):
        if whole is not None:
            if whole:
                signs.append((len(chars), whole))
            continue
        plain = _fold(char, knows)
        if plain != char:
            folded.append((len(chars), len(chars) + len(plain)))
        chars += plain
        kept += [offset] * len(plain)
    kept.append(offsets[-1])
    result = "".join(chars)
    names = []
    for word in split_words(result) if folded else ():
        if any(start < word.end and word.start < end for start, end in folded):
            original = text_between(sentence, kept[word.start], kept[word.end - 1] + 1)
            names.append((result[word.start : word.end], original))
    return Prepared(result, tuple(kept), tuple(dict.fromkeys(names)), tuple(signs))


def clean(sentence: str) -> str:
    """Return the sentence without control characters and with single spaces."""
    return _clean(sentence)[0]


def text_between(sentence: str, start: int, end: int) -> str:
    """Return part of a sentence as the reader is to see it: cleaned and composed."""
    return unicodedata.normalize("NFC", clean(sentence[start:end]))


def restore(english: str, links: Sequence[Link], prepared: Prepared) -> tuple[str, tuple[Link, ...]]:
    """Put original spellings and signs back into the English; the links move along.

    A sign from within the sentence comes after the English of the word it followed, or at the end.
    """
    edits: list[tuple[int, int, str]] = []
    for plain, original in prepared.names:
        if original not in english:
            pattern = rf"(?<!\w){re.escape(plain)}(?!\w)"
            edits += [(m.start(), m.end(), original) for m in re.finditer(pattern, english)]
    edits += [_sign_edit(english, links, prepared, position, sign) for position, sign in prepared.signs]
    return _apply(english, links, edits)


def _clean(sentence: str) -> tuple[str, list[int]]:
    """Drop control, format and unassigned characters, make white space single; offsets as in Prepared."""
    chars: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(sentence):
        if char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                offsets.append(index)
        elif char.isprintable() or char == _JOINER or unicodedata.category(char) == "Co":
            chars.append(char)
            offsets.append(index)
    if chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    offsets.append(offsets[-1] + 1 if offsets else 0)
    return "".join(chars), offsets


def _sign_runs(text: str, knows: Callable[[str], bool]) -> list[str | None]:
    """Return for each character None if the model reads it, the whole sign for its first, "" for others."""
    found: list[str | None] = []
    run: list[str] = []
    for index, char in enumerate(text):
        sign = _is_sign(char) and not knows(char)
        joined = bool(run) and (char in (_JOINER, _VARIATION) or unicodedata.category(char) == "Sk")
        if not sign and not joined:
            run = []
            # A joiner that joins nothing is of no use to anyone.
            found.append("" if char in (_JOINER, _VARIATION) else None)
            continue
        found.append("")
        run.append(char)
        found[index - len(run) + 1] = "".join(run)
    return found


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk", "Sm", "Sc", "Co")


def _fold(char: str, knows: Callable[[str], bool]) -> str:
    if char.isascii() or not char.isalpha() or knows(char):
        return char
    plain = unicodedata.normalize("NFKD", char.translate(_FOLDS))
    plain = "".join(part for part in plain if not unicodedata.combining(part))
    return plain if plain.isascii() and plain.isalpha() else char


def _sign_edit(
    english: str, links: Sequence[Link], prepared: Prepared, position: int, sign: str
) -> tuple[int, int, str]:
    before, after = prepared.text[:position], prepared.text[position:]
    spaced = not before or before.endswith(" ") or after.startswith(" ")
    if not has_letters(before):
        return 0, 0, f"{sign} " if spaced or not before else sign
    if has_letters(after):
        reached = [link for link in links if link.source[0] < position]
        if reached:
            place = max(reached, key=lambda link: (link.source[1], link.weight)).target[1]
            return place, place, f" {sign}" if spaced else sign
    return len(english), len(english), f" {sign}" if spaced else sign


def _apply(
    english: str, links: Sequence[Link], edits: Sequence[tuple[int, int, str]]
) -> tuple[str, tuple[Link, ...]]:
    if not edits:
        return english, tuple(links)
    chosen: list[tuple[int, int, str]] = []
    for edit in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if not chosen or edit[0] >= chosen[-1][1]:
            chosen.append(edit)
    parts: list[str] = []
    at = 0
    for start, end, new in chosen:
        parts += [english[at:start], new]
        at = end
    parts.append(english[at:])

    def moved_start(place: int) -> int:
        return place + sum(len(new) - (end - start) for start, end, new in chosen if end <= place)

    def moved_end(place: int) -> int:
        # A sign put in right behind a word is no part of the word.
        changes = (edit for edit in chosen if edit[1] <= place and edit[0] < place)
        return place + sum(len(new) - (end - start) for start, end, new in changes)

    moved = tuple(
        Link(link.source, (moved_start(link.target[0]), moved_end(link.target[1])), link.weight)
        for link in links
    )
    return "".join(parts), moved
