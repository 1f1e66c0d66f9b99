"""Words that belong together, in a real browser: by mouse, keys and touch; and the long press."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.webapp.conftest import finished, long_text, paste, place, slow_down, until
from webapp.services import Services

pytestmark = pytest.mark.browser

TEXT = (
    "Die Regierung setzt die Reform am Montag durch. 😀 Am Dienstag tagt der Ausschuss in Österreich.\n\n"
    "Der Bundestag lehnt das Gesetz ab."
)


def hover(page: Chrome, selector: str, word: str) -> None:
    actions = ActionChains(page)
    actions.w3c_actions.pointer_action.move_to_location(*place(page, selector, word))  # type: ignore[no-untyped-call]
    actions.perform()


def marked(page: Chrome, name: str = "links") -> list[str]:
    found: list[str] = page.execute_script(
        "return Array.from(CSS.highlights.get(arguments[0]) ?? [], (range) => range.toString())", name
    )
    return found


def fetched(page: Chrome, sentence: int | None = None) -> int:
    """How many times the links of a sentence (index), or of any, were fetched."""
    ending = "/links" if sentence is None else f"/segments/{sentence}/links"
    return int(
        page.execute_script(
            "const all = performance.getEntriesByType('resource');"
            "return all.filter((each) => each.name.endsWith(arguments[0])).length",
            ending,
        )
    )


@contextmanager
def phone(page: Chrome) -> Iterator[None]:
    device = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        yield
    finally:
        page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def touch(page: Chrome, kind: str, *points: tuple[int, int]) -> None:
    page.execute_cdp_cmd(
        "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
    )


def panel_heading(page: Chrome) -> str | None:
    heading: str | None = page.execute_script(
        "const panel = document.getElementById('word-panel');"
        "return panel.hidden ? null : panel.querySelector('#word-heading')?.textContent"
    )
    return heading


def test_words_that_belong_together_are_marked(page: Chrome) -> None:
    paste(page, TEXT, "Reform")
    until(page, finished)
    page.refresh()
    assert fetched(page) == 0, "nothing before the first use"
    hover(page, "#s1 .german", "Regierung")
    until(page, lambda p: marked(p) == ["Regierung", "government"])
    hover(page, "#s1 .english", "government")
    until(page, lambda p: marked(p) == ["government", "Regierung"])
    hover(page, "#s1 .german", "Montag")
    until(page, lambda p: marked(p) == ["Montag", "Monday"])
    assert fetched(page) == 1, "once for a sentence"
    # After an emoji: the server counts characters, the browser UTF-16 units.
    assert "😀" in page.execute_script("return document.querySelector('#s2').textContent")
    hover(page, "#s2 .german", "Österreich")
    until(page, lambda p: marked(p) == ["Österreich", "Austria"])
    hover(page, "#s2 .english", "Austria")
    until(page, lambda p: marked(p) == ["Austria", "Österreich"])
    # Stepping with the arrow keys: German, with Shift English.
    page.execute_script("document.getElementById('s1').focus()")
    page.switch_to.active_element.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    until(page, lambda p: marked(p) == ["Regierung", "government"])
    assert marked(page, "word") == ["Regierung"]
    said = page.find_element(By.ID, "announce")
    assert said.get_attribute("textContent") == "Regierung – government"
    page.switch_to.active_element.send_keys(Keys.SHIFT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    until(page, lambda p: marked(p) == ["government", "Regierung"])
    assert said.get_attribute("textContent") == "government – Regierung"
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert marked(page) == []
    # Hidden text is not marked: its place would give away where it stands.
    hover(page, "#s1 .german", "Montag")
    until(page, lambda p: marked(p) == ["Montag", "Monday"])
    page.execute_script("document.getElementById('study-menu').open = true")
    page.find_element(By.CSS_SELECTOR, '#study-menu input[value="hide-english"]').click()
    hover(page, "#s1 .german", "Regierung")
    until(page, lambda p: marked(p) == [])
    page.find_element(By.CSS_SELECTOR, '#study-menu input[value="both"]').click()
    assert marked(page) == []
    # Switched off, and that is remembered.
    page.find_element(By.ID, "links-on").click()
    page.refresh()
    assert not page.find_element(By.ID, "links-on").is_selected()
    page.execute_script("document.getElementById('s1').focus()")
    page.switch_to.active_element.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert said_now(page) == "Regierung"
    assert fetched(page) == 0


def said_now(page: Chrome) -> str:
    return str(page.execute_script("return document.getElementById('announce').textContent"))


def test_rows_that_arrive_bring_their_links(page: Chrome, services: Services) -> None:
    slow_down(services, 0.05)
    paste(page, long_text(30), "Lang")
    until(page, finished)
    hover(page, "#s29 .german", "Ausschuss")
    until(page, lambda p: "Ausschuss" in marked(p))
    assert "committee" in " ".join(marked(page)).lower()
    assert fetched(page, 28) == 0


def test_touch_marks_and_explains(page: Chrome) -> None:
    paste(page, TEXT, "Reform")
    until(page, finished)
    with phone(page):
        # A tap on an English word (no term's, which would open the card) marks its German.
        point = place(page, "#s1 .english", "Monday")
        touch(page, "touchStart", point)
        touch(page, "touchEnd")
        until(page, lambda p: marked(p)[:1] == ["Monday"] and "Montag" in marked(p))
        # A long press on a German word explains it; on a term it does not follow the link.
        point = place(page, "#s3 .german", "Bundestag")
        touch(page, "touchStart", point)
        until(page, lambda p: panel_heading(p) == "der Bundestag")
        touch(page, "touchEnd")
        assert panel_heading(page) == "der Bundestag"
        assert "#" not in page.current_url
        page.find_element(By.CSS_SELECTOR, "#word-panel .close").click()
        # Scrolling is no press: as long as a press takes nothing opens.
        x, y = place(page, "#s1 .german", "Regierung")
        touch(page, "touchStart", (x, y))
        for moved in (15, 30, 60):
            touch(page, "touchMove", (x, y - moved))
        page.execute_async_script("setTimeout(arguments[0], 700)")
        touch(page, "touchEnd")
        assert panel_heading(page) is None
        # And a tap still does what it did.
        point = place(page, "#s1 .german", "Montag")
        touch(page, "touchStart", point)
        touch(page, "touchEnd")
        until(page, lambda p: panel_heading(p) == "der Montag")
