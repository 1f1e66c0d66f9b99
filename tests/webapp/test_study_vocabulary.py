"""The vocabulary by the API: saved from a reading, marked in every text; how hard a text is for a reader."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from webapp.library.library import NoSuchReading
from webapp.services import Services
from webapp.study.difficulty import Difficulty, difficulty
from webapp.study.knowledge import Knowledge, MetWord

TEXT = (
    "Die Regierung setzt die Sicherheitsgarantie am Montag durch. Der Bundestag lehnt das Gesetz ab.\n\n"
    "Die Regierungen haben das durchgesetzt, sagte Frau Osterkamp 2023."
)
FIRST = TEXT.split(". ")[0] + "."


@pytest.fixture
def reading(client: FlaskClient) -> str:
    return read(client, TEXT)


def read(client: FlaskClient, text: str) -> str:
    made = client.post("/api/readings", json={"text": text, "title": "Garantie"}).get_json()
    client.get(f"/api/readings/{made['id']}/stream").get_data()
    return str(made["id"])


def save(client: FlaskClient, reading: str, word: str, **more: Any) -> dict[str, Any]:
    body = {"reading": reading, "segment": 0, "at": FIRST.index(word)} | more
    answer = client.post("/api/study/items", json=body)
    assert answer.status_code in (200, 201), answer.text
    data = answer.get_json()
    assert (answer.status_code == 201) == (data["outcome"] == "added")
    return dict(data)


def marks(client: FlaskClient, reading: str) -> dict[int, dict[str, list[str]]]:
    data = client.get(f"/api/readings/{reading}/vocabulary").get_json()
    german = {
        s["index"]: s["german"]
        for p in client.get(f"/api/readings/{reading}").get_json()["paragraphs"]
        for s in p["segments"]
    }
    return {
        s["index"]: {
            status: [german[s["index"]][a:b] for a, b in s[status]]
            for status in ("new", "learning", "known")
            if status in s
        }
        for s in data["segments"]
    }


def test_a_word_is_saved_with_all_that_is_worth_remembering(client: FlaskClient, reading: str) -> None:
    item = save(client, reading, "setzt")
    assert (item["german"], item["form"], item["pos"]) == ("durchsetzen", "setzt … durch", "verb")
    assert item["note"] == "setzt durch, setzte durch, hat durchgesetzt"
    assert [FIRST[a:b] for a, b in item["spans"]] == ["setzt", "durch"]
    assert "enforce" in item["english"]
    assert item["sentence"] == FIRST
    assert item["sentence_english"]
    assert (item["source"], item["reading"], item["segment"]) == ("Garantie", reading, 0)
    assert item["status"] == "learning"
    noun = save(client, reading, "Regierung", status="known")
    assert (noun["german"], noun["note"], noun["status"]) == ("die Regierung", "plural: Regierungen", "known")
    assert noun["english"].startswith("government")


def test_a_part_of_a_compound_and_a_term_are_saved(client: FlaskClient, reading: str) -> None:
    part = save(client, reading, "Sicherheits", part=1)
    assert (part["key"], part["german"]) == ("Garantie|noun", "die Garantie")
    assert "guarantee" in part["english"]
    body = {"reading": reading, "segment": 1, "term": "bundestag", "status": "new"}
    term = client.post("/api/study/items", json=body).get_json()
    assert (term["kind"], term["key"], term["german"]) == ("term", "bundestag", "der Bundestag")
    assert (term["form"], term["english"], term["status"]) == ("Bundestag", "Bundestag", "new")
    assert term["note"], "a term's definition is what there is to remember"


def test_saving_again_changes_the_status_only(client: FlaskClient, reading: str) -> None:
    first = save(client, reading, "Regierung")
    client.patch(f"/api/study/items/{first['id']}", json={"english": "the cabinet"})
    again = save(client, reading, "Regierung", status="known")
    assert (again["outcome"], again["id"], again["english"]) == ("there", first["id"], "the cabinet")
    assert again["status"] == "known"


def test_a_saved_word_is_marked_in_all_its_forms_and_in_every_text(client: FlaskClient, reading: str) -> None:
    assert client.get(f"/api/readings/{reading}/vocabulary").get_json() == {
        "saved": 0,
        "terms": {},
        "segments": [],
        "next": None,
    }
    save(client, reading, "durch.", status="learning")
    save(client, reading, "Regierung", status="known")
    client.post("/api/study/items", json={"reading": reading, "segment": 1, "term": "bundestag"})
    assert marks(client, reading) == {
        0: {"learning": ["setzt", "durch"], "known": ["Regierung"]},
        1: {"learning": ["Bundestag"]},
        2: {"learning": ["durchgesetzt"], "known": ["Regierungen"]},
    }
    other = read(client, "Der Plan wurde von der Regierung durchgesetzt.")
    assert marks(client, other) == {0: {"learning": ["durchgesetzt"], "known": ["Regierung"]}}
    save(client, reading, "setzt", status="new")
    assert marks(client, other)[0]["new"] == ["durchgesetzt"]


def test_the_marks_come_in_slices(client: FlaskClient, reading: str) -> None:
    save(client, reading, "Regierung")
    first = client.get(f"/api/readings/{reading}/vocabulary?limit=2").get_json()
    assert ([s["index"] for s in first["segments"]], first["next"], first["saved"]) == ([0], 2, 1)
    rest = client.get(f"/api/readings/{reading}/vocabulary?from=2&limit=2").get_json()
    assert ([s["index"] for s in rest["segments"]], rest["next"]) == ([2], None)


def test_items_are_listed_changed_and_deleted(client: FlaskClient, reading: str) -> None:
    item = save(client, reading, "Regierung")
    save(client, reading, "Montag", status="known")
    found = client.get("/api/study/items?status=learning").get_json()
    assert (found["total"], [i["german"] for i in found["items"]]) == (1, ["die Regierung"])
    assert client.get("/api/study/items?q=monday&kind=word").get_json()["total"] == 1
    assert client.get("/api/study/items?kind=term").get_json()["total"] == 0
    path = f"/api/study/items/{item['id']}"
    changed = client.patch(path, json={"english": " cabinet ", "status": "known"}).get_json()
    assert (changed["english"], changed["status"]) == ("cabinet", "known")
    assert client.get(path).get_json()["note"] == item["note"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path).get_json()["error"]["code"] == "not-found"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/api/study/items", {"reading": "READING", "segment": 0}, 400),
        ("POST", "/api/study/items", {"reading": "READING", "segment": 0, "at": 4, "term": "bundestag"}, 400),
        ("POST", "/api/study/items", {"reading": "READING", "segment": 0, "at": 4, "status": "old"}, 400),
        ("POST", "/api/study/items", {"reading": "READING", "segment": True, "at": 4}, 400),
        ("POST", "/api/study/items", {"reading": "READING", "segment": 99, "at": 4}, 404),
        ("POST", "/api/study/items", {"reading": "READING", "segment": 0, "at": 3}, 404),
        ("POST", "/api/study/items", {"reading": "READING", "segment": 0, "term": "nix"}, 404),
        ("POST", "/api/study/items", {"reading": "nix", "segment": 0, "at": 4}, 404),
        ("GET", "/api/study/items?status=old", None, 400),
        ("PATCH", "/api/study/items/1", {"german": "x"}, 400),
        ("PATCH", "/api/study/items/1", {"english": 5}, 400),
        ("PATCH", "/api/study/items/1", {"english": "x"}, 404),
        ("PUT", "/api/study/level", {"level": 1234}, 400),
        ("PUT", "/api/study/level", {"level": "x"}, 400),
        ("GET", "/api/readings/nix/vocabulary", None, 404),
        ("GET", "/api/readings/nix/difficulty", None, 404),
    ],
)
def test_what_cannot_be_done_is_told(
    client: FlaskClient, reading: str, method: str, path: str, body: dict[str, Any] | None, status: int
) -> None:
    given = {k: reading if v == "READING" else v for k, v in body.items()} if body else None
    answer = client.open(path, method=method, json=given)
    assert answer.status_code == status, answer.text
    assert answer.get_json()["error"]["message"]


def hardness(client: FlaskClient, reading: str) -> dict[str, Any]:
    data = client.get(f"/api/readings/{reading}/difficulty").get_json()
    assert data["ready"]
    return dict(data)


def test_a_text_is_as_hard_as_the_words_one_does_not_know(client: FlaskClient, reading: str) -> None:
    usual = hardness(client, reading)
    assert usual["level"] == 3000
    assert usual["words"] == 19, "Osterkamp and 2023 are not words to be known"
    assert 0 < usual["unknown"] < 6
    assert usual["label"].endswith("for you")
    client.put("/api/study/level", json={"level": 0})
    nothing = hardness(client, reading)
    assert (nothing["unknown"], nothing["share"]) == (nothing["words"], 1)
    client.put("/api/study/level", json={"level": 20000})
    assert hardness(client, reading)["unknown"] <= usual["unknown"]
    assert client.get("/api/study/level").get_json()["level"] == 20000


def test_what_is_saved_overrides_the_assumption(client: FlaskClient, reading: str) -> None:
    before = hardness(client, reading)
    save(client, reading, "Regierung", status="learning")  # twice in the text
    harder = hardness(client, reading)
    assert (harder["unknown"], harder["new_words"]) == (before["unknown"] + 2, before["new_words"] + 1)
    save(client, reading, "Regierung", status="known")
    assert hardness(client, reading) == before
    save(client, reading, "Sicherheits", status="known")
    assert hardness(client, reading)["unknown"] == before["unknown"] - 1


def test_a_long_text_is_analysed_in_several_requests(client: FlaskClient) -> None:
    text = " ".join(f"Der Ausschuss berät am Tag {n} über den Haushalt." for n in range(160))
    made = client.post("/api/readings", json={"text": text}).get_json()["id"]
    first = client.get(f"/api/readings/{made}/difficulty").get_json()
    assert (first["ready"], first["analysed"], first["total"]) == (False, 150, 160)
    assert hardness(client, made)["words"] == 160 * 8


def test_an_analysis_is_kept_and_made_anew_for_another_lexicon(services: Services) -> None:
    sentence = "Die Regierung setzt das Gesetz durch."
    assert services.analyses.kept([sentence]) == {}
    words = services.analyses.of([sentence])[sentence]
    assert [word.lemma for word in words] == ["der", "Regierung", "durchsetzen", "der", "Gesetz"]
    assert [word.band for word in words if word.lemma in ("der", "Regierung")] == [1, 1, 1]
    assert words[2].spans == ((14, 19), (31, 36))
    assert services.analyses.kept([sentence]) == {sentence: words}
    services.analyses.__dict__["_version"] = "of another lexicon"
    assert services.analyses.kept([sentence]) == {}
    assert services.analyses.of([sentence])[sentence] == words
    assert services.analyses.of([sentence, "Neu."], most=0) == {sentence: words}
    with pytest.raises(NoSuchReading):
        services.analyses.of_reading("nix")


def test_the_label_follows_the_share(services: Services) -> None:
    (word,) = services.analyses.of(["Haushalt"])["Haushalt"]
    met = [MetWord(word, None, known) for known in [True] * 7 + [False]]
    assert difficulty(met) == Difficulty(8, 1, 1)
    assert difficulty(met).explanation == "1 word in 8 is new to you"
    assert difficulty(met).label == "hard for you"
    assert difficulty([]).label == "easy for you"
    assert Difficulty(100, 5, 5).label == "readable for you"
    assert Difficulty(100, 0, 0).explanation == "no word is new to you"


def test_a_saved_term_says_what_its_words_are(services: Services) -> None:
    sentence = "Der Bundestag tagt."
    words = services.analyses.of([sentence])[sentence]
    hits = services.terms.hits(sentence)
    met = Knowledge({"bundestag": "learning"}, 20_000).meet(words, hits)
    assert [(each.word.lemma, each.status, each.known) for each in met][1] == ("Bundestag", "learning", False)
    own = Knowledge({"bundestag": "learning", words[1].key: "known"}, 20_000).meet(words, hits)
    assert own[1].status == "known", "what is said of the word itself goes first"


@pytest.mark.parametrize(
    ("sentence", "lemma", "band"),
    [
        ("Wie das ging, weiß doch niemand.", "wie", 1),
        ("Die Schul- und Bildungspolitik ruht.", "Schul", 0),
        ("Frau Osterkamp kam aus Berlin.", "Berlin", 0),
        ("Das kostet 14 Mrd. Euro.", "Mrd.", 0),
        ("Der Quaxelbrumpf tagt.", "Quaxelbrumpf", 0),
        ("Die Sitzungsmappe lag dort.", "Sitzungsmappe", 6),
    ],
)
def test_what_counts_as_a_word_to_be_known(services: Services, sentence: str, lemma: str, band: int) -> None:
    bands = {word.lemma.rstrip("-"): word.band for word in services.analyses.of([sentence])[sentence]}
    assert bands[lemma] == band
