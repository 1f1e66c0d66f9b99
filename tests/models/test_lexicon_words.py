"""Words in their sentences: separable verbs, compounds, contractions, principal parts, gender."""

from __future__ import annotations

import re
import threading
import time

import pytest

from models.lexicon import WordExplainer, WordInfo
from models.lexicon.compounds import CompoundSplitter
from models.lexicon.genders import gender_by_ending, plural_only
from models.lexicon.tokens import tokens_of
from models.lexicon.verbs import principal_parts, separable_prefix


@pytest.fixture(scope="module")
def explainer() -> WordExplainer:
    return WordExplainer()


def of(explainer: WordExplainer, sentence: str, word: str) -> WordInfo:
    info = explainer.explain(sentence, sentence.index(word))
    assert info is not None
    return info


@pytest.mark.parametrize(
    ("sentence", "parts", "lemma"),
    [
        ("Die Regierung setzt das Gesetz gegen die Länder durch.", ("setzt", "durch"), "durchsetzen"),
        ("Sie rief, als er kam, den Ausschuss an.", ("rief", "an"), "anrufen"),
        ("Er lehnte den Plan ab und stimmte dem anderen zu.", ("stimmte", "zu"), "zustimmen"),
        ("Er lehnte den Plan ab und stimmte dem anderen zu.", ("lehnte", "ab"), "ablehnen"),
        ("Lehnt der Bundesrat das ab, ist es gescheitert.", ("Lehnt", "ab"), "ablehnen"),
        ("Die Zahlen, die er nennt, gehen zurück.", ("gehen", "zurück"), "zurückgehen"),
    ],
)
def test_split_verbs_are_joined_from_either_side(
    explainer: WordExplainer, sentence: str, parts: tuple[str, str], lemma: str
) -> None:
    first = sentence.index(parts[0])
    last = next(m.start() for m in re.finditer(rf"\b{parts[1]}\b", sentence) if m.start() > first)
    for position in (first, last):
        info = explainer.explain(sentence, position)
        assert info is not None
        assert info.lemma == lemma
        assert tuple(sentence[start:end] for start, end in info.spans) == parts
        assert lemma.startswith(info.prefix)
        assert info.prefix == parts[1]


@pytest.mark.parametrize(
    ("sentence", "word", "lemma"),
    [
        ("Er geht an der Wand entlang nach Hause.", "geht", "gehen"),
        ("Das Gesetz tritt am 1. Januar in Kraft.", "tritt", "treten"),
        ("Wir warten auf den Bericht.", "warten", "warten"),
        ("Er sagte, er komme mit dem Zug.", "komme", "kommen"),
    ],
)
def test_prepositions_are_not_joined(explainer: WordExplainer, sentence: str, word: str, lemma: str) -> None:
    info = of(explainer, sentence, word)
    if word == "geht":
        assert info.lemma in {lemma, "entlanggehen"}
    else:
        assert (info.lemma, len(info.spans)) == (lemma, 1)


def test_compound_parts_lie_on_the_word(explainer: WordExplainer) -> None:
    sentence = "Die Sicherheitsgarantien fehlen."
    info = of(explainer, sentence, "Sicherheitsgarantien")
    assert [part.lemma for part in info.parts] == ["Sicherheit", "Garantie"]
    assert [sentence[part.start : part.end] for part in info.parts] == ["Sicherheits", "garantien"]
    assert (info.article, info.plural) == ("die", "Sicherheitsgarantien")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Meldepflicht", "melden Pflicht"),  # a verb with its e
        ("Eisenbahnstrecke", "Eisen Bahn Strecke"),  # no part without a vowel
        ("Hochwasserwarnstufe", "hoch Wasser warnen Stufe"),  # the stem of a verb in the middle
        ("Umweltministerkonferenz", "Umwelt Minister Konferenz"),
        ("Steuerhinterzieher", "Steuer Hinterzieher"),  # a rare head whose verb is known
        ("Schadensfeststellung", "Schaden Feststellung"),
        ("Feststellung", ""),  # of feststellen, not fest + Stellung
        ("Gründerszene", "Gründer Szene"),
        ("Kinderarbeit", "Kind Arbeit"),
        ("Linksfront", "links Front"),
        ("Datenschutz", "Datum Schutz"),
        ("Rohstoff", "roh Stoff"),
        ("Oppositionelle", ""),
    ],
)
def test_compounds_are_split_by_rule(explainer: WordExplainer, word: str, parts: str) -> None:
    info = of(explainer, f"Wir reden hier über {word}.", word)
    assert [part.lemma for part in info.parts] == parts.split()


def test_a_name_is_not_taken_apart(explainer: WordExplainer) -> None:
    assert of(explainer, "Das Wort hat Herr Rossmann.", "Rossmann").parts == ()


def test_scraps_of_the_alignment_are_no_translations(explainer: WordExplainer) -> None:
    def english(sentence: str, word: str) -> list[str]:
        return [rendering.english for rendering in of(explainer, sentence, word).translations]

    assert english("Das ist steuerfrei.", "steuerfrei") == []  # counted: "tax"
    assert english("Der Steuersatz steigt.", "Steuersatz") == ["tax rate"]
    assert "bill" in english("Der Gesetzentwurf liegt vor.", "Gesetzentwurf")
    assert "Polter" not in english("Er polterte laut.", "polterte")  # as counted
    assert {"been", "have"}.isdisjoint(english("Er ist schon da.", "schon"))
    assert "be" in english("Er ist klug.", "ist")
    assert "s" not in english("Er ist klug.", "ist")


def test_towns_in_er_keep_their_capital(explainer: WordExplainer) -> None:
    assert of(explainer, "Im Münchner Süden ist Ruhe.", "Münchner").lemma == "Münchner"


def test_a_compound_has_the_gender_of_its_head(explainer: WordExplainer) -> None:
    assert of(explainer, "Sie begannen einen Hungerstreik.", "Hungerstreik").article == "der"


def test_an_unknown_lemma_ends_as_its_last_part_does(explainer: WordExplainer) -> None:
    assert of(explainer, "Es gibt neue Nachrangdarlehen.", "Nachrang").lemma == "Nachrangdarlehen"


def test_a_part_is_explained_by_itself(explainer: WordExplainer) -> None:
    whole = of(explainer, "Lieferketten reißen.", "Liefer")
    first = explainer.explain_part(whole, 0)
    assert first is not None
    assert (first.lemma, first.pos, first.principal) == (
        "liefern",
        "verb",
        "liefert, lieferte, hat geliefert",
    )
    assert explainer.explain_part(whole, 2) is None


def test_places_of_a_lemma(explainer: WordExplainer) -> None:
    sentence = "Er setzte den Preis durch, denn Preise steigen."
    assert [sentence[a:b] for a, b in explainer.places("durchsetzen", sentence)] == ["setzte", "durch"]
    assert [sentence[a:b] for a, b in explainer.places("Preis", sentence)] == ["Preis", "Preise"]
    assert explainer.places("Haus", sentence) == ()
    assert explainer.places("Preis", "Der Strompreis steigt.") == ((9, 14),)


def test_contractions_and_words_of_closed_classes(explainer: WordExplainer) -> None:
    info = of(explainer, "Er kam zum Gipfel.", "zum")
    assert (info.lemma, info.pos, info.contraction) == ("zu", "preposition", "zu + dem")
    assert of(explainer, "Sie half ihm.", "ihm").lemma == "er"


def test_unknown_compound_falls_back_to_its_parts_and_nonsense_is_flagged(explainer: WordExplainer) -> None:
    info = of(explainer, "Die Haushaltsgipfelverschiebung kam spät.", "Haushalts")
    assert info.entry is None
    assert info.known
    assert [part.lemma for part in info.parts] == ["Haushalt", "Gipfel", "Verschiebung"]
    assert (info.gender, info.plural) == ("f", "Haushaltsgipfelverschiebungen")
    assert all(part.entry and part.entry.translations for part in info.parts)
    flagged = of(explainer, "Der Qwrtzpfl kam spät.", "Qwrtzpfl")
    assert not flagged.known
    assert flagged.translations == ()


def test_nothing_is_said_where_there_is_no_word(explainer: WordExplainer) -> None:
    sentence = "Ja, gewiss."
    assert explainer.explain(sentence, 2) is None
    assert explainer.explain(sentence, 3) is None
    assert explainer.explain(sentence, 99) is None
    assert explainer.explain("", 0) is None


def test_all_words_of_a_sentence_come_once(explainer: WordExplainer) -> None:
    infos = explainer.explain_all("Der Kanzler lehnt das ab.")
    assert [info.form for info in infos] == ["Der", "Kanzler", "lehnt … ab", "das"]


ODD = ("…", "„“", "1.", "A", "ß", "é" * 300, "🙂 und 🙃", "Bürger*innen", "--", "EU-")


@pytest.mark.parametrize("text", ODD)
def test_odd_text_does_no_harm(explainer: WordExplainer, text: str) -> None:
    for position in range(len(text)):
        info = explainer.explain(text, position)
        assert info is None or all(0 <= start < end <= len(text) for start, end in info.spans)


def test_eight_threads_get_the_same_answers() -> None:
    sentences = [f"Die Regierung setzt {n} Gesetze gegen den Bundesrat durch." for n in range(20)]
    shared = WordExplainer()
    results: list[list[str]] = []

    def work() -> None:
        results.append([info.lemma for sentence in sentences for info in shared.explain_all(sentence)])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert all(result == results[0] for result in results)
    assert results[0].count("durchsetzen") == 20


def test_a_known_word_takes_less_than_five_milliseconds(explainer: WordExplainer) -> None:
    sentence = "Der Haushaltsausschuss billigte gestern die Verpflichtungsermächtigungen für die Bundeswehr."
    explainer.explain(sentence, 4)
    start = time.thread_time()
    for _ in range(20):
        explainer.explain(sentence, 4)
    assert (time.thread_time() - start) / 20 < 0.005


@pytest.mark.parametrize(
    ("verb", "parts"),
    [
        ("durchsetzen", "setzt durch, setzte durch, hat durchgesetzt"),
        ("zurücktreten", "tritt zurück, trat zurück, ist zurückgetreten"),
        ("beschließen", "beschließt, beschloss, hat beschlossen"),
        ("vertreten", "vertritt, vertrat, hat vertreten"),
        ("regieren", "regiert, regierte, hat regiert"),
        ("arbeiten", "arbeitet, arbeitete, hat gearbeitet"),
        ("überzeugen", "überzeugt, überzeugte, hat überzeugt"),
        ("ankündigen", "kündigt an, kündigte an, hat angekündigt"),
        ("einbeziehen", "bezieht ein, bezog ein, hat einbezogen"),
        ("fordern", "fordert, forderte, hat gefordert"),
        ("handeln", "handelt, handelte, hat gehandelt"),
        ("öffnen", "öffnet, öffnete, hat geöffnet"),
        ("scheitern", "scheitert, scheiterte, ist gescheitert"),
        ("vergeben", "vergibt, vergab, hat vergeben"),
        ("stattfinden", "findet statt, fand statt, hat stattgefunden"),
        ("reden", "redet, redete, hat geredet"),
        ("lernen", "lernt, lernte, hat gelernt"),
        ("beraten", "berät, beriet, hat beraten"),
        ("anerkennen", "erkennt an, erkannte an, hat anerkannt"),
        ("geben", "gibt, gab, hat gegeben"),
        ("gefallen", "gefällt, gefiel, hat gefallen"),
        ("entscheiden", "entscheidet, entschied, hat entschieden"),
        ("vorbereiten", "bereitet vor, bereitete vor, hat vorbereitet"),
        ("abschaffen", "schafft ab, schaffte ab, hat abgeschafft"),
        ("verhängen", "verhängt, verhängte, hat verhängt"),
        ("dahinterstehen", "steht dahinter, stand dahinter, hat dahintergestanden"),
        ("gelten", "gilt, galt, hat gegolten"),
        ("vergelten", "vergilt, vergalt, hat vergolten"),
        ("vergessen", "vergisst, vergaß, hat vergessen"),
        ("beginnen", "beginnt, begann, hat begonnen"),
        ("kontrollieren", "kontrolliert, kontrollierte, hat kontrolliert"),
        ("ändern", "ändert, änderte, hat geändert"),
        ("warnen", "warnt, warnte, hat gewarnt"),
        ("atmen", "atmet, atmete, hat geatmet"),
        ("berichten", "berichtet, berichtete, hat berichtet"),
        ("begrüßen", "begrüßt, begrüßte, hat begrüßt"),
        ("erklären", "erklärt, erklärte, hat erklärt"),
        ("gewinnen", "gewinnt, gewann, hat gewonnen"),
        ("reisen", "reist, reiste, ist gereist"),
        ("unterstützen", "unterstützt, unterstützte, hat unterstützt"),
    ],
)
def test_principal_parts(verb: str, parts: str) -> None:
    assert principal_parts(verb) == parts


def test_abbreviations_and_gender_star(explainer: WordExplainer) -> None:
    sentence = "Das gilt z. B. für Politiker*innen."
    assert of(explainer, sentence, "z. B.").contraction == "zum Beispiel"
    info = of(explainer, sentence, "Politiker")
    assert (info.form, info.gender, info.translations[0].english) == ("Politiker*innen", "mf", "politician")


def test_prefix_at_the_head_of_the_sentence(explainer: WordExplainer) -> None:
    assert of(explainer, "Hinzu kommt die Inflation.", "kommt").spans == ((0, 5), (6, 11))


def test_prefixes_that_stay() -> None:
    verbs = ("überzeugen", "umstellen", "antworten", "beraten", "zustimmen")
    assert [separable_prefix(verb) for verb in verbs] == ["", "um", "", "", "zu"]


def test_gender_by_ending() -> None:
    words = {
        "Regierung": "f",
        "Mädchen": "n",
        "Populismus": "m",
        "Sprung": "",
        "Kanzlerin": "f",
        "Termin": "",
    }
    assert {word: gender_by_ending(word) for word in words} == words
    assert plural_only("Fachleute")
    assert not plural_only("Minister")


def test_splitting_with_a_small_vocabulary() -> None:
    counts = {"Haus": 900, "Halt": 60, "Haushalt": 500, "Ausschuss": 400, "Land": 800, "Rat": 700}
    splitter = CompoundSplitter(lambda lemma: counts.get(lemma, 0), lambda word: frozenset())
    assert [piece.lemma for piece in splitter.split("Haushaltsausschuss")] == ["Haushalt", "Ausschuss"]
    assert [piece.lemma for piece in splitter.split("Länderrat")] == ["Land", "Rat"]
    assert splitter.split("Haushalt") == ()
    assert splitter.split("Wahl") == ()
    hyphen = splitter.split("NATO-Rat")
    assert [(piece.start, piece.end, piece.lemma) for piece in hyphen] == [(0, 4, "NATO"), (5, 8, "Rat")]


def test_tokens_cover_every_letter() -> None:
    text = "Bürger*innen der EU-Länder, z.B. 3,5 Mio.; geht's?"
    assert [token.text for token in tokens_of(text)] == [
        "Bürger*innen", "der", "EU-Länder", ",", "z.B.", "3,5", "Mio", ".", ";", "geht's", "?",
    ]  # fmt: skip
