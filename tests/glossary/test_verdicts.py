from __future__ import annotations

from dataclasses import dataclass

import pytest

from glossary import Glossary, Hit, TermFinder, Verdict, judge, judge_all
from glossary.english import forms_of_word, key_of
from glossary.equivalents import occurrences
from tests.glossary.terms import glossary_of, term


@dataclass(frozen=True)
class Link:
    source: tuple[int, int]
    target: tuple[int, int]
    weight: float = 1.0


def link(german: str, english: str, *pairs: tuple[str, str]) -> list[Link]:
    """Links between words, each given by its (first) place in the texts."""
    return [
        Link(
            (german.index(source), german.index(source) + len(source)),
            (english.index(target), english.index(target) + len(target)),
        )
        for source, target in pairs
    ]


def verdict(
    english_term: str, text: str, variants: str = "", pos: str = "noun", links: list[Link] | None = None
) -> tuple[str, list[str]]:
    each = term("Wort", english=english_term, variants=variants, pos=pos)
    given = judge(each, Hit(each.id, ((4, 8),), "exact", "Wort", None), text, links or [])
    return given.kind, [text[start:end] for start, end in given.spans]


@pytest.mark.parametrize(
    ("preferred", "text", "kind", "spans"),
    [
        ("parliamentary group", "The Parliamentary Group met.", "exact", ["Parliamentary Group"]),
        ("parliamentary group", "Two parliamentary groups met.", "form", ["parliamentary groups"]),
        ("member of parliament", "All members of parliament left.", "form", ["members of parliament"]),
        ("minister", "The minister's plan", "form", ["minister"]),
        ("minister", "The ministers’ plan", "form", ["ministers"]),
        ("ceasefire", "a cease-fire", "form", ["cease-fire"]),
        ("ceasefire", "two cease fires", "form", ["cease fires"]),
        ("no-fly zone", "no fly zones", "form", ["no fly zones"]),
        ("by-election", "a byelection", "form", ["byelection"]),
        ("privatisation", "the privatization", "form", ["privatization"]),
        ("defence ministry", "the Defense Ministry", "form", ["Defense Ministry"]),
        ("labour party", "the Labor Party", "form", ["Labor Party"]),
        ("crisis", "many crises", "form", ["crises"]),
        ("bring in", "They brought the bill in.", "form", ["brought", "in"]),
        ("withdraw", "She withdrew.", "form", ["withdrew"]),
        ("veto", "Hungary vetoed it.", "form", ["vetoed"]),
        ("swear in", "He was sworn in.", "form", ["sworn in"]),
        ("head of government", "heads of state and government", "form", ["heads of", "government"]),
        ("EU", "The EU agreed.", "exact", ["EU"]),
        ("US", "They told us.", "missing", []),
        ("the Left", "the Left voted", "exact", ["Left"]),
        ("basic law", "The law is basic.", "missing", []),
        ("coalition agreement", "The coalition. Agreement came late.", "missing", []),
    ],
)
def test_the_preferred_equivalent(preferred: str, text: str, kind: str, spans: list[str]) -> None:
    pos = "verb" if preferred in ("bring in", "withdraw", "veto", "swear in") else "noun"
    assert verdict(preferred, text, pos=pos) == (kind, spans)


def test_variants_and_other_words() -> None:
    variants = "German government | government"
    assert verdict("Federal Government", "The government failed.", variants) == ("variant", ["government"])
    assert verdict("Federal Government", "Governments fail.", variants) == ("variant", ["Governments"])
    text = "The cabinet failed."
    links = [Link((4, 8), (4, 11), 0.8)]
    assert verdict("Federal Government", text, variants, links=links) == ("other", ["cabinet"])
    assert verdict("Federal Government", text, variants) == ("missing", [])
    links = [Link((4, 8), (0, 3), 0.8)]
    assert verdict("Federal Government", text, variants, links=links) == ("missing", [])


def test_other_words_are_the_well_linked_ones() -> None:
    text = "The chamber of the states agreed at once."
    links = [Link((4, 8), (4, 11), 0.9), Link((4, 8), (12, 14), 0.5), Link((4, 8), (15, 18), 0.5)]
    links += [Link((4, 8), (19, 25), 0.8), Link((4, 8), (26, 32), 0.2)]
    assert verdict("Bundesrat", text, links=links) == ("other", ["chamber of the states"])


def test_links_choose_between_places() -> None:
    text = "The minister met the minister."
    second = [Link((4, 8), (21, 29), 0.9)]
    each = term("Wort", english="minister")
    hit = Hit(each.id, ((4, 8),), "exact", "Wort", None)
    assert judge(each, hit, text, second).spans == ((21, 29),)
    assert judge(each, hit, text, []).spans == ((4, 12),)


def test_two_hits_claim_different_words(finder: TermFinder, glossary: Glossary) -> None:
    german = "Der Minister traf den Minister."
    english = "The minister met the minister."
    found = finder.find(german)
    spans = [each.spans for each in judge_all(found, glossary, english)]
    assert sorted(spans) == [((4, 12),), ((21, 29),)]
    crossed = [Link((4, 12), (21, 29)), Link((22, 30), (4, 12))]
    assert [each.spans for each in judge_all(found, glossary, english, crossed)] == [((21, 29),), ((4, 12),)]


def test_the_second_minister_is_missing_if_there_is_only_one(finder: TermFinder, glossary: Glossary) -> None:
    found = finder.find("Der Minister traf den Minister.")
    kinds = sorted(each.kind for each in judge_all(found, glossary, "The minister met his colleague."))
    assert kinds == ["exact", "missing"]


def test_a_nested_hit_may_share_its_parents_words() -> None:
    outer = term("Haushaltsausschuss", id="outer", gender="m", english="Budget Committee")
    inner = term("Ausschuss", id="inner", gender="m", english="committee")
    both = glossary_of(outer, inner)
    found = TermFinder(both).find("Der Haushaltsausschuss traf keinen anderen Ausschuss.")
    text = "The committee met the Budget Committee."
    verdicts = dict(zip((hit.spans for hit in found), judge_all(found, both, text), strict=True))
    words = {spans: [text[a:b] for a, b in each.spans] for spans, each in verdicts.items()}
    assert list(words.values()) == [["Budget Committee"], ["Committee"], ["committee"]]


def test_an_ellipsis_in_both_languages(finder: TermFinder, glossary: Glossary) -> None:
    text = "The federal and state governments disagree."
    found = finder.find("Die Bundes- und Landesregierungen sind sich uneins.")
    outermost = [hit for hit in found if hit.parent is None]
    given = judge_all(found, glossary, text)
    kinds = [given[found.index(hit)].kind for hit in outermost]
    assert kinds == ["form", "form"]


def test_no_hits_no_verdicts(glossary: Glossary) -> None:
    assert judge_all((), glossary, "Nothing.") == ()


@pytest.mark.parametrize("english", ["", " ", "…", "'s", "-" * 50])
def test_odd_translations(english: str) -> None:
    assert verdict("minister", english) == ("missing", [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organise", "organize"),
        ("defence", "defense"),
        ("centre", "center"),
        ("programme", "program"),
        ("labelled", "labeled"),
        ("judgement", "judgment"),
        ("dialogue", "dialog"),
    ],
)
def test_spellings(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("party", "parties"),
        ("take", "takes took taken taking"),
        ("abstain", "abstained abstaining abstains"),
        ("ban", "banned banning bans"),
        ("spokesman", "spokesmen"),
        ("referendum", "referendums referenda"),
        ("early", "earlier earliest"),
        ("constitutional", "constitutionally"),
        ("MP", "mps"),
        ("of", "of"),
    ],
)
def test_forms(word: str, forms: str) -> None:
    assert {key_of(form) for form in forms.split()} <= forms_of_word(word)


def test_the_examples_of_the_shipped_entries(glossary: Glossary, finder: TermFinder) -> None:
    """In its own example every entry is found and rendered rightly."""
    wrong = []
    for each in glossary.terms:
        found = finder.find(each.example_de, each.countries[0])
        verdicts = judge_all(found, glossary, each.example_en)
        mine = [given.kind for hit, given in zip(found, verdicts, strict=True) if hit.term_id == each.id]
        if not mine or mine[0] in ("other", "missing"):
            wrong.append(each.id)
    assert len(wrong) <= len(glossary.terms) // 200, wrong


def test_spans_are_inside_the_text(glossary: Glossary) -> None:
    for each in glossary.terms:
        for found in occurrences(each, each.example_en):
            for start, end in found.spans:
                assert 0 <= start < end <= len(each.example_en)
                assert Verdict(found.kind, found.spans).spans == found.spans
