"""Notes on the Konjunktiv: reported speech, what is unreal, polite or wished."""

from __future__ import annotations

from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.forms import MODALS, is_first, is_only_first, present, second_base
from models.grammar.lists import named
from models.grammar.parsing import Clause, Item
from models.grammar.reporting import reporting_clauses, speaker
from models.grammar.values import GrammarNote

_FIRST = "Konjunktiv I"
_SECOND = "Konjunktiv II"
_FIXED = "Konjunktiv in a fixed phrase"


def first(context: Context) -> Iterator[GrammarNote]:
    """Yield one note for all forms of Konjunktiv I that report, and one for each formula."""
    reported: list[int] = []
    for item in context.items:
        if item.tag == "SET":
            text = "“Gott sei Dank” is a fixed phrase: thank God."
            yield context.note("konjunktiv-formula", (item.index,), _FIXED, text)
        if not _is_first(context, item):
            continue
        formula = _formula(context, item)
        if formula:
            numbers, text = formula
            yield context.note("konjunktiv-formula", numbers, _FIXED, text)
        elif formula is None and context.parse.clause_of(item.index) is not None:
            reported.append(item.index)
    if reported:
        yield context.note(
            "konjunktiv-1", reported, f"{_FIRST} (reported speech)", _reported(context, reported)
        )


def _is_first(context: Context, item: Item) -> bool:
    """Return whether an item is Konjunktiv I beyond doubt."""
    if item.tag[-5:] not in {"(FIN)", "(IMP)"} or item.low in named("no first") or item.tag == "PTKVZ":
        return False
    if not is_first(item.low, item.lemma):
        return False
    if not item.text.islower() and item.index > 0:
        return False
    if is_only_first(item.low):
        return item.index > 0 or item.low in {"sei", "möge"}
    # "habe" after "ich", "Gehe!": not reported
    if "ich" in context.all_lows or item.index == 0 or item.tag.endswith("(IMP)"):
        return False
    if item.tag.startswith("VV") and context.could_be(item.low, "ADJ(A)"):
        return False  # "liebe Kollegen"
    return context.count(item.lemma) > 0


def _formula(context: Context, item: Item) -> tuple[tuple[int, ...], str] | tuple[()] | None:
    """Return words and explanation of a fixed phrase; () if nothing should be said; None if it is none."""
    here = item.index
    before, after = context.text(here - 1), context.text(here + 1)
    form = item.low
    at = (here,)
    if form == "sei":
        if before == "es" and after == "denn":
            return at, "“es sei denn” is a fixed phrase: unless."
        if {"wie", "dem"} <= context.all_lows and before in {"auch", "immer"}:
            return at, "“wie dem auch sei” is a fixed phrase: be that as it may."
        if after == "es" and (context.items[here - 1].is_mark or before in {"und", "oder"} or here == 0):
            return at, "“sei es” is a fixed phrase: be it, whether it is."
        if after == "dank" or before in {"dank", "ehre", "friede", "lob"}:
            return ()
        clause = context.parse.clause_of(here)
        said = [n for n in (clause.rest if clause else ()) if context.text(n) in named("let it be said")]
        if said and not reporting_clauses(context) and clause is not None and clause.kind == "main":
            let = f"let it be {_said(context, said[-1])}"
            return at, f"{context.form(here, said[-1])} is a formula of the author: {let}."
        if said:
            return ()
    if form == "lebe" and before in {"es", "lang", "hoch"}:
        return at, f"{context.form(here - 1, here)} is a cheer: long live."
    if form == "möge":
        return at, "“möge” expresses a wish: may it be so."
    if before == "als" and here > 1:
        return at, f"“als” with {context.form(here)} makes a comparison that need not be true: as if."
    if form == "wolle" and before == "was":
        return ()
    if form == "koste" or (form == "komme" and after in {"was", "wer", ","}):
        return ()
    if before == "man" and here == 1 and form in named("take formulas"):
        if reporting_clauses(context):
            return None
        return at, f"{context.form(here - 1, here)} is an instruction to the reader: one should, let us."
    clause = context.parse.clause_of(here)
    if clause is not None and clause.opener and context.text(clause.opener[-1]) in {"damit", "wenn", "ob"}:
        return None if context.text(clause.opener[-1]) == "ob" else ()
    if clause is not None and {"als", "ob"} <= {context.text(n) for n in clause.items[:3]}:
        return at, f"“als ob” with {context.form(here)} makes a comparison that need not be true: as if."
    return None


def _said(context: Context, number: int) -> str:
    return {"erinnert": "remembered", "gedankt": "thanked", "gewarnt": "warned"}.get(
        context.text(number), "said"
    )


def _reported(context: Context, numbers: list[int]) -> str:
    pairs = []
    for number in dict.fromkeys(numbers):
        item = context.items[number]
        plain = _indicative(context, item)
        pair = f"“{item.text}” instead of “{plain}”" if plain and plain != item.low else f"“{item.text}”"
        if pair not in pairs:
            pairs.append(pair)
    who = speaker(context)
    verb = "mark" if len(pairs) > 1 else "marks"
    return f"{_listed(pairs)} {verb} reported speech: {_words_of(who)}, not the author's own."


def _words_of(who: str) -> str:
    return f"the words of {who}" if who else "somebody's words"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _indicative(context: Context, item: Item) -> str:
    lemma = item.lemma
    if item.partner >= 0:
        prefix = context.text(item.partner)
        lemma = lemma.removeprefix(prefix)
    if lemma == "sein":
        return "sind" if item.low == "seien" else "ist"
    return present(lemma, plural=False)


def second(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each verb group in Konjunktiv II."""
    firsts = [item for item in context.items if _is_first(context, item) and _formula(context, item) is None]
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
        numbers = (clause.finite, *clause.rest)
        if _stands_in(context, clause, item, has_first=bool(firsts)):
            who = speaker(context)
            text = (
                f"{context.form(*numbers)} is Konjunktiv II in place of Konjunktiv I, which would look like"
                f" the plain form: reported speech, {_words_of(who)}, not the author's own."
            )
            yield context.note("konjunktiv-2-reported", numbers, f"{_SECOND} for reported speech", text)
            continue
        label, text = _unreal(context, clause, base, reported=bool(firsts or reporting_clauses(context)))
        yield context.note("konjunktiv-2", numbers, label, text)


def _unfinished(context: Context, clause: Clause, base: str) -> bool:
    """Return whether the rest of a verb group was not found: its meaning would be a guess."""
    if base in {"werden", "können", "müssen", "dürfen"}:
        return True
    after = clause.items[-1] + 1
    return base in {"haben", "sein"} and clause.kind == "main" and context.text(after) in {",", "–", "("}


def _stands_in(context: Context, clause: Clause, item: Item, *, has_first: bool) -> bool:
    """Return whether a form stands for a Konjunktiv I that equals the indicative: "sie hätten", "würden"."""
    plural = item.low.endswith("en") and item.low not in {"wären"}
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
    if reported:
        return _SECOND, (
            f"{group} is Konjunktiv II: what would or could be; beside a verb of saying it may also just mark"
            " reported speech."
        )
    condition = {"wenn", "falls", "sonst", "wir", "ich"} & context.all_lows or any(
        c.first for c in context.parse.clauses
    )
    if item.low.endswith("en") and item.low != "wären" and clause.kind == "main" and not condition:
        return _SECOND, (
            f"{group} is Konjunktiv II: what would or could be; in a report it may also just be what somebody"
            " else says."
        )
    past = base in {"haben", "sein"} and any(
        context.items[n].tag.endswith("(PP)") or context.lemma(n) == "lassen" for n in clause.rest
    )
    if past:
        return f"{_SECOND} (unreal)", f"{group} speaks of what did not happen (“would have”)."
    if base == "können":
        return _SECOND, f"{group} speaks of what is possible, not of what is (“could”)."
    if base == "müssen":
        return _SECOND, f"{group} speaks of what would be necessary (“would have to”, “ought to”)."
    return _SECOND, f"{group} speaks of what would be, not of what is (“would”)."
