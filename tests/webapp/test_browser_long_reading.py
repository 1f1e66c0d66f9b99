"""A long reading in a real browser: rows out of sight are not laid out, and yet all there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from bench.long_reading import save_translated
from tests.webapp.conftest import arrived, start_browser, until
from webapp.services import Services

pytestmark = pytest.mark.browser

ROWS = 160
IN_SIGHT = """
const box = document.getElementById(arguments[0])?.getBoundingClientRect();
return Boolean(box) && box.bottom > 60 && box.top < innerHeight && scrollY > 0"""
HIDDEN = """
return Array.from(document.querySelectorAll(`.segment ${arguments[0]}`))
  .filter((each) => !each.checkVisibility({visibilityProperty: true})).length"""


def open_long_reading(page: Chrome, site: str, services: Services, anchor: str = "") -> str:
    """A reading of many rows, each of its own length, with a term in every one."""
    pairs = [
        (
            f"Der Bundestag berät am Tag {n}{' und auch in der Nacht' * (n % 7)}.",
            f"The Bundestag debates on day {n}{' and also at night' * (n % 7)}.",
        )
        for n in range(1, ROWS + 1)
    ]
    reading = save_translated(services, pairs)
    page.get(f"{site}/readings/{reading}{anchor}")
    arrived(page, "main.reading")
    until(page, lambda p: p.execute_script("return !document.getElementById('study-menu').hidden"))
    return reading


def choose(page: Chrome, mode: str) -> None:
    page.execute_script(f"document.querySelector('#study-menu input[value=\"{mode}\"]').click()")


def settled(page: Chrome) -> bool:
    """No row waits for its buttons or blanks."""
    return bool(page.execute_script("return !document.querySelector('main[data-studying]')"))


def spoken(page: Chrome, row: str) -> str:
    """All that a screen reader finds in a row."""
    found = page.execute_cdp_cmd("Runtime.evaluate", {"expression": f"document.getElementById('{row}')"})
    nodes = page.execute_cdp_cmd("Accessibility.queryAXTree", {"objectId": found["result"]["objectId"]})
    return " ".join(str(n.get("name", {}).get("value", "")) for n in nodes["nodes"] if not n["ignored"])


def listeners(page: Chrome, expression: str) -> list[str]:
    """The kinds of events that an element and all in it listens to."""
    found = page.execute_cdp_cmd("Runtime.evaluate", {"expression": expression})
    answer = page.execute_cdp_cmd(
        "DOMDebugger.getEventListeners", {"objectId": found["result"]["objectId"], "depth": -1}
    )
    return [each["type"] for each in answer["listeners"]]


def test_rows_out_of_sight_are_there_for_links_keys_find_and_print(
    page: Chrome, site: str, services: Services
) -> None:
    open_long_reading(page, site, services, "#s120")
    drawn = "return getComputedStyle(document.getElementById('s60')).contentVisibility"
    assert page.execute_script(drawn) == "auto", "this reading is laid out at once"
    until(page, lambda p: p.execute_script(IN_SIGHT, "s120"))
    # Keys go on from the link's target, and far.
    page.find_element(By.TAG_NAME, "body").send_keys("j")
    until(page, lambda p: p.switch_to.active_element.get_attribute("id") == "s121")
    until(page, lambda p: p.execute_script(IN_SIGHT, "s121"))
    page.execute_script("document.activeElement.blur(); location.hash = '#s20'")
    until(page, lambda p: p.execute_script(IN_SIGHT, "s20"))
    # Find in page.
    assert page.execute_script("return window.find('debates on day 80')")
    until(page, lambda p: p.execute_script(IN_SIGHT, "s80"))
    # Tab goes from the last link of a row into the next, in sight or not.
    page.execute_script("document.querySelector('#s158 .english a.term').focus()")
    for _ in range(4):
        page.switch_to.active_element.send_keys(Keys.TAB)
    inside = "return document.activeElement.closest('.segment')?.id"
    assert page.execute_script(inside) in ("s159", "s160")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert page.execute_script(drawn) == "visible"
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    # Thousands of rows listen to nothing themselves; the page does.
    assert listeners(page, "document.querySelector('.paragraph')") == []
    assert "click" in listeners(page, "document.querySelector('main.reading')")


def test_the_study_mode_of_a_long_reading_holds_at_once_and_everywhere(
    page: Chrome, site: str, services: Services
) -> None:
    open_long_reading(page, site, services, "#s120")
    until(page, lambda p: p.execute_script(IN_SIGHT, "s120"))
    # In one step with the choice: nothing is to be read any more, and what is in sight has its button.
    hidden, near, far = page.execute_script(
        "document.querySelector('#study-menu input[value=\"hide-english\"]').click();"
        f"const count = function () {{{HIDDEN}}};"
        "const has = (id) => document.querySelector(`#${id} > .reveal`) !== null;"
        "return [count('.english'), has('s120'), has('s1')]"
    )
    assert hidden == ROWS
    assert near, "the row in sight has its button"
    assert not far, "this reading is done at once: it does not show what becomes of the other rows"
    until(page, settled)
    assert page.execute_script("return document.querySelectorAll('.segment > .reveal').length") == ROWS
    assert page.execute_script(HIDDEN, ".english") == ROWS
    page.execute_script("document.querySelector('#s1 > .reveal').click()")
    assert page.execute_script(HIDDEN, ".english") == ROWS - 1
    # All shown and all hidden again, at the other end of the text, too.
    page.execute_script("document.getElementById('study-all').click()")
    until(page, settled)
    assert page.execute_script(HIDDEN, ".english") == 0
    assert page.execute_script("return document.getElementById('study-all').textContent") == "Hide all"
    page.execute_script("document.getElementById('study-all').click()")
    until(page, settled)
    assert page.execute_script(HIDDEN, ".english") == ROWS
    # One mode after the other, faster than the rows follow.
    modes: list[Any] = page.execute_script(
        "const seen = [];"
        "for (const mode of ['hide-german', 'cloze', 'hide-german']) {"
        "  document.querySelector(`#study-menu input[value='${mode}']`).click();"
        f"  const count = function () {{{HIDDEN}}};"
        "  seen.push([count('.german'), count('.english'), count('.german a.term')]);"
        "} return seen"
    )
    assert modes[0][:2] == [ROWS, 0]
    assert modes[1] == [0, 0, ROWS], "neither the answers of blanks nor anything else"
    assert modes[2][:2] == [ROWS, 0]
    until(page, settled)
    choose(page, "cloze")
    until(page, settled)
    advice = "return document.getElementById('study-advice').textContent"
    assert page.execute_script(advice) == f"0 of {ROWS} blanks filled in."
    assert page.execute_script("return document.querySelectorAll('input.blank').length") == ROWS
    choose(page, "both")
    assert not page.execute_script(
        "return [...document.querySelectorAll('input.blank, .reveal, .conceal')]"
        ".filter((each) => each.checkVisibility()).length"
    )
    assert page.execute_script(HIDDEN, ":is(.german, .english, .german a.term)") == 0
    until(page, settled)
    assert page.execute_script("return document.querySelectorAll('input.blank, .reveal').length") == 0


def test_screen_readers_are_told_what_is_out_of_sight_and_not_what_is_hidden_there(
    tmp_path: Path, site: str, services: Services
) -> None:
    # Browsers tell screen readers more of such rows than anything else: only where one is at work.
    chrome = start_browser(tmp_path / "profile", "--force-renderer-accessibility")
    try:
        open_long_reading(chrome, site, services)
        far = ("berät am Tag 150", "debates on day 150")
        until(chrome, lambda c: all(each in spoken(c, "s150") for each in far))
        choose(chrome, "hide-english")
        until(chrome, settled)
        until(chrome, lambda c: [each in spoken(c, "s150") for each in far] == [True, False])
        assert "Show the English of sentence 150" in spoken(chrome, "s150")
        choose(chrome, "hide-german")
        until(chrome, settled)
        until(chrome, lambda c: [each in spoken(c, "s150") for each in far] == [False, True])
        choose(chrome, "cloze")
        until(chrome, settled)
        links = "return document.querySelector('#s150 .german a.term').ariaHidden"
        assert chrome.execute_script(links) == "true"
        assert chrome.execute_script("return document.querySelector('#s150 > .terms').ariaHidden") == "true"
        choose(chrome, "both")
        until(chrome, settled)
        until(chrome, lambda c: all(each in spoken(c, "s150") for each in far))
        assert not chrome.execute_script(
            "return document.querySelectorAll('.segment [aria-hidden] [lang]').length"
        )
    finally:
        chrome.quit()
