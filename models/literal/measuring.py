"""Measure the literal line on a gold file: python -m models.literal.measuring GOLD [--links]."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.literal.line import LiteralGlosser
from models.literal.values import Gloss

Line = Callable[[str], Sequence[Gloss]]


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence of the gold with the acceptable glosses of each word; `section` is the heading above it."""

    section: str
    german: str
    accepted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A word whose gloss is not among the acceptable ones."""

    section: str
    sentence: str
    german: str
    english: str
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Outcome for a section: how many words there are, and which are wrong."""

    section: str
    words: int
    wrong: tuple[Wrong, ...]

    @property
    def share(self) -> float:
        """Share of the words with an acceptable gloss."""
        return 1 - len(self.wrong) / self.words if self.words else 0.0


def read_gold(path: Path) -> tuple[GoldSentence, ...]:
    """Return the sentences of a gold file (see its heading for the format)."""
    section, german = "", ""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("== "):
            section = line[3:]
        elif line and not line.startswith("#"):
            if not german:
                german = line
            else:
                accepted = tuple(tuple(word.strip().split("/")) for word in line.split(" | "))
                found.append(GoldSentence(section, german, accepted))
                german = ""
    return tuple(found)


def measure(gold: Sequence[GoldSentence], line: Line) -> tuple[Result, ...]:
    """Return the results section by section. ValueError if the gold does not fit the words of a sentence."""
    words: dict[str, int] = {}
    wrong: dict[str, list[Wrong]] = {}
    for sentence in gold:
        glosses = line(sentence.german)
        for gloss, accepted in zip(glosses, sentence.accepted, strict=True):
            words[sentence.section] = words.get(sentence.section, 0) + 1
            shown = gloss.english
            if gloss.source == "verb" and gloss.partner:
                start, end = gloss.partner
                shown = ">" + sentence.german[start:end]
            if shown.lower() not in {each.lower() for each in accepted}:
                one = Wrong(sentence.section, sentence.german, gloss.german, shown, accepted)
                wrong.setdefault(sentence.section, []).append(one)
    return tuple(Result(name, count, tuple(wrong.get(name, ()))) for name, count in words.items())


def _translating(glosser: LiteralGlosser) -> Line:
    from tempfile import mkdtemp

    from models.packages import PackageStore
    from models.translation import Translator

    translator = Translator(PackageStore(Path(mkdtemp())).embedded())

    def line(german: str) -> Sequence[Gloss]:
        [(_, made)] = translator.translate([german])
        return glosser.line(german, made.english, made.links)

    return line


def main() -> None:
    """Print the share of acceptable glosses and list the others."""
    from models.lexicon import WordExplainer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument(
        "--links", action="store_true", help="with the embedded model's translation and links"
    )
    arguments = parser.parse_args()
    glosser = LiteralGlosser(WordExplainer())
    line = _translating(glosser) if arguments.links else glosser.line
    for result in measure(read_gold(arguments.gold), line):
        print(f"{result.section}: {result.share:.3f} of {result.words} words")
        for each in result.wrong:
            print(f"  {each.german} -> {each.english!r}, not {'/'.join(each.accepted)}: {each.sentence}")


if __name__ == "__main__":
    main()
