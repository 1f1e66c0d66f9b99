"""Every word of a sentence with lemma and part of speech; separable verbs joined with their prefixes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from models.lexicon.closed import closed_reading
from models.lexicon.lemmas import corrected_lemma
from models.lexicon.tagging import Tagger, pos_of
from models.lexicon.tokens import Token, tokens_of
from models.lexicon.values import Pos
from models.lexicon.verbs import separable_prefixes

Count = Callable[[str], int]
Irregular = Callable[[str, Pos], str]

_OPEN: Final = frozenset({"noun", "name", "verb", "adjective", "adverb", "number"})
_FINITE: Final = ("VV(FIN)", "VV(IMP)", "VA(FIN)", "VM(FIN)")
_CLAUSE_ENDS: Final = frozenset(',.;:?!–—-()“”„"»«…‘’')
_AFTER_PARTICLE: Final = frozenset(["und", "oder", "aber", "sondern", "als", "wie", "bzw", "sowie"])
_SUBORDINATING: Final = frozenset(["KOUS", "KOUI", "KOKOM", "PRELS", "PRELAT", "PWAV", "PWS", "PWAT"])
_SHORTENED: Final = frozenset(["bzw", "usw", "ca", "mio", "mrd"])
_STARRED: Final = re.compile(r"(.+?)([*:])[Ii]n(?:nen)?")  # Politiker*innen
_FURTHEST: Final = 40  # words between a verb and its prefix


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its sentence: its tokens' numbers (verb, prefix if split), lemma, part of speech, tag."""

    tokens: tuple[int, ...]
    lemma: str
    pos: Pos
    tag: str
    contraction: str


@dataclass(frozen=True, slots=True)
class SentenceAnalysis:
    """The tokens of a sentence, and each token's word (None for marks); both parts of a verb share one."""

    tokens: tuple[Token, ...]
    words: tuple[Word | None, ...]


def analyse_sentence(sentence: str, tagger: Tagger, count: Count, irregular: Irregular) -> SentenceAnalysis:
    """Return the words of a sentence. `count` knows lemmas, `irregular` forms that rules get wrong."""
    tokens = tokens_of(sentence)
    tags = tagger.tags(tuple(token.text for token in tokens))
    words: list[Word | None] = []
    for number, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        words.append(
            _word(number, token, tag, tagger, count, irregular, opens=_opens(tokens, number))
            if token.is_word or token.text.isdigit()
            else None
        )
    for verb, particle in _joined(tokens, words, count):
        base = words[verb]
        if base is not None:
            joined = Word((verb, particle), tokens[particle].text.lower() + base.lemma, "verb", base.tag, "")
            words[verb] = words[particle] = joined
    return SentenceAnalysis(tokens, tuple(words))


def _word(
    number: int, token: Token, tag: str, tagger: Tagger, count: Count, irregular: Irregular, *, opens: bool
) -> Word:
    """Return the word of a token; `opens` says whether a sentence or quotation begins with it."""
    form = token.text
    pos = pos_of(tag)
    closed = closed_reading(form)
    if closed and (form[-1] == "." or form.lower() in _SHORTENED):
        return Word((number,), closed.lemma, closed.pos, "XY", closed.contraction)
    star = _STARRED.fullmatch(form)
    if star:
        base = corrected_lemma(star[1], tagger.analyse(star[1], "NN"), count)
        return Word((number,), f"{base}{star[2]}in", "noun", "NN", "")
    if closed and pos not in _OPEN and tag != "PTKVZ":
        return Word(
            (number,), closed.lemma, closed.pos if pos != "particle" else pos, tag, closed.contraction
        )
    if form.startswith(("-", "‐")) or form.isdigit():
        return Word((number,), form, "number" if form.isdigit() else pos, tag, "")
    if pos == "verb" and form[0].isupper() and not opens and tag in _FINITE:
        return Word((number,), form, "name", tag, "")  # Tongchang Ri: verbs have no capital within a sentence
    lemma = (irregular(form, pos) if pos == "noun" else "") or corrected_lemma(
        form, tagger.analyse(form, tag), count
    )
    if (
        pos == "adjective"
        and not opens
        and form[0].isupper()
        and form.lower() == lemma
        and form.endswith("er")
    ):
        lemma = form  # Münchner: of a town, without endings
    if pos == "noun" and not form[0].isupper() and tag != "TRUNC":
        lemma = lemma if not count(form) else form
    return Word((number,), lemma, pos, tag, "")


def _opens(tokens: tuple[Token, ...], number: int) -> bool:
    return not any(token.is_word for token in tokens[:number]) or not tokens[number - 1].is_word


def _joined(tokens: tuple[Token, ...], words: list[Word | None], count: Count) -> list[tuple[int, int]]:
    """Return (verb, prefix) pairs: the prefix ends its clause, the verb is finite and stands before it."""
    found: list[tuple[int, int]] = []
    used: set[int] = set()
    for number, word in enumerate(words):
        if word is None:
            continue
        if number == 0:
            found += _opening(tokens, words, count)
            used |= {verb for verb, _ in found}
            continue
        form = tokens[number].text
        if form not in separable_prefixes() and word.tag != "PTKVZ":
            continue
        after = tokens[number + 1].text if number + 1 < len(tokens) else "."
        ends_clause = after in _CLAUSE_ENDS or after in _AFTER_PARTICLE
        if word.tag != "PTKVZ" and not ends_clause:
            continue
        verb = _verb_for(form, number, tokens, words, used, count, tagged=word.tag == "PTKVZ")
        if verb is not None:
            used.add(verb)
            found.append((verb, number))
    return found


def _opening(tokens: tuple[Token, ...], words: list[Word | None], count: Count) -> list[tuple[int, int]]:
    """Return the pair of "Hinzu kommt": a prefix that opens the sentence before its verb."""
    prefix = tokens[0].text.lower()
    verb = words[1] if len(words) > 1 else None
    if verb is None or verb.tag not in _FINITE or prefix not in separable_prefixes() or len(prefix) < 4:
        return []
    return [(1, 0)] if count(prefix + verb.lemma) else []


def _is_subordinate(verb: int, tokens: tuple[Token, ...], words: list[Word | None]) -> bool:
    """Return whether a verb ends a clause that a conjunction or relative pronoun opens."""
    if verb + 1 < len(tokens) and tokens[verb + 1].text not in _CLAUSE_ENDS | _AFTER_PARTICLE:
        return False
    first = verb
    while first > 0 and tokens[first - 1].text not in _CLAUSE_ENDS:
        first -= 1
    opening = [word.tag for word in words[first : min(first + 2, verb)] if word is not None]
    return any(tag in _SUBORDINATING for tag in opening)


def _verb_for(
    prefix: str,
    number: int,
    tokens: tuple[Token, ...],
    words: list[Word | None],
    used: set[int],
    count: Count,
    *,
    tagged: bool,
) -> int | None:
    """Return the finite verb that a prefix belongs to: known ones first, those that end their clause last."""
    best: tuple[tuple[bool, bool, int], int] | None = None
    for earlier in range(number - 1, max(-1, number - _FURTHEST), -1):
        if tokens[earlier].text in ".;:?!":
            break
        word = words[earlier]
        if word is None or earlier in used or word.tag not in _FINITE:
            continue
        known = count(prefix + word.lemma) > 0
        if not known and (not tagged or word.tag == "VM(FIN)"):
            continue
        rank = (not known, _is_subordinate(earlier, tokens, words), number - earlier)
        if best is None or rank < best[0]:
            best = (rank, earlier)
    return best[1] if best else None
