"""A real browser on the real reader: fixtures and helpers for all browser tests."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from webapp.services import Services
from webapp.serving import address, make_server

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
    "--window-size=1400,900",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    chrome = start_browser(tmp_path_factory.mktemp("profile"))
    yield chrome
    chrome.quit()


def start_browser(profile: Path, *flags: str) -> Chrome:
    """A browser of its own; the test is skipped where there is none."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        if os.environ.get("SEITENBLICK_TESTS_NEED_BROWSER"):
            pytest.fail("chromium and chromedriver are not installed")
        pytest.skip("chromium and chromedriver are not installed (.ci/run installs them)")
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--user-data-dir={profile}", *flags):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return Chrome(options=options, service=ChromeService(driver))


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    server = make_server(app)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield address(server, "127.0.0.1").rstrip("/")
    stop(server, thread)


def stop(server: Any, thread: threading.Thread) -> None:
    """Stop a server in its own thread: from outside, it would wait on sockets that are gone."""
    from waitress.wasyncore import close_all

    server.trigger.pull_trigger(lambda: close_all(server._map))
    thread.join(10)
    assert not thread.is_alive()
    server.task_dispatcher.shutdown()


@pytest.fixture
def page(browser: Chrome, site: str) -> Iterator[Chrome]:
    browser.set_window_size(1400, 900)
    # A test that failed may have left the phone's screen behind.
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    browser.get(f"{site}/")
    browser.execute_script("localStorage.clear()")
    console(browser)
    yield browser
    errors = [entry for entry in console(browser) if entry["level"] == "SEVERE"]
    browser.get("about:blank")
    assert not errors, errors


def console(browser: Chrome) -> list[dict[str, Any]]:
    entries = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return list(entries)


def classes(page: Chrome, selector: str) -> list[str]:
    return (page.find_element(By.CSS_SELECTOR, selector).get_attribute("class") or "").split()


def until(page: Chrome, condition: Callable[[Chrome], Any], seconds: float = 20) -> Any:
    return WebDriverWait(page, seconds, 0.05).until(condition)


def arrived(page: Chrome, selector: str) -> None:
    """Wait until a page that has such an element is there, and all of it: a click does not wait for it."""
    script = "return document.readyState === 'complete' && document.querySelector(arguments[0]) !== null"
    until(page, lambda p: p.execute_script(script, selector))


def screen(page: Chrome, width: int, theme: str = "light", *, touch: bool = False) -> None:
    """Give this page and those after it a width and a theme; the page fixture sets them back."""
    device = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": touch})
    page.execute_script(
        "localStorage.setItem('theme', arguments[0]); document.documentElement.dataset.theme = arguments[0]",
        theme,
    )


def violations(page: Chrome, *rules: str) -> list[tuple[str, str, list[str]]]:
    """What axe finds wrong with the page as it now is, by all its rules or by some."""
    from axe_core_python.selenium import Axe

    if page.execute_script("return typeof axe === 'undefined'"):
        page.execute_script(Axe().axe_script)
    # Many tests at once on few cores: a long page takes a while.
    page.set_script_timeout(120)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = page.execute_async_script(
        "const [options, done] = arguments; axe.run(options).then(({violations}) => done(violations.map("
        "({id, help, nodes}) => [id, help, nodes.slice(0, 3).map(({html}) => html.slice(0, 160))])))",
        options,
    )
    return [tuple(each) for each in found]


def paste(page: Chrome, text: str, title: str = "") -> None:
    box = page.find_element(By.ID, "text")
    page.execute_script("arguments[0].value = arguments[1]", box, text)
    page.find_element(By.ID, "title").send_keys(title)
    page.find_element(By.CSS_SELECTOR, "#new-form .primary").click()
    arrived(page, "main.reading")


def finished(page: Chrome) -> bool:
    """All English is there, and no sentence comes again with the glossary's words in it."""
    done: bool = page.execute_script(
        "return document.readyState === 'complete' && document.querySelector('main.reading') !== null"
        " && !document.querySelector('.english.waiting, main.reading[data-active=\"yes\"]')"
    )
    return done


def place(page: Chrome, selector: str, word: str) -> tuple[int, int]:
    """The middle of the first letter of a word in the window, scrolled there.

    Rows out of sight are laid out when they come into view, which may move what has been scrolled to.
    """
    before, now = None, _place(page, selector, word)
    while now != before:
        page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        before, now = now, _place(page, selector, word)
    return now


def _place(page: Chrome, selector: str, word: str) -> tuple[int, int]:
    box = page.execute_script(
        """
        const element = document.querySelector(arguments[0]), at = element.textContent.indexOf(arguments[1]);
        element.scrollIntoView({block: 'center'});
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        let passed = 0;
        while (walker.nextNode()) {
          const node = walker.currentNode;
          if (at < passed + node.data.length) {
            const range = document.createRange();
            range.setStart(node, at - passed);
            range.setEnd(node, at - passed + 1);
            return range.getBoundingClientRect().toJSON();
          }
          passed += node.data.length;
        }""",
        selector,
        word,
    )
    return int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2)


def long_text(sentences: int) -> str:
    return " ".join(f"Der Ausschuss berät am Tag {n} über den Haushalt." for n in range(sentences))


def slow_down(services: Services, seconds: float) -> None:
    """Let the real translator take its time, so that there is something to stop."""
    translator = services.translator()
    translate = translator.translate

    def slowly(*args: Any) -> Iterator[Any]:
        for item in translate(*args):
            time.sleep(seconds)
            yield item

    translator.translate = slowly  # type: ignore[method-assign, assignment]
