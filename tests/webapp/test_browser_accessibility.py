"""WCAG 2.2 AA as far as axe can tell: every page and the reading in its states, wide, narrow, light, dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.webapp.conftest import finished, screen, until, violations
from tests.webapp.test_warnings import hand_made
from webapp.services import Services

pytestmark = pytest.mark.browser

TEXT = (
    "Wahl in Köln\n\n"
    "Der Bundesrat bekommt 4,5 Milliarden Euro. "
    "„Das reicht nicht“, sagte der Kanzler, dessen Brandmauer fällt. Die Quarksteuer setzt sie durch."
)
ENGLISH = (
    "Election in Cologne",
    "The Federal Council gets 4.5 million euros.",
    "“That is enough,” said the Chancellor, whose firewall is falling.",
    "She pushes the curd tax through.",
)
# What is downloaded is no page.
FILES = {"static", "pages.export_file", "pages.download_glossary", "pages.study_export_file"}


@pytest.fixture
def reading(services: Services) -> str:
    """A reading, own terms, saved words and a dictionary, so that no page is empty."""
    services.own_terms.add({"german": "Quarksteuer", "english": "curd tax", "register": "ironic"})
    services.own_terms.hide("ampelkoalition")
    shelf = services.settings.home / "dictionaries"
    shelf.mkdir()
    (shelf / "mine.tsv").write_text("Bundesrat\tupper house\n", "utf-8")
    (shelf / "broken.tsv").write_text("x\n", "utf-8")
    services.dictionaries.look_up(("Bundesrat",))
    made = hand_made(services, TEXT, ENGLISH)
    for german, status in (("bekommen", "new"), ("Euro", "learning"), ("reichen", "known")):
        services.study.add(
            kind="word", key=f"{german}|x", german=german, english="saved", note="plural: Euros",
            status=status, sentence="Der Bundesrat bekommt 4,5 Milliarden Euro.", spans=((14, 21),),
            sentence_english="He gets it.", form="bekommt", source="Wahl", reading_id=made, segment=1,
        )  # fmt: skip
    for lemma, pos, status in (("bekommen", "verb", "new"), ("Milliarde", "noun", "learning")):
        services.study.add(kind="word", key=f"{lemma}|{pos}", german=lemma, status=status)
    return made


def check(page: Chrome, what: str) -> None:
    """All rules wide and narrow; the colours in the dark, too, for nothing else changes there."""
    for width in (1400, 360):
        screen(page, width, "light")
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth"), (what, width)
        assert violations(page) == [], (what, width)
        screen(page, width, "dark")
        assert violations(page, "color-contrast") == [], (what, width, "dark")


def test_every_page(page: Chrome, site: str, app: Flask, reading: str) -> None:
    addresses = {
        "pages.library": ("/?q=Bundesrat",),
        "pages.reading": (f"/readings/{reading}",),
        "pages.new_words": (f"/readings/{reading}/new-words",),
        "pages.dictionaries": ("/dictionaries",),
        "pages.glossary": ("/glossary?q=minister", "/glossary?register=loaded"),
        "pages.glossary_term": (
            "/glossary/bundesrat-de", "/glossary/own-quarksteuer", "/glossary/ampelkoalition",
        ),
        "pages.own_terms": ("/glossary/own",),
        "pages.new_own_term": ("/glossary/own/new?from=bundesrat-de",),
        "pages.edit_own_term": ("/glossary/own/own-quarksteuer/edit",),
        "pages.import_form": ("/glossary/own/import",),
        "pages.review": ("/study/review", "/study/review?item=1&shown=1", "/study/review?known=3&before=new"),
        "pages.study_export": ("/study/export",),
        "pages.vocabulary": ("/study/vocabulary",),
    }  # fmt: skip
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    }
    assert pages - FILES == set(addresses), "each page needs an address here"
    for path in (*(path for paths in addresses.values() for path in paths), "/nothing-here"):
        page.get(site + path)
        until(page, lambda p: p.execute_script("return document.readyState === 'complete'"))
        assert page.find_elements(By.CSS_SELECTOR, ".page:not(.error)"), path
        page.execute_script("for (const box of document.querySelectorAll('main details')) box.open = true")
        check(page, path)
        if path == "/nothing-here":
            # The browser itself notes that there was no such page.
            page.get_log("browser")  # type: ignore[no-untyped-call]


def test_the_reading_in_its_states(page: Chrome, site: str, reading: str) -> None:
    def ready() -> None:
        page.get(f"{site}/readings/{reading}")
        until(page, finished)
        until(page, lambda p: p.execute_script("return !document.getElementById('study-legend').hidden"))

    def focus(row: str) -> None:
        page.execute_script("document.getElementById(arguments[0]).focus()", row)

    def word() -> None:
        focus("s2")
        page.switch_to.active_element.send_keys(Keys.ARROW_RIGHT * 2 + Keys.ENTER)
        until(
            page, lambda p: p.execute_script("return !!document.querySelector('#word-body .word-dictionary')")
        )

    def sentence() -> None:
        focus("s3")
        page.switch_to.active_element.send_keys("e")
        done = "return !!document.querySelector('.warning-list') && !!document.querySelector('.version-line')"
        until(page, lambda p: p.execute_script(done), 60)

    def mode(name: str) -> Callable[[], None]:
        def choose() -> None:
            # Chosen in the menu, which stays open; one sentence is shown, or one blank is being filled in.
            page.find_element(By.CSS_SELECTOR, "#study-menu summary").click()
            page.find_element(By.CSS_SELECTOR, f'#study-menu input[value="{name}"]').click()
            if name == "cloze":
                page.execute_script("document.querySelector('#s2 input.blank').focus()")
                page.switch_to.active_element.send_keys("falsch", Keys.ENTER)
            else:
                focus("s2")
                page.switch_to.active_element.send_keys("r")

        choose.__name__ = name
        return choose

    def help_dialog() -> None:
        page.find_element(By.ID, "help-button").click()

    modes = [mode(name) for name in ("hide-english", "hide-german", "cloze")]
    for state in (word, sentence, *modes, help_dialog):
        screen(page, 1400)
        ready()
        state()
        check(page, state.__name__)
