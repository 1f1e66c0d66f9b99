"""Speed of a whole reading of 10,000 words, beside Argos Translate's own pipeline with the same package.

    python -m bench.reading [--words 10000] [--repeat 3] [--text FILE ...] [--quality FILE.de FILE.en]

Ours is everything a reader waits for: splitting, translating, finding and judging terms, saving, streaming.
Argos' is ``argostranslate.translate`` in an environment of its own (bench/.envs), with sentences split by us
before the clock starts, since its own splitters download models. Both run in processes of their own, in turn;
the median counts. Stop other work first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / "bench" / ".envs" / "argos"
SAMPLES = ROOT / "webapp" / "samples"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--words", type=int, default=10_000, help="length of the text")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--beam", type=int, default=4, help="4 is the default of both")
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="German texts to fill up with")
    parser.add_argument("--quality", type=Path, nargs=2, metavar=("DE", "EN"), help="compare BLEU and chrF")
    options = parser.parse_args(arguments)
    package = _package()
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        text.write_text(_text(options.words, options.text), "utf-8")
        python = _argos_environment()
        ours, theirs = [], []
        for _ in range(options.repeat):
            ours.append(_run([sys.executable, "-m", "bench.reading_ours", str(text), str(options.beam)]))
            theirs.append(_run([str(python), "bench/reading_argos.py", str(package), *_split(text)]))
        _report(ours, theirs)
        if options.quality:
            _quality(options.quality, python, package, options.beam)


def _package() -> Path:
    from models.packages import PackageStore

    return PackageStore(ROOT / "bench" / ".envs" / "packages").embedded().folder


def _text(words: int, more: Sequence[Path]) -> str:
    """The sample articles, paragraphs of other texts, then all of it again, up to the wanted length."""
    paragraphs = [p for f in sorted(SAMPLES.glob("*.txt")) for p in f.read_text("utf-8").split("\n\n")]
    for path in more:
        paragraphs += path.read_text("utf-8").split("\n")
    chosen: list[str] = []
    count = 0
    turn = 0
    while count < words:
        # A number keeps repeated paragraphs from being taken from the cache of known sentences.
        for paragraph in paragraphs:
            chosen.append(paragraph if not turn else paragraph.replace(". ", f" {turn}. "))
            count += len(paragraph.split())
            if count >= words:
                break
        turn += 1
    return "\n\n".join(chosen)


def _split(text: Path) -> tuple[str]:
    from models.segmentation import segment

    sentences = [[s.text for s in p.sentences] for p in segment(text.read_text("utf-8"))]
    path = text.with_suffix(".json")
    path.write_text(json.dumps(sentences), "utf-8")
    return (str(path),)


def _argos_environment() -> Path:
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        lock = ["--require-hashes", "--no-deps", "-r", str(ROOT / "requirements" / "run.txt")]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *lock], check=True)
        packages = next(ENVIRONMENT.glob("lib/python*/site-packages"))
        # argostranslate.translate imports both; nothing of them is called, since sentences come split.
        (packages / "stanza.py").write_text("")
        (packages / "minisbd.py").write_text("class SBDetect: ...\nclass models: ...\n")
    return python


def _run(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""}, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    result = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(result, dict)
    return result


def _report(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    print(f"{ours[0]['words']:,} words, {ours[0]['sentences']:,} sentences, median of {len(ours)}")
    print(f"{'':22}{'words/s':>9}{'first sentence':>16}{'memory MB':>11}{'reopened':>10}")
    for name, runs in (("Seitenblick", ours), ("Argos Translate", theirs)):
        line = f"{name:22}{_median(runs, 'words_per_s'):>9,.0f}"
        if name == "Seitenblick":
            line += f"{_median(runs, 'first_s'):>15.3f}s{_median(runs, 'memory_mb'):>11.0f}"
            line += f"{_median(runs, 'reopened_s'):>9.2f}s"
        else:
            line += f"{'after all':>16}{_median(runs, 'memory_mb'):>11.0f}"
        print(line)
    ratio = _median(ours, "words_per_s") / _median(theirs, "words_per_s")
    print(f"Seitenblick is {ratio:.1f} times as fast")


def _median(runs: list[dict[str, Any]], key: str) -> float:
    return float(statistics.median(run[key] for run in runs))


def _quality(pair: Sequence[Path], python: Path, package: Path, beam: int) -> None:
    import sacrebleu

    from models.packages import read_package
    from models.translation import TranslationOptions, Translator

    german = pair[0].read_text("utf-8").splitlines()
    reference = pair[1].read_text("utf-8").splitlines()
    translator = Translator(read_package(package), TranslationOptions(beam=beam))
    ours = [t.english for _, t in sorted(translator.translate(german), key=lambda item: item[0])]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([[line] for line in german], file)
        file.flush()
        theirs = _run([str(python), "bench/reading_argos.py", str(package), file.name])["english"]
    for name, english in (("Seitenblick", ours), ("Argos Translate", theirs)):
        bleu, chrf = sacrebleu.corpus_bleu(english, [reference]), sacrebleu.corpus_chrf(english, [reference])
        print(f"{name:22}BLEU {bleu.score:.2f}  chrF {chrf.score:.2f}  on {pair[0].name}")


if __name__ == "__main__":
    main()
