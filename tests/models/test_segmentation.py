"""Paragraphs, cleaning of the text, and the promise that nothing gets lost."""

from __future__ import annotations

import random
import textwrap
from collections import Counter
from pathlib import Path

import pytest

from models.segmentation import Paragraph, pieces, segment
from models.segmentation.punkt import breaks_between, read_parameters, tokenizer, write_parameters
from models.segmentation.train import count_full_stops, learn


def texts_of(text: str) -> list[list[str]]:
    return [[sentence.text for sentence in paragraph.sentences] for paragraph in segment(text)]


def kinds_of(text: str) -> list[str]:
    return [paragraph.kind for paragraph in segment(text)]


def check_promises(text: str, paragraphs: tuple[Paragraph, ...]) -> None:
    assert "".join(pieces(text, paragraphs)) == text
    done = 0
    for paragraph in paragraphs:
        assert paragraph.sentences
        assert paragraph.start == paragraph.sentences[0].start
        assert paragraph.end == paragraph.sentences[-1].end
        for sentence in paragraph.sentences:
            assert sentence.start >= done
            assert sentence.end > sentence.start
            assert not text[done : sentence.start].strip()
            span = text[sentence.start : sentence.end]
            assert span == span.strip()
            assert sentence.text == " ".join(sentence.text.split())
            done = sentence.end
    assert not text[done:].strip()


def test_blank_lines_separate_paragraphs() -> None:
    assert texts_of("Der erste Absatz.\nEr hat zwei Sätze.\n \nDer zweite.\r\n\r\nDer dritte.") == [
        ["Der erste Absatz."],
        ["Er hat zwei Sätze."],
        ["Der zweite."],
        ["Der dritte."],
    ]


WRAPPED = """\
Der Bundestag hat am Donnerstagabend nach langer Debatte das neue
Haushaltsgesetz beschlossen. Die Opposition stimmte geschlossen dagegen,
weil ihr die Schulden zu hoch sind. Am Freitag entscheidet der Bundesrat.
Dort ist die Mehrheit unsicher."""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "  \n", "\u2028"])
def test_hard_wraps_are_joined(newline: str) -> None:
    text = WRAPPED.replace("\n", newline)
    assert texts_of(text) == [
        [
            "Der Bundestag hat am Donnerstagabend nach langer Debatte das neue Haushaltsgesetz beschlossen.",
            "Die Opposition stimmte geschlossen dagegen, weil ihr die Schulden zu hoch sind.",
            "Am Freitag entscheidet der Bundesrat.",
            "Dort ist die Mehrheit unsicher.",
        ]
    ]
    check_promises(text, segment(text))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Der Haus-\nhalt steht.", "Der Haushalt steht."),
        ("Der Haus\u00ad\nhalt steht.", "Der Haushalt steht."),
        ("Der Haus\u00adhalt steht.", "Der Haushalt steht."),
        ("Die Bundes-\nund Landesregierungen tagen.", "Die Bundes- und Landesregierungen tagen."),
        ("Der CDU-\nParteitag beginnt.", "Der CDU-Parteitag beginnt."),
        ("Die EU-\nweite Regel gilt.", "Die EU-weite Regel gilt."),
        ("Die 27-\njährige Abgeordnete sprach.", "Die 27-jährige Abgeordnete sprach."),
        ("Das war –\nso heißt es – falsch.", "Das war – so heißt es – falsch."),
    ],
)
def test_divided_words(text: str, joined: str) -> None:
    assert texts_of(text) == [[joined]]
    check_promises(text, segment(text))


def test_heading_stands_alone() -> None:
    text = "Streit im Kabinett\nDer Minister will sparen, die anderen nicht.\n\nWas nun?\n\nEr wartet ab."
    assert kinds_of(text) == ["heading", "text", "heading", "text"]
    assert kinds_of("## Lage\nAlles ruhig.") == ["heading", "text"]
    assert texts_of("## Lage\nAlles ruhig.")[0] == ["Lage"]


def test_short_lines_are_no_wraps() -> None:
    assert texts_of("Berlin\nHamburg\nMünchen\nKöln am Rhein") == [
        ["Berlin"],
        ["Hamburg"],
        ["München"],
        ["Köln am Rhein"],
    ]


def test_one_long_paragraph_a_line() -> None:
    line = "Der Bundestag berät heute über das Gesetz, und der Bundesrat folgt am Freitag. " * 6
    text = f"{line}\n{line}\n{line}"
    assert [len(paragraph.sentences) for paragraph in segment(text)] == [6, 6, 6]


def test_one_sentence_a_line_stays_so() -> None:
    lines = [
        "Der Bundestag berät heute über das Gesetz.",
        "Morgen folgt der Bundesrat mit seiner Abstimmung.",
        "Das Ergebnis ist offen.",
        "Experten rechnen mit einer knappen Mehrheit.",
        "Danach unterschreibt der Präsident.",
    ]
    assert texts_of("\n".join(lines)) == [[line] for line in lines]


def test_list_items() -> None:
    text = (
        "Die Koalition plant:\n– höhere Löhne,\n– niedrigere Mieten, und zwar\n  in allen Städten,\n"
        "* weniger Formulare.\n"
        "1. Die Steuern sinken.\n2. Die Renten steigen.\na) sofort\nb) später"
    )
    paragraphs = segment(text)
    assert [paragraph.kind for paragraph in paragraphs] == ["text", *["item"] * 7]
    assert [paragraph.sentences[0].text for paragraph in paragraphs] == [
        "Die Koalition plant:",
        "höhere Löhne,",
        "niedrigere Mieten, und zwar in allen Städten,",
        "weniger Formulare.",
        "1. Die Steuern sinken.",
        "2. Die Renten steigen.",
        "a) sofort",
        "b) später",
    ]
    assert text[paragraphs[1].start] == "–"  # the mark belongs to the span
    check_promises(text, paragraphs)


def test_wrapped_date_is_no_list_item() -> None:
    text = "Die Bundesrepublik Deutschland und die DDR sind seit dem\n3. Oktober 1990 wieder vereint."
    assert len(segment(text)) == 1
    assert kinds_of("17. Wahlperiode\n\nDas Parlament tagt.") == ["heading", "text"]


def test_text_is_cleaned_and_span_is_not() -> None:
    text = (
        "\ufeffDer\u00a0Bund\u202e zahlt\u200b\x00  z.\u202fB. die\tMiete.  U\u0308ber den Rest wird beraten."
    )
    paragraphs = segment(text)
    assert [s.text for s in paragraphs[0].sentences] == [
        "Der Bund zahlt z. B. die Miete.",
        "Über den Rest wird beraten.",
    ]
    check_promises(text, paragraphs)


def test_invisible_paragraph_has_an_empty_text() -> None:
    assert texts_of("\x00\u200b") == [[""]]
    assert segment("") == ()
    assert segment(" \n\u00a0\r\n\t") == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("DER BUNDESTAG BERÄT DAS GESETZ. DER BUNDESRAT STIMMT ZU. Z. B. AM 3. OKTOBER.", 3),
        ("der bundestag berät. der bundesrat stimmt zu. er tagt am 3. oktober, z. b. in berlin.", 3),
        ("der bundestag berät über das gesetz und der bundesrat auch und dann ist schluss", 1),
        ("The Bundestag met on Friday. Mr. Smith was there. He left at 5 p.m. on Monday.", 3),
    ],
)
def test_other_kinds_of_text(text: str, count: int) -> None:
    assert sum(len(paragraph.sentences) for paragraph in segment(text)) == count


ALPHABET = (
    *"aeinrstdhuläöüßAEDSÄ 0123456789 .,;:!?…-–()[]\"'„“”‚‘»« \n\n\r\t#*•",
    "\r\n",
    "\x00",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\u00ad",
    "\u00a0",
    "\u202f",
    "\u200b",
    "\u200f",
    "\u202e",
    "\ufeff",
    "\u0308",
    "🙂",
    "ش",
    " z. B. ",
    " Dr. ",
    " 3. ",
    "Die ",
    "– ",
    "1. ",
    ".“ ",
    "-\n",
)


@pytest.mark.parametrize("seed", range(40))
def test_pieces_join_to_any_input(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        text = "".join(chance.choices(ALPHABET, k=chance.randrange(120)))
        check_promises(text, segment(text))


@pytest.mark.parametrize(
    "piece", ["a", "a ", ".", ". ", "(", ")", "„", "1. ", "-\n", "z. B. ", "\u200b", "\n", "A.\u00ad "]
)
def test_long_repetition_is_split(piece: str) -> None:
    # Would take hours, not seconds, if anything here were quadratic; how long it takes is bench's affair.
    text = piece * (400_000 // len(piece))
    assert "".join(pieces(text, segment(text))) == text


def test_a_long_run_without_full_stop_is_one_sentence() -> None:
    text = "wort " * 3_999 + "wort"
    assert len(segment(text)) == 1
    assert len(segment(text)[0].sentences) == 1
    assert len(segment("x" * 20_000)[0].sentences) == 1


def test_five_megabytes() -> None:
    text = (
        WRAPPED + "\n\nNach Art. 5 Abs. 3 GG zahlt der Bund z. B. 3 Mio. Euro. „Warum?“, fragte er.\n\n"
    ) * 15_500
    assert len(text) > 4_900_000
    paragraphs = segment(text)
    assert len(paragraphs) == 31_000
    assert sum(len(paragraph.sentences) for paragraph in paragraphs) == 6 * 15_500


def test_punkt_keeps_no_words_it_is_asked_about() -> None:
    before = len(tokenizer()._params.ortho_context)
    assert breaks_between("Quarkspeise.", "Xylofonkonzert")
    assert not breaks_between("ggf.", "Xylofonkonzert")
    assert len(tokenizer()._params.ortho_context) == before


def test_parameter_file_round_trip(tmp_path: Path) -> None:
    data = read_parameters()
    assert {"bzw", "ca", "nr"} <= data.abbreviations
    write_parameters(data, tmp_path / "punkt.json")
    assert read_parameters(tmp_path / "punkt.json") == data
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"models\.segmentation\.train"):
        read_parameters(tmp_path / "other.json")


def test_training_learns_an_abbreviation() -> None:
    text = (
        "Die Abg. Schmitt und der Abg. Müller kamen. Sie sprachen lange. Der Abg. Kern schwieg heute. " * 60
    )
    inside, at_end = Counter[str](), Counter[str]()
    for sentence in ("Die Abg. Schmitt kam.", "Der Abg. Kern schwieg.") * 5:
        count_full_stops(sentence, inside, at_end)
    learnt = learn([text], inside, at_end)
    assert "abg" in learnt.abbreviations
    assert "lange" not in learnt.abbreviations


ARTICLE = (
    "Berlin – Es war 17.30 Uhr, als die Vorsitzende vor die Tür trat: „Wir sind noch nicht so weit.“ Seit "
    "dem Morgen hatte man verhandelt, u. a. über das Wohngeld; das kostet rund 3,5 Mrd. Euro im Jahr. Die "
    "Bundes- und Landesregierungen streiten weiter.",
    "Der Landtag konstituiert sich am 30. Tag nach der Wahl. Bis dahin bleibt Ministerpräsident a. D. Kern "
    "im Amt, wie Art. 5 Abs. 3 es verlangt. „Warum eigentlich?“, fragte die Opposition. Eine Antwort gab "
    "es nicht …",
)


@pytest.mark.parametrize("width", [45, 60, 66, 72, 80, 100, 120])
def test_wrapping_changes_no_sentence(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(part, width, break_on_hyphens=False) for part in ARTICLE)
    assert texts_of(wrapped) == texts_of("\n\n".join(ARTICLE))
    assert [len(part) for part in texts_of(wrapped)] == [3, 4]


def test_list_without_marks_is_not_joined() -> None:
    assert len(segment("Die Regeln:\nweniger Schulden\n\nDas war es.")) == 3
