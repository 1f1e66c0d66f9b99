"""Learn from plain German sentences which words keep company with political terms.

    nice -n 19 python -m glossary.company.learning FOLDER > glossary/company/weights.tsv

FOLDER holds the texts (`glossary.company.sources`). Each sentence is an example with a term or without
(`glossary.company.examples`). The weight of a word is learnt in two steps: what the words it stands with tell
(`glossary.company.vectors`), so that rare words get a weight, too; and what its own sentences tell beyond
that, the more of them there are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from glossary.company.examples import Example, examples
from glossary.company.regression import Floats, Table, by_vectors, by_words
from glossary.company.sources import lines
from glossary.company.vectors import vectors
from glossary.loading import load_glossary

LEAST_SEEN = 4
_HOLD = 20.0
_LEAST_WEIGHT = 0.08
_TESTED = 20


def learn(marked: Sequence[Example]) -> dict[str, float]:
    """Weights (log-odds) by feature, both answers counting alike.

    The sum starts at 0, so that a sentence of which nothing is known speaks neither for nor against.
    ValueError if there are no examples of one of the two answers.
    """
    answers = np.array([each.term for each in marked], dtype=np.float64)
    counting = np.array([each.weight for each in marked], dtype=np.float64)
    yes, no = float(counting @ answers), float(counting @ (1 - answers))
    if not yes or not no:
        raise ValueError("sentences with terms and sentences without are needed: add text of the other kind")
    counting *= np.where(answers > 0, (yes + no) / (2 * yes), (yes + no) / (2 * no))
    table = Table([each.features for each in marked], LEAST_SEEN)
    start = by_vectors(table, answers, counting, vectors(table))
    weights = by_words(table, answers, counting, start, _HOLD)
    return dict(zip(table.names, weights.tolist(), strict=True))


def lines_of_table(weights: Mapping[str, float]) -> Iterator[str]:
    """The lines of the weights file: features that weigh little are left out."""
    yield "# Feature and log-odds in hundredths; made by python -m glossary.company.learning, not by hand."
    for feature, weight in sorted(weights.items()):
        if abs(weight) >= _LEAST_WEIGHT:
            yield f"{feature}\t{round(weight * 100)}"


def right(weights: Mapping[str, float], marked: Sequence[Example]) -> Floats:
    """For each example, whether its weights tell rightly if a term stood in it (1 or 0)."""
    sums = [sum(weights.get(feature, 0.0) for feature in each.features) for each in marked]
    return np.array(
        [(total > 0) == each.term for total, each in zip(sums, marked, strict=True)], dtype=np.float64
    )


def main() -> None:
    """Read the folder named on the command line; write the weights to standard output."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m glossary.company.learning FOLDER > glossary/company/weights.tsv")
    marked = list(examples(lines(Path(sys.argv[1])), load_glossary()))
    yes = sum(each.term for each in marked)
    print(f"{yes:,} sentences with and {len(marked) - yes:,} without a term", file=sys.stderr)
    held = marked[::_TESTED]
    tried = learn([each for place, each in enumerate(marked) if place % _TESTED])
    for kind, term in (("with", True), ("without", False)):
        found = right(tried, [each for each in held if each.term is term])
        print(f"held out: right on {found.mean():.3f} of {len(found):,} {kind}", file=sys.stderr)
    print("\n".join(lines_of_table(learn(marked))))


if __name__ == "__main__":
    main()
