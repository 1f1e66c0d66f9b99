"""Other translations on demand: different, sound, and scored as the model itself scores them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.packages import PackageStore
from models.translation import TranslationOptions, Translator
from models.translation.alternatives import versions

GERMAN = "Der Ausschuss berät am Montag über den neuen Haushalt."
LONG = (
    "Die Regierung, die seit Monaten über den Haushalt streitet, hat am Montag, nachdem die Opposition ihre "
    "Zustimmung verweigert hatte, einen neuen Entwurf vorgelegt, der mehr Geld für Schulen vorsieht, "
) * 4 + "und das Parlament berät darüber."


@pytest.fixture(scope="module")
def translator(packages: Path) -> Translator:
    return Translator(PackageStore(packages).embedded())


def english(translator: Translator, german: str) -> str:
    [(_, made)] = translator.translate([german])
    return made.english


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def test_they_differ_in_words_and_come_best_first(translator: Translator) -> None:
    shown = english(translator, GERMAN)
    found = versions(translator, GERMAN, [shown])
    assert [one.english for one in found.given] == [shown]
    assert 2 <= len(found.others) <= 3
    assert len({words(one.english) for one in (*found.given, *found.others)}) == 1 + len(found.others)
    scores = [one.score for one in found.others if one.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert all(score < 0 for score in scores)
    assert versions(translator, GERMAN, [shown]) == found


def test_the_shown_english_has_the_score_that_it_was_made_with(packages: Path) -> None:
    # What was told to the model is likelier for it: it is left alone here.
    alone = Translator(PackageStore(packages).embedded(), TranslationOptions(rare_words=False))
    [(_, made)] = alone.translate([GERMAN])
    [shown] = versions(alone, GERMAN, [made.english]).given
    assert shown.score == pytest.approx(made.hypotheses[0].score, abs=0.01)


def test_a_text_that_fits_less_is_less_likely(translator: Translator) -> None:
    shown = english(translator, GERMAN)
    good, bad = versions(translator, GERMAN, [shown, "The cat sleeps under the old bridge."]).given
    assert good.score is not None
    assert bad.score is not None
    assert bad.score < good.score - 1


def test_what_is_given_is_not_offered_again_and_what_was_saved_may_be(translator: Translator) -> None:
    shown = english(translator, GERMAN)
    first = versions(translator, GERMAN, [shown]).others[0].english
    again = versions(translator, GERMAN, [shown, first.upper() + "!"])
    assert words(first) not in {words(one.english) for one in again.others}
    saved = versions(translator, GERMAN, [shown], saved=[first], count=1)
    assert len(saved.others) == 1


def test_a_sentence_translated_in_parts_has_alternatives_too(translator: Translator) -> None:
    shown = english(translator, LONG)
    found = versions(translator, LONG, [shown])
    assert found.others
    for one in found.others:
        assert words(one.english) != words(shown)
        # All parts are there, not only the one that was put in another way.
        assert len(one.english) > 0.6 * len(shown)


def test_signs_stay_and_nothing_is_made_of_figures(translator: Translator) -> None:
    german = "Der Minister traf 🙂 gestern die Presse."
    for one in versions(translator, german, [english(translator, german)]).others:
        assert "🙂" in one.english
    assert versions(translator, "1234", ["1234"]).others == ()
