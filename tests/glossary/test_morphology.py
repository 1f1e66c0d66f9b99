from __future__ import annotations

import pytest

from glossary import Glossary
from glossary.morphology import forms_of
from glossary.morphology.adjectives import positive_and_compared
from glossary.morphology.nouns import dative_plural, feminine_forms, noun_forms
from glossary.morphology.verbs import verb_forms
from glossary.spelling import fold
from tests.glossary.terms import term


@pytest.mark.parametrize(
    ("word", "gender", "genitives", "plurals", "inflection", "expected"),
    [
        ("Land", "n", "Landes", "Länder", "", "Land Landes Lands Länder Ländern"),
        ("Präsident", "m", "Präsidenten", "Präsidenten", "weak", "Präsident Präsidenten"),
        ("Wahl", "f", "", "Wahlen", "", "Wahl Wahlen"),
        ("Partei", "f", "", "Parteien", "", "Partei Parteien"),
        ("Auto", "n", "Autos", "Autos", "", "Auto Autos"),
        ("Bündnis", "n", "Bündnisses", "Bündnisse", "", "Bündnis Bündnisses Bündnisse Bündnissen"),
        ("Mittel", "n", "Mittels", "Mittel", "", "Mittel Mittels Mitteln"),
        (
            "Abgeordnete",
            "mf",
            "Abgeordneten",
            "Abgeordneten",
            "adjectival",
            "Abgeordnete Abgeordneter Abgeordneten Abgeordnetem",
        ),
        ("Äußere", "n", "Äußeren", "", "adjectival", "Äußere Äußeres Äußeren Äußerem"),
        ("Hartz", "n", "Hartz", "", "invariable", "Hartz"),
    ],
)
def test_nouns(word: str, gender: str, genitives: str, plurals: str, inflection: str, expected: str) -> None:
    made = noun_forms(word, gender, tuple(genitives.split()), tuple(plurals.split()), inflection)
    assert made.plain == frozenset(expected.split())


def test_the_old_dative_is_kept_apart() -> None:
    assert noun_forms("Staat", "m", ("Staates",), ("Staaten",)).dative_e == {"Staate"}
    assert noun_forms("Kanzler", "m", ("Kanzlers",), ("Kanzler",)).dative_e == frozenset()


@pytest.mark.parametrize(
    ("plural", "dative"), [("Länder", "Ländern"), ("Autos", "Autos"), ("Wahlen", "Wahlen"), ("Räte", "Räten")]
)
def test_dative_plural(plural: str, dative: str) -> None:
    assert dative_plural(plural) == dative


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Kanzler", "Kanzlerin Kanzlerinnen"),
        ("Landrat", "Landrätin Landrätinnen"),
        ("Kollege", "Kollegin Kolleginnen"),
        ("Anwalt", "Anwältin Anwältinnen"),
        ("Förderer", "Förderin Förderinnen"),
        ("Landeshauptmann", "Landeshauptfrau Landeshauptfrauen Landeshauptleute Landeshauptleuten"),
        ("Vertrag", ""),
    ],
)
def test_feminine_forms(word: str, forms: str) -> None:
    assert feminine_forms(word) == set(forms.split())


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [
        ("stark", "stark starke starker starken starkes starkem stärker stärkere stärkste stärksten"),
        ("hoch", "hoch hohe hohem höher höhere höchste höchsten"),
        ("dunkel", "dunkel dunkle dunklen dunkler"),
        ("teuer", "teuer teure teuren"),
        ("groß", "groß große größer größte größten"),
        ("verfassungswidrig", "verfassungswidrig verfassungswidrige verfassungswidrigste"),
    ],
)
def test_adjectives(adjective: str, forms: str) -> None:
    assert set(forms.split()) <= positive_and_compared(adjective)


@pytest.mark.parametrize(
    ("german", "parts", "finite", "joined"),
    [
        (
            "durchsetzen",
            ("setzt durch", "setzte durch", "durchgesetzt"),
            "setze setzt setzen setzte setzten setzest",
            "durchsetzen durchzusetzen durchsetzt durchsetzte durchgesetzt durchgesetzten durchsetzende",
        ),
        (
            "zurücktreten",
            ("tritt zurück", "trat zurück", "zurückgetreten"),
            "tritt trittst trete treten trat trats traten träte träten tritt".replace("trats ", "tratst "),
            "zurückzutreten zurücktritt zurücktrat zurückgetreten zurückgetretener",
        ),
        (
            "einbringen",
            ("bringt ein", "brachte ein", "eingebracht"),
            "bringt brachte brächte brächten bringe",
            "einzubringen einbringt eingebrachten einbrächte",
        ),
        ("beschließen", ("beschließt", "beschloss", "beschlossen"), "beschließt beschlösse", "beschlossene"),
        ("reden", ("redet", "redete", "geredet"), "rede redet redest redete redeten", "geredet"),
        ("abregeln", ("regelt ab", "regelte ab", "abgeregelt"), "regle regelt regeln regelte", "abzuregeln"),
    ],
)
def test_verbs(german: str, parts: tuple[str, ...], finite: str, joined: str) -> None:
    forms = verb_forms(german, parts)
    assert set(finite.split()) <= forms.finite
    assert set(joined.split()) <= forms.joined


def test_verb_phrases_and_reflexives() -> None:
    forms = verb_forms("in Kraft treten", ("tritt in Kraft", "trat in Kraft", "in Kraft getreten"))
    assert (forms.complement, forms.particle) == (("in", "Kraft"), "")
    forms = verb_forms(
        "den Rotstift ansetzen", ("setzt den Rotstift an", "setzte den Rotstift an", "angesetzt")
    )
    assert (forms.complement, forms.particle) == (("den", "Rotstift"), "an")
    forms = verb_forms("sich enthalten", ("enthält sich", "enthielt sich", "sich enthalten"))
    assert forms.reflexive
    assert not forms.complement
    assert not {"enthaltene", "enthaltenen"} & forms.joined


def test_a_verb_without_principal_parts_is_regular() -> None:
    forms = verb_forms("aufrüsten", ())
    assert forms.particle == "auf"
    assert {"rüstet", "rüstete"} <= forms.finite
    assert {"aufgerüstet", "aufzurüsten"} <= forms.joined


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"german": "Europäische Rat", "gender": "m", "genitive": "Europäischen Rates"}, "Europäischer Rat"),
        ({"german": "Europäische Rat", "gender": "m", "genitive": "Europäischen Rates"}, "Europäischem Rat"),
        ({"german": "Europäische Kommission"}, "Europäischer Kommission"),
        (
            {"german": "freiheitliche demokratische Grundordnung"},
            "freiheitlicher demokratischer Grundordnung",
        ),
        (
            {"german": "Schloss Bellevue", "gender": "n", "genitive": "Schlosses Bellevue"},
            "Schlosses Bellevue",
        ),
        (
            {"german": "Vertrag von Lissabon", "gender": "m", "genitive": "Vertrags von Lissabon"},
            "Vertrags von Lissabon",
        ),
        ({"german": "Kleine und mittlere Unternehmen", "gender": "pl"}, "Kleinen und mittleren Unternehmen"),
        ({"german": "Klima- und Transformationsfonds", "gender": "m"}, "Klima- und Transformationsfonds"),
    ],
)
def test_noun_phrases(columns: dict[str, str], text: str) -> None:
    keys = [fold(word) for word in text.split()]
    assert any(
        len(pattern.slots) == len(keys)
        and all(key in slot.keys for key, slot in zip(keys, pattern.slots, strict=True))
        for pattern in forms_of(term(**columns)).patterns
    )


def test_names_of_towns_do_not_inflect() -> None:
    columns = {"gender": "m", "genitive": "Wiener Kongresses"}
    keys = forms_of(term("Wiener Kongress", **columns)).patterns[0].slots[0].keys
    assert keys == {"wiener"}


def test_every_shipped_term_has_its_dictionary_form(glossary: Glossary) -> None:
    for each in glossary.terms:
        forms = forms_of(each)
        assert forms.patterns, each.id
        assert all(slot.keys and all(slot.keys) for pattern in forms.patterns for slot in pattern.slots), (
            each.id
        )
