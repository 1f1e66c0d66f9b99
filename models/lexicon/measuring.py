"""`python -m models.lexicon.measuring GOLD.tsv`: how well words are analysed, on a gold file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.lexicon.explaining import WordExplainer
from models.lexicon.values import WordInfo

MEASURES = ("lemma", "pos", "gender", "parts")


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A word in its sentence with what is right for it; several right answers where there are."""

    section: str
    sentence: str
    start: int
    form: str
    lemma: frozenset[str]
    pos: frozenset[str]
    gender: frozenset[str]
    parts: frozenset[str]


@dataclass(slots=True)
class Score:
    """Right and all per measure, and what went wrong."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    total: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))
    wrong: list[str] = field(default_factory=list)

    def share(self, measure: str) -> float:
        """Return the accuracy of a measure."""
        return self.right[measure] / self.total[measure] if self.total[measure] else 1.0


def read_gold(path: Path) -> Iterator[GoldWord]:
    """Yield the words of a gold file (its format stands at its head)."""
    section = sentence = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
        elif line.startswith("= "):
            sentence = line[2:]
        else:
            columns = line.split("\t")
            if len(columns) != 5:
                raise ValueError(f"{path}:{number}: five columns expected")
            form, _, nth = columns[0].partition("#")
            start = -1
            for _ in range(int(nth or 1)):
                start = _find_word(sentence, form, start + 1)
            yield GoldWord(
                section, sentence, start, form, *(frozenset(column.split("|")) for column in columns[1:])
            )


def _find_word(sentence: str, form: str, start: int) -> int:
    while True:
        start = sentence.index(form, start)
        before = sentence[start - 1 : start]
        after = sentence[start + len(form) : start + len(form) + 1]
        if not before.isalnum() and not after.isalnum():
            return start
        start += 1


def measure(words: list[GoldWord], explainer: WordExplainer) -> Score:
    """Compare what the explainer says with the gold words.

    Gender counts for nouns only. Parts count for gold compounds and for nouns that are none but were split.
    """
    score = Score()
    for word in words:
        info = explainer.explain(word.sentence, word.start)
        got = {"lemma": "", "pos": "", "gender": "", "parts": "-"} if info is None else _answers(info)
        expected = {"lemma": word.lemma, "pos": word.pos, "gender": word.gender, "parts": word.parts}
        for name in MEASURES:
            if (name == "gender" and word.gender == {"-"}) or (
                name == "parts" and "noun" not in word.pos | {info and info.pos}
            ):
                continue
            if name == "parts" and word.parts == {"-"} and got["parts"] == "-":
                continue
            score.total[name] += 1
            if got[name] in expected[name]:
                score.right[name] += 1
            else:
                score.wrong.append(
                    f"{name}: {word.form}: {got[name]}, not {'|'.join(sorted(expected[name]))}"
                )
    return score


def _answers(info: WordInfo) -> dict[str, str]:
    parts = "+".join(part.lemma.rstrip("-") for part in info.parts) or "-"
    return {"lemma": info.lemma, "pos": info.pos, "gender": info.gender, "parts": parts}


def main() -> None:
    """Print accuracies and errors for each section of a gold file."""
    parser = argparse.ArgumentParser(
        prog="python -m models.lexicon.measuring", description="Measure on a gold file."
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--figures", action="store_true", help="do not print what went wrong (held-out gold)")
    given = parser.parse_args()
    words = list(read_gold(given.gold))
    explainer = WordExplainer()
    for section in dict.fromkeys(word.section for word in words):
        chosen = [word for word in words if word.section == section]
        score = measure(chosen, explainer)
        print(
            f"{section}: {len(chosen)} words; "
            + ", ".join(f"{m} {score.share(m):.3f} of {score.total[m]}" for m in MEASURES)
        )
        for line in () if given.figures else score.wrong:
            print("   ", line)


if __name__ == "__main__":
    main()
