"""A German word explained: by the API, and in the browser by mouse, touch and keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.webapp.conftest import finished, paste, place, until

TEXT = "Die Regierung setzt die Sicherheitsgarantie am Montag durch. Der Bundestag lehnt das Gesetz ab."


@pytest.fixture
def reading(client: FlaskClient) -> str:
    made = client.post("/api/readings", json={"text": TEXT}).get_json()
    client.get(f"/api/readings/{made['id']}/stream").get_data()
    return str(made["id"])


def ask(client: FlaskClient, reading: str, word: str, index: int = 0) -> dict[str, Any]:
    sentence = TEXT.split(". ")[index]
    answer = client.get(f"/api/readings/{reading}/segments/{index}/word?html=1&at={sentence.index(word)}")
    assert answer.status_code == 200, answer.text
    data = answer.get_json()
    assert isinstance(data, dict)
    return data


def test_a_noun_has_its_article_and_translations(client: FlaskClient, reading: str) -> None:
    word = ask(client, reading, "Regierung")
    assert (word["lemma"], word["article"], word["plural"]) == ("Regierung", "die", "Regierungen")
    assert "government" in [r["english"] for r in word["translations"]]
    assert word["known"]
    assert "die Regierung" in word["html"]
    for piece in word["english"]:
        assert piece["text"]


def test_english_written_by_hand_comes_without_a_share(client: FlaskClient, reading: str) -> None:
    counted = ask(client, reading, "Regierung")
    assert counted["translations"][0]["share"] > 0.5
    assert 'class="share"' in counted["html"]
    made = client.post("/api/readings", json={"text": "Obendrein kommt das Rundschreiben."}).get_json()
    client.get(f"/api/readings/{made['id']}/stream").get_data()
    word = client.get(f"/api/readings/{made['id']}/segments/0/word?html=1&at=20").get_json()
    assert word["lemma"] == "Rundschreiben"
    assert word["translations"] == [{"english": "circular", "share": None}]
    assert ">circular</li>" in word["html"]


PHRASE = "Am Ende schob die Koalition den Streit um die Renten wieder auf die lange Bank."


@pytest.fixture
def phrased(client: FlaskClient) -> str:
    made = client.post("/api/readings", json={"text": PHRASE}).get_json()
    client.get(f"/api/readings/{made['id']}/stream").get_data()
    return str(made["id"])


@pytest.mark.parametrize("form", ["schob", "lange", "Bank"])
def test_a_word_is_explained_with_its_phrase(client: FlaskClient, phrased: str, form: str) -> None:
    word = client.get(f"/api/readings/{phrased}/segments/0/word?html=1&at={PHRASE.index(form)}").get_json()
    phrase = word["phrase"]
    assert phrase["german"] == "etw. auf die lange Bank schieben"
    assert [PHRASE[start:end] for start, end in phrase["spans"]] == ["schob", "auf", "die", "lange", "Bank"]
    assert phrase["english"][0] == "put off"
    assert [piece["text"] for piece in phrase["here"]][:2] == ["put", "off"], (
        "what the model was told stands in its English"
    )
    assert 'lang="de">etw. auf die lange Bank schieben<' in word["html"]
    assert phrase["example"]["german"]


def test_a_phrase_is_saved_with_its_sentence(client: FlaskClient, phrased: str) -> None:
    asked = {
        "reading": phrased,
        "segment": 0,
        "at": PHRASE.index("Bank"),
        "status": "learning",
        "phrase": True,
    }
    answer = client.post("/api/study/items", json=asked)
    assert answer.status_code == 201, answer.text
    item = answer.get_json()
    assert (item["german"], item["pos"]) == ("etw. auf die lange Bank schieben", "phrase")
    assert item["english"].startswith("put off, ")
    assert [PHRASE[start:end] for start, end in item["spans"]] == ["schob", "auf", "die", "lange", "Bank"]
    word = client.get(f"/api/readings/{phrased}/segments/0/word?at={PHRASE.index('schob')}").get_json()
    assert word["phrase"]["study"] == {"item": item["id"], "status": "learning"}
    assert word["study"]["item"] is None, "the verb by itself is not saved"
    asked["at"] = PHRASE.index("Renten")
    assert client.post("/api/study/items", json=asked).status_code == 404
    assert client.post("/api/study/items", json=asked | {"phrase": "yes"}).status_code == 400


def test_a_word_outside_a_phrase_has_none(client: FlaskClient, phrased: str) -> None:
    word = client.get(
        f"/api/readings/{phrased}/segments/0/word?html=1&at={PHRASE.index('Renten')}"
    ).get_json()
    assert word["phrase"] is None
    assert "word-phrase" not in word["html"]


@pytest.mark.parametrize("place", ["setzt", "durch"])
def test_a_split_verb_is_joined_wherever_it_is_asked(client: FlaskClient, reading: str, place: str) -> None:
    word = ask(client, reading, place)
    assert word["lemma"] == "durchsetzen"
    assert word["prefix"] == "durch"
    assert [TEXT[a:b] for a, b in word["spans"]] == ["setzt", "durch"]


def test_a_compound_shows_its_parts(client: FlaskClient, reading: str) -> None:
    word = ask(client, reading, "Sicherheitsgarantie")
    assert [part["lemma"] for part in word["parts"]] == ["Sicherheit", "Garantie"]
    assert "security" in [r["english"] for r in word["parts"][0]["translations"]]


def test_a_part_of_a_compound_is_explained_as_a_word(client: FlaskClient, reading: str) -> None:
    at = TEXT.index("Sicherheitsgarantie")
    address = f"/api/readings/{reading}/segments/0/word?html=1&at={at}"
    part = client.get(f"{address}&part=1").get_json()
    assert (part["lemma"], part["article"], part["is_part"]) == ("Garantie", "die", True)
    assert "guarantee" in [r["english"] for r in part["translations"]]
    assert part["english"] == []  # the word links are those of the whole
    assert client.get(f"{address}&part=2").status_code == 404
    assert client.get(f"{address}&part=x").status_code == 400


def test_examples_say_where_the_word_stands(client: FlaskClient, reading: str) -> None:
    word = ask(client, reading, "Regierung")
    marked = [e["german"][a:b] for e in word["examples"] for a, b in e["marks"]]
    assert marked
    assert all(form.startswith("Regierung") for form in marked)
    assert f"<mark>{marked[0]}</mark>" in word["html"]


def test_a_compound_unknown_as_a_whole_gets_a_guess_beside_its_parts(client: FlaskClient) -> None:
    made = client.post("/api/readings", json={"text": "Das Freilassungsabkommen gilt."}).get_json()
    word = client.get(f"/api/readings/{made['id']}/segments/0/word?html=1&at=4").get_json()
    assert [part["lemma"] for part in word["parts"]] == ["Freilassung", "Abkommen"]
    assert "agreement" in word["machine"]
    assert "guess" in word["html"]
    assert "need not add up" in word["html"]


def test_the_glossary_makes_a_guess_superfluous(client: FlaskClient) -> None:
    # Its parts mislead: no talk about a backdrop.
    made = client.post("/api/readings", json={"text": "Im Hintergrundgespräch widersprach er."}).get_json()
    word = client.get(f"/api/readings/{made['id']}/segments/0/word?html=1&at=3").get_json()
    assert [part["lemma"] for part in word["parts"]] == ["Hintergrund", "Gespräch"]
    assert [term["english"] for term in word["terms"]] == ["background briefing"]
    assert word["machine"] == ""


def test_a_glossary_term_is_linked(client: FlaskClient, reading: str) -> None:
    word = ask(client, reading, "Bundestag", 1)
    assert "bundestag" in [term["id"] for term in word["terms"]]
    assert 'href="/glossary/bundestag"' in word["html"]


def test_an_unknown_word_gets_the_models_guess_marked_as_such(client: FlaskClient) -> None:
    made = client.post("/api/readings", json={"text": "Der Quaxelbrumpf tagt heute."}).get_json()
    word = client.get(f"/api/readings/{made['id']}/segments/0/word?html=1&at=5").get_json()
    assert not word["known"]
    assert word["machine"]
    assert "guess" in word["html"]


@pytest.mark.parametrize(("path", "status"), [("0/word", 400), ("0/word?at=x", 400), ("9/word?at=0", 404)])
def test_what_is_not_there_is_told(client: FlaskClient, reading: str, path: str, status: int) -> None:
    answer = client.get(f"/api/readings/{reading}/segments/{path}")
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"]


def announced(page: Chrome) -> str:
    return str(page.execute_script("return document.getElementById('announce').textContent"))


def heading(page: Chrome) -> str:
    until(page, lambda p: p.find_element(By.ID, "word-panel").is_displayed())
    return page.find_element(By.ID, "word-heading").text


@pytest.mark.browser
def test_the_german_on_the_page_is_the_sentence(page: Chrome) -> None:
    # Positions in the page and on the server must mean the same characters.
    paste(page, TEXT, "Wörter")
    until(page, finished)
    shown = page.execute_script("return document.querySelector('#s1 .german').textContent")
    assert shown == TEXT.split(". ")[0] + "."


@pytest.mark.browser
def test_a_click_explains_a_word_and_lights_up_its_english(page: Chrome) -> None:
    paste(page, TEXT, "Wörter")
    until(page, finished)
    x, y = place(page, "#s1 .german", "durch.")
    actions = ActionChains(page)
    actions.w3c_actions.pointer_action.move_to_location(x, y)  # type: ignore[no-untyped-call]
    actions.w3c_actions.pointer_action.click()
    actions.perform()
    assert heading(page) == "durchsetzen"
    marked = page.execute_script("return [...CSS.highlights.get('word')].map(range => range.toString())")
    assert marked[:2] == ["setzt", "durch"]
    page.find_element(By.CSS_SELECTOR, "#word-panel .close").click()
    assert not page.find_element(By.ID, "word-panel").is_displayed()
    assert page.execute_script("return CSS.highlights.has('word')") is False


@pytest.mark.browser
def test_a_tap_explains_a_word(page: Chrome) -> None:
    paste(page, TEXT, "Wörter")
    until(page, finished)
    device = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        x, y = place(page, "#s1 .german", "Sicherheits")
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            page.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        assert heading(page) == "die Sicherheitsgarantie"
        panel = page.find_element(By.ID, "word-panel")
        assert panel.size["width"] <= 390
    finally:
        page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.browser
def test_the_keyboard_chooses_and_explains_a_word(page: Chrome) -> None:
    paste(page, TEXT, "Wörter")
    until(page, finished)
    page.execute_script("document.getElementById('s1').focus()")
    row = page.find_element(By.ID, "s1")
    row.send_keys(Keys.ARROW_RIGHT)
    row.send_keys(Keys.ARROW_RIGHT)
    # Its English is added when it has been fetched.
    until(page, lambda p: announced(p).startswith("Regierung"))
    row.send_keys(Keys.ENTER)
    assert heading(page) == "die Regierung"
    assert page.switch_to.active_element.get_attribute("id") == "word-heading"
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not page.find_element(By.ID, "word-panel").is_displayed()
    assert page.switch_to.active_element.get_attribute("id") == "s1"


@pytest.mark.browser
def test_a_part_opens_by_key_and_there_is_a_way_back(page: Chrome) -> None:
    paste(page, "Sicherheitsgarantien fehlen.", "Teile")
    until(page, finished)
    page.execute_script("document.getElementById('s1').focus()")
    page.switch_to.active_element.send_keys(Keys.ARROW_RIGHT + Keys.ENTER)
    assert heading(page) == "die Sicherheitsgarantie"
    active = "return document.activeElement.textContent"
    page.execute_script("document.querySelector('#word-body button.part').focus()")
    for _ in range(2):
        page.switch_to.active_element.send_keys(Keys.ENTER)
        until(page, lambda p: p.execute_script(active) == "die Sicherheit")
        page.find_element(By.CSS_SELECTOR, "#word-body .word-back").send_keys(Keys.ENTER)
        # Back on the part that was chosen, so that the next one is a Tab away.
        until(page, lambda p: p.execute_script(active) == "Sicherheit")
        assert heading(page) == "die Sicherheitsgarantie"
    page.switch_to.active_element.send_keys(Keys.ENTER)
    until(page, lambda p: p.execute_script(active) == "die Sicherheit")
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.switch_to.active_element.get_attribute("id") == "s1"
