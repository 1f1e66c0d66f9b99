"""One word of a sentence explained: analysis and lexicon joined."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from models.lexicon.analysis import SentenceAnalysis, Word, analyse_sentence
from models.lexicon.compounds import CompoundSplitter, seams_of
from models.lexicon.genders import gender_by_ending, plural_only
from models.lexicon.refining import without_halves
from models.lexicon.store import Lexicon
from models.lexicon.tagging import Tagger
from models.lexicon.tokens import Token
from models.lexicon.values import Entry, Gender, Part, WordInfo
from models.lexicon.verbs import principal_parts, separable_prefix

_RARE: Final = 6
_WELL_KNOWN: Final = 300  # occurrences of words that stay German in English, but are no names: Bundesrat


def _is_personal(entry: Entry) -> bool:
    """Return whether a word is likely the name of a person: rare, and with no English but itself."""
    itself = [rendering.english for rendering in entry.translations[:1]] == [entry.lemma]
    return itself and entry.count < _WELL_KNOWN


class WordExplainer:
    """Explains words of German sentences. Loads HanTa and the lexicon at the first question; thread-safe."""

    def __init__(self, lexicon: Lexicon | None = None, tagger: Tagger | None = None) -> None:
        self.lexicon = lexicon or Lexicon()
        self.tagger = tagger or Tagger()
        self._splitter = CompoundSplitter(self.lexicon.count, self._seams, self._is_name)
        self.analyse = lru_cache(maxsize=64)(self._analyse)
        self._pieces = lru_cache(maxsize=4096)(self._splitter.split)

    def _analyse(self, sentence: str) -> SentenceAnalysis:
        """Return every word of a sentence with its lemma; kept for the latest sentences."""
        return analyse_sentence(sentence, self.tagger, self.lexicon.count, self.lexicon.irregular)

    def explain(self, sentence: str, position: int) -> WordInfo | None:
        """Return what is known of the word at a character position, or None if there is no word."""
        analysis = self.analyse(sentence)
        for token, word in zip(analysis.tokens, analysis.words, strict=True):
            if word is not None and token.start <= position < token.end:
                return self._info(analysis.tokens, word)
        return None

    def explain_all(self, sentence: str) -> tuple[WordInfo, ...]:
        """Return all words of a sentence in order, a split verb once, at its first part."""
        analysis = self.analyse(sentence)
        words = dict.fromkeys(word for word in analysis.words if word is not None)
        return tuple(self._info(analysis.tokens, word) for word in words)

    def explain_part(self, info: WordInfo, number: int) -> WordInfo | None:
        """Return what is known of one part of a word, as a word of its own; None if the lexicon lacks it."""
        part = info.parts[number] if 0 <= number < len(info.parts) else None
        if part is None or part.entry is None:
            return None
        entry = part.entry
        return WordInfo(
            form=part.lemma,
            spans=((part.start, part.end),),
            lemma=entry.lemma,
            pos=entry.pos,
            gender=entry.gender,
            plural=entry.plural,
            principal=principal_parts(entry.lemma) if entry.pos == "verb" else "",
            prefix=separable_prefix(entry.lemma) if entry.pos == "verb" else "",
            contraction="",
            band=entry.band,
            parts=(),
            entry=entry,
            known=bool(entry.translations),
        )

    def places(self, lemma: str, sentence: str) -> tuple[tuple[int, int], ...]:
        """Return where a lemma stands in a sentence, as a word (a split verb twice) or in a compound."""
        found: list[tuple[int, int]] = []
        for info in self.explain_all(sentence):
            if info.lemma.casefold() == lemma.casefold():
                found += info.spans
            else:
                found += [(part.start, part.end) for part in info.parts if part.lemma == lemma]
        return tuple(sorted(found))

    def _info(self, tokens: tuple[Token, ...], word: Word) -> WordInfo:
        first = tokens[word.tokens[0]]
        entry = self.lexicon.look_up(word.lemma, word.pos)
        starred = re.fullmatch(r"(.+)[*:]in", word.lemma)
        if starred:
            entry = self.lexicon.look_up(starred[1], "noun")
        if entry is None and word.pos in {"adjective", "adverb"}:
            entry = self.lexicon.look_up(word.lemma)
        if entry is not None and {entry.pos, word.pos} & {"noun", "verb"} and entry.pos != word.pos:
            entry = entry if {entry.pos, word.pos} <= {"noun", "name"} else None
        if word.tag == "NNI" and not (entry and entry.translations):
            entry = self.lexicon.look_up(word.lemma.lower(), "verb") or entry
        # The parts of a name say nothing of whom it names: Rossmann.
        named = entry is not None and _is_personal(entry)
        parts = () if named else self._parts(first, word)
        entry = without_halves(entry, parts) if entry else None
        if word.pos == "verb" and not (entry and entry.translations):
            parts = self._verb_parts(tokens, word)
        gender, plural = self._noun_facts(word, entry, parts)
        return WordInfo(
            form=" … ".join(tokens[number].text for number in sorted(word.tokens)),
            spans=tuple((tokens[number].start, tokens[number].end) for number in sorted(word.tokens)),
            lemma=word.lemma,
            pos=word.pos,
            gender=gender,
            plural=plural,
            principal=principal_parts(word.lemma) if word.pos == "verb" else "",
            prefix=separable_prefix(word.lemma) if word.pos == "verb" else "",
            contraction=word.contraction,
            band=entry.band if entry else _RARE,
            parts=parts,
            entry=entry,
            known=bool(entry and entry.translations)
            or (len(parts) > 1 and all(part.entry and part.entry.translations for part in parts))
            or (word.pos == "verb" and bool(parts)),
        )

    def _noun_facts(self, word: Word, entry: Entry | None, parts: tuple[Part, ...]) -> tuple[Gender, str]:
        """Return gender and plural: of the entry, else of the last part, else by the ending."""
        if word.pos != "noun":
            return "", ""
        if re.search(r"[*:]in$", word.lemma):
            return "mf", word.lemma + "nen"
        if word.tag == "NNA" and word.lemma.endswith("e") and (entry is None or not entry.gender):
            return "mf", word.lemma + "n"
        head = parts[-1].entry if parts else None
        # A compound has the gender of its head, which is the surer the more often it was seen.
        surer = head is not None and entry is not None and head.count > entry.count and entry.gender != "pl"
        if entry and entry.gender and not (surer and head and head.gender in {"m", "f", "n"}):
            return entry.gender, entry.plural
        if entry and entry.gender and head:
            return head.gender, entry.plural
        if head and head.gender:
            size = len(head.lemma)
            fits = head.plural and word.lemma.lower().endswith(head.lemma.lower())
            return head.gender, word.lemma[:-size] + head.plural.lower() if fits else ""
        return ("pl", word.lemma) if plural_only(word.lemma) else (gender_by_ending(word.lemma), "")

    def _parts(self, token: Token, word: Word) -> tuple[Part, ...]:
        if word.pos not in {"noun", "adjective"} or len(word.tokens) > 1:
            return ()
        parts = self.parts_of(word.lemma)
        return tuple(
            replace(
                part,
                start=token.start + part.start,
                end=token.end if part is parts[-1] else min(token.start + part.end, token.end),
            )
            for part in parts
        )

    def parts_of(self, lemma: str) -> tuple[Part, ...]:
        """Return the parts of the lemma of a noun or adjective, with their spans in it; () if it has none."""
        return tuple(
            Part(piece.start, piece.end, piece.lemma, self._part_entry(piece.lemma))
            for piece in self._pieces(lemma)
        )

    def _verb_parts(self, tokens: tuple[Token, ...], word: Word) -> tuple[Part, ...]:
        """Return prefix and base of a separable verb that the lexicon does not translate."""
        prefix = separable_prefix(word.lemma)
        base = self.lexicon.look_up(word.lemma[len(prefix) :], "verb") if prefix else None
        if base is None:
            return ()
        spans = [(tokens[number].start, tokens[number].end) for number in reversed(word.tokens)]
        if len(spans) == 1:
            start, end = spans[0]
            if end - start <= len(prefix):
                return ()
            spans = [(start, start + len(prefix)), (start + len(prefix), end)]
        return (
            Part(*spans[0], prefix, self._prefix_entry(prefix)),
            Part(*spans[1], base.lemma, base),
        )

    def _prefix_entry(self, prefix: str) -> Entry | None:
        entry = self.lexicon.look_up(prefix, "adverb")
        # The article is no prefix: einschieben.
        return entry if entry and entry.pos in {"adverb", "preposition"} else None

    def _part_entry(self, lemma: str) -> Entry | None:
        entry = self.lexicon.look_up(lemma)
        return (
            entry
            or self.lexicon.look_up(lemma.strip("-"))
            or self.lexicon.look_up(lemma.strip("-").capitalize())
            or (
                self.lexicon.look_up(lemma.strip("-").removesuffix("s"))
                if lemma.endswith(("s", "s-"))
                else None
            )
        )

    def _is_name(self, lemma: str) -> bool:
        entry = self.lexicon.look_up(lemma)
        return entry is not None and entry.pos == "name"

    def _seams(self, word: str) -> frozenset[int]:
        """Return where HanTa sees stems end in a noun or adjective."""
        morphemes = self.tagger.analyse(word, "NN").morphemes
        return seams_of(morphemes)
