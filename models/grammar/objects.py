"""Notes on objects: datives where English has a direct object; objects that stand before their subject."""

from __future__ import annotations

from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.forms import takes_sein
from models.grammar.lists import table, words_in
from models.grammar.phrases import Phrase
from models.grammar.sentence import Clause
from models.grammar.values import GrammarNote


def dative_verbs(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each verb with a dative object that English has no dative for."""
    known = table("dative_verbs.tsv")
    for clause in context.parse.clauses:
        verb = context.main_verb(clause)
        if verb < 0 or context.lemma(verb) not in known:
            continue
        lemma = context.lemma(verb)
        # a direct object beside it: "den Kollegen die Meinung antworten", "jemandem etwas danken"
        if lemma in {"drohen", "raten", "folgen", "dienen", "antworten"} and clause.zu >= 0:
            continue
        if context.items[clause.finite].lemma == "sein" and clause.finite >= 0 and not takes_sein(lemma):
            continue  # "die ihnen vertraut ist"
        if lemma == "gehören" and context.lows(clause) & {"zu", "zum", "zur", "dazu"}:
            continue
        found = [p for p in context.bare(clause) if _surely_dative(context, p)]
        if len(found) != 1:
            continue
        phrase = found[0]
        partner = context.items[verb].partner
        numbers = {verb, *range(phrase.first, phrase.last + 1)} | ({partner} if partner >= 0 else set())
        yield context.note(
            "dative-verb",
            sorted(numbers),
            "Verb with the dative",
            f"“{lemma}” ({known[lemma]}) has its object in the dative: {context.words(phrase)}.",
        )


def _surely_dative(context: Context, phrase: Phrase) -> bool:
    """Return whether a phrase is a dative by its form, or by its form and place."""
    if context.text(phrase.first) in {"sich", "uns", "euch"}:
        return False
    if phrase.cases == {"d"}:
        return phrase.pronoun or phrase.first != phrase.head
    if phrase.cases == {"d", "g"} and phrase.first != phrase.head:
        return not phrase.attached or _subject_before(context, phrase)
    if (
        phrase.cases
        and phrase.cases <= {"d", "a"}
        and context.text(phrase.first) in {"den", "allen", "vielen"}
    ):
        head = context.items[phrase.head]
        return head.low.endswith("n") and ("p", "", "d") in phrase.features and head.tag == "NNA"
    return False


def _subject_before(context: Context, phrase: Phrase) -> bool:
    """Return whether the noun before is the subject and cannot own the phrase: "der Bundestag der Reform"."""
    before = next((p for p in context.phrases if p.last == phrase.first - 1), None)
    clause = context.parse.clause_of(phrase.first)
    return before is not None and before.preposition < 0 and before.cases == {"n"} and clause is not None


def order(context: Context) -> Iterator[GrammarNote]:
    """Yield a note where the forms prove that the object stands before the verb and the subject behind it."""
    for clause in context.parse.clauses:
        if clause.kind != "main" or clause.finite <= 0 or clause.first:
            continue
        found = [p for p in context.phrases if p.last == clause.finite - 1]
        if not found or found[0].first != clause.items[0] or found[0].preposition >= 0 or found[0].pronoun:
            continue
        thing = found[0]
        if context.text(thing.head) in words_in("time_nouns.txt") or thing.first == thing.head:
            continue
        subject = _subject(context, clause)
        if subject is None or not _proven(context, clause, thing, subject):
            continue
        numbers = (*range(thing.first, thing.last + 1), *range(subject.first, subject.last + 1))
        yield context.note(
            "order",
            numbers,
            "Object first",
            f"The object comes first: {context.words(subject)} is the subject, {context.words(thing)} the"
            " object; English begins with the subject.",
        )


def _subject(context: Context, clause: Clause) -> Phrase | None:
    """Return the phrase right behind the verb if it can be a subject."""
    for phrase in context.bare(clause):
        if phrase.first == clause.finite + 1 and "n" in phrase.cases:
            return phrase
    return None


def _proven(context: Context, clause: Clause, thing: Phrase, subject: Phrase) -> bool:
    """Return whether the first phrase cannot be the subject."""
    lemmas = {context.lemma(n) for n in clause.verbs}
    if not thing.cases & {"a", "d"}:
        return False
    if "n" not in thing.cases and "g" not in thing.cases:
        return context.text(thing.first) not in {"vielen", "allen"} or thing.cases == {"d"}
    if lemmas & {"sein", "werden", "bleiben", "heißen", "scheinen", "gelten", "lassen"}:
        return False
    # "Die Kosten trägt der Bund": the one behind the verb is nominative and nothing else
    return (
        "a" in thing.cases
        and subject.features <= {("s", "m", "n")}
        and bool(subject.features)
        and not subject.pronoun
        and context.text(subject.first) == "der"
        and context.items[thing.head].tag == "NN"
    )
