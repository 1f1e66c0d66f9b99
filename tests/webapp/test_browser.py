"""The reader in a real browser: paste, watch the English arrive, move by keys, read on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.conftest import GERMAN
from tests.webapp.conftest import classes, finished, long_text, paste, slow_down, until
from webapp.services import Services

pytestmark = pytest.mark.browser

TOP_OF_S100 = "return document.getElementById('s100').getBoundingClientRect().top"


def test_paste_and_read(page: Chrome) -> None:
    paste(page, GERMAN, "Haushalt")
    until(page, finished)
    rows = page.find_elements(By.CSS_SELECTOR, ".segment")
    assert len(rows) == 4
    for row in rows:
        german, english = (
            row.find_element(By.CLASS_NAME, "german"),
            row.find_element(By.CLASS_NAME, "english"),
        )
        assert german.get_attribute("lang") == "de"
        assert english.get_attribute("lang") == "en"
        assert english.text
        assert abs(german.location["y"] - english.location["y"]) < 5, "German and English stand side by side"
        assert german.location["x"] < english.location["x"]
    card = page.find_element(By.CSS_SELECTOR, '#s1 .card[data-term="bundestag"]')
    assert card.location["x"] > rows[0].find_element(By.CLASS_NAME, "english").location["x"]
    assert card.find_element(By.CLASS_NAME, "definition").is_displayed()
    until(page, lambda p: not p.find_element(By.ID, "progress").is_displayed())


def test_english_arrives_in_order_can_be_stopped_and_goes_on(page: Chrome, services: Services) -> None:
    slow_down(services, 0.02)
    paste(page, long_text(200), "Lang")
    until(page, lambda p: not p.find_elements(By.CSS_SELECTOR, "#s1 .english.waiting"))
    page.find_element(By.CSS_SELECTOR, "#cancel-form button").click()
    button = page.find_element(By.CSS_SELECTOR, "#continue-form button")
    until(page, lambda p: button.is_displayed())
    state = page.execute_script(
        "return [...document.querySelectorAll('.segment')].map(s => !s.querySelector('.english.waiting'))"
    )
    done = sum(state)
    assert 0 < done < 200
    assert state == [True] * done + [False] * (200 - done), "no gaps: reading order"
    assert f"{done} of 200" in page.find_element(By.ID, "progress-text").text
    button.click()
    until(page, finished, 90)


def test_leaving_and_coming_back_goes_on(page: Chrome, site: str, services: Services) -> None:
    slow_down(services, 0.01)
    paste(page, long_text(200), "Lang")
    address_of_reading = page.current_url
    page.get(f"{site}/")
    page.get(address_of_reading)
    until(page, finished, 90)


def test_hovering_and_focusing_mark_the_counterpart(page: Chrome) -> None:
    paste(page, "Der Bundestag tagt. Danach berät der Bundestag weiter.", "Bundestag")
    until(page, finished)
    term = page.find_element(By.CSS_SELECTOR, "#s1 .german a.term")
    page.execute_script("arguments[0].focus()", term)
    assert "marked" in classes(page, "#s1")
    assert "marked" in classes(page, "#s1 .card")
    assert "same-term" in classes(page, "#s2 a.term")
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    assert not page.find_elements(By.CSS_SELECTOR, ".marked, .same-term")
    term.send_keys(Keys.ENTER)
    until(page, lambda p: p.current_url.endswith("#s1-t0"))
    assert page.find_element(By.CSS_SELECTOR, "#s1-t0 details").get_attribute("open")


def test_keys_move_between_sentences(page: Chrome) -> None:
    paste(page, GERMAN, "Haushalt")
    until(page, finished)
    body = page.find_element(By.TAG_NAME, "body")
    for key, expected in (("j", "s1"), ("j", "s2"), ("j", "s3"), ("k", "s2")):
        page.switch_to.active_element.send_keys(key)
        assert page.switch_to.active_element.get_attribute("id") == expected
    assert page.current_url.endswith("#s2")
    page.switch_to.active_element.send_keys("?")
    dialog = page.find_element(By.ID, "help")
    assert dialog.is_displayed()
    page.find_element(By.ID, "shortcuts").click()
    dialog.find_element(By.CSS_SELECTOR, "button").click()
    body.send_keys("t")
    assert page.find_element(By.CSS_SELECTOR, ".terms").is_displayed(), "single-letter keys are switched off"


def test_a_link_to_a_sentence_leads_there(page: Chrome, site: str) -> None:
    paste(page, long_text(120), "Lang")
    until(page, finished)
    page.get(re.sub("#.*", "", page.current_url) + "#s100")
    # Going to another place of the same page loads nothing: there is no event to wait for.
    until(page, lambda p: 0 <= p.execute_script(TOP_OF_S100) < 900)


def test_a_phone_gets_one_column_and_no_sideways_scrolling(page: Chrome, site: str) -> None:
    paste(
        page, GERMAN + " Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnungsausschuss tagt.", "Lang"
    )
    until(page, finished)
    page.set_window_size(500, 800)
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True},
    )
    try:
        row = page.find_element(By.ID, "s1")
        german, english = (
            row.find_element(By.CLASS_NAME, "german"),
            row.find_element(By.CLASS_NAME, "english"),
        )
        assert english.location["y"] >= german.location["y"] + german.size["height"]
        assert row.find_element(By.CLASS_NAME, "terms").location["y"] > english.location["y"]
        assert page.execute_script("return document.documentElement.scrollWidth") <= 360
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dark_mode_is_chosen_and_remembered(page: Chrome, site: str) -> None:
    def paper() -> str:
        return str(page.execute_script("return getComputedStyle(document.body).backgroundColor"))

    light = paper()
    page.find_element(By.ID, "theme-button").click()
    dark = paper()
    assert dark != light
    page.get(f"{site}/glossary")
    assert paper() == dark


def test_a_file_is_chosen_and_read(page: Chrome, tmp_path: Path) -> None:
    path = tmp_path / "rede.txt"
    path.write_bytes("Für Österreich gilt das nicht.".encode("cp1252"))
    page.find_element(By.ID, "file").send_keys(str(path))
    page.find_element(By.CSS_SELECTOR, "#new-form .primary").click()
    until(page, finished)
    assert "Für Österreich gilt das nicht." in page.find_element(By.CSS_SELECTOR, "#s1 .german").text


def test_a_dropped_file_is_read(page: Chrome) -> None:
    page.execute_script(
        "const data = new DataTransfer();"
        "data.items.add(new File(['Der Bundestag tagt heute.'], 'tag.txt', {type: 'text/plain'}));"
        "window.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));"
    )
    until(page, finished)
    assert "Der Bundestag tagt heute." in page.find_element(By.CSS_SELECTOR, "#s1 .german").text


def test_a_script_in_the_text_stays_text(page: Chrome) -> None:
    evil = "document.title='gehackt'"
    paste(page, f'<script>{evil}</script><img src=x onerror="{evil}"> Guten Tag.')
    until(page, finished)
    assert page.title != "gehackt"
    assert "<script>" in page.find_element(By.CSS_SELECTOR, ".german").text
