"""Reading aloud: not offered without a German voice of this computer; with one, sentence by sentence.

Headless Chromium has no voices, so the second test installs a stand-in for `speechSynthesis`, the only one in
our tests; it fires the events that the Web Speech API fires.
"""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.webapp.conftest import finished, paste, until

pytestmark = pytest.mark.browser

TEXT = "Guten Morgen. Der Bundesrat tagt heute. Danach ist Pause. Am Ende stimmt er ab."

STAND_IN = """
class Utterance extends EventTarget {
  constructor(text) { super(); this.text = text; }
}
class Synthesis extends EventTarget {
  voices = [];
  said = [];
  current = null;
  getVoices() { return this.voices; }
  speak(utterance) {
    this.current = utterance;
    const {text, voice, lang, rate} = utterance;
    this.said.push({text, voice: voice.name, lang, rate});
  }
  cancel() {
    const stopped = this.current;
    this.current = null;
    const event = new Event('error');
    event.error = 'canceled';
    // As browsers do: reported when the next utterance may already have begun.
    if (stopped) setTimeout(() => stopped.dispatchEvent(event));
  }
  finish() {
    const done = this.current;
    this.current = null;
    done.dispatchEvent(new Event('end'));
  }
  fail() {
    const event = new Event('error');
    event.error = 'synthesis-failed';
    this.current.dispatchEvent(event);
  }
  find(voices) {
    this.voices = voices;
    this.dispatchEvent(new Event('voiceschanged'));
  }
}
Object.defineProperty(window, 'speechSynthesis', {value: new Synthesis()});
Object.defineProperty(window, 'SpeechSynthesisUtterance', {value: Utterance});
"""
VOICES = """
const voice = (name, lang, localService) => ({name, lang, localService, default: false});
"""


def shown(page: Chrome, element: str) -> bool:
    return page.find_element(By.ID, element).is_displayed()


def help_text(page: Chrome) -> str:
    return str(page.execute_script("return document.getElementById('aloud-help').textContent"))


def said(page: Chrome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.execute_script("return speechSynthesis.said")
    return found


def speaking(page: Chrome) -> list[str]:
    found: list[str] = page.execute_script(
        "return Array.from(document.querySelectorAll('.segment.speaking[aria-current]'), (row) => row.id)"
    )
    return found


def test_without_a_voice_nothing_is_offered_and_the_help_says_why(page: Chrome) -> None:
    paste(page, TEXT, "Pause")
    until(page, finished)
    assert page.execute_script("return speechSynthesis.getVoices().length") == 0
    assert not shown(page, "listen")
    assert not shown(page, "player")
    page.execute_script("document.getElementById('s1').focus()")
    page.switch_to.active_element.send_keys("p")
    assert not shown(page, "player")
    page.switch_to.active_element.send_keys("?")
    assert "no German voice on this computer" in page.find_element(By.ID, "aloud-help").text


def test_sentence_by_sentence_with_a_voice_of_this_computer(page: Chrome) -> None:
    installed = page.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": STAND_IN})
    try:
        paste(page, TEXT, "Pause")
        until(page, finished)
        # Voices come late, as in Chromium; one that needs the network is not used.
        assert not shown(page, "listen")
        page.execute_script(VOICES + "speechSynthesis.find([voice('Cloud', 'de-DE', false)])")
        assert not shown(page, "listen")
        page.execute_script(
            VOICES + "speechSynthesis.find([voice('Cloud', 'de-DE', false), voice('Sam', 'en-US', true), "
            "voice('Anna', 'de-DE', true)])"
        )
        assert shown(page, "listen")
        assert "Anna" in help_text(page)
        page.execute_script("document.getElementById('s2').focus()")
        page.switch_to.active_element.send_keys("p")
        assert shown(page, "player")
        assert said(page) == [
            {"text": "Der Bundesrat tagt heute.", "voice": "Anna", "lang": "de-DE", "rate": 1}
        ]
        assert speaking(page) == ["s2"]
        page.execute_script("speechSynthesis.finish()")
        assert speaking(page) == ["s3"]
        # A row that comes again stays marked.
        page.execute_script(
            "const old = document.getElementById('s3'), fresh = old.cloneNode(true);"
            "fresh.classList.remove('speaking'); fresh.removeAttribute('aria-current');"
            "old.replaceWith(fresh);"
            "const detail = {german: '', english: '', links: []};"
            "fresh.dispatchEvent(new CustomEvent('segment-arrived', {bubbles: true, detail}))"
        )
        assert speaking(page) == ["s3"]
        # Pausing stops; what the stopped utterance reports afterwards does not lead on.
        play = page.find_element(By.ID, "player-play")
        play.click()
        page.execute_async_script("setTimeout(arguments[0])")
        assert (play.text, len(said(page)), speaking(page)) == ("Play", 2, ["s3"])
        page.find_element(By.ID, "player-previous").click()
        assert (len(said(page)), speaking(page)) == (2, ["s2"])
        page.find_element(By.ID, "player-next").click()
        play.click()
        assert said(page)[-1]["text"] == "Danach ist Pause."
        Select(page.find_element(By.ID, "player-speed")).select_by_visible_text("slow")
        assert (said(page)[-1]["text"], said(page)[-1]["rate"]) == ("Danach ist Pause.", 0.6)
        page.execute_script("speechSynthesis.fail()")
        assert "could not read this sentence" in page.find_element(By.ID, "stream-problem").text
        assert play.text == "Play"
        play.send_keys(Keys.ENTER)
        page.find_element(By.ID, "player-next").click()
        box = page.execute_script(
            "return document.querySelector('.segment.speaking').getBoundingClientRect().toJSON()"
        )
        assert 0 <= box["top"] < 900
        # After the last sentence it ends by itself.
        page.execute_script("speechSynthesis.finish()")
        assert not shown(page, "player")
        assert speaking(page) == []
        assert page.find_element(By.ID, "listen").get_attribute("aria-pressed") == "false"
        # Hidden German is listening practice and is read; what is asked as a blank is not.
        spoken = []
        for mode in ("hide-german", "cloze"):
            page.execute_script("document.querySelector(`#study-menu [value=${arguments[0]}]`).click()", mode)
            page.execute_script("document.getElementById('s2').focus()")
            page.switch_to.active_element.send_keys("p")
            spoken.append(said(page)[-1]["text"])
            page.find_element(By.ID, "player-close").click()
        assert spoken == ["Der Bundesrat tagt heute.", "Der … tagt heute."]
        page.refresh()
        assert page.find_element(By.ID, "player-speed").get_attribute("value") == "0.6", "remembered"
    finally:
        page.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", installed)
