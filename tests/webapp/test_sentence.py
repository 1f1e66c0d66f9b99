"""A sentence looked at closely: what the API says of it, and what stands in the panel."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.translation import Hypothesis, Translation
from webapp import create_app
from webapp.importers import take_in
from webapp.pipeline import save
from webapp.services import Services
from webapp.settings import Settings
from webapp.versions import differences, likelihood

TEXT = (
    "Der Bundestag lehnt den Antrag der Fraktion mit den Stimmen der Koalition ab. "
    "Der Kanzler sagte, die Lage sei ernst. "
    "Die 🙂 von der Regierung vorgelegte Reform <b>hilft</b> den Ländern."
)


def add(client: FlaskClient, text: str = TEXT) -> str:
    made = client.post("/api/readings", json={"text": text}).get_json()
    client.get(f"/api/readings/{made['id']}/stream").get_data()
    return str(made["id"])


def ask(
    client: FlaskClient, reading: str, index: int, what: str = "sentence", query: str = ""
) -> dict[str, Any]:
    answer = client.get(f"/api/readings/{reading}/segments/{index}/{what}{query}")
    assert answer.status_code == 200, answer.text
    data = answer.get_json()
    assert isinstance(data, dict)
    return data


def plain(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def test_every_word_has_its_english_at_its_place(client: FlaskClient) -> None:
    reading = add(client)
    for index in range(3):
        data = ask(client, reading, index)
        for word in data["words"]:
            assert data["german"][word["start"] : word["end"]] == word["german"]
    first = {word["german"]: word for word in ask(client, reading, 0)["words"]}
    assert first["lehnt"]["english"] == "rejects"
    assert first["ab"]["source"] == "verb"
    assert first["ab"]["partner"] == [first["lehnt"]["start"], first["lehnt"]["end"]]
    # The glossary's own word, since the term stands here.
    assert (first["Fraktion"]["english"], first["Fraktion"]["source"]) == ("parliamentary group", "term")


def test_the_grammar_is_explained(client: FlaskClient) -> None:
    reading = add(client)
    notes = ask(client, reading, 1)["notes"]
    [note] = [note for note in notes if note["kind"] == "konjunktiv-1"]
    german = ask(client, reading, 1)["german"]
    assert [german[a:b] for a, b in note["spans"]] == ["sei"]
    panel = ask(client, reading, 1, query="?html=1")["html"]
    assert note["label"] in panel
    assert '“<span lang="de">sei</span>”' in panel


def test_the_panel_says_each_language_and_escapes_the_text(client: FlaskClient) -> None:
    panel = ask(client, add(client), 2, query="?html=1")["html"]
    assert "<b>" not in panel
    assert re.search(r'<span class="pair-german" lang="de">Reform', panel)
    assert re.search(r'<span class="pair-english" lang="en">reform', panel)


def test_other_translations_differ_from_the_one_shown_and_from_each_other(client: FlaskClient) -> None:
    reading = add(client)
    before = client.get(f"/api/readings/{reading}").get_json()
    versions = ask(client, reading, 0, "alternatives")["versions"]
    shown = [v for v in versions if v["kind"] == "shown"]
    others = [v for v in versions if v["kind"] == "alternative"]
    assert [v["english"] for v in shown] == [ask(client, reading, 0)["english"]]
    assert 2 <= len(others) <= 3
    texts = [plain(version["english"]) for version in versions]
    assert len(set(texts)) == len(texts), "one differs from another only in punctuation or capitals"
    for version in others:
        assert version["score"] < 0
        assert version["likelihood"] == likelihood(version["times"])
        kept = "".join(piece["text"] for piece in version["pieces"] if piece["change"] != "left-out")
        assert kept == version["english"]
        assert {piece["change"] for piece in version["pieces"]} != {"same"}
    # The reading is as it was, and the answer stays the same.
    assert client.get(f"/api/readings/{reading}").get_json() == before
    assert ask(client, reading, 0, "alternatives")["versions"] == versions
    html = ask(client, reading, 0, "alternatives", "?html=1")["html"]
    assert html.count("Another wording") == len(others)
    assert "<mark>" in html or "<del>" in html


def test_the_score_of_the_shown_english_is_the_one_it_was_made_with(client: FlaskClient) -> None:
    reading = add(client, "Der Ausschuss berät am Montag über den Haushalt.")
    [segment] = client.get(f"/api/readings/{reading}").get_json()["paragraphs"][0]["segments"]
    [shown, *_] = ask(client, reading, 0, "alternatives")["versions"]
    assert shown["times"] == 1
    if segment["raw"] is None:
        assert shown["score"] == pytest.approx(segment["alternatives"][0]["score"], abs=0.05)


def test_the_glossarys_version_and_the_models_own_are_told_apart(
    client: FlaskClient, services: Services
) -> None:
    for german, english, gender in (
        ("Ausschuss", "panel", "m"),
        ("Gesetz", "statute", "n"),
        ("Abgeordneter", "deputy", "m"),
    ):
        services.own_terms.add({"german": german, "english": english, "gender": gender})
    reading = add(client, "Der Ausschuss tagt heute. Das Gesetz ist neu. Der Abgeordnete sprach lange.")
    [paragraph] = client.get(f"/api/readings/{reading}").get_json()["paragraphs"]
    enforced = [segment for segment in paragraph["segments"] if segment["raw"]]
    assert enforced, "none of the glossary's words was put in: choose other sentences for this test"
    segment = enforced[0]
    versions = ask(client, reading, segment["index"], "alternatives")["versions"]
    assert [(v["kind"], v["english"]) for v in versions[:2]] == [
        ("shown", segment["english"]),
        ("model", segment["raw"]),
    ]
    html = ask(client, reading, segment["index"], "alternatives", "?html=1")["html"]
    assert "Shown, with the glossary’s words" in html
    assert "The model’s own wording" in html


def test_saved_alternatives_are_offered_too(settings: Settings) -> None:
    import dataclasses

    app = create_app(dataclasses.replace(settings, beam=4, alternatives=4))
    try:
        reading = add(app.test_client(), "Die Opposition kritisiert den Plan der Regierung scharf.")
        versions = ask(app.test_client(), reading, 0, "alternatives")["versions"]
        assert len([v for v in versions if v["kind"] == "alternative"]) >= 2
    finally:
        app.extensions["services"].close()


def test_without_english_the_words_are_there_and_nothing_to_compare(
    client: FlaskClient, services: Services
) -> None:
    # Saved, but not handed to the desk: nobody translates it.
    reading = save(take_in("Der Bundestag tagt."), services.library, services.translator().signature)
    data = ask(client, reading, 0, query="?html=1")
    assert data["english"] is None
    assert [word["german"] for word in data["words"]] == ["Der", "Bundestag", "tagt"]
    assert "no translation of this sentence yet" in data["html"]
    assert ask(client, reading, 0, "alternatives")["versions"] == []


def test_a_doubt_about_the_translation_is_told(client: FlaskClient, services: Services) -> None:
    german, faulty = "Der Ausschuss hat 17 Mitglieder.", "The committee has 12 members."
    signature = services.translator().signature
    reading = save(take_in(german), services.library, signature)
    services.library.keep(signature, [(german, Translation(german, (Hypothesis(faulty, -0.2),), (), None))])
    data = ask(client, reading, 0, query="?html=1")
    [warning] = [each for each in data["warnings"] if each["kind"] == "number"]
    assert [german[a:b] for a, b in warning["source"]] == ["17"]
    assert "May be wrong" in data["html"]
    assert 'data-spans="18-20"' in data["html"]


@pytest.mark.parametrize("what", ["sentence", "alternatives"])
def test_what_is_not_there_is_told(client: FlaskClient, what: str) -> None:
    reading = add(client, "Guten Tag.")
    for address in (f"{reading}/segments/9/{what}", f"nowhere/segments/0/{what}"):
        answer = client.get(f"/api/readings/{address}")
        assert answer.status_code == 404
        assert answer.get_json()["error"]["message"]


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (30, "far more likely"),
        (4.2, "about 4 times as likely"),
        (2, "about twice as likely"),
        (1.0, "about as likely"),
        (0.75, "a little less likely"),
        (0.48, "about half as likely"),
        (0.33, "about a third as likely"),
        (0.1, "about a tenth as likely"),
        (0.05, "far less likely"),
        (0.001, "very much less likely"),
    ],
)
def test_likelihood_in_words(times: float, words: str) -> None:
    assert likelihood(times) == words


def test_differences_are_marked_word_by_word() -> None:
    def found(one: str, other: str) -> list[tuple[str, str]]:
        return [(piece.text, piece.change) for piece in differences(one, other)]

    assert found("The law passed.", "The act passed.") == [
        ("The ", "same"),
        ("act", "other"),
        (" passed.", "same"),
    ]
    assert found("They met yesterday in Bonn.", "They met in Bonn.") == [
        ("They met", "same"),
        (" yesterday", "left-out"),
        (" in Bonn.", "same"),
    ]
    assert found("Same.", "same.") == [("same.", "same")]
