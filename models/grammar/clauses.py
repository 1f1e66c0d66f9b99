"""Notes on where the verb stands: separable verbs, verb at the end, "if" said by the verb first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from models.grammar.context import Context
from models.grammar.lists import named, words_in
from models.grammar.phrases import Phrase
from models.grammar.sentence import Clause
from models.grammar.values import GrammarNote

# Prefixes that also follow a noun: "von Anfang an", "von Berlin aus".
_AFTER_NOUN: Final = frozenset(["an", "aus", "ab", "auf", "her", "hin"])
_PAIRED: Final = frozenset(["auf", "ab", "hin", "her", "zu", "nach", "vor", "durch", "über", "an"])


def separable(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for every verb whose prefix stands apart."""
    for item in context.items:
        if item.partner < 0 or item.tag == "PTKVZ" or not context.count(item.lemma):
            continue
        prefix = context.items[item.partner]
        clause = context.parse.clause_of(item.index)
        if clause is None or prefix.index not in clause.items or clause.finite != item.index:
            continue
        if _not_a_prefix(context, item.index, prefix.index):
            continue
        order = (item.index, prefix.index)
        where = "at the end of its clause" if prefix.index > item.index else "before it"
        yield context.note(
            "separable",
            order,
            "Separable verb",
            f"“{item.text}” and “{prefix.text}” are one verb, “{item.lemma}”: its prefix stands {where}.",
            item.lemma,
        )


def _not_a_prefix(context: Context, verb: int, prefix: int) -> bool:
    """Return whether what looks like a prefix is a preposition or half of a pair: "von Anfang an"."""
    word = context.text(prefix)
    base = context.lemma(verb)[len(word) :]
    if base in {"sein", "werden"} or (base == "haben" and word not in {"vor", "inne", "statt"}):
        return True
    if word == "weiter" and base in words_in("reporting_verbs.txt"):
        return True  # "sagte er weiter": he went on
    if word in named("no sure prefix") or (
        base == "bleiben" and word not in {"zurück", "übrig", "fern", "aus"}
    ):
        return True
    if word in _PAIRED and (
        (context.text(prefix - 1) in {"und", "wie"} and context.text(prefix - 2) in _PAIRED)
        or (context.text(prefix + 1) in {"und", "wie"} and context.text(prefix + 2) in _PAIRED)
    ):
        return True
    if word == "ein" and context.text(prefix + 1) in {"oder", "bis", "und"}:
        return True  # "ein oder zwei"
    if word in _AFTER_NOUN:
        for phrase in context.phrases:
            before = phrase.preposition >= 0 and context.text(phrase.preposition) in {"von", "vom"}
            if phrase.last == prefix - 1 and before:
                return True
        if context.text(prefix - 1) in {"hier", "da", "dort", "jetzt", "nun", "heute", "morgen"}:
            return context.text(prefix - 2) == "von"
    return False


def verb_final(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for every clause that an opener sends the verb to the end of."""
    for clause in context.parse.clauses:
        if clause.kind != "sub" or not clause.opener:
            continue
        verbs = [*clause.verbs, *([clause.zu] if clause.zu >= 0 else [])]
        opener = context.form(*clause.opener)
        group = context.form(*verbs)
        first = "the verb comes" if len(verbs) == 1 else "the verbs come"
        last = clause.opener[-1]
        item = context.items[last]
        relative = item.low in named("relative") and (
            item.tag.startswith("PREL") or not item.low.startswith("welch")
        )
        subject = _subject_behind(context, clause)
        if relative:
            text = f"{opener} opens a relative clause, so {first} at its end: read {group} first."
        elif item.low in named("asking") | {"ob"} and subject:
            text = f"After {opener} {first} last: read {group} right after the subject, {subject}."
        elif subject:
            text = f"After {opener} {first} at the end: read {group} right after the subject, {subject}."
        else:
            text = f"After {opener} {first} at the end of the clause: read {group} first."
        yield context.note("verb-final", (*clause.opener, *verbs), "Verb at the end", text)


def _subject_behind(context: Context, clause: Clause) -> str:
    """Return the subject if it follows the opener at once and can be nothing else, else ""."""
    for phrase in context.phrases:
        if phrase.first != clause.opener[-1] + 1:
            continue
        if context.text(clause.opener[-1]) in named("names no subject"):
            return ""  # "wer die Kosten trägt"
        only = "a" not in phrase.cases or (not phrase.pronoun and _agrees(context, clause, phrase))
        only = only and "n" in phrase.cases and "d" not in phrase.cases
        follower = phrase.last + 1
        return context.words(phrase) if only and follower < len(context.items) else ""
    return ""


def _agrees(context: Context, clause: Clause, phrase: Phrase) -> bool:
    """Return whether what may be subject or object fits the verb's number, and nothing else does better."""
    numbers = {number for number, _, case in phrase.features if case == "n"}
    finite = context.items[clause.finite].low
    plural = finite.endswith("n") or finite in {"sind", "seid"}
    if (numbers == {"p"} and not plural) or (numbers == {"s"} and plural):
        return False
    return not any(
        other.first != phrase.first and "n" in other.cases and "a" not in other.cases
        for other in context.bare(clause)
    )


def conditional(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for a clause that says "if" by nothing but its verb in first place."""
    if context.items and context.items[-1].text in {"?", "!"}:
        return
    clauses = sorted(
        (c for c in context.parse.clauses if c.kind == "main" and c.items), key=lambda c: c.items[0]
    )
    for clause, following in pairwise(clauses):
        if not clause.first or not _opens_sentence(context, clause.items[0]):
            continue
        mark = following.items[0] - 1
        if context.text(mark) != ",":
            continue
        start = following.items[0]
        so = context.text(start) in {"so", "dann"} and following.finite == start + 1
        if not (so or following.first) or {"auch", "doch"} & context.lows(clause):
            continue
        item = context.items[clause.finite]
        if not any(phrase.preposition < 0 and "n" in phrase.cases for phrase in context.bare(clause)):
            continue
        polite = context.items[item.index + 1].text == "Sie" or context.text(item.index + 1) == "wir"
        if item.low in {"sei", "möge"} or polite:
            continue  # "Sei es aus Angst", "Geben Sie ..., dann ..."
        if item.tag == "VV(FIN)" and item.low.endswith(("te", "ten")):
            continue  # "Sagte er das gestern, so ..." may be a contrast
        if item.low in {"war", "waren", "hatte", "hatten", "wurde", "wurden", "mag", "mögen"}:
            continue
        yield context.note(
            "conditional",
            (clause.finite,),
            "“If” without a word for it",
            f"The verb {context.form(clause.finite)} comes first and no question follows: this means “if”"
            f" (“wenn … {_last_words(context, clause)}”).",
        )


def _last_words(context: Context, clause: Clause) -> str:
    """Return the verb group in the order that it has behind "wenn"."""
    item = context.items[clause.finite]
    finite = item.low if item.low not in {"sie"} else item.text
    if item.partner >= 0:
        finite = context.text(item.partner) + finite
    zu = ["zu"] if clause.zu >= 0 else []
    return " ".join([*zu, *(context.text(n) for n in clause.rest), finite])


def _opens_sentence(context: Context, number: int) -> bool:
    before = context.items[:number]
    return all(item.is_mark and item.text != "," for item in before) or (
        number > 0 and context.items[number - 1].text in {":", "–", ";"}
    )
