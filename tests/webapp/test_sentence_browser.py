"""The panel of a sentence in a real browser: by mouse, keyboard and touch, and when its row comes again."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.webapp.conftest import finished, paste, screen, slow_down, until
from webapp.services import Services

pytestmark = pytest.mark.browser

TEXT = (
    "Der Bundestag lehnt den Antrag der Fraktion mit den Stimmen der Koalition ab. "
    "Der Kanzler sagte, die von der Opposition vorgelegte Reform sei gescheitert."
)


def ask(page: Chrome, script: str, *arguments: Any) -> Any:
    return page.execute_script(f"return {script}", *arguments)


def panel_of(page: Chrome, row: str) -> bool:
    """Whether the panel is complete and stands in a row, below all else of it, the row's button saying so."""
    done: bool = page.execute_script(
        """
        const row = document.getElementById(arguments[0]), panel = row.querySelector('#sentence-panel');
        if (!panel?.querySelector('#sentence-versions:not([aria-busy])')) return false;
        const above = Math.max(...[...row.children].filter((child) => child !== panel)
          .map((child) => child.getBoundingClientRect().bottom));
        const open = [...document.querySelectorAll('.look[aria-expanded="true"]')];
        return row.lastElementChild === panel && panel.getBoundingClientRect().top >= above
          && document.querySelectorAll('.sentence-panel').length === 1
          && open.length === 1 && open[0] === row.querySelector('.look');
        """,
        row,
    )
    return done


def marked(page: Chrome) -> list[str]:
    found: list[str] = ask(
        page, "[...(CSS.highlights.get('sentence') ?? [])].map((range) => range.toString())"
    )
    return found


def closed(page: Chrome) -> bool:
    done: bool = ask(
        page,
        "!document.getElementById('sentence-panel') && !document.querySelector('.look[aria-expanded=true]')",
    )
    return done


def focused(page: Chrome) -> str:
    place: str = ask(page, "document.activeElement.id || document.activeElement.className")
    return place


def test_the_mouse_opens_one_panel_and_notes_mark_their_words(page: Chrome) -> None:
    paste(page, TEXT, "Nah")
    until(page, finished)
    page.find_element(By.CSS_SELECTOR, "#s1 .look").click()
    until(page, lambda p: panel_of(p, "s1"))
    pairs = ask(page, "[...document.querySelectorAll('.pair')].map((p) => p.innerText.replace(/\\s+/g, ' '))")
    assert "lehnt rejects" in pairs
    assert len(page.find_elements(By.CSS_SELECTOR, ".version-line.alternative")) >= 2
    note = page.find_element(By.CSS_SELECTOR, '.note-list button[data-spans="14-19 74-76"]')
    ActionChains(page).move_to_element(note).perform()
    until(page, lambda p: marked(p) == ["lehnt", "ab"])
    # The words of the line, too; leaving takes the mark away.
    ActionChains(page).move_to_element(page.find_element(By.CSS_SELECTOR, ".pair:nth-child(2)")).perform()
    until(page, lambda p: marked(p) == ["Bundestag"])
    ActionChains(page).move_to_element(page.find_element(By.CSS_SELECTOR, ".brand")).perform()
    until(page, lambda p: marked(p) == [])
    page.find_element(By.CSS_SELECTOR, "#s2 .look").click()
    until(page, lambda p: panel_of(p, "s2"))
    page.find_element(By.CSS_SELECTOR, "#sentence-panel .close").click()
    until(page, closed)
    assert ask(page, "document.activeElement === document.querySelector('#s2 .look')")


def test_the_keyboard_opens_reads_and_closes_it(page: Chrome) -> None:
    paste(page, TEXT, "Nah")
    until(page, finished)
    page.execute_script("document.getElementById('s2').focus()")
    page.switch_to.active_element.send_keys("e")
    until(page, lambda p: panel_of(p, "s2"))
    assert focused(page) == "sentence-heading"
    page.switch_to.active_element.send_keys(Keys.TAB, Keys.TAB)
    until(page, lambda p: marked(p))
    spans = ask(page, "document.activeElement.dataset.spans.split(' ').length")
    assert len(marked(page)) == spans
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(page, closed)
    assert marked(page) == []
    assert ask(page, "document.activeElement === document.querySelector('#s2 .look')")
    page.switch_to.active_element.send_keys(Keys.ENTER)
    until(page, lambda p: panel_of(p, "s2"))
    # With the explanation of a word open beside it, one press closes one of the two.
    page.execute_script("document.getElementById('s1').focus()")
    page.switch_to.active_element.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER)
    until(page, lambda p: ask(p, "!document.getElementById('word-panel').hidden"))
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(page, lambda p: ask(p, "document.getElementById('word-panel').hidden"))
    assert panel_of(page, "s2")
    page.execute_script("document.getElementById('s2').focus()")
    page.switch_to.active_element.send_keys("e")
    until(page, closed)
    # Single-letter keys can be switched off.
    page.execute_script("document.getElementById('shortcuts').click()")
    page.switch_to.active_element.send_keys("e")
    assert closed(page)
    page.execute_script("document.getElementById('shortcuts').click()")


def test_it_stays_when_its_row_comes_with_the_translation(page: Chrome, services: Services) -> None:
    slow_down(services, 2.0)
    text = "Der Ausschuss berät. Die Opposition kritisiert den Haushalt. Der Bundesrat lehnt das Gesetz ab."
    paste(page, text, "Langsam")
    until(page, lambda p: p.find_elements(By.CSS_SELECTOR, "#s3 .english.waiting"))
    page.execute_script("document.getElementById('s3').focus()")
    page.switch_to.active_element.send_keys("e")
    until(page, lambda p: panel_of(p, "s3"))
    until(page, finished, 60)
    until(page, lambda p: panel_of(p, "s3") and p.find_elements(By.CSS_SELECTOR, ".version-line.shown"), 60)
    until(page, lambda p: focused(p) == "sentence-heading")
    shown = ask(page, "document.querySelector('.version-line.shown .version-text').textContent")
    assert shown == ask(page, "document.querySelector('#s3 .english').textContent")


def test_a_tap_on_a_phone(page: Chrome) -> None:
    paste(page, TEXT, "Nah")
    until(page, finished)
    screen(page, 360, touch=True)
    page.execute_script("document.getElementById('s2').scrollIntoView({block: 'center'})")
    box = ask(page, "document.querySelector('#s2 .look').getBoundingClientRect().toJSON()")
    assert min(box["width"], box["height"]) >= 24
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    for kind, points in (("touchStart", [place]), ("touchEnd", [])):
        page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    until(page, lambda p: panel_of(p, "s2"))
