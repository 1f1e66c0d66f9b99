"""Measure a translation package: `python -m models.evaluate PACKAGE --pair FILE.de FILE.en [--pair ...]`.

Prints BLEU and chrF (sacrebleu, with their signatures), how many numbers and names come through, how many
sentences have made-up words, and the speed. The files hold one sentence a line. Needs sacrebleu, which is a
development dependency.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.figures.keys import SCORE
from models.packages import Package, PackageError, PackageStore, read_package
from models.translation import TranslationOptions, Translator
from models.translation.nonwords import Nonwords
from models.translation.rare_words import RareWords

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"[^\W\d_][\w'’-]+")
_TIME = re.compile(r"(1[3-9]|2[0-3])(?:[.:](\d\d))?")
_UHR = re.compile(r"(?: (?:und|bis) [\d.:]+)?\s?Uhr\b")
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DECADE = re.compile(r"er\b")
_CLOCK = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
_THOUSANDS_DE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_THOUSANDS_EN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_CARDINALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty"""
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
NUMBER_WORDS: dict[str, str] = {
    **{word: str(value) for words in (_CARDINALS, _ORDINALS) for value, word in enumerate(words.split())},
    "once": "1",
    "twice": "2",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "hundred": "100",
}


@dataclass(frozen=True, slots=True)
class Result:
    """Figures for one pair of files; accuracies are shares (0 to 1), None where there was nothing to copy.

    `nonwords`: share of the sentences whose English has words that no English text has (nonwords.py).
    """

    source: str
    sentences: int
    problems: int
    bleu: float
    bleu_signature: str
    chrf: float
    chrf_signature: str
    numbers: float | None
    names: float | None
    nonwords: float
    seconds: float
    sentences_per_second: float
    words_per_second: float


def numbers_copied(source: str, english: str) -> tuple[int, int]:
    """Return how many of the source's numbers stand in the English, and how many there are.

    German notation may become English (3,5 -> 3.5; 200.000, 200 000 -> 200,000; 17.30 Uhr -> 5.30 p.m.;
    2:0 -> 2-0; 70er -> 1970s), small numbers words.
    """
    source = _SPACED.sub(".", source)
    found: Counter[str] = Counter(f"{match[1]}:{match[2]}" for match in SCORE.finditer(english))
    for match in _NUMBER.finditer(english):
        found[_plain(match.group(), _THOUSANDS_EN, ",")] += 1
    found.update(
        NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", english.casefold()) if word in NUMBER_WORDS
    )
    copied = total = 0
    for match in _NUMBER.finditer(source):
        total += 1
        # The English form, or the very same characters (12.5.2019, 14:30, 1.000 left as it was).
        plain = (_plain(match.group(), _THOUSANDS_DE, "."), _plain(match.group(), _THOUSANDS_EN, ","))
        for form in (*plain, *_afternoon(match, english), *_decade(match)):
            if found[form] > 0:
                found[form] -= 1
                copied += 1
                break
    return copied, total


def _afternoon(match: re.Match[str], english: str) -> list[str]:
    """Return how a time after noon may stand in English with a.m. or p.m.: 5.30 and 5:30 of 17.30 Uhr."""
    time = _TIME.fullmatch(match.group())
    if not time or not _UHR.match(match.string, match.end()) or not _CLOCK.search(english):
        return []
    hour = str(int(time[1]) - 12)
    return [f"{hour}{mark}{time[2]}" for mark in ".:"] if time[2] else [hour]


def _decade(match: re.Match[str]) -> list[str]:
    """Return the years that a decade may be written by: 1970 of 70er."""
    short = len(match.group()) == 2 and _DECADE.match(match.string, match.end())
    return [f"{century}{match.group()}" for century in (18, 19, 20)] if short else []


def _plain(number: str, thousands: re.Pattern[str], separator: str) -> str:
    """Return a number in one notation: no thousands, a point before decimals."""
    if thousands.fullmatch(number):
        number = number.replace(separator, "")
    return number.replace(",", ".")


def names_copied(source: str, reference: str, english: str) -> tuple[int, int]:
    """Return how many capitalised words of both source and reference the English has, and of how many."""
    wanted = _names(source) & _names(reference)
    return (wanted & _names(english)).total(), wanted.total()


def _names(text: str) -> Counter[str]:
    return Counter(word for word in _NAME.findall(text) if word[0].isupper())


def evaluate(translator: Translator, source: Path, reference: Path, lines: int | None = None) -> Result:
    """Translate `source` and compare with `reference`. Raises OSError, or ValueError if they do not match."""
    german, expected = (lines_of(path)[:lines] for path in (source, reference))
    if len(german) != len(expected) or not german:
        raise ValueError(
            f"{source} has {len(german)} lines and {reference} {len(expected)}; they must match."
        )
    metrics = _sacrebleu()
    translator.load()
    start = time.perf_counter()
    done = [translation for _, translation in translator.translate(german)]
    seconds = time.perf_counter() - start
    # What the reader would show; a sentence with a problem counts as empty.
    english = [translation.english for translation in done]
    bleu, chrf = metrics.BLEU(), metrics.CHRF()
    bleu_score, chrf_score = bleu.corpus_score(english, [expected]), chrf.corpus_score(english, [expected])
    numbers = [numbers_copied(de, en) for de, en in zip(german, english, strict=True)]
    names = [names_copied(de, ref, en) for de, ref, en in zip(german, expected, english, strict=True)]
    finder = Nonwords(RareWords())
    wrong = [finder.find(de, en) for de, en in zip(german, english, strict=True)]
    return Result(
        source.name,
        len(german),
        sum(translation.problem is not None for translation in done),
        round(bleu_score.score, 2),
        str(bleu.get_signature()),
        round(chrf_score.score, 2),
        str(chrf.get_signature()),
        _share(numbers),
        _share(names),
        round(sum(map(bool, wrong)) / len(german), 4),
        round(seconds, 2),
        round(len(german) / seconds, 1),
        round(sum(len(line.split()) for line in german) / seconds, 1),
    )


def lines_of(path: Path) -> list[str]:
    """Return the lines of a text file; a final line break makes no empty one. Raises OSError."""
    # Not splitlines(): it would also split at characters that stand inside sentences, such as U+2028.
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _share(counts: Sequence[tuple[int, int]]) -> float | None:
    total = sum(of for _, of in counts)
    return round(sum(right for right, _ in counts) / total, 4) if total else None


def _sacrebleu() -> Any:
    try:
        import sacrebleu.metrics
    except ImportError as error:
        raise ValueError(
            "sacrebleu is missing; install the development requirements with: make lint"
        ) from error
    return sacrebleu.metrics


def package_of(path: Path | None, folder: Path) -> Package:
    """Return the package in a folder or a file, the embedded one if none is named.

    One that is not unpacked yet is unpacked in `folder`. Raises PackageError or OSError.
    """
    if path and path.is_dir():
        return read_package(path)
    store = PackageStore(folder)
    return store.install(path) if path else store.embedded()


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _print(result: Result) -> None:
    print(f"{result.source}: {result.sentences} sentences, {result.problems} without usable English")
    print(f"  BLEU  {result.bleu:.2f}  {result.bleu_signature}")
    print(f"  chrF  {result.chrf:.2f}  {result.chrf_signature}")
    print(f"  numbers copied {_percent(result.numbers)}, names copied {_percent(result.names)}")
    print(f"  sentences with words that are no English ones: {_percent(result.nonwords)}")
    print(
        f"  {result.seconds:.1f} s: {result.sentences_per_second:.1f} sentences/s, "
        f"{result.words_per_second:.0f} German words/s"
    )


def _options(arguments: argparse.Namespace) -> TranslationOptions:
    return TranslationOptions(beam=arguments.beam, threads=arguments.threads, rare_words=not arguments.alone)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the status is 0, or 1 with a message if something cannot be measured."""
    parser = argparse.ArgumentParser(prog="python -m models.evaluate", description=__doc__.split("\n\n")[0])
    parser.add_argument("package", type=Path, help=".argosmodel file, or folder of an unpacked package")
    parser.add_argument(
        "--pair", nargs=2, type=Path, action="append", required=True, metavar=("FILE.de", "FILE.en")
    )
    defaults = TranslationOptions()
    parser.add_argument("--beam", type=int, default=defaults.beam)
    parser.add_argument("--threads", type=int, default=defaults.threads)
    parser.add_argument("--alone", action="store_true", help="tell the model nothing of rare words")
    parser.add_argument("--lines", type=int, help="only the first LINES lines of each file")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        try:
            package = package_of(options.package, folder)
            translator = Translator(package, _options(options))
            results = [evaluate(translator, de, en, options.lines) for de, en in options.pair]
        except (PackageError, OSError, ValueError) as error:
            print(error, file=sys.stderr)
            return 1
    if options.json:
        print(json.dumps({"engine": translator.signature, "results": [asdict(r) for r in results]}, indent=2))
    else:
        print(translator.signature)
        for result in results:
            _print(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
