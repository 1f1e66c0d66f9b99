"""What enforcing the glossary's words does and costs: python -m bench.enforcement [PACKAGE|FOLDER] [options].

The glossary's own example sentences are translated, then enforced. Reported are the terms used before and
after (whole words and not inside longer terms; used: preferred word, form of it or variant), the steps, the
wishes given up, chrF and BLEU against our own English before and after, chrF of the rest (English without the
words of the terms, against the same of the raw version), and the seconds it took (wall clock and processor).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary import load_glossary
from glossary.verdicts import judge_all
from models.evaluate import package_of
from models.translation import Translation, TranslationOptions, Translator
from models.translation.facts import same_facts
from models.translation.forcing import Enforcement, Request, enforce
from models.translation.forcing.guards import Limits, similarity
from webapp.enforcement import FULFILLED, Wishes
from webapp.pipeline import TermLookup

_WINDOW = 32


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence: German, our English, the raw and the shown translation, and how its wishes fared."""

    german: str
    reference: str
    raw: Translation
    shown: Translation
    wishes: Wishes | None
    enforcement: Enforcement | None


def main() -> None:
    """Print the figures as JSON, and with --show some changed sentences."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("package", type=Path, nargs="?", help="default: the embedded one")
    parser.add_argument("--sentences", type=int, default=400, help="0: all")
    parser.add_argument("--beam", type=int, default=TranslationOptions().beam)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--word-cost", type=float, default=Limits().word_cost)
    parser.add_argument("--piece-cost", type=float, default=Limits().piece_cost)
    parser.add_argument("--rest-kept", type=float, default=Limits().rest_kept)
    parser.add_argument("--show", type=int, default=0, help="print so many changed sentences")
    arguments = parser.parse_args()
    limits = Limits(arguments.word_cost, arguments.piece_cost, arguments.rest_kept)
    with tempfile.TemporaryDirectory() as place:
        package = package_of(arguments.package, Path(place))
        options = TranslationOptions(beam=arguments.beam, threads=arguments.threads)
        translator = Translator(package, options)
        lookup = TermLookup(load_glossary())
        terms = lookup.glossary.terms
        step = max(1, len(terms) // arguments.sentences) if arguments.sentences else 1
        examples = [(term.example_de, term.example_en) for term in terms[::step]]
        pairs, raw_seconds, extra_seconds = run(translator, lookup, examples, limits)
    figures = measured(pairs, lookup) | {
        "package": f"{package.name} {package.fingerprint}",
        "alignment_head": translator.has_alignment_head,
        "limits": [limits.word_cost, limits.piece_cost, limits.rest_kept],
        "raw_s": [round(each, 2) for each in raw_seconds],
        "extra_s": [round(each, 2) for each in extra_seconds],
        "extra_share": [round(new / old, 3) for new, old in zip(extra_seconds, raw_seconds, strict=True)],
    }
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    changed = [pair for pair in pairs if pair.shown is not pair.raw]
    for pair in changed[:: max(1, len(changed) // arguments.show)] if arguments.show else ():
        steps = pair.enforcement.steps if pair.enforcement else ()
        print(f"\nDE   {pair.german}\nraw  {pair.raw.english}\nnow  {pair.shown.english}")
        print(f"ref  {pair.reference}\n     {[step for step in steps if step]}")


def run(
    translator: Translator, lookup: TermLookup, examples: Sequence[tuple[str, str]], limits: Limits
) -> tuple[list[Pair], tuple[float, float], tuple[float, float]]:
    """Translate and enforce; the seconds (wall, processor) for each, finding of terms included."""
    lookup.warm()
    list(translator.translate([examples[0][0]]))
    _ = translator.has_alignment_head
    begin = _clocks()
    raws = [translation for _, translation in translator.translate([german for german, _ in examples])]
    raw_seconds = _since(begin)
    begin = _clocks()
    pairs: list[Pair] = []
    for start in range(0, len(raws), _WINDOW):
        window = [(raw, lookup.wishes(raw)) for raw in raws[start : start + _WINDOW]]
        asked = [(raw, wishes) for raw, wishes in window if wishes]
        done = iter(
            enforce(translator, [Request(raw, wishes.wishes) for raw, wishes in asked], limits=limits)
        )
        for (raw, wishes), (german, reference) in zip(window, examples[start : start + _WINDOW], strict=True):
            outcome = next(done) if wishes else None
            shown = outcome.translation if outcome and outcome.translation else raw
            pairs.append(Pair(german, reference, raw, shown, wishes, outcome))
    return pairs, raw_seconds, _since(begin)


def _clocks() -> tuple[float, float]:
    # Processor time is what counts on a machine that others use, too.
    return time.perf_counter(), time.process_time()


def _since(begin: tuple[float, float]) -> tuple[float, float]:
    wall, processor = _clocks()
    return wall - begin[0], processor - begin[1]


def measured(pairs: Sequence[Pair], lookup: TermLookup) -> dict[str, Any]:
    """The figures of a run but for the time."""
    import sacrebleu.metrics

    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    lost = 0
    rests: list[float] = []
    changed = 0
    for pair in pairs:
        hits = lookup.hits(pair.german)
        old = judge_all(hits, lookup.glossary, pair.raw.english, pair.raw.links)
        new = judge_all(hits, lookup.glossary, pair.shown.english, pair.shown.links)
        top = [
            n for n, hit in enumerate(hits) if hit.parent is None and hit.kind not in ("compound", "ellipsis")
        ]
        before.update(old[n].kind for n in top)
        after.update(new[n].kind for n in top)
        lost += sum(old[n].kind in FULFILLED and new[n].kind not in FULFILLED for n in top)
        if pair.shown is not pair.raw:
            changed += 1
            rest = [
                "".join(
                    char
                    for i, char in enumerate(text)
                    if not any(a <= i < b for v in verdicts for a, b in v.spans)
                )
                for text, verdicts in ((pair.raw.english, old), (pair.shown.english, new))
            ]
            rests.append(similarity(*rest))
    steps = Counter(step for pair in pairs if pair.enforcement for step in pair.enforcement.steps if step)
    references = [[pair.reference for pair in pairs]]
    versions = {
        "before": [pair.raw.english for pair in pairs],
        "after": [pair.shown.english for pair in pairs],
    }
    # The same without the sentences that were left as they were.
    touched = [n for n, pair in enumerate(pairs) if pair.shown is not pair.raw]
    chrf, bleu = sacrebleu.metrics.CHRF(), sacrebleu.metrics.BLEU()
    given_up = sum(steps[step] for step in ("implausible", "altered", "unplaced"))
    return {
        "sentences": len(pairs),
        "sentences_with_open_wishes": sum(pair.wishes is not None for pair in pairs),
        "sentences_changed": changed,
        "terms": before.total(),
        "verdicts_before": dict(before.most_common()),
        "verdicts_after": dict(after.most_common()),
        "success_before": _share(before),
        "success_after": _share(after),
        "terms_lost": lost,
        "steps": dict(steps.most_common()),
        "abstained": round(given_up / max(1, steps.total()), 4),
        "facts_changed": sum(not same_facts(p.raw.english, p.shown.english) for p in pairs),
        "chrf": {
            name: round(chrf.corpus_score(texts, references).score, 2) for name, texts in versions.items()
        },
        "bleu": {
            name: round(bleu.corpus_score(texts, references).score, 2) for name, texts in versions.items()
        },
        "chrf_of_changed": {
            name: round(
                chrf.corpus_score([texts[n] for n in touched], [[references[0][n] for n in touched]]).score, 2
            )
            for name, texts in versions.items()
            if touched
        },
        "rest_chrf_to_raw": round(100 * sum(rests) / len(rests), 1) if rests else None,
    }


def _share(verdicts: Counter[str]) -> float:
    return round(sum(verdicts[kind] for kind in FULFILLED) / max(1, verdicts.total()), 4)


if __name__ == "__main__":
    main()
