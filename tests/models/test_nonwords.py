"""Words that the model made up: which are found, what is told, what is replaced."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from models.lexicon import Lexicon
from models.lexicon.building.english_list import english_list
from models.lexicon.common_nouns import stands_as_common_noun
from models.lexicon.english_words import GERMAN_TOO, english_words, german_too
from models.packages import PackageStore
from models.translation import TranslationOptions, Translator
from models.translation.nonwords import Nonwords
from models.translation.rare_words import RareWords, better
from models.translation.rewriting import edited
from models.translation.values import Link

EVERY_DAY = """house houses government decided bundestag merkel euros tanks analysed analyzed labour labor
    unconstitutional chancellery refugees crockery radiologists"""


@pytest.fixture(scope="module")
def nonwords() -> Nonwords:
    return Nonwords(RareWords())


def found(nonwords: Nonwords, german: str, english: str, *, sure: bool = False) -> list[str]:
    return [english[slice(*span)] for span in nonwords.find(german, english, sure=sure)]


def link(german: str, english: str, one: str, other: str, weight: float = 0.9) -> Link:
    return Link(
        (german.index(one), german.index(one) + len(one)),
        (english.index(other), english.index(other) + len(other)),
        weight,
    )


def replaced(nonwords: Nonwords, german: str, english: str, *pairs: tuple[str, str]) -> str:
    links = [link(german, english, *pair) for pair in pairs]
    return edited(english, links, list(nonwords.replacements(german, english, links)))[0]


def test_the_list_has_english_words() -> None:
    known = english_words()
    assert set(EVERY_DAY.split()) <= known
    assert not {"confirr", "hemisphants", "patroled", "geschirr", "weidezaun"} & known
    assert german_too() <= known
    assert {"und", "bald", "stark"} <= german_too()
    assert not {"die", "war", "hand", "gift", "man"} & german_too(), "English words, seldom or not"


def test_how_the_list_is_made() -> None:
    english = Counter({"house": 9, "haus": 2, "typo": 1, "slip": 1, "die": 400, "a": 50, "bald": 5})
    german = Counter({"haus": 20, "die": 9_000, "bald": 51, "house": 80})
    assert english_list(english, german, frozenset(["crockery", "typo"])) == [
        f"bald{GERMAN_TOO}",
        "crockery",
        "die",
        "haus",
        "house",
        "typo",
    ]


def test_made_up_words_are_found(nonwords: Nonwords) -> None:
    german = "Aus dem Geschirr von Eydtkuhnen trank Frau Sönnichsen."
    assert found(nonwords, german, "Mrs Sönnichsen drank from the confirr of Eydtkuhn.") == [
        "confirr",
        "Eydtkuhn",
    ]
    assert found(nonwords, german, "Mrs Sönnichsen’s crockery of Eydtkuhnen.") == []
    assert found(nonwords, "Die USA und die EU.", "The US and the EU, Ms X.") == []


def test_german_left_standing_is_found(nonwords: Nonwords) -> None:
    german = "Er sah die Hitzewelle bald in Haar."
    assert found(nonwords, german, "He saw the Hitzewelle bald in Haar.") == ["Hitzewelle", "bald", "Haar"]
    assert found(nonwords, german, "He saw the Hitzewelle bald in Haar.", sure=True) == ["Hitzewelle", "bald"]
    assert found(nonwords, "Er sah sie.", "His head was bald.") == [], "an English word here"
    assert found(nonwords, "Der Rat von Tumlingens Pfarrer.", "Tumlingen heard the priest.") == []
    assert found(nonwords, "Der Rat von Tumlingens Pfarrer.", "The priest of tumlingen.") == ["tumlingen"]


def test_common_nouns_stand_behind_articles() -> None:
    def stands(german: str, word: str) -> bool:
        return stands_as_common_noun(german, german.index(word), german.index(word) + len(word))

    assert stands("Das kleine Haar fiel.", "Haar")
    assert not stands("Er wohnt in Haar.", "Haar")
    assert not stands("Die Frau Schneider kam.", "Schneider")


def test_the_model_is_told_what_is_known_of_the_word(nonwords: Nonwords) -> None:
    german = "Die Glocken von Eydtkuhnen läuten den Trübsinnigen."
    english = "The glocks of Eydtkuhn ring to the trubsins."
    links = [link(german, english, "Glocken", "glocks"), link(german, english, "Eydtkuhnen", "Eydtkuhn")]
    told = {
        german[slice(*word.span)]: word.renderings[0]
        for word in nonwords.told(german, nonwords.find(german, english), links)
    }
    assert told == {"Glocken": "bell", "Eydtkuhnen": "Eydtkuhnen"}, "without a link nothing can be told"


@pytest.mark.parametrize(
    ("german", "english", "pairs", "expected"),
    [
        ("Sie gruben.", "They diged.", [("gruben", "diged")], "They dug."),
        ("Sie haben getragen.", "They have weared it.", [("getragen", "weared")], "They have worn it."),
        ("Die Glocken läuten.", "The glocks ring.", [("Glocken", "glocks")], "The bells ring."),
        ("Der Marschierende.", "He marchs.", [("Marschierende", "marchs")], "He marchs."),
        ("In Eydtkuhnen.", "In Eydtkuhn.", [("Eydtkuhnen", "Eydtkuhn")], "In Eydtkuhnen."),
        ("In Papuas Bergen.", "In Popua mountains.", [("Papuas", "Popua")], "In Papua mountains."),
        ("Im Finnlandismus.", "In Finlandimus.", [("Finnlandismus", "Finlandimus")], "In Finlandimus."),
        ("Papua-Neuguinea.", "Popua New Guinea.", [("Papua-Neuguinea", "Popua")], "Papua New Guinea."),
        ("Glockenton.", "Glock ton.", [("Glockenton", "Glock"), ("Glockenton", "ton")], "Glock ton."),
        ("Geschirr klirrt.", "Confirr clatters.", [("Geschirr", "Confirr")], "Dish clatters."),
        ("Die Hitzewelle kam.", "The hitzewelle came.", [], "The hitzewelle came."),
    ],
)  # fmt: skip
def test_what_is_clear_is_replaced(
    nonwords: Nonwords, german: str, english: str, pairs: list[tuple[str, str]], expected: str
) -> None:
    assert replaced(nonwords, german, english, *pairs) == expected


def test_fewer_made_up_words_may_cost_some_likelihood() -> None:
    first = ("The confirr has 3 colours.", -1.0)
    assert better(first, ("The dish has 3 colours.", -1.1), [], mended=1)
    assert not better(first, ("The dish has 3 colours.", -1.5), [], mended=1), "the model will not have it"
    assert not better(first, ("The dish has 4 colours.", -0.5), [], mended=1), "another number"
    assert not better(first, ("The dish has 3 colours.", -0.5), [], mended=-1), "more made-up words"


def test_the_embedded_model_makes_up_fewer_words(tmp_path: Path) -> None:
    package = PackageStore(tmp_path).embedded()
    helped = Translator(package, TranslationOptions(beam=2))
    alone = Translator(package, TranslationOptions(beam=2, rare_words=False))
    assert helped.rare_words is not None
    nonwords = Nonwords(helped.rare_words)
    texts = [
        "Die Molkereien wittern ein Geschäft mit Ziegenkäse.",
        "In Eydtkuhnen warteten Tausende auf einen Zug nach Westen.",
        "Im Auental sah Sönnichsen die Fledermäuse.",
        "Glas, Keramik, Porzellan: Der letzte Ofen glüht aus.",
        "Der Veterinär ermahnte den Landwirt, den Stall auszumisten.",
        "Die Erdatmosphäre über dem Fliegerhorst war trüb.",
        "Die Hebamme aus Großenlupnitz gebar selbst zwölf Kinder.",
        "Der Nebenkläger legte die Ampullen auf den Tisch.",
    ]
    counts = [
        sum(
            len(nonwords.find(text, each.english))
            for text, (_, each) in zip(texts, who.translate(texts), strict=True)
        )
        for who in (alone, helped)
    ]
    assert counts[1] < counts[0], "nothing was gained"
    for text, (_, translation) in zip(texts, helped.translate(texts), strict=True):
        for each in translation.links:
            assert text[slice(*each.source)].strip()
            assert translation.english[slice(*each.target)].strip()


def test_without_a_lexicon_the_model_translates_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    package = PackageStore(tmp_path).embedded()
    texts = ["Im Bundestag wurde gestern über das Gesetz beraten.", "Der Bundestag tagt."]
    helped = Translator(package, TranslationOptions(beam=2))
    helped.__dict__["rare_words"] = RareWords(Lexicon(tmp_path / "none.sqlite3"))
    alone = Translator(package, TranslationOptions(beam=2, rare_words=False))
    with caplog.at_level("WARNING"):
        english = [each.english for _, each in helped.translate(texts)]
    assert english == [each.english for _, each in alone.translate(texts)]
    assert "without the lexicon" in caplog.text
