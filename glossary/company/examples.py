"""What plain sentences tell about company, without anybody marking them.

Where the finder sees a term that has no everyday sense (an entry without rules about its surroundings), that
term is taken out and the rest is an example of political company; a sentence without any hit, less one noun,
is an example of the other. So what is learnt is what is asked afterwards: whether a term is likely in this
gap. Sentences in which only terms stand that may mean something else are left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from glossary.company.scoring import features
from glossary.company.sources import Line
from glossary.finding import TermFinder
from glossary.sentence import sentence
from glossary.terms import Glossary, Term
from glossary.verdicts import overlaps

_LEAST_WORDS = 4
_MOST_WORDS = 110


@dataclass(frozen=True, slots=True)
class Example:
    """The features around a gap, whether a term stood in it, and how much the sentence counts."""

    features: tuple[str, ...]
    term: bool
    weight: float = 1.0


def plain(term: Term) -> bool:
    """Whether the word alone tells that the term is meant: no rule asks for its surroundings."""
    return not any(rule.words or rule.asks_for_company for rule in term.match)


def _without_company(glossary: Glossary) -> Glossary:
    """The glossary without rules on company, else what is learnt would hang on what was learnt before."""
    terms = tuple(
        replace(term, match=tuple(rule for rule in term.match if not rule.asks_for_company))
        for term in glossary.terms
    )
    return replace(glossary, terms=terms)


def examples(lines: Iterable[Line], glossary: Glossary) -> Iterator[Example]:
    """Yield the examples that sentences give: one gap each, always the same one."""
    finder = TermFinder(_without_company(glossary))
    sure = {term.id for term in glossary.terms if plain(term)}
    for line in lines:
        tokens = sentence(line.text).tokens
        if not _LEAST_WORDS <= len(tokens) <= _MOST_WORDS:
            continue
        hits = finder.find(line.text)
        gaps = [hit for hit in hits if hit.term_id in sure]
        if gaps:
            spans = gaps[zlib.crc32(line.text.encode()) % len(gaps)].spans
            words = [token.text for token in tokens if not overlaps(spans, ((token.start, token.end),))]
        elif hits:
            continue
        else:
            words = [token.text for token in tokens]
            nouns = [place for place, token in enumerate(tokens) if token.capital]
            if nouns:
                del words[nouns[zlib.crc32(line.text.encode()) % len(nouns)]]
        found = {feature for word in words for feature in features(word)}
        yield Example(tuple(sorted(found)), bool(gaps), line.weight)
