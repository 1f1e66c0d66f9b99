"""`python -m models.training SUBCOMMAND`: the recipe step by step (docs/training.md)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from models.training.extras import TrainingError
from models.training.memory import keep_memory

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "models" / "gold" / "alignment.tsv"
CARD = Path(__file__).parent / "card.md"
_Arguments = argparse.Namespace


def _corpus(a: _Arguments) -> None:
    from models.training.corpus import make_corpus
    from models.training.settings import DataSettings, read_settings

    settings = read_settings(a.config, DataSettings).corpus
    make_corpus(a.source, a.evaluation, a.work / "corpus", settings, a.force, a.translated)


def _vocabulary(a: _Arguments) -> None:
    from models.training.settings import DataSettings, read_settings
    from models.training.vocabulary import make_vocabulary

    settings = read_settings(a.config, DataSettings).vocabulary
    make_vocabulary(a.work / "corpus", a.evaluation, a.work / "data", settings, a.model, a.force)


def _alignment(a: _Arguments) -> None:
    from models.training.alignment import make_alignment

    make_alignment(a.work / "data", a.gold, a.work / "data", a.force)


def _annotate(a: _Arguments) -> None:
    from models.training.terms import make_terms

    make_terms(a.work / "data", tuple(a.test), a.most, a.force)


def _train(a: _Arguments) -> None:
    from models.training.runs import latest, train
    from models.training.settings import TrainingSettings, read_settings

    run = a.run or a.work / "run"
    start = a.start or latest(run)
    print(f"train: starting from {start or 'nothing'}", flush=True)
    settings = read_settings(a.config, TrainingSettings)
    train(a.work / "data", run, settings, a.minutes, a.decay, start, a.device, steps=a.steps)


def _export(a: _Arguments) -> None:
    from models.training.export import make_export

    checkpoint = a.checkpoint or (a.run or a.work / "run") / "final.pt"
    vocabulary = a.model or a.work / "data" / "spm.model"
    other = (a.mix, a.share) if a.mix else None
    make_export(checkpoint, vocabulary, a.work / "export", not a.no_mean, a.quantization, a.force, other)


def _package(a: _Arguments) -> None:
    from models.training.package import Advice, make_package

    report = a.report or a.work / "report" / "report.md"
    if a.report is None and not report.is_file():
        print("package: no report yet: package, evaluate, and package again with the scores in the card")
    output = a.output or a.work / "package"
    print(
        make_package(
            a.work / "export",
            a.card,
            a.version,
            output,
            report if report.is_file() else None,
            a.force,
            Advice(a.longest, a.length_penalty),
        )
    )


def _evaluate(a: _Arguments) -> None:
    from models.training.measure import make_report

    data = a.work / "data" if (a.work / "data" / "terms.tsv").is_file() else None
    make_report(a.package, a.evaluation, a.gold, data, a.work / "report", a.lines, a.force)


def _lease(a: _Arguments) -> None:
    from models.training.leasing import lease

    lease(a)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="SUBCOMMAND")

    def command(name: str, action: Callable[[_Arguments], None], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(action=action)
        sub.add_argument("--work", type=Path, required=True, help="folder of all steps' outputs")
        sub.add_argument("--force", action="store_true", help="repeat the step although it is up to date")
        return sub

    def config(sub: argparse.ArgumentParser, default: str) -> None:
        sub.add_argument(
            "--config", type=Path, default=Path(default), help=f"TOML file (default: our {default})"
        )

    def evaluation(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--evaluation", type=Path, required=True, help="folder of NAME.de and NAME.en")

    one = command("corpus", _corpus, "clean the corpora and hold a part out")
    one.add_argument(
        "--source", type=Path, nargs="+", required=True, help="TSV or TSV.xz files, glossary files"
    )
    one.add_argument(
        "--translated",
        type=Path,
        nargs=2,
        action="append",
        default=[],
        metavar=("ENGLISH", "TEXT"),
        help="English of sentences of a text, by their place in it, and the text",
    )
    evaluation(one)
    config(one, "data")
    one = command("vocabulary", _vocabulary, "train the vocabulary (or take one over) and encode the corpus")
    one.add_argument("--model", type=Path, help="SentencePiece model to take over")
    evaluation(one)
    config(one, "data")
    one = command("alignment", _alignment, "align words with eflomal, and score it on the gold set")
    one.add_argument("--gold", type=Path, default=GOLD)
    one = command("annotate", _annotate, "make the table of dictionary forms and the test set of terms")
    one.add_argument("--test", nargs="+", default=["eval-newstest2018", "eval-political-dev", "dev"])
    one.add_argument("--most", type=int, default=600, help="sentences of the test set")
    one = command("train", _train, "train for some minutes; goes on from the run's last.pt")
    one.add_argument("--minutes", type=float, required=True)
    one.add_argument("--decay", type=float, default=0.0, help="last minutes with a falling rate")
    one.add_argument(
        "--steps", type=int, default=0, help="so many steps instead; --decay stays a share of --minutes"
    )
    one.add_argument("--run", type=Path, help="folder of the run (default: WORK/run)")
    one.add_argument("--start", type=Path, help="checkpoint to start from, also of the reference script")
    one.add_argument("--device", choices=("cpu", "cuda"))
    config(one, "small")
    one = command("export", _export, "convert a checkpoint for CTranslate2")
    one.add_argument("--run", type=Path)
    one.add_argument("--checkpoint", type=Path, help="default: final.pt of the run")
    one.add_argument("--mix", type=Path, help="checkpoint or package of an earlier end, to be mixed in")
    one.add_argument("--share", type=float, default=0.25, help="share of that one in the weights")
    one.add_argument("--model", type=Path, help="vocabulary (default: that of the data)")
    one.add_argument("--no-mean", action="store_true", help="the last weights rather than their running mean")
    one.add_argument("--quantization", choices=("int8", "float32"), default="int8")
    one = command("package", _package, "pack the exported model as .argosmodel")
    one.add_argument("--version", required=True, help="e.g. 0.2")
    one.add_argument("--longest", type=int, help="pieces; longer sentences are given to it clause by clause")
    one.add_argument("--length-penalty", type=float, help="with which it finds the best English")
    one.add_argument("--card", type=Path, default=CARD, help="model card to pack")
    one.add_argument("--report", type=Path, help="scores to add to the card (default: WORK/report/report.md)")
    one.add_argument("--output", type=Path, help="folder (default: WORK/package)")
    one = command("evaluate", _evaluate, "measure a package: sets, terms, alignment")
    one.add_argument("package", type=Path, help=".argosmodel file or unpacked folder")
    one.add_argument("--gold", type=Path, default=GOLD)
    one.add_argument("--lines", type=int, help="only the first lines of each set")
    evaluation(one)
    one = command("lease", _lease, "pack for a lent GPU, run there, take the weights back")
    from models.training.leasing import arguments

    arguments(one)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; the status is 0, or 1 with a message if it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        options.action(options)
    except (TrainingError, OSError) as error:
        print(f"python -m models.training: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["train"]:
        keep_memory()
    sys.exit(main())
