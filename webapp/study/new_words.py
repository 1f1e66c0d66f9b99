"""The words and terms of a text that a reader does not know, most useful first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from glossary.finding import Hit
from glossary.verdicts import overlaps
from webapp.study.analyses import StudyWord
from webapp.study.items import Kind, Status
from webapp.study.knowledge import Knowledge, MetWord

_NO_BAND = 7  # terms of several words have none: after the words that are as frequent in the text


@dataclass(frozen=True, slots=True)
class NewWord:
    """A word or term that a reader does not know, with its occurrences in a text."""

    kind: Kind
    key: str
    word: StudyWord | None
    """The word at its first occurrence; None for a term of several words."""
    count: int
    band: int
    """Frequency band, 1 to 6; 7 for a term of several words."""
    status: Status | None
    segment: int
    """Index of the sentence in which it stands first."""
    at: int
    """Character at which it begins there."""


@dataclass(slots=True)
class _Found:
    kind: Kind
    word: StudyWord | None
    status: Status | None
    segment: int
    at: int
    count: int = 0


def new_words(
    sentences: Iterable[tuple[int, Sequence[StudyWord], Sequence[Hit]]], knowledge: Knowledge
) -> tuple[NewWord, ...]:
    """What is new to a reader in some sentences.

    Ordered by use: what comes most often in the text first, among these what is most frequent in German, then
    what comes first. A word that is a glossary term is listed as the term, whose English is the better one;
    it counts as known where the word would. Once saved as a word it is listed as that.

    Args:
        sentences: index, words and terms of each.
        knowledge: what the reader knows.

    """
    found: dict[str, _Found] = {}
    for index, words, hits in sentences:
        met = knowledge.meet(words, hits)
        taken = set()
        for hit in hits:
            inside = [each for each in met if overlaps(hit.spans, each.word.spans)]
            single = inside[0] if len(inside) == 1 and inside[0].word.spans == hit.spans else None
            if single is not None and single.word.key in knowledge.statuses:
                continue  # saved as a word: listed as that
            if single is not None and single.word.band:
                taken.add(single.word.spans)
            status = knowledge.statuses.get(hit.term_id)
            known = status == "known" if status else _assumed(single)
            # A term in a compound is not the word that stands there; that is listed by itself.
            if hit.parent is None and not known and hit.kind != "compound":
                word = single.word if single else None
                _count(found, "term", hit.term_id, word, status, index, hit.spans[0][0])
        for each in met:
            if not each.known and each.word.spans not in taken:
                _count(found, "word", each.word.key, each.word, each.status, index, each.word.spans[0][0])
    listed = [
        NewWord(
            kind=one.kind,
            key=key,
            word=one.word,
            count=one.count,
            band=(one.word.band or _NO_BAND) if one.word else _NO_BAND,
            status=one.status,
            segment=one.segment,
            at=one.at,
        )
        for key, one in found.items()
    ]
    return tuple(sorted(listed, key=lambda new: (-new.count, new.band, new.segment, new.at)))


def _assumed(single: MetWord | None) -> bool:
    """Whether a term may be taken to be known as the word that it is; names that are terms are explained."""
    return single is not None and single.word.band > 0 and single.known


def _count(
    found: dict[str, _Found],
    kind: Kind,
    key: str,
    word: StudyWord | None,
    status: Status | None,
    segment: int,
    at: int,
) -> None:
    if key not in found:
        found[key] = _Found(kind, word, status, segment, at)
    found[key].count += 1
