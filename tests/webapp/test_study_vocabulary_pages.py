"""The pages of the vocabulary as plain forms: the new words of a text, what is saved, the level."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from webapp.services import Services

TEXT = (
    "Die Minderausgabe ist eine Minderausgabe. Der Vermittlungsausschuss tagt, und der Bund wartet.\n\n"
    "Die Regierung fährt eine Luftbuchung zurück, sagte Frau Osterkamp."
)


@pytest.fixture
def reading(client: FlaskClient) -> str:
    made = client.post("/api/readings", json={"text": TEXT, "title": "Etat & <Bund>"}).get_json()
    client.get(f"/api/readings/{made['id']}/stream").get_data()
    return str(made["id"])


def picks(page: str) -> dict[str, str]:
    """What the tick boxes send, by the German that they stand beside."""
    found = re.findall(r'name="pick" value="([^"]+)".*?<label [^>]*>([^<]+)</label>', page, re.S)
    return {german: value for value, german in found}


def test_new_words_come_most_useful_first(client: FlaskClient, reading: str) -> None:
    page = client.get(f"/readings/{reading}/new-words").text
    german = list(picks(page))
    assert german[0] == "die Minderausgabe", "what comes twice goes first"
    assert "zurückfahren" in german
    assert "der Vermittlungsausschuss" in german
    assert "der Bund" not in german, "it is among the most frequent words"
    assert not [word for word in german if "Osterkamp" in word]
    assert "2× in the text" in page
    assert "Mediation Committee" in page
    assert f'href="/readings/{reading}#s3"' in page
    assert "Etat &amp; &lt;Bund&gt;" in page


def test_what_is_ticked_is_saved(client: FlaskClient, reading: str, services: Services) -> None:
    path = f"/readings/{reading}/new-words"
    boxes = picks(client.get(path).text)
    chosen = [boxes["die Minderausgabe"], boxes["zurückfahren"], boxes["der Vermittlungsausschuss"]]
    answer = client.post(path, data=MultiDict([*(("pick", value) for value in chosen), ("act", "learning")]))
    assert answer.status_code == 303
    assert "3 words are saved for learning" in client.get(answer.location).text
    items = {item.german: item for item in services.study.list()}
    assert set(items) == {"die Minderausgabe", "zurückfahren", "der Vermittlungsausschuss"}
    assert items["der Vermittlungsausschuss"].kind == "term"
    verb = items["zurückfahren"]
    assert [verb.sentence[a:b] for a, b in verb.spans] == ["fährt", "zurück"]
    assert (verb.status, verb.segment, verb.source) == ("learning", 2, "Etat & <Bund>")
    assert "saved as learning" in client.get(path).text


def test_a_term_that_is_saved_as_a_word_is_listed_once(
    client: FlaskClient, reading: str, services: Services
) -> None:
    path = f"/readings/{reading}/new-words"
    assert picks(client.get(path).text)["der Vermittlungsausschuss"].endswith(":vermittlungsausschuss")
    at = "Der Vermittlungsausschuss".index("V")
    client.post("/api/study/items", json={"reading": reading, "segment": 1, "at": at})
    box = picks(client.get(path).text)["der Vermittlungsausschuss"]
    client.post(path, data={"pick": box, "act": "known"})
    assert [(item.kind, item.status) for item in services.study.list()] == [("word", "known")]
    assert "der Vermittlungsausschuss" not in picks(client.get(path).text)


def test_all_that_is_shown_becomes_known(client: FlaskClient, reading: str, services: Services) -> None:
    path = f"/readings/{reading}/new-words"
    page = client.get(path).text
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert len(shown) == len(picks(page))
    client.post(path, data=MultiDict([*(("shown", value) for value in shown), ("act", "all-known")]))
    assert {item.status for item in services.study.list()} == {"known"}
    after = client.get(path).text
    assert "Nothing in this text is new to you." in after
    assert "no word is new to you" in after


def test_the_level_decides_what_is_new(client: FlaskClient, reading: str) -> None:
    path = f"/readings/{reading}/new-words"
    answer = client.post("/study/level", data={"level": "0", "back": path})
    assert (answer.status_code, answer.location) == (303, path)
    assert "die Regierung" in picks(client.get(path).text)
    client.post("/study/level", data={"level": "20000", "back": path})
    assert "die Regierung" not in picks(client.get(path).text)
    for elsewhere in ("https://example.org/", "//example.org/", "/\\example.org"):
        assert (
            client.post("/study/level", data={"level": "3000", "back": elsewhere}).location
            == "/study/vocabulary"
        )
    assert client.post("/study/level", data={"level": "17"}).status_code == 400


@pytest.mark.parametrize("pick", ["nix", "0", "99:0:", "0:x:", "-1:0:"])
def test_what_is_no_word_of_the_reading_is_refused(client: FlaskClient, reading: str, pick: str) -> None:
    path = f"/readings/{reading}/new-words"
    assert client.post(path, data={"pick": pick, "act": "learning"}).status_code == 400
    assert client.get("/readings/nix/new-words").status_code == 404


def test_the_vocabulary_is_listed_filtered_changed_and_deleted(
    client: FlaskClient, reading: str, services: Services
) -> None:
    assert "Nothing is saved yet" in client.get("/study/vocabulary").text
    for word, status in (("Regierung", "known"), ("fährt", "learning")):
        at = TEXT.split("\n\n")[1].index(word)
        body = {"reading": reading, "segment": 2, "at": at, "status": status}
        client.post("/api/study/items", json=body)
    page = client.get("/study/vocabulary").text
    assert "All 2" in page
    assert "Learning 1" in page
    assert "<mark>fährt</mark> eine Luftbuchung <mark>zurück</mark>" in page
    assert f'href="/readings/{reading}#s3"' in page
    assert "zurückfahren" not in client.get("/study/vocabulary?status=known").text
    assert "zurückfahren" in client.get("/study/vocabulary?q=zurueckfahren").text
    assert "No saved word holds this" in client.get("/study/vocabulary?q=nix").text
    (item,) = services.study.list("learning")
    form = {"english": "<b>cut</b> back", "note": "", "status": "new", "list-status": "learning"}
    answer = client.post(f"/study/vocabulary/{item.id}", data=form)
    assert answer.location == f"/study/vocabulary?done=changed&status=learning#item-{item.id}"
    changed = services.study.get(item.id)
    assert (changed.english, changed.note, changed.status) == ("<b>cut</b> back", "", "new")
    assert "&lt;b&gt;cut&lt;/b&gt; back" in client.get("/study/vocabulary").text
    client.delete(f"/api/readings/{reading}")
    assert "no longer in the library" in client.get("/study/vocabulary").text
    assert client.post(f"/study/vocabulary/{item.id}", data={"act": "delete"}).status_code == 303
    assert [left.german for left in services.study.list()] == ["die Regierung"]
    assert client.post(f"/study/vocabulary/{item.id}", data={"english": "x"}).status_code == 404


def test_a_long_vocabulary_comes_in_pages(client: FlaskClient, services: Services) -> None:
    for number in range(60):
        services.study.add(kind="word", key=f"Wort{number:02}|noun", german=f"Wort{number:02}")
    first, second = (client.get(f"/study/vocabulary?page={page}").text for page in (1, 2))
    assert "Page 1 of 2" in first
    assert "Wort59" in first
    assert "Wort09" not in first
    assert "Wort09" in second
    assert "Page 2 of 2" in client.get("/study/vocabulary?page=99").text


def test_other_sites_cannot_write(client: FlaskClient, services: Services) -> None:
    elsewhere = {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"}
    item = services.study.add(kind="word", key="Wort|noun", german="das Wort")
    assert (
        client.post(f"/study/vocabulary/{item.id}", data={"act": "delete"}, headers=elsewhere).status_code
        == 403
    )
    assert client.delete(f"/api/study/items/{item.id}", headers=elsewhere).status_code == 403
    assert services.study.get(item.id) == item
