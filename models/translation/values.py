"""The values a translation consists of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A word of the sentence and a word of the English that belong together.

    `source` and `target` are character spans [start, end) in the sentence and in the English text; `weight`
    (0 to 1) is the share of the English word's attention that lies on the German word.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    weight: float


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One English version. `score` is its mean natural log-probability per piece (0 is certain)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Translation:
    """What the model made of one sentence.

    `links` belong to the first hypothesis. With a `problem` the hypotheses are what the model did give, if
    anything, and are not to be shown as English.
    """

    source: str
    hypotheses: tuple[Hypothesis, ...]
    links: tuple[Link, ...]
    problem: str | None

    @property
    def english(self) -> str:
        """The best English, or "" if there is a problem."""
        return self.hypotheses[0].text if self.hypotheses and self.problem is None else ""
