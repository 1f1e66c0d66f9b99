"""The JSON API of the vocabulary: saved words and terms, their marks in a reading, how hard a reading is."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, abort, jsonify, request, url_for

from webapp.api import blueprint, json_object, whole_number
from webapp.services import Services, current_services
from webapp.study.difficulty import Difficulty, difficulty
from webapp.study.drafting import phrase_draft, place_of, term_draft, word_draft
from webapp.study.items import KINDS, STATUSES, Draft, Kind, Status, StudyItem
from webapp.study.knowledge import LEVELS, Knowledge, MetWord, level, set_level
from webapp.words import phrase_of

_MOST_TEXT = 2000
"""Characters of what a learner writes to a word."""
_SLICE = 50
"""Sentences of an answer with marks: few enough to be analysed at once, if they have not been before."""
_AT_ONCE = 150
"""Sentences that are analysed in one request; a longer text takes several."""


@blueprint.get("/study/items")
def list_items() -> Response:
    """The vocabulary, newest first; ``status`` and ``kind`` choose, ``q`` searches."""
    found = current_services().study.list(
        _choice("status", STATUSES), request.args.get("q", ""), cast(Kind | None, _choice("kind", KINDS))
    )
    start = whole_number("offset", 0, 0, 10**9)
    limit = whole_number("limit", 100, 1, 1000)
    return jsonify({"total": len(found), "items": [item_data(item) for item in found[start : start + limit]]})


@blueprint.post("/study/items")
def save_item() -> tuple[Response, int, dict[str, str]]:
    """Save a word or a term of a reading with its sentence; one that is there already gets the status."""
    data = json_object()
    status = status_of(data.get("status", "learning"))
    saved = current_services().study.save(_draft(data, status))
    item = saved.item
    if item.status != status:
        item = current_services().study.set_status(item.id, status)
    headers = {"Location": url_for("api.get_item", item_id=item.id)}
    body = item_data(item) | {"outcome": saved.outcome}
    return jsonify(body), 201 if saved.outcome == "added" else 200, headers


@blueprint.get("/study/items/<int:item_id>")
def get_item(item_id: int) -> Response:
    """A saved word or term."""
    return jsonify(item_data(current_services().study.get(item_id)))


@blueprint.patch("/study/items/<int:item_id>")
def change_item(item_id: int) -> Response:
    """Change ``status``, ``english`` or ``note``; what is not given stays."""
    data = json_object()
    if not data or set(data) - {"status", "english", "note"}:
        abort(400, "Send JSON with status, english or note; nothing else of a saved word can be changed.")
    store = current_services().study
    status = status_of(data["status"]) if "status" in data else None
    item = store.edit(item_id, english=_text(data, "english"), note=_text(data, "note"))
    return jsonify(item_data(store.set_status(item_id, status) if status else item))


@blueprint.delete("/study/items/<int:item_id>")
def delete_item(item_id: int) -> tuple[str, int]:
    """Delete a saved word or term with its reviews."""
    current_services().study.delete(item_id)
    return "", 204


@blueprint.get("/study/level")
def get_level() -> Response:
    """How many of the most frequent words the reader is taken to know."""
    return jsonify({"level": level(current_services().library), "choices": list(LEVELS)})


@blueprint.put("/study/level")
def put_level() -> Response:
    """Choose how many words the reader is taken to know: JSON ``{level}``."""
    words = json_object().get("level")
    if not isinstance(words, int) or isinstance(words, bool):
        abort(400, 'Send JSON with a level, such as {"level": 3000}.')
    try:
        set_level(current_services().library, words)
    except ValueError as error:
        abort(400, str(error))
    return get_level()


@blueprint.get("/readings/<reading_id>/vocabulary")
def reading_vocabulary(reading_id: str) -> Response:
    """Where saved words and terms stand in a slice of a reading, by status."""
    parts = current_services()
    start = whole_number("from", 0, 0, 10**9)
    limit = whole_number("limit", _SLICE, 1, 200)
    knowledge = Knowledge(parts.study.statuses(), level(parts.library))
    if not knowledge.statuses:
        parts.library.state(reading_id)  # whether there is such a reading
        return jsonify({"saved": 0, "terms": {}, "segments": [], "next": None})
    met = met_sentences(parts, knowledge, reading_id, start, limit)
    segments = [marks for index, words in met if (marks := _marks(index, words))]
    following = start + limit if len(met) == limit else None
    saved_terms = parts.study.list(kind="term") if knowledge.has_terms else ()
    terms = {item.key: {"item": item.id, "status": item.status} for item in saved_terms}
    return jsonify(
        {"saved": len(knowledge.statuses), "terms": terms, "segments": segments, "next": following}
    )


@blueprint.get("/readings/<reading_id>/difficulty")
def reading_difficulty(reading_id: str) -> Response:
    """How hard a reading is for this reader; ask again while ``ready`` is false: not all is analysed yet."""
    parts = current_services()
    knowledge = Knowledge(parts.study.statuses(), level(parts.library))
    met = met_sentences(parts, knowledge, reading_id, most=_AT_ONCE)
    analysed = [words for _, words in met if words is not None]
    found = difficulty(word for words in analysed for word in words)
    told = {"ready": len(analysed) == len(met), "analysed": len(analysed), "total": len(met)}
    return jsonify(told | {"level": knowledge.level} | difficulty_data(found))


def met_sentences(
    services: Services,
    knowledge: Knowledge,
    reading_id: str,
    start: int = 0,
    limit: int | None = None,
    most: int | None = None,
) -> list[tuple[int, tuple[MetWord, ...] | None]]:
    """Index and words of the sentences of a reading as the reader meets them; None where not analysed yet."""
    lookup = services.terms if knowledge.has_terms else None
    return [
        (
            sentence.index,
            knowledge.meet(
                sentence.words,
                lookup.hits_at(reading_id, sentence.index, sentence.german) if lookup else (),
            )
            if sentence.words is not None
            else None,
        )
        for sentence in services.analyses.of_reading(reading_id, start, limit, most)
    ]


def item_data(item: StudyItem) -> dict[str, Any]:
    """A saved word or term as plain data."""
    return {
        "id": item.id,
        "kind": item.kind,
        "key": item.key,
        "german": item.german,
        "form": item.form,
        "pos": item.pos,
        "english": item.english,
        "note": item.note,
        "status": item.status,
        "sentence": item.sentence,
        "sentence_english": item.sentence_english,
        "spans": [list(span) for span in item.spans],
        "source": item.source,
        "reading": item.reading_id,
        "segment": item.segment,
        "created": item.created.isoformat(),
        "updated": item.updated.isoformat(),
        "due": item.due.isoformat() if item.due else None,
    }


def difficulty_data(found: Difficulty) -> dict[str, Any]:
    """How hard a text is, as plain data."""
    return {
        "words": found.words,
        "unknown": found.unknown,
        "new_words": found.new_words,
        "share": round(found.share, 4),
        "label": found.label,
        "explanation": found.explanation,
    }


def status_of(value: object) -> Status:
    """A status that was sent."""
    if value not in STATUSES:
        abort(400, f"status must be one of {', '.join(STATUSES)}, not {value!r}.")
    return value


def _draft(data: dict[str, Any], status: Status) -> Draft:
    """What is to be saved: the word at a place of a sentence, a part of it, its phrase, or a term."""
    reading_id, index, at = data.get("reading"), data.get("segment"), data.get("at")
    part, term_id, phrase = data.get("part"), data.get("term"), data.get("phrase", False)
    wrong = not isinstance(reading_id, str) or type(index) is not int or not (at is None) ^ (term_id is None)
    numbers = all(type(number) in (int, type(None)) for number in (at, part))
    if wrong or not numbers or type(phrase) is not bool:
        abort(
            400,
            "Send JSON with reading, segment and either at (a character position in the German sentence) or "
            'term (the id of a glossary term), such as {"reading": "abc", "segment": 0, "at": 4}.',
        )
    parts = current_services()
    try:
        place = place_of(parts, parts.library.get(str(reading_id)), cast(int, index))
    except LookupError as error:
        abort(404, str(error))
    if term_id is not None:
        term = parts.terms.glossary.by_id.get(str(term_id))
        if term is None:
            abort(404, f"The glossary in force has no term {term_id!r}.")
        return term_draft(parts, place, term, status)
    info = parts.words.explain(place.segment.german, cast(int, at))
    if info is not None and part is not None:
        info = parts.words.explain_part(info, part)
    if info is None:
        abort(404, "There is no word at this place.")
    if phrase:
        hit = phrase_of(parts, place.segment.german, info)
        if hit is None:
            abort(404, "The word at this place is no part of a phrase that the lexicon knows.")
        return phrase_draft(place, hit, status)
    return word_draft(parts, place, info, status, is_part=part is not None)


def _marks(index: int, words: tuple[MetWord, ...] | None) -> dict[str, Any]:
    """The spans of saved words in a sentence by status; empty if there are none."""
    marks: dict[str, list[list[int]]] = {}
    for met in words or ():
        if met.status:
            marks.setdefault(met.status, []).extend(list(span) for span in met.word.spans)
    return {"index": index, **marks} if marks else {}


def _choice(name: str, choices: tuple[Status, ...] | tuple[Kind, ...]) -> Any:
    value = request.args.get(name, "")
    if value and value not in choices:
        abort(400, f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value or None


def _text(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        abort(400, f"{name} must be text of at most {_MOST_TEXT} characters.")
    return value.strip()
