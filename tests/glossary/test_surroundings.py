"""What the text around a sentence tells: whose Bundesrat is meant, and in which sense a word."""

from __future__ import annotations

from collections import Counter

import pytest

from glossary import Hit, TermFinder
from glossary.countries import TextCountry, country_at_home, country_of_sentence
from glossary.index import build_index
from glossary.sentence import sentence
from glossary.surroundings import ALONE, Surroundings
from glossary.terms import Glossary
from tests.glossary.terms import glossary_of, term

POLITICAL = "Der Bundestag stritt über das Gesetz der Regierung."
EVERYDAY = "Im Garten spielten Hunde und Katzen mit dem Ball."


def ids(finder: TermFinder, sentences: list[str], place: int) -> set[str]:
    """The terms found in one sentence of a text of one paragraph."""
    around = finder.surroundings([sentences])[place]
    return {hit.term_id for hit in finder.find(sentences[place], around=around)}


# ---- country


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("Der Ständerat tagt.", "bundesrat-ch"),
        ("Die Kantone wehren sich.", "bundesrat-ch"),
        ("Es heisst, die Massnahme sei gemäss Gesetz ausserordentlich gross.", "bundesrat-ch"),
        ("Es heißt, die Maßnahme sei gemäß Gesetz außerordentlich groß.", "bundesrat-de"),
        ("Die ÖVP tagt.", "bundesrat-at"),
        ("Der Landeshauptmann tobt.", "bundesrat-at"),
        ("Der Bundestag tagt.", "bundesrat-de"),
        ("Man wartet.", "bundesrat-de"),
        # As much of one as of the other: unclear.
        ("Die ÖVP spricht mit der CDU.", "bundesrat-de"),
    ],
)
def test_the_text_tells_whose_bundesrat_is_meant(finder: TermFinder, before: str, wanted: str) -> None:
    assert wanted in ids(finder, [before, "Der Bundesrat lehnt das ab."], 1)


@pytest.mark.parametrize(
    ("here", "wanted"),
    [
        ("Der Bundesrat lehnt das ab.", "bundesrat-ch"),
        # Foreign places and people are named at home ...
        ("Der Bundesrat verhandelt mit Deutschland.", "bundesrat-ch"),
        ("Der Bundesrat empfängt Merz.", "bundesrat-ch"),
        # ... but not like this.
        ("Der deutsche Bundesrat lehnt das ab.", "bundesrat-de"),
        ("Der Bundesrat Österreichs lehnt das ab.", "bundesrat-at"),
        ("In Wien lehnt der Bundesrat das ab.", "bundesrat-at"),
        ("Bundestag und Bundesrat lehnen das ab.", "bundesrat-de"),
    ],
)
def test_a_sentence_of_a_swiss_text_may_be_about_another_country(
    finder: TermFinder, here: str, wanted: str
) -> None:
    text = ["Der Ständerat tagt in Bern.", here, "Die Kantone sind dafür, das Stimmvolk auch."]
    assert wanted in ids(finder, text, 1)


def test_the_country_that_is_asked_for_goes_before_all(finder: TermFinder) -> None:
    swiss = Surroundings("CH")
    (hit,) = finder.find("Der Bundesrat tagt.", "AT", swiss)
    assert hit.term_id == "bundesrat-at"
    (hit,) = finder.find("Der Bundesrat tagt.", around=swiss)
    assert hit.term_id == "bundesrat-ch"


def test_parts_of_compounds_that_are_terms_of_one_country_only(finder: TermFinder) -> None:
    text = ["Die Nationalbank und der Ständerat tagen in Bern.", "Die Herbstsession beginnt."]
    assert "session-ch" in ids(finder, text, 1)
    assert "session-ch" not in ids(finder, text[1:], 0)


def test_a_text_about_several_countries_is_told_by_its_paragraphs(finder: TermFinder) -> None:
    paragraphs = [
        ["Der Bundestag und die Bundeswehr warten.", "Der Bundesrat auch."],
        ["Die ÖVP und die FPÖ warten.", "Der Bundesrat auch."],
        ["Der Ständerat und die Kantone warten.", "Der Bundesrat auch."],
        ["Der Bundesrat auch."],
    ]
    found = finder.surroundings(paragraphs)
    assert [each.country for each in found] == ["DE", "DE", "AT", "AT", "CH", "CH", None]


def test_a_name_in_passing_does_not_make_a_long_text_foreign(finder: TermFinder) -> None:
    rest = ["Niemand weiß, wie es weitergeht, und alle warten auf den nächsten Tag."] * 40
    assert {each.country for each in finder.surroundings([["In Wien war es ähnlich.", *rest]])} == {None}
    assert {each.country for each in finder.surroundings([["In Wien war es ähnlich.", rest[0]]])} == {"AT"}


def test_the_glossarys_own_entries_tell(glossary: Glossary) -> None:
    made = TextCountry(build_index(glossary_of(term("Xyzzrat", id="x", country="AT"))))
    assert made.of(Counter(["Der", "Xyzzrat"]), "") == "AT"
    assert made.of(Counter(["der", "xyzzrat"]), "") is None
    # Two countries' word, or one with another sense, tells nothing.
    both = term("Xyzzrat", id="x", country="AT"), term("Xyzzrat", id="y", country="CH")
    assert TextCountry(build_index(glossary_of(*both))).of(Counter(["Xyzzrat"]), "") is None
    unsure = term("Xyzzrat", id="x", country="AT", match="company")
    assert TextCountry(build_index(glossary_of(unsure))).of(Counter(["Xyzzrat"]), "") is None


def test_signs_in_a_sentence() -> None:
    here = sentence("Der Bundesrat reist nach Wien.")
    assert country_of_sentence(here) == "AT"
    assert country_at_home(here, 1, 1) is None
    assert country_at_home(sentence("Der Wiener Bundesrat reist."), 2, 2) == "AT"


def test_most_examples_of_one_countrys_entries_do_not_speak_of_another(
    finder: TermFinder, glossary: Glossary
) -> None:
    told: Counter[str] = Counter()
    for each in glossary.terms:
        if each.countries in (("AT",), ("CH",), ("DE",)):
            (around,) = finder.surroundings([[each.example_de]])
            if around.country:
                told["right" if around.country in each.countries else "wrong"] += 1
    assert told["right"] > 150
    assert told["wrong"] < told["right"] / 20, told


# ---- company


def one(sentences: list[str], place: int, **columns: str) -> tuple[Hit, ...]:
    """What is found in one sentence of a text of a term with a rule on company."""
    finder = TermFinder(glossary_of(term("Flurte", id="t", **columns)))
    around = finder.surroundings([sentences])[place]
    return finder.find(sentences[place], around=around)


@pytest.mark.parametrize("rule", ["company", "good-company", "loose-company"])
def test_the_sentences_around_are_company(rule: str) -> None:
    here = "Die Flurte xyzzt."
    assert one([POLITICAL, here, POLITICAL], 1, match=rule)
    assert not one([EVERYDAY, here, EVERYDAY], 1, match=rule)
    assert bool(one([here], 0, match=rule)) is (rule != "good-company")


def test_a_sentence_that_speaks_for_itself_is_believed() -> None:
    clear = "Die Flurte der Regierung stritt im Bundestag mit den Abgeordneten über das Gesetz."
    assert one([EVERYDAY] * 5 + [clear] + [EVERYDAY] * 5, 5, match="company")


def test_near_sentences_count_more_than_far_ones(finder: TermFinder) -> None:
    near = finder.surroundings([["Man wartet.", POLITICAL, "Man wartet.", "Man wartet.", EVERYDAY]])
    assert near[0].company > near[3].company
    parted = finder.surroundings([["Man wartet."], [POLITICAL]])
    joined = finder.surroundings([["Man wartet.", POLITICAL]])
    assert joined[0].company >= parted[0].company > 0


def test_a_word_in_question_is_no_company_for_itself() -> None:
    finder = TermFinder(glossary_of(term("Antrag", id="t", plural="Anträge", match="company")))
    lone = ["Der Antrag kam.", "Ein Antrag, noch ein Antrag!"]
    assert finder.surroundings([lone])[0].company == 0


def test_nothing_and_one_sentence_and_empty_ones(finder: TermFinder) -> None:
    assert finder.surroundings([]) == ()
    assert finder.surroundings([[], ["Man wartet."], []]) == (ALONE,)
    assert finder.surroundings([["", " … "]]) == (ALONE, ALONE)


def test_which_entries_need_their_text(finder: TermFinder) -> None:
    assert {"bundesrat-de", "bundesrat-ch", "antrag", "karlsruhe", "session-ch"} <= finder.needing_text
    assert not {"bundestag", "bundesverfassungsgericht"} & finder.needing_text


# ---- the article


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das Flurt tagt.", True),
        ("Der Flurt tagt.", False),
        ("Einen trockenen Flurt trinkt man kalt.", False),
        ("Den kleinen grünen Flurt trinkt man kalt.", True),
        ("Im neuen Flurt wird gestritten.", True),
        ("Flurt streitet.", True),
        ("Ein Mann, der Flurt und Partei kennt, warnt.", True),
        ("Wer der neuen Flurt und Partei vorsteht, warnt.", True),
        ("Seine Frau und alle Flurt streiten.", True),
    ],
)
def test_the_article_has_the_gender(text: str, found: bool) -> None:
    columns = {"gender": "n", "genitive": "Flurts", "plural": "Flurte", "match": "company"}
    assert bool(TermFinder(glossary_of(term("Flurt", id="t", **columns))).find(text)) is found


def test_the_article_does_not_matter_where_there_is_no_other_sense(finder: TermFinder) -> None:
    columns = {"gender": "n", "genitive": "Flurts", "plural": "Flurte"}
    assert TermFinder(glossary_of(term("Flurt", id="t", **columns))).find("Der Flurt tagt.")
    assert "kabinett" in {hit.term_id for hit in finder.find("Das Kabinett tagt.")}
    assert not finder.find("Der Kabinett schmeckt.")
