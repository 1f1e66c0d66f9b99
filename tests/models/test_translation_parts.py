"""The parts of the translator that need no model but the tokenizer."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

from models.packages import PackageStore
from models.translation import Hypothesis, Link, Translation, TranslationOptions
from models.translation.alignment import links_of, word_matrix
from models.translation.checks import fault_of, longest_decoding
from models.translation.pieces import BpeTokenizer, Tokenizer, load_tokenizer, locate
from models.translation.preparing import clean, prepare, restore
from models.translation.words import has_letters, split_words

ODD = [
    "Łódź und Erdoğan 😀 sind heute in Berlin.",
    "😀 Hallo 👩\u200d💻🏽 da!🎉",
    "a\x00b\u202ec\u00ad d\u200b  e\n",
    "U\u0308ber den Mu\u0308ller",
    "Зеленський (李强) 🇺🇦!",
    "…½²™ „Hallo“ – § 218 a_b </s> <unk> <0xC5> ▁ 1000000",
    "Škoda Çelik Ñandú Dvořák Gül Æther ı",
    "\ufffe\ud800 Ende \U0010ffff",
    "   ",
    "",
    "\u0301a",
]


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return load_tokenizer(PackageStore(tmp_path_factory.mktemp("packages")).embedded().folder)


def words(text: str) -> list[str]:
    return [text[word.start : word.end] for word in split_words(text)]


def test_words() -> None:
    text = "z.B. die U.S. EU-Kommission geht's 200.000 3,5 % um 14:30, § 218 (Art. 5).“ Mu\u0308ller 😀"
    assert words(text) == [
        *("z.B.", "die", "U.S.", "EU-Kommission", "geht's", "200.000", "3,5", "%", "um", "14:30", ","),
        *("§", "218", "(", "Art", ".", "5", ")", ".", "“", "Mu\u0308ller", "😀"),
    ]
    marks = [text[word.start : word.end] for word in split_words(text) if word.mark]
    assert marks == [",", "(", ".", ")", ".", "“"]


def test_has_letters() -> None:
    assert [text for text in ("***", "—", "3,5 %", "", "1a", "李") if has_letters(text)] == ["1a", "李"]


def test_options_refuse_nonsense() -> None:
    for wrong in ({"beam": 0}, {"alternatives": 17}, {"threads": -1}, {"longest": 5000}, {"batch_tokens": 1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            TranslationOptions(**wrong)  # type: ignore[arg-type]
    assert TranslationOptions(threads=3).workers == 3
    assert TranslationOptions().workers >= 1


def test_english_is_empty_with_a_problem() -> None:
    hypothesis = Hypothesis("yes", -0.1)
    assert Translation("ja", (hypothesis,), (), None).english == "yes"
    assert Translation("ja", (hypothesis,), (), "problem").english == ""
    assert Translation("ja", (), (), "problem").english == ""


@pytest.mark.parametrize("text", ODD)
def test_prepared_text_leads_back(tokenizer: Tokenizer, text: str) -> None:
    prepared = prepare(text, tokenizer.knows)
    assert len(prepared.spans) == len(prepared.text)
    assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in prepared.text)
    assert list(prepared.spans) == sorted(prepared.spans)
    for char, (start, end) in zip(prepared.text, prepared.spans, strict=True):
        assert 0 <= start < end <= len(text)
        if char.isascii() and char == text[start:end]:
            continue
        assert unicodedata.normalize("NFC", text[start:end])[:1].strip() or char == " "


def test_names_and_signs_are_kept_for_later(tokenizer: Tokenizer) -> None:
    prepared = prepare("Łódź und Erdoğan 😀 in Köln.", tokenizer.knows)
    assert words(prepared.text) == ["Lodz", "und", "Erdogan", "in", "Köln", "."]
    assert prepared.names == (("Lodz", "Łódź"), ("Erdogan", "Erdoğan"))
    assert [sign for _position, sign in prepared.signs] == ["😀"]
    start = prepared.text.index("Erdogan")
    assert prepared.span(start, start + 7) == (9, 16)


def test_abbreviations_are_written_out(tokenizer: Tokenizer) -> None:
    text = "Vgl. Art. 109 Abs. 3, i.d.R. gilt\u00a0u.\u00a0a. Łódź, z. B. ggf."
    prepared = prepare(text, tokenizer.knows)
    assert prepared.text == (
        "Siehe Artikel 109 Absatz 3, in der Regel gilt unter anderem Lodz, z. B. falls nötig."
    )
    start = prepared.text.index("der Regel")
    assert text[slice(*prepared.span(start, start + 9))] == "i.d.R."
    places = prepared.inside(text.index("Abs."), text.index(", i.d.R."))
    assert places
    assert prepared.text[slice(*places)] == "Absatz 3"


@pytest.mark.parametrize(
    "text",
    ["Das ist Kunst dieser Art. Und S. Meier.", "z. B. die EU d. h. alle bzw. usw.", "www.rd.de 3", "Abs."],
)
def test_what_is_no_rare_abbreviation_stays(tokenizer: Tokenizer, text: str) -> None:
    assert prepare(text, tokenizer.knows).text == text


def test_joined_emoji_stay_whole(tokenizer: Tokenizer) -> None:
    text = "Ja 👩\u200d💻 und 🇺🇦 und ✌🏽\ufe0f!"
    assert [sign for _, sign in prepare(text, tokenizer.knows).signs] == ["👩\u200d💻", "🇺🇦", "✌🏽\ufe0f"]


def test_words_in_other_scripts_are_kept_for_later(tokenizer: Tokenizer) -> None:
    prepared = prepare("Präsident 李强 trifft Зеленський (Αθήνα).", tokenizer.knows)
    assert words(prepared.text) == ["Präsident", "trifft", "(", ")", "."]
    assert [sign for _, sign in prepared.signs] == ["李强", "Зеленський", "Αθήνα"]
    links = [Link((0, 9), (0, 9), 1.0), Link((11, 17), (10, 15), 1.0)]
    english, _ = restore("President meets ().", links, prepared)
    assert english == "President 李强 meets Зеленський (Αθήνα)."


def test_many_signs_take_no_time(tokenizer: Tokenizer) -> None:
    prepared = prepare("😀 " * 20_000 + "ja" + "😀" * 20_000, tokenizer.knows)
    assert len(prepared.signs) == 20_001
    assert restore("yes", (), prepared)[0].count("😀") == 40_000


def test_restore_moves_links(tokenizer: Tokenizer) -> None:
    prepared = prepare("😀 Łódź und Gül 🎉 lachen.", tokenizer.knows)
    english = "Lodz's and Gül laugh."
    source = {word: prepared.text.index(word) for word in words(prepared.text)}
    pairs = [("Lodz", "Lodz's"), ("und", "and"), ("Gül", "Gül"), ("lachen", "laugh"), (".", ".")]
    links = [
        Link(
            (source[german], source[german] + len(german)),
            (english.index(word), english.index(word) + len(word)),
            1.0,
        )
        for german, word in pairs
    ]
    text, moved = restore(english, links, prepared)
    assert text == "😀 Łódź's and Gül 🎉 laugh."
    assert [text[slice(*link.target)] for link in moved] == ["Łódź's", "and", "Gül", "laugh", "."]
    assert restore("Nothing left.", (), prepared)[0] == "😀 Nothing left. 🎉"


def test_a_name_is_not_put_into_other_words(tokenizer: Tokenizer) -> None:
    prepared = prepare("Frau Yılmaz und Ağa", tokenizer.knows)
    assert restore("Ms Yilmaz and Agatha, Aga", (), prepared)[0] == "Ms Yılmaz and Agatha, Ağa"


@pytest.mark.parametrize("text", ODD)
def test_pieces_round_trip(tokenizer: Tokenizer, text: str) -> None:
    cleaned = clean(text)
    expected = " ".join(
        unicodedata.normalize("NFKC", cleaned).replace("▁", " ").replace("\u200d", "").split()
    )
    decoded = tokenizer.decode(tokenizer.encode(cleaned))
    assert decoded.replace("\u200d", "").split() == expected.split()


@pytest.mark.parametrize("text", ODD)
def test_located_pieces_are_in_order_and_cover_the_text(tokenizer: Tokenizer, text: str) -> None:
    prepared = prepare(text, tokenizer.knows).text
    pieces = tokenizer.encode(prepared)
    spans = locate(pieces, prepared)
    assert len(spans) == len(pieces)
    assert spans == sorted(spans)
    covered = {index for start, end in spans for index in range(start, end)}
    assert {index for index, char in enumerate(prepared) if not char.isspace()} - covered <= {
        index for index, char in enumerate(prepared) if char in "▁\u200d"
    }


def test_locate_finds_its_place_again() -> None:
    assert locate(["▁a", "zzz", "▁c"], "a b c") == [(0, 1), (2, 2), (4, 5)]
    assert locate(["▁", "<0xC3>", "<0xC3>", "<0xBC>"], "ü")[2:] == [(0, 1), (0, 1)]
    assert locate([], "a") == []


def test_bpe_tokenizer_of_older_packages(tmp_path: Path) -> None:
    (tmp_path / "bpe.model").write_text("#version: 0.2\nD e\nDe r</w>\n", encoding="utf-8")
    bpe = load_tokenizer(tmp_path)
    assert isinstance(bpe, BpeTokenizer)
    pieces = bpe.encode("Der Tag, „ja“ & a_b.")
    assert pieces[0] == "Der"
    assert bpe.decode(pieces).replace(" ", "").startswith("DerTag,")
    assert "_" in bpe.decode(pieces)
    assert bpe.encode(" ") == []
    spans = locate(pieces, "Der Tag, „ja“ & a_b.")
    assert spans[0] == (0, 3)
    assert bpe.knows("ğ")


def test_links_from_attention() -> None:
    german, english = "Sie hat es beschlossen.", "She passed it."
    source, target = split_words(german), split_words(english)
    source_spans = [(word.start, word.end) for word in source]
    target_spans = [(0, 3), (4, 8), (8, 10), (11, 13), (13, 14)]  # “passed” in two pieces
    attention = [
        [0.9, 0.1, 0.0, 0.0, 0.0],
        [0.0, 0.4, 0.0, 0.6, 0.0],
        [0.0, 0.4, 0.0, 0.6, 0.0],
        [0.0, 0.0, 0.8, 0.0, 0.2],
        [0.0, 0.0, 0.0, 0.9, 0.1],  # the full stop looks at a word: not linked to it
    ]
    matrix = word_matrix(source, source_spans, target, target_spans, attention)
    assert all(sum(row) == pytest.approx(1) for row in matrix)
    links = links_of(source, target, matrix)
    found = {(german[slice(*link.source)], english[slice(*link.target)]): link.weight for link in links}
    assert found == {
        ("Sie", "She"): pytest.approx(0.9),
        ("hat", "passed"): pytest.approx(0.4),
        ("beschlossen", "passed"): pytest.approx(0.6),
        ("es", "it"): pytest.approx(0.8),
    }


def test_alignment_of_nothing() -> None:
    assert links_of((), (), []) == ()
    one = split_words("a")
    assert links_of(one, (), []) == ()
    assert links_of((), one, word_matrix((), [], one, [(0, 1)], [[]])) == ()
    assert word_matrix(one, [(0, 1)], one, [(0, 1)], [[0.0]]) == [[0.0]]


def test_alignment_takes_any_matrix() -> None:
    chance = random.Random(3)
    for _ in range(50):
        german = " ".join(chance.choice(["ja", "nein,", "(so)", "3,5"]) for _ in range(chance.randint(1, 9)))
        source = split_words(german)
        spans = [(word.start, word.end) for word in source]
        rows = [[chance.random() for _ in spans] for _ in range(chance.randint(0, len(spans) + 2))]
        for link in links_of(source, source, word_matrix(source, spans, source, spans, rows)):
            assert 0 <= link.weight <= 1
            assert words(german[slice(*link.source)]) == [german[slice(*link.source)]]


SOURCE = "Der Bundestag hat das Gesetz nach langer Debatte beschlossen."


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ("The Bundestag passed the law after a long debate.", None),
        ("It was very, very, very long.", None),
        ("", "empty"),
        ("... 12", "empty"),
        ("The law \ufffd\ufffd.", "broken characters"),
        ("the law of the law of the law of the law", "looped"),
        ("no no no no no", "looped"),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z " * 2, "too long"),
    ],
)
def test_faults(tokenizer: Tokenizer, english: str, fault: str | None) -> None:
    assert fault_of(SOURCE, tokenizer.encode(SOURCE) * 5, english, tokenizer.encode(english)) == fault


def test_faults_seen_in_the_pieces() -> None:
    source = ["▁Der", "▁Tag"]
    assert fault_of("Der Tag", source, "day", ["▁day"] * 3) is None
    assert fault_of("Der Tag", source, "day" * 9, ["day"] * 9) == "looped"
    assert fault_of("Der Tag", source, "day", ["▁d"] * longest_decoding(2)) == "endless"
    assert fault_of("1000000 Tage", ["1", *"000000"], "1000000 days", ["1", *"000000", "▁days"]) is None


def test_a_loop_in_the_german_may_be_one_in_the_english() -> None:
    german, english = "Nein, nein, nein, nein, nein!", "No, no, no, no, no!"
    pieces = ["▁nein", ","] * 5
    assert fault_of(german, pieces, english, pieces) is None


def test_reserved_pieces_in_a_text_are_only_characters(tokenizer: Tokenizer) -> None:
    prepared = prepare("Das Zeichen <t> und </t> im Text <c> auch.", tokenizer.knows)
    assert prepared.text == "Das Zeichen  und  im Text  auch."
    assert [sign for _, sign in prepared.signs] == ["<t>", "</t>", "<c>"]
    assert not {"<t>", "</t>", "<c>"} & set(tokenizer.encode(prepared.text))
