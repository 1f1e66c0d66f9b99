"""Compare sentence splitters on gold files: ``python -m bench.segmentation [FILES]``.

Prints boundary precision, recall and F1, and sentences a second, for ours, untrained Punkt, SoMaJo (GPL-3)
and pysbd. The latter two are no dependencies of ours: they are installed into ``bench/.envs/segmentation``
and run there in a process of their own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLD_FOLDER = ROOT / "tests" / "models" / "gold"
ENVIRONMENT = ROOT / "bench" / ".envs" / "segmentation"
OTHERS = {"somajo": "SoMaJo==2.5.0", "pysbd": "pysbd==0.3.4"}
_SIGNS = str.maketrans({"⏎": "\n", "⍽": "\u202f", "␣": "\u00a0", "⁀": None})


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text and the sentences wanted, with its category and the line it begins on."""

    category: str
    line: int
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Boundaries found and wanted, found but not wanted, wanted but not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the boundaries found that are wanted."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the wanted boundaries that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0


def read_gold(path: Path) -> list[GoldText]:
    """Read a gold file (format: tests/models/gold/README.md)."""
    texts: list[GoldText] = []
    category, first, held = "", 0, list[str]()

    def close() -> None:
        if held:
            raw = "".join(line if line[-1] in "⏎⁀" else line + " " for line in held).strip(" ⏎")
            wanted = tuple(line.rstrip("⏎⁀").translate(_SIGNS) for line in held)
            texts.append(GoldText(category, first, raw.translate(_SIGNS), wanted))
            held.clear()

    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        content = line.strip()
        if line.startswith("#"):
            continue
        if not content or (content.startswith("[") and content.endswith("]") and not held):
            close()
            category = content[1:-1] if content else category
            continue
        if not held:
            first = number
        held.append(content)
    close()
    return texts


def boundaries(sentences: Sequence[str]) -> set[int]:
    """Boundaries as numbers of characters that are not white space, without the end of the text."""
    found: set[int] = set()
    count = 0
    for sentence in sentences:
        count += sum(not character.isspace() for character in sentence)
        found.add(count)
    found.discard(count)
    return found


def score(texts: Sequence[GoldText], results: Sequence[Sequence[str]]) -> Score:
    """Count boundaries over all texts."""
    right = wrong = missed = 0
    for gold, sentences in zip(texts, results, strict=True):
        wanted, found = boundaries(gold.sentences), boundaries(sentences)
        right += len(wanted & found)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    return Score(right, wrong, missed)


def split_ours(text: str) -> list[str]:
    """Sentences as they stand in the text, by our segmentation."""
    from models.segmentation import segment

    return [text[s.start : s.end] for paragraph in segment(text) for s in paragraph.sentences]


def splitter(name: str) -> Callable[[str], list[str]]:
    """The splitter of that name; runs inside the environment that has it."""
    if name == "ours":
        return split_ours
    if name == "punkt":
        from nltk.tokenize.punkt import PunktSentenceTokenizer

        return PunktSentenceTokenizer().tokenize  # type: ignore[no-any-return]
    if name == "somajo":
        from somajo import SoMaJo  # type: ignore[import-not-found,unused-ignore]

        tokenizer = SoMaJo("de_CMC", split_sentences=True)

        def split_somajo(text: str) -> list[str]:
            paragraphs = [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]
            return ["".join(token.text for token in s) for s in tokenizer.tokenize_text(paragraphs)]

        return split_somajo
    from pysbd import Segmenter  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return Segmenter(language="de", clean=False).segment  # type: ignore[no-any-return]


def run(name: str, texts: Sequence[str]) -> tuple[list[list[str]], float]:
    """Split all texts; seconds are those of the second pass, when everything is loaded."""
    split = splitter(name)
    for text in texts:
        split(text)
    begin = time.perf_counter()
    results = [list(split(text)) for text in texts]
    return results, time.perf_counter() - begin


def run_elsewhere(name: str, texts: Sequence[str]) -> tuple[list[list[str]], float]:
    """Split in the environment of the other tools, which is made on first use."""
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *OTHERS.values()], check=True)
    done = subprocess.run(
        [python, __file__, "--worker", name], input=json.dumps(list(texts)), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed in {ENVIRONMENT} (delete it to have it made anew):\n{done.stderr}")
    results, seconds = json.loads(done.stdout)
    return results, seconds


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="gold files (default: all in tests/models/gold)")
    parser.add_argument("--only-ours", action="store_true", help="leave the other tools out")
    parser.add_argument("--errors", action="store_true", help="show what ours got wrong")
    parser.add_argument("--worker", choices=sorted(OTHERS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        json.dump(run(options.worker, json.load(sys.stdin)), sys.stdout)
        return
    for path in options.files or sorted(GOLD_FOLDER.glob("segmentation_*.txt")):
        texts = read_gold(path)
        raw = [gold.text for gold in texts]
        wanted = sum(len(gold.sentences) for gold in texts)
        print(f"\n{path.name}: {len(texts)} texts, {wanted} sentences, {wanted - len(texts)} boundaries")
        print(f"{'splitter':<18}{'F1':>7}{'precision':>11}{'recall':>8}{'sentences/s':>13}")
        for name in ("ours",) if options.only_ours else ("ours", "punkt", *OTHERS):
            results, seconds = (run_elsewhere if name in OTHERS else run)(name, raw)
            got = score(texts, results)
            speed = sum(map(len, results)) / seconds
            label = {"punkt": "Punkt, untrained"}.get(name, name)
            print(f"{label:<18}{got.f1:>7.3f}{got.precision:>11.3f}{got.recall:>8.3f}{speed:>13,.0f}")
            if name == "ours":
                _print_by_category(texts, results, options.errors)


def _print_by_category(
    texts: Sequence[GoldText], results: Sequence[Sequence[str]], show_errors: bool
) -> None:
    for category in dict.fromkeys(gold.category for gold in texts):
        pairs = [(g, r) for g, r in zip(texts, results, strict=True) if g.category == category]
        got = score([g for g, _ in pairs], [r for _, r in pairs])
        print(f"  {category:<30} {got.f1:.3f}  ({got.right} right, {got.wrong} wrong, {got.missed} missed)")
        if show_errors:
            for gold, result in pairs:
                if boundaries(gold.sentences) != boundaries(result):
                    print(f"    line {gold.line}: " + " ‖ ".join(result))


if __name__ == "__main__":
    main()
