"""`python -m models.grammar.measuring GOLD.tsv`: precision and recall of the notes, kind by kind."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.grammar.analyser import GrammarAnalyser
from models.grammar.values import KINDS, GrammarNote
from models.lexicon.tokens import Token, tokens_of


@dataclass(frozen=True, slots=True)
class GoldNote:
    """A note that is due: kinds that will do, numbers of the words, whether it may be left out."""

    kinds: frozenset[str]
    words: frozenset[int]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence of the gold file with its section and notes."""

    section: str
    text: str
    notes: tuple[GoldNote, ...]


@dataclass(slots=True)
class Score:
    """Notes per kind: right, wrong (given and not due), missed (due and not given), with the sentences."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def precision(self, kind: str = "") -> float:
        """Return the share of given notes that were due, of a kind or of all."""
        right, wrong = self._sum(self.right, kind), self._sum(self.wrong, kind)
        return right / (right + wrong) if right + wrong else 1.0

    def recall(self, kind: str = "") -> float:
        """Return the share of due notes that were given, of a kind or of all."""
        right, missed = self._sum(self.right, kind), self._sum(self.missed, kind)
        return right / (right + missed) if right + missed else 1.0

    @staticmethod
    def _sum(counts: Counter[str], kind: str) -> int:
        return counts[kind] if kind else counts.total()


def read_gold(path: Path) -> Iterator[GoldSentence]:
    """Yield the sentences of a gold file; its format stands at its head. Raises ValueError with the line."""
    section = text = ""
    notes: list[GoldNote] = []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), "= "], 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            if text:
                yield GoldSentence(section, text, tuple(notes))
                text = ""
            section = line.strip("[]")
        elif line.startswith("= "):
            if text:
                yield GoldSentence(section, text, tuple(notes))
            text, notes = line[2:], []
        else:
            try:
                notes.append(_note(line, text))
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from error


def _note(line: str, sentence: str) -> GoldNote:
    kinds, tab, forms = line.partition("\t")
    names = frozenset(kinds.rstrip("?").split("|"))
    if not tab or not names <= set(KINDS):
        raise ValueError("kind, tab, words expected")
    tokens = tokens_of(sentence)
    words: set[int] = set()
    for form in forms.split():
        first, dots, last = form.partition("..")
        start = _find(tokens, first, 0)
        end = _find(tokens, last, start + 1) if dots else start
        words |= set(range(start, end + 1))
    return GoldNote(names, frozenset(words), kinds.endswith("?"))


def _find(tokens: tuple[Token, ...], form: str, start: int) -> int:
    word, _, nth = form.partition("#")
    places = [n for n in range(start, len(tokens)) if tokens[n].text == word]
    if len(places) < int(nth or 1):
        raise ValueError(f"there is no {form}")
    return places[int(nth or 1) - 1]


def _given(note: GrammarNote, sentence: str) -> Iterator[tuple[str, frozenset[int]]]:
    tokens = tokens_of(sentence)
    words = [
        n for n, t in enumerate(tokens) if any(t.start >= start and t.end <= end for start, end in note.spans)
    ]
    if note.kind == "konjunktiv-1":
        yield from ((note.kind, frozenset([word])) for word in words)
    else:
        yield note.kind, frozenset(words)


def measure(sentences: list[GoldSentence], analyser: GrammarAnalyser) -> Score:
    """Compare the notes of the analyser with those that are due: kind and all words must be the same."""
    score = Score()
    for sentence in sentences:
        due = list(sentence.notes)
        for note in analyser.notes(sentence.text):
            for kind, words in _given(note, sentence.text):
                match = next((gold for gold in due if kind in gold.kinds and gold.words == words), None)
                if match:
                    due.remove(match)
                    score.right[kind] += 1
                else:
                    score.wrong[kind] += 1
                    score.errors.append(f"not due: {kind}: {_show(words, sentence.text)}: {sentence.text}")
        for gold in due:
            if not gold.optional:
                kind = "|".join(sorted(gold.kinds))
                score.missed[kind] += 1
                score.errors.append(f"missed: {kind}: {_show(gold.words, sentence.text)}: {sentence.text}")
    return score


def _show(words: frozenset[int], sentence: str) -> str:
    tokens = tokens_of(sentence)
    return " ".join(tokens[word].text for word in sorted(words))


def main() -> None:
    """Print precision and recall of a gold file's sections, or the notes of a text to judge by hand."""
    parser = argparse.ArgumentParser(
        prog="python -m models.grammar.measuring", description="Measure the grammar notes."
    )
    parser.add_argument("file", type=Path, help="gold file; with an option, text of one sentence a line")
    parser.add_argument("--notes", action="store_true", help="list the notes of all sentences, with counts")
    parser.add_argument("--each", type=int, metavar="N", help="list N notes of each kind, drawn at random")
    arguments = parser.parse_args()
    analyser = GrammarAnalyser()
    if arguments.notes or arguments.each:
        _list(arguments.file, analyser, arguments.each)
        return
    sentences = list(read_gold(arguments.file))
    for section in dict.fromkeys(sentence.section for sentence in sentences):
        chosen = [sentence for sentence in sentences if sentence.section == section]
        score = measure(chosen, analyser)
        print(
            f"{section}: {len(chosen)} sentences,"
            f" precision {score.precision():.3f}, recall {score.recall():.3f}"
        )
        for kind in KINDS:
            counts = score.right[kind], score.wrong[kind], score.missed[kind]
            if any(counts):
                print(f"    {kind:22} right {counts[0]:3} wrong {counts[1]:2} missed {counts[2]:2}")
        for line in score.errors:
            print("   ", line)


def _list(path: Path, analyser: GrammarAnalyser, each: int | None) -> None:
    """Print the notes of a text, all by sentence or some of each kind, then counts and processor time."""
    lines = path.read_text("utf-8").splitlines()
    sentences = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    times = []
    for sentence in sentences:
        start = time.process_time()
        notes = analyser.notes(sentence)
        times.append((time.process_time() - start) * 1000)
        if not each:
            print(sentence)
        for note in notes:
            words = " … ".join(sentence[first:last] for first, last in note.spans)
            line = f"\t{note.kind}\t{words}\t{note.explanation}\t{note.rewritten}"
            by_kind[note.kind].append(f"{sentence}\n{line}")
            if not each:
                print(line)
    for found in by_kind.values() if each else ():
        for entry in random.Random(1).sample(found, min(each or 0, len(found))):  # noqa: S311
            print(entry)
    times.sort()
    median, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    total = sum(map(len, by_kind.values()))
    print(f"{len(sentences)} sentences, {total} notes; {median:.1f} ms (CPU) median, {late:.1f} ms at 95 %")
    for kind, found in by_kind.items():
        print(f"    {kind:22} {len(found)}")


if __name__ == "__main__":
    main()
