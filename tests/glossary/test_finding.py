from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from glossary import Glossary, Hit, TermFinder
from glossary.spelling import fold, key_offsets, words
from tests.glossary.goldfile import read_gold
from tests.glossary.terms import glossary_of, term


def hits(finder: TermFinder, text: str, country: str | None = None) -> dict[str, str]:
    return {hit.surface: hit.term_id for hit in finder.find(text, country)}


def one(text: str, german: str, **columns: str) -> tuple[Hit, ...]:
    """What a finder with a single term finds."""
    return TermFinder(glossary_of(term(german, id="t", **columns))).find(text)


# ---- words and folding


def test_words_keep_exact_offsets() -> None:
    text = "Politiker*innen, Bür\u00adger/-innen der Bundes- und\u00a0Landesregierung sagen:nein!"
    tokens = words(text)
    assert [token.text for token in tokens] == [
        "Politiker*innen", "Bürger/-innen", "der", "Bundes-", "und", "Landesregierung", "sagen", "nein",
    ]  # fmt: skip
    for token in tokens:
        assert text[token.start : token.end].replace("\u00ad", "") == token.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schluß", "Schluss"),
        ("Bürger", "Buerger"),
        ("NATO-Gipfel", "Natogipfel"),
        ("Bun\u00addestag", "BUNDESTAG"),
        ("Politiker:innen", "PolitikerInnen"),
    ],
)
def test_folding(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_offsets_of_folded_letters() -> None:
    key, offsets = key_offsets("Mä\u00adßig")
    assert key == "maessig"
    assert len(offsets) == len(key) + 1
    assert [offsets[index] for index in (0, 1, 2, 3, 5)] == [0, 1, 1, 3, 4]


# ---- forms in sentences


@pytest.mark.parametrize(
    ("text", "kind", "surface"),
    [
        ("Das Parlament tagt.", "exact", "Parlament"),
        ("Die Parlamente tagen.", "inflected", "Parlamente"),
        ("Des Parlaments Würde", "inflected", "Parlaments"),
        ("DAS PARLAMENT TAGT WIEDER", "exact", "PARLAMENT"),
        ("Das Parla\u00adment tagt.", "exact", "Parla\u00adment"),
        ("Im Parlamente tagt man.", "inflected", "Parlamente"),
        ("Die Parlamentswahl ist nah.", "compound", "Parlament"),
        ("Die EU-Parlaments-Debatte", "compound", "Parlament"),
    ],
)
def test_a_noun(text: str, kind: str, surface: str) -> None:
    found = one(text, "Parlament", gender="n", genitive="Parlamentes / Parlaments", plural="Parlamente")
    assert [(hit.kind, hit.surface) for hit in found] == [(kind, surface)]
    start, end = found[0].spans[0]
    assert text[start:end] == surface


@pytest.mark.parametrize(
    "text", ["Die rate steigt.", "Die Rate steigt.", "Der Ratgeber irrt.", "Verrat und Beratung"]
)
def test_what_is_not_a_council(text: str) -> None:
    assert not one(text, "Rat", gender="m", genitive="Rates / Rats", plural="Räte")


@pytest.mark.parametrize(
    "text", ["Dem Rate folgte er.", "Der Verwaltungsrat tagt.", "Die Räte tagen.", "Ratsmitglied"]
)
def test_what_is_a_council(text: str) -> None:
    assert len(one(text, "Rat", gender="m", genitive="Rates / Rats", plural="Räte")) == 1


def test_a_plural_with_umlaut_as_first_part() -> None:
    found = one("Die Ländervertretung", "Land", gender="n", genitive="Landes", plural="Länder")
    assert [hit.surface for hit in found] == ["Länder"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Sie setzt ihren Plan durch.", ["setzt", "durch"]),
        ("Setzt sie den Plan, den alle kennen, durch, ist Ruhe.", ["Setzt", "durch"]),
        ("Sie setzte den Plan durch und ging.", ["setzte", "durch"]),
        ("Sie setzt durch ihr Wort ein Zeichen.", []),
        ("Er setzt sich; sie kommt durch.", []),
        ("Sie hat den Plan durchgesetzt.", ["durchgesetzt"]),
        ("Ohne ihn durchzusetzen, ging sie.", ["durchzusetzen"]),
        ("Beim Durchsetzen half er.", ["Durchsetzen"]),
    ],
)
def test_a_separable_verb(text: str, spans: list[str]) -> None:
    found = one(text, "durchsetzen", pos="verb", inflection="setzt durch, setzte durch, durchgesetzt")
    assert [text[start:end] for hit in found for start, end in hit.spans] == spans


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Die Koalition der Willigen tagt.", "Koalition der Willigen"),
        ("Die Koalition der letzten Willigen tagt.", "Koalition der … Willigen"),
        ("Die Koalition der bisher nie ganz Willigen tagt.", ""),
        ("Der „Koalition der Willigen“ fehlt Geld.", "Koalition der Willigen"),
    ],
)
def test_an_inserted_adjective(text: str, surface: str) -> None:
    assert [hit.surface for hit in one(text, "Koalition der Willigen")] == ([surface] if surface else [])


def test_a_reflexive_verb_needs_its_pronoun() -> None:
    columns = {"pos": "verb", "inflection": "enthält sich, enthielt sich, sich enthalten"}
    assert one("Sie enthielt sich der Stimme.", "sich enthalten", **columns)
    assert one("Sie haben sich alle enthalten.", "sich enthalten", **columns)
    assert not one("Das Buch enthielt Fehler, die sich häuften.", "sich enthalten", **columns)


# ---- nesting, rules, countries


def test_shorter_hits_are_nested_not_lost() -> None:
    short = term("Ausschuss", id="ausschuss", gender="m", genitive="Ausschusses", plural="Ausschüsse")
    long = term("Haushaltsausschuss", id="long", gender="m", genitive="Haushaltsausschusses")
    chair = term("Vorsitzende", id="chair", gender="mf", inflection="adjectival")
    found = TermFinder(glossary_of(short, long, chair)).find("Die Haushaltsausschussvorsitzende kam.")
    assert [(hit.term_id, hit.surface, hit.parent) for hit in found] == [
        ("long", "Haushaltsausschuss", None),
        ("ausschuss", "ausschuss", 0),
        ("chair", "vorsitzende", None),
    ]


def test_parents_contain_their_children(finder: TermFinder) -> None:
    for sentence in read_gold():
        found = finder.find(sentence.text)
        for hit in found:
            assert hit.surface == " … ".join(sentence.text[start:end] for start, end in hit.spans)
            if hit.parent is not None:
                outer = found[hit.parent]
                assert all(any(a <= x and y <= b for a, b in outer.spans) for x, y in hit.spans)


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("exact-case", "Die MITTE siegt.", False),
        ("exact-case", "MITTE UND RECHTE", True),
        ("exact-case", "Die Mitte siegt.", True),
        ("not-initial", "Mitte und Rand", False),
        ("not-initial", "Die Mitte siegt.", True),
        ("not-initial", "Mitte siegt", True),
        ("after:die|der", "Mitte siegt", True),
        ("after:die|der", "Mitte und Rand", False),
        ("after:partei|die", "Mitte siegt", False),
        ("after:partei|die", "Für die neue Mitte", True),
        ("after:partei", "Für die neue Mitte", False),
        ("not-after:neue", "Für die neue Mitte", False),
        ("before:der", "In der Mitte der Stadt", True),
        ("not-before:der", "In der Mitte der Stadt", False),
        ("right-after:neue", "Für die neue Mitte", True),
        ("right-after:die", "Für die neue Mitte", False),
        ("not-right-after:ein", "Aus einer Mitte, ein Rand", True),
        ("not-right-after:eine", "Da ist eine Mitte.", False),
        ("right-before:der", "In der Mitte der Stadt", True),
        ("right-before:stadt", "In der Mitte der Stadt", False),
        ("not-right-before:des", "In der Mitte des Landes", False),
        ("not-with:rand", "Die Mitte ist weit weg vom Rand.", False),
        ("not-with:rand", "Die Mitte ist eine Randlage.", True),
        ("not-with:rand*", "Die Mitte ist eine Randlage.", False),
        ("not-with:rand*|saum", "Die Mitte ist breit.", True),
        ("not-form:mitten", "Die Mitte und die Mitten", True),
        ("not-form:mitten|mitte", "Die Mitte und die Mitten", False),
        ("no-compound", "Der Mittekandidat und die Mitte-Partei", False),
    ],
)
def test_match_rules(rule: str, text: str, found: bool) -> None:
    assert bool(one(text, "Mitte", match=rule)) is found


def test_rules_see_the_words_between_the_parts_of_a_verb() -> None:
    columns = {"pos": "verb", "inflection": "ruft an, rief an, angerufen", "match": "after:gericht"}
    assert one("Sie ruft das Gericht an.", "anrufen", **columns)
    assert not one("Sie ruft ihre Mutter an.", "anrufen", **columns)
    assert one("Das Gericht wird noch in diesem Herbst vom Land angerufen.", "anrufen", **columns)
    assert not one("Das Gericht tagt, und am Abend wird die Mutter angerufen.", "anrufen", **columns)


def test_a_reflexive_pronoun_in_its_clause_makes_another_verb() -> None:
    columns = {
        "pos": "verb",
        "inflection": "verabschiedet, verabschiedete, verabschiedet",
        "match": "not-after:sich",
    }
    assert not one("Sie hat sich am Abend von allen Gästen verabschiedet.", "verabschieden", **columns)
    assert one("Man hat sich geeinigt und das Gesetz verabschiedet.", "verabschieden", **columns)


def test_the_word_before_the_particle_counts_as_right_before_the_verb() -> None:
    columns = {
        "pos": "verb",
        "inflection": "tritt zurück, trat zurück, zurückgetreten",
        "match": "not-right-after:schritt",
    }
    assert not one("Er trat einen Schritt zurück.", "zurücktreten", **columns)
    assert one("Nach diesem Schritt, so hieß es, trat er am Abend zurück.", "zurücktreten", **columns)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Die Anklage gegen die Beamten wurde nie erhoben.", ["Anklage … erhoben"]),
        ("Die Anklage, die sie nun erhoben, war kurz.", []),
    ],
)
def test_up_to_five_words_stand_between_object_and_verb(text: str, surfaces: list[str]) -> None:
    hits = one(
        text, "Anklage erheben", pos="verb", inflection="erhebt Anklage, erhob Anklage, Anklage erhoben"
    )
    assert [hit.surface for hit in hits] == surfaces


def test_a_verb_phrase_is_not_found_without_its_particle() -> None:
    columns = {
        "pos": "verb",
        "inflection": "stellt Verfahren ein, stellte Verfahren ein, Verfahren eingestellt",
    }
    assert not one("Ein Verfahren stellt hohe Ansprüche.", "Verfahren einstellen", **columns)
    assert one("Ein Verfahren wurde eingestellt.", "Verfahren einstellen", **columns)


@pytest.mark.parametrize(
    ("german", "text", "surface"),
    [
        ("Mitgliedstaat", "Die Mitgliedsstaaten tagen.", "Mitgliedsstaaten"),
        ("Mitgliedsstaat", "Des Mitgliedstaates Recht", "Mitgliedstaates"),
        ("Mitgliedstaat", "Die EU-Mitgliedsstaaten tagen.", "Mitgliedsstaaten"),
        ("Mitgliedstaat", "Das Gremium der Mitgliedsstaatenvertreter", "Mitgliedsstaat"),
        ("Mitgliedstaat", "DIE MITGLIEDSSTAATEN TAGEN", "MITGLIEDSSTAATEN"),
        ("Erbschaftsteuer", "Die Erbschaftssteuern steigen.", "Erbschaftssteuern"),
        ("Erbschaftsteuer", "Die Erbschaftssteuerreform", "Erbschaftssteuer"),
        ("Erbschaftsteuer", "Die Erbschaftssteuer-Reform", "Erbschaftssteuer"),
        (
            "Finanztransaktionssteuer",
            "Eine Finanz\u00adtransaktionsteuer fehlt.",
            "Finanz\u00adtransaktionsteuer",
        ),
        ("Schadensersatz", "Er fordert Schadenersatz.", "Schadenersatz"),
        ("Schadenersatz", "Er fordert Schadensersatz.", "Schadensersatz"),
    ],
)
def test_a_compound_with_and_without_its_joining_s(german: str, text: str, surface: str) -> None:
    columns = {"gender": "m", "genitive": f"{german}s / {german}es", "plural": german + "en"}
    if german.endswith("steuer"):
        columns = {"gender": "f", "plural": german + "n"}
    (hit,) = one(text, german, **columns)
    assert hit.surface == surface
    start, end = hit.spans[0]
    assert text[start:end] == surface


@pytest.mark.parametrize(
    ("german", "text"),
    [
        # An s elsewhere than at a seam, twice at one, or of another word makes another word.
        ("Mitgliedstaat", "Mitglieds, Mitgliedstsaat, Mitgliedssstaat, Mitgliedsttaat, Miitgliedsstaat"),
        ("Wahlschein", "Der Wahlchein"),
        ("Landsgemeinde", "Die Landgemeinde tagt."),
        ("Landgemeinde", "Die Landsgemeinde tagt."),
        ("Vorschlag", "Der Vorsschlag"),
        ("Kreistag", "Der Kreisstag"),
    ],
)
def test_an_s_that_joins_nothing(german: str, text: str) -> None:
    assert not one(text, german, plural="-")


def test_a_spelling_with_its_own_entry_is_left_to_it() -> None:
    contract = term("Werkvertrag", id="werk", gender="m", genitive="Werkvertrags", plural="Werkverträge")
    other = term("Werksvertrag", id="werks", gender="m", genitive="Werksvertrags", plural="Werksverträge")
    found = TermFinder(glossary_of(contract, other)).find("Werkverträge und Werksverträge")
    assert [hit.term_id for hit in found] == ["werk", "werks"]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Für die Fraktion DIE LINKE spricht eine Abgeordnete.", {"LINKE": "linke-partei"}),
        ("Die Fraktion Die LINKE lehnt den Antrag ab.", {"LINKE": "linke-partei"}),
        ("Beifall kommt von der LINKEN und den GRÜNEN.", {"LINKEN": "linke-partei", "GRÜNEN": "gruene-de"}),
        (
            "Die Fraktion BÜNDNIS 90/DIE GRÜNEN stimmt zu.",
            {"BÜNDNIS 90/DIE GRÜNEN": "buendnis-90-die-gruenen", "GRÜNEN": "gruene-de"},
        ),
        ("In Bayern regieren die FREIEN WÄHLER mit.", {"FREIEN WÄHLER": "freie-waehler"}),
        ("DIE GRÜNEN Bäume im Park der Fraktion blühen.", {}),
        ("Sie hob die LINKE Hand.", {}),
    ],
)
def test_parties_in_their_own_capitals(finder: TermFinder, text: str, surfaces: dict[str, str]) -> None:
    parties = {"linke-partei", "gruene-de", "buendnis-90-die-gruenen", "freie-waehler"}
    assert {surface: id_ for surface, id_ in hits(finder, text).items() if id_ in parties} == surfaces


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Bauverwaltung", True),
        ("Bauverwaltungen", True),
        ("Verwaltungsmitarbeiter", True),
        ("Hausverwaltung", False),
        ("Hausverwaltungen", False),
        ("Hausverwaltungsvertrag", False),
    ],
)
def test_stops_hold_for_all_forms_of_a_word(word: str, found: bool) -> None:
    text = f"Zuständig ist die {word} der Stadt."
    assert bool(one(text, "Verwaltung", gender="f", plural="Verwaltungen")) == found


@pytest.mark.parametrize(
    ("text", "term_id", "surface"),
    [
        ("Die Fraktion Bündnis90/Die Grünen stimmt zu.", "buendnis-90-die-gruenen", "Bündnis90/Die Grünen"),
        ("Anträge kamen von BÜNDNIS90/DIE GRÜNEN.", "buendnis-90-die-gruenen", "BÜNDNIS90/DIE GRÜNEN"),
        ("Die GSG9 befreite die Geiseln.", "gsg9", "GSG9"),
    ],
)
def test_a_number_may_be_written_onto_the_word(
    finder: TermFinder, text: str, term_id: str, surface: str
) -> None:
    assert hits(finder, text)[surface] == term_id


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Die Erbschafts- und Schenkungssteuer steigt.", "Erbschafts- … steuer"),
        ("Die Erbschafts- und Schenkungsteuer steigt.", "Erbschafts- … steuer"),
        ("Die Erbschaft- und Schenkungssteuer steigt.", "Erbschaft- … steuer"),
        ("Die Erbschaftssteuer und -reform bleibt.", "Erbschaftssteuer"),
    ],
)
def test_an_ellipsis_with_and_without_the_joining_s(text: str, surface: str) -> None:
    found = one(text, "Erbschaftsteuer", gender="f", plural="Erbschaftsteuern")
    assert [hit.surface for hit in found] == [surface]


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        (
            [["Wir werden mit den Ländern reden.", "Der Bundestag tagt wieder, die SPD stimmt zu."]],
            None,
            True,
        ),
        ([["Wir werden mit den Ländern reden.", "Das Wetter war schön."]], None, False),
        ([["Wir werden mit den Ländern reden.", "Das Wetter war schön."]], "DE", True),
        ([["Wir werden mit den Ländern reden.", "Der Ständerat tagt, der Kanton Bern zahlt."]], None, False),
        ([["In den Ländern Afrikas fehlt Geld.", "Der Bundestag tagt, die SPD stimmt zu."]], None, False),
    ],
)
def test_the_laender_need_a_text_of_their_own_country(
    finder: TermFinder, text: list[list[str]], country: str | None, found: bool
) -> None:
    around = finder.surroundings(text)[0]
    hits = finder.find(text[0][0], country, around)
    assert ("laender-de" in {hit.term_id for hit in hits}) == found


@pytest.mark.parametrize(
    ("text", "term_id", "surface"),
    [
        ("Die Hartz-IV-Empfänger warten.", "hartz-iv", "Hartz-IV"),
        ("Das Hartz-IV ist Geschichte.", "hartz-iv", "Hartz-IV"),
        ("Die Große-Koalitions-Pläne liegen vor.", "grosse-koalition", "Große-Koalitions"),
        ("Die Schwarze-Null-Politik ist am Ende.", "schwarze-null", "Schwarze-Null"),
    ],
)
def test_terms_of_several_words_strung_together(
    finder: TermFinder, text: str, term_id: str, surface: str
) -> None:
    assert hits(finder, text)[surface] == term_id


def test_the_last_piece_of_a_hyphenated_term_may_go_on() -> None:
    (hit,) = one("Die EU-Erweiterungsdebatte beginnt.", "EU-Erweiterung", plural="EU-Erweiterungen")
    assert (hit.surface, hit.kind) == ("EU-Erweiterung", "compound")
    assert not one("Die EU-Erweiterungxy beginnt.", "EU-Erweiterung", plural="EU-Erweiterungen")


@pytest.mark.parametrize(
    ("text", "country", "term_id"),
    [
        ("Der Bundesrat tagt.", None, "bundesrat-de"),
        ("Der Bundesrat tagt.", "CH", "bundesrat-ch"),
        ("Der Bundesrat tagt.", "AT", "bundesrat-at"),
        ("Der Bundesrat tagt in Bern.", None, "bundesrat-ch"),
        ("In Wien tagt der Bundesrat.", None, "bundesrat-at"),
        ("In Wien tagt der Bundesrat.", "DE", "bundesrat-de"),
    ],
)
def test_one_word_in_three_countries(
    finder: TermFinder, text: str, country: str | None, term_id: str
) -> None:
    assert hits(finder, text, country)["Bundesrat"] == term_id


def test_abbreviations_keep_their_capitals(finder: TermFinder) -> None:
    assert hits(finder, "Das BVerfG urteilt.") == {"BVerfG": "bundesverfassungsgericht"}
    assert not hits(finder, "Das bverfg und die afd sind Tippfehler.")
    assert hits(finder, "IM BUNDESTAG FEHLT DIE AFD") == {"BUNDESTAG": "bundestag", "AFD": "afd"}


def test_ellipses(finder: TermFinder) -> None:
    found = finder.find("Die Bundes- und Landesregierung streiten.")
    assert [(hit.term_id, hit.surface) for hit in found if hit.parent is None] == [
        ("bundesregierung", "Bundes- … regierung"),
        ("landesregierung", "Landesregierung"),
    ]


@pytest.mark.parametrize("text", ["", "   ", "…", "–", "1 2 3", "a", "-", "Ä" * 300, "x-" * 200, "\u00ad"])
def test_odd_texts(finder: TermFinder, text: str) -> None:
    assert finder.find(text) == ()


def test_a_very_long_word_is_no_trap(finder: TermFinder) -> None:
    # A word that must be cut in every way would take for ever, not seconds.
    assert finder.find("Staatsvertragsregierungsrats" * 40) == ()


def test_a_text_without_sentence_ends(finder: TermFinder) -> None:
    text = " ".join(["Die Bundesregierung bringt den Antrag der Fraktion im Bundestag ein"] * 500)
    assert len(finder.find(text)) >= 2000


def test_threads_agree(glossary: Glossary) -> None:
    fresh = TermFinder(glossary)
    texts = [sentence.text for sentence in read_gold()]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fresh.find, texts)) == [fresh.find(text) for text in texts]
