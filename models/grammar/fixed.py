"""Notes on what belongs together at a distance: da-words and clauses, nouns and light verbs, zu and sein."""

from __future__ import annotations

from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.lists import named, rows_in, table, words_in
from models.grammar.sentence import Clause
from models.grammar.values import GrammarNote


def pointers(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each da-word that stands for the clause behind it."""
    for item in context.items:
        if item.low not in named("da-words"):
            continue
        clause = context.parse.clause_of(item.index)
        comma = _next_comma(context, item.index)
        if clause is None or comma < 0 or context.text(comma + 1) not in {"dass", "ob", "wie", "wer", "was"}:
            continue
        opener = context.items[comma + 1]
        sub = context.parse.clause_of(opener.index)
        if sub is None or sub.kind != "sub" or opener.index not in sub.opener:
            continue
        if opener.low not in {"dass", "ob"} and comma != item.index + 1:
            continue
        verb = context.main_verb(clause)
        known = verb >= 0 and (context.lemma(verb), item.low) in {
            (r[0], r[1]) for r in rows_in("pointers.tsv")
        }
        if comma != item.index + 1 and (not known or item.index == clause.items[0]):
            continue
        english = named_english(item.low)
        yield context.note(
            "pointer",
            (item.index, opener.index),
            "Word that points ahead",
            f"“{item.text}” ({english}) only announces the clause that “{opener.text}” opens;"
            " English mostly leaves it out.",
        )


def named_english(word: str) -> str:
    """Return the literal English of a da-word: "davon" of it, from it."""
    return table("da_words.tsv").get(word, "about it")


def _next_comma(context: Context, number: int) -> int:
    """Return the comma that ends the segment of an item, or -1."""
    for place in range(number + 1, len(context.items)):
        if context.items[place].is_mark:
            return place if context.items[place].text == "," else -1
    return -1


def light_verbs(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each noun phrase that means something else with its verb than by itself."""
    for clause in context.parse.clauses:
        verb = context.main_verb(clause)
        if verb < 0:
            continue
        lemma = context.lemma(verb)
        for phrase, base, english in rows_in("light_verbs.tsv"):
            if lemma != base:
                continue
            numbers = _find(context, clause, phrase.split())
            if not numbers:
                continue
            partner = {context.items[verb].partner} - {-1}
            form = context.form(verb, *numbers, *partner)
            yield context.note(
                "light-verb",
                sorted({verb, *numbers, *partner}),
                "Fixed phrase with a verb",
                f"{form} belongs together: “{phrase} {base}” means {english}.",
                f"{phrase} {base}",
            )
            break


def _find(context: Context, clause: Clause, words: list[str]) -> tuple[int, ...]:
    """Return the items of a phrase in a clause, upper and lower case as given, or ()."""
    for number in clause.items:
        run = tuple(range(number, number + len(words)))
        if run[-1] >= len(context.items) or any(n not in clause.items for n in run):
            continue
        first = context.items[number].text
        if [
            first[0].lower() + first[1:] if words[0][0].islower() else first,
            *(context.items[n].text for n in run[1:]),
        ] == words:
            return run
    return ()


def zu_infinitives(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for "ist zu tun" and "hat zu tun", which mean must or can."""
    for clause in context.parse.clauses:
        if clause.kind == "inf" or clause.finite < 0 or not clause.rest:
            continue
        finite = context.items[clause.finite]
        joined = len(clause.rest) == 1 and _zu_inside(context, clause.rest[0])
        if finite.lemma not in {"sein", "haben"} or (clause.zu < 0 and not joined) or len(clause.rest) != 1:
            continue
        if context.lemma(clause.rest[0]) in {"sein", "werden"}:
            continue
        if finite.lemma == "sein" and not _can_be_done(context, clause):
            continue
        if finite.lemma == "haben" and not _has_to(context, clause):
            continue
        numbers = sorted({clause.finite, *clause.rest, *({clause.zu} - {-1})})
        form = context.form(*numbers)
        meaning = (
            "something can or must be done (with a passive sense)"
            if finite.lemma == "sein"
            else "have to, must"
        )
        yield context.note(
            "zu-infinitive", numbers, "“zu” with “sein” or “haben”", f"{form} means: {meaning}."
        )


def _zu_inside(context: Context, number: int) -> bool:
    item = context.items[number]
    return "zu" in item.low[1:-3] and "zu" not in item.lemma[1:]


def _can_be_done(context: Context, clause: Clause) -> bool:
    """Return whether the infinitive belongs to "sein" and to no noun or adjective before it."""
    if context.lows(clause) & named("takes an infinitive"):
        return False
    first = clause.zu if clause.zu >= 0 else clause.rest[0]
    before = context.items[first - 1]
    if "es" in context.lows(clause) and before.tag == "ADJ(D)":
        return False  # "es ist schwer zuzuschauen"
    if before.tag == "ADJ(D)" and before.low not in named("easy"):
        return False
    abstract = words_in("abstract_objects.txt")
    if any(context.text(n) in abstract for n in clause.items):
        return False
    # "Sein Wunsch ist den Frieden zu sichern": an accusative would be the object of the infinitive
    return not any(p.cases == {"a"} for p in context.bare(clause))


def _has_to(context: Context, clause: Clause) -> bool:
    """Return whether "haben" with zu means "must": with an object that takes no infinitive itself."""
    lows = context.lows(clause)
    if lows & named("nothing to"):
        return False
    objects = [p for p in context.bare(clause) if not p.pronoun and p.first > clause.finite]
    if clause.kind == "sub":
        objects = [p for p in context.bare(clause) if not p.pronoun][1:]
    if not objects or any(context.text(p.head) in words_in("abstract_objects.txt") for p in objects):
        return False
    first = clause.zu if clause.zu >= 0 else clause.rest[0]
    near = [p for p in objects if p.first != p.head and p.last < first and "a" in p.cases]
    return bool(near) and context.text(near[-1].first) in named("definite")
