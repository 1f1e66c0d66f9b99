"""Phrases in German sentences, and what the model makes of them."""

from __future__ import annotations

import pytest

from models.lexicon.phrases import Phrase, PhraseFinder, parsed, shipped_phrases
from models.packages import PackageStore
from models.translation import Translator
from models.translation.annotating import MARKS, Given, Telling, annotated, folded
from models.translation.omissions import content_words, shown
from models.translation.rare_words import RareWord, elsewhere, lost, missing, told

LIST = (
    "etw auf die lange Bank schieben",
    "Stellung nehmen",
    "zu etw Stellung nehmen",
    "etw durchblicken lassen",
    "sich zuspitzen",
    "sich an etw die Zähne ausbeißen",
    "an etw festhalten",
    "auf etw pochen",
    "Druck ausüben",
    "den Rotstift ansetzen",
    "jdm einen Denkzettel verpassen",
    "unter dem Strich",
    "mit Blick auf etw",
)


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    return Translator(PackageStore(tmp_path_factory.mktemp("packages")).embedded())


@pytest.fixture(scope="module")
def finder() -> PhraseFinder:
    return PhraseFinder(phrases=[parsed(german) for german in LIST])


def test_a_phrase_is_read_from_its_citation_form() -> None:
    phrase = parsed("sich an etw die Zähne ausbeißen", ["come to grief"])
    assert (phrase.verb, phrase.fixed, phrase.reflexive, phrase.governed) == (
        "ausbeißen",
        ("die", "Zähne"),
        True,
        ("an",),
    )
    assert parsed("auf etw pochen").governed == ("auf",)
    assert parsed("unter dem Strich") == Phrase(
        "unter dem Strich", (), ("", ""), "", ("unter", "dem", "Strich"), False, ()
    )
    assert parsed("mit Blick auf etw").fixed == ("mit", "Blick", "auf")
    assert not parsed("von oben").verb, "an adverb with the ending of an infinitive"
    for nothing in ("etw jdm", ""):
        with pytest.raises(ValueError, match="no words"):
            parsed(nothing)


@pytest.mark.parametrize(
    ("sentence", "german", "core", "rest"),
    [
        (
            "Am Ende schob die Koalition den Streit auf die lange Bank.",
            "etw auf die lange Bank schieben",
            "schob",
            ["auf", "die", "lange", "Bank"],
        ),
        (
            "Der Streit sei erneut auf die lange Bank geschoben worden.",
            "etw auf die lange Bank schieben",
            "geschoben",
            ["auf", "die", "lange", "Bank"],
        ),
        ("Er hat zwei Wochen Zeit, um Stellung zu nehmen.", "Stellung nehmen", "nehmen", ["Stellung"]),
        ("Dazu nahm sie am Montag nicht Stellung.", "zu etw Stellung nehmen", "nahm", ["Stellung"]),
        (
            "Die Richter ließen durchblicken, dass sie zweifeln.",
            "etw durchblicken lassen",
            "ließen",
            ["durchblicken"],
        ),
        ("Am Wochenende spitzte sich der Streit zu.", "sich zuspitzen", "spitzte", ["sich", "zu"]),
        ("Es heißt, dass sich die Lage zuspitzt.", "sich zuspitzen", "zuspitzt", ["sich"]),
        (
            "An der Reform biss sich schon die Vorgängerin die Zähne aus.",
            "sich an etw die Zähne ausbeißen",
            "biss",
            ["sich", "die", "Zähne", "aus"],
        ),
        ("Daran hält die Partei trotz der Kritik fest.", "an etw festhalten", "hält", ["fest"]),
        ("Die Länder pochten aufs Grundgesetz.", "auf etw pochen", "pochten", []),
        ("Berlin habe Druck auf die Länder ausgeübt.", "Druck ausüben", "ausgeübt", ["Druck"]),
        (
            "Bei der Kultur setzte der Rat den Rotstift an.",
            "den Rotstift ansetzen",
            "setzte",
            ["den", "Rotstift", "an"],
        ),
        ("Er nahm keine Stellung dazu.", "zu etw Stellung nehmen", "nahm", ["Stellung"]),
        ("Sie übten sehr starken Druck auf ihn aus.", "Druck ausüben", "übten", ["Druck", "aus"]),
        (
            "Der Wähler verpasste ihnen einen überaus kräftigen Denkzettel.",
            "jdm einen Denkzettel verpassen",
            "verpasste",
            ["einen", "Denkzettel"],
        ),
        (
            "Er wollte ihnen keinen Denkzettel verpassen.",
            "jdm einen Denkzettel verpassen",
            "verpassen",
            ["Denkzettel"],
        ),
        ("Unter dem Strich bleibt wenig.", "unter dem Strich", "Unter dem Strich", []),
        ("Das geschah mit Blick auf die Wahl.", "mit Blick auf etw", "mit Blick auf", []),
    ],
)
def test_phrases_are_found_where_their_parts_stand(
    finder: PhraseFinder, sentence: str, german: str, core: str, rest: list[str]
) -> None:
    [hit] = finder.find(sentence)
    assert hit.phrase.german == german
    assert sentence[slice(*hit.core)] == core
    assert [sentence[slice(*span)] for span in hit.rest] == rest
    assert list(hit.spans) == sorted(hit.spans)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie saß auf der langen Bank und schob den Kinderwagen.",
        "Er nahm seine Stellung auf.",
        "Sie nahm eine neue Stellung in Kiel an.",
        "Er hielt den Zug fest.",  # without an
        "Die Herzen pochten.",
        "Der Druck wuchs, und die Länder übten Kritik.",
        "Er spitzte den Bleistift und sah ihr zu.",
        "Sie lief unter dem Balken durch.",
        "",
    ],
)
def test_other_uses_of_the_words_are_no_phrase(finder: PhraseFinder, sentence: str) -> None:
    assert finder.find(sentence) == ()


def test_the_shipped_list_is_sound() -> None:
    phrases = shipped_phrases()
    assert len({phrase.german for phrase in phrases}) == len(phrases) > 2000
    for phrase in phrases:
        assert phrase.english
        assert all(each == each.strip() and each for each in phrase.english), phrase
        first = phrase.english[0].split()
        assert len(first) <= 6, phrase
        assert not {"one's", "oneself", "somebody", "something", "sb", "sth"} & set(first), phrase
        assert all(phrase.example), phrase


def test_the_shipped_phrases_are_found_in_their_examples() -> None:
    finder = PhraseFinder()
    phrases = shipped_phrases()[::5]
    found = sum(any(hit.phrase == each for hit in finder.find(each.example[0])) for each in phrases)
    assert found / len(phrases) > 0.93


def test_the_rest_of_a_phrase_is_hidden_and_its_attention_found_again(translator: Translator) -> None:
    tokenizer, _ = translator.load()
    text = "Die Regierung schob den Streit auf die lange Bank, sagte sie."
    pieces = tokenizer.encode(text)
    verb = (text.index("schob"), text.index("schob") + 5)
    rest = (text.index("auf"), text.index(","))
    given = annotated(text, pieces, [Telling(verb, "put off", (rest,))], tokenizer)
    assert given is not None
    plain = [piece for piece in given.pieces if piece not in MARKS]
    assert tokenizer.decode(plain) == "Die Regierung schob put off den Streit, sagte sie."
    hidden = dict(given.hidden)
    assert tokenizer.decode([pieces[place] for place in hidden]) == "auf die lange Bank"
    size = len(given.pieces)
    rows = folded([[float(n == column) for n in range(size)] for column in range(size)], given)
    assert {len(row) for row in rows} == {len(pieces)}
    assert [sum(row[place] for row in rows) for place in hidden] == [0] * len(hidden)
    assert all(sum(row) == 1 for row in rows), "no attention is lost"
    comma = given.pieces.index(",")
    assert pieces[rows[comma].index(1.0)] == ","
    content = content_words(text, pieces)
    places = [place for word in shown(content, hidden) for place in word]
    kept = [piece for place, piece in enumerate(pieces) if place not in hidden]
    assert "Streit" in "".join(kept[place] for place in places)
    assert "Bank" not in "".join(kept[place] for place in places)
    assert shown(content, ()) == content


def test_a_telling_inside_what_another_hides_is_left_out(translator: Translator) -> None:
    tokenizer, _ = translator.load()
    text = "Er zog den Kürzeren."
    tellings = [Telling((3, 6), "lose out", ((7, 19),)), Telling((11, 19), "shorter")]
    given = annotated(text, tokenizer.encode(text), tellings, tokenizer)
    assert given is not None
    assert tokenizer.decode([piece for piece in given.pieces if piece not in MARKS]) == "Er zog lose out."
    assert folded([[1.0]], Given(["a"])) == [[1.0]]


def test_words_of_a_phrase_are_not_told_by_themselves() -> None:
    phrase = RareWord((3, 6), 0, ("lose out",), rest=((7, 19),))
    assert elsewhere([RareWord((11, 19), 9, ("shorter",))], [phrase]) == ()
    other = RareWord((20, 25), 9, ("end",))
    assert elsewhere([other], [phrase]) == (other,)


def test_a_phrase_that_was_hidden_must_not_get_lost(translator: Translator) -> None:
    tokenizer, _ = translator.load()
    text = "Er zog am Ende den Kürzeren."
    pieces = tokenizer.encode(text)
    phrase = RareWord((3, 6), 0, ("lose out",), rest=((15, 27),))
    given = told(text, pieces, [phrase], tokenizer)
    assert given is not None
    assert lost(text, pieces, [phrase], given, "He pulled in the end.") == (phrase,)
    assert lost(text, pieces, [phrase], given, "He lost out in the end.") == ()
    assert lost(text, pieces, [phrase], Given(pieces), "He pulled in the end.") == (), "nothing was hidden"


@pytest.mark.parametrize(
    ("german", "words"),
    [
        (
            "Die Regierung schob den Streit auf die lange Bank.",
            {"Regierung", "schob", "auf", "die", "lange", "Bank"},
        ),
        ("Am Wochenende spitzte sich der Streit zu.", {"spitzte", "sich", "zu"}),
    ],
)
def test_the_model_is_told_phrases_and_their_words_are_linked(
    translator: Translator, german: str, words: set[str]
) -> None:
    assert translator.rare_words is not None
    phrases = translator.rare_words.phrases(german)
    assert phrases
    [(_, translation)] = translator.translate([german])
    assert not missing(phrases, translation.english), translation.english
    linked = {german[slice(*link.source)] for link in translation.links}
    assert words - {"Die", "die"} <= linked
    assert translation.links == tuple(sorted(translation.links, key=lambda link: (link.target, link.source)))


def test_a_rare_verb_apart_from_its_prefix_is_told(translator: Translator) -> None:
    rare = translator.rare_words
    assert rare is not None
    text = "Andere Städte werben gute Beamte ab."
    [verb] = rare.phrases(text)
    assert text[slice(*verb.span)] == "werben"
    assert [text[slice(*span)] for span in verb.rest] == ["ab"]
    assert "poach" in verb.renderings
    assert rare.phrases("Andere Städte werben gute Beamte.") == ()
