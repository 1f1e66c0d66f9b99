"""Surnames of a text: found where it gives the full name, and told to the model where they are meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.lexicon.tagging import Tagger
from models.packages import PackageStore
from models.translation import Link, Translator, surnames_in
from models.translation.rare_words import RareWord, RareWords, better
from models.translation.rewriting import edited
from models.translation.surnames import edits, first_names, surnames_of

NAMES = frozenset({"Bär", "Frei", "Lang", "Weil", "König", "Richter", "Reiche", "Groß"})


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


@pytest.fixture(scope="module")
def rare() -> RareWords:
    return RareWords()


@pytest.fixture(scope="module")
def translator(packages: Path) -> Translator:
    return Translator(PackageStore(packages).embedded())


@pytest.mark.parametrize(
    ("text", "surnames"),
    [
        ("Kanzleramtschef Thorsten Frei (CDU) sprach mit Dorothee Bär.", {"Frei", "Bär"}),
        ("Karl von und zu Guttenberg traf Ursula von der Leyen.", {"Guttenberg", "Leyen"}),
        ("Oscar de la Hoya und Rafael van der Vaart", {"Hoya", "Vaart"}),
        ("Max und Kinder gaben Anna den Preis, als Eva zur Schule ging und Jan da Recht hatte.", set()),
        ("Es sprach John F. Kennedy.", {"Kennedy"}),
        ("Franz Josef Strauß und Xaver Müller Lüdenscheid kamen.", {"Strauß", "Müller"}),
        ("Hans-Peter Vogel-Maier kam.", {"Vogel-Maier"}),
        ("Frank-Walter Steinmeier schwieg.", {"Steinmeier"}),
        ("Ministerin Reiche und Frau Dr. Lang, Herr Kollege Frei!", {"Reiche", "Lang", "Frei"}),
        ("Bundeswirtschaftsministerin Katherina Reiche", {"Reiche"}),
        ("Herr Präsident! Frau Ministerin, der Präsident Russlands spricht.", set()),
        ("Johannes Paul II. und Leo XIV. waren Päpste.", set()),
        ("Peter. Lang ist es her.", set()),
        ("Peter, Richter am Landgericht, schwieg; Maria NRW.", set()),
        ("Der Antrag von Anna wurde abgelehnt.", set()),
        ("Karl Freiherr von Stein und Otto Graf Lambsdorff.", set()),
        ("Vom Club Max am Montag und von Anna Mai.", set()),
        ("Mit Eva Lo und Max Z", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_surnames_follow_first_names(text: str, surnames: set[str]) -> None:
    assert surnames_in([text]) == surnames


def test_what_has_an_article_elsewhere_is_a_noun() -> None:
    assert surnames_in(["Dann gab Anna Geld aus.", "Das Geld war von Peter Lang."]) == {"Lang"}
    assert surnames_in(["Dann gab Anna Geld aus.", "Anna Geld kam zu Besuch, das Geld auch."]) == {"Geld"}


def test_a_genitive_is_no_other_name() -> None:
    assert surnames_in(["Thorsten Freis Vorschlag fiel durch.", "„Schade“, sagte Frei."]) == {"Frei"}
    assert surnames_in(["Bärbel Bas sprach."]) == {"Bas"}


@pytest.mark.parametrize(
    ("german", "meant"),
    [
        ("Frei sagte, die Lage sei ernst.", "Frei"),
        ("„Frei wird gewinnen“, hieß es.", None),
        ("Am Montag kündigte Frei ein Gesetz an.", "Frei"),
        ("Nach Freis Worten eilt es.", "Freis"),
        ("Freis Vorschlag fand keine Mehrheit.", "Freis"),
        ("Lang warf der Union vor, zu täuschen.", "Lang"),
        ("Weil warnte vor einem Scheitern.", "Weil"),
        ("Der Vorsitzende König lehnte ab.", "König"),
        ("Richter wies die Vorwürfe zurück.", "Richter"),
        ("Wie Richter mitteilte, ist niemand verletzt.", "Richter"),
        ("Ministerin Reiche reist ab.", "Reiche"),
        ("Groß zufolge ist das falsch.", "Groß"),
        ("Peter Richter schwieg.", "Richter"),
        ("Frei ist, wer nichts zu verlieren hat.", None),
        ("Frei und ungebunden wollte er leben.", None),
        ("König und Merz reisen ab.", "König"),
        ("Weil die Zeit drängt, wird heute abgestimmt.", None),
        ("Lang ist es her.", None),
        ("Lange sprach niemand.", None),
        ("Richter wiesen die Klage ab.", None),
        ("Der Richter sprach ihn frei.", None),
        ("Ein neuer König wurde gekrönt.", None),
        ("Er wurde zum König gewählt.", None),
        ("Sie arbeitet als Richter und schweigt.", None),
        ("Drei Richter stimmten dagegen.", None),
        ("Es geht um Richter und ihre Unabhängigkeit.", None),
        ("Große Reiche zerfallen.", None),
        ("Gestern kritisierte Frei das Gesetz.", "Frei"),
        ("Das kritisierte Reiche am Abend.", "Reiche"),
        ("Das traf die lange vernachlässigten Richter hart.", None),
        ("In der Freiheit liegt die Kraft.", None),
    ],
)
def test_where_a_surname_is_meant(german: str, meant: str | None, tagger: Tagger) -> None:
    found = surnames_of(german, NAMES, tagger)
    assert [german[slice(*word.span)] for word in found] == ([meant] if meant else [])
    for word in found:
        assert word.renderings == (german[slice(*word.span)].removesuffix("s"),)
        assert word.sure


def test_first_names_are_names() -> None:
    assert len(first_names()) > 1000
    assert all(name[0].isupper() and name.replace("-", "").isalpha() for name in first_names())


def test_more_of_the_names_is_better_even_if_a_little_less_likely() -> None:
    name = RareWord((0, 4), 0, ("Frei",), name=True, sure=True)
    assert better(("Free said so.", -0.5), ("Frei said so.", -0.7), [name])
    assert not better(("Free said so.", -0.5), ("Frei said so.", -0.9), [name])
    assert not better(("Frei said so.", -0.5), ("Free said so.", -0.1), [name])
    assert not better(("Free said 5.", -0.5), ("Frei said 6.", -0.3), [name]), "numbers must stay"


def test_the_model_is_told_the_names_of_the_text(translator: Translator) -> None:
    sentences = [
        "Bär lobte die Forscher.",
        "Lang warf der Union vor, die Menschen zu täuschen.",
        "Jung trat im Januar zurück.",
    ]
    names = frozenset({"Bär", "Lang", "Jung"})
    with_names = [t.english for _, t in translator.translate(sentences, surnames=names)]
    right = sum(name in english for name, english in zip(["Bär", "Lang", "Jung"], with_names, strict=True))
    assert right == len(sentences), with_names
    again = [t for _, t in translator.translate(["Lang ist es her.", *sentences], surnames=names)]
    assert "Lang" not in again[0].english.split()[1:], again[0].english
    assert [t.english for t in again[1:]] == with_names
    links = [link for link in again[1].links if link.source == (0, 3)]
    assert [again[1].english[slice(*link.target)] for link in links] == ["Bär"], "attention folds back"


@pytest.mark.parametrize(
    ("german", "english", "source", "target", "wanted"),
    [
        ("Richter wies das zurück.", "The judges rejected it.", "Richter", "judges", "Richter rejected it."),
        ("König ist 52.", "King is 52.", "König", "King", "König is 52."),
        ("Ein Plan von Frei liegt vor.", "A free plan is there.", "Frei", "free", "Frei plan is there."),
        ("Langs Plan fiel durch.", "The long plan failed.", "Langs", "long", "Lang’s plan failed."),
        ("Richter sprach.", "Richter spoke, the judge said.", "Richter", "judge", None),
        ("Lang zufolge steigt sie.", "As a result it rises.", "Lang", "As", None),
        ("Der Richter wies das zurück.", "The judge rejected it.", "Richter", "judge", None),
    ],
)
def test_a_name_takes_the_place_of_the_word_made_of_it(
    german: str, english: str, source: str, target: str, wanted: str | None, rare: RareWords
) -> None:
    own, other = german.index(source), english.index(target)
    links = [Link((own, own + len(source)), (other, other + len(target)), 0.9)]
    made, moved = edited(english, links, list(edits(german, english, links, NAMES, rare)))
    assert made == (wanted or english)
    if wanted:
        assert made[slice(*moved[0].target)].startswith(source.removesuffix("s"))
    doubtful = [Link(links[0].source, links[0].target, 0.3)]
    assert not list(edits(german, english, doubtful, NAMES, rare)), "an unsure link tells nothing"


def test_names_stand_where_the_model_does_not_obey(translator: Translator) -> None:
    sentences = ["König ist 52 Jahre alt und stammt aus Gera.", "Richter wies die Vorwürfe zurück."]
    english = [t.english for _, t in translator.translate(sentences, surnames=NAMES)]
    assert english[0].startswith("König is 52"), english
    assert english[1].startswith(("Richter rejected", "Richter dismissed")), english
