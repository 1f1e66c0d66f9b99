"""A sentence looked at closely: word by word, other translations, grammar notes and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, render_template, request

from glossary.wanted import wanted
from webapp.reading import Segment, segment_data
from webapp.services import Services, current_services

if TYPE_CHECKING:
    from models.grammar import GrammarNote
    from models.literal import Gloss
    from webapp.versions import ShownVersion

blueprint = Blueprint("sentence", __name__)

_NO_TERM_OF_ITS_OWN = frozenset({"compound", "ellipsis"})


@blueprint.get("/api/readings/<reading_id>/segments/<int:index>/sentence")
def look_closely(reading_id: str, index: int) -> Response:
    """A sentence word by word with its notes and warnings; ``html=1`` adds the panel that the page shows."""
    services = current_services()
    segment = services.terms.segment(services.library.segment(reading_id, index), set())
    data = sentence_data(services, segment)
    if request.args.get("html") == "1":
        data["html"] = render_template("sentence.html", sentence=data)
    return jsonify(data)


@blueprint.get("/api/readings/<reading_id>/segments/<int:index>/alternatives")
def other_translations(reading_id: str, index: int) -> Response:
    """The English of a sentence with two or three others; made now unless saved. ``html=1`` adds a list."""
    services = current_services()
    segment = services.terms.segment(services.library.segment(reading_id, index), set())
    data: dict[str, Any] = {"index": index, "versions": []}
    if segment.translation is not None and segment.english:
        found = services.versions.versions(segment.translation, segment.raw)
        data["versions"] = [_version_data(version) for version in found]
    if request.args.get("html") == "1":
        data["html"] = render_template("alternatives.html", versions=data["versions"])
    return jsonify(data)


def sentence_data(services: Services, segment: Segment) -> dict[str, Any]:
    """What there is to say about a sentence at once, as plain data for JSON and the panel."""
    links = segment.translation.links if segment.translation else ()
    words = services.literal.line(segment.german, segment.english, links, _terms_of(services, segment))
    return {
        "index": segment.index,
        "german": segment.german,
        "english": segment.english if segment.translation else None,
        "raw": segment.raw.english if segment.raw else None,
        "words": [_word_data(word) for word in words],
        "notes": [_note_data(note) for note in services.grammar.notes(segment.german)],
        "warnings": segment_data(segment)["warnings"],
    }


def _terms_of(services: Services, segment: Segment) -> dict[tuple[int, int], tuple[str, ...]]:
    """The English that the glossary has for single words of a sentence, by their characters."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for occurrence in segment.terms:
        hit, term = occurrence.hit, occurrence.term
        if len(hit.spans) == 1 and hit.kind not in _NO_TERM_OF_ITS_OWN:
            wish = wanted(term, hit, segment.german)
            if wish.writable and hit.spans[0] not in found:
                found[hit.spans[0]] = (wish.dictionary, *term.variants)
    return found


def _word_data(word: Gloss) -> dict[str, Any]:
    return {
        "start": word.start,
        "end": word.end,
        "german": word.german,
        "english": word.english,
        "source": word.source,
        "partner": list(word.partner) if word.partner else None,
        "before": word.before,
        "after": word.after,
    }


def _note_data(note: GrammarNote) -> dict[str, Any]:
    return {
        "kind": note.kind,
        "spans": [list(span) for span in note.spans],
        "label": note.label,
        "explanation": note.explanation,
        "rewritten": note.rewritten,
    }


def _version_data(version: ShownVersion) -> dict[str, Any]:
    return {
        "kind": version.kind,
        "english": version.english,
        "score": None if version.score is None else round(version.score, 4),
        "times": None if version.times is None else float(f"{version.times:.3g}"),
        "likelihood": version.likelihood,
        "pieces": [{"text": piece.text, "change": piece.change} for piece in version.pieces],
    }
