"""Wishes for a long sentence that is translated in parts: each part goes up the ladder by itself.

Only the English of the whole sentence is kept, so the parts are translated once more. Where they do not give
that English again (it was made with other settings), the sentence is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.translation.engine import Translator
from models.translation.forcing.values import Enforcement, Step, Wish
from models.translation.forcing.wording import granted
from models.translation.pieces import Span, Tokenizer
from models.translation.planning import Part, Plan, shifted, within
from models.translation.preparing import restore
from models.translation.values import Hypothesis, Link, Translation


@dataclass(frozen=True, slots=True)
class Request:
    """A translation and what is wished of it, wishes that it grants already included."""

    translation: Translation
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """A request in parts. `numbers`: for each part the numbers of the wishes that its request holds."""

    whole: Request
    plan: Plan
    parts: tuple[Request, ...]
    numbers: tuple[tuple[int, ...], ...]

    def joined(self, outcomes: Sequence[Enforcement], tokenizer: Tokenizer) -> Enforcement:
        """Return what came of the whole, from what came of the parts, in their order."""
        steps = unplaced(self.whole)
        for numbers, outcome in zip(self.numbers, outcomes, strict=True):
            for number, step in zip(numbers, outcome.steps, strict=True):
                steps[number] = step
        if not any(outcome.translation for outcome in outcomes):
            return Enforcement(None, tuple(steps))
        pairs = zip(self.parts, outcomes, strict=True)
        made = [outcome.translation or request.translation for request, outcome in pairs]
        text, score, links = _together(made, self.plan, tokenizer)
        english, moved = restore(text, links, self.plan.prepared)
        raw = self.whole.translation
        others = tuple(each for each in raw.hypotheses if each.text != english)
        back = self.plan.prepared.original(moved)
        return Enforcement(
            Translation(raw.source, (Hypothesis(english, score), *others), back, None), tuple(steps)
        )


def unplaced(request: Request) -> list[Step | None]:
    """Return the steps of a request of which nothing was granted."""
    return [None if wish.fulfilled else "unplaced" for wish in request.wishes]


def parted(
    translator: Translator,
    wanted: Mapping[int, tuple[Request, Plan]],
    cancelled: Callable[[], bool],
    surnames: frozenset[str],
) -> dict[int, Parted]:
    """Return those of the requests, by their numbers, whose parts can be dealt with one by one.

    Raises what Translator.translate raises.
    """
    wanted = {
        number: (request, plan)
        for number, (request, plan) in wanted.items()
        if request.translation.english
        and len(plan.parts) > 1
        and not plan.prepared.signs
        and not all(wish.fulfilled for wish in request.wishes)
    }
    texts = [part.text for _, plan in wanted.values() for part in plan.parts]
    made = {
        texts[place]: translation for place, translation in translator.translate(texts, cancelled, surnames)
    }
    tokenizer, _ = translator.load()
    found = {}
    for number, (request, plan) in wanted.items():
        english = [made[part.text] for part in plan.parts if part.text in made]
        if len(english) < len(plan.parts) or not all(each.english for each in english):
            continue
        again = restore(_together(english, plan, tokenizer)[0], (), plan.prepared)[0]
        if again == request.translation.english:
            found[number] = _divided(request, plan, english)
    return found


def _divided(request: Request, plan: Plan, made: Sequence[Translation]) -> Parted:
    requests, numbers = [], []
    for part, translation in zip(plan.parts, made, strict=True):
        held = {
            number: there
            for number, wish in enumerate(request.wishes)
            if (there := _within(wish, part, plan))
            # A fulfilled wish whose English stands in another part has nothing to keep in this one.
            and (not wish.fulfilled or granted(translation.english, [there])[0])
        }
        requests.append(Request(translation, tuple(held.values())))
        numbers.append(tuple(held))
    return Parted(request, plan, tuple(requests), tuple(numbers))


def _within(wish: Wish, part: Part, plan: Plan) -> Wish | None:
    """Return a wish with its spans counted in the part, None if not all of them lie there."""
    spans: list[Span] = []
    for span in wish.source:
        inside = plan.prepared.inside(*span)
        if inside is None or inside[0] < part.start or inside[1] > part.start + len(part.text):
            return None
        spans.append((inside[0] - part.start, inside[1] - part.start))
    return replace(wish, source=tuple(spans))


def _together(made: Sequence[Translation], plan: Plan, tokenizer: Tokenizer) -> tuple[str, float, list[Link]]:
    """Return English, score and links (in the prepared text) of the parts' translations one after another."""
    links: list[Link] = []
    shown: list[str] = []
    offset = pieces = 0
    total = 0.0
    for number, (translation, part) in enumerate(zip(made, plan.parts, strict=True)):
        shown.append(plan.fitted(number, translation.english))
        links += shifted(within(translation.links, len(shown[-1])), part, offset)
        size = len(tokenizer.encode(translation.english)) + 1
        total += translation.hypotheses[0].score * size
        pieces += size
        offset += len(shown[-1]) + 1
    return " ".join(shown), total / pieces, links
