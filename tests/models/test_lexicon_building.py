"""A small lexicon built from a corpus of a few sentences, and the shipped one."""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from models.lexicon import SHIPPED, Lexicon, LexiconError
from models.lexicon.building.builder import Builder
from models.lexicon.building.corpus import read_pairs
from models.lexicon.building.counting import evidence_of
from models.lexicon.building.english import EnglishForms
from models.lexicon.building.translations import association, likeness

ROWS = [
    # tier, name, German, English, links
    ("written", "written_x", "Der Ausschuss lehnt den Haushalt ab.", "The committee rejects the budget.",
     "0-0 1-1 2-2 3-3 4-4 5-2 6-5"),
    ("politics", "secret", "Der Haushalt ist der Haushalt der Regierung.",
     "The budget is the budget of the government.",
     "0-0 1-1 2-2 3-3 4-4 5-6 6-7 7-8"),
    ("politics", "secret", "Der Haushaltsausschuss lehnt das ab.", "The budget committee rejects that.",
     "0-0 1-2 1-1 2-3 3-4 4-3 5-5"),
    ("politics", "secret", "Wir wollen das ablehnen.", "We want to reject that.", "0-0 1-1 2-4 3-3 4-5"),
]  # fmt: skip


def corpus(folder: Path, times: int = 5) -> tuple[Path, Path]:
    rows = [row for row in ROWS for _ in range(times)]
    table = folder / "train.tsv"
    skipped = "general\tnone\tNur hier.\tOnly here.\n"
    table.write_text(skipped + "".join("\t".join(row[:4]) + "\n" for row in rows), encoding="utf-8")
    for name, column in (("words.de", 2), ("words.en", 3)):
        lines = [" ".join(re.findall(r"\w+|[^\w\s]", row[column].lower())) + "\n" for row in rows]
        (folder / name).write_text("".join(lines), encoding="utf-8")
    for name in ("forward", "reverse"):
        lines = []
        for row in rows:
            links = row[4].split()
            side = 1 if name == "forward" else 0  # each English word has one link there; here each German one
            links = list({link.split("-")[side]: link for link in reversed(links)}.values())
            lines.append(" ".join(links) + "\n")
        (folder / name).write_text("".join(lines), encoding="utf-8")
    return table, folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lexicon")
    table, alignments = corpus(folder)
    for name in ("one.sqlite3", "two.sqlite3"):
        builder = Builder(lambda _: None)
        builder.count(table, [])
        builder.analyse(None)
        builder.link(table, alignments)
        builder.write(folder / name)
    return folder


def test_pairs_are_matched_to_their_alignments(tmp_path: Path) -> None:
    table, alignments = corpus(tmp_path, times=1)
    pairs = list(read_pairs(table, alignments))
    assert [pair.german for pair in pairs] == [row[2] for row in ROWS]
    assert (1, 1) in pairs[2].wide
    assert (1, 2) in pairs[2].links


def test_foreign_alignments_are_refused(tmp_path: Path) -> None:
    table, alignments = corpus(tmp_path)
    (alignments / "words.de").write_text("etwas anderes\n", encoding="utf-8")
    with pytest.raises(ValueError, match="does not belong"):
        list(read_pairs(table, alignments))


def test_two_builds_give_the_same_bytes(small: Path) -> None:
    assert (small / "one.sqlite3").read_bytes() == (small / "two.sqlite3").read_bytes()


def test_compound_and_separable_verb_have_their_translations(small: Path) -> None:
    lexicon = Lexicon(small / "one.sqlite3")
    committee = lexicon.look_up("Haushaltsausschuss")
    assert committee is not None
    assert [r.english for r in committee.translations] == ["budget committee"]
    verb = lexicon.look_up("ablehnen")
    assert verb is not None
    assert verb.translations[0].english == "reject"
    assert verb.count == 15
    assert lexicon.look_up("Nirgendwo") is None


def test_examples_come_from_free_sources_only(small: Path) -> None:
    lexicon = Lexicon(small / "one.sqlite3")
    entry = lexicon.look_up("ablehnen")
    assert entry is not None
    assert {example.source for example in entry.examples} == {"Seitenblick"}
    government = lexicon.look_up("Regierung")
    assert government is None or government.examples == ()


def test_a_missing_or_broken_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="missing"):
        Lexicon(tmp_path / "none.sqlite3").look_up("Rat")
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database" * 100)
    with pytest.raises(LexiconError, match="cannot be read"):
        Lexicon(broken).look_up("Rat")


def test_evidence_of_gender() -> None:
    before = (("der", ""), ("neues", "ein"), ("Kanzler", "der"), ("einer", ""))
    assert [evidence_of(*words) for words in before] == [
        "der",
        "ein-+es",
        "",
        "ein-er",
    ]


def test_english_forms() -> None:
    counts = Counter(policy=50, policies=40, reject=30, rejected=30, vote=9, voting=5, news=9, new=99)
    forms = EnglishForms(counts, {})
    assert [forms.singular(word) for word in ("policies", "news", "women")] == ["policy", "news", "woman"]
    assert [forms.infinitive(word) for word in ("rejected", "voting", "took")] == ["reject", "vote", "take"]


def test_association_and_likeness() -> None:
    assert association(10, 10, 10, 1000) > association(2, 10, 100, 1000) > 0
    assert association(1, 100, 100, 1000) == 0
    assert likeness("Populismus", "populism") > 0.6 > likeness("Haushalt", "chair")


# The shipped file


def test_the_shipped_lexicon_is_large_small_and_sound() -> None:
    assert SHIPPED.stat().st_size <= 25_000_000
    facts = Lexicon().facts()
    assert int(facts["translated"]) >= 30_000
    with sqlite3.connect(f"{SHIPPED.as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        sources = {row[0] for row in connection.execute("SELECT DISTINCT source FROM sentence")}
    connection.close()
    assert sources <= {"Seitenblick", "kanthaus", "wellbeing_in_germany", "de_news_llm"}


@pytest.mark.parametrize(
    ("lemma", "english"),
    [
        ("Haushaltsausschuss", "budget committee"), ("Regierung", "government"), ("ablehnen", "reject"),
        ("Sicherheit", "security"), ("durchsetzen", "enforce"),
        ("Bundestag", "Bundestag"), ("Wahl", "election"),
        ("verfassungswidrig", "unconstitutional"), ("Abgeordnete", "member"), ("zurücktreten", "resign"),
        ("Bundesregierung", "federal government"), ("Klimaschutz", "climate protection"), ("Zoll", "tariff"),
    ],
)  # fmt: skip
def test_usual_translations(lemma: str, english: str) -> None:
    entry = Lexicon().look_up(lemma)
    assert entry is not None
    assert any(english.lower() in item.english.lower() for item in entry.translations), entry


def test_every_entry_is_well_formed() -> None:
    lexicon = Lexicon()
    with sqlite3.connect(f"{SHIPPED.as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        keys = connection.execute("SELECT lemma, pos FROM entry WHERE renderings != ''").fetchall()
    connection.close()
    translated = 0
    for lemma, pos in random.Random(5).sample(keys, 3000):
        entry = lexicon.look_up(lemma, pos)
        assert entry is not None
        assert len(entry.translations) <= 5
        translated += bool(entry.translations)
        assert sum(rendering.share for rendering in entry.translations) <= 1.01
        assert 1 <= entry.band <= 6
        assert len(entry.examples) <= 2
        assert entry.pos != "noun" or not lemma[0].islower()
    assert translated >= 2_900  # few have nothing but scraps
