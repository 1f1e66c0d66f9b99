"""Notes on the genitive: which noun belongs to which, and the prepositions and verbs that ask for it."""

from __future__ import annotations

from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.lists import named, rows_in, table, words_in
from models.grammar.phrases import Phrase, is_noun
from models.grammar.sentence import Clause
from models.grammar.values import GrammarNote


def genitives(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each genitive that belongs to a noun."""
    objects = [_object(context, clause) for clause in context.parse.clauses]
    for phrase in context.phrases:
        if phrase.preposition >= 0 or not phrase.attached or phrase in objects:
            continue
        owner = phrase.first - 1
        behind = phrase.last + 1
        if behind < len(context.items) and context.items[behind].tag == "ADJ(A)":
            continue  # "der 301 Jahre alten Kapelle"
        if _is_genitive(context, phrase) and _can_own(context, owner):
            numbers = (owner, *range(phrase.first, phrase.last + 1))
            yield context.note(
                "genitive",
                numbers,
                "Genitive",
                f"{context.words(phrase)} is a genitive: it says whose, or of what,"
                f" {context.form(owner)} is.",
            )
    yield from _names(context)


def _is_genitive(context: Context, phrase: Phrase) -> bool:
    """Return whether a phrase behind a noun can be nothing but a genitive."""
    if phrase.cases == {"g"}:
        first = context.items[phrase.first]
        if first.tag == "NE":
            return phrase.first == phrase.last and _is_name_genitive(context, phrase)
        if first.tag == "ADJ(A)" and not (first.low.endswith("er") and first.text.islower()):
            return False  # "von der Regierung eingebrachten Entwurfs", "im Bereich Lauterer Höhe"
        return phrase.first != phrase.head and not _time(context, phrase)
    if phrase.cases != {"g", "d"} or phrase.first == phrase.head:
        return False
    return not _dative_possible(context, phrase)


def _is_name_genitive(context: Context, phrase: Phrase) -> bool:
    """Return whether a bare name behind a noun is a genitive: "die Wirtschaft Deutschlands"."""
    name = context.items[phrase.first]
    owner = context.items[phrase.first - 1]
    known = context.count(name.lemma) > max(20, 10 * context.count(name.text))
    return name.lemma == name.text[:-1] and known and owner.tag == "NN" and context.count(owner.lemma) > 50


def _time(context: Context, phrase: Phrase) -> bool:
    """Return whether a genitive is an adverb: "eines Tages"."""
    return context.text(phrase.first) == "eines" and context.text(phrase.head) in {
        "tages",
        "abends",
        "morgens",
    }


def _dative_possible(context: Context, phrase: Phrase) -> bool:
    """Return whether a verb of the sentence could have the phrase as its dative object."""
    datives = set(table("dative_verbs.tsv")) | words_in("giving_verbs.txt")
    clause = context.parse.clause_of(phrase.first)
    if clause is not None and clause.kind == "main" and clause.finite > phrase.last:
        return False  # only one thing stands before the verb of a main clause
    numbers = clause.items if clause is not None else range(len(context.items))
    verbs = [context.items[n] for n in numbers if context.items[n].tag[:2] in {"VV", "VA", "VM"}]
    if any(item.lemma in datives for item in verbs):
        return True
    # "ist der Regierung klar", "wird der Opposition zu teuer"
    owner = phrase.first - 1
    return (
        all(item.lemma in {"sein", "werden"} for item in verbs)
        and clause is not None
        and clause.kind == "main"
        and clause.finite < owner
        and _nominative_before(context, owner)
    )


def _nominative_before(context: Context, owner: int) -> bool:
    return any(p.last == owner and p.preposition < 0 and "n" in p.cases for p in context.phrases) and any(
        item.tag == "ADJ(D)" for item in context.items[owner + 1 :]
    )


def _can_own(context: Context, number: int) -> bool:
    item = context.items[number]
    if not is_noun(item) or item.tag == "NE":
        return False
    if item.low in words_in("time_nouns.txt") and item.low not in {
        "ende",
        "tag",
        "rest",
        "teil",
        "weg",
        "schritt",
    }:
        return False
    # "statt", "Dank": genitive prepositions written as nouns are not owners
    return item.low not in named("no owner")


def _names(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for "Merkels Politik"."""
    for item in context.items[:-1]:
        after = context.items[item.index + 1]
        if (
            item.tag != "NE"
            or not item.low.endswith("s")
            or item.lemma != item.text[:-1]
            or after.tag not in {"NN", "ADJ(A)"}
            or item.text.isupper()
            or not context.count(item.lemma)
            or context.count(item.text) * 3 > context.count(item.lemma)
        ):
            continue
        owned = next((p for p in context.phrases if p.first == after.index and not p.pronoun), None)
        before = context.text(item.index - 1)
        article = item.index > 0 and context.items[item.index - 1].tag in {
            "ART",
            "ADJ(A)",
            "APPRART",
            "PPOSAT",
        }
        if owned is None or article or context.items[owned.head].tag != "NN" or before == "des":
            continue
        yield context.note(
            "genitive",
            (item.index, owned.head),
            "Genitive",
            f"“{item.text}” is the genitive of “{item.lemma}” and belongs to {context.form(owned.head)}: "
            f"“{item.lemma}'s”, written without an apostrophe.",
        )


def genitive_prepositions(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each preposition whose phrase is seen to be a genitive."""
    english = table("genitive_prepositions.tsv")
    for phrase in context.phrases:
        before = phrase.first - 1
        if before < 0 or context.text(before) not in english or phrase.pronoun:
            continue
        if phrase.first == phrase.head or not phrase.cases or not phrase.cases <= {"g", "d"}:
            continue
        if "g" not in phrase.cases or context.items[before].tag.startswith(("VV", "PTKVZ", "NE")):
            continue
        word = context.items[before]
        if word.low == "während" and not _verb_follows(context, phrase):
            continue  # "Während seiner Frau die Herzen zuflogen"
        if not word.text.islower() and before > 0 and not context.items[before - 1].is_mark:
            continue  # "der Dank der Nation", "die Kraft des Volkes"
        yield context.note(
            "genitive-preposition",
            range(before, phrase.last + 1),
            "Preposition with the genitive",
            f"“{word.text}” ({english[word.low]}) asks for the genitive: {context.words(phrase)}.",
        )


def _verb_follows(context: Context, phrase: Phrase) -> bool:
    """Return whether "während" with this phrase is one part of a clause, not the head of one."""
    before = phrase.first - 2
    if before >= 0 and not context.items[before].is_mark:
        return True
    clause = context.parse.clause_of(phrase.first)
    return (
        clause is not None
        and clause.kind == "main"
        and clause.finite >= 0
        and (clause.finite != clause.items[-1] or len(clause.items) == phrase.last + 2)
    )


def genitive_verbs(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for each verb whose object is a genitive."""
    known = {row[0]: row[1] for row in rows_in("genitive_verbs.tsv")}
    for clause in context.parse.clauses:
        phrase = _object(context, clause)
        if phrase is None:
            continue
        verb = context.main_verb(clause)
        lemma = context.lemma(verb)
        partner = context.items[verb].partner
        numbers = {verb, *range(phrase.first, phrase.last + 1)} | ({partner} - {-1})
        yield context.note(
            "genitive-verb",
            sorted(numbers),
            "Verb with the genitive",
            f"“{lemma}” ({known[lemma]}) has its object in the genitive: {context.words(phrase)}.",
        )


def _object(context: Context, clause: Clause) -> Phrase | None:
    """Return the genitive object of a clause: one that no noun stands before, else one behind the subject."""
    reflexive = {row[0]: row[2] for row in rows_in("genitive_verbs.tsv")}
    verb = context.main_verb(clause)
    if verb < 0 or context.lemma(verb) not in reflexive:
        return None
    itself = {"sich", "mich", "uns", "dich", "euch"}
    if reflexive[context.lemma(verb)] == "sich" and not context.lows(clause) & itself:
        return None
    behind_subject: Phrase | None = None
    for phrase in context.bare(clause):
        if "g" not in phrase.cases or not phrase.cases <= {"g", "d"} or phrase.first == phrase.head:
            continue
        if context.text(phrase.first - 1) in table("genitive_prepositions.tsv"):
            continue
        if not phrase.attached:
            return phrase
        owner = next((p for p in context.bare(clause) if p.last == phrase.first - 1), None)
        if owner is not None and "n" in owner.cases and phrase.first > clause.finite >= 0:
            behind_subject = behind_subject or phrase
    return behind_subject
