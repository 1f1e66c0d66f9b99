"""The glossary's words in the translation: drawn up, kept beside the raw English, shown, never done twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary import Glossary, load_glossary
from glossary.terms import Term
from glossary.verdicts import judge_all
from models.translation import Hypothesis, Link, Translation
from models.translation.forcing import enforce
from webapp import create_app, enforcement
from webapp.enforcement import FULFILLED, Wishes
from webapp.importers import take_in
from webapp.library import Library
from webapp.library.enforced import SavedEnforcement
from webapp.library.library import SavedSegment
from webapp.pipeline import TermLookup, assemble, save
from webapp.services import Services
from webapp.settings import Settings

Wait = Callable[[Callable[[], bool]], None]
GERMAN = "Der Bundesrat lobt den Botschafter."


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary()


@pytest.fixture(scope="module")
def lookup(glossary: Glossary) -> TermLookup:
    return TermLookup(glossary)


def raw(german: str = GERMAN, english: str = "The house praises the thing.") -> Translation:
    """A translation of which nothing is in the glossary's words, word for word linked where that is right."""
    links = [Link((4, 13), (4, 9), 0.9)] if german == GERMAN else []
    return Translation(german, (Hypothesis(english, -0.5),), tuple(links), None)


def wishes_of(lookup: TermLookup, translation: Translation) -> Wishes:
    found = lookup.wishes(translation)
    assert found is not None
    return found


def bundesrat(lookup: TermLookup) -> Term:
    hit = lookup.hits(GERMAN)[0]
    assert hit.surface == "Bundesrat"
    return lookup.glossary.get(hit.term_id)


def test_open_terms_become_wishes_and_fulfilled_ones_guards(lookup: TermLookup) -> None:
    wishes = wishes_of(lookup, raw()).wishes
    term = bundesrat(lookup)
    first = wishes[0]
    assert first.source == ((4, 13),)
    assert first.accepted[0] == term.english
    assert not first.fulfilled
    good = wishes_of(lookup, raw(english=f"The {term.english} praises the thing."))
    assert good.wishes[0].fulfilled
    assert not all(wish.fulfilled for wish in good.wishes)


def test_nothing_is_wished_where_all_is_well(lookup: TermLookup, glossary: Glossary) -> None:
    well = 0
    for term in glossary.terms[::40]:
        translation = Translation(term.example_de, (Hypothesis(term.example_en, -0.5),), (), None)
        hits = lookup.hits(term.example_de)
        verdicts = judge_all(hits, glossary, term.example_en)
        if all(verdict.kind in FULFILLED for verdict in verdicts):
            assert lookup.wishes(translation) is None
            well += 1
    assert well >= 10


def test_terms_inside_longer_ones_and_in_compounds_are_not_forced(lookup: TermLookup) -> None:
    german = "Der Präsident des Bundesrates und der Bundesratsbeschluss."
    found = wishes_of(lookup, raw(german, "Nothing of it stands here."))
    hits = lookup.hits(german)
    for number, wish in zip(found.hits, found.wishes, strict=True):
        assert hits[number].parent is None
        assert wish.fulfilled or hits[number].kind not in ("compound", "ellipsis")


def test_a_changed_glossary_changes_the_wishes_of_the_sentences_it_concerns_only(glossary: Glossary) -> None:
    one = TermLookup(glossary)
    term = bundesrat(one)
    other = next(t for t in glossary.terms if t.german == "Bürgergeld")
    for changed, same in ((other, True), (term, False)):
        terms = tuple(replace(t, english="new words") if t is changed else t for t in glossary.terms)
        two = TermLookup(Glossary(terms, "other"))
        assert (wishes_of(one, raw()).key == wishes_of(two, raw()).key) is same
    reworded = tuple(replace(t, definition="Another.") if t is term else t for t in glossary.terms)
    assert wishes_of(one, raw()).key == wishes_of(TermLookup(Glossary(reworded, "x")), raw()).key


def test_switched_off_nothing_is_wished_or_shown(glossary: Glossary) -> None:
    off = TermLookup(glossary, enforcing=False)
    assert off.wishes(raw()) is None
    assert not off.segment(saved_segment(raw()), set()).pending


def saved_segment(translation: Translation, *enforced: SavedEnforcement) -> SavedSegment:
    return SavedSegment(0, 0, "text", 0, len(GERMAN), GERMAN, translation, enforced)


def granted(lookup: TermLookup, step: str = "redecoded") -> SavedEnforcement:
    """What enforcing the first wish might give."""
    wishes = wishes_of(lookup, raw())
    english = f"The {bundesrat(lookup).english} praises the thing."
    link = Link((4, 13), (4, 4 + len(bundesrat(lookup).english)), 0.9)
    return SavedEnforcement(wishes.key, Hypothesis(english, -0.7), (link,), {wishes.hits[0]: step})  # type: ignore[dict-item]


def test_what_was_saved_is_shown_with_the_raw_beside_it(lookup: TermLookup) -> None:
    saved = granted(lookup)
    segment = lookup.segment(saved_segment(raw(), saved), set())
    assert saved.english is not None
    assert segment.english == saved.english.text
    assert segment.raw == raw()
    assert segment.terms[0].step == "redecoded"
    assert segment.terms[0].verdict is not None
    assert segment.terms[0].verdict.kind in FULFILLED
    assert segment.translation is not None
    assert [each.text for each in segment.translation.hypotheses] == [saved.english.text, raw().english]
    assert not segment.pending


def test_what_was_saved_for_other_wishes_is_not_shown(lookup: TermLookup) -> None:
    stale = replace(granted(lookup), wishes="other")
    segment = lookup.segment(saved_segment(raw(), stale), set())
    assert segment.pending
    assert segment.raw is None
    assert segment.english == raw().english


def test_what_could_not_be_done_is_told(lookup: TermLookup) -> None:
    kept = SavedEnforcement(wishes_of(lookup, raw()).key, None, (), {0: "implausible", 1: "altered"})
    segment = lookup.segment(saved_segment(raw(), kept), set())
    assert segment.english == raw().english
    assert segment.raw is None
    assert segment.terms[0].step == "implausible"
    assert not segment.pending


def test_the_library_keeps_both(services: Services, lookup: TermLookup) -> None:
    library: Library = services.library
    reading_id = save(take_in(GERMAN), library, "model")
    library.keep("model", [(GERMAN, raw())])
    saved = granted(lookup)
    library.keep_enforced("model", [(GERMAN, saved)])
    library.keep_enforced("other model", [(GERMAN, replace(saved, steps={}))])
    found = library.get(reading_id).segments[0]
    assert found.translation == raw()
    assert found.enforced == (saved,)
    assert library.known_enforced("model", [GERMAN, "Anderes."]) == {GERMAN: (saved,)}
    library.keep_enforced("model", [(GERMAN, replace(saved, wishes="later", english=None, links=()))])
    assert {each.wishes for each in library.get(reading_id).segments[0].enforced} == {saved.wishes, "later"}


def translate(client: FlaskClient, text: str) -> tuple[str, list[tuple[str, Any]]]:
    """Save a text and follow it to its end; its id and the events."""
    reading_id = str(client.post("/api/readings", json={"text": text}).get_json()["id"])
    events = []
    for block in client.get(f"/api/readings/{reading_id}/stream?html=1").text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and line[0] != ":")
        if "event" in fields:
            events.append((fields["event"], json.loads(fields["data"]) | {"event_id": fields.get("id")}))
    return reading_id, events


# Sentences of the glossary's own kind; whichever model is in force, some words will be missed.
TEXT = (
    "Die Stadtverordnetenversammlung lobt den Botschafter. Der Bundesrat berät über die Schuldenbremse. "
    "Die Verfassungsbeschwerde scheitert in Karlsruhe. Das Bürgergeld löst die Grundsicherung ab."
)


def test_a_reading_ends_with_every_sentence_tried(client: FlaskClient, services: Services) -> None:
    reading_id, events = translate(client, TEXT)
    names = [name for name, _ in events]
    assert names.count("segment") == 4
    assert names[-1] == "end"
    reading = assemble(services.library.get(reading_id), services.terms)
    assert not any(segment.pending for segment in reading.segments)
    latest: dict[str, str] = {}
    for name, data in events[:-1]:
        # A sentence that comes once more does so without a number, and never before it came first.
        assert (data["event_id"] is None) == (name == "revised")
        assert name == "segment" or data["id"] in latest
        latest[data["id"]] = data["english"]
    for segment in reading.segments:
        assert latest[segment.anchor] == segment.english
        for occurrence in segment.terms:
            if occurrence.step in ("annotated", "chosen", "redecoded", "replaced"):
                assert segment.raw is not None


def test_nothing_is_enforced_twice(
    client: FlaskClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watched(translator: Any, requests: Any, *rest: Any) -> Any:
        asked.extend(request.translation.source for request in requests)
        return real(translator, requests, *rest)

    real = enforce
    monkeypatch.setattr(enforcement, "enforce", watched)
    translate(client, TEXT)
    assert len(asked) == len(set(asked))
    before = len(asked)
    translate(client, TEXT + " Danach tagt der Ausschuss.")
    assert not set(asked[before:]) & set(TEXT.split(". "))
    assert len(asked) == len(set(asked))


def test_a_changed_glossary_is_caught_up_with_when_the_page_is_opened(
    client: FlaskClient, services: Services, wait_until: Wait
) -> None:
    reading_id, _ = translate(client, TEXT)
    assert 'data-active="no"' in client.get(f"/readings/{reading_id}").text
    term = next(t for t in services.terms.glossary.terms if t.german == "Botschafter")
    other = replace(term, english="zebra crossing", variants=())
    terms = tuple(other if each is term else each for each in services.terms.glossary.terms)
    services._terms = TermLookup(Glossary(terms, "changed"))
    reading = assemble(services.library.get(reading_id), services.terms)
    assert [segment.index for segment in reading.segments if segment.pending] == [0]
    assert 'data-active="yes"' in client.get(f"/readings/{reading_id}").text
    wait_until(lambda: not services.desk.active(reading_id))
    segments = list(assemble(services.library.get(reading_id), services.terms).segments)
    assert not any(segment.pending for segment in segments)
    assert services.library.state(reading_id) == "done"


def test_a_failure_leaves_the_raw_translation(
    client: FlaskClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(enforcement, "enforce", broken)
    reading_id, events = translate(client, TEXT)
    assert [name for name, _ in events] == ["segment"] * 4 + ["end"]
    assert services.library.state(reading_id) == "done"
    reading = assemble(services.library.get(reading_id), services.terms)
    assert all(segment.raw is None for segment in reading.segments)


def test_switched_off_by_the_setting(settings: Settings) -> None:
    assert Settings.from_environment({"SEITENBLICK_ENFORCE": "off"}).enforce is False
    assert Settings.from_environment({"SEITENBLICK_ENFORCE": "On"}).enforce is True
    app: Flask = create_app(replace(settings, enforce=False))
    _, events = translate(app.test_client(), TEXT)
    assert [name for name, _ in events] == ["segment"] * 4 + ["end"]
    assert all(term["step"] is None for _, data in events[:-1] for term in data["terms"])
    app.extensions["services"].close()


def test_page_and_api_show_what_was_done(client: FlaskClient, services: Services) -> None:
    reading_id = save(take_in(GERMAN), services.library, services.translator().signature)
    signature = services.translator().signature
    services.library.keep(signature, [(GERMAN, raw())])
    services.library.keep_enforced(signature, [(GERMAN, granted(services.terms))])
    services.library.set_state(reading_id, "done")
    page = client.get(f"/readings/{reading_id}").text
    assert "re-decoded from this word on" in page
    assert '<details class="raw">' in page
    assert raw().english in page
    body = client.get(f"/api/readings/{reading_id}").get_json()
    segment = body["paragraphs"][0]["segments"][0]
    assert segment["raw"] == raw().english
    assert segment["english"] != segment["raw"]
    assert segment["terms"][0]["step"] == "redecoded"


def test_a_term_gained_at_the_cost_of_another_is_refused(lookup: TermLookup) -> None:
    term = bundesrat(lookup)
    before = raw(english="The house praises the ambassador.")
    gained = replace(before, hypotheses=(Hypothesis(f"The {term.english} praises the ambassador.", -0.6),))
    lost = replace(before, hypotheses=(Hypothesis(f"The {term.english} praises the cheese.", -0.6),))
    assert enforcement._gained(lookup, before, gained)
    assert not enforcement._gained(lookup, before, lost)


def test_the_first_sentence_does_not_wait_for_enforcement(
    client: FlaskClient, services: Services, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def held_back(*arguments: Any) -> Any:
        assert go_on.wait(60)
        return enforcement.enforce_all(*arguments)

    monkeypatch.setattr("webapp.desk.enforce_all", held_back)
    reading_id = str(client.post("/api/readings", json={"text": TEXT}).get_json()["id"])
    try:
        wait_until(lambda: len(services.library.done_from(reading_id, 0)) == 1)
    finally:
        go_on.set()
    wait_until(lambda: not services.desk.active(reading_id))
    assert len(services.library.done_from(reading_id, 0)) == 4
