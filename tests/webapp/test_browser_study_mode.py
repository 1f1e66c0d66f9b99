"""Study mode in a real browser: one language hidden and revealed, blanks, and what is remembered of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.webapp.conftest import finished, long_text, paste, screen, slow_down, until
from webapp.services import Services

pytestmark = pytest.mark.browser

TEXT = (
    "Der Bundestag hat das Gesetz beschlossen. Der Bundesrat muss dem Überhangmandat zustimmen.\n\n"
    "Das war ein schöner Tag. Die Opposition lehnt den Haushalt ab."
)


def choose(page: Chrome, mode: str) -> None:
    """Choose a study mode in the toolbar's menu, as a reader does."""
    page.execute_script("document.getElementById('study-menu').open = false")
    page.find_element(By.CSS_SELECTOR, "#study-menu summary").click()
    page.find_element(By.CSS_SELECTOR, f'#study-menu input[value="{mode}"]').click()
    page.find_element(By.CSS_SELECTOR, "#study-menu summary").click()


def visible(page: Chrome, selector: str) -> list[bool]:
    """For each element whether a reader sees it."""
    found: list[bool] = page.execute_script(
        "return Array.from(document.querySelectorAll(arguments[0]), "
        "(each) => each.checkVisibility({visibilityProperty: true}))",
        selector,
    )
    return found


def spoken(page: Chrome) -> str:
    """All that a screen reader finds on the page."""
    nodes = page.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return " ".join(str(n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"])


def announced(page: Chrome) -> str:
    return str(page.execute_script("return document.getElementById('announce').textContent"))


def says(text: str) -> Callable[[Chrome], bool]:
    return lambda page: text in announced(page)


def remembered(page: Chrome) -> dict[str, Any]:
    """What the server remembers of the reading on the page."""
    answer = page.execute_async_script(
        "const done = arguments[0];"
        "fetch(`/api/readings/${document.querySelector('main.reading').dataset.reading}/progress`)"
        ".then((answer) => answer.text()).then(done)"
    )
    data: dict[str, Any] = json.loads(answer)
    return data


def test_the_english_is_hidden_revealed_by_mouse_and_keys_and_remembered(page: Chrome, site: str) -> None:
    paste(page, TEXT, "Haushalt")
    until(page, finished)
    reading = page.current_url
    english = page.execute_script("return document.querySelector('#s1 .english').textContent")
    height = page.execute_script("return document.getElementById('s1').offsetHeight")
    choose(page, "hide-english")
    assert visible(page, ".segment .english") == [False] * 4
    assert visible(page, ".segment .german") == [True] * 4
    assert not any(visible(page, "#s1 .card")), "the cards give the English away"
    assert page.execute_script("return document.getElementById('s1').offsetHeight") == height
    assert english not in spoken(page), "hidden from screen readers, too"
    assert "Show the English of sentence 1" in spoken(page)
    # By mouse: the gap is the button.
    gap = page.find_element(By.CSS_SELECTOR, "#s1 .reveal")
    box = page.execute_script(
        "return ['.reveal', '.version'].map((each) => "
        "document.querySelector(`#s1 ${each}`).getBoundingClientRect().toJSON())"
    )
    assert abs(box[0]["left"] - box[1]["left"]) < 12
    assert abs(box[0]["right"] - box[1]["right"]) < 12
    gap.click()
    assert visible(page, ".segment .english") == [True, False, False, False]
    assert english in announced(page)
    assert page.switch_to.active_element.get_attribute("id") == "s1"
    # A finger has no key to hide it again: there is a button.
    again = page.find_element(By.CSS_SELECTOR, "#s1 .conceal")
    assert " ".join(again.accessible_name.split()) == "Hide the English of sentence 1"
    again.click()
    assert not any(visible(page, ".segment .english"))
    page.find_element(By.CSS_SELECTOR, "#s1 .reveal").click()
    # By keys: r and the space bar on the sentence, r again hides it.
    for keys, state in (("jr", [True, True]), (Keys.SPACE, [True, False]), (Keys.SPACE, [True, True])):
        page.switch_to.active_element.send_keys(keys)
        assert visible(page, ".segment .english") == [*state, False, False], keys
    assert announced(page).startswith("English of sentence 2: ")
    page.switch_to.active_element.send_keys("r")
    assert announced(page) == "English of sentence 2 hidden."
    page.switch_to.active_element.send_keys("R")
    assert all(visible(page, ".segment .english"))
    page.switch_to.active_element.send_keys("R")
    assert not any(visible(page, ".segment .english"))
    page.switch_to.active_element.send_keys("r")
    # The other side has its own memory.
    choose(page, "hide-german")
    assert visible(page, ".segment .german") == [False] * 4
    assert visible(page, ".segment .english") == [True] * 4
    assert "Bundestag" not in page.execute_script("return document.querySelector('#s1').innerText").replace(
        page.execute_script("return document.querySelector('#s1 .english').innerText"), ""
    )
    choose(page, "hide-english")
    # Saved a moment later; the mode alone is what an earlier save said, too.
    wanted = {"mode": "hide-english", "revealed": {"hide-english": [1]}}
    until(page, lambda p: {name: remembered(p)[name] for name in wanted} == wanted)
    # In another browser: nothing but the server remembers.
    page.execute_script("localStorage.clear()")
    page.get(site)
    page.get(reading)
    assert visible(page, ".segment .english") == [False, True, False, False]
    resume = page.find_element(By.CSS_SELECTOR, "#resume a")
    assert resume.text == "Go on at sentence 2"
    resume.click()
    assert page.current_url.endswith("#s2")
    page.get(f"{site}/")
    assert "read to sentence 2" in page.find_element(By.CSS_SELECTOR, ".readings").text


def test_rows_that_arrive_are_hidden_too(page: Chrome, services: Services) -> None:
    slow_down(services, 0.05)
    paste(page, long_text(40), "Lang")
    choose(page, "hide-english")
    until(page, finished)
    assert visible(page, ".segment .english") == [False] * 40
    assert len(page.find_elements(By.CSS_SELECTOR, ".segment > .reveal")) == 40


def blank(page: Chrome, sentence: str) -> list[str]:
    """The labels of the open blanks of a sentence."""
    labels: list[str] = page.execute_script(
        "return Array.from(document.querySelectorAll(arguments[0]), (each) => each.ariaLabel)",
        f"#{sentence} input.blank",
    )
    return labels


def test_terms_as_blanks(page: Chrome) -> None:
    paste(page, TEXT, "Haushalt")
    until(page, finished)
    german = page.execute_script("return document.querySelector('#s2 .german').textContent")
    choose(page, "cloze")
    assert "0 of " in page.find_element(By.ID, "study-advice").text
    assert blank(page, "s2") == ["Blank 1 of 2 in sentence 2", "Blank 2 of 2 in sentence 2"]
    assert blank(page, "s3") == []
    assert not any(visible(page, "#s2 .german a.term, #s2 .card, .all-terms"))
    assert "Überhangmandat" not in spoken(page)
    assert page.execute_script("return document.querySelector('#s2 .german').textContent") == german
    page.find_element(By.CSS_SELECTOR, "#s2 input.blank").click()
    # Case does not matter; the right answer leads on to the next blank.
    page.switch_to.active_element.send_keys("bundesRAT", Keys.ENTER)
    assert announced(page) == "Right: Bundesrat"
    assert page.switch_to.active_element.get_attribute("aria-label") == "Blank 2 of 2 in sentence 2"
    # Wrong is said in words; the hint is the first letter; umlauts may be spelled out.
    page.switch_to.active_element.send_keys("Mandat", Keys.ENTER)
    assert announced(page).startswith("Not right yet.")
    assert (
        page.switch_to.active_element.get_attribute("aria-label")
        == "Blank 2 of 2 in sentence 2, not right yet"
    )
    assert "Blank 1: right · Blank 2: not right yet" in page.find_element(By.ID, "s2").text
    page.find_element(By.CSS_SELECTOR, '#s2 [data-cloze="hint"]').click()
    assert page.switch_to.active_element.get_attribute("value") == "Ü"
    page.switch_to.active_element.send_keys(Keys.BACKSPACE, "ueberhangmandat")
    page.find_element(By.CSS_SELECTOR, '#s2 [data-cloze="check"]').click()
    assert announced(page) == "Right with help: Überhangmandat"
    assert all(visible(page, "#s2 .german a.term, #s2 .card"))
    # The answer on demand.
    page.find_element(By.CSS_SELECTOR, "#s1 input.blank").click()
    page.find_element(By.CSS_SELECTOR, '#s1 [data-cloze="show"]').click()
    assert announced(page) == "The answer is Bundestag"
    score = page.find_element(By.ID, "study-advice").text
    assert "3 of " in score
    assert "1 right at once, 1 right with help, 1 shown" in score
    until(
        page,
        lambda p: remembered(p)["score"] == {"wrong": 0, "hinted": 0, "right": 1, "helped": 1, "shown": 1},
    )
    page.refresh()
    assert page.find_element(By.ID, "study-advice").text == score
    assert blank(page, "s2") == []
    assert page.execute_script("return document.querySelector('#s2 .german').textContent") == german
    page.find_element(By.ID, "study-all").click()
    assert len(blank(page, "s2")) == 2
    until(page, lambda p: remembered(p)["blanks"] == {})
    choose(page, "both")
    assert not page.find_elements(By.CSS_SELECTOR, "input.blank, .cloze-line, .reveal")
    assert all(visible(page, ".german a.term, .english, .card"))


def test_saved_words_are_blanks_where_there_is_no_term(page: Chrome) -> None:
    paste(page, TEXT, "Haushalt")
    until(page, finished)
    status = page.execute_async_script(
        """
        const [reading, done] = [document.querySelector('main.reading').dataset.reading, arguments[0]];
        const body = JSON.stringify({reading, segment: 2, at: 20, status: 'learning'});
        fetch('/api/study/items', {method: 'POST', body, headers: {'Content-Type': 'application/json'}})
          .then((answer) => done(answer.status));
        """
    )
    assert status == 201
    choose(page, "cloze")
    until(page, lambda p: blank(p, "s3") == ["Blank in sentence 3"])
    assert page.execute_script("return document.querySelector('#s3 .german').textContent") == (
        "Das war ein schöner Tag."
    )
    field = page.find_element(By.CSS_SELECTOR, "#s3 input.blank")
    field.send_keys("Tag", Keys.ENTER)
    assert announced(page) == "Right: Tag"
    choose(page, "both")
    assert not page.find_elements(By.CLASS_NAME, "saved-word")


def test_what_is_being_typed_survives_a_row_that_comes_again(page: Chrome) -> None:
    paste(page, TEXT, "Haushalt")
    until(page, finished)
    choose(page, "cloze")
    page.find_element(By.CSS_SELECTOR, "#s2 input.blank").send_keys("Bund")
    # As stream.js does it when the glossary's words were put in.
    page.execute_script(
        """
        const old = document.getElementById('s2');
        const fresh = old.cloneNode(true);
        for (const added of fresh.querySelectorAll('input.blank, .cloze-line')) added.remove();
        for (const piece of fresh.querySelectorAll('.blanked')) piece.classList.remove('blanked');
        old.replaceWith(fresh);
        fresh.focus();
        const detail = {german: '', english: '', links: []};
        fresh.dispatchEvent(new CustomEvent('segment-arrived', {bubbles: true, detail}));
        """
    )
    until(page, lambda p: p.switch_to.active_element.get_attribute("value") == "Bund")
    page.switch_to.active_element.send_keys("esrat", Keys.ENTER)
    assert announced(page) == "Right: Bundesrat"


def test_scrolling_is_reading(page: Chrome, site: str) -> None:
    paste(page, long_text(120), "Lang")
    until(page, finished, 90)
    reading = page.current_url
    page.execute_script("document.getElementById('s60').scrollIntoView({block: 'start'})")
    until(page, lambda p: remembered(p)["last"] == 59)
    page.execute_script("scrollTo(0, document.body.scrollHeight)")
    until(page, lambda p: remembered(p)["last"] is not None and remembered(p)["last"] > 100)
    page.execute_script("document.getElementById('s30').scrollIntoView({block: 'start'})")
    until(page, lambda p: remembered(p)["last"] == 29)
    page.get(site)
    page.get(reading)
    assert page.find_element(By.CSS_SELECTOR, "#resume a").text == "Go on at sentence 30"


def test_study_on_a_phone(page: Chrome) -> None:
    paste(page, TEXT, "Haushalt")
    until(page, finished)
    screen(page, 360)
    for mode, side in (("hide-english", ".version"), ("hide-german", ".german")):
        choose(page, mode)
        # The gap lies over what is hidden, in the stacked layout, too.
        gap, hidden = page.execute_script(
            "return ['.reveal', arguments[0]].map((each) => "
            "document.querySelector(`#s1 ${each}`).getBoundingClientRect().toJSON())",
            side,
        )
        assert abs(gap["top"] - hidden["top"]) < 12, (gap, hidden)
    # Each menu of the toolbar stays within the screen, and a tap elsewhere closes it.
    for menu in ("#study-menu", ".menu:not(#study-menu)"):
        page.find_element(By.CSS_SELECTOR, f"{menu} summary").click()
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        box = page.execute_script(
            f"return document.querySelector('{menu} summary + *').getBoundingClientRect().toJSON()"
        )
        assert box["left"] >= 0
        assert box["right"] <= 360
        page.execute_script("document.querySelector('main').click()")
        assert page.find_elements(By.CSS_SELECTOR, ".menu[open]") == []
