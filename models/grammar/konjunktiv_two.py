"""Notes on Konjunktiv II: what is unreal, polite or assumed, and what stands in for Konjunktiv I."""

from __future__ import annotations

from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.forms import MODALS, second_base, takes_sein
from models.grammar.konjunktiv_one import formula, is_reporting_form
from models.grammar.reporting import reporting_clauses, speaker, words_of
from models.grammar.sentence import Clause, Item
from models.grammar.values import GrammarNote

_SECOND = "Konjunktiv II"


def konjunktiv_two(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each verb group in Konjunktiv II."""
    firsts = [
        item for item in context.items if is_reporting_form(context, item) and formula(context, item) is None
    ]
    for clause in context.parse.clauses:
        if clause.finite < 0:
            continue
        item = context.items[clause.finite]
        lemma = item.lemma.removeprefix(context.text(item.partner)) if item.partner >= 0 else item.lemma
        base = second_base(item.low, lemma)
        if not base or base == "mögen" or not item.tag.endswith("(FIN)"):
            continue
        if item.index > 0 and not item.text.islower() and context.items[item.index - 1].text == ",":
            continue
        if any(not context.count(context.lemma(n)) for n in clause.rest):
            continue  # a verb that nobody knows is a mistake of the tagger
        if not clause.rest and _unfinished(context, clause, base):
            continue
        partner = (item.partner,) if item.partner >= 0 else ()
        numbers = (clause.finite, *clause.rest, *partner)
        if _stands_in(context, clause, item, has_first=bool(firsts)):
            who = speaker(context)
            text = (
                f"{context.form(*numbers)} is Konjunktiv II in place of Konjunktiv I, which would look like"
                f" the plain form: reported speech, {words_of(who)}, not the author's own."
            )
            yield context.note("konjunktiv-2-reported", numbers, f"{_SECOND} for reported speech", text)
            continue
        label, text = _unreal(context, clause, base, reported=bool(firsts or reporting_clauses(context)))
        yield context.note("konjunktiv-2", numbers, label, text)


def _unfinished(context: Context, clause: Clause, base: str) -> bool:
    """Return whether the rest of a verb group was not found: its meaning would be a guess."""
    if base in {"werden", "können", "müssen", "dürfen"}:
        return True
    if clause.kind == "main" and clause.finite == clause.items[-1] and len(clause.items) > 3:
        return True  # a clause with its verb last that was not understood
    after = clause.items[-1] + 1
    return base in {"haben", "sein"} and clause.kind == "main" and context.text(after) in {",", "–", "("}


def _stands_in(context: Context, clause: Clause, item: Item, *, has_first: bool) -> bool:
    """Return whether a form stands for a Konjunktiv I that equals the indicative: "sie hätten", "würden"."""
    plural = item.low.endswith("en") and item.low not in {"wären"}
    if clause.rest and context.lemma(clause.rest[-1]) in MODALS and item.lemma == "haben":
        return False  # "hätten genehmigt werden können" is unreal by itself
    if not plural or "wir" in context.lows(clause):
        return False
    opener = context.text(clause.opener[-1]) if clause.opener else ""
    if opener in {"wenn", "falls"} or "wenn" in context.all_lows or "falls" in context.all_lows:
        return False
    if has_first and opener not in {"wenn", "falls"} and not clause.first:
        return True
    said = [other for other in reporting_clauses(context) if other is not clause]
    if not said or clause.kind != "main" or clause.first:
        return False
    # "Die Verbände kündigten an, sie würden ...": no conjunction, right behind the verb of saying
    return any(
        other.items[-1] == clause.items[0] - 2 and context.text(clause.items[0] - 1) == "," for other in said
    )


def _unreal(context: Context, clause: Clause, base: str, *, reported: bool) -> tuple[str, str]:
    """Return label and explanation of a Konjunktiv II that means something itself."""
    item = context.items[clause.finite]
    group = context.form(clause.finite, *clause.rest)
    lows = context.lows(clause)
    last = context.items[clause.rest[-1]] if clause.rest else None
    if base == "dürfen":
        if {"nicht", "nur", "wenn", "kein", "keine", "keinen"} & context.all_lows or clause.items[0] > 1:
            return (
                _SECOND,
                f"{group}: “{item.text}” says that it is probably so, or that it would be allowed.",
            )
        return (
            f"{_SECOND} (assumption)",
            f"{group} is an assumption: “{item.text}” means that it is probably so.",
        )
    if base == "haben" and last is not None and last.lemma in MODALS and len(clause.rest) > 1:
        meaning = {
            "müssen": "should have, would have had to",
            "sollen": "should have",
            "können": "could have",
            "dürfen": "should have",
        }
        english = meaning.get(last.lemma, "would have")
        return (
            f"{_SECOND} (not done)",
            f"{group} speaks of what did not happen: {english} … (two infinitives at the end).",
        )
    if lows & {"beinahe", "fast"} and base in {"haben", "sein"} and clause.rest:
        return f"{_SECOND} (almost)", f"{group} speaks of what almost happened."
    if clause.items and context.text(clause.items[0]) == "als" and (clause.finite == clause.items[0] + 1):
        return f"{_SECOND} (as if)", f"“als” with {group} makes a comparison that is not true: as if."
    if (
        clause.opener
        and context.text(clause.opener[-1]) == "ob"
        and context.text(clause.opener[-1] - 1) == "als"
    ):
        return f"{_SECOND} (as if)", f"“als ob” with {group} makes a comparison that is not true: as if."
    question = context.items[-1].text == "?"
    if (
        question
        and clause.first
        and clause.items[0] <= 1
        and "sie" in lows
        and base in {"können", "werden", "haben"}
    ):
        return f"{_SECOND} (polite)", f"{group} asks politely: could you, would you."
    past = _is_past(context, clause, base)
    what = "would have been, not of what was" if past else "would or could be, not of what is"
    if reported or not _conditioned(context, clause, item):
        return _SECOND, f"{group} speaks of what {what}; in a report it may also just be somebody's words."
    if past:
        return f"{_SECOND} (unreal)", f"{group} speaks of what did not happen (“would have”)."
    if base == "können":
        return _SECOND, f"{group} speaks of what is possible, not of what is (“could”)."
    if base == "müssen":
        return _SECOND, f"{group} speaks of what would be necessary (“would have to”, “ought to”)."
    return _SECOND, f"{group} speaks of what would be, not of what is (“would”)."


def _is_past(context: Context, clause: Clause, base: str) -> bool:
    """Return whether a group is a perfect: "hätte gesagt", "wäre gegangen", not "wäre geholfen"."""
    for number in clause.rest:
        participle = context.items[number].tag.endswith("(PP)")
        if base == "haben" and (participle or context.lemma(number) == "lassen"):
            return True
        if base == "sein" and participle and takes_sein(context.lemma(number)):
            return True
    return base == "sein" and any(context.text(n) in {"worden", "gewesen"} for n in clause.rest)


def _conditioned(context: Context, clause: Clause, item: Item) -> bool:
    """Return whether only the unreal meaning is likely: a condition, the writer's own "ich" or "wir"."""
    if context.all_lows & {"wenn", "falls", "sonst", "andernfalls", "wir", "ich", "ohne"}:
        return True
    if any(other.first for other in context.parse.clauses if other.kind == "main"):
        return True
    past = item.lemma in {"haben", "sein"} and bool(clause.rest)
    return not past and clause.kind == "main" and not item.low.endswith("en")
