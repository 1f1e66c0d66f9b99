"""The ladder: grant wishes for words by the mildest means that works, else leave the English alone.

1. If the package was trained for it, tell the model the words in the source (`annotating`).
2. Take the best of its alternatives that has them.
3. Let it write on from the word, put where the links (or its own expectations) place it: prefix-forced
   decoding, in the spirit of Bogoychev and Chen 2023 (“Terminology-Aware Translation with Constrained
   Decoding and Large Language Model Prompting”).
4. Put the word in place of the aligned words.

A draft is taken only if the guards allow it (`guards`). Sentences go up together, so that work is in batches;
long ones part by part (`parts`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.translation.annotating import MOST_TERMS, Given, Telling, annotated, takes_annotation
from models.translation.engine import Translator, never
from models.translation.forcing.cases import Case, Draft
from models.translation.forcing.decoding import ForcedDecoder
from models.translation.forcing.guards import Limits
from models.translation.forcing.parts import Request, parted, unplaced
from models.translation.forcing.spots import word_starts
from models.translation.forcing.values import Enforcement, Step, Wish
from models.translation.forcing.wording import fitted, looks_plural
from models.translation.nonwords import Nonwords
from models.translation.pieces import Span, Tokenizer
from models.translation.planning import Plan, plan
from models.translation.rare_words import RareWord, elsewhere, missing, standing
from models.translation.surnames import surnames_of

# Counts up whenever the same wishes may give other English than before.
FORCING_VERSION = 2
# Eight cost twice as much and granted no more (120 of the glossary's examples, bench/enforcement.py).
ALTERNATIVES = 4
# A sentence whose beginning is given has little left to search for.
_BEAM = 2
# Where the links cannot be relied on, this many of the likeliest places are tried.
_GUESSES = 2
# ... of those nearest to where the German stands in its sentence.
_PLACES = 8


@dataclass(frozen=True, slots=True)
class _Try:
    """A prefix to write on from, or a whole sentence, for one wish of one case."""

    case: Case
    wish: int
    text: str


def enforce(
    translator: Translator,
    requests: Sequence[Request],
    cancelled: Callable[[], bool] = never,
    limits: Limits | None = None,
    surnames: frozenset[str] = frozenset(),
) -> list[Enforcement]:
    """Return what came of each request, in their order.

    `cancelled` is asked between the steps; once it says yes, what was granted so far is returned.
    `surnames`: of the text, as the translations were made with. Raises only if the model cannot be loaded or
    fails altogether (RuntimeError, OSError).
    """
    ladder = _Ladder(translator, limits or Limits(), surnames)
    plans = [ladder.plan(request.translation.source) for request in requests]
    long = parted(translator, dict(enumerate(zip(requests, plans, strict=True))), cancelled, surnames)
    whole = {n: request for n, request in enumerate(requests) if n not in long}
    pieces = [(request, plans[n]) for n, request in whole.items()]
    pieces += [(part, ladder.plan(part.translation.source)) for each in long.values() for part in each.parts]
    outcomes = iter(_climbed(ladder, pieces, cancelled))
    found = {n: next(outcomes) for n in whole}
    for n, each in long.items():
        found[n] = each.joined([next(outcomes) for _ in each.parts], ladder.tokenizer)
    return [found[n] for n in range(len(requests))]


def _climbed(
    ladder: _Ladder, requests: Sequence[tuple[Request, Plan]], cancelled: Callable[[], bool]
) -> list[Enforcement]:
    """Send sentences of one part each up the ladder."""
    cases = [ladder.case(request, made) for request, made in requests]
    at_work = [case for case in cases if case and case.waiting]
    ladder.align([case for case in at_work if case.links is None])
    ladder.weigh([case for case in at_work if case.known])
    steps: list[Callable[[list[Case]], None]] = [ladder.choose]
    if ladder.annotates:
        steps.insert(0, ladder.annotate)
    for step in steps:
        if not cancelled():
            step([case for case in at_work if case.waiting])
    while not cancelled() and (left := [case for case in at_work if case.waiting]):
        ladder.next_wish(left)
    return [
        case.outcome(ladder.nonwords) if case else Enforcement(None, tuple(unplaced(request)))
        for case, (request, _) in zip(cases, requests, strict=True)
    ]


class _Ladder:
    def __init__(self, translator: Translator, limits: Limits, surnames: frozenset[str]) -> None:
        self.tokenizer: Tokenizer
        self.tokenizer, decoder = translator.load()
        self._decoder = ForcedDecoder(decoder, min(_BEAM, translator.options.beam))
        self._longest = translator.longest
        self._limits = limits
        self._rare = translator.rare_words
        self._surnames = surnames
        self.nonwords = Nonwords(self._rare) if self._rare else None
        self._trusted = translator.has_alignment_head
        self.annotates = takes_annotation(translator.package.folder, self.tokenizer)

    def plan(self, sentence: str) -> Plan:
        """Return how the translator reads a sentence."""
        return plan(sentence, self.tokenizer, self._longest)

    def case(self, request: Request, made: Plan) -> Case | None:
        """Return the case for a request; None for a sentence that cannot be forced.

        That is one without usable English, one whose parts cannot be told (`parts`), or one with signs
        (emoji) that the model never sees.
        """
        translation = request.translation
        if not translation.english or len(made.parts) != 1 or made.prepared.signs:
            return None
        english, links = translation.english, translation.links or None
        for plain, original in made.prepared.names:
            if original in english:
                english, links = english.replace(original, plain), None
        score = translation.hypotheses[0].score
        pieces = self.tokenizer.encode(english)
        wishes = list(request.wishes)
        known = self._known(made, wishes, english)
        steps = unplaced(request)
        return Case(
            made, translation, wishes, english, score, links, steps, pieces, known=known, raw_score=score
        )

    def weigh(self, cases: Sequence[Case]) -> None:
        """Score the raw English anew where rare words may have been told: drafts are scored without them."""
        scores = self._decoder.scores([case.source for case in cases], [case.pieces for case in cases])
        for case, score in zip(cases, scores, strict=True):
            case.raw_score = score

    def _known(self, made: Plan, wishes: Sequence[Wish], english: str) -> tuple[RareWord, ...]:
        """Return the names, phrases and rare words that the English renders and that no wish is for."""
        if not self._rare:
            return ()
        text = made.parts[0].text
        names = surnames_of(text, self._surnames, self._rare.tagger)
        wished = tuple(
            RareWord(inside, 0, ())
            for wish in wishes
            for span in wish.source
            if (inside := made.prepared.inside(*span))
        )
        known = names + elsewhere(self._rare.phrases(text), names)
        known += elsewhere(self._rare.find(text), known)
        return standing(elsewhere(known, wished), english)

    def align(self, cases: Sequence[Case]) -> None:
        """Make the word links of these cases."""
        attention = self._decoder.attention([case.source for case in cases], [case.pieces for case in cases])
        for case, rows in zip(cases, attention, strict=True):
            case.link(rows)

    def annotate(self, cases: list[Case]) -> None:
        """Tell the model the words in the source; rare words, too, that it forgets over them."""
        drafts = self._told([(case, ()) for case in cases])
        lost = [(case, gone) for case, draft in drafts if (gone := missing(case.known, draft.english))]
        drafts += self._told(lost)
        offers: dict[int, tuple[Case, list[Draft]]] = {}
        for case, draft in drafts:
            offers.setdefault(id(case), (case, []))[1].append(draft)
        self._take(list(offers.values()), "annotated")

    def _told(self, wanted: Sequence[tuple[Case, tuple[RareWord, ...]]]) -> list[tuple[Case, Draft]]:
        """Return drafts made with the waiting wishes, and these rare words, in the source."""
        told: list[tuple[Case, Given]] = []
        for case, rare in wanted:
            part = case.plan.parts[0]
            words = [
                telling
                for wish in (case.wishes[n] for n in case.waiting)
                if (telling := self._telling(case.plan, wish))
            ]
            room = MOST_TERMS - len(words)
            words += [word.telling for word in rare[: max(0, room)]]
            given = annotated(part.text, part.pieces, words, self.tokenizer)
            if given is not None:
                told.append((case, given))
        written = self._decoder.completed([given.pieces for _, given in told], [[] for _ in told])
        # Scored with the words in the source: that is the input this model was made for.
        scores = self._decoder.scores([given.pieces for _, given in told], written)
        return [
            (case, Draft(self.tokenizer.decode(pieces), pieces, score))
            for (case, _), pieces, score in zip(told, written, scores, strict=True)
        ]

    def _telling(self, made: Plan, wish: Wish) -> Telling | None:
        """Return how the model is told of a wish: of words apart at their verb (tritt … zurück)."""
        spans = [span for source in wish.source if (span := made.prepared.inside(*source))]
        if not wish.writable or len(spans) < len(wish.source):
            return None
        core = spans[0]
        if len(spans) > 1:
            verbs = [span for span in spans if self._is_verb(made.parts[0].text[slice(*span)])]
            if len(verbs) != 1:
                return None
            core = verbs[0]
        rest = tuple(span for span in spans if span != core)
        return Telling(core, wish.dictionary or wish.accepted[0], rest)

    def _is_verb(self, form: str) -> bool:
        return self._rare is not None and self._rare.tagger.likeliest_tag(form).startswith("V")

    def choose(self, cases: list[Case]) -> None:
        """Take the best of the alternatives that grants most."""
        found = self._decoder.alternatives([case.source for case in cases], ALTERNATIVES)
        offers = []
        for case, alternatives in zip(cases, found, strict=True):
            drafts = [Draft(self.tokenizer.decode(one.pieces), one.pieces, one.score) for one in alternatives]
            offers.append((case, drafts))
        self._take(offers, "chosen")

    def next_wish(self, cases: list[Case]) -> None:
        """Try one more wish of each case, the leftmost in its English: write on from it, else replace."""
        turns = [(case, *self._leftmost(case)) for case in cases]
        guessed = self._guesses([(case, n) for case, n, span in turns if span is None])
        prefixes: list[_Try] = []
        for case, n, span in turns:
            case.tried.add(n)
            starts = [span[0]] if span else guessed[id(case)]
            prefixes += [
                _Try(case, n, fitted(case.english[:start], wording, plural=looks_plural(wording)))
                for start in starts
                for wording in _writable(case.wishes[n])
            ]
        self._take_tries(self._written_on(prefixes), "redecoded")
        whole = [
            _Try(case, n, text)
            for case, n, span in turns
            if span and not case.wishes[n].fulfilled and case.wishes[n].replaceable
            for text in _replaced(case.english, span, _writable(case.wishes[n]))
        ]
        self._take_tries([(each, self.tokenizer.encode(each.text)) for each in whole], "replaced")

    def _leftmost(self, case: Case) -> tuple[int, Span | None]:
        """The next wish of a case, and its place if the links can be relied on."""
        spans = {n: case.span(n) if self._trusted else None for n in case.waiting}
        number = min(spans, key=lambda n: (spans[n] or case.wishes[n].source[0])[0])
        return number, spans[number]

    def _guesses(self, wanted: Sequence[tuple[Case, int]]) -> dict[int, list[int]]:
        """Return for each case the places where the model finds the wish's first wording likeliest."""
        tries: list[tuple[Case, int, list[str], int]] = []
        for case, n in wanted:
            for wording in _writable(case.wishes[n])[:1]:
                for start in _nearest(case, n):
                    pieces = self.tokenizer.encode(case.english[:start] + wording)
                    before = len(self.tokenizer.encode(case.english[:start].rstrip()))
                    tries.append((case, start, pieces, before))
        found = self._decoder.log_probabilities(
            [case.source for case, *_ in tries], [pieces for *_, pieces, _ in tries]
        )
        likely: dict[int, list[tuple[float, int]]] = {id(case): [] for case, _ in wanted}
        for (case, start, pieces, before), each in zip(tries, found, strict=True):
            word = each[before : len(pieces)]
            if word:
                likely[id(case)].append((sum(word) / len(word), start))
        return {
            key: [start for _, start in sorted(places, reverse=True)[:_GUESSES]]
            for key, places in likely.items()
        }

    def _written_on(self, prefixes: Sequence[_Try]) -> list[tuple[_Try, list[str]]]:
        """Let the model write on from each prefix that its pieces can spell."""
        spelled = [(each, self.tokenizer.encode(each.text)) for each in prefixes]
        spelled = [
            (each, pieces)
            for each, pieces in spelled
            if self.tokenizer.decode(pieces) == " ".join(each.text.split())
        ]
        written = self._decoder.completed(
            [each.case.source for each, _ in spelled], [pieces for _, pieces in spelled]
        )
        return [(each, pieces) for (each, _), pieces in zip(spelled, written, strict=True) if pieces]

    def _take_tries(self, tries: Sequence[tuple[_Try, list[str]]], step: Step) -> None:
        """Score the English of the tries and take for each case the best that may be taken."""
        scores = self._decoder.scores(
            [each.case.source for each, _ in tries], [pieces for _, pieces in tries]
        )
        offers: dict[int, tuple[Case, list[Draft]]] = {}
        wishes: dict[int, int] = {}
        for (each, pieces), score in zip(tries, scores, strict=True):
            draft = Draft(self.tokenizer.decode(pieces), pieces, score)
            offers.setdefault(id(each.case), (each.case, []))[1].append(draft)
            wishes[id(each.case)] = each.wish
        self._take(list(offers.values()), step, wishes)

    def _take(
        self, offers: Sequence[tuple[Case, list[Draft]]], step: Step, only: dict[int, int] | None = None
    ) -> None:
        """Take for each case the draft that grants most, and of these the likeliest, if the guards allow it.

        `only`: the wish that the drafts of a case were made for, which they have to grant.
        """
        changed = []
        for case, drafts in offers:
            best: tuple[int, float, Draft, list[int]] | None = None
            for draft in drafts:
                gains = case.gains(draft.english)
                if not gains or (only and only[id(case)] not in gains):
                    continue
                if fault := case.fault(draft, gains, self._limits, trusted=self._trusted):
                    for n in gains:
                        case.refuse(n, fault)
                elif best is None or (len(gains), draft.score) > best[:2]:
                    best = (len(gains), draft.score, draft, gains)
            if best:
                case.accept(best[2], best[3], step)
                changed.append(case)
        self.align(changed)


def _nearest(case: Case, number: int) -> list[int]:
    """The starts of English words nearest to where the German of a wish stands, in proportion."""
    wanted = case.wishes[number].source[0][0] / max(1, len(case.raw.source)) * len(case.english)
    starts = word_starts(case.english, case.taken())
    return sorted(starts, key=lambda start: abs(start - wanted))[:_PLACES]


def _writable(wish: Wish) -> tuple[str, ...]:
    return wish.accepted[: wish.writable]


def _replaced(english: str, span: Span, wordings: Sequence[str]) -> list[str]:
    """Return the English with each wording of the same number in place of the span; 's is kept."""
    start, end = span
    gone = english[start:end]
    suffix = gone[-2:] if gone[-2:] in ("'s", "’s") else ""
    gone = gone.removesuffix(suffix)
    return [
        fitted(english[:start], wording, plural=False)
        + (suffix[:1] if suffix and wording.endswith("s") else suffix)
        + english[end:]
        for wording in wordings
        if looks_plural(wording) == looks_plural(gone)
    ]
