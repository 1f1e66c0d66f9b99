"""Notes on the passive: what is done (werden), what has been done (sein), and done by whom."""

from __future__ import annotations

from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.forms import MODALS, takes_sein
from models.grammar.lists import named, words_in
from models.grammar.sentence import Clause, Item
from models.grammar.values import GrammarNote


def passives(context: Context) -> Iterator[GrammarNote]:
    """Yield a note for every passive that the forms prove."""
    for clause in context.parse.clauses:
        group = _werden_group(context, clause)
        if group:
            yield _with_werden(context, clause, group)
            continue
        if _is_state(context, clause):
            numbers = clause.verbs
            yield context.note(
                "state-passive",
                numbers,
                "Passive of state",
                f"{context.form(*numbers)} names a state, the result of what was done: “sein” with this"
                " participle is no perfect (is …ed, not has …ed).",
            )


def _participle(context: Context, number: int) -> bool:
    """Return whether an item is a participle that a passive can be made of."""
    item = context.items[number]
    if item.low in words_in("passive_adjectives.txt") or item.low in {"worden", "gewesen", "geworden"}:
        return False
    return item.tag == "VV(PP)" or (item.tag == "VV(FIN)" and context.could_be(item.text, "VV(PP)"))


def _werden_group(context: Context, clause: Clause) -> tuple[int, ...]:
    """Return all verbs of a passive with werden, or ()."""
    rest = [context.items[number] for number in clause.rest]
    participles = [item for item in rest if _participle(context, item.index)]
    finite = context.items[clause.finite] if clause.finite >= 0 else None
    lows = [item.low for item in rest]
    if not participles or (participles[0].index != rest[0].index):
        return ()
    zu = {clause.zu} - {-1} if clause.kind == "inf" else set()
    everything = tuple(sorted({*clause.verbs, *zu}))
    if "worden" in lows:
        return everything if finite is None or finite.lemma == "sein" else ()
    if lows[-1] in {"haben", "sein"} or "haben" in lows[1:]:
        return ()
    if "werden" in lows[1:]:
        modal = any(context.lemma(n) in MODALS for n in clause.rest)
        fits = finite is None or finite.lemma in MODALS | {"werden", "scheinen"}
        return everything if fits or (finite is not None and finite.lemma == "haben" and modal) else ()
    if finite is None or finite.lemma != "werden" or len(rest) != 1:
        return ()
    if context.could_be(participles[0].text, "VV(INF)") and not finite.low.startswith("wurde"):
        return ()  # "wird vergessen" may be the future
    return everything


def _with_werden(context: Context, clause: Clause, group: tuple[int, ...]) -> GrammarNote:
    form = context.form(*group)
    if _impersonal(context, clause):
        participle = next(n for n in clause.rest if _participle(context, n))
        return context.note(
            "impersonal-passive",
            group,
            "Passive without a subject",
            f"{form} is a passive without a subject: it says only that something is done"
            f" (“man” … {context.form(participle)}), not who does it or to whom.",
        )
    doer = _doer(context, clause)
    tail = f"; {doer} names who does it" if doer else ""
    bare = any("n" in p.cases and context.text(p.first) != "es" for p in context.bare(clause))
    verb = next(n for n in clause.rest if _participle(context, n))
    acted = (bare or clause.opener) and context.lemma(verb) not in words_in("intransitive_verbs.txt")
    sense = "the subject does not act, it is acted upon" if acted else "it says what is done, not who does it"
    return context.note(
        "passive", group, "Passive", f"{form} is passive ({_english(context, clause, group)}): {sense}{tail}."
    )


def _english(context: Context, clause: Clause, group: tuple[int, ...]) -> str:
    """Return the English build of the passive, by tense and modal verb."""
    lows = {context.text(number) for number in group}
    finite = context.items[clause.finite] if clause.finite >= 0 else None
    if finite is None:
        return "to be …ed"
    if finite.tag[:2] == "VM":
        english = {
            "kann": "can be", "können": "can be", "könnte": "could be", "könnten": "could be",
            "konnte": "could be", "konnten": "could be",
            "muss": "must be", "müssen": "must be", "musste": "had to be",
            "mussten": "had to be", "soll": "is to be", "sollen": "are to be", "sollte": "should be",
            "sollten": "should be", "darf": "may be", "dürfen": "may be", "müsste": "would have to be",
            "müssten": "would have to be",
        }  # fmt: skip
        return f"{english.get(finite.low, 'modal verb + be')} …ed"
    if finite.lemma == "haben":
        could = lows & {"können", "dürfen"}
        return "could have been …ed" if could else "should have been …ed"
    if "worden" in lows:
        plural = finite.low in {"sind", "seien", "waren", "wären"}
        if finite.low in {"war", "waren"}:
            return "had been …ed"
        if finite.low in {"wäre", "wären"}:
            return "would have been …ed"
        return "have been …ed" if plural else "has been …ed"
    if "werden" in lows and finite.low != "werden":
        return "would be …ed" if finite.low.startswith("würde") else "will be …ed"
    english = {"wird": "is …ed", "werden": "are …ed", "wurde": "was …ed", "wurden": "were …ed"}
    return english.get(
        finite.low, "would be …ed, or as reported: is …ed" if finite.low.startswith("würde") else "is …ed"
    )


def _impersonal(context: Context, clause: Clause) -> bool:
    """Return whether there is nothing that could be the subject, not even "es" or a clause."""
    if clause.finite < 0 or context.items[clause.finite].low not in {
        "wird", "wurde", "werde", "würde", "ist", "muss", "müsste", "kann", "könnte", "soll", "sollte",
        "darf", "war",
    }:  # fmt: skip
        return False
    verb = next(n for n in clause.rest if _participle(context, n))
    if context.lemma(verb) not in words_in("intransitive_verbs.txt"):
        return False
    for phrase in context.bare(clause):
        name = context.items[phrase.head].tag == "NE"
        if "n" in phrase.cases or not phrase.cases or name:
            return False
    known = ("APPR", "ADV", "PTK", "VV", "VA", "VM", "PROAV", "KO", "PWAV", "ADJ(D)", "$")
    covered: set[int] = set()
    for phrase in context.phrases:
        covered |= set(range(phrase.first, phrase.last + 1))
    for number in clause.items:
        item = context.items[number]
        relative = number in clause.opener and context.items[number - 1].tag in {"APPR", "KOUI"}
        plain = relative or item.low.isdigit() or item.tag.startswith(known)
        if number not in covered and not plain:
            return False
    return not context.lows(clause) & named("could be a subject") and not _subject_elsewhere(context, clause)


def _subject_elsewhere(context: Context, clause: Clause) -> bool:
    """Return whether the subject may stand outside a clause: before "und", or a clause of its own."""
    start = clause.items[0]
    if clause.kind == "sub" and not clause.opener:
        return True
    joining = {"und", "oder", "aber", "sondern"}
    if clause.kind == "main" and {context.text(start - 1), context.text(clause.finite - 1)} & joining:
        return True
    if clause.first and start > 0:
        before = next((other for other in context.parse.clauses if start - 2 in other.items), None)
        condition = before is not None and (
            (before.first and context.text(before.items[0] - 1) not in {",", "und"})
            or (before.opener and context.text(before.opener[-1]) in named("condition"))
        )
        if not condition:
            return True  # "wie das gelang, wird untersucht"; "der Mann, der fehlt, wird gesucht"
    after = max(clause.verbs) + 1
    if context.text(after) in {":", "-", "–"} and context.text(start - 1) not in {"-", "–"}:
        return True  # "zur Begründung wird angeführt: ..."
    said = any(context.lemma(n) in words_in("reporting_verbs.txt") | named("told") for n in clause.rest)
    own = context.parse.clause_of(after + 1)
    goes_on = own is not None and own.kind == "main" and own.items[0] == after + 1 and not own.first
    if said and context.text(after) == "," and (goes_on or len(clause.opener) < 2):
        return True  # "ihm wird entgegengehalten, er sei zu jung"
    following = context.parse.clause_of(after + 1)
    adverbial = context.text(after + 1) in named("adverbial")
    if context.text(after) == "," and following is not None and following.kind == "inf" and not adverbial:
        return True  # "in dem vorgeschlagen wird, die Grenze zu senken"
    if context.text(after) != ",":
        return False
    if clause.kind == "sub":
        return context.text(after + 1) in named("asking") | {"dass", "ob"}
    return context.text(after + 1) not in named("adverbial")


def _doer(context: Context, clause: Clause) -> str:
    """Return the doer behind von in quotation marks, if it is somebody who can act."""
    for phrase in context.phrases:
        if phrase.first not in clause.items or phrase.preposition < 0:
            continue
        preposition = context.items[phrase.preposition]
        before = context.items[preposition.index - 1] if preposition.index else None
        if preposition.low not in {"von", "vom"} or (
            before is not None and before.tag in {"NN", "NE", "NNA"}
        ):
            continue
        after = context.items[phrase.last + 1] if phrase.last + 1 < len(context.items) else None
        if (before is not None and before.tag in {"ART", "PPOSAT", "PIAT", "PDAT"}) or (
            after is not None and after.tag == "ADJ(A)"
        ):
            continue  # "das vom Bundestag beschlossene Gesetz"
        head = context.items[phrase.head]
        last = head.low.rpartition("-")[2]
        if before is not None and before.tag in {"PIS", "PIAT", "CARD"}:
            continue  # "vielen von ihnen"
        if phrase.pronoun or last.endswith(tuple(words_in("agent_heads.txt"))):
            return context.words(phrase, preposition=True)
    return ""


def _is_state(context: Context, clause: Clause) -> bool:
    if clause.finite < 0 or clause.zu >= 0:
        return False
    finite = context.items[clause.finite]
    rest: list[Item] = [context.items[number] for number in clause.rest]
    if finite.lemma != "sein" or not rest or len(rest) > 2:
        return False
    participle = rest[0]
    if len(rest) == 2 and rest[1].low != "gewesen":
        return False
    return participle.low in words_in("state_participles.txt") and not takes_sein(participle.lemma)
