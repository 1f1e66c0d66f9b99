"""Enforcing wanted words: each guard by itself, then the ladder with the real package."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.packages import PackageStore
from models.translation import Hypothesis, Link, Translation, TranslationOptions, Translator
from models.translation.annotating import MARKS, Telling, annotated, takes_annotation
from models.translation.facts import same_facts
from models.translation.forcing import Request, Wish, enforce
from models.translation.forcing.decoding import ForcedDecoder
from models.translation.forcing.guards import Limits, close, plausible, similarity
from models.translation.forcing.spots import aligned_span
from models.translation.forcing.values import GRANTED
from models.translation.forcing.wording import fitted, granted, looks_plural

ANYTHING = Limits(word_cost=1000.0, piece_cost=1000.0, rest_kept=0.0)
NOTHING = Limits(word_cost=-1000.0, piece_cost=0.0, rest_kept=0.0)
GERMAN = "Der Bundestag hat gestern ein neues Gesetz beschlossen."


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    package = PackageStore(tmp_path_factory.mktemp("packages")).embedded()
    return Translator(package, TranslationOptions(beam=2))


def wish(german: str, word: str, *accepted: str, fulfilled: bool = False, writable: int = 1) -> Wish:
    start = german.index(word)
    return Wish(((start, start + len(word)),), accepted, writable, fulfilled=fulfilled)


def translated(translator: Translator, german: str) -> Translation:
    [(_, translation)] = translator.translate([german])
    assert translation.english, "the package must give some English for this sentence"
    return translation


# Wording


@pytest.mark.parametrize(
    ("before", "wording", "plural", "expected"),
    [
        ("", "federal chancellor", False, "Federal chancellor"),
        ("It was a ", "act", False, "It was an act"),
        ("An ", "union", False, "A union"),
        ("He met an ", "MP", False, "He met an MP"),
        ("It is a ", "EU fund", False, "It is an EU fund"),
        ("It is an ", "European fund", False, "It is a European fund"),
        ("A ", "ministers", True, "Ministers"),
        ("with a ", "ministers", True, "with ministers"),
        ("That was it. ", "ministers", True, "That was it. Ministers"),
        ("“", "ministers", True, "“Ministers"),
        ("The ", "Bundestag", False, "The Bundestag"),
    ],
)
def test_a_word_fits_into_its_sentence(before: str, wording: str, plural: bool, expected: str) -> None:
    assert fitted(before, wording, plural=plural) == expected


def test_plurals_are_seen_by_their_heads() -> None:
    plural = ("members of parliament", "Länder", "ministries", "people")
    singular = ("member of the Greens", "crisis", "campus", "politics", "process")
    assert [wording for wording in plural if not looks_plural(wording)] == []
    assert [wording for wording in singular if looks_plural(wording)] == []


def test_every_wish_needs_a_place_of_its_own() -> None:
    one, two = (Wish(((0, 1),), ("Bundestag", "parliament")) for _ in range(2))
    assert granted("The Bundestag meets.", [one, two]) == ((4, 13), None)
    assert None not in granted("The Bundestag is a parliament.", [one, two])
    assert granted("The Bundestagspräsident speaks.", [one]) == (None,)
    assert granted("A CEASE FIRE", [Wish(((0, 1),), ("cease-fire",))]) == ((2, 12),)
    assert granted("the citizen’s income", [Wish(((0, 1),), ("citizen's income",))]) == ((4, 20),)


def test_fulfilled_wishes_choose_their_place_first() -> None:
    late = Wish(((9, 10),), ("council",), fulfilled=True)
    early = Wish(((0, 1),), ("council",))
    assert granted("The council met.", [early, late]) == (None, (4, 11))


# Guards


def test_numbers_and_negation_have_to_stay() -> None:
    assert same_facts("He did not pay 3.5 million.", "He didn’t pay 3.5 million.")
    for changed in ("He paid 3.5 million.", "He did not pay 3,5 million.", "He did not pay 3.5 billion.",
                    "He did not pay two times 3.5 million."):  # fmt: skip
        assert not same_facts("He did not pay 3.5 million.", changed), changed


def test_similarity_is_chrf() -> None:
    metrics = pytest.importorskip("sacrebleu.metrics")
    chrf = metrics.CHRF()
    pairs = [
        ("The government passed the law.", "The government has adopted the law."),
        ("The house is green.", "Completely other words stand here."),
        ("Exactly the same.", "Exactly the same."),
    ]
    for reference, text in pairs:
        wanted = chrf.sentence_score(text.lower(), [reference.lower()]).score / 100
        assert similarity(reference, text) == pytest.approx(wanted, abs=0.02)


def test_a_change_costs_so_much_and_no_more() -> None:
    limits = Limits(word_cost=6.0, piece_cost=0.1)
    assert plausible(-0.5, -0.9, 20, 1, limits)
    assert not plausible(-0.5, -0.91, 20, 1, limits)
    assert plausible(-0.5, -1.2, 20, 2, limits)
    assert close("the government passed it", "the government passed it today", Limits())
    assert not close("the government passed it", "nobody knows what happened", Limits())
    assert close("a b", "something else", Limits()), "a rest of a few letters says nothing"


# Places


def test_the_linked_words_make_the_place() -> None:
    english = "The court of justice of the Union decided."
    source = ((4, 14),)
    links = [
        Link((4, 14), (4, 9), 0.9),
        Link((4, 14), (13, 20), 0.8),
        Link((20, 25), (28, 33), 0.9),
        Link((4, 14), (34, 41), 0.2),
    ]
    assert aligned_span(english, links, source, []) == (4, 20)
    assert aligned_span(english, links, source, [(4, 20)]) == (34, 41)
    assert aligned_span(english, links, ((90, 95),), []) is None


# Annotation


def test_annotated_pieces_are_as_in_training(translator: Translator) -> None:
    tokenizer, _ = translator.load()
    pieces = tokenizer.encode(GERMAN)
    tellings = [Telling((4, 13), "federal diet"), Telling((32, 38), "gone")]
    given = annotated(GERMAN, pieces, tellings, tokenizer)
    assert given is not None
    assert not given.hidden
    marked = given.pieces
    opened, changed, closed = (marked.index(mark) for mark in MARKS[:1] + MARKS[1:2] + MARKS[2:])
    assert tokenizer.decode(marked[opened + 1 : changed]) == "Bundestag"
    assert marked[changed + 1 : closed] == tokenizer.encode("federal diet")
    without = marked[:opened] + marked[opened + 1 : changed] + marked[closed + 1 :]
    second = without.index("<t>") if "<t>" in without else len(without)
    assert without[:second] == pieces[:second], "the sentence's own pieces stay as they are"


def test_annotation_leaves_out_what_it_cannot_mark(translator: Translator) -> None:
    tokenizer, _ = translator.load()
    pieces = tokenizer.encode(GERMAN)
    assert annotated(GERMAN, pieces, [Telling((5, 13), "half a word")], tokenizer) is None
    overlapping = annotated(GERMAN, pieces, [Telling((4, 13), "one"), Telling((0, 13), "other")], tokenizer)
    assert overlapping is not None
    assert [overlapping.pieces.count(mark) for mark in MARKS] == [1, 1, 1]
    assert annotated("a <t> b", tokenizer.encode("a <t> b"), [Telling((0, 1), "x")], tokenizer) is None


def test_only_packages_that_say_so_are_annotated(translator: Translator, tmp_path: Path) -> None:

    folder = tmp_path
    tokenizer, _ = translator.load()
    assert not takes_annotation(folder, tokenizer)
    says = {"{}": False, '{"terminology": true}': True, "[]": False, '{"terminology": 1}': False, "x": False}
    for text, expected in says.items():
        (folder / "metadata.json").write_text(text, "utf-8")
        assert takes_annotation(folder, tokenizer) is expected


# Forced decoding with the real model


def test_prefixes_are_kept_piece_by_piece(translator: Translator) -> None:
    tokenizer, decoder = translator.load()
    forced = ForcedDecoder(decoder, 2)
    source = tokenizer.encode(GERMAN)
    prefixes = [tokenizer.encode(text) for text in ("The Federal Diet", "Yesterday, the house of commons")]
    for prefix, pieces in zip(prefixes, forced.completed([source] * 2, prefixes), strict=True):
        assert pieces[: len(prefix)] == prefix
        assert len(pieces) > len(prefix)


def test_scores_are_those_of_the_beam(translator: Translator) -> None:
    tokenizer, decoder = translator.load()
    forced = ForcedDecoder(decoder, 2)
    source = tokenizer.encode(GERMAN)
    [alternatives] = forced.alternatives([source], 4)
    assert len({tuple(each.pieces) for each in alternatives}) == 4
    scores = forced.scores([source] * 4, [each.pieces for each in alternatives])
    assert scores == pytest.approx([each.score for each in alternatives], abs=0.01)
    assert not forced.alternatives([], 4)
    assert not forced.completed([], [])
    assert not forced.scores([], [])


def test_attention_in_a_batch_is_that_of_one(translator: Translator) -> None:
    tokenizer, decoder = translator.load()
    forced = ForcedDecoder(decoder, 2)
    sources = [tokenizer.encode(text) for text in (GERMAN, "Ja, das stimmt.")]
    targets = [tokenizer.encode(text) for text in ("The Bundestag passed a new law yesterday.", "Yes.")]
    for source, target, rows in zip(sources, targets, forced.attention(sources, targets), strict=True):
        alone = decoder.attention_of(source, target)
        assert len(rows) == len(target)
        for row, wanted in zip(rows, alone, strict=True):
            assert row[: len(source)] == pytest.approx(wanted[: len(source)], abs=0.02)


# The ladder


def test_a_wish_is_granted_and_everything_belongs_together(translator: Translator) -> None:
    raw = translated(translator, GERMAN)
    wishes = (wish(GERMAN, "Bundestag", "house of delegates"), wish(GERMAN, "Gesetz", "statute", "statutes"))
    [done] = enforce(translator, [Request(raw, wishes)], limits=ANYTHING)
    assert done.translation is not None
    english = done.translation.english
    for one, step in zip(wishes, done.steps, strict=True):
        assert (step in GRANTED) == (granted(english, [one])[0] is not None)
    assert any(step in GRANTED for step in done.steps)
    assert done.translation.source == GERMAN
    assert raw.english in [each.text for each in done.translation.hypotheses[1:]]
    for link in done.translation.links:
        assert english[slice(*link.target)].strip()
        assert GERMAN[slice(*link.source)].strip()


def test_an_alternative_of_the_model_is_taken_before_anything_is_forced(translator: Translator) -> None:
    tokenizer, decoder = translator.load()
    raw = translated(translator, GERMAN)
    [alternatives] = ForcedDecoder(decoder, 2).alternatives([tokenizer.encode(GERMAN)], 8)
    for each in alternatives:
        text = tokenizer.decode(each.pieces)
        new = [word.strip(".,") for word in text.split() if word.strip(".,") not in raw.english]
        if new and new[0].isalpha():
            break
    else:
        pytest.skip("all alternatives have the same words")
    [done] = enforce(
        translator, [Request(raw, (wish(GERMAN, "Gesetz", new[0], writable=0),))], limits=ANYTHING
    )
    assert done.steps in (("chosen",), ("altered",))


def test_what_the_model_finds_implausible_is_left_alone(translator: Translator) -> None:
    raw = translated(translator, GERMAN)
    [done] = enforce(
        translator, [Request(raw, (wish(GERMAN, "Bundestag", "zebra crossing"),))], limits=NOTHING
    )
    assert done.translation is None
    assert done.steps[0] not in GRANTED


def test_fulfilled_wishes_stay_fulfilled_and_are_not_touched(translator: Translator) -> None:
    raw = translated(translator, GERMAN)
    word = max(raw.english.rstrip(".").split(), key=len)
    wishes = (wish(GERMAN, "Gesetz", word, fulfilled=True), wish(GERMAN, "Bundestag", "house of delegates"))
    [done] = enforce(translator, [Request(raw, wishes)], limits=ANYTHING)
    assert done.steps[0] is None
    if done.translation is not None:
        assert granted(done.translation.english, wishes)[0]


def test_sentences_that_cannot_be_forced_are_left_alone(translator: Translator) -> None:
    failed = Translation(GERMAN, (), (), "the model gave no usable English")
    signs = "Der Bundestag 😀 tagt."
    long = "Der Bundestag tagt, " * 80 + "und der Bundesrat auch."
    requests = [Request(failed, (wish(GERMAN, "Bundestag", "house"),))]
    for german, word in ((signs, "Bundestag"), (long, "Bundesrat")):
        translation = Translation(german, (Hypothesis("Yes.", -1.0),), (), None)
        requests.append(Request(translation, (wish(german, word, "house"),)))
    assert [(done.translation, done.steps) for done in enforce(translator, requests)] == [
        (None, ("unplaced",))
    ] * 3
    assert enforce(translator, []) == []


def test_long_sentences_are_dealt_with_part_by_part(translator: Translator) -> None:
    brief = Translator(translator.package, TranslationOptions(beam=2, longest=20))
    german = (
        "Die Ministerin aus Łódź reiste am Montag nach Brüssel und sprach dort lange mit Kollegen; "
        "der Bundestag hat gestern ein neues Gesetz beschlossen, weil die Regierung das verlangte."
    )
    raw = translated(brief, german)
    wishes = (
        wish(german, "Ministerin", "zebra keeper"),
        wish(german, "Bundestag", "house of delegates"),
        # Over the border between the parts: there is no place for it.
        Wish(((german.index("Montag"), german.index("Gesetz")),), ("marsh warblers",)),
    )
    [done, other] = enforce(brief, [Request(raw, wishes), Request(raw, ())], limits=ANYTHING)
    assert done.translation is not None
    assert done.steps[1] in GRANTED
    assert done.steps[2] == "unplaced"
    english = done.translation.english
    assert "Łódź" in english or "Łódź" not in raw.english, "names are restored in the whole"
    places = granted(english, wishes)
    for place, step in zip(places, done.steps, strict=True):
        assert (place is not None) == (step in GRANTED)
    assert places[1] is not None
    linked = {
        german[slice(*link.source)]
        for link in done.translation.links
        if places[1][0] <= link.target[0] < places[1][1]
    }
    assert "Bundestag" in linked, "links of a later part are counted from the start of the sentence"
    assert done.translation.hypotheses[1].text == raw.english
    assert other.translation is None


def test_long_sentences_whose_english_is_another_one_stay_as_they_are(translator: Translator) -> None:
    brief = Translator(translator.package, TranslationOptions(beam=2, longest=20))
    german = (
        "Heute tagt der Bundesrat in Berlin, und morgen, wenn alle wieder da sind, tagt der Bundestag auch."
    )
    raw = translated(brief, german)
    edited = Translation(german, (Hypothesis("Today and tomorrow they meet.", -0.5),), (), None)
    wishes = (wish(german, "Bundestag", "house of delegates"),)
    done, left = enforce(brief, [Request(raw, wishes), Request(edited, wishes)], limits=ANYTHING)
    assert done.translation is not None
    assert (left.translation, left.steps) == (None, ("unplaced",))


def test_names_are_spelled_as_in_the_german_afterwards(translator: Translator) -> None:
    german = "Der Bundestag lobt Łukasz aus Łódź."
    raw = translated(translator, german)
    [done] = enforce(
        translator, [Request(raw, (wish(german, "Bundestag", "house of delegates"),))], limits=ANYTHING
    )
    shown = done.translation or raw
    assert "Lodz" not in shown.english


def test_a_cancelled_job_stops_at_once(translator: Translator) -> None:
    raw = translated(translator, GERMAN)
    [done] = enforce(
        translator, [Request(raw, (wish(GERMAN, "Bundestag", "house"),))], lambda: True, ANYTHING
    )
    assert done.translation is None


def test_a_batch_gives_what_single_sentences_give(translator: Translator) -> None:
    texts = [GERMAN, "Die Regierung lehnt das Gesetz ab.", "Das Parlament tagt heute nicht."]
    words = [("Bundestag", "house of delegates"), ("Gesetz", "statute"), ("Parlament", "assembly")]
    requests = [
        Request(translated(translator, text), (wish(text, *word),))
        for text, word in zip(texts, words, strict=True)
    ]
    together = enforce(translator, requests, limits=ANYTHING)
    alone = [enforce(translator, [request], limits=ANYTHING)[0] for request in requests]
    assert [one.steps for one in together] == [one.steps for one in alone]
