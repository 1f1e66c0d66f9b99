"""Notes on Konjunktiv I: reported speech, and the fixed phrases that have it."""

from __future__ import annotations

from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.forms import is_first, is_only_first, present
from models.grammar.lists import named
from models.grammar.reporting import reporting_clauses, speaker, words_of
from models.grammar.sentence import Item
from models.grammar.values import GrammarNote

_FIRST = "Konjunktiv I"
_FIXED = "Konjunktiv in a fixed phrase"


def konjunktiv_one(context: Context) -> Iterator[GrammarNote]:
    """Yield one note for all forms of Konjunktiv I that report, and one for each formula."""
    reported: list[int] = []
    for item in context.items:
        if item.tag == "SET":
            text = "“Gott sei Dank” is a fixed phrase: thank God."
            yield context.note("konjunktiv-formula", (item.index,), _FIXED, text)
        if not is_reporting_form(context, item):
            continue
        phrase = formula(context, item)
        if phrase:
            numbers, text = phrase
            yield context.note("konjunktiv-formula", numbers, _FIXED, text)
        elif phrase is None and context.parse.clause_of(item.index) is not None:
            reported.append(item.index)
    if reported:
        yield context.note(
            "konjunktiv-1", reported, f"{_FIRST} (reported speech)", _reported(context, reported)
        )


def is_reporting_form(context: Context, item: Item) -> bool:
    """Return whether an item is Konjunktiv I beyond doubt."""
    if item.tag[-5:] not in {"(FIN)", "(IMP)"} or item.low in named("no first") or item.tag == "PTKVZ":
        return False
    if not is_first(item.low, item.lemma):
        return False
    if not item.text.islower() and item.index > 0:
        return False
    clause = context.parse.clause_of(item.index)
    command = item.low == "sei" and clause is not None and clause.first and context.items[-1].text != "."
    if clause is not None and item.low == "sei" and context.lows(clause) & {"dich", "dir", "dein", "deine"}:
        return False
    if command and clause and not any("n" in phrase.cases for phrase in context.bare(clause)):
        return False  # "Mädchen, sei stolz!"
    if is_only_first(item.low):
        return item.index > 0 or item.low in {"sei", "möge"}
    # "habe" after "ich", "Gehe!": not reported
    if "ich" in context.all_lows or item.index == 0 or item.tag.endswith("(IMP)"):
        return False
    if item.tag.startswith("VV") and context.could_be(item.low, "ADJ(A)"):
        return False  # "liebe Kollegen"
    return context.count(item.lemma) > 0


def formula(context: Context, item: Item) -> tuple[tuple[int, ...], str] | tuple[()] | None:
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
        twice = sum(
            context.text(n) == "sei" and context.text(n + 1) == "es" for n in range(len(context.items))
        )
        if after == "es" and (twice > 1 or (context.items[here - 1].is_mark and _of_choice(context, here))):
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
        clause = context.parse.clause_of(here)
        if clause is None or clause.kind != "main":
            return ()  # "was kommen möge"
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


def _of_choice(context: Context, here: int) -> bool:
    """Return whether "sei es" is followed by a choice: "sei es aus Angst oder aus Scham"."""
    third = context.items[here + 2] if here + 2 < len(context.items) else None
    return third is not None and third.tag in {"APPR", "APPRART"} and "oder" in context.all_lows


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
    return f"{_listed(pairs)} {verb} reported speech: {words_of(who)}, not the author's own."


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
