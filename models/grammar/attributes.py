"""Notes on extended attributes, unfolded: "der von der Regierung vorgelegte Entwurf"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.grammar.context import Context
from models.grammar.forms import present, takes_sein
from models.grammar.lists import named, words_in
from models.grammar.phrases import determiner_features, is_noun
from models.grammar.sentence import Item
from models.grammar.values import GrammarNote
from models.lexicon.tagging import Tagger

_DETERMINERS = ("ART", "PDAT", "PPOSAT", "PIAT", "PDS", "PIS", "PRELS")
_FREE = ("ADV", "PTKNEG", "PTKA", "PROAV", "ADJ(D)", "PRF", "PTKANT")


class AttributeRule:
    """Finds extended attributes; knows the morphemes of participles and the features of nouns."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    def __call__(self, context: Context) -> Iterator[GrammarNote]:
        """Yield a note for each extended attribute whose parts are all understood."""
        for item in context.items:
            kind, verb = self._participle(context, item)
            if not kind:
                continue
            head = item.index + 1
            while head < len(context.items) and context.items[head].tag == "ADJ(A)":
                head += 1
            if (
                head >= len(context.items)
                or not is_noun(context.items[head])
                or context.items[head].tag == "NE"
            ):
                continue
            start = self._determiner(context, item.index, kind)
            if start < 0:
                continue
            note = _unfolded(context, start, item.index, head, kind, verb)
            if note is not None:
                yield note

    def _participle(self, context: Context, item: Item) -> tuple[str, str]:
        """Return "present", "past" or "zu" and the infinitive, or ("", "")."""
        if item.tag != "ADJ(A)" or not item.text.islower() or item.low in words_in("no_participles.txt"):
            return "", ""
        if item.lemma in words_in("no_participles.txt"):
            return "", ""
        morphemes = self._tagger.analyse(item.text, "ADJ(A)").morphemes
        kinds = [kind for _, kind in morphemes]
        verbal = any(kind.startswith(("VV", "VA")) for kind in kinds)
        if not verbal:
            return "", ""
        if "PRESPART" in kinds:
            verb = re.sub(r"d(?:e[nrms]?)?$", "", item.low)
            zu = context.text(item.index - 1) == "zu" or re.search(r"[a-zäöüß]{2}zu[a-zäöüß]{4,}", verb)
            if zu and context.text(item.index - 1) != "zu":
                found = re.match(
                    r"(ab|an|auf|aus|bei|durch|ein|fest|her|hin|nach|über|um|vor|weiter|zurück)zu", verb
                )
                return ("zu", verb.replace("zu", "", 1)) if found else ("", "")
            return ("zu" if zu else "present"), verb
        if "SUF_PP" in kinds:
            participle = item.lemma
            lemma = self._tagger.analyse(participle, "VV(PP)").lemma
            known = context.could_be(participle, "VV(PP)") and context.count(lemma) > 0
            return ("past", lemma) if known else ("", "")
        return "", ""

    def _determiner(self, context: Context, end: int, kind: str) -> int:
        """Return the determiner that opens the phrase of a participle, or -1."""
        for start in range(end - 2, max(-1, end - 16), -1):
            item = context.items[start]
            if item.is_mark:
                return -1
            if item.tag not in _DETERMINERS or not determiner_features(item.low):
                continue
            before = context.items[start - 1] if start else None
            governed = before is not None and before.tag in {"APPR", "APPRART"}
            if self._understood(context, start + 1, end, kind) and not (
                governed and self._is_phrase(context, start)
            ):
                doubled = item.low.startswith("beid") and before is not None and before.tag == "ART"
                return start - 1 if doubled else start
        return -1

    def _is_phrase(self, context: Context, start: int) -> bool:
        """Return whether a determiner begins a phrase with a noun of its own at once."""
        return any(phrase.first == start for phrase in context.phrases)

    def _understood(self, context: Context, place: int, end: int, kind: str) -> bool:
        """Return whether everything between determiner and participle is adverbs and complete phrases."""
        if place < end and any(p.first <= place - 1 <= p.last and p.length > 1 for p in context.phrases):
            return False
        pieces = 0
        while place < end:
            item = context.items[place]
            if item.low == "zu" and place == end - 1 and kind == "zu":
                pieces += 2
                place += 1
                continue
            phrase = next((p for p in context.phrases if p.first == place and p.last < end), None)
            if phrase is not None and not phrase.pronoun:
                allowed = (
                    phrase.preposition >= 0
                    or (phrase.attached and phrase.cases <= {"g", "d"} and bool(phrase.cases))
                    or (kind == "present" and phrase.cases in ({"a"}, {"d"}))
                    or phrase.cases == {"d"}
                )
                if not allowed or not phrase.cases:
                    return False
                pieces += 2
                place = phrase.last + 1
                continue
            if item.tag in {"APPR", "APPRART"}:
                following = next((p for p in context.phrases if p.preposition == place), None)
                if following is None or following.last >= end:
                    return False
                place = following.first
                continue
            if item.tag.startswith(_FREE) or item.low in {"sich", "nicht", "noch"}:
                pieces += item.low not in named("no extension")
                place += 1
                continue
            return False
        return pieces > 1 and place == end


def _unfolded(
    context: Context, start: int, participle: int, head: int, kind: str, verb: str
) -> GrammarNote | None:
    noun = context.items[head]
    features = frozenset(determiner_features(context.text(start)))
    finder = next((p for p in context.phrases if p.head == head), None)
    if finder is None:
        return None
    fitting = {(n, g) for n, g, c in features if any((n, g, c) == f for f in finder.features)}
    text = context.parse.text_of(start, head)
    simple = _relative(context, start, participle, head, kind, verb, fitting)
    meaning = {
        "past": "tells what was done or has happened",
        "present": "tells what it is doing",
        "zu": "with “zu” tells what must or can be done",
    }[kind]
    inner = context.parse.text_of(start + 1, participle)
    if not fitting:
        return None
    return context.note(
        "attribute",
        range(start, head + 1),
        "Extended attribute",
        f"Between {context.form(start)} and {context.form(head)} stands a whole clause, “{inner}”:"
        f" read “{noun.text}” first; the participle {context.form(participle)} {meaning}.",
        simple if simple != text else "",
    )


def _relative(
    context: Context,
    start: int,
    participle: int,
    head: int,
    kind: str,
    verb: str,
    fitting: set[tuple[str, str]],
) -> str:
    """Return the noun with a relative clause, in the nominative; "" if number, gender or verb are unsure."""
    if len(fitting) != 1:
        return ""
    ((number, gender),) = fitting
    noun = context.items[head]
    plural = number == "p"
    pronoun = "die" if plural else {"m": "der", "f": "die", "n": "das"}[gender]
    if any(item.tag == "ADJ(A)" for item in context.items[participle + 1 : head]) or noun.tag != "NN":
        return ""
    determiner = context.text(start)
    if determiner not in {"der", "die", "das", "den", "dem", "des"}:
        return ""
    form = noun.text if plural else noun.lemma
    if plural and form.endswith("n") and noun.lemma + "n" != form and determiner == "den":
        return ""
    first = participle - 1 if kind == "zu" and context.text(participle - 1) == "zu" else participle
    inner = context.parse.text_of(start + 1, first - 1) if first > start + 1 else ""
    end = _verb_group(context, participle, kind, verb, plural=plural)
    return f"{pronoun} {form}, {pronoun} {inner + ' ' if inner else ''}{end}" if end else ""


def _verb_group(context: Context, participle: int, kind: str, verb: str, *, plural: bool) -> str:
    item = context.items[participle]
    be = "sind" if plural else "ist"
    if kind == "zu":
        if context.text(participle - 1) == "zu":
            return f"zu {verb} {be}"
        return f"{re.sub(r'd(?:e[nrms]?)?$', '', item.low)} {be}"
    if kind == "present":
        finite = present(verb, plural=plural)
        return finite if context.count(verb) else ""
    if takes_sein(verb) or item.lemma in words_in("state_attributes.txt"):
        return f"{item.lemma} {be}"
    if not context.count(verb):
        return ""
    return f"{item.lemma} {'wurden' if plural else 'wurde'}"
