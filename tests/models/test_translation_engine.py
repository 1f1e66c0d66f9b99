"""The translator with the embedded package. Nothing here depends on how good its English is."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from models.packages import Package, PackageStore
from models.translation import Translation, TranslationOptions, Translator
from models.translation import engine as engine_module
from models.translation.decoding import LENGTH_PENALTY, RETRIES, Decoder, DecodingError
from models.translation.omissions import ContentWords
from models.translation.planning import Part, Plan
from models.translation.preparing import prepare
from models.translation.sentences import finish
from models.translation.words import split_words

SENTENCES = [
    "Der Bundestag hat das Gesetz nach langer Debatte beschlossen.",
    "Ja.",
    "Die Regierung will die Steuern senken, aber die Opposition ist dagegen.",
    "***",
    "Der Kanzler sprach in Łódź mit Erdoğan über die Lage 😀.",
    "200.000",
    "",
    "Was kommt als Nächstes?",
    "—",
    "Nach Angaben der Polizei wurden am Montag drei Menschen verletzt.",
]

LONG = [
    "Die Ministerin, die erst im vergangenen Jahr ins Amt gekommen war, räumte ein, dass die Reform, "
    "über die seit Monaten gestritten wird, in dieser Wahlperiode wohl nicht mehr beschlossen werde.",
    "Weil die Verhandlungen über den Haushalt, die am Freitag begonnen hatten, bis in die frühen "
    "Morgenstunden dauerten, wurde die Sitzung des Ausschusses auf den Nachmittag verschoben.",
    "Nach dem Angriff auf die Stadt, bei dem nach Angaben der Behörden mindestens zwölf Menschen "
    "getötet wurden, riefen die Vereinten Nationen beide Seiten dazu auf, die Waffen niederzulegen.",
    "Wer in den vergangenen Jahren eine Wohnung gesucht hat, weiß, dass die Mieten in den großen "
    "Städten schneller steigen als die Löhne und dass daran auch die Mietpreisbremse wenig geändert "
    "hat.",
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return PackageStore(tmp_path_factory.mktemp("packages")).embedded()


@pytest.fixture(scope="module")
def translator(package: Package) -> Translator:
    return Translator(package)


def check(translation: Translation) -> None:
    """What must hold for every translation, good or bad."""
    english, source = translation.english, translation.source
    if not source.strip():
        assert translation.problem is None
    elif translation.problem is None:
        assert english
        assert english == translation.hypotheses[0].text
    else:
        assert english == ""
    german_words = {(word.start, word.end) for word in split_words(source)}
    first = translation.hypotheses[0].text if translation.hypotheses else ""
    english_words = {(word.start, word.end): word for word in split_words(first)}
    for link in translation.links:
        # A single word of hundreds of pieces is cut, so that a link may belong to part of it.
        assert link.source in german_words or any(
            start <= link.source[0] and link.source[1] <= end and end - start > 100
            for start, end in german_words
        )
        assert link.target in english_words, first[slice(*link.target)]
        assert 0 < link.weight <= 1
        (german,) = split_words(source[slice(*link.source)])
        assert german.mark == english_words[link.target].mark
    for hypothesis in translation.hypotheses:
        assert hypothesis.score <= 0
        assert hypothesis.text == hypothesis.text.strip()


def test_all_in_reading_order(translator: Translator) -> None:
    texts = SENTENCES * 12 + [f"Das ist Satz {number} von vielen." for number in range(60)]
    done = list(translator.translate(texts))
    assert [index for index, _ in done] == list(range(len(texts)))
    assert [translation.source for _, translation in done] == texts
    for _, translation in done[: len(SENTENCES)] + done[-60:]:
        check(translation)
    for index in range(len(SENTENCES)):
        assert done[index][1] is done[index + len(SENTENCES)][1]  # the same sentence is translated once


def test_nothing_to_do(translator: Translator) -> None:
    assert list(translator.translate([])) == []


def test_letterless_sentences_are_copied(translator: Translator) -> None:
    for text in ("***", "—", "200.000", "3,5 %", "§ 5", "😀", ""):
        [(_, translation)] = translator.translate([text])
        assert translation.english == text
        assert translation.problem is None
        assert [link.source for link in translation.links] == [link.target for link in translation.links]
        check(translation)
    [(_, translation)] = translator.translate(["1\x002\u202e"])
    assert translation.english == "12"


def test_signs_survive_and_names_reach_the_model_plainly(translator: Translator) -> None:
    [(_, translation)] = translator.translate(["😀 Der Kanzler 李强 ist in Łódź 🇺🇦 und lacht 👩\u200d💻."])
    for sign in ("😀", "李强", "🇺🇦", "👩\u200d💻"):
        for hypothesis in translation.hypotheses:
            assert hypothesis.text.count(sign) == 1
    check(translation)


def test_odd_input_never_raises(translator: Translator) -> None:
    texts = [
        "\x00\x01\x02 Hallo\x7f Welt\u202e!",
        "\ud800 kaputt",
        "<s> </s> <unk> <0xC5> <blank> Tag",
        "Зеленський trifft 李强 in Αθήνα.",
        "a" * 300,
        "haha " * 40,
        "Ü" + "\u0308" * 300,
        "😀" * 100 + " ja",
        "  vorn und hinten\n",
        "_ a_b __init__ sagt er.",
    ]
    done = list(Translator(translator.package, TranslationOptions(beam=2)).translate(texts))
    assert [translation.source for _, translation in done] == texts
    for _, translation in done:
        check(translation)


def test_long_sentence_is_cut_and_joined(translator: Translator) -> None:
    clause = "die Regierung will die Steuern im kommenden Jahr senken; "
    text = "Sie sagt: " + clause * 30 + "mehr nicht."
    [(_, translation)] = Translator(translator.package, TranslationOptions(longest=40, beam=2)).translate(
        [text]
    )
    assert translation.source == text
    check(translation)
    last = max(link.source[1] for link in translation.links)
    assert last > len(text) - 15  # links reach the end of the German ...
    assert max(link.target[1] for link in translation.links) > 0.9 * len(translation.hypotheses[0].text)


def test_alternatives(package: Package) -> None:
    options = TranslationOptions(beam=2, alternatives=5)
    translator = Translator(package, options)
    [(_, translation)] = translator.translate([SENTENCES[2]])
    assert 2 <= len(translation.hypotheses) <= 5
    texts = [hypothesis.text for hypothesis in translation.hypotheses]
    assert len(set(texts)) == len(texts)
    # In the order of the search, which favours longer English a little over the mean log-probability.
    tokenizer, decoder = translator.load()
    [pending] = decoder.submit([tokenizer.encode(SENTENCES[2])])
    lengths_and_scores = [(len(pieces) + 1, score) for pieces, score in decoder.collect(pending).hypotheses]
    ranks = [score * length / length**translator.length_penalty for length, score in lengths_and_scores]
    assert ranks == sorted(ranks, reverse=True)
    assert translation.hypotheses[0].score == pytest.approx(lengths_and_scores[0][1])
    check(translation)


def test_score_is_the_mean_log_probability(translator: Translator) -> None:
    tokenizer, decoder = translator.load()
    pieces = tokenizer.encode(SENTENCES[0])
    [pending] = decoder.submit([pieces])
    [(target, score)] = decoder.collect(pending).hypotheses
    [scored] = decoder._model.score_batch([pieces], [target])
    assert score == pytest.approx(sum(scored.log_probs) / len(scored.log_probs), abs=0.02)


def test_cancelled(translator: Translator) -> None:
    texts = [f"Das ist Satz {number}." for number in range(300)]
    assert list(translator.translate(texts, lambda: True)) == []
    seen: list[int] = []
    for index, _ in translator.translate(texts, lambda: len(seen) >= 3):
        seen.append(index)
    assert seen == [0, 1, 2]


def test_only_the_next_window_is_under_way(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first sentence must not wait for a huge batch, nor cancelling for the rest of a book."""
    submitted: list[int] = []
    original = Decoder.submit

    def submit(self: Decoder, sentences: list[list[str]], words: list[ContentWords]) -> object:
        submitted.append(len(sentences))
        return original(self, sentences, words)

    monkeypatch.setattr(Decoder, "submit", submit)
    plain = Translator(package, TranslationOptions(rare_words=False))  # no sentence goes twice
    stream = plain.translate([f"Das ist Satz {number}." for number in range(200)])
    assert next(stream)[0] == 0
    assert submitted == [1, 2]
    next(stream)
    assert submitted == [1, 2, 8]
    assert tuple(sorted(engine_module.WINDOWS)) == engine_module.WINDOWS


def test_one_bad_sentence_does_not_spoil_its_batch(translator: Translator) -> None:
    tokenizer, decoder = translator.load()
    good = tokenizer.encode(SENTENCES[0])
    endless = tokenizer.encode("x ") * 700  # more positions than the model has
    first, bad, last = decoder.submit([good, endless, good])
    assert decoder.collect(first).hypotheses == decoder.collect(last).hypotheses
    with pytest.raises(DecodingError, match="RuntimeError"):
        decoder.collect(bad)
    text = "x " * 700
    plan = Plan(text, prepare(text, tokenizer.knows), (Part(0, text, endless),))
    translation = finish(plan, decoder.submit([endless]), tokenizer, decoder)
    assert translation.problem is not None
    assert translation.problem.startswith("the model gave no usable English for this sentence")
    assert (translation.english, translation.hypotheses, translation.links) == ("", (), ())


def test_batch_that_cannot_be_handed_over(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    tokenizer, decoder = translator.load()
    pieces = tokenizer.encode(SENTENCES[0])
    [expected] = [decoder.collect(pending).hypotheses for pending in decoder.submit([pieces])]
    original = Decoder._translate

    def refuse(
        self: Decoder, batch: list[list[str]], settings: dict[str, float], *, asynchronous: bool
    ) -> object:
        if asynchronous:
            raise RuntimeError("no")
        return original(self, batch, settings, asynchronous=asynchronous)

    monkeypatch.setattr(Decoder, "_translate", refuse)
    [pending] = decoder.submit([pieces])
    assert decoder.collect(pending).hypotheses == expected


def test_degenerate_english_is_tried_again_and_then_reported(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.translation import planning

    tries: list[int] = []
    original = Decoder.retry

    def retry(self: Decoder, pieces: list[str], attempt: int) -> object:
        tries.append(attempt)
        return original(self, pieces, attempt)

    monkeypatch.setattr(Decoder, "retry", retry)
    monkeypatch.setattr(planning, "fault_of", lambda *_: "looped")
    [(_, translation)] = translator.translate([SENTENCES[0]])
    assert tries == list(range(len(RETRIES)))
    assert translation.problem == "the model gave no usable English for this sentence (looped)"
    assert translation.english == ""
    assert translation.hypotheses  # kept for whoever wants to see them
    faults = iter(["looped", None])
    monkeypatch.setattr(planning, "fault_of", lambda *_: next(faults))
    [(_, translation)] = translator.translate([SENTENCES[0]])
    assert translation.problem is None


def test_same_result_alone_and_in_company(translator: Translator) -> None:
    together = [translation for _, translation in translator.translate(SENTENCES)]
    for text, translation in zip(SENTENCES, together, strict=True):
        [(_, alone)] = translator.translate([text])
        assert alone.source == translation.source
        assert len(alone.hypotheses) == len(translation.hypotheses)


def test_several_threads_share_a_translator(package: Package) -> None:
    translator = Translator(package, TranslationOptions(beam=1))
    expected = [translation.english for _, translation in translator.translate(SENTENCES)]
    results: dict[int, list[str]] = {}

    def work(number: int) -> None:
        results[number] = [translation.english for _, translation in translator.translate(SENTENCES)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == dict.fromkeys(range(4), expected)


def test_loads_on_first_use_and_once(package: Package, tmp_path: Path) -> None:
    absent = Translator(replace(package, folder=tmp_path / "none"))
    assert absent.signature
    with pytest.raises((OSError, RuntimeError)):
        list(absent.translate(["Hallo."]))
    translator = Translator(package)
    assert translator.load() is translator.load()


def test_signature_names_what_the_output_depends_on(package: Package) -> None:
    signature = Translator(package).signature
    assert package.name in signature
    assert package.fingerprint in signature
    others = [
        TranslationOptions(beam=5),
        TranslationOptions(alternatives=2),
        TranslationOptions(longest=100),
        TranslationOptions(rare_words=False),
    ]
    assert len({signature, *(Translator(package, options).signature for options in others)}) == 5
    # How the work is spread changes nothing about the result.
    assert Translator(package, TranslationOptions(threads=1, batch_tokens=512)).signature == signature


def test_long_sentences_are_read_as_the_package_says(package: Package, tmp_path: Path) -> None:
    metadata = json.loads((package.folder / "metadata.json").read_text("utf-8"))
    translators = []
    for name, stated in (("short", {"longest_sentence": 70}), ("silent", {})):
        folder = tmp_path / name
        shutil.copytree(package.folder, folder)
        metadata.pop("longest_sentence", None)
        (folder / "metadata.json").write_text(json.dumps(metadata | stated))
        translators.append(Translator(replace(package, folder=folder)))
    short, silent = translators
    assert (short.longest, silent.longest) == (70, 180)
    assert short.signature != silent.signature, "a cache must not mix them up"
    assert Translator(short.package, TranslationOptions(longest=100)).longest == 100


def test_the_length_penalty_is_the_package_s(package: Package, tmp_path: Path) -> None:
    metadata = json.loads((package.folder / "metadata.json").read_text("utf-8"))
    found: dict[float | None, Translator] = {}
    for stated in (None, 0.2, 3):
        folder = tmp_path / str(stated)
        shutil.copytree(package.folder, folder)
        (folder / "metadata.json").write_text(json.dumps(metadata | {"length_penalty": stated}))
        found[stated] = Translator(replace(package, folder=folder), TranslationOptions(rare_words=False))
    assert [each.length_penalty for each in found.values()] == [LENGTH_PENALTY, 0.2, 3.0]
    assert len({each.signature for each in found.values()}) == 3, "a cache must not mix them up"
    lengths = {
        stated: sum(len(translation.english) for _, translation in each.translate(LONG))
        for stated, each in found.items()
    }
    assert lengths[0.2] < lengths[3], "the penalty does not reach the search"
    folder = tmp_path / "none"
    folder.mkdir()
    assert Translator(replace(package, folder=folder)).length_penalty == LENGTH_PENALTY


def test_alignment_head_as_stated_by_the_package(package: Package, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(package.folder, folder)
    metadata = json.loads((folder / "metadata.json").read_text())
    for stated in (True, False):
        (folder / "metadata.json").write_text(json.dumps(metadata | {"alignment_head": stated}))
        assert Translator(replace(package, folder=folder)).has_alignment_head is stated
    (folder / "metadata.json").write_text(json.dumps(metadata | {"alignment_head": None}))
    assert Translator(replace(package, folder=folder)).has_alignment_head in (True, False)  # tried out
