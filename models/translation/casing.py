"""German in normal case for the model where a sentence stands in capitals, In Title Case or without any.

The model has seen next to nothing but normal case; words in capitals it copies or spells in fragments.
Rewritten are whole sentences, parts set off by a colon, a dash or quotation marks, and single words in
capitals that the vocabulary has no pieces for. Abbreviations, party names, addresses, #tags and @names stay,
and so does every sentence in normal case, byte for byte. Tagger and lexicon are loaded only when one is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from models.lexicon.tokens import Token, tokens_of
from models.translation.pieces import Span
from models.translation.rewriting import Rewritten, needs_lexicon, rewritten
from models.translation.word_case import WordCase, capitalised, is_function_word

Pieces = Callable[[str], Sequence[str]]

_PROTECTED: Final = re.compile(
    r"(?<!\S)\S*(?:://|www\.|[@#])\S*|(?<![\w.-])[\w-]+\.(?:[\w-]+\.)*(?:de|at|ch|eu|com|org|net|info|int)\b\S*",
    re.IGNORECASE,
)
_BORDER: Final = re.compile(r"[:|•]|[„“”\"«»]|(?<=\s)[–—-](?=\s)")
_ENDS: Final = frozenset("!?:…|•")
_OPENERS: Final = frozenset("„“”\"«»‚‘'([¿¡-–—•")
_NEARLY: Final = 0.85  # share of the letters that are capitals
_HEADLINE: Final = 3  # words
_SHORTEST: Final = 4  # letters of a word in capitals that stands alone
LONGEST: Final = 100  # letters of a word; beyond, it is none
_RUN: Final = 4  # words in capitals in a row within a sentence in normal case
_EMPHASISED: Final = 100  # occurrences of a word in normal case that may be emphasised by capitals
_FRAGMENTS: Final = 3  # pieces of a word that the vocabulary spells in fragments
# Polite forms, which are written with a capital anyway.
_POLITE: Final = re.compile(r"Sie|Ihr(?:e[mnrs]?)?|Ihnen")
# Names that are written in capitals, and mean something else in normal case.
_NAMES: Final = re.compile(r"BILD|WELT|ZEIT|SPIEGEL|STERN|FOCUS|LINKEN?|GRÜNEN?|BÜNDNIS")
# German words that are English, too: they do not tell that a sentence is German.
_ALSO_ENGLISH: Final = re.compile(r"in|an|am|so|die|war|was|man|will|also|her|hat")
UMLAUT: Final = re.compile(r"[äöüß]")


@needs_lexicon("A sentence in capitals is")
def recased(text: str, pieces: Pieces | None = None) -> Rewritten | None:
    """Return a German sentence in normal case, or None if it is.

    `pieces` are the vocabulary's pieces of a word; without them single words in capitals stay.
    """
    words = words_of(text)
    new = _capitals(words, text, pieces) or _title(words) or _small(words)
    new = {number: word for number, word in new.items() if word != words[number].text}
    if not new:
        return None
    changed = ((words[number], word) for number, word in sorted(new.items()))
    return rewritten(text, [((token.start, token.end), letters_of(token, word)) for token, word in changed])


@cache
def speller() -> WordCase:
    """Return what knows how words are spelled; one for all."""
    return WordCase()


def words_of(text: str) -> tuple[Token, ...]:
    """Return the words and marks; an address counts as one mark."""
    found: list[Token] = []
    start = 0
    for match in _PROTECTED.finditer(text):
        found += _moved(tokens_of(text[start : match.start()]), start)
        found.append(Token(match.start(), match.end(), match.group()))
        start = match.end()
    return (*found, *_moved(tokens_of(text[start:]), start))


def _moved(tokens: Sequence[Token], by: int) -> list[Token]:
    return [Token(token.start + by, token.end + by, token.text) for token in tokens]


def is_word(token: Token) -> bool:
    """Whether this is a word, and no address or number."""
    return token.is_word and not _PROTECTED.fullmatch(token.text)


def in_capitals(token: Token) -> bool:
    """Whether a word has two letters or more and none of them is small (ß has no capital on keyboards)."""
    letters = [char for char in token.text if char.isalpha()]
    return is_word(token) and len(letters) > 1 and not any(char.islower() and char != "ß" for char in letters)


def _capitals(words: Sequence[Token], text: str, pieces: Pieces | None) -> dict[int, str]:
    """Return the new spelling of words in capitals, by their number."""
    if not any(map(in_capitals, words)):
        return {}
    everything = range(len(words))
    if _is_headline(words, everything):
        return _spelled(words, everything)
    new: dict[int, str] = {}
    parts = _parts(words, text)
    for part in parts:
        if _is_headline(words, part) or (len(parts) > 1 and _is_kicker(words, part)):
            new |= _spelled(words, part)
        else:
            for run in _runs(words, part):
                new |= _spelled(words, run, opens=run[0] == part[0])
    if len(parts) == 1 and _is_kicker(words, everything):
        return _spelled(words, everything)
    return new | _emphasised(words, new, pieces)


def _parts(words: Sequence[Token], text: str) -> list[range]:
    """Return the stretches between colons, bars, dashes and quotation marks."""
    cuts = [
        number for number, word in enumerate(words) if _BORDER.match(text, word.start) and not is_word(word)
    ]
    edges = [-1, *cuts, len(words)]
    stretches = (range(one + 1, other) for one, other in pairwise(edges))
    return [stretch for stretch in stretches if any(is_word(words[number]) for number in stretch)]


def _is_headline(words: Sequence[Token], part: Sequence[int]) -> bool:
    """Whether a stretch is nearly all in capitals, and more than a row of abbreviations."""
    own = [words[number] for number in part if is_word(words[number])]
    large = [word for word in own if in_capitals(word)]
    if len(large) < _HEADLINE:
        return False
    if sum(len(word.text) for word in large) < _NEARLY * sum(len(word.text) for word in own):
        return False
    return sum(_is_ordinary(word.text) for word in large) * 3 >= max(len(large), 4)


def _is_kicker(words: Sequence[Token], part: Sequence[int]) -> bool:
    """Whether a stretch is one or two ordinary words in capitals: EXKLUSIV."""
    own = [words[number] for number in part if is_word(words[number])]
    return (
        0 < len(own) < _HEADLINE
        and all(in_capitals(word) and _is_ordinary(word.text) for word in own)
        and any(len(word.text) >= _SHORTEST for word in own)
        and not any(_NAMES.fullmatch(word.text) for word in own)
    )


def _is_ordinary(word: str) -> bool:
    """Whether a word in capitals is no abbreviation: the lexicon knows it, or it is too long for one."""
    return speller().is_ordinary(word) or (len(word) >= 2 * _SHORTEST and word.replace("-", "").isalpha())


def _runs(words: Sequence[Token], part: Sequence[int]) -> list[list[int]]:
    """Return runs of words in capitals within a stretch in normal case that are more than abbreviations."""
    runs: list[list[int]] = [[]]
    for number in part:
        if is_word(words[number]):
            if in_capitals(words[number]):
                runs[-1].append(number)
            else:
                runs.append([])
    return [run for run in runs if len(run) >= _RUN and _is_headline(words, run)]


def _spelled(words: Sequence[Token], part: Sequence[int], *, opens: bool = True) -> dict[int, str]:
    """Return the words of a stretch as they are spelled, the first of each sentence with a capital."""
    own = [words[number] for number in part]
    new = speller().from_capitals([word.text for word in own])
    spelled = {
        number: word
        for number, old, word in zip(part, own, new, strict=True)
        if in_capitals(old) or (len(old.text) == 1 and old.text.isupper() and old.text != word)
    }
    return _with_openings(words, spelled, opens=opens, first=part[0])


def _with_openings(
    words: Sequence[Token], new: dict[int, str], *, opens: bool, first: int = 0
) -> dict[int, str]:
    done = dict(new)
    for number in range(first, len(words)):
        text = words[number].text
        if is_word(words[number]) or text[0].isdigit():
            if opens and number in new:
                done[number] = capitalised(new[number])
            opens = False
        elif text in _ENDS:
            opens = True
        elif text not in _OPENERS:
            opens = False
    return done


def _emphasised(words: Sequence[Token], done: dict[int, str], pieces: Pieces | None) -> dict[int, str]:
    """Return words in capitals within a sentence in normal case that the vocabulary spells in fragments."""
    if pieces is None:
        return {}
    single = [
        number
        for number, word in enumerate(words)
        if number not in done
        and in_capitals(word)
        and word.text.isalpha()
        and (len(word.text) >= _SHORTEST or (len(word.text) > 2 and is_function_word(word.text)))
        and not _NAMES.fullmatch(word.text)
        and not any(
            in_capitals(other) for other in words[max(0, number - 1) : number + 2] if other is not word
        )
        and len(pieces(word.text)) >= _FRAGMENTS
        and speller().is_ordinary(word.text, _EMPHASISED)
    ]
    if not single:
        return {}
    new = speller().from_capitals([word.text for word in words])
    better = {n: new[n] for n in single if 2 * len(pieces(new[n])) <= len(pieces(words[n].text))}
    return _with_openings(words, better, opens=True)


def _title(words: Sequence[Token]) -> dict[int, str]:
    """Return the words of a heading In Title Case that are small in German."""
    own = [number for number, word in enumerate(words) if is_word(word) and len(word.text) <= LONGEST]
    large = [number for number in own if words[number].text[0].isupper()]
    if len(own) <= _HEADLINE or len(large) < 0.9 * len(own):
        return {}
    inner = [
        number for number in large[1:] if words[number].text[1:].islower() or len(words[number].text) == 1
    ]
    inner = [
        number
        for number in inner
        if words[number].text.isalpha() and not _POLITE.fullmatch(words[number].text)
    ]
    if not any(is_function_word(words[number].text) for number in inner):
        return {}
    spelled = speller().from_capitals([word.text.upper() for word in words])
    new = {number: spelled[number] for number in inner if spelled[number] == words[number].text.lower()}
    if len({*new.values()}) < 2:  # a name such as Der Spiegel
        return {}
    return _with_openings(words, new, opens=True)


def _small(words: Sequence[Token]) -> dict[int, str]:
    """Return the words of a sentence without any capital that are nouns and names."""
    own = [number for number, word in enumerate(words) if is_word(word) and len(word.text) <= LONGEST]
    if len(own) < _HEADLINE or any(char.isupper() for number in own for char in words[number].text):
        return {}
    texts = [words[number].text for number in own]
    german = (is_function_word(text) and not _ALSO_ENGLISH.fullmatch(text) for text in texts)
    if not any(german) and not any(UMLAUT.search(text) for text in texts):
        return {}
    spelled = speller().from_small([word.text for word in words])
    new = {number: spelled[number] for number in own if spelled[number] != words[number].text}
    if not new:  # a fragment without nouns
        return {}
    return _with_openings(words, {number: spelled[number] for number in own}, opens=True)


def letters_of(token: Token, new: str) -> list[tuple[str, Span]]:
    """Return each letter of the new spelling with the span of the old: ß stands for SS, ä for AE."""
    found: list[tuple[str, Span]] = []
    old, first = token.text, token.start
    at = 0
    for char in new:
        both = old[at : at + 2].lower()
        wide = (char == "ß" and both == "ss") or both == {"ä": "ae", "ö": "oe", "ü": "ue"}.get(char.lower())
        size = 2 if wide else 1
        found.append((char, (first + at, first + at + size)))
        at += size
    return found if at == len(old) else [(char, (place, place + 1)) for place, char in enumerate(old, first)]
