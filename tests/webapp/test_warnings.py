"""Quality warnings on the page, in the API and in files, on English of our own making."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from glossary.loading import load_glossary
from models.translation import Hypothesis, Link, Translation
from tests.webapp.conftest import finished, until
from webapp.importers.intake import take_in
from webapp.library.enforced import SavedEnforcement
from webapp.library.library import SavedSegment
from webapp.pipeline import TermLookup, assemble, save
from webapp.reading import segment_data
from webapp.services import Services

TEXT = (
    "Wahl in Köln\n\n"
    "Der Fonds bekommt 4,5 Milliarden Euro. „Das reicht nicht“, sagte Frau Kwasniewski am Montag. "
    "Im März wird neu gewählt."
)
ENGLISH = (
    "Election in Cologne",
    "The fund gets 4.5 million euros.",
    "That is enough, said Mrs Kwasniewski on Friday.",
    "There will be new elections in March.",
)


def hand_made(services: Services, text: str, english: Sequence[str]) -> str:
    """A reading whose English is saved already, as if the model in force had made it."""
    intake = take_in(text)
    signature = services.translator().signature
    reading_id = save(intake, services.library, signature)
    german = [segment.german for segment in services.library.get(reading_id).segments]
    made = [
        (source, Translation(source, (Hypothesis(target, -0.3),), links(source, target), None))
        for source, target in zip(german, english, strict=True)
    ]
    services.library.keep(signature, made)
    services.library.set_state(reading_id, "done")
    return reading_id


def links(german: str, english: str) -> tuple[Link, ...]:
    """One link, where there are numbers to be linked."""
    pairs = (("4,5", "4.5"), ("Milliarden", "million"), ("Montag", "Friday"))
    return tuple(
        Link(span(german, source), span(english, target), 0.9)
        for source, target in pairs
        if source in german and target in english
    )


def span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


def test_the_api_gives_kinds_spans_and_messages(client: FlaskClient, services: Services) -> None:
    reading_id = hand_made(services, TEXT, ENGLISH)
    data = client.get(f"/api/readings/{reading_id}").get_json()
    heading, number, quote, fine = [s for p in data["paragraphs"] for s in p["segments"]]
    assert heading["warnings"] == [] == fine["warnings"]
    (warning,) = number["warnings"]
    assert warning["kind"] == "number"
    assert warning["message"] == "The German has “4,5 Milliarden”; the English has “4.5 million”."
    assert [number["german"][slice(*each)] for each in warning["source"]] == ["4,5 Milliarden"]
    assert [number["english"][slice(*each)] for each in warning["target"]] == ["4.5 million"]
    assert [each["kind"] for each in quote["warnings"]] == ["date", "negation", "quotation"]
    json_file = json.loads(client.get(f"/api/readings/{reading_id}/export?format=json").text)
    assert json_file["paragraphs"][1]["segments"][0]["warnings"] == [warning]


def test_table_and_web_page_say_what_to_check(client: FlaskClient, services: Services) -> None:
    reading_id = hand_made(services, TEXT, ENGLISH)
    table = client.get(f"/api/readings/{reading_id}/export?format=tsv").text.splitlines()
    assert table[0].endswith("\tcheck")
    assert [line.split("\t")[5] for line in table[1:3]] == [
        "",
        "The German has “4,5 Milliarden”; the English has “4.5 million”.",
    ]
    page = client.get(f"/api/readings/{reading_id}/export?format=html").text
    assert page.count("Check: ") == 2
    assert "Check: date, negation, quotation marks" in page


def test_there_are_none_before_the_english(services: Services) -> None:
    reading_id = save(take_in(TEXT), services.library, services.translator().signature)
    reading = assemble(services.library.get(reading_id), services.terms)
    assert all(segment.warnings == () for segment in reading.segments)


def test_they_are_about_the_english_with_the_glossarys_words() -> None:
    lookup = TermLookup(load_glossary())
    german = "Die Schuldenbremse gilt seit 2009."
    raw = Translation(german, (Hypothesis("The debt limit has applied since 2008.", -0.4),), (), None)
    wishes = lookup.wishes(raw)
    assert wishes is not None
    better = Hypothesis("The debt brake has applied since 2009.", -0.6)
    saved = SavedSegment(0, 0, "text", 0, len(german), german, raw)
    before = lookup.segment(saved, set())
    assert [warning.kind for warning in before.warnings] == ["number"]
    enforced = SavedEnforcement(wishes.key, better, (), {0: "chosen"})
    after = lookup.segment(
        SavedSegment(0, 0, "text", 0, len(german), german, raw, enforced=(enforced,)), set()
    )
    assert after.english == better.text
    assert after.warnings == ()
    assert segment_data(after)["warnings"] == []


@pytest.mark.browser
def test_a_mark_opens_by_key_and_pointer_and_shows_the_words(
    page: Chrome, site: str, services: Services
) -> None:
    page.get(f"{site}/readings/{hand_made(services, TEXT, ENGLISH)}")
    until(page, finished)
    marks = page.execute_script(
        "return Array.from(document.querySelectorAll('.warnings summary'),"
        " (summary) => [summary.innerText.split('\\n')[0], summary.closest('li').id])"
    )
    assert marks == [["? Check: number", "s2"], ["? Check: date, negation, quotation marks", "s3"]]
    summary = page.find_element(By.CSS_SELECTOR, "#s2 .warnings summary")
    assert "".join(summary.accessible_name.split()) == "Check:number,sentence2"
    page.execute_script("arguments[0].focus()", summary)
    shown = "return Array.from(CSS.highlights.get('warning') ?? [], String).sort()"
    until(page, lambda p: p.execute_script(shown) == ["4,5 Milliarden", "4.5 million"])
    summary.send_keys(Keys.ENTER)
    line = until(page, lambda p: p.find_element(By.CSS_SELECTOR, "#s2 .warnings li"))
    until(page, lambda _: line.is_displayed())
    assert line.text == "The German has “4,5 Milliarden”; the English has “4.5 million”."
    german = "return Array.from(arguments[0].querySelectorAll('[lang=de]'), (part) => part.textContent)"
    assert page.execute_script(german, line) == ["4,5 Milliarden"]
    summary.send_keys(Keys.ESCAPE)
    until(page, lambda p: p.execute_script(shown) == [])
    # By pointer: each line marks its own words.
    page.find_element(By.CSS_SELECTOR, "#s3 .warnings summary").click()
    until(page, lambda p: p.find_element(By.CSS_SELECTOR, "#s3 .warnings li[data-kind=date]").is_displayed())
    page.execute_script(
        "document.querySelector('#s3 .warnings li[data-kind=date]')"
        ".dispatchEvent(new PointerEvent('pointerover', {bubbles: true}))"
    )
    until(page, lambda p: p.execute_script(shown) == ["Friday", "Montag"])
