"""How the page bears a very long text: python -m bench.long_reading [--sentences 3000] [--no-browser].

A reading in one paragraph is put straight into a library of its own, with the glossary's examples as German
and English, so that no model runs. Server: the reading fetched without a browser, first with nothing
remembered, then again. Browser (headless Chromium with chromedriver): from the address to a page that can be
used and is drawn, from the choice of a study mode to the page drawn, from a click on a word to its
explanation. Medians of --repeat runs in seconds of wall time, for the server of CPU time, too, since other
work on the machine counts into wall time; --profile shows where the server's time goes. Stop other work.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import re
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from flask import Flask
from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService
from selenium.webdriver.support.ui import WebDriverWait

from models.segmentation import Paragraph, Sentence
from models.translation import Hypothesis, Link, Translation
from webapp import create_app
from webapp.importers.intake import Intake
from webapp.library.enforced import SavedEnforcement
from webapp.services import Services
from webapp.serving import address, make_server
from webapp.settings import Settings

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--window-size=1400,900",
)
_DRAWN = "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))"
_LOADED = "document.readyState === 'complete' && !document.getElementById('study-menu').hidden"
_SWITCH = f"""
const [mode, finished] = arguments, begun = performance.now();
const done = () => finished((performance.now() - begun) / 1000);
document.querySelector(`#study-menu input[value="${{mode}}"]`).click();
{_DRAWN}"""
_LISTEN = """
const panel = document.getElementById('word-panel');
window.clicked = null;
window.answered = null;
addEventListener('click', () => { window.clicked = performance.now(); }, {capture: true, once: true});
new MutationObserver((_, observer) => {
  if (panel.hidden) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.answered = performance.now(); }));
}).observe(panel, {attributes: true});"""
_PLACE = """
const [index, finished] = arguments, rows = document.querySelectorAll('.segment');
const row = rows[Math.min(index, rows.length - 1)];
row.scrollIntoView({block: 'center'});
setTimeout(() => {
  const range = document.createRange();
  range.selectNodeContents(row.querySelector('.german'));
  const box = range.getClientRects()[0];
  finished({x: Math.round(box.x + 6), y: Math.round(box.y + box.height / 2)});
}, 1000);"""
_WORD = re.compile(r"\w+")


def long_reading(services: Services, sentences: int) -> str:
    """Save a reading of so many sentences, translated throughout, and return its id."""
    examples = [(term.example_de, term.example_en) for term in services.curated.terms]
    pairs = islice(cycle(examples), sentences)
    # A number keeps sentences that come again from being the same to the library.
    return save_translated(
        services,
        [
            (german, english) if number < len(examples) else (f"{number}: {german}", f"{number}: {english}")
            for number, (german, english) in enumerate(pairs)
        ],
    )


def save_translated(services: Services, pairs: Sequence[tuple[str, str]], *, enforced: bool = True) -> str:
    """Save a reading of one paragraph with its German and English sentences; returns its id.

    What the glossary wishes counts as tried in vain, so that a page leaves the model alone. If
    not `enforced`, it is left to be tried.
    """
    places: list[Sentence] = []
    start = 0
    for german, _ in pairs:
        places.append(Sentence(start, start + len(german), german))
        start += len(german) + 1
    text = " ".join(german for german, _ in pairs)
    signature = services.translator().signature
    paragraph = Paragraph(0, len(text), "text", tuple(places))
    reading = services.library.add(Intake("Ein sehr langer Text", text, "de", ()), [paragraph], signature)
    made = [(german, _translation(german, english)) for german, english in pairs]
    services.library.keep(signature, made)
    if enforced:
        terms = services.terms
        tried = [
            (german, SavedEnforcement(wishes.key, None, (), dict.fromkeys(wishes.hits, "unplaced")))
            for index, (german, each) in enumerate(made)
            if (wishes := terms.wishes(each, terms.surroundings.of(reading, index))) is not None
        ]
        services.library.keep_enforced(signature, tried)
    services.library.set_state(reading, "done", signature)
    return reading


def _translation(german: str, english: str) -> Translation:
    source, target = ([found.span() for found in _WORD.finditer(text)] for text in (german, english))
    links = [
        Link(span, target[number * len(target) // len(source)], 1.0) for number, span in enumerate(source)
    ]
    return Translation(german, (Hypothesis(english, -0.4),), tuple(links), None)


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    work()
    return clock() - begun


def _report(name: str, seconds: Sequence[float]) -> None:
    every = "  ".join(f"{each:.2f}" for each in seconds)
    print(f"{name:34}{statistics.median(seconds):8.2f} s   ({every})", flush=True)


def on_the_server(app: Flask, home: Path, reading: str, repeat: int, profile: bool) -> None:
    """Fetch the reading without a browser."""
    first = create_app(Settings(home=home, port=0)).test_client()
    _report("render, nothing remembered", [_seconds(lambda: first.get(f"/readings/{reading}"))])
    client = app.test_client()
    if 'data-active="no"' not in client.get(f"/readings/{reading}").text:
        raise SystemExit("The model still works on the reading: it would be measured, too.")
    again = [_seconds(lambda: client.get(f"/readings/{reading}")) for _ in range(repeat)]
    _report("render, again", again)
    cpu = [_seconds(lambda: client.get(f"/readings/{reading}"), time.process_time) for _ in range(repeat)]
    _report("render, again: CPU time", cpu)
    print(f"{'size of the page':34}{len(client.get(f'/readings/{reading}').data) / 1e6:8.2f} MB")
    if profile:
        with cProfile.Profile() as found:
            client.get(f"/readings/{reading}")
        pstats.Stats(found).sort_stats("tottime").print_stats(30)


@contextmanager
def _chrome() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in _FLAGS:
        options.add_argument(flag)
    chrome = Chrome(options=options, service=ChromeService(shutil.which("chromedriver")))
    chrome.set_script_timeout(300)
    chrome.set_page_load_timeout(300)
    try:
        yield chrome
    finally:
        chrome.quit()


def in_the_browser(app: Flask, reading: str, repeat: int) -> None:
    """Open the reading, click on words, change its study mode."""
    server = make_server(app)
    threading.Thread(target=server.run, daemon=True).start()
    url = f"{address(server, '127.0.0.1')}readings/{reading}"
    found: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        found.setdefault(name, []).append(seconds)

    with _chrome() as chrome:
        for _ in range(repeat):
            begun = time.perf_counter()
            chrome.get(url)
            WebDriverWait(chrome, 300, 0.02).until(lambda c: c.execute_script(f"return {_LOADED}"))
            chrome.execute_async_script(f"const done = arguments[0]; {_DRAWN}")
            note("page opened and drawn", time.perf_counter() - begun)
            for row in (10, 1500):
                note("click on a word", _click(chrome, row))
            for mode in ("hide-english", "hide-german", "cloze", "both"):
                note(f"study mode {mode}", chrome.execute_async_script(_SWITCH, mode))
                time.sleep(1)
            chrome.get("about:blank")
    for name, seconds in found.items():
        _report(name, seconds)


def _click(chrome: Chrome, row: int) -> float:
    """Seconds from a click on the first word of a row (the last one if there are fewer) to its panel."""
    chrome.execute_script(_LISTEN)
    # Where its first letters stand, once the page has come to rest there.
    place = chrome.execute_async_script(_PLACE, row)
    actions = ActionChains(chrome)
    actions.w3c_actions.pointer_action.move_to_location(place["x"], place["y"])  # type: ignore[no-untyped-call]
    actions.click().perform()
    WebDriverWait(chrome, 120, 0.05).until(lambda c: c.execute_script("return window.answered"))
    seconds = chrome.execute_script("return (window.answered - window.clicked) / 1000")
    chrome.execute_script("document.querySelector('#word-panel .close').click()")
    return float(seconds)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.long_reading", description=__doc__)
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="show where the server's time goes")
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(home=Path(folder), port=0))
        services: Services = app.extensions["services"]
        reading = long_reading(services, options.sentences)
        load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
        print(f"{options.sentences} sentences in one paragraph; load of the machine {load}")
        on_the_server(app, Path(folder), reading, options.repeat, options.profile)
        if not options.no_browser:
            in_the_browser(app, reading, options.repeat)
        services.close()


if __name__ == "__main__":
    main()
