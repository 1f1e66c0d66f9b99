"""The review in a real browser: by keyboard, mouse and touch, wide and narrow, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.webapp.conftest import until
from webapp.services import Services

pytestmark = pytest.mark.browser

TEXT = "Die Ministerin tritt zurück. Der Haushalt ist beschlossen."


@pytest.fixture
def reading(services: Services) -> str:
    from webapp.importers import take_in
    from webapp.pipeline import save

    saved = save(take_in(TEXT, title="Krise in Berlin", max_bytes=10_000), services.library, "none")
    services.study.add(
        kind="word", key="zurücktreten|verb", german="zurücktreten", form="tritt … zurück", pos="verb",
        english="resign", note="trat zurück, ist zurückgetreten", status="new",
        sentence="Die Ministerin tritt zurück.", sentence_english="The minister resigns.",
        spans=((15, 20), (21, 27)), source="Krise in Berlin", reading_id=saved, segment=0,
    )  # fmt: skip
    services.study.add(
        kind="word", key="haushalt|noun", german="der Haushalt", form="Haushalt", pos="noun",
        english="budget", status="learning", sentence="Der Haushalt ist beschlossen.",
        sentence_english="The budget is adopted.", spans=((4, 12),), source="Krise in Berlin",
        reading_id=saved, segment=1,
    )  # fmt: skip
    services.study.add(
        kind="term", key="bundesrat-de", german="der Bundesrat", english="Federal Council", status="new"
    )
    return saved


def press(page: Chrome, *keys: str) -> None:
    """Press keys wherever the focus happens to be."""
    ActionChains(page).send_keys(*keys).perform()


def asks(page: Chrome, text: str) -> None:
    """Wait until a question is there and has the focus, so that a screen reader reads it."""
    until(
        page,
        lambda p: p.execute_script(
            "return document.readyState === 'complete' && document.activeElement?.id === 'question'"
            " && document.activeElement.innerText.includes(arguments[0])",
            text,
        ),
    )


def answer_is_shown(page: Chrome) -> bool:
    shown: bool = page.execute_script(
        "const all = document.getElementById('answered');"
        "return Boolean(all) && !all.hidden && document.activeElement.id === 'answer'"
    )
    return shown


def ratings(services: Services) -> list[tuple[int, int]]:
    return [(review.item_id, review.rating) for review in services.study.reviews()]


def test_a_review_by_keyboard(page: Chrome, site: str, services: Services, reading: str) -> None:
    page.get(f"{site}/study/review")
    asks(page, "Der Haushalt ist beschlossen.")
    marked = page.execute_script(
        "return [...document.querySelectorAll('.question mark')].map((m) => m.innerText)"
    )
    assert marked == ["Haushalt"]
    lang = page.execute_script("return document.querySelector('.question .asked').lang")
    assert lang == "de"
    press(page, "3")  # rates nothing before the answer is shown
    assert not answer_is_shown(page)
    press(page, Keys.SPACE)
    until(page, answer_is_shown)
    told = page.execute_script("return document.getElementById('answered').innerText")
    for text in ("der Haushalt", "budget", "The budget is adopted.", "Good", "10 min"):
        assert text in told
    press(page, "4")
    asks(page, "Die Ministerin tritt zurück.")
    assert page.execute_script("return document.title").startswith("Review: 2 left")
    press(page, Keys.ENTER)
    until(page, answer_is_shown)
    press(page, "1")
    asks(page, "der Bundesrat")
    press(page, "u")
    asks(page, "Die Ministerin tritt zurück.")
    status = page.execute_script("return document.querySelector('.notice[role=status]').innerText")
    assert "taken back" in status
    assert ratings(services) == [(2, 4)]
    # By the buttons themselves: Tab from the question to the first of them.
    press(page, Keys.TAB, Keys.ENTER)
    until(page, answer_is_shown)
    link = page.execute_script("return document.querySelector('.from a').getAttribute('href')")
    assert link == f"/readings/{reading}#s1"
    press(page, Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB)
    assert page.execute_script("return document.activeElement.innerText").startswith("Easy")
    press(page, Keys.SPACE)
    asks(page, "der Bundesrat")
    assert ratings(services) == [(2, 4), (1, 4)]
    # Letters and numbers can be switched off.
    page.find_element(By.ID, "shortcuts").click()
    press(page, "u")
    page.find_element(By.CSS_SELECTOR, "#reveal button").click()
    until(page, answer_is_shown)
    press(page, "1")
    page.refresh()
    asks(page, "der Bundesrat")
    assert not page.find_element(By.ID, "shortcuts").is_selected()
    assert ratings(services) == [(2, 4), (1, 4)]
    page.find_element(By.ID, "shortcuts").click()
    page.refresh()
    asks(page, "der Bundesrat")
    press(page, Keys.SPACE)
    until(page, answer_is_shown)
    press(page, "4")
    until(page, lambda p: p.execute_script("return document.activeElement?.id === 'end-heading'"))
    end = page.execute_script("return document.querySelector('main').innerText")
    assert "You gave 3 answers." in end
    assert "words come back" in end


def test_a_review_by_touch_on_a_phone(page: Chrome, site: str, services: Services, reading: str) -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
    )
    page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        page.get(f"{site}/study/review")
        asks(page, "Haushalt")
        tap(page, '.asks [value="say"]')
        asks(page, "Which German word is missing?")
        assert "Haushalt" not in page.execute_script("return document.getElementById('question').innerText")
        tap(page, "#question")
        until(page, answer_is_shown)
        seen = page.execute_script(
            "const box = document.querySelector('.rating').getBoundingClientRect();"
            "return [box.top >= 0, innerHeight >= box.bottom, box.height, box.width]"
        )
        assert seen[:2] == [True, True]
        assert min(seen[2:]) >= 44
        tap(page, '.rating[value="3"]')
        asks(page, "missing?")
        assert ratings(services) == [(2, 3)]
        tap(page, 'form[action$="/known"] button')
        asks(page, "What is this in German?")
        assert services.study.get(1).status == "known"
        tap(page, ".put-back button")
        asks(page, "missing?")
        assert services.study.get(1).status == "new"
    finally:
        page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def tap(page: Chrome, selector: str) -> None:
    """Touch the middle of something, after scrolling to it."""
    x, y = page.execute_script(
        "const found = document.querySelector(arguments[0]); found.scrollIntoView({block: 'center'});"
        "const box = found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]",
        selector,
    )
    for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
        page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_the_export_page(page: Chrome, site: str, services: Services, reading: str, tmp_path: Path) -> None:
    services.study.set_status(3, "known")
    page.get(f"{site}/study/export")
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.find_element(By.CSS_SELECTOR, '[name=status][value="new"]').click()
    page.find_element(By.CSS_SELECTOR, ".export-form .primary").click()
    until(page, lambda _: (tmp_path / "seitenblick.apkg").exists())
