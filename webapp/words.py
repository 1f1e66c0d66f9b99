"""A German word of a reading explained: lexicon, its English in this sentence, its glossary terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from glossary.verdicts import overlaps
from models.translation.rare_words import rendered_at
from webapp.dictionaries import answers_for
from webapp.library.library import SavedSegment
from webapp.services import Services, current_services
from webapp.study.items import phrase_key, word_key
from webapp.word_guess import guess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.lexicon import PhraseHit, Rendering, WordInfo
    from models.translation import Link

blueprint = Blueprint("words", __name__)

BANDS = {
    1: "among the 1,000 most frequent words",
    2: "very frequent",
    3: "frequent",
    4: "less frequent",
    5: "infrequent",
    6: "rare",
}
"""What a frequency band is called for readers."""


@blueprint.get("/api/readings/<reading_id>/segments/<int:index>/word")
def explain_word(reading_id: str, index: int) -> Response:
    """The word at character ``at`` of a German sentence, or a part of it; ``html=1`` adds the panel."""
    at = request.args.get("at", "")
    number = request.args.get("part", "")
    if not at.isdecimal():
        abort(400, "at must be a character position in the German sentence, such as at=0.")
    parts = current_services()
    segment = parts.library.segment(reading_id, index)
    info = parts.words.explain(segment.german, int(at))
    if info is None:
        abort(404, "There is no word at this place.")
    if number:
        whole = info
        if not number.isdecimal():
            abort(400, "part must be the number of a part of the compound, from 0.")
        info = parts.words.explain_part(whole, int(number))
        if info is None:
            abort(404, f"{whole.lemma} has no part {number} that the lexicon knows.")
    data = word_data(parts, segment, info, is_part=bool(number))
    if request.args.get("html") == "1":
        address = url_for("words.explain_word", reading_id=reading_id, index=index, at=at, html=1)
        data["html"] = render_template(
            "word.html",
            word=data,
            bands=BANDS,
            pieces=pieces,
            address=address,
            place={"index": index, "at": at, "part": number},
        )
    return jsonify(data)


def word_data(
    services: Services, segment: SavedSegment, info: WordInfo, *, is_part: bool = False
) -> dict[str, Any]:
    """All that is known of a word, as plain data for JSON and the panel.

    A part of a compound has no English of its own in the sentence: the word links are those of the whole.
    """
    # As the page shows it: with the glossary's words where they are enforced.
    shown = services.terms.segment(segment, set()).translation
    links = shown.links if shown else ()
    english = shown.english if shown else ""
    counterparts = sorted(
        {link.target for link in links if overlaps((link.source,), info.spans)} if not is_part else ()
    )
    terms = [
        services.terms.glossary.get(hit.term_id)
        for hit in services.terms.hits_at(segment.reading, segment.index, segment.german)
        if overlaps(hit.spans, info.spans)
    ]
    # The curated glossary knows better than any guess.
    answered = info.translations or is_part or any(term.german == info.lemma for term in terms)
    return {
        "form": info.form,
        "lemma": info.lemma,
        "pos": info.pos,
        "article": info.article,
        "plural": info.plural,
        "principal": info.principal,
        "prefix": info.prefix,
        "contraction": info.contraction,
        "band": info.band,
        "spans": [list(span) for span in info.spans],
        "known": info.known,
        "translations": _renderings(info.translations),
        # Parts can mislead (Hintergrundgespräch): a compound that is not known as a whole gets a guess, too.
        "machine": "" if answered else guess(services.translator(), info),
        "is_part": is_part,
        "parts": [
            {
                "lemma": part.lemma,
                "start": part.start,
                "end": part.end,
                "known": part.entry is not None,
                "translations": _renderings(part.entry.translations[:3] if part.entry else ()),
            }
            for part in (info.parts if len(info.parts) > 1 else ())
        ],
        "dictionaries": answers_for(services, info),
        "examples": [
            {
                "german": e.german,
                "english": e.english,
                "source": e.source,
                "marks": [list(span) for span in services.words.places(info.lemma, e.german)],
            }
            for e in (info.entry.examples if info.entry else ())
        ],
        "english": [{"start": a, "end": b, "text": english[a:b]} for a, b in counterparts],
        "phrase": None if is_part else _phrase(services, segment, info, links, english),
        "terms": [
            {"id": t.id, "german": t.german, "english": t.english, "study": _saved_as(services, t.id)}
            for t in dict.fromkeys(terms)
        ],
        "study": _saved_as(services, word_key(info.lemma, info.pos)),
    }


def _phrase(
    services: Services, segment: SavedSegment, info: WordInfo, links: Sequence[Link], english: str
) -> dict[str, Any] | None:
    """The phrase of which a word is a part, with its English in the sentence."""
    hit = phrase_of(services, segment.german, info)
    if hit is None:
        return None
    linked = {link.target for link in links if overlaps((link.source,), hit.spans)}
    # Of what the list has for it the links may lack little words: put off.
    rendered = rendered_at(hit.phrase.english, english)
    here = sorted(linked.union(rendered) if not linked or overlaps(sorted(linked), rendered) else linked)
    german, translated = hit.phrase.example
    return {
        "german": hit.phrase.citation,
        "english": list(hit.phrase.english),
        "spans": [list(span) for span in hit.spans],
        "here": [{"start": start, "end": end, "text": english[start:end]} for start, end in here],
        "example": {"german": german, "english": translated},
        "study": _saved_as(services, phrase_key(hit.phrase.citation)),
    }


def phrase_of(services: Services, german: str, info: WordInfo) -> PhraseHit | None:
    """The phrase of which a word is a part in a sentence, None if it is of none."""
    return next((hit for hit in services.phrases.find(german) if overlaps(hit.spans, info.spans)), None)


def _saved_as(services: Services, key: str) -> dict[str, Any]:
    """What is saved in the vocabulary under a key."""
    item = services.study.find(key)
    return {"item": item.id if item else None, "status": item.status if item else None}


def _renderings(renderings: tuple[Rendering, ...]) -> list[dict[str, Any]]:
    return [{"english": r.english, "share": None if r.written else round(r.share, 3)} for r in renderings]


def pieces(text: str, marks: list[list[int]]) -> list[tuple[str, bool]]:
    """A text cut at its marks: (piece, whether it is marked), in order."""
    cut: list[tuple[str, bool]] = []
    end = 0
    for start, stop in marks:
        cut += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [(piece, marked) for piece, marked in (*cut, (text[end:], False)) if piece]
