"""German words left standing in the English."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Final

from models.lexicon import WordExplainer
from models.lexicon.common_nouns import stands_as_common_noun
from models.quality.english_words import english_words
from models.quality.values import QualityWarning, Span
from models.translation import Translation

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
# German words that are no English ones, and stand in names less often than others (von, der).
_FUNCTION_WORDS: Final = """und oder nicht ist sind wird werden wurde wurden auch aber sich haben hatte
    hat dass daß einen einem einer eines mit für auf aus bei nach vor über unter durch gegen ohne dem
    des wie noch nur schon sehr kann können muss müssen soll sollen wenn weil diese dieser dieses diesem
    diesen ihre ihrer ihren ihrem seine seiner seinen seinem wir ich sie uns ihm ihnen zum zur vom beim
    im ins mehr als sowie"""
_FUNCTION: Final = frozenset(_FUNCTION_WORDS.split())
_LOANS: Final = frozenset(["rata", "vehement", "integrative"])  # English that the lexicon has no example of
# Such a share of a word's translations being the word itself makes it a loan.
_LOAN: Final = 0.15
_SHORTEST: Final = 4
_QUOTES: Final = re.compile(r"[“\"„«»‘][^”\"“»«’]{1,120}[”\"“»«’]|\([^)]{1,80}\)")


class Untranslated:
    """Finds German words in the English. The lexicon is asked about words that stand on both sides only."""

    def __init__(self, words: WordExplainer) -> None:
        self._words = words
        self._lock = threading.Lock()
        self._vocabulary: frozenset[str] | None = None

    def warnings(self, translation: Translation) -> list[QualityWarning]:
        """Return one warning that names the German words of the English, if there are any."""
        german, english = translation.source, translation.english
        spans = tuple(self._spans(german, english))
        if not spans:
            return []
        texts = list(dict.fromkeys(english[start:end] for start, end in spans))
        names = ", ".join(f"“{text}”" for text in texts[:4]) + (
            f" and {len(texts) - 4} more" if len(texts) > 4 else ""
        )
        source = _same_words(german, texts)
        verb = "is" if len(texts) == 1 else "are"
        return [QualityWarning("untranslated", source, spans, f"{names} in the English {verb} still German.")]

    def _spans(self, german: str, english: str) -> Iterator[Span]:
        quoted = [match.span() for match in _QUOTES.finditer(english)]
        ours = {match.group(): match for match in reversed(list(_WORD.finditer(german)))}
        low = {word.casefold() for word in ours}
        words = [m for m in _WORD.finditer(english) if not any(a <= m.start() < b for a, b in quoted)]
        functional = {m.start() for m in words if m.group() in _FUNCTION and m.group() in low}
        for match in words:
            word = match.group()
            if match.start() in functional:
                if len(functional) > 1:
                    yield match.span()
            elif len(word) >= _SHORTEST and word in ours and not self._is_english(word):
                if word[0].isupper() and not stands_as_common_noun(german, *ours[word].span()):
                    continue
                if self._is_german(german, ours[word].start(), word):
                    yield match.span()

    def _is_english(self, word: str) -> bool:
        low = word.casefold()
        return low in _LOANS or low in self._english()

    def _english(self) -> frozenset[str]:
        """Every word of the lexicon's translations: what may stand in an English sentence by right."""
        with self._lock:
            if self._vocabulary is None:
                self._vocabulary = english_words(self._words.lexicon.path)
            return self._vocabulary

    def _is_german(self, german: str, position: int, word: str) -> bool:
        """Whether a word of the sentence that the English repeats is one that English has other words for."""
        found = self._words.explain(german, position)
        if found is None or found.pos in ("name", "number", "other") or not found.known:
            return False
        lexicon = self._words.lexicon
        as_name = lexicon.look_up(word, "name")
        if as_name and as_name.pos == "name":
            return False
        if found.translations:
            return not _is_loan(word, found.lemma, [(r.english, r.share) for r in found.translations])
        # A compound: German if its parts are.
        return bool(found.parts) and all(
            part.entry
            and part.entry.translations
            and not _is_loan(part.lemma, part.lemma, [(r.english, r.share) for r in part.entry.translations])
            for part in found.parts
        )


def _is_loan(word: str, lemma: str, translations: list[tuple[str, float]]) -> bool:
    forms = {_plain(word), _plain(lemma)}
    return any(
        share >= _LOAN or len(translations) == 1
        for english, share in translations
        if _plain(english) in forms
        or _plain(english).rstrip("s") in forms
        or any(f in _plain(english).split() for f in forms)
    )


def _plain(word: str) -> str:
    return word.casefold().replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")


def _same_words(german: str, texts: list[str]) -> tuple[Span, ...]:
    wanted = {text.casefold() for text in texts}
    return tuple(m.span() for m in _WORD.finditer(german) if m.group().casefold() in wanted)
