"""Corpus, units, arrays, alignment, annotation, noise and batches of the training recipe: no torch needed."""

from __future__ import annotations

import lzma
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from models.training.alignment import grow, pack_links, parse_links
from models.training.annotation import Annotator, Candidate, Term, candidates, choose, terms_of
from models.training.arrays import PairArrays
from models.training.batches import Batch, BatchMaker, BatchPool, draw, group, portions, weights_of
from models.training.cleaning import Limits, fault, normalise
from models.training.corpus import CorpusSettings, Sieve, make_corpus
from models.training.extras import TrainingError
from models.training.gold import GoldPair, Score, read_gold, score, span_links, unit_links
from models.training.lease import differences, pack, restored, unpack
from models.training.lemmas import Lemmas
from models.training.noise import CHANGES, ascii_letters, broken_line, disturb, typing_error, without_stop
from models.training.overlap import Overlap
from models.training.rows import Row, digest, held_out, read_rows, read_translated
from models.training.schedule import Schedule, longest_side
from models.training.settings import DataSettings, Guide, Sampling, TrainingSettings, read_settings
from models.training.steps import Step
from models.training.terms import TermSentence, piece_places, read_terms, term_sentences, write_terms
from models.training.termtest import annotate_pieces, has_term
from models.training.units import Vocabulary
from models.training.vocabulary import END, START, UNKNOWN, check_vocabulary, encode_rows, evaluation_rows
from models.translation.pieces import SentencePieceTokenizer
from tests.models.packages_help import embedded_vocabulary

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = ("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
FORMS = (
    *("policy", "policies", "stop", "agree", "child", "crisis", "hold"),
    *("tax", "taxes", "use", "used", "stopped", "agreeing"),
)
TERMS = ROOT / "glossary" / "terms"
GOLD = ROOT / "tests" / "models" / "gold" / "alignment.tsv"
WHOLE = 1_000_000  # pieces: more than a portion of the sample has


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """The vocabulary of the embedded package, which this recipe's scripts made."""
    return Vocabulary(embedded_vocabulary(tmp_path_factory.mktemp("spm")))


@pytest.fixture(scope="module")
def gold() -> list[GoldPair]:
    return read_gold(GOLD)


@pytest.fixture(scope="module")
def arrays(vocabulary: Vocabulary, gold: list[GoldPair]) -> PairArrays:
    """The gold set as training pairs, with its own links by unit."""
    rows = [Row("written" if i % 2 else "news", "gold", g.german, g.english) for i, g in enumerate(gold)]
    plain = encode_rows(rows, vocabulary)
    table = vocabulary.units
    links = []
    for index, pair in enumerate(gold):
        german, english = table.texts(plain.source_ids(index)), table.texts(plain.target_ids(index))
        every = [(s, t) for s in range(len(german)) for t in range(len(english))]
        links.append(frozenset(one for one in every if unit_links(pair, german, english, [one]) & pair.links))
    return PairArrays(plain.source, plain.target, plain.group, plain.groups, pack_links(links))


@pytest.fixture(scope="module")
def lemmas(gold: list[GoldPair]) -> Lemmas:
    return Lemmas.of_words([word for pair in gold for word in pair.english_tokens] + ["policy", "stop"], 1)


# Corpus


@pytest.mark.parametrize(
    ("german", "english", "reason"),
    [
        ("Der Bundestag tagt.", "The Bundestag is in session.", None),
        ("Ja.", "Yes, indeed.", None),
        ("", "Nothing.", "empty"),
        ("Das ist ein kurzer Satz, mehr nicht.", "Short. " * 20, "ratio"),
        ("12 345 678 90 12 34 a", "12 345 678 90 12 34 a", "letters"),
        ("Klicken Sie <b>hier</b> und dann dort.", "Click <b>here</b> and then there.", "markup"),
        ("The law of the land is in force here.", "The law of the land is in force now.", "language"),
        ("Das Haus steht an der Ecke.", "Das Haus steht an der Ecke.", "copy"),
        ("wort " * 120, "word " * 120, "long"),
    ],
)
def test_unfit_pairs_are_named(german: str, english: str, reason: str | None) -> None:
    assert fault(normalise(german), normalise(english), Limits()) == reason


def test_text_is_normalised() -> None:
    assert normalise(" Bun\u00addes\u200btag\u00a0 tagt  u\u0308ber ") == "Bundestag tagt über"


def test_near_duplicates_of_evaluation_sets_are_found() -> None:
    known = "Der Bundestag hat am Freitag nach langer Debatte den umstrittenen Haushalt beschlossen."
    overlap = Overlap([known, "Danke."])
    assert overlap.found(known.upper().rstrip("."))
    assert overlap.found("Wie gemeldet: " + known.replace("umstrittenen ", ""))
    assert not overlap.found(
        "Der Bundestag hat am Freitag nach langer Debatte die Reform der Pflege vertagt."
    )
    assert not overlap.found("Danke.")  # too short to be anyone's


def test_the_corpus_step(tmp_path: Path) -> None:
    rows = [
        (
            "written",
            "a",
            f"Die Regierung plant jetzt Vorhaben Nummer {word}.",
            f"The government plans {word}.",
        )
        for word in NUMBERS * 30
    ]
    rows = [
        (t, n, f"{g[:-1]} und {i * 7919:x} dazu.", f"{e[:-1]} and {i * 7919:x} too.")
        for i, (t, n, g, e) in enumerate(rows)
    ]
    rows += [
        ("technical", "b", f"Seite {i} von 20 wird geladen.", f"Page {i} of 20 is loading.") for i in range(9)
    ]
    rows += [("news", "c", "Das steht im Test wortwörtlich so drin.", "That is in the test word for word.")]
    source = tmp_path / "corpus.tsv.xz"
    with lzma.open(source, "wt", encoding="utf-8") as out:
        out.writelines("\t".join(row) + "\n" for row in [*rows, rows[0]])
    evaluation = tmp_path / "eval"
    evaluation.mkdir()
    (evaluation / "test.de").write_text("Das steht im Test wortwörtlich so drin!\n", "utf-8")
    (evaluation / "test.en").write_text("Something else entirely.\n", "utf-8")
    settings = CorpusSettings(dev_per_tier=5)
    make_corpus([source], evaluation, tmp_path / "out", settings)
    train, dev = (list(read_rows(tmp_path / "out" / f"{part}.tsv")) for part in ("train", "dev"))
    assert sum(row.tier == "technical" for row in train) == settings.same_template
    assert not any(row.name == "c" for row in [*train, *dev])
    assert len(dev) == 5
    assert not {row.german for row in dev} & {row.german for row in train}
    written = (tmp_path / "out" / "train.tsv").stat().st_mtime_ns
    make_corpus([source], evaluation, tmp_path / "out", settings)
    assert (tmp_path / "out" / "train.tsv").stat().st_mtime_ns == written, "an up-to-date step was repeated"
    make_corpus([source], evaluation, tmp_path / "out", CorpusSettings(dev_per_tier=3))
    assert len(list(read_rows(tmp_path / "out" / "dev.tsv"))) == 3, "changed settings were not noticed"


def test_the_glossary_gives_its_terms_and_keeps_its_examples(tmp_path: Path) -> None:
    rows = [row for path in sorted(TERMS.glob("*.csv")) for row in read_rows(path)]
    assert len(rows) > 2000
    assert Row("terms", "glossary", "Haushaltssperre", "budget freeze") in rows
    assert all(row.german.count(" ") < 12 for row in rows), "examples are for measuring"
    path = tmp_path / "other.csv"
    path.write_text("wort,word\nHaus,house\n", "utf-8")
    with pytest.raises(TrainingError, match="no columns german and english"):
        list(read_rows(path))


def test_examples_of_phrases_are_read_but_for_those_that_measure(tmp_path: Path) -> None:
    path = tmp_path / "phrases.tsv"
    phrases = [f"Stellung {number} nehmen" for number in range(300)]
    lines = [f"{german}\tcomment\tBeispiel {german}\tOur example\n" for german in ("# phrase", *phrases)]
    path.write_text("".join(lines))
    rows = list(read_rows(path))
    kept = [row.german.removeprefix("Beispiel ") for row in rows]
    assert kept == [german for german in phrases if not held_out(german)]
    assert 240 < len(kept) < 295
    assert set(rows) >= {Row("written", "written_phrases", f"Beispiel {kept[0]}", "Our example")}


def test_what_was_written_for_the_recipe_is_sound() -> None:
    files = sorted((ROOT / "models" / "training" / "written").glob("*.tsv"))
    rows = [row for path in files for row in read_rows(path)]
    assert len(rows) > 5000
    assert {(row.tier, row.name) for row in rows} == {
        ("written", f"written_{path.stem}") for path in files
    }, "weights go by name"
    sieve = Sieve(CorpusSettings(), Overlap(pair.german for pair in read_gold(GOLD)))
    assert not Counter(sieve.reason(row) for row in rows).keys() - {None}
    for row in rows:
        assert row == replace(row, german=normalise(row.german), english=normalise(row.english))


def test_what_was_translated_for_the_recipe_is_sound() -> None:
    (path,) = (ROOT / "models" / "training" / "translated").glob("*.tsv")
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert len(rows) > 5000
    places = [tuple(map(int, row[:3])) for row in rows]
    assert all(start < end for _, start, end in places)
    for before, after in pairwise(places):
        assert (before[0], before[2]) <= (after[0], after[1]), "sentences overlap or are out of order"
    for *_, known, english in rows:
        assert re.fullmatch(r"[0-9a-f]{8}", known)
        assert english == normalise(english)
        assert len(english) < 800


def test_english_finds_the_german_that_it_was_made_from(tmp_path: Path) -> None:
    text = tmp_path / "minutes.txt.xz"
    with lzma.open(text, "wt", encoding="utf-8") as out:
        out.write("Guten Tag.\nDas ist so. Die Länder zahlen ein Drittel der Kosten.\n")
    german, english = (
        "Die Länder zahlen ein Drittel der Kosten.",
        "The federal states pay a third of the costs.",
    )
    good = f"1\t12\t53\t{digest(german)}\t{english}\n"
    path = tmp_path / "minutes.tsv"
    path.write_text(good, "utf-8")
    wanted = Row("written", "translated_minutes", german, english)
    assert list(read_translated(path, text)) == [wanted]
    evaluation = tmp_path / "eval"
    evaluation.mkdir()
    (evaluation / "test.de").write_text("Das ist es.\n", "utf-8")
    settings = CorpusSettings(dev_per_tier=0)
    make_corpus([], evaluation, tmp_path / "out", settings, translated=[(path, text)])
    assert list(read_rows(tmp_path / "out" / "train.tsv")) == [wanted]
    for bad in (
        "1\t12\t53\tEnglish.\n",
        good.replace("1\t12", "1\t-1"),
        good.replace("12", "11"),
        "9" + good,
    ):
        path.write_text(good + bad, "utf-8")
        with pytest.raises(TrainingError, match=r"minutes\.tsv:2: "):
            list(read_translated(path, text))


def test_a_damaged_corpus_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "corpus.tsv"
    path.write_text("news\ta\tHallo.\tHello.\nnews\ta\tHallo.\n", "utf-8")
    with pytest.raises(TrainingError, match=r"corpus\.tsv:2: 3 columns"):
        list(read_rows(path))


def test_a_failed_step_is_repeated(tmp_path: Path) -> None:
    def attempt(fail: bool) -> bool:
        with Step("test", tmp_path, [], {"a": 1}) as step:
            if step.needed and fail:
                raise TrainingError("broken off")
            return step.needed

    with pytest.raises(TrainingError):
        attempt(fail=True)
    assert attempt(fail=False)
    assert not attempt(fail=False)
    assert "broken off" in (tmp_path / "test.log").read_text("utf-8")


# Settings


def test_our_settings_are_read() -> None:
    small, large = (read_settings(Path(name), TrainingSettings) for name in ("small", "large"))
    assert (small.model.width, large.model.width) == (256, 512)
    assert small.data.weights["written"] > small.data.weights["news"] > small.data.weights["technical"]
    assert read_settings(Path("data"), DataSettings).vocabulary.size == 16000
    assert dict(read_settings(Path("data"), DataSettings).vocabulary.shares) == {"technical": 0.3}


@pytest.mark.parametrize(
    "text", ["[model]\nwitdh = 3\n", '[model]\nwidth = "3"\n', "not toml", "seed = 1.5\n"]
)
def test_wrong_settings_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(TrainingError, match=r"own\.toml"):
        read_settings(path, TrainingSettings)


# Units and arrays


def test_units_are_words_and_marks(vocabulary: Vocabulary) -> None:
    text = "Die EU-Kommission zahlt 1.000 € (ca. 3 % mehr), Łukasz!"
    ids = np.array(vocabulary.encode(text), np.uint16)
    texts = vocabulary.units.texts(ids)
    wanted = "Die EU - Kommission zahlt 1 . 000 € ( ca . 3 % mehr ), Łukasz !"
    assert " ".join(texts) == wanted
    assert "".join(texts) == text.replace(" ", "")


def test_units_do_not_depend_on_how_words_are_cut(vocabulary: Vocabulary) -> None:
    text = "Die Haushaltssperre gilt für alle Ministerien, sagte er."
    wanted = vocabulary.units.texts(np.array(vocabulary.encode(text), np.uint16))
    cuts = {tuple(vocabulary.sample(text, 0.1)) for _ in range(20)}
    assert len(cuts) > 5
    for ids in cuts:
        assert vocabulary.units.texts(np.array(ids, np.uint16)) == wanted


def test_arrays_come_back_as_saved(arrays: PairArrays, tmp_path: Path) -> None:
    arrays.save(tmp_path / "a")
    read = PairArrays.load(tmp_path / "a")
    assert len(read) == len(arrays)
    assert read.groups == arrays.groups
    for index in (0, 17, len(arrays) - 1):
        assert read.source_ids(index).tolist() == arrays.source_ids(index).tolist()
        assert read.target_ids(index).tolist() == arrays.target_ids(index).tolist()
        assert read.links_of(index) == arrays.links_of(index) != []
    some = read.take(np.array([5, 2]))
    assert some.links_of(1) == arrays.links_of(2)
    with pytest.raises(TrainingError, match="vocabulary step"):
        PairArrays.load(tmp_path / "nothing")


def test_the_vocabulary_is_checked(vocabulary: Vocabulary) -> None:
    remarks = check_vocabulary(vocabulary)
    assert all(remark.endswith("bytes") for remark in remarks)
    assert not [remark for remark in remarks if remark[0] in "%„“–…"]


def test_evaluation_sets_must_match(tmp_path: Path) -> None:
    (tmp_path / "a.de").write_text("eins\nzwei\n", "utf-8")
    (tmp_path / "a.en").write_text("one\n", "utf-8")
    with pytest.raises(TrainingError, match="same number"):
        evaluation_rows(tmp_path)


# Alignment


def test_directions_are_made_one() -> None:
    forward, reverse = parse_links("0-0 1-1 2-2 4-4"), parse_links("0-0 1-1 1-2 4-4 7-0")
    # 2-2 and 1-2 touch 1-1; 1-2 and 2-2 both bring a word that had no link. 7-0 touches nothing.
    assert grow(forward, reverse) == {(0, 0), (1, 1), (2, 2), (1, 2), (4, 4)}
    assert grow([], [(0, 0)]) == frozenset()


def test_the_gold_set_is_sound(gold: list[GoldPair]) -> None:
    assert len(gold) >= 60
    for pair in gold:
        assert len(pair.links) >= 4, pair.german
        ends = [(pair.german_tokens[s], pair.english_tokens[t]) for s, t in pair.links]
        assert all(any(map(str.isalnum, word)) for link in ends for word in link)
        unlinked = [
            token
            for index, token in enumerate(pair.english_tokens)
            if token.isalnum() and all(t != index for _, t in pair.links)
        ]
        assert not unlinked, f"{pair.english}: {unlinked}"


def test_a_gold_file_with_a_mistake_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("# x\nDas Haus\tThe house\tDas=The Maus=house\n", "utf-8")
    with pytest.raises(TrainingError, match=r"gold\.tsv:2: “Maus=house”"):
        read_gold(path)


def test_error_rates(gold: list[GoldPair], vocabulary: Vocabulary) -> None:
    pair = gold[0]
    assert score(pair, pair.links).error_rate == 0
    assert score(pair, []).error_rate == 1
    half = sorted(pair.links)[: len(pair.links) // 2]
    assert score(pair, half).error_rate == pytest.approx(1 - 2 * len(half) / (len(half) + len(pair.links)))
    assert (Score(2, 2, 1) + Score(2, 2, 1)).error_rate == 0.5
    german, english = pair.german, pair.english
    spans = [
        ((german.index("Bundestag"), german.index("Bundestag") + 9), (4, 13)),
        ((german.index("beschlossen"), german.index("beschlossen") + 11), (14, 20)),
    ]
    assert english[4:13] == "Bundestag"
    assert span_links(pair, spans, german, english) == {(1, 1), (7, 2)}
    assert score(pair, span_links(pair, spans, german, english)).right == 2


# Terms


@pytest.mark.parametrize(
    ("word", "noun", "verb"),
    [
        ("policies", "policy", "policy"),
        ("stopped", "stopped", "stop"),
        ("agreeing", "agreeing", "agree"),
        ("children", "child", "child"),
        ("Policies", "Policy", "Policy"),
        ("crisis", "crisis", "crisis"),
        ("held", "hold", "hold"),
        ("Mercedes", "Mercedes", "Mercedes"),
        ("taxes", "tax", "tax"),
        ("used", "used", "use"),
    ],
)
def test_dictionary_forms(word: str, noun: str, verb: str) -> None:
    table = Lemmas.of_words([*FORMS * 3, *["Mercedes"] * 50, "mercede"], 1)
    if word != "held":
        assert table.noun(word) == noun
    assert table.verb(word) == verb


def test_candidates_have_an_english_of_their_own(gold: list[GoldPair]) -> None:
    german = ["Die", "Haushaltssperre", "gilt", "ab", "sofort", "."]
    english = ["The", "budget", "freeze", "takes", "effect", "immediately", "."]
    links = [(0, 0), (1, 1), (1, 2), (2, 3), (2, 4), (3, 5), (4, 5), (5, 6)]
    found = candidates(german, english, links)
    assert Candidate(1, 2, 1, 3) in found
    assert Candidate(2, 3, 3, 5) in found
    assert not any(c.start <= 0 < c.end for c in found), "articles are no terms"
    assert Candidate(4, 5, 5, 6) not in found, "its English belongs to another word, too"
    torn = [link for link in links if link != (1, 1)]
    assert Candidate(1, 2, 2, 3) not in candidates(german, english, torn), "“freeze” is half of it"
    pieces = [1] * len(german)
    chosen = choose(found, german, pieces, np.random.default_rng(3))
    assert 1 <= len(chosen) <= 5
    assert all(a.end <= b.start for a, b in pairwise(chosen))


def test_rare_words_are_annotated_more_often() -> None:
    german, found = ["Wort", "Rarität"], [Candidate(0, 1, 0, 1), Candidate(1, 2, 1, 2)]
    chance = np.random.default_rng(1)
    drawn = [choose(found, german, [1, 4], chance, most=1)[0].start for _ in range(500)]
    assert 350 < sum(drawn) < 450, "four pieces: four times as often"


def test_annotation_stands_between_pieces(vocabulary: Vocabulary) -> None:
    ids = vocabulary.encode("Die Haushaltssperre gilt.")
    [start, end] = [
        i for i in range(len(ids) + 1) if vocabulary.decode(ids[:i]) in ("Die", "Die Haushaltssperre")
    ]
    new, places = Annotator.of(vocabulary).annotate(ids, [Term(start, end, "budget freeze")])
    assert [new[place] for place in places] == ids
    pieces = [vocabulary.pieces[i] for i in new]
    assert pieces[1] == "<t>"
    assert pieces[pieces.index("<c>") + 1 : pieces.index("</t>")] == [
        vocabulary.pieces[i] for i in vocabulary.encode("budget freeze")
    ]
    tokenizer = SentencePieceTokenizer(vocabulary.model)
    sentence = TermSentence(
        "Die Haushaltssperre gilt.", "The budget freeze applies.", ((4, 19, "budget freeze"),)
    )
    assert annotate_pieces(sentence, tokenizer) == pieces, "the test annotates otherwise than training"


def test_terms_of_pairs_are_drawn_by_seed(arrays: PairArrays, vocabulary: Vocabulary, lemmas: Lemmas) -> None:
    def draws(seed: int) -> list[list[Term]]:
        return [
            terms_of(
                arrays.source_ids(i),
                arrays.target_ids(i),
                arrays.links_of(i),
                vocabulary.units,
                lemmas,
                np.random.default_rng((seed, i)),
            )
            for i in range(len(arrays))
        ]

    assert draws(1) == draws(1) != draws(2)
    assert sum(map(bool, draws(1))) > 0.9 * len(arrays)


def test_term_files(arrays: PairArrays, vocabulary: Vocabulary, lemmas: Lemmas, tmp_path: Path) -> None:
    sentences = list(term_sentences(arrays, vocabulary, lemmas))
    assert len(sentences) > 50
    for one in sentences:
        for start, end, english in one.terms:
            assert one.german[start:end].strip() == one.german[start:end] != ""
            assert has_term(one.reference, english, lemmas), (one, english)
    write_terms(tmp_path / "terms.tsv", sentences)
    assert read_terms(tmp_path / "terms.tsv") == sentences
    (tmp_path / "terms.tsv").write_text("Haus\thouse\t0-9=house\n", "utf-8")
    with pytest.raises(TrainingError, match=r"terms\.tsv:1"):
        read_terms(tmp_path / "terms.tsv")


def test_pieces_have_places(vocabulary: Vocabulary) -> None:
    text = "Die „Haushaltssperre“ gilt."
    ids = np.array(vocabulary.encode(text), np.uint16)
    spelled = [text[start:end] for start, end in piece_places(ids, text, vocabulary)]
    assert spelled == [vocabulary.pieces[i].removeprefix("▁") for i in ids.tolist()]


def test_terms_are_found_in_any_form(lemmas: Lemmas) -> None:
    assert has_term("The government's policies failed.", "policy", lemmas)
    assert has_term("They stopped it.", "stop", lemmas)
    assert not has_term("The police failed.", "policy", lemmas)
    assert not has_term("freeze the budget", "budget freeze", lemmas)


# Noise and batches


def test_noise() -> None:
    chance = np.random.default_rng(1)
    assert ascii_letters("Größe Ägypten", chance) == "Groesse Aegypten"
    assert without_stop("Ende.", chance) == "Ende"
    assert sorted(typing_error("Regierung", chance)) != []
    assert broken_line("Die Haushaltssperre gilt", chance).replace("- ", "") == "Die Haushaltssperre gilt"
    assert disturb("Die Regierung plant.", np.random.default_rng(5)) == disturb(
        "Die Regierung plant.", np.random.default_rng(5)
    )
    changed = {disturb("„Die Größe der Regierung“, sagte er.", chance) for _ in range(60)}
    assert len(changed) >= len(CHANGES)


def test_pairs_are_drawn_by_weight(arrays: PairArrays) -> None:
    weights = weights_of(arrays, {"written": 3.0, "news": 0.5, "gold": 1.0})
    drawn = draw(arrays, weights, 10**6, np.random.default_rng(1))
    tiers = np.array([arrays.groups[g].tier for g in arrays.group[drawn]])
    written = sum(arrays.groups[g].tier == "written" for g in arrays.group)
    assert (tiers == "written").sum() == 3 * written
    assert 0.25 * written < (tiers == "news").sum() < 0.75 * written
    short = draw(arrays, weights, 12, np.random.default_rng(1))
    assert 0 < arrays.source.lengths[short].max() <= 12
    cut = list(portions(arrays, np.repeat(drawn, 2000), 200, np.random.default_rng(1)))
    assert len(cut) > 1, "an epoch is cut into portions"
    assert sorted(np.concatenate(cut).tolist()) == sorted(np.repeat(drawn, 2000).tolist())


def test_batches_hold_rows_of_like_length() -> None:
    chance = np.random.default_rng(1)
    source = chance.integers(1, 120, 6000)
    target = np.maximum(1, (source * chance.normal(1, 0.2, 6000)).astype(int))
    batches = group(source.tolist(), target.tolist(), 3000)
    assert sorted(np.concatenate(batches).tolist()) == list(range(6000))
    padded = np.zeros(2)
    for rows in batches:
        tops = np.array([source[rows].max(), target[rows].max()]) + 1
        assert len(rows) == 1 or tops.max() * len(rows) <= 3000
        padded += tops * len(rows)
    assert (padded / (source.sum() + 6000, target.sum() + 6000) < (1.1, 1.3)).all(), "too much padding"
    assert group([], [], 3000) == []


def test_a_widened_sentence_does_not_widen_the_others(
    arrays: PairArrays, vocabulary: Vocabulary, lemmas: Lemmas
) -> None:
    maker = BatchMaker(arrays, vocabulary, 2000, lemmas, Sampling(annotated=0.3, disturbed=0.3))
    indices = np.repeat(np.arange(len(arrays)), 40)
    batches = maker.make((3, indices))
    real = sum((batch.source != 0).sum() for batch in batches)
    assert sum(batch.source.size for batch in batches) < 1.1 * real
    plain = sum(arrays.source.lengths[indices] + 1)
    assert real > 1.1 * plain, "rewritten sentences are longer: otherwise this test shows nothing"


def by_target(maker: BatchMaker, task: tuple[int, np.ndarray]) -> Batch:
    """Return a portion that fits one batch, its rows ordered by their target."""
    [batch] = maker.make(task)
    order = np.lexsort(batch.target_out.T)
    links = batch.links
    if links is not None:
        back = np.argsort(order)
        links = np.column_stack((back[links[:, 0]], links[:, 1:]))
    return Batch(batch.source[order], batch.target_in[order], batch.target_out[order], links, batch.pieces)


def test_a_batch_holds_its_pairs(arrays: PairArrays, vocabulary: Vocabulary) -> None:
    maker = BatchMaker(arrays, vocabulary, WHOLE, multiple=8)
    indices = np.array([3, 0, 40])
    [batch] = maker.make((1, indices))
    indices = indices[group(arrays.source.lengths[indices], arrays.target.lengths[indices], WHOLE)[0]]
    assert batch.source.shape[1] % 8 == 0
    assert batch.pieces == sum(len(arrays.target_ids(i)) + 1 for i in indices)
    for row, index in enumerate(indices.tolist()):
        source, target = arrays.source_ids(index).tolist(), arrays.target_ids(index).tolist()
        assert batch.source[row].tolist() == [*source, END] + [0] * (batch.source.shape[1] - len(source) - 1)
        assert batch.target_in[row, : len(target) + 1].tolist() == [START, *target]
        assert batch.target_out[row, : len(target) + 1].tolist() == [*target, END]
        assert batch.links is not None
        spans_s, spans_t = (
            vocabulary.units.spans(arrays.source_ids(index)),
            vocabulary.units.spans(arrays.target_ids(index)),
        )
        wanted = {
            (j, i) for s, t in arrays.links_of(index) for i in range(*spans_s[s]) for j in range(*spans_t[t])
        }
        assert {(t, s) for r, t, s in batch.links.tolist() if r == row} == wanted


def linked_words(
    batch_maker: BatchMaker, vocabulary: Vocabulary, task: tuple[int, np.ndarray]
) -> Iterator[tuple[str, str]]:
    batch = by_target(batch_maker, task)
    assert batch.links is not None
    for row, t, s in batch.links.tolist():
        yield vocabulary.pieces[batch.source[row, s]], vocabulary.pieces[batch.target_out[row, t]]


def test_annotated_batches_keep_their_links(
    arrays: PairArrays, vocabulary: Vocabulary, lemmas: Lemmas
) -> None:
    plain = BatchMaker(arrays, vocabulary, WHOLE)
    annotated = BatchMaker(arrays, vocabulary, WHOLE, lemmas, Sampling(annotated=1.0, disturbed=0.0))
    task = (7, np.arange(len(arrays)))
    symbols = {vocabulary.id_of(piece) for piece in ("<t>", "<c>", "</t>")}
    batch = by_target(annotated, task)
    share = np.isin(batch.source, list(symbols)).any(axis=1).mean()
    assert share > 0.9
    assert sorted(linked_words(plain, vocabulary, task)) == sorted(linked_words(annotated, vocabulary, task))
    same = by_target(annotated, task)
    assert (batch.source == same.source).all(), "the same number must give the same batch"
    assert (batch.target_out == by_target(plain, task).target_out).all()


def test_disturbed_batches_keep_links_that_hold(arrays: PairArrays, vocabulary: Vocabulary) -> None:
    sampling = Sampling(annotated=0.0, disturbed=0.7, sampled=0.5)
    task = (7, np.arange(len(arrays)))
    batch = by_target(BatchMaker(arrays, vocabulary, WHOLE, None, sampling), task)
    plain = by_target(BatchMaker(arrays, vocabulary, WHOLE), task)
    assert batch.links is not None
    assert plain.links is not None
    assert (batch.target_out == plain.target_out).all()
    lengths = (batch.source != 0).sum(1)
    assert (batch.links[:, 2] < lengths[batch.links[:, 0]] - 1).all(), (
        "a link points at the end mark or padding"
    )
    rows_with_links = len(set(batch.links[:, 0].tolist()))
    assert rows_with_links > 0.8 * len(arrays)


def test_blanked_batches_hide_english_from_the_decoder_only(
    arrays: PairArrays, vocabulary: Vocabulary
) -> None:
    task = (7, np.arange(len(arrays)))
    plain = by_target(BatchMaker(arrays, vocabulary, WHOLE), task)
    batch = by_target(
        BatchMaker(
            arrays, vocabulary, WHOLE, None, Sampling(annotated=0.0, disturbed=0.0, sampled=0.0, blanked=0.25)
        ),
        task,
    )

    assert (batch.source == plain.source).all()
    assert (batch.target_out == plain.target_out).all(), "what it is to say stays"
    hidden = batch.target_in != plain.target_in
    words = plain.target_in > END
    assert set(batch.target_in[hidden].tolist()) == {UNKNOWN}
    assert not hidden[~words].any(), "neither the start nor padding"
    assert hidden.sum() / words.sum() == pytest.approx(0.25, abs=0.06)


def test_worker_processes_make_the_same_batches(
    arrays: PairArrays, vocabulary: Vocabulary, lemmas: Lemmas
) -> None:
    maker = BatchMaker(arrays, vocabulary, 200, lemmas, Sampling(annotated=0.5, disturbed=0.5))
    tasks = [(number, np.arange(number, number + 15)) for number in range(12)]
    wanted = [batch for task in tasks for batch in maker.make(task)]
    assert len(wanted) > len(tasks)
    pool = BatchPool(maker, 2)
    try:
        for made, batch in zip(pool.batches(iter(tasks)), wanted, strict=True):
            assert (made.source == batch.source).all()
    finally:
        pool.close()


# Schedule


def test_the_schedule_rises_stays_and_falls() -> None:
    schedule = Schedule(warmup=100, minutes=10, decay=4, floor=0.02)
    assert schedule.factor(0, 0.0) == pytest.approx(0.01)
    assert schedule.factor(5000, 5.0) == 1
    assert schedule.factor(5000, 8.0) == pytest.approx(0.5)
    assert schedule.factor(5000, 10.0) == pytest.approx(0.02)
    assert not Schedule(100, 10, 0, 0.02).decaying(10.0)


def test_curriculum_and_guide() -> None:
    curriculum = ((16, 100.0), (40, 200.0))
    assert [longest_side(curriculum, seen)[0] for seen in (0, 99, 100, 250)] == [16, 16, 40, 10**6]
    guide = Guide(0.3, 0.05, 100)
    assert [round(guide.weight(seen), 3) for seen in (0, 50, 100, 900)] == [0.3, 0.175, 0.05, 0.05]


# Lease


def test_links_pack_and_unpack() -> None:
    flat = np.random.default_rng(1).integers(0, 200, 2000).astype(np.uint8)
    assert (restored(differences(flat)) == flat).all()


def test_what_travels_comes_back(arrays: PairArrays, vocabulary: Vocabulary, tmp_path: Path) -> None:
    data = tmp_path / "data"
    arrays.save(data / "train")
    arrays.take(np.arange(5)).save(data / "dev")
    packed = pack(
        data, tmp_path / "lease", ["train", "dev"], [vocabulary.model], {"news": 0.5}, 40, limit=400_000
    )
    assert packed.pairs == 40
    parts = sorted((tmp_path / "lease").glob("part-*"))
    assert len(parts) == len(packed.parts)
    unpack(parts, tmp_path / "there")
    there = PairArrays.load(tmp_path / "there" / "train")
    tiers = [there.groups[g].tier for g in there.group]
    assert tiers.count("written") == sum(arrays.groups[g].tier == "written" for g in arrays.group)
    known = {tuple(arrays.source_ids(i).tolist()): i for i in range(len(arrays))}
    for i in range(len(there)):
        original = known[tuple(there.source_ids(i).tolist())]
        assert there.target_ids(i).tolist() == arrays.target_ids(original).tolist()
        assert there.links_of(i) == arrays.links_of(original)
    assert (tmp_path / "there" / "spm.model").read_bytes() == vocabulary.model.read_bytes()
    pack(data, tmp_path / "small", ["train", "dev"], [], {}, 40, limit=1500)
    pieces = sorted((tmp_path / "small").glob("part-*"))
    assert len(pieces) > 1
    with pytest.raises(TrainingError, match=r"part-\d is missing"):
        unpack(pieces[:1], tmp_path / "half")
    victim = next(path for path in pieces[0].iterdir() if path.suffix == ".xz")
    victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    with pytest.raises(TrainingError, match="damaged"):
        unpack(pieces, tmp_path / "half")


# The house


def test_run_time_code_never_imports_the_recipe() -> None:
    for package in ("webapp", "glossary", "models"):
        for path in (ROOT / package).rglob("*.py"):
            if "training" not in path.relative_to(ROOT).parts:
                assert "models.training" not in path.read_text("utf-8"), path


def test_torch_is_asked_for_with_a_clear_message(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['torch'] = None\n"
        "from models.training.__main__ import main\n"
        f"sys.exit(main(['train', '--work', {str(tmp_path)!r}, '--minutes', '1']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert "pip install 'seitenblick[training]'" in done.stderr
    assert "Traceback" not in done.stderr
