"""The pages of the vocabulary: what is saved, and what is new in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.library.library import SavedReading
from webapp.pages import blueprint
from webapp.services import Services, current_services
from webapp.study.difficulty import Difficulty, difficulty
from webapp.study.drafting import place_of, term_draft, word_draft, worth_learning
from webapp.study.items import STATUSES, Draft, Status
from webapp.study.knowledge import LEVELS, Knowledge, level, set_level
from webapp.study.new_words import NewWord, new_words
from webapp.study_api import status_of
from webapp.words import BANDS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ON_A_PAGE = 50
_NEW_ON_A_PAGE = 100
_ANALYSED_AT_ONCE = 400
"""Sentences that a page may have analysed, in about two seconds; of a longer text it shows a part first."""
_LONGEST = 2000
_MOST_PICKED = 1000


@dataclass(frozen=True, slots=True)
class NewWordLine:
    """A line of the list of new words."""

    new: NewWord
    german: str
    english: str
    pick: str
    """What the tick box sends."""


@blueprint.get("/study/vocabulary")
def vocabulary() -> str:
    """The saved words and terms: filtered, searched, a page at a time."""
    parts = current_services()
    wanted = request.args.get("status", "")
    query = request.args.get("q", "")
    status = status_of(wanted) if wanted else None
    counts = _counts(parts.study.statuses())
    found = parts.study.list(status, query)
    pages = max(1, -(-len(found) // _ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    return render_template(
        "study/vocabulary.html",
        items=found[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE],
        found=len(found),
        counts=counts,
        status=wanted,
        query=query,
        page=page,
        pages=pages,
        done=request.args.get("done", ""),
        level=level(parts.library),
        levels=LEVELS,
    )


@blueprint.post("/study/vocabulary/<int:item_id>")
def change_saved(item_id: int) -> Response:
    """Change or delete a saved word (the form)."""
    store = current_services().study
    back = _back_to_list()
    if request.form.get("act") == "delete":
        store.delete(item_id)
        return redirect(url_for("pages.vocabulary", done="deleted", **back), 303)
    english, note = request.form.get("english"), request.form.get("note")
    if max(len(english or ""), len(note or "")) > _LONGEST:
        abort(400, f"That is too long: {_LONGEST} characters are the most.")
    store.edit(
        item_id,
        english=None if english is None else english.strip(),
        note=None if note is None else note.strip(),
    )
    if "status" in request.form:
        store.set_status(item_id, status_of(request.form["status"]))
    return redirect(url_for("pages.vocabulary", done="changed", **back) + f"#item-{item_id}", 303)


@blueprint.post("/study/level")
def choose_level() -> Response:
    """Choose how many words the reader is taken to know (the form)."""
    try:
        set_level(current_services().library, request.form.get("level", -1, int))
    except ValueError as error:
        abort(400, str(error))
    back = request.form.get("back", "")
    # Only to a page of this site.
    own = back.startswith(("/study/", "/readings/"))
    return redirect(back if own else url_for("pages.vocabulary"), 303)


@blueprint.get("/readings/<reading_id>/new-words", endpoint="new_words")
def new_words_page(reading_id: str) -> str:
    """The words and terms of a reading that the reader does not know, most useful first."""
    parts = current_services()
    reading = parts.library.get(reading_id)
    found, hard, analysed = _new_in(parts, reading_id)
    shown = request.args.get("show", _NEW_ON_A_PAGE, int)
    shown = min(max(shown, _NEW_ON_A_PAGE), _MOST_PICKED)
    return render_template(
        "study/vocabulary_new.html",
        reading=reading,
        lines=[_line(parts, reading, new) for new in found[:shown]],
        found=len(found),
        shown=shown,
        more=shown + _NEW_ON_A_PAGE,
        hard=hard,
        analysed=analysed,
        bands=BANDS,
        saved=request.args.get("saved", 0, int),
        saved_as=request.args.get("as", ""),
        level=level(parts.library),
        levels=LEVELS,
    )


@blueprint.post("/readings/<reading_id>/new-words")
def save_new_words(reading_id: str) -> Response:
    """Save the ticked words as being learnt or as known, or all that are shown as known."""
    parts = current_services()
    act = request.form.get("act", "")
    picked = request.form.getlist("shown" if act == "all-known" else "pick")[:_MOST_PICKED]
    status: Status = "known" if act in ("known", "all-known") else "learning"
    reading = parts.library.get(reading_id)
    drafts = [draft for pick in picked if (draft := _picked(parts, reading, pick, status))]
    saved = parts.study.save_all(drafts)
    for one in saved:
        if one.item.status != status:
            parts.study.set_status(one.item.id, status)
    values: dict[str, Any] = {"saved": len(saved), "as": status}
    return redirect(url_for("pages.new_words", reading_id=reading_id, **values), 303)


def _new_in(services: Services, reading_id: str) -> tuple[tuple[NewWord, ...], Difficulty, float]:
    """The new words of a reading, how hard it is, and the share of its sentences that this rests on."""
    knowledge = Knowledge(services.study.statuses(), level(services.library))
    sentences = services.analyses.of_reading(reading_id, most=_ANALYSED_AT_ONCE)
    known = [
        (
            sentence.index,
            sentence.words,
            services.terms.hits_at(reading_id, sentence.index, sentence.german),
        )
        for sentence in sentences
        if sentence.words is not None
    ]
    hard = difficulty(word for _, words, hits in known for word in knowledge.meet(words, hits))
    return new_words(known, knowledge), hard, len(known) / len(sentences) if sentences else 1.0


def _line(services: Services, reading: SavedReading, new: NewWord) -> NewWordLine:
    word = new.word
    if new.kind == "term" or word is None:
        term = services.terms.glossary.get(new.key)
        german = f"{term.article} {term.german}".strip()
        return NewWordLine(new, german, term.english, f"{new.segment}:{new.at}:{term.id}")
    german = f"{word.article} {word.lemma}" if word.article and word.pos == "noun" else word.lemma
    entry = services.words.lexicon.look_up(word.lemma, word.pos)
    english = ", ".join(each.english for each in worth_learning(entry.translations)) if entry else ""
    if not english:
        english = place_of(services, reading, new.segment).aligned(word.spans)
    return NewWordLine(new, german, english, f"{new.segment}:{new.at}:")


def _picked(services: Services, reading: SavedReading, pick: str, status: Status) -> Draft | None:
    """A ticked line made ready to be saved; None if it means nothing (any more)."""
    index, _, rest = pick.partition(":")
    at, _, term_id = rest.partition(":")
    if not (index.isdecimal() and at.isdecimal() and int(index) < len(reading.segments)):
        abort(400, f"{pick[:40]!r} is no word of this reading; load the page again.")
    place = place_of(services, reading, int(index))
    if term_id:
        term = services.terms.glossary.by_id.get(term_id)
        return term_draft(services, place, term, status) if term else None
    info = services.words.explain(place.segment.german, int(at))
    return word_draft(services, place, info, status, guessing=status != "known") if info else None


def _counts(statuses: Mapping[str, Status]) -> dict[str, int]:
    """How many items there are of each status, and in all under the empty name."""
    values: Sequence[Status] = list(statuses.values())
    return {"": len(values)} | {status: values.count(status) for status in STATUSES}


def _back_to_list() -> dict[str, Any]:
    """The list that a form stood in: its filter, search and page."""
    given = {name: request.form.get(f"list-{name}", "")[:200] for name in ("status", "q", "page")}
    return {name: value for name, value in given.items() if value}
