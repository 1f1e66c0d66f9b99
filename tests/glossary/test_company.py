"""Words with an everyday sense: the company they must be in, and how its weights are learnt."""

from __future__ import annotations

import lzma
import random
from pathlib import Path

import numpy as np
import pytest

from glossary import Hit, TermFinder
from glossary.company import Company, company, features
from glossary.company.examples import Example, examples
from glossary.company.learning import LEAST_SEEN, learn, lines_of_table, main
from glossary.company.regression import Table, by_vectors
from glossary.company.sources import MINUTES, PAIRS, Line, lines
from glossary.company.vectors import vectors
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
        assert bool(find(f"Die Flurte. {text}", "Flurte", match="loose-company")) is found
        assert find(f"Die Flurte. {text}", "Flurte")
    assert find("Die Flurte xyzzt.", "Flurte", match="company")
    assert not find("Die Flurte xyzzt.", "Flurte", match="good-company")
    # What speaks a little against passes over the one and not the other.
    little = "Die Flurte im Garten."
    assert -1.0 < company().score(["Garten"]) < -0.3
    assert not find(little, "Flurte", match="company")
    assert find(little, "Flurte", match="loose-company")


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


def test_what_plain_sentences_tell() -> None:
    glossary = glossary_of(term("Flurte", id="sure"), term("Xyzza", id="unsure", match="loose-company"))
    texts = [
        Line("Minister loben die neue Flurte heftig.", 0.5),
        Line("Die Xyzza gefiel dem Minister gar nicht."),
        Line("Die Xyzza spielt im Garten mit kleinen Hunden."),
        Line("Kleine Hunde bellen heute besonders laut."),
        Line("Eine Flurte."),
    ]
    # Of an unsure word nobody knows the sense, whatever the weights say; and two words are no company.
    with_term, without = examples(texts, glossary)
    assert (with_term.term, with_term.weight) == (True, 0.5)
    assert "minist" in with_term.features
    assert "flurt" not in with_term.features
    assert not without.term
    assert "bell" in without.features
    assert "hund" not in without.features or "klein" not in without.features
    assert list(examples(texts, glossary)) == [with_term, without]


def marked(*sentences: tuple[str, bool]) -> list[Example]:
    return [Example(tuple(sorted(text.split())), answer) for text, answer in sentences]


def test_weights_are_learnt(tmp_path: Path) -> None:
    sentences = marked(("minist lobt heut", True), ("hund bellt heut", False)) * 40
    weights = learn(sentences)
    assert weights["minist"] > 0.5
    assert weights["bellt"] < -0.5
    assert abs(weights["heut"]) < 0.2
    assert learn(sentences) == weights
    file = tmp_path / "weights.tsv"
    file.write_text("\n".join(lines_of_table(weights)), encoding="utf-8")
    assert Company.read(file).score(["minist"]) == pytest.approx(weights["minist"], abs=0.006)
    with pytest.raises(ValueError, match="are needed"):
        learn(marked(("minist lobt heut", True)) * 40)


def test_a_rare_word_gets_the_weight_of_the_words_it_stands_with() -> None:
    chance = random.Random(1)
    state, home = [f"state{n}" for n in range(12)], [f"home{n}" for n in range(12)]
    sentences = [
        (" ".join(chance.sample(words, 4)), answer) for words, answer in ((state, True), (home, False)) * 300
    ]
    # Their own few sentences do not tell, half of them have a term; only the words beside them do.
    sentences += [("rare " + " ".join(chance.sample(state, 3)), n % 2 == 0) for n in range(LEAST_SEEN)]
    sentences += [("seldom " + " ".join(chance.sample(home, 3)), n % 2 == 0) for n in range(LEAST_SEEN)]
    table = Table([text.split() for text, _ in sentences], LEAST_SEEN)
    answers = np.array([answer for _, answer in sentences], dtype=np.float64)
    weights = by_vectors(table, answers, np.ones(len(sentences)), vectors(table, dimensions=2))
    by_name = dict(zip(table.names, weights.tolist(), strict=True))
    assert by_name["rare"] > 0.1
    assert by_name["seldom"] < -0.1


def corpus(folder: Path, news: int) -> Path:
    """A folder laid out as the shared training text, with made-up sentences."""
    for name in ("corpus", "mono"):
        (folder / name).mkdir(parents=True)
    rows = [
        f"news\tnewstest\tDer Bundestag stritt am Abend über Zahl {n} der Regierung.\tx" for n in range(news)
    ]
    rows += [f"news\tnewstest\tIm Garten spielten kleine Hunde mit Ball {n}.\tx" for n in range(news)]
    rows += [f"technical\tdocs\tWählen Sie im Menü den Punkt {n} aus.\tx" for n in range(1000)]
    with lzma.open(folder / PAIRS[0], "wt", encoding="utf-8") as file:
        file.write("\n".join(rows))
    (folder / PAIRS[1]).write_text(
        "written\town\tDer Minister schwieg gestern beharrlich.\tx\n", encoding="utf-8"
    )
    with lzma.open(folder / MINUTES, "wt", encoding="utf-8") as file:
        file.write("\n".join(f"Ich rufe Punkt {n} auf. Die Sitzung ist eröffnet." for n in range(300)))
    return folder


def test_which_sentences_are_read(tmp_path: Path) -> None:
    found = list(lines(corpus(tmp_path / "texts", news=50)))
    assert found == list(lines(tmp_path / "texts"))
    texts = [line.text for line in found]
    assert sum("Garten" in text or "Bundestag" in text for text in texts) == 100
    assert 10 < sum("Menü" in text for text in texts) < 70
    assert "Der Minister schwieg gestern beharrlich." in texts
    minutes = [line for line in found if line.text == "Die Sitzung ist eröffnet."]
    assert 50 < len(minutes) < 130
    assert {line.weight for line in minutes} == {0.2}
    with pytest.raises(FileNotFoundError):
        list(lines(tmp_path))


def test_the_command_writes_the_same_weights_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["learning", str(corpus(tmp_path / "texts", news=60))])
    written = []
    for _ in range(2):
        main()
        written.append(capsys.readouterr().out)
    assert written[0] == written[1]
    file = tmp_path / "weights.tsv"
    file.write_text(written[0], encoding="utf-8")
    made = Company.read(file)
    assert made.score(["Regierung"]) > 0 > made.score(["Hunde"])
    monkeypatch.setattr("sys.argv", ["learning"])
    with pytest.raises(SystemExit, match="FOLDER"):
        main()
