"""Words with an everyday sense: the company they must be in, and how its weights are learnt."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from glossary import Hit, TermFinder
from glossary.company import Company, company, features
from glossary.company.learning import examples, learn, table
from tests.glossary.terms import glossary_of, term

POLITICAL = "Im Bundestag stritten Regierung und Abgeordnete über das Gesetz."
EVERYDAY = "Im Garten spielten Hunde und Katzen mit dem Ball."


def find(text: str, german: str, **columns: str) -> tuple[Hit, ...]:
    return TermFinder(glossary_of(term(german, id="t", **columns))).find(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Hunde", ("hund",)),
        ("Wäldern", ("waeld",)),
        ("und", ()),
        ("Die", ()),
        ("EU", ("eu",)),
        ("1949", ()),
        ("Bundesregierung", ("bundesregierung", "bundes-", "-ierung")),
    ],
)
def test_what_is_weighed_of_a_word(word: str, expected: tuple[str, ...]) -> None:
    assert features(word) == expected


def test_political_words_weigh_more_than_others() -> None:
    assert company().score(POLITICAL.split()) > 1
    assert company().score(EVERYDAY.split()) < -1
    assert company().score(["Xyzzy", "und", "12"]) == 0


def test_an_entry_with_the_rule_counts_only_in_company() -> None:
    for text, found in ((POLITICAL, True), (EVERYDAY, False)):
        assert bool(find(f"Die Flurte. {text}", "Flurte", match="company")) is found
        assert bool(find(f"Die Flurte. {text}", "Flurte", match="good-company")) is found
        assert find(f"Die Flurte. {text}", "Flurte")
    assert find("Die Flurte xyzzt.", "Flurte", match="company")
    assert not find("Die Flurte xyzzt.", "Flurte", match="good-company")


def test_another_term_is_company() -> None:
    unsure = term("Flurte", id="unsure", match="good-company")
    finder = TermFinder(glossary_of(unsure, term("Xyzza", id="sure")))
    assert {hit.term_id for hit in finder.find("Die Flurte der Xyzza.")} == {"unsure", "sure"}
    both_unsure = TermFinder(glossary_of(unsure, term("Xyzza", id="sure", match="good-company")))
    assert not both_unsure.find("Die Flurte der Xyzza.")


def test_rules_hold_for_abbreviations() -> None:
    columns = {"abbreviation": "FLT"}
    for rule, text, found in (
        ("not-right-after:#", "Das kostet 500 FLT.", False),
        ("not-right-after:#", "Das kostet die FLT Geld.", True),
        ("not-before:diagramm", "Ein FLT-Diagramm", False),
        ("not-before:diagramm", "Ein FLT-Vertrag", True),
        ("not-with:krone*", "Eine FLT ist eine Kronenwährung.", False),
        ("abbreviation-company", f"Die FLT. {EVERYDAY}", False),
        ("abbreviation-company", f"Die FLT. {POLITICAL}", True),
        ("abbreviation-company", f"Die Flurte. {EVERYDAY}", True),
    ):
        assert bool(find(text, "Flurte", match=rule, **columns)) is found, (rule, text)


def test_senses_of_shipped_abbreviations(finder: TermFinder) -> None:
    def ids(text: str) -> set[str]:
        return {hit.term_id for hit in finder.find(text)}

    assert "sek" in ids("Das SEK überwältigte den Geiselnehmer.")
    assert "sek" not in ids("Der Preis stieg auf 1.200 SEK.")
    assert "eeg" in ids("Die Bundesregierung will die Förderung nach dem EEG kürzen.")
    assert "eeg" not in ids("Der Arzt schrieb bei dem Patienten ein EEG und maß die Hirnströme im Schlaf.")
    assert not ids("Im KV-Diagramm fasst man die Felder der Schaltung zu Blöcken zusammen.")


def test_weights_are_learnt_from_plain_sentences(tmp_path: Path) -> None:
    chance = random.Random(1)
    glossary = glossary_of(term("Flurte", id="sure"), term("Xyzza", id="unsure", match="company"))
    political = ["Minister loben die neue Flurte heftig.", "Die Xyzza gefiel dem Minister gar nicht."]
    mixed = ["Kleine Hunde bellen heute besonders laut.", "Eine Flurte lobt der Minister mit Recht."]
    marked = list(examples(political, glossary, chance, political=True))
    assert [found for _, found in marked] == [True]
    assert "flurt" not in marked[0][0]
    marked += examples(mixed, glossary, chance, political=False)
    assert sorted(found for _, found in marked) == [False, True, True]
    weights = learn(marked * 20, chance)
    assert weights["minist"] > 0.5
    assert weights["bell"] < -0.5
    file = tmp_path / "weights.tsv"
    file.write_text("\n".join(table(weights)), encoding="utf-8")
    assert Company.read(file).score(["Minister"]) == pytest.approx(weights["minist"], abs=0.006)
