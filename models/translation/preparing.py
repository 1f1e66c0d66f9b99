"""What the model reads instead of a sentence, and how to come back.

Control characters never reach the model. Letters its vocabulary lacks are replaced by their base letters
(Łódź -> Lodz, Erdoğan -> Erdogan), since a small model copies plain names far better than names spelled in
bytes; the English gets the original spelling back. Signs the vocabulary lacks (emoji, words in other scripts)
are taken out and put back. What stands in capitals is written in normal case (casing.py), and so is its
English. Rare abbreviations are written out (abbreviations.py). Every character of the prepared text remembers
where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from models.translation.abbreviations import written_out
from models.translation.casing import Pieces, recased
from models.translation.mending import mends
from models.translation.pieces import Span
from models.translation.rewriting import Edit, edited
from models.translation.spelling import grouped, joined, umlauted
from models.translation.typing_errors import corrected
from models.translation.values import Link
from models.translation.words import is_mark, split_words

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
_LETTERS = re.compile(r"[^\W\d_]+")
# Pieces that our vocabulary reserves for annotating terms; in a reader's text they are only characters.
_RESERVED = re.compile(r"</?t>|<c>")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Text for the model. `spans[i]` is where its i-th character stood in the sentence.

    `names`: (as the model reads it, as it is spelled); `signs`: (position in the prepared text, the sign).
    """

    text: str
    spans: tuple[Span, ...]
    names: tuple[tuple[str, str], ...]
    signs: tuple[tuple[int, str], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the sentence of a span, not empty, in the prepared text."""
        return self.spans[start][0], self.spans[end - 1][1]

    def original(self, links: Sequence[Link]) -> tuple[Link, ...]:
        """Return links from the prepared text as links from the sentence."""
        return tuple(Link(self.span(*link.source), link.target, link.weight) for link in links)

    def inside(self, start: int, end: int) -> Span | None:
        """Return the span in the prepared text of a span in the sentence; None if nothing of it is left."""
        places = [i for i, (first, last) in enumerate(self.spans) if start <= first and last <= end]
        return (places[0], places[-1] + 1) if places else None


def prepare(sentence: str, knows: Callable[[str], bool], pieces: Pieces | None = None) -> Prepared:
    """Prepare a sentence for a vocabulary that `knows` certain characters.

    `pieces` tells how it spells a word, for single words in capitals; without it they stay as they are.
    """
    text, spans = _clean(sentence)
    for rewrite in (grouped, joined, umlauted, partial(recased, pieces=pieces), corrected, written_out):
        new = rewrite(text)
        if new is not None:
            text, spans = new.text, new.through(spans)
    chars: list[str] = []
    kept: list[Span] = []
    signs: list[tuple[int, str]] = []
    origins: list[int] = []  # where in `text` each character of the result stood
    folded: list[tuple[int, int]] = []  # spans in the result that were altered
    for index, (char, span, whole) in enumerate(zip(text, spans, _sign_runs(text, knows), strict=True)):
        if whole is not None:
            if whole:
                signs.append((len(chars), whole))
            continue
        plain = _fold(char, knows)
        if plain != char:
            folded.append((len(chars), len(chars) + len(plain)))
        chars += plain
        kept += [span] * len(plain)
        origins += [index] * len(plain)
    result = "".join(chars)
    names = []
    for word in split_words(result) if folded else ():
        if any(start < word.end and word.start < end for start, end in folded):
            original = text[origins[word.start] : origins[word.end - 1] + 1]
            names.append((result[word.start : word.end], original))
    return Prepared(result, tuple(kept), tuple(dict.fromkeys(names)), tuple(signs))


def clean(sentence: str) -> str:
    """Return the sentence without control characters, with single spaces and composed accents."""
    return _clean(sentence)[0]


def restore(english: str, links: Sequence[Link], prepared: Prepared) -> tuple[str, tuple[Link, ...]]:
    """Put original spellings and signs back into the English and mend it (mending); the links move along.

    A sign from within the sentence comes after the English of the word it followed, or at the end.
    """
    edits: list[Edit] = []
    for plain, original in prepared.names:
        if original not in english:
            pattern = rf"(?<!\w){re.escape(plain)}(?!\w)"
            edits += [(m.start(), m.end(), original) for m in re.finditer(pattern, english)]
    edits += _sign_edits(english, links, prepared)
    edits += mends(prepared.text, english)
    return edited(english, links, edits)


def _clean(sentence: str) -> tuple[str, list[Span]]:
    """Drop control and format characters, make white space single, compose accents; spans as in Prepared."""
    chars: list[str] = []
    spans: list[Span] = []
    for index, char in enumerate(sentence):
        if char.isspace():
            if chars and chars[-1] != " ":
                chars.append(" ")
                spans.append((index, index + 1))
        elif chars and unicodedata.combining(char) and len(_composed(chars[-1], char)) == 1:
            chars[-1], spans[-1] = _composed(chars[-1], char), (spans[-1][0], index + 1)
        elif len(chars) >= 3 and all(map(unicodedata.combining, [*chars[-3:], char])):
            spans[-1] = (spans[-1][0], index + 1)  # no writing piles up more accents; pranks do
        elif char.isprintable() or char == _JOINER or _unnamed(char):
            chars.append(char)
            spans.append((index, index + 1))
    if chars and chars[-1] == " ":
        chars.pop()
        spans.pop()
    return "".join(chars), spans


def _composed(base: str, accent: str) -> str:
    return unicodedata.normalize("NFC", base + accent)


def _unnamed(char: str) -> bool:
    """Whether this is a private sign or one younger than Python's tables: new emoji, but no noncharacter."""
    noncharacter = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return unicodedata.category(char) in ("Co", "Cn") and not noncharacter


def _sign_runs(text: str, knows: Callable[[str], bool]) -> list[str | None]:
    """Return for each character None if the model reads it, the whole sign for its first, "" for others."""
    found: list[str | None] = [None] * len(text)
    foreign = _foreign(text, knows)
    start = -1  # of the run we are in
    for index, char in enumerate(text):
        joiner = char in (_JOINER, _VARIATION)
        sign = index in foreign or (_is_sign(char) and not knows(char))
        if not sign and start >= 0:
            sign = joiner or unicodedata.category(char) in ("Sk", "Mn", "Mc", "Me")
            if not sign:
                found[start] = text[start:index]
                start = -1
        if sign and start < 0:
            start = index
        if sign or joiner:  # a joiner that joins nothing is of no use to anyone
            found[index] = ""
    if start >= 0:
        found[start] = text[start:]
    return found


def _foreign(text: str, knows: Callable[[str], bool]) -> set[int]:
    """Return the places of reserved pieces and of words in scripts the vocabulary lacks."""
    places = {place for match in _RESERVED.finditer(text) for place in range(*match.span())}
    for match in _LETTERS.finditer(text):
        odd = (char for char in match.group() if char.isalpha() and not char.isascii() and not knows(char))
        if any(_fold(char, knows) == char for char in odd):
            places.update(range(*match.span()))
    return places


def _is_sign(char: str) -> bool:
    # Currency and arithmetic signs have words in English and are left to the model, in bytes if need be.
    return ord(char) >= 0x2100 and unicodedata.category(char) in ("So", "Sk", "Co", "Cn")


def _fold(char: str, knows: Callable[[str], bool]) -> str:
    if char.isascii() or not char.isalpha() or knows(char):
        return char
    plain = unicodedata.normalize("NFKD", char.translate(_FOLDS))
    plain = "".join(part for part in plain if not unicodedata.combining(part))
    return plain if plain.isascii() and plain.isalpha() else char


def _sign_edits(english: str, links: Sequence[Link], prepared: Prepared) -> list[Edit]:
    letters = [index for index, char in enumerate(prepared.text) if char.isalpha()]
    first, last = (letters[0], letters[-1]) if letters else (0, -1)
    edits = []
    for position, sign in prepared.signs:
        around = prepared.text[max(0, position - 1) : position + 1]
        apart = len(around) < 2 or " " in around
        if position <= first:
            edits.append((0, 0, f"{sign} " if apart else sign))
            continue
        place = len(english)
        if position > last:  # before as many closing marks as follow it in the German
            marks = sum(map(is_mark, prepared.text[position:]))
            while marks and place and is_mark(english[place - 1]):
                place, marks = place - 1, marks - 1
        else:
            reached = [link for link in links if link.source[0] < position]
            if reached:
                place = max(reached, key=lambda link: (link.source[1], link.weight)).target[1]
        if apart:
            sign = f"{sign} " if english[:place].endswith(" ") else f" {sign}"
        edits.append((place, place, sign))
    return edits
