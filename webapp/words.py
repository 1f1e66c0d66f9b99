"""A German word of a reading explained: lexicon, its English in this sentence, its glossary terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from webapp.library.library import SavedSegment
from webapp.services import Services, current_services

if TYPE_CHECKING:
    from models.lexicon import Rendering, WordInfo

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
    """The word at character ``at`` of a German sentence; ``html=1`` adds the panel that the page shows."""
    at = request.args.get("at", "")
    if not at.isdecimal():
        abort(400, "at must be a character position in the German sentence, such as at=0.")
    parts = current_services()
    segment = parts.library.segment(reading_id, index)
    info = parts.words.explain(segment.german, int(at))
    if info is None:
        abort(404, "There is no word at this place.")
    data = word_data(parts, segment, info)
    if request.args.get("html") == "1":
        data["html"] = render_template("word.html", word=data, bands=BANDS)
    return jsonify(data)


def word_data(services: Services, segment: SavedSegment, info: WordInfo) -> dict[str, Any]:
    """All that is known of a word, as plain data for JSON and the panel."""
    # As the page shows it: with the glossary's words where they are enforced.
    shown = services.terms.segment(segment, set()).translation
    links = shown.links if shown else ()
    english = shown.english if shown else ""
    counterparts = sorted(
        {link.target for link in links if any(_meet(link.source, span) for span in info.spans)}
    )
    terms = [
        services.terms.glossary.get(hit.term_id)
        for hit in services.terms.hits(segment.german)
        if any(_meet(one, other) for one in hit.spans for other in info.spans)
    ]
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
        "machine": "" if info.known else _by_machine(services, info.lemma),
        "parts": [
            {
                "lemma": part.lemma,
                "start": part.start,
                "end": part.end,
                "translations": _renderings(part.entry.translations[:3] if part.entry else ()),
            }
            for part in (info.parts if len(info.parts) > 1 else ())
        ],
        "examples": [
            {"german": e.german, "english": e.english, "source": e.source}
            for e in (info.entry.examples if info.entry else ())
        ],
        "english": [{"start": a, "end": b, "text": english[a:b]} for a, b in counterparts],
        "terms": [{"id": t.id, "german": t.german, "english": t.english} for t in dict.fromkeys(terms)],
    }


def _renderings(renderings: tuple[Rendering, ...]) -> list[dict[str, Any]]:
    return [{"english": r.english, "share": round(r.share, 3)} for r in renderings]


def _by_machine(services: Services, lemma: str) -> str:
    """What the translation model makes of a word that the lexicon does not have."""
    for _, translation in services.translator().translate([lemma]):
        return translation.english
    return ""


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
