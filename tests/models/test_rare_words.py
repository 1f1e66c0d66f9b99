"""Rare words are told to the model by the lexicon: what is found, when it is told, what is taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.lexicon.values import Entry, Part, Pos, Rendering
from models.packages import PackageStore
from models.segmentation import segment
from models.translation import TranslationOptions, Translator
from models.translation.annotating import MARKS, folded
from models.translation.compound_english import compound_english
from models.translation.planning import plan
from models.translation.rare_words import RareWord, RareWords, better, missing, rendered_at, standing, told
from models.translation.retelling import Reteller


@pytest.fixture(scope="module")
def rare() -> RareWords:
    return RareWords()


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    package = PackageStore(tmp_path_factory.mktemp("packages")).embedded()
    return Translator(package, TranslationOptions(beam=2))


def found(rare: RareWords, text: str) -> dict[str, str]:
    return {text[slice(*word.span)]: word.renderings[0] for word in rare.find(text)}


def test_rare_words_are_found_with_their_english(rare: RareWords) -> None:
    assert found(rare, "Die einstige Landkarte nervte die Bauern.") == {
        "einstige": "former",
        "Landkarte": "map",
        "nervte": "annoy",
        "Bauern": "farmer",
    }


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Die Regierung tagt.", "Regierung"),  # the model knows it
        ("Die Quirxelverordnung gilt.", "Quirxelverordnung"),  # the lexicon does not
        ("Er kündigt den Vertrag an.", "kündigt"),  # ankündigen
        ("Er kommt 1856 an.", "1856"),
    ],
)
def test_what_is_not_told(rare: RareWords, text: str, word: str) -> None:
    assert word not in found(rare, text)


def test_compounds_are_told_by_their_parts(rare: RareWords) -> None:
    text = "Die Umweltschutzbehörde bringt die Kostensenkungsprogramme der Chlorhuhndebatte."
    words = {text[slice(*word.span)]: word.renderings for word in rare.find(text)}
    assert words["Umweltschutzbehörde"][0] == "environment protection authority"
    assert words["Kostensenkungsprogramme"][0] == "cost reduction programme"
    assert missing(rare.find("Die Kostensenkungsprogramme."), "The programs for cost reductions.") == ()


def part(lemma: str, *english: tuple[str, float], pos: Pos = "noun") -> Part:
    translations = tuple(Rendering(text, share, 20) for text, share in english)
    return Part(0, 1, lemma, Entry(lemma, pos, "", "", 6, 20, (), translations, ()))


def test_the_likeliest_english_of_the_parts_comes_first() -> None:
    head = part("Amt", ("office", 0.5), ("authority", 0.3), ("bureau", 0.01))
    first = part("Zoll", ("customs", 0.6), ("inch", 0.2))
    assert compound_english([first, head]) == (
        "customs office",
        "customs authority",
        "inch office",
        "inch authority",
    )
    assert compound_english([head]) == (), "no compound"
    assert compound_english([first, Part(0, 1, "Quirxel", None)]) == (), "an unknown part"
    assert compound_english([part("Zug", ("train", 0.2), ("move", 0.2)), head]) == (), "an unsure part"
    assert compound_english([part("prüfen", ("examine", 0.9), pos="verb"), head]) == (), "a verb"


def test_names_are_told_as_they_are(rare: RareWords) -> None:
    text = "Gestern traf Łukasz die Minister in Bagram und Papuas Gouverneur."
    names = {text[slice(*word.span)]: word.renderings for word in rare.find(text) if word.name}
    assert names["Bagram"] == ("Bagram",)
    assert "Minister" not in names
    assert "Gestern" not in names, "a capital at the beginning says nothing"
    words = [RareWord((0, 3), 1, ("Bagram",), name=True), RareWord((4, 8), 500, ("map",))]
    assert [word.name for word in missing(words, "Nothing.")] == [False, True], "words come before names"


def test_a_rendering_counts_in_any_form() -> None:
    words = [
        RareWord((0, 3), 9, ("dig",)),
        RareWord((4, 8), 5, ("farmer", "peasant")),
        RareWord((9, 12), 7, ("human rights",)),
    ]
    assert missing(words, "They dug for the farmers’ human right.") == ()
    assert [word.count for word in missing(words, "A digression of humans.")] == [5, 7, 9], "rarest first"
    assert [word.renderings for word in standing(words, "The peasants are digging.")] == [
        ("dig",),
        ("peasant",),
    ]


def test_the_second_english_has_to_be_better() -> None:
    words = [RareWord((0, 3), 9, ("map",))]
    first = ("The card has 3 colours.", -1.0)
    assert better(first, ("The map has 3 colours.", -1.0), words)
    assert not better(first, ("The map has 3 colours.", -1.1), words), "less likely"
    assert not better(first, ("The map has 4 colours.", -0.5), words), "another number"
    assert not better(first, ("The map has no 3 colours.", -0.5), words), "a negation"
    assert not better(first, ("The chart has 3 colours.", -0.5), words), "the word is missing still"
    phrase = [RareWord((0, 3), 0, ("map",), phrase=True)]
    assert better(first, ("The map has 3 colours.", -1.1), phrase), "a phrase may be a little less likely"
    assert not better(first, ("The map has 3 colours.", -1.2), phrase)


def test_attention_to_what_was_told_goes_to_its_word(translator: Translator) -> None:
    tokenizer, _ = translator.load()
    text = "Die alte Landkarte fehlt."
    start = text.index("Landkarte")
    pieces = tokenizer.encode(text)
    marked = told(text, pieces, [RareWord((start, start + 9), 30, ("map",))], tokenizer)
    assert marked is not None
    assert [piece for piece in marked.pieces if piece in MARKS] == list(MARKS)
    size = len(marked.pieces)
    each = [[float(n == column) for n in range(size)] for column in range(size)]
    rows = folded(each, marked)
    assert {len(row) for row in rows} == {len(pieces)}
    assert all(sum(row) == 1 for row in rows), "no attention is lost"
    english = marked.pieces.index(MARKS[1]) + 1
    assert marked.pieces[english].startswith("▁m")
    owner = pieces[rows[english].index(1.0)]
    assert owner.strip("▁") in "Landkarte", "not of the word that was marked"


def test_the_model_takes_what_it_is_told(translator: Translator) -> None:
    texts = [
        "Die Landkarte hängt an der Wand.",
        "Der einstige Minister nervt alle.",
        "Sie graben einen Tunnel unter der Stadt.",
        "Die Hebamme half den Bauern im Dorf.",
        "Der Pfarrer verlas ein Grußwort.",
        "Gestern barst der Damm, und die Wiese stand unter Wasser.",
    ]
    plain = Translator(translator.package, replace(translator.options, rare_words=False))
    assert plain.rare_words is None
    assert plain.signature != translator.signature
    assert translator.rare_words is not None
    before = [translation for _, translation in plain.translate(texts)]
    after = [translation for _, translation in translator.translate(texts)]
    changed = 0
    for text, old, new in zip(texts, before, after, strict=True):
        words = translator.rare_words.find(text)
        if old.english == new.english:
            assert old.links == new.links
            continue
        changed += 1
        assert len(missing(words, new.english)) < len(missing(words, old.english))
        assert new.hypotheses[0].score >= old.hypotheses[0].score
        for link in new.links:
            assert text[slice(*link.source)].strip()
            assert new.english[slice(*link.target)].strip()
    assert changed, "nothing was told, or nothing taken"


def test_words_that_spoil_one_another_are_told_one_by_one(translator: Translator) -> None:
    samples = sorted((Path(__file__).parents[2] / "webapp/samples").glob("*.txt"))
    paragraphs = (one for sample in samples for one in segment(sample.read_text("utf-8")))
    texts = [sentence.text for one in paragraphs for sentence in one.sentences]
    tokenizer, decoder = translator.load()
    assert translator.rare_words is not None
    reteller = Reteller(tokenizer, decoder, translator.rare_words)
    alone = 0
    for text in texts:
        planned = plan(text, tokenizer, translator.longest)
        part = planned.parts[0]
        [pending] = decoder.submit([part.pieces], [part.words])
        [[again, *_]] = reteller.begin([(replace(planned, parts=(part,)), [pending])])
        decoded = decoder.collect(pending)
        taken = again and reteller.taken(part, decoded, again)
        if again and taken and taken.given.pieces != again.told.given.pieces:
            alone += 1
            assert taken.given.pieces.count(MARKS[0]) == 1 < again.told.given.pieces.count(MARKS[0])
            before, after = (tokenizer.decode(one.hypotheses[0][0]) for one in (decoded, taken.decoded))
            assert len(missing(again.told.words, after)) < len(missing(again.told.words, before))
            assert taken.decoded.hypotheses[0][1] >= decoded.hypotheses[0][1]
        if alone == 2:
            break
    assert alone, "words were never told alone"


def test_packages_that_cannot_be_told_are_left_alone(translator: Translator, tmp_path: Path) -> None:
    import json
    import shutil

    folder = tmp_path / "package"
    shutil.copytree(translator.package.folder, folder)
    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    (folder / "metadata.json").write_text(json.dumps(metadata | {"terminology": False}))
    assert Translator(replace(translator.package, folder=folder)).rare_words is None


def test_where_a_rendering_stands() -> None:
    english = "They put it there and put the dispute off again, to delay it."

    def at(*renderings: str) -> list[str]:
        return [english[start:end] for start, end in rendered_at(renderings, english)]

    assert at("puts off", "delay") == ["put", "off"]
    assert rendered_at(["put off"], english)[0][0] == english.index("put the"), "the nearer one"
    assert at("shelve", "delayed") == ["delay"]
    assert at("off put") == at("shelve") == at() == []
