"""Single grammar notes, word for word: what each kind says, and what must not be noted."""

from __future__ import annotations

import threading

import pytest

from models.grammar import KINDS, GrammarAnalyser, GrammarNote


@pytest.fixture(scope="module")
def analyser() -> GrammarAnalyser:
    return GrammarAnalyser()


def one(analyser: GrammarAnalyser, kind: str, sentence: str) -> GrammarNote:
    (note,) = (note for note in analyser.notes(sentence) if note.kind == kind)
    return note


def kinds(analyser: GrammarAnalyser, sentence: str) -> list[str]:
    return [note.kind for note in analyser.notes(sentence)]


def marked(note: GrammarNote, sentence: str) -> list[str]:
    return [sentence[start:end] for start, end in note.spans]


def test_separable_verb_is_joined(analyser: GrammarAnalyser) -> None:
    sentence = "Die Regierung setzt das Gesetz gegen die Länder durch."
    note = one(analyser, "separable", sentence)
    assert marked(note, sentence) == ["setzt", "durch"]
    assert (note.label, note.rewritten) == ("Separable verb", "durchsetzen")
    assert note.explanation == (
        "“setzt” and “durch” are one verb, “durchsetzen”: its prefix stands at the end of its clause."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Von Anfang an war der Plan umstritten.",
        "Er gab dort ein oder zwei Interviews.",
        "Die Tür zum Kompromiss ist zu.",
        "„Das ist falsch“, sagte er weiter.",
        "Sie umging das Verbot und übersetzte die Rede.",
    ],
)
def test_not_every_particle_is_a_prefix(analyser: GrammarAnalyser, sentence: str) -> None:
    assert "separable" not in kinds(analyser, sentence)


def test_verb_at_the_end_says_what_to_read_first(analyser: GrammarAnalyser) -> None:
    sentence = "Er schweigt, weil der Ausschuss noch nicht getagt hat."
    note = one(analyser, "verb-final", sentence)
    assert marked(note, sentence) == ["weil", "getagt hat"]
    assert note.explanation == (
        "After “weil” the verbs come at the end: read “getagt hat” right after the subject, “der Ausschuss”."
    )


def test_subject_is_named_only_where_nothing_else_can_be(analyser: GrammarAnalyser) -> None:
    sentence = "Es heißt, dass die Kosten der Bund trägt, und er fragt, wer die Kosten trägt."
    notes = [note for note in analyser.notes(sentence) if note.kind == "verb-final"]
    assert len(notes) == 2
    assert not any("subject" in note.explanation for note in notes)


def test_main_clause_that_looks_relative(analyser: GrammarAnalyser) -> None:
    assert "verb-final" not in kinds(analyser, "Man nimmt an, die Zahlen stimmten.")


def test_reported_speech_names_its_speaker(analyser: GrammarAnalyser) -> None:
    sentence = "Der Minister sagte, er habe nichts gewusst und werde den Fall prüfen."
    note = one(analyser, "konjunktiv-1", sentence)
    assert marked(note, sentence) == ["habe", "werde"]
    assert note.explanation == (
        "“habe” instead of “hat” and “werde” instead of “wird” mark reported speech:"
        " the words of “Der Minister”, not the author's own."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Regierung bestreitet, dass der Minister gelogen habe.",
        "Die Kosten seien gedeckt.",
        "Sie sagten, das sei falsch.",
    ],
)
def test_no_speaker_is_made_up(analyser: GrammarAnalyser, sentence: str) -> None:
    note = one(analyser, "konjunktiv-1", sentence)
    assert "somebody's words" in note.explanation


def test_forms_that_are_no_konjunktiv(analyser: GrammarAnalyser) -> None:
    for sentence in (
        "Ich habe das gesagt, und ich werde es wieder sagen.",
        "Liebe Kolleginnen und Kollegen, liebe Gäste!",
        "„Mädchen, sei stolz auf dich!“",
        "Er leitete die Sitzung und redete lange.",
    ):
        assert "konjunktiv-1" not in kinds(analyser, sentence), sentence


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Es sei denn, der Rat stimmt zu.", "unless"),
        ("Sei es aus Angst, sei es aus Kalkül, die Partei schweigt.", "be it"),
        ("Es lebe die Republik!", "long live"),
        ("Hier sei daran erinnert, dass die Wahl geheim ist.", "let it be remembered"),
        ("Er tut so, als sei nichts geschehen.", "as if"),
    ],
)
def test_formulas_have_their_own_wording(analyser: GrammarAnalyser, sentence: str, words: str) -> None:
    notes = [note for note in analyser.notes(sentence) if note.kind == "konjunktiv-formula"]
    assert notes
    assert all(words in note.explanation for note in notes)
    assert "konjunktiv-1" not in kinds(analyser, sentence)


def test_second_konjunktiv_that_stands_in(analyser: GrammarAnalyser) -> None:
    sentence = "Die Verbände kündigten an, sie würden klagen."
    note = one(analyser, "konjunktiv-2-reported", sentence)
    assert marked(note, sentence) == ["würden klagen"]
    assert "the words of “Die Verbände”" in note.explanation


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Er hätte früher zurücktreten müssen.", "should have"),
        ("Hätte man gefragt, wäre das nicht passiert.", "did not happen"),
        ("Könnten Sie uns den Bericht schicken?", "asks politely"),
        ("Das dürfte reichen.", "assumption"),
        ("Er redet, als wäre er Kanzler.", "as if"),
    ],
)
def test_second_konjunktiv_and_what_it_means(analyser: GrammarAnalyser, sentence: str, words: str) -> None:
    notes = [note for note in analyser.notes(sentence) if note.kind == "konjunktiv-2"]
    assert any(words in note.explanation for note in notes), notes


def test_passive_with_its_doer(analyser: GrammarAnalyser) -> None:
    sentence = "Das Gesetz ist gestern vom Bundestag beschlossen worden."
    note = one(analyser, "passive", sentence)
    assert marked(note, sentence) == ["ist", "beschlossen worden"]
    assert note.explanation == (
        "“ist … beschlossen worden” is passive (has been …ed): the subject does not act, it is acted upon;"
        " “vom Bundestag” names who does it."
    )


def test_no_doer_inside_an_attribute(analyser: GrammarAnalyser) -> None:
    sentence = "Mit dem vom Bundestag beschlossenen Gesetz wird das Wahlrecht geändert."
    assert "who does it" not in one(analyser, "passive", sentence).explanation


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Ministerin wird morgen nach Brüssel reisen.",
        "Aus dem Streit wird eine Krise.",
        "Er ist gegangen, und sie war geblieben.",
        "Tage zuvor wurde der Plan bekannt.",
        "Er wird den Bericht gelesen haben.",
        "Sie wird das nie vergessen.",
    ],
)
def test_what_is_not_passive(analyser: GrammarAnalyser, sentence: str) -> None:
    assert not {"passive", "impersonal-passive", "state-passive"} & set(kinds(analyser, sentence))


def test_passive_of_state_and_perfect_are_kept_apart(analyser: GrammarAnalyser) -> None:
    sentence = "Die Gespräche sind gescheitert, die Stimmung ist vergiftet."
    assert marked(one(analyser, "state-passive", sentence), sentence) == ["ist vergiftet"]


def test_passive_without_a_subject(analyser: GrammarAnalyser) -> None:
    assert "impersonal-passive" in kinds(analyser, "Über den Antrag wird morgen abgestimmt.")
    # a subject before "und", a clause as the subject, a name
    for sentence in (
        "Der Antrag wurde beraten und wird morgen abgelehnt.",
        "Wie das gelang, wird noch untersucht.",
        "Pistorius wurde wegen Mordes verurteilt.",
        "Es wird heute noch hergestellt.",
    ):
        assert "impersonal-passive" not in kinds(analyser, sentence), sentence


@pytest.mark.parametrize(
    ("sentence", "simple"),
    [
        (
            "Der von der Regierung im Mai vorgelegte Entwurf ist alt.",
            "der Entwurf, der von der Regierung im Mai vorgelegt wurde",
        ),
        ("Die seit Jahren schwelenden Konflikte brachen aus.", "die Konflikte, die seit Jahren schwelen"),
        ("Die bis Montag zu klärenden Fragen sind schwer.", "die Fragen, die bis Montag zu klären sind"),
        ("Die aus Syrien geflohenen Ärzte bleiben.", "die Ärzte, die aus Syrien geflohen sind"),
        ("Die im Vertrag enthaltenen Regeln gelten.", "die Regeln, die im Vertrag enthalten sind"),
    ],
)
def test_extended_attribute_is_unfolded(analyser: GrammarAnalyser, sentence: str, simple: str) -> None:
    assert one(analyser, "attribute", sentence).rewritten == simple


def test_short_attributes_are_left_alone(analyser: GrammarAnalyser) -> None:
    for sentence in (
        "Die gewählten Vertreter tagen.",
        "Der sehr umstrittene Plan kommt.",
        "Das geltende Recht hilft.",
    ):
        assert "attribute" not in kinds(analyser, sentence), sentence


def test_genitive_says_which_noun_it_belongs_to(analyser: GrammarAnalyser) -> None:
    sentence = "Die Entscheidung der Regierung hilft den Ländern."
    assert marked(one(analyser, "genitive", sentence), sentence) == ["Entscheidung der Regierung"]


def test_a_dative_is_not_taken_for_a_genitive(analyser: GrammarAnalyser) -> None:
    sentence = "Am Montag stimmte der Bundestag der Reform zu."
    assert "genitive" not in kinds(analyser, sentence)
    assert marked(one(analyser, "dative-verb", sentence), sentence) == ["stimmte", "der Reform zu"]


def test_datives_of_something_else(analyser: GrammarAnalyser) -> None:
    for sentence in (
        "Er gehört zu den Besten der Welt.",
        "Das ist eine Person, die ihnen vertraut ist.",
        "Die Strecke wird von ausreichend vielen Menschen genutzt.",
        "Der Reform ging ein Streit voraus, gefolgt von einer Wahl.",
    ):
        notes = [note for note in analyser.notes(sentence) if note.kind == "dative-verb"]
        assert not notes or "vorausgehen" in notes[0].explanation, sentence


def test_genitive_by_preposition_and_by_verb(analyser: GrammarAnalyser) -> None:
    sentence = "Trotz des Streits gedenkt das Parlament der Opfer."
    assert marked(one(analyser, "genitive-preposition", sentence), sentence) == ["Trotz des Streits"]
    assert marked(one(analyser, "genitive-verb", sentence), sentence) == ["gedenkt", "der Opfer"]
    assert "genitive-preposition" not in kinds(analyser, "Während der Minister redete, schwieg der Saal.")


def test_object_first_only_where_case_proves_it(analyser: GrammarAnalyser) -> None:
    sentence = "Den Antrag lehnte die Mehrheit ab."
    assert (
        "“die Mehrheit” is the subject, “Den Antrag” the object"
        in one(analyser, "order", sentence).explanation
    )
    for other in (
        "Die Mehrheit lehnte den Antrag ab.",
        "Jeden Montag tagt der Rat.",
        "Die Union lobt die Partei.",
    ):
        assert "order" not in kinds(analyser, other), other


def test_conditional_without_wenn(analyser: GrammarAnalyser) -> None:
    note = one(analyser, "conditional", "Stimmt der Rat zu, so tritt das Gesetz in Kraft.")
    assert "“wenn … zustimmt”" in note.explanation
    for sentence in (
        "Kommt die Reform?",
        "Schauen wir uns an, was der Rat sagt, und gehen.",
        "Sei es aus Angst, so schweigt er doch.",
        "Geben Sie auf, dann ist Ruhe.",
    ):
        assert "conditional" not in kinds(analyser, sentence), sentence


def test_must_and_can_with_zu(analyser: GrammarAnalyser) -> None:
    assert "zu-infinitive" in kinds(analyser, "Der Antrag ist bis Freitag einzureichen.")
    assert "zu-infinitive" in kinds(analyser, "Der Bund hat die Kosten zu tragen.")
    for sentence in (
        "Er ist bereit zu verhandeln.",
        "Wir haben viel zu tun.",
        "Der Bund hat das Recht zu klagen.",
    ):
        assert "zu-infinitive" not in kinds(analyser, sentence), sentence


def test_pointer_and_light_verb(analyser: GrammarAnalyser) -> None:
    sentence = "Der Minister wies darauf hin, dass das Gesetz im Mai in Kraft trete."
    assert marked(one(analyser, "pointer", sentence), sentence) == ["darauf", "dass"]
    note = one(analyser, "light-verb", sentence)
    assert (note.rewritten, "come into force" in note.explanation) == ("in Kraft treten", True)
    assert "pointer" not in kinds(analyser, "Dazu sagte er, dass man nichts wisse.")


@pytest.mark.parametrize(
    "text", ["", " ", "!", "bis", ", seit", "als", "Er, der", "1.", "zu zu", "„Sei!“", "x" * 2000]
)
def test_scraps_and_monsters_give_nothing(analyser: GrammarAnalyser, text: str) -> None:
    assert analyser.notes(text) == ()


def test_notes_come_in_order_with_valid_spans(analyser: GrammarAnalyser) -> None:
    sentence = (
        "Wie die Zeitung berichtet, sei der von der Union vorgelegte Entwurf, den die Länder ablehnen,"
        " seit Mai bekannt; trotz aller Kritik werde er am 21. Juni beschlossen werden."
    )
    notes = analyser.notes(sentence)
    assert len(notes) >= 5
    assert [note.spans[0] for note in notes] == sorted(note.spans[0] for note in notes)
    for note in notes:
        assert note.kind in KINDS
        assert note.label
        assert note.explanation.endswith((".", ")"))
        assert "\n" not in note.explanation
        assert all(0 <= start < end <= len(sentence) for start, end in note.spans)
        assert all(first[1] < second[0] for first, second in zip(note.spans, note.spans[1:], strict=False))


def test_many_threads_get_the_same(analyser: GrammarAnalyser) -> None:
    sentences = [f"Der Rat setzt Plan {number} durch, weil er muss." for number in range(8)]
    fresh = GrammarAnalyser()
    got: dict[str, tuple[GrammarNote, ...]] = {}

    def ask(sentence: str) -> None:
        got[sentence] = fresh.notes(sentence)

    threads = [threading.Thread(target=ask, args=(sentence,)) for sentence in sentences]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {sentence: analyser.notes(sentence) for sentence in sentences}
