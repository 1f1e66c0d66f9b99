"""From what the model decoded of a sentence to its Translation."""

from __future__ import annotations

from collections.abc import Sequence

from models.translation.annotating import Given
from models.translation.decoding import Decoded, Decoder, DecodingError, Pending
from models.translation.pieces import Tokenizer
from models.translation.planning import Part, Plan, copied, fault_in, links_in, shifted, sound_retry, within
from models.translation.preparing import restore
from models.translation.recounting import Recounter
from models.translation.retelling import Reteller, Retelling
from models.translation.values import Hypothesis, Link, Translation
from models.translation.words import has_letters

UNUSABLE = "the model gave no usable English for this sentence"


def finish(
    plan: Plan,
    pending: Sequence[Pending],
    tokenizer: Tokenizer,
    decoder: Decoder,
    retellings: Sequence[Retelling | None] = (),
    reteller: Reteller | None = None,
    recounter: Recounter | None = None,
) -> Translation:
    """Wait for the parts of a sentence, mend them if need be and put the English together.

    `retellings`: what the reteller has begun for each part; `recounter`: looks for numbers that were lost.
    """
    if not plan.parts:
        return copied(plan)
    outcomes = [
        _outcome(part, wait, tokenizer, decoder, again, reteller, recounter)
        for part, wait, again in zip(plan.parts, pending, retellings or [None] * len(plan.parts), strict=True)
    ]
    links: list[Link] = []
    offset = 0
    for number, (part, (decoded, _problem)) in enumerate(zip(plan.parts, outcomes, strict=True)):
        english = tokenizer.decode(decoded.hypotheses[0][0]) if decoded and decoded.hypotheses else ""
        if decoded and english:
            shown = plan.fitted(number, english)
            links += within(shifted(links_in(part, english, decoded), part, offset), offset + len(shown))
            offset += len(shown) + 1
    hypotheses = _join([(n, one) for n, (one, _problem) in enumerate(outcomes) if one], plan, tokenizer)
    english = hypotheses[0].text if hypotheses else ""
    moved: Sequence[Link] = links
    if reteller:
        english, moved = reteller.nonwords.replaced(plan.prepared.text, english, moved)
        english, moved = reteller.named(plan.prepared.text, english, moved)
    english, moved = restore(english, moved, plan.prepared)
    problem = next((problem for _decoded, problem in outcomes if problem), None)
    rest = [Hypothesis(restore(h.text, (), plan.prepared)[0], h.score) for h in hypotheses[1:]]
    first = [Hypothesis(english, hypotheses[0].score)] if hypotheses else []
    return Translation(
        plan.sentence,
        tuple({hypothesis.text: hypothesis for hypothesis in [*rest[::-1], *first]}.values())[::-1],
        plan.prepared.original(moved),
        problem,
    )


def _outcome(
    part: Part,
    pending: Pending,
    tokenizer: Tokenizer,
    decoder: Decoder,
    again: Retelling | None,
    reteller: Reteller | None,
    recounter: Recounter | None,
) -> tuple[Decoded | None, str | None]:
    """Return the first sound decoding of a part, else the first of all with the problem."""
    if not has_letters(part.text):
        return _verbatim(part), None
    try:
        decoded = decoder.collect(pending)
        fault = fault_in(part, decoded, tokenizer)
        if fault and (sound := sound_retry(part, tokenizer, decoder)):
            return sound, None
        if not fault:
            best, read = decoded, Given(part.pieces)
            if reteller:
                if again and (taken := reteller.taken(part, decoded, again)):
                    best, read = taken.decoded, taken.given
                best = reteller.reworded(part, best, again) or best
            return (recounter and recounter.recounted(part, best, read)) or best, None
    except DecodingError as error:
        return None, f"{UNUSABLE} ({error})"
    return decoded, f"{UNUSABLE} ({fault})" if fault else None


def _verbatim(part: Part) -> Decoded:
    """Let a letterless stretch within a long sentence stand for itself."""
    size = len(part.pieces)
    attention = [[float(row == column) for column in range(size)] for row in range(size)]
    return Decoded(((part.pieces, 0.0),), attention)


def _join(decoded: Sequence[tuple[int, Decoded]], plan: Plan, tokenizer: Tokenizer) -> list[Hypothesis]:
    """Join the parts' hypotheses rank by rank; the score is the mean over all pieces."""
    if not decoded:
        return []
    joined = []
    for rank in range(min(len(one.hypotheses) for _number, one in decoded)):
        chosen = [(number, *one.hypotheses[rank]) for number, one in decoded]
        english = (plan.fitted(number, tokenizer.decode(pieces)) for number, pieces, _score in chosen)
        text = " ".join(filter(None, english))
        total = sum(len(pieces) + 1 for _number, pieces, _score in chosen)
        score = sum(score * (len(pieces) + 1) for _number, pieces, score in chosen) / total
        joined.append(Hypothesis(text, score))
    return joined
