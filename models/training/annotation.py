"""Terminology by training (Dinu et al. 2019): `… <t> Haushaltssperre <c> budget freeze </t> …`.

In a share of the training sentences some German words carry the English that the reference has for them, in
its dictionary form, so that the model learns to take it over and to inflect it. The symbols stand between
pieces, never inside a word, and without pieces of their own for spaces:

    ▁Die <t> ▁Haushalts sperre <c> ▁budget ▁freeze </t> ▁gilt
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.training.lemmas import Lemmas
from models.training.units import Ids, UnitTable, Vocabulary

MOST_TERMS = 5
_MOST_PIECES = 4
_LONGEST_GERMAN, _LONGEST_ENGLISH = 3, 4  # units
# Words that no glossary would hold; German function words and the commonest verbs, adverbs and titles.
_GERMAN_WORDS = """
    aber alle allem allen aller alles also andere anderen anderer auch auf aus bei beim bereits bis dabei
    dadurch dafür damals damit danach daran darauf daraus darin darum das dass davon dazu dein dem den
    denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort durch
    ebenfalls ein eine einem einen einer eines einige einigen einmal erst etwa etwas euch euer für ganz
    gar gegen gegenüber gerade gibt hab habe haben hat hatte hatten hätte hätten heißt hier hinter ihm
    ihn ihnen ihr ihre ihrem ihren ihrer ihres immer infolge ist jede jedem jeden jeder jedes jedoch
    jener jetzt kann kannst kein keine keinem keinen keiner können könnte könnten lassen lässt machen
    macht mal man manche mehr mein meine meinem meinen meiner mich mir mit muss musst müssen musste
    mussten nach nachdem neben nicht nichts noch nun nur ob obwohl oder ohne schon sehr sein seine
    seinem seinen seiner seines seit selbst sich sie sind sogar solche solchen soll sollen sollte
    sollten somit sondern sonst soweit sowie sowohl statt tun über überhaupt und uns unser unsere
    unserem unseren unserer unter viel viele vielen vielleicht vom von vor wann war waren warum was
    weder wegen weil welche welchem welchen welcher welches wenig weniger wenn wer werde werden weshalb
    wie wieder will wir wird wirst wo wollen wollte wollten worden wurde wurden würde würden zum zur
    zwar zwischen herr herrn frau hallo danke bitte damen herren"""
_STOP = frozenset(_GERMAN_WORDS.split())
_ENGLISH_WORDS = """
    a about above after all also an and any are as at be been before being but by can could did do does for
    from had has have he her his how i if in into is it its just may me more most my no not of on one
    only or other our out over own she should so some such than that the their them then there these
    they this those through to too under up us very was we were what when where which who will with
    would you your"""
_ENGLISH_STOP = frozenset(_ENGLISH_WORDS.split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """German units [start, end) that the English units [first, last) translate, neither linked elsewhere."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Term:
    """German pieces [start, end) and the English wanted for them."""

    start: int
    end: int
    english: str


def candidates(
    german: Sequence[str], english: Sequence[str], links: Sequence[tuple[int, int]]
) -> list[Candidate]:
    """Return what may be annotated: content words with a contiguous English of their own, nouns first."""
    forth: defaultdict[int, set[int]] = defaultdict(set)
    back: defaultdict[int, set[int]] = defaultdict(set)
    for s, t in links:
        forth[s].add(t)
        back[t].add(s)
    found = []
    for start in range(len(german)):
        for end in range(start + 1, min(start + _LONGEST_GERMAN, len(german)) + 1):
            units = german[start:end]
            if not all(map(_content, units)) or (end - start > 1 and not units[-1][0].isupper()):
                continue
            reached = sorted(set().union(*(forth[s] for s in range(start, end))))
            if not reached or len(reached) > _LONGEST_ENGLISH or not all(forth[s] for s in range(start, end)):
                continue
            first, last = reached[0], reached[-1] + 1
            outside = any(s < start or s >= end for t in reached for s in back[t])
            # A content word beside it that is linked to nothing is likely the compound's other half.
            torn = any(
                0 <= t < len(english) and t not in back and _term_like([english[t]])
                for t in (first - 1, last)
            )
            whole = last - first == len(reached) and not outside and not torn
            if whole and _term_like(english[first:last]):
                found.append(Candidate(start, end, first, last))
    return found


def _content(unit: str) -> bool:
    if not unit.isalpha() or unit.casefold() in _STOP:
        return False
    return len(unit) >= 4 or (len(unit) >= 2 and unit.isupper())


def _term_like(units: Sequence[str]) -> bool:
    inner = all(map(str.isalpha, units))
    return inner and units[0].casefold() not in _ENGLISH_STOP and units[-1].casefold() not in _ENGLISH_STOP


def choose(
    found: Sequence[Candidate],
    german: Sequence[str],
    pieces: Sequence[int],
    chance: np.random.Generator,
    most: int = MOST_TERMS,
) -> list[Candidate]:
    """Draw one to `most` candidates that do not overlap, nouns and rare words before others, in order.

    `pieces`: how many each German unit has.
    """
    if not found:
        return []
    weights = np.array([_weight(german[c.start : c.end], pieces[c.start : c.end]) for c in found])
    number = int(chance.integers(1, most + 1))
    order = chance.choice(len(found), size=len(found), replace=False, p=weights / weights.sum())
    taken: list[Candidate] = []
    for i in order:
        candidate = found[int(i)]
        if all(candidate.end <= other.start or other.end <= candidate.start for other in taken):
            taken.append(candidate)
        if len(taken) == number:
            break
    return sorted(taken, key=lambda candidate: candidate.start)


def _weight(units: Sequence[str], pieces: Sequence[int]) -> float:
    """Prefer what a reader tells the model: nouns, several words, and words of many pieces, which are rare.

    Verbs and adjectives come up, too.
    """
    noun = 3.0 if units[-1][0].isupper() else 1.0
    return noun * min(_MOST_PIECES, max(pieces)) * (1.5 if len(units) > 1 else 1.0)


def terms_of(
    source: Ids,
    target: Ids,
    links: Sequence[tuple[int, int]],
    table: UnitTable,
    lemmas: Lemmas,
    chance: np.random.Generator,
) -> list[Term]:
    """Draw the terms of one sentence pair; none if its alignment offers none."""
    german, english = table.texts(source), table.texts(target)
    spans = table.spans(source)
    chosen = choose(candidates(german, english, links), german, [end - start for start, end in spans], chance)
    return [
        Term(
            spans[c.start][0],
            spans[c.end - 1][1],
            # A German word in small letters is a verb or an adjective: the verb rules leave adjectives alone.
            lemmas.lemma(english[c.first : c.last], verb=german[c.end - 1][0].islower()),
        )
        for c in chosen
    ]


@dataclass(frozen=True, slots=True)
class Annotator:
    """Puts terms among the pieces of a sentence."""

    opening: int
    middle: int
    closing: int
    encode: Callable[[str], list[int]]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Annotator:
        """Return the annotator of a vocabulary."""
        opening, middle, closing = (vocabulary.id_of(piece) for piece in ("<t>", "<c>", "</t>"))
        return cls(opening, middle, closing, vocabulary.encode)

    def annotate(self, ids: Sequence[int], terms: Sequence[Term]) -> tuple[list[int], list[int]]:
        """Return the annotated ids, and for each of the original pieces where it stands now."""
        out: list[int] = []
        places: list[int] = []
        begins = {term.start for term in terms}
        ends = {term.end: term for term in terms}
        for position, number in enumerate(ids):
            if position in begins:
                out.append(self.opening)
            places.append(len(out))
            out.append(int(number))
            if term := ends.get(position + 1):
                out += [self.middle, *self.encode(term.english), self.closing]
        return out, places
