"""Learn from plain German sentences which words keep company with political terms.

    python -m glossary.company.learning POLITICAL MIXED > weights.tsv

Two files, one sentence a line: one of political texts only, one of texts on everything. Nobody marks the
sentences. Where the finder sees a term that has no everyday sense (an entry without rules about its
surroundings), that term is taken out and the rest is an example of political company; a sentence of the
mixed file without any hit, less one noun, is an example of the other. Logistic regression tells the two
apart. So what is learnt is what is asked afterwards: whether a term is likely in this gap.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from glossary.company.scoring import features
from glossary.finding import TermFinder
from glossary.loading import load_glossary
from glossary.sentence import sentence
from glossary.terms import Glossary, Term
from glossary.verdicts import overlaps

Example = tuple[tuple[str, ...], bool]
LEAST_SEEN = 12
_LEAST_WORDS = 4
_PASSES = 4
_RATE = 0.15
_SHRINK = 2e-6
_LEAST_WEIGHT = 0.10


def plain(term: Term) -> bool:
    """Whether the word alone tells that the term is meant: no rule asks for its surroundings."""
    return not any(rule.words or rule.kind in ("company", "good-company") for rule in term.match)


def examples(
    texts: Iterable[str], glossary: Glossary, chance: random.Random, political: bool
) -> Iterator[Example]:
    """Yield the features around a gap and whether a term stood in it.

    Sentences in which only terms stand that may mean something else are left out; so are, of `political`
    texts, those without a term.
    """
    finder = TermFinder(glossary)
    sure = {term.id for term in glossary.terms if plain(term)}
    for text in texts:
        here = sentence(text)
        hits = finder.find(text)
        gaps = [hit for hit in hits if hit.term_id in sure]
        if len(here.tokens) < _LEAST_WORDS or ((hits or political) and not gaps):
            continue
        if gaps:
            gap = chance.choice(gaps)
            words = [t.text for t in here.tokens if not overlaps(gap.spans, ((t.start, t.end),))]
        else:
            words = [token.text for token in here.tokens]
            nouns = [place for place, token in enumerate(here.tokens) if token.capital]
            if nouns:
                del words[chance.choice(nouns)]
        yield tuple(sorted({feature for word in words for feature in features(word)})), bool(gaps)


def learn(marked: list[Example], chance: random.Random) -> dict[str, float]:
    """Weights by feature, both answers counting alike.

    The sum starts at 0, so that a sentence of which nothing is known speaks neither for nor against.
    """
    seen = Counter(feature for found, _ in marked for feature in found)
    known = {feature for feature, count in seen.items() if count >= LEAST_SEEN}
    marked = [(tuple(f for f in found if f in known), term) for found, term in marked]
    yes = sum(term for _, term in marked)
    balance = {True: len(marked) / (2 * max(yes, 1)), False: len(marked) / (2 * max(len(marked) - yes, 1))}
    weights = dict.fromkeys(sorted(known), 0.0)
    for turn in range(_PASSES):
        chance.shuffle(marked)
        rate = _RATE / (1 + turn)
        for found, term in marked:
            total = sum(weights[feature] for feature in found)
            error = (term - _probability(total)) * balance[term] * rate
            for feature in found:
                weights[feature] += error - _SHRINK * weights[feature] / (seen[feature] / len(marked)) * rate
    return weights


def _probability(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def table(weights: Mapping[str, float]) -> Iterator[str]:
    """The lines of the weights file: features that weigh little are left out."""
    yield "# Feature and log-odds in hundredths; made by python -m glossary.company.learning, not by hand."
    for feature, weight in sorted(weights.items()):
        if abs(weight) >= _LEAST_WEIGHT:
            yield f"{feature}\t{round(weight * 100)}"


def main() -> None:
    """Read the two files named on the command line; write the weights to standard output."""
    chance = random.Random(20261122)  # noqa: S311  (no secrets here)
    glossary = load_glossary()
    marked: list[Example] = []
    for name, political in zip(sys.argv[1:3], (True, False), strict=True):
        with Path(name).open(encoding="utf-8") as lines:
            marked += examples(map(str.strip, lines), glossary, chance, political)
    chance.shuffle(marked)
    yes = sum(term for _, term in marked)
    print(f"{yes:,} sentences with and {len(marked) - yes:,} without a term", file=sys.stderr)
    held = marked[::20]
    weights = learn([example for place, example in enumerate(marked) if place % 20], chance)
    right = sum((sum(weights.get(f, 0.0) for f in found) > 0) == term for found, term in held)
    print(f"right on {right / max(len(held), 1):.3f} of {len(held):,} held out", file=sys.stderr)
    print("\n".join(table(weights)))


if __name__ == "__main__":
    main()
