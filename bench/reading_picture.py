"""Make docs/reading.png anew: the sample article as the page shows it with the model of now.

python -m bench.reading_picture [FILE]    (needs chromium and chromedriver; takes a minute or two)
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from importlib.resources import files
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.support.ui import WebDriverWait

from webapp import create_app
from webapp.importers import take_in
from webapp.pipeline import save
from webapp.serving import address, make_server
from webapp.settings import Settings

SAMPLE = "haushalt-schuldenbremse.txt"
_DONE = (
    "return document.readyState === 'complete' && document.getElementById('study-hard')?.hidden === false"
    " && !document.querySelector('.english.waiting, main.reading[data-active=\"yes\"]')"
)
# The flags of a desktop: with a mouse, so that what is shown under the mouse only stays away.
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1400,1040",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
)  # fmt: skip


def main(target: Path) -> None:
    """Read the sample in a library of its own and save the picture of its beginning."""
    with tempfile.TemporaryDirectory() as home:
        app = create_app(Settings(home=Path(home), port=0))
        services = app.extensions["services"]
        sample = files("webapp").joinpath("samples", SAMPLE).read_bytes()
        reading = save(take_in(sample, name=SAMPLE), services.library, services.translator().signature)
        services.desk.start(reading)
        server = make_server(app)
        threading.Thread(target=server.run, daemon=True).start()
        options = ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in _FLAGS:
            options.add_argument(flag)
        chrome = Chrome(options=options, service=ChromeService(shutil.which("chromedriver")))
        try:
            page = f"{address(server, '127.0.0.1')}readings/{reading}"
            chrome.get(page)
            WebDriverWait(chrome, 600).until(lambda c: c.execute_script(_DONE))
            # Once more: rows that have just come are still fading in.
            chrome.get(page)
            WebDriverWait(chrome, 60).until(lambda c: c.execute_script(_DONE))
            chrome.save_screenshot(str(target))
        finally:
            chrome.quit()
            services.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reading.png"))
