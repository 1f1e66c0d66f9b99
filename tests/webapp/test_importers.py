"""Bytes to text: encodings, Markdown, damage, size and language."""

from __future__ import annotations

import pytest

from webapp.importers import ImportProblem, decode, take_in
from webapp.importers.intake import clean_title, detect_language
from webapp.importers.markdown import plain_text

TEXT = (
    "Grüße aus Köln: Die Straßenbahn fährt über die Brücke, „schön“ – sagt der Bürgermeister. "
    "Für die Übergangslösung fehlen 3,5 Mio. €."
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_encodings_are_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT.removeprefix("\ufeff")


def test_short_windows_text_is_recognised() -> None:
    assert decode("Für Österreich.".encode("cp1252")) == "Für Österreich."


def test_dos_and_mac_text_keep_their_umlauts() -> None:
    text = "Die Bundesländer müssen über die Kürzungen abstimmen, sagte der Ministerpräsident. " * 4
    assert decode(text.encode("cp850")) == text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "Word"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 40, "not a plain text"),
        (b"\xff\xfeA", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, word: str) -> None:
    with pytest.raises(ImportProblem, match=word):
        decode(data)


@pytest.mark.parametrize("source", ["", "   \n\t ", b"", "—\n***\n…"])
def test_empty_is_refused(source: str | bytes) -> None:
    with pytest.raises(ImportProblem, match="no text"):
        take_in(source)


def test_too_large_is_refused_with_sizes() -> None:
    with pytest.raises(ImportProblem, match=r"5\.0 MB.*up to 2 MB"):
        take_in("Wort " * 1_000_000)


def test_control_and_direction_characters_go_and_are_told() -> None:
    intake = take_in("Der Bun\x00destag \u202etagt\u202c heute in Berlin und berät den Haushalt.")
    assert intake.text == "Der Bundestag tagt heute in Berlin und berät den Haushalt."
    assert intake.notices == ("3 invisible control characters were taken out of the text.",)


def test_line_ends_become_one_kind() -> None:
    assert take_in("Eins.\r\nZwei.\rDrei.\u2028Vier.").text == "Eins.\nZwei.\nDrei.\nVier."


def test_lone_surrogates_cannot_break_the_library() -> None:
    assert take_in("Der Tag \ud800 ist da.").text == "Der Tag \ufffd ist da."


def test_english_gets_a_hint_not_a_refusal() -> None:
    text = "The government has decided to raise taxes next year, and the opposition is not amused."
    intake = take_in(text)
    assert intake.language == "en"
    assert "looks like English" in intake.notices[0]


@pytest.mark.parametrize(
    "text",
    [
        "Kurz.",
        "DER BUNDESTAG HAT DAS NEUE GESETZ NACH LANGER DEBATTE MIT GROSSER MEHRHEIT BESCHLOSSEN.",
        "Ob die Regierung haelt, weiss niemand; fuer die naechsten Wochen erwartet man Gespraeche.",
    ],
)
def test_german_is_german(text: str) -> None:
    assert detect_language(text) == "de"


def test_title_from_the_user_the_first_line_or_the_file() -> None:
    long = "Ein sehr langer erster Satz, " * 8
    assert take_in("Überschrift\n\nText.", title="  Mein \n Titel ").title == "Mein Titel"
    assert take_in("Überschrift\n\nText.").title == "Überschrift"
    assert take_in(long.encode(), name="C:\\Texte\\rede_2026.txt").title == "rede_2026"
    assert take_in(long).title.endswith("…")
    assert len(clean_title("x" * 500)) == 200


def test_markdown_becomes_paragraphs_headings_and_items() -> None:
    source = (
        "---\nlayout: post\n---\n# Die *Lage*\n\nEin **wichtiger** Satz mit [Verweis](https://example.org)"
        " und\nUmbruch.\n\n- erstens\n- zweitens\n\n3. drittens\n4. viertens\n\n```\ncode\n```\n\n"
        "> Zitat &amp; mehr\n"
    )
    assert plain_text(source) == (
        "Die Lage\n\nEin wichtiger Satz mit Verweis und\nUmbruch.\n\n- erstens\n\n- zweitens\n\n"
        "3. drittens\n\n4. viertens\n\nZitat & mehr\n"
    )


def test_markdown_is_known_by_its_name() -> None:
    assert take_in(b"# Titel\n\nEin *Satz*.", name="rede.MD").text == "Titel\n\nEin Satz.\n"
    assert take_in(b"# Titel\n\nEin *Satz*.", name="rede.txt").text == "# Titel\n\nEin *Satz*."
