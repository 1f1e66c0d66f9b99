"""Saved words in a real browser: by mouse and keys in the panel, on a term's card, as marks, on pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.webapp.conftest import finished, paste, until
from webapp.services import Services

pytestmark = pytest.mark.browser

TEXT = (
    "Die Regierung setzt 🇩🇪 das Gesetz am Montag durch. Der Vermittlungsausschuss tagt.\n\n"
    "Es wurde durchgesetzt. Der Vermittlungsausschuss fährt Minderausgaben zurück."
)

_MARKS = """
const marked = (status) => [
  ...[...(CSS.highlights.get(`study-${status}`) ?? [])].map(
    ({startContainer, startOffset, endOffset}) => startContainer.data.slice(startOffset, endOffset)),
  ...[...document.querySelectorAll(`.german a.term[data-study="${status}"]`)].map((link) => link.textContent),
];
return Object.fromEntries(["new", "learning", "known"].map((status) => [status, marked(status).sort()]));
"""


def marks(page: Chrome) -> dict[str, list[str]]:
    """The marked words by status: as highlights, and as links of terms."""
    found: dict[str, list[str]] = page.execute_script(_MARKS)
    return {status: words for status, words in found.items() if words}


def marked(**expected: list[str]) -> Callable[[Chrome], bool]:
    return lambda page: marks(page) == expected


def pressed(selector: str) -> Callable[[Chrome], str | None]:
    """The status that a group of buttons shows; asked in one step."""
    script = "return document.querySelector(arguments[0] + ' [aria-pressed=\"true\"]')?.dataset.status ?? ''"
    return lambda page: page.execute_script(script, selector)


def lists(count: int) -> Callable[[Chrome], bool]:
    return lambda page: len(page.find_elements(By.CSS_SELECTOR, ".vocabulary-list > li")) == count


def open_word(page: Chrome, number: int) -> None:
    """Open the panel for a word of the first sentence, by keys."""
    page.execute_script("document.getElementById('s1').focus()")
    page.find_element(By.ID, "s1").send_keys(Keys.ARROW_RIGHT * number + Keys.ENTER)
    until(page, lambda p: p.execute_script("return document.activeElement?.id === 'word-heading'"))


def test_a_word_is_saved_and_marked_in_all_its_forms(page: Chrome, site: str, services: Services) -> None:
    paste(page, TEXT, "Gesetz")
    until(page, finished)
    offered = "return !document.getElementById('toggle-vocabulary').closest('[hidden]')"
    assert not page.execute_script(offered), "there is nothing to mark yet"
    open_word(page, 3)
    page.switch_to.active_element.send_keys("2")
    until(page, marked(learning=["durch", "durchgesetzt", "setzt"]))
    assert pressed("#word-body .study-status")(page) == "learning"
    assert "Saved with this sentence" in page.find_element(By.CSS_SELECTOR, "#word-body .study-said").text
    (item,) = services.study.list()
    assert [item.sentence[a:b] for a, b in item.spans] == ["setzt", "durch"]
    # By mouse: another status, and away with it.
    page.find_element(By.CSS_SELECTOR, '#word-body [data-status="known"]').click()
    until(page, marked(known=["durch", "durchgesetzt", "setzt"]))
    page.find_element(By.CSS_SELECTOR, "#word-body .forget").click()
    until(page, marked())
    assert services.study.list() == ()
    assert page.execute_script("return document.activeElement.dataset.status") == "new"
    page.switch_to.active_element.send_keys("1")
    until(page, marked(new=["durch", "durchgesetzt", "setzt"]))
    # The keys act in an open panel only.
    page.find_element(By.CSS_SELECTOR, "#word-panel .close").click()
    page.find_element(By.ID, "s1").send_keys("3")
    assert [one.status for one in services.study.list()] == ["new"]
    # Marks are switched off and stay off.
    menu = page.find_element(By.CSS_SELECTOR, "#study-menu summary")
    menu.send_keys(Keys.ENTER)
    box = page.find_element(By.ID, "toggle-vocabulary")
    assert box.is_selected()
    box.click()
    until(page, marked())
    page.refresh()
    until(page, lambda p: p.execute_script(offered))
    page.find_element(By.CSS_SELECTOR, "#study-menu summary").send_keys(Keys.ENTER)
    assert not page.find_element(By.ID, "toggle-vocabulary").is_selected()
    page.find_element(By.ID, "toggle-vocabulary").send_keys(Keys.SPACE)
    until(page, marked(new=["durch", "durchgesetzt", "setzt"]))


def test_a_term_is_saved_from_its_card_and_marks_survive_new_rows(page: Chrome, services: Services) -> None:
    services.study.add(kind="word", key="durchsetzen|verb", german="durchsetzen", status="new")
    paste(page, TEXT, "Gesetz")
    until(page, finished)
    card = "#s2 .card.first"
    page.find_element(By.CSS_SELECTOR, f"{card} summary").click()
    until(page, lambda p: p.execute_script(f"return !!document.querySelector('{card} .study-status')"))
    page.find_element(By.CSS_SELECTOR, f'{card} [data-status="learning"]').click()
    # The link of the committee within the term is a piece of its own.
    term, verb = (
        ["Vermittlungs", "Vermittlungs", "ausschuss", "ausschuss"],
        ["durch", "durchgesetzt", "setzt"],
    )
    until(page, marked(learning=term, new=verb))
    (item,) = services.study.list(kind="term")
    assert (item.kind, item.english, item.status) == ("term", "Mediation Committee", "learning")
    # The panel of the same word knows it.
    page.execute_script("document.getElementById('s2').focus()")
    page.find_element(By.ID, "s2").send_keys(Keys.ARROW_RIGHT * 2 + Keys.ENTER)
    until(page, lambda p: pressed("#word-body .study-status[data-term]")(p) == "learning")
    # A row that comes again (a revised sentence) is marked again.
    before = marks(page)
    page.execute_script(
        """
        const old = document.getElementById("s4"), fresh = old.cloneNode(true);
        for (const link of fresh.querySelectorAll("[data-study]")) delete link.dataset.study;
        old.replaceWith(fresh);
        const text = (name) => fresh.querySelector(name).textContent;
        const detail = { german: text(".german"), english: text(".english"), links: [] };
        fresh.dispatchEvent(new CustomEvent("segment-arrived", { bubbles: true, detail }));
        """
    )
    until(page, lambda p: marks(p) == before)
    assert page.execute_script("return !!document.querySelector('#s4 [data-study]')")
    # Study mode makes a blank of the saved word in the third sentence and takes it back.
    choose = "document.querySelector(`input[name='study-mode'][value='${arguments[0]}']`).click()"
    page.execute_script(choose, "cloze")
    until(page, lambda p: p.execute_script("return !!document.querySelector('#s3 .blanked')"))
    page.execute_script(choose, "both")
    until(page, lambda p: not p.execute_script("return !!document.querySelector('#s3 .blanked')"))
    until(page, marked(learning=term, new=verb))


def test_marks_and_difficulty_come_while_the_english_still_arrives(
    page: Chrome, site: str, services: Services
) -> None:
    services.study.add(kind="word", key="Ausschuss|noun", german="der Ausschuss", status="known")
    paste(page, " ".join(f"Der Ausschuss berät am Tag {n} über Minderausgaben." for n in range(60)), "Lang")
    until(page, lambda p: len(marks(p).get("known", [])) == 60)
    until(page, finished, 60)
    until(page, lambda p: len(marks(p).get("known", [])) == 60)
    until(page, lambda p: "1 word in" in p.find_element(By.ID, "study-hard").text)
    page.get(site)
    until(
        page,
        lambda p: (
            "for you: 1 word in" in p.execute_script("return document.querySelector('.hardness').textContent")
        ),
    )


def test_the_pages_of_the_vocabulary(page: Chrome, site: str, services: Services) -> None:
    paste(page, TEXT, "Gesetz")
    until(page, finished)
    page.find_element(By.LINK_TEXT, "New words in this text").click()
    until(page, lambda p: p.find_elements(By.ID, "pick-all"))
    page.find_element(By.ID, "pick-all").send_keys(Keys.SPACE)
    count = len(page.find_elements(By.CSS_SELECTOR, 'input[name="pick"]:checked'))
    assert count > 1
    page.find_element(By.CSS_SELECTOR, ".pick-actions .primary").send_keys(Keys.ENTER)
    until(page, lambda p: f"{count} words are saved" in p.execute_script("return document.body.innerText"))
    assert len(services.study.list("learning")) == count
    page.get(f"{site}/study/vocabulary")
    newest = services.study.list()[0]
    row = f"#item-{newest.id}"
    page.find_element(By.CSS_SELECTOR, f'{row} [data-status="known"]').send_keys(Keys.ENTER)
    until(page, lambda p: p.find_element(By.ID, f"status-{newest.id}").get_attribute("value") == "known")
    page.find_element(By.CSS_SELECTOR, f"{row} .manage summary").send_keys(Keys.ENTER)
    field = page.find_element(By.ID, f"english-{newest.id}")
    field.clear()
    field.send_keys("quite another", Keys.ENTER)
    until(page, lambda _: services.study.get(newest.id).english == "quite another")
    assert services.study.get(newest.id).status == "known"
    until(page, lambda p: "quite another" in p.execute_script("return document.body.innerText"))
    page.get(f"{site}/study/vocabulary")
    for left in reversed(range(count)):
        page.execute_script("document.querySelector('.vocabulary-list .forget').click()")
        until(page, lists(left))
    assert services.study.list() == ()
