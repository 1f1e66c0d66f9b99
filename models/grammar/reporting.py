"""Who says it: the speaker that a reporting verb, "laut" or "nach Angaben" names."""

from __future__ import annotations

from typing import Final

from models.grammar.context import Context
from models.grammar.forms import is_first, second_base
from models.grammar.lists import named, words_in
from models.grammar.phrases import Phrase, is_noun
from models.grammar.sentence import Clause

_NO_SPEAKER: Final = frozenset(["es", "das", "dies", "was"])


def reporting_clauses(context: Context) -> list[Clause]:
    """Return the clauses whose verb reports what is said or thought, not themselves reported."""
    found = []
    for clause in context.parse.clauses:
        if clause.finite < 0 or context.lows(clause) & {"ich", "wir"}:
            continue
        item = context.items[clause.finite]
        number = context.main_verb(clause)
        said = context.lemma(number) in words_in("reporting_verbs.txt") or _said_so(context, clause)
        if number != clause.finite and not context.items[number].tag.endswith("(PP)"):
            said = False  # "niemand vermag zu sagen"
        if said and not is_first(item.low, item.lemma) and not second_base(item.low, item.lemma):
            found.append(clause)
    return found


def _said_so(context: Context, clause: Clause) -> bool:
    """Return whether a clause is "so Merz", without a verb of saying: "heißt es", "hieß es"."""
    return context.items[clause.finite].low in {"heißt", "hieß"} and "es" in context.lows(clause)


def speaker(context: Context) -> str:
    """Return the speaker in quotation marks, or "" if none is named beyond doubt."""
    clauses = reporting_clauses(context)
    if len(clauses) != 1:
        return "" if clauses else _according_to(context)
    clause = clauses[0]
    if context.lemma(context.main_verb(clause)) in named("denying"):
        return ""
    if clause.kind == "sub" or _said_so(context, clause):
        return ""
    found: list[Phrase] = []
    for phrase in context.bare(clause):
        if phrase.pronoun and context.items[phrase.first].text[0].isupper():
            continue  # "Sie": you, she or they
        if "n" not in phrase.cases or phrase.attached or context.text(phrase.first) in _NO_SPEAKER:
            continue
        if not phrase.pronoun and phrase.features <= {f for f in phrase.features if f[2] == "g"}:
            continue
        found.append(phrase)
    if not found:
        return ""
    sure = [phrase for phrase in found if "a" not in phrase.cases]
    if len(found) > 1 and len(sure) != 1:
        near = [p for p in found if p.last == clause.finite - 1 or p.first == clause.finite + 1]
        return _with_genitive(context, near[0]) if len(near) == 1 and not clause.rest else ""
    return _with_genitive(context, (sure or found)[0])


def _with_genitive(context: Context, phrase: Phrase) -> str:
    """Return a phrase with the genitive behind it: "der Chef der Fraktion"."""
    last = phrase.last
    for other in context.phrases:
        if other.first == last + 1 and other.attached and other.cases <= {"g", "d"} and other.cases:
            last = other.last
    behind = context.items[last + 1] if last + 1 < len(context.items) else None
    if behind is not None and is_noun(behind):
        return ""  # a name that is not known as one
    return f"“{context.parse.text_of(phrase.first, last)}”"


def _according_to(context: Context) -> str:
    for phrase in context.phrases:
        if phrase.preposition >= 0 and context.text(phrase.preposition) == "laut":
            return _with_genitive(context, phrase)
        if (
            phrase.attached
            and "g" in phrase.cases
            and context.text(phrase.first - 1) in {"angaben", "worten", "ansicht", "auffassung"}
            and context.text(phrase.first - 2) in {"nach", "laut", "den"}
        ):
            return _with_genitive(context, phrase)
    return ""


def words_of(who: str) -> str:
    """Return whose words reported speech is: "the words of “X”"."""
    return f"the words of {who}" if who else "somebody's words"
