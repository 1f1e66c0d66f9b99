"""Measures whether a package obeys: terms wanted and found in its English, with annotation and without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.packages import Package
from models.training.extras import library
from models.training.lemmas import Lemmas
from models.training.terms import TermSentence
from models.translation.annotating import Telling, annotated
from models.translation.decoding import Decoder
from models.translation.engine import Translator
from models.translation.omissions import ContentWords, content_words
from models.translation.pieces import Tokenizer

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class TermResult:
    """Shares of terms found (exactly as wanted; in any form), and BLEU and chrF, of one way to translate."""

    terms: int
    exact: float
    any_form: float
    bleu: float
    chrf: float


def annotate_pieces(sentence: TermSentence, tokenizer: Tokenizer) -> list[str]:
    """Return the pieces of a sentence with its terms annotated, as the reader does it."""
    pieces = tokenizer.encode(sentence.german)
    tellings = [Telling((start, end), english) for start, end, english in sentence.terms]
    given = annotated(sentence.german, pieces, tellings, tokenizer)
    return given.pieces if given else pieces


def has_term(english: str, wanted: str, lemmas: Lemmas) -> bool:
    """Whether a text has the wanted expression in some form (stopped for stop, Policies for policy)."""
    words = [_forms(word, lemmas) for word in _WORD.findall(english)]
    parts = [_forms(word, lemmas) for word in _WORD.findall(wanted)]
    return bool(parts) and any(
        all(part & word for part, word in zip(parts, words[start : start + len(parts)], strict=True))
        for start in range(len(words) - len(parts) + 1)
    )


def _forms(word: str, lemmas: Lemmas) -> set[str]:
    low = word.casefold()
    return {low, lemmas.noun(low), lemmas.verb(low)}


def term_test(package: Package, sentences: Sequence[TermSentence], lemmas: Lemmas) -> dict[str, TermResult]:
    """Translate the sentences twice and compare: {"plain": …, "annotated": …}; decoded as the reader does."""
    translator = Translator(package)
    tokenizer, decoder = translator.load()
    ways = {
        "plain": [tokenizer.encode(one.german) for one in sentences],
        "annotated": [annotate_pieces(one, tokenizer) for one in sentences],
    }
    words = [
        content_words(one.german, plain) if translator.has_alignment_head else ()
        for one, plain in zip(sentences, ways["plain"], strict=True)
    ]
    return {
        name: _result(pieces, words, sentences, lemmas, tokenizer, decoder) for name, pieces in ways.items()
    }


def _result(
    sources: list[list[str]],
    words: list[ContentWords],
    sentences: Sequence[TermSentence],
    lemmas: Lemmas,
    tokenizer: Tokenizer,
    decoder: Decoder,
) -> TermResult:
    metrics: Any = library("sacrebleu.metrics")
    english = []
    for start in range(0, len(sources), 64):
        for pending in decoder.submit(sources[start : start + 64], words[start : start + 64]):
            done = decoder.collect(pending)
            english.append(tokenizer.decode(done.hypotheses[0][0]) if done.hypotheses else "")
    wanted = [(text, term[2]) for text, one in zip(english, sentences, strict=True) for term in one.terms]
    exact = sum(bool(re.search(rf"\b{re.escape(term)}\b", text, re.I)) for text, term in wanted)
    found = sum(has_term(text, term, lemmas) for text, term in wanted)
    references = [[one.reference for one in sentences]]
    return TermResult(
        len(wanted),
        round(exact / len(wanted), 4),
        round(found / len(wanted), 4),
        round(metrics.BLEU().corpus_score(english, references).score, 2),
        round(metrics.CHRF().corpus_score(english, references).score, 2),
    )
