"""Names that did not come through.

German writes every noun with a capital, so a name is told from a noun by the lexicon: a word whose own
translations are names, or an unknown word that follows a first name or a title ("Herr", "Ministerin").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from models.lexicon import Lexicon
from models.lexicon.closed import closed_reading
from models.quality.links import linked
from models.quality.values import QualityWarning, Span
from models.translation import Translation

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_TITLE: Final = re.compile(
    r"(?:Herrn?|Frau|Dr\.|Prof\.|Kolleg(?:e|en|in)|Abgeordneten?|\w*[Mm]inister(?:s|in)?|\w*[Pp]räsident(?:en|in)?"
    r"|\w*[Kk]anzler(?:s|in)?|\w*[Ss]precher(?:s|in)?|\w*[Cc]hef(?:s|in)?|General|Oberst)"
)
_CLEAR: Final = 0.9  # share of a name's translations that are names
_KNOWN: Final = 5  # occurrences from which the lexicon's word counts
_FIRST: Final = 20  # ... at the beginning of a sentence
_RIVAL: Final = 0.1  # a noun of the same form this frequent, and the word may be that noun
_STEM: Final = 5  # letters in which a name and its adjective agree: Belgium, Belgian
_SHORTEST: Final = 3
# Letters that transcriptions of one name write in different ways, for telling Selenskyj and Zelensky alike.
_ALIKE: Final = (
    ("tsch", "c"), ("dsch", "j"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("zh", "s"),
    ("kh", "c"), ("ph", "f"), ("th", "t"), ("ck", "c"), ("tz", "s"), ("ts", "s"), ("qu", "c"), ("x", "cs"),
    ("k", "c"), ("q", "c"), ("z", "s"), ("w", "v"), ("dj", "j"),
)  # fmt: skip
_VOWELS: Final = re.compile(r"[aeiouyjh']")


@dataclass(frozen=True, slots=True)
class _Name:
    span: Span
    text: str
    english: tuple[str, ...]
    """Ways to say it, any of which will do; stems."""


class Names:
    """Finds the names of German sentences in their English. Opens the lexicon at the first capital."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def warnings(self, translation: Translation) -> list[QualityWarning]:
        """Return a warning for each name of the German that the English lacks."""
        english = translation.english
        plain = _folded(english)
        keys = {_skeleton(word) for word in _words_of(english)}
        found = []
        seen: set[str] = set()
        for name in self._names(translation.source):
            if name.text in seen or _survives(name, plain, keys):
                continue
            seen.add(name.text)
            message = f"The German has the name “{name.text}”; the English does not."
            found.append(QualityWarning("name", (name.span,), linked(translation, name.span), message))
        return found

    def is_name(self, word: str) -> bool:
        """Whether the lexicon takes a German word for a name."""
        return bool(self._renderings(word))

    def _names(self, german: str) -> Iterator[_Name]:
        before: re.Match[str] | None = None
        after_name = False
        for match in _WORD.finditer(german):
            word = match.group()
            short = len(word) < _SHORTEST and not (word.isupper() and len(word) == 2)
            if short or not word[0].isupper():
                before, after_name = match, False
                continue
            first = (
                not german[: match.start()].strip(" „“\"»'‚(–-*•")
                or german[: match.start()].rstrip()[-1:] in ".!?:"
            )
            gap = german[before.end() : match.start()] if before else ""
            title = bool(before and gap in (" ", ". ") and _TITLE.fullmatch(before.group() + gap.strip()))
            renderings = self._renderings(word)
            if renderings and not (first and self._is_common(word)):
                yield _Name(match.span(), word, (*renderings, word, _stem(word)))
                after_name = self._is_first_name(word, renderings)
            elif (title or (after_name and gap == " ")) and self._is_unknown(word):
                yield _Name(match.span(), word, (word, _stem(word)))
                after_name = True
            else:
                after_name = False
            before = match

    def _renderings(self, word: str) -> tuple[str, ...]:
        """The English of a name as the lexicon and our list have it, or () if it is no sure name."""
        if closed_reading(word) and not word.isupper():
            return ()
        for form in dict.fromkeys((word, _stem(word))):
            if self._lexicon.count(word.lower()) > self._lexicon.count(word):
                return ()
            if form in _exonyms():
                return tuple(way for way in _exonyms()[form] if way != "-")
            if form != word and self._lexicon.count(word):
                break  # Reis is no genitive
            entry = self._lexicon.look_up(form, "name")
            if entry is None or entry.pos != "name" or entry.count < _KNOWN or not entry.translations:
                continue
            capital = sum(r.share for r in entry.translations if r.english[:1].isupper())
            if capital < _CLEAR * sum(r.share for r in entry.translations):
                continue
            noun = self._lexicon.look_up(form, "noun")
            if noun and noun.pos == "noun" and noun.count >= _RIVAL * entry.count:
                continue
            best = entry.translations[0].english
            if _skeleton(best) != _skeleton(form) and entry.translations[0].count < 5:
                continue
            return tuple(r.english for r in entry.translations)
        return ()

    def _is_common(self, word: str) -> bool:
        """Whether a word that opens a sentence may owe its capital to that."""
        low = word.lower()
        return (
            bool(self._lexicon.count(low) or self._lexicon.count(low + "en"))
            or self._lexicon.count(word) < _FIRST
        )

    def _is_first_name(self, word: str, renderings: tuple[str, ...]) -> bool:
        return not word.isupper() and word not in _exonyms() and _skeleton(renderings[0]) == _skeleton(word)

    def _is_unknown(self, word: str) -> bool:
        found = (self._lexicon.look_up(form) for form in base_forms(word))
        return all(entry is None or entry.pos == "name" for entry in found)


def base_forms(word: str) -> Iterator[str]:
    """Yield a word and what it may be a form of: Männer, Mann."""
    yield word
    yield word.lower()
    for ending in ("s", "es", "n", "en", "e", "er", "ern"):
        if word.endswith(ending) and len(word) > len(ending) + _SHORTEST - 1:
            base = word.removesuffix(ending)
            yield base
            yield base.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def _survives(name: _Name, plain: str, keys: set[str]) -> bool:
    for way in name.english:
        stems = [_folded(part)[: max(_STEM, len(part) - 3)] for part in way.split() if len(part) > 1]
        if stems and all(re.search(rf"\b{re.escape(stem)}", plain) for stem in stems):
            return True
        if len(way) >= _STEM and _skeleton(way) in keys:
            return True
    return False


def _stem(word: str) -> str:
    """The name without its genitive."""
    return re.sub(r"(?:['’]?s|['’])$", "", word) if len(word) > _SHORTEST else word


def _words_of(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        yield re.sub(r"['’]s$", "", match.group())


def _folded(text: str) -> str:
    """Lower case without accents: Erdoğan, Erdogan; Müller, Mueller."""
    text = (
        text.casefold()
        .replace("ä", "ae")
        .replace("ö", "oe")
        .replace("ü", "ue")
        .replace("ı", "i")
        .replace("ł", "l")
    )
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return text.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("ø", "o").replace("æ", "a")


@cache
def _skeleton(word: str) -> str:
    """The consonants of a name, transcriptions made alike."""
    text = _folded(word)
    for old, new in _ALIKE:
        text = text.replace(old, new)
    first, rest = text[:1], _VOWELS.sub("", text[1:])
    return re.sub(r"(.)\1+", r"\1", ("j" if first == "y" else first) + rest)


@cache
def _exonyms() -> dict[str, tuple[str, ...]]:
    lines = Path(__file__).with_name("names.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {german: tuple(english.split("|")) for german, english in rows}
