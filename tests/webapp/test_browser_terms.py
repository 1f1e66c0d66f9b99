"""Own terms in a real browser: add one and see it in a reading, replace, hide, import; browse the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.webapp.conftest import arrived, finished, paste, until
from webapp.services import Services

pytestmark = pytest.mark.browser

TEXT = "Die Quarksteuer kommt. Der Bundesrat stimmt den Quarksteuern zu."


def fill(page: Chrome, **columns: str) -> None:
    for name, value in columns.items():
        field = page.find_element(By.ID, name)
        if field.tag_name == "select":
            Select(field).select_by_value(value)
        else:
            field.clear()
            field.send_keys(value)


def says(text: str) -> Callable[[Chrome], bool]:
    """Whether the page shows a text; asked in one step, since the page may just be changing."""
    return lambda page: text in page.execute_script("return document.body ? document.body.innerText : ''")


def texts(page: Chrome, selector: str) -> list[str]:
    """The texts of some elements, asked in one step."""
    found: list[str] = page.execute_script(
        "return Array.from(document.querySelectorAll(arguments[0]), (each) => each.innerText)", selector
    )
    return found


def terms_of_sentence(page: Chrome, sentence: str) -> list[str | None]:
    # In one step: the stream puts revised sentences in place of others while the page is open.
    terms: list[str | None] = page.execute_script(
        "return Array.from(document.querySelectorAll(arguments[0]), (mark) => mark.dataset.term)",
        f"#{sentence} .german a.term",
    )
    return terms


def test_a_term_is_added_and_seen_in_a_reading(page: Chrome, site: str) -> None:
    paste(page, TEXT, "Quark")
    until(page, finished)
    reading = page.current_url
    assert terms_of_sentence(page, "s1") == []
    page.get(f"{site}/glossary?q=Quarksteuer")
    page.find_element(By.PARTIAL_LINK_TEXT, "add “Quarksteuer”").click()
    arrived(page, "#german")
    assert page.find_element(By.ID, "german").get_attribute("value") == "Quarksteuer"
    fill(page, english="curd tax", gender="f")
    page.find_element(By.ID, "english").send_keys(Keys.ENTER)
    arrived(page, ".concordance")
    assert page.current_url.endswith("/glossary/own-quarksteuer")
    assert texts(page, ".concordance .line .german mark") == ["Quarksteuer"]
    page.find_element(By.LINK_TEXT, "Change it").click()
    arrived(page, "#plural")
    fill(page, plural="Quarksteuern")
    page.find_element(By.CSS_SELECTOR, ".own-form .primary").click()
    until(page, lambda p: len(texts(p, ".concordance .line .german mark")) == 2)
    page.find_element(By.CSS_SELECTOR, '.concordance .number[href$="#s2"]').click()
    until(page, lambda p: p.current_url == f"{reading}#s2")
    until(page, lambda p: terms_of_sentence(p, "s1") == ["own-quarksteuer"])
    # The new term's word is being tried in the English: rows may come again.
    until(page, finished)
    assert terms_of_sentence(page, "s2") == ["bundesrat-de", "own-quarksteuer"]
    assert "curd tax" in texts(page, '#s1 .card[data-term="own-quarksteuer"]')[0]


def test_a_curated_term_is_replaced_hidden_and_shown_again(page: Chrome, site: str) -> None:
    paste(page, TEXT, "Quark")
    until(page, finished)
    reading = page.current_url
    page.get(f"{site}/glossary/bundesrat-de")
    page.find_element(By.LINK_TEXT, "Replace it by my own").click()
    arrived(page, "#german")
    fill(page, english="House of the States")
    page.find_element(By.CSS_SELECTOR, ".own-form .primary").click()
    arrived(page, ".term-page")
    assert page.current_url.endswith("/glossary/own-bundesrat")
    page.get(reading)
    assert terms_of_sentence(page, "s2") == ["own-bundesrat"]
    page.get(f"{site}/glossary/own-bundesrat")
    page.find_element(By.CSS_SELECTOR, ".manage summary").click()
    page.find_element(By.CSS_SELECTOR, ".manage .danger").click()
    until(page, says("is removed"))
    page.get(f"{site}/glossary/bundesrat-de")
    page.find_element(By.CSS_SELECTOR, 'form[action$="/hide"] button').click()
    until(page, lambda p: p.find_elements(By.CSS_SELECTOR, 'form[action$="/show"]'))
    page.get(reading)
    assert terms_of_sentence(page, "s2") == []
    page.get(f"{site}/glossary/own")
    page.find_element(By.CSS_SELECTOR, ".hidden-list button").click()
    until(page, lambda p: p.current_url.endswith("/glossary/bundesrat-de"))
    page.get(reading)
    assert terms_of_sentence(page, "s2") == ["bundesrat-de"]


def test_a_file_is_looked_at_and_imported(
    page: Chrome, site: str, services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Deutsch;Englisch\nQuarksteuer;curd tax\nKefir;kefir\n", "utf-8")
    page.get(f"{site}/glossary/own/import")
    page.find_element(By.ID, "file").send_keys(str(file))
    page.find_element(By.CSS_SELECTOR, ".import-form button").click()
    arrived(page, "#preview-heading")
    assert "Import 2 terms" in page.find_element(By.TAG_NAME, "main").text
    assert services.own_terms.list() == ()
    page.find_element(By.CSS_SELECTOR, 'form[action*="/import/"] .primary').click()
    until(page, lambda _: services.own_terms.list())
    assert [term.german for term in services.own_terms.list()] == ["Quarksteuer", "Kefir"]


def test_browse_by_keyboard(page: Chrome, site: str) -> None:
    page.get(f"{site}/glossary")
    page.find_element(By.ID, "q").send_keys("Ueberhangmandate", Keys.ENTER)
    until(page, lambda p: "q=Ueberhangmandate" in p.current_url)
    arrived(page, ".term-line a")
    first = page.find_element(By.CSS_SELECTOR, ".term-line a")
    assert first.text.endswith("Überhangmandat")
    first.send_keys(Keys.ENTER)
    until(page, lambda p: p.current_url.endswith("/glossary/ueberhangmandat"))
