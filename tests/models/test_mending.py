"""Slips that are mended in the English, and what looks like one and is none."""

from __future__ import annotations

import pytest

from models.translation import Link
from models.translation.articles import begins_with_vowel_sound
from models.translation.preparing import prepare, restore


def mended(german: str, english: str) -> str:
    return restore(english, (), prepare(german, lambda char: True))[0]


@pytest.mark.parametrize(
    ("german", "english", "wanted"),
    [
        ("Schlag gegen Drogenmafia im Land", "blow against drug mafia", "Blow against drug mafia"),
        ("„Daten fehlen“, sagte er.", "“data are missing,” he said.", "“Data are missing,” he said."),
        ("Okay.", "ok.", "Ok."),
        ("2. den Rückzug der Truppen,", "2nd the withdrawal of troops,", "2. the withdrawal of troops,"),
        ("Er sagte: „‚Nein‘ heißt Nein.“", "He said: „‚No‘ means no.“", "He said: “‘No’ means no.”"),
        ("Es war 17.30 Uhr.", "It was 17.30 pm when it began.", "It was 5.30 pm when it began."),
        ("Es war 17.30 Uhr.", "It was 17.30 PM when", "It was 5.30 PM when"),
        ("Beginn: 16.30 Uhr.", "It begins at 6:30 a.m.", "It begins at 4:30 p.m."),
        ("Um 22 Uhr ist Schluss.", "At 12 p.m. it is over.", "At 10 p.m. it is over."),
        ("Montag um 22:08 Uhr", "Monday at 10:08 a.m.", "Monday at 10:08 p.m."),
        ("Um 22 Uhr ist Schluss.", "At 10 p.m. it is over.", "At 10 p.m. it is over."),
        ("Um 16.30 Uhr", "At 6:20 a.m.", "At 6:20 a.m."),
        ("Zwischen 14 und 15 Uhr", "Between 2 p.m. and 15", "Between 2 p.m. and 15"),
        ("Um 9 Uhr", "At 8 a.m.", "At 8 a.m."),
        ("Um 18 Uhr.", "At 18:00 AM.", "At 6:00 PM."),
        ("Um 12.20 Uhr.", "At 12:20 a.m. it began.", "At 12:20 p.m. it began."),
        ("Gegen 4.00 Uhr.", "At around 4:00 PM.", "At around 4:00 AM."),
        ("Gegen 4.00 Uhr nachmittags.", "At around 4:00 p.m.", "At around 4:00 p.m."),
        ("Um 12.20 Uhr nachts.", "At 12:20 a.m. at night.", "At 12:20 a.m. at night."),
        ("Um 0.20 Uhr.", "At 12:20 a.m.", "At 12:20 a.m."),
        ("Um 8 Uhr.", "At 8 p.m.", "At 8 p.m."),
        ("Um 8.30 Uhr.", "At 9:30 p.m.", "At 9:30 p.m."),
        ("Brosius-Gersdorfs Wahl", "Brosius-Gersdorf’ election", "Brosius-Gersdorf’s election"),
        (
            "Die Wahl von ‚Gersdorf‘ gestern",
            "The election of ‘Gersdorf’ yesterday",
            "The election of ‘Gersdorf’ yesterday",
        ),
        ("Bas’ Vorschlag", "Bas' proposal", "Bas' proposal"),
        ("Bis 18 Uhr.", "Until 18 a.m.", "Until 6 p.m."),
        ("Um 22 Uhr.", "At 22 p.m.", "At 10 p.m."),
        ("Zwischen 14 und 15 Uhr.", "Between 14 and 15 p.m.", "Between 2 and 3 p.m."),
        ("Berlin – Es regnet.", "Berlin -- It rains - or not.", "Berlin – It rains – or not."),
        ("Er sagte: „Wir gehen.“", 'He said: "We go."', "He said: “We go.”"),
        ("„Nein“, „ja“ („so“).", '"No", "yes" ("so").', "“No”, “yes” (“so”)."),
        ("Er sagte: „Wir gehen.“", 'He said: "We go.', "He said: “We go.”"),
        ("Herr Rudd von der IAAF geht.", "Mr Rudddd of the IAAAF leaves.", "Mr Rudd of the IAAF leaves."),
        ("Das Rättsmedicinalverket prüft.", "The Rätttsmedicin tests.", "The Rättsmedicin tests."),
        ("Ein Vorfall mit einer App.", "A incident with a app.", "An incident with an app."),
        ("Er ist ein Autokrat.", "He is an “leader”.", "He is a “leader”."),
        ("Die Handwerkskammer Trier hilft.", "Trier Trier Trier helps.", "Trier helps."),
        ("Der Gipfel begann.", "The the summit began.", "The summit began."),
        ("Er sagte: „Wir gehen.“", "He said: “We are leaving.", "He said: “We are leaving.”"),
        ('Er sagte, er sei "müde".', 'He said he was "tired.', 'He said he was "tired".'),
        ("Der Umbau von 1899.", "The rebuilding of 18999.", "The rebuilding of 1899."),
        ("Es sind 330.000 von 3,55 Mio.", "It is 3330,000 of 3.555 m.", "It is 330,000 of 3.55 m."),
        ("Auf 115 folgt 1205.", "After 1115 comes 1205.", "After 115 comes 1205."),
        (
            "Danke für die Ankündigung.“",
            "Thank you for the announcement.",
            "Thank you for the announcement.”",
        ),
    ],
)
def test_slips_are_mended(german: str, english: str, wanted: str) -> None:
    assert mended(german, english) == wanted


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Haushalt", "budget"),
        ("Auf 115 folgt 1155.", "After 1115 comes 1155."),
        ("Von 1899 und 1988.", "From 1988 and 199."),
        ("Von 66 auf 7.", "From 6 to 7."),
        ("Im Jahr 2005.", "In 2020."),
        ("und der Bund", "and the federation"),
        ("EBay klagt.", "eBay is suing."),
        ("Jan van Aken redet.", "van Aken speaks."),
        ("100 Leute kamen.", "one hundred people came."),
        ("Er kam im Mai herein.", "He came in in May."),
        ("Alles, was das hieß, hieß es.", "All that that meant."),
        ("Nein nein, das geht.", "Not not, that works."),
        ("In Baden-Baden.", "In Baden Baden-Baden."),
        ("Die „Zeit“ und die „Welt“.", "The “Zeit” and the Welt."),
        ("Ludwig der Dritte auf der Seite", "Ludwig III on www pages"),
        ("Ahhh, da ist es.", "Ahhh, there it is."),
        ("Im Jahr 2020 um 9 Uhr", "In 2020 at 9 p.m."),
        ("Es waren 17 Leute.", "There were 17 pm people."),
        ("CDU - SPD – FDP", "CDU - SPD - FDP"),
        ('Er sagte: "Ja."', 'He said: "Yes."'),
        ("2. stellvertretender Vorsitzender", "2nd deputy chairman"),
        ("3. Oktober", "3rd October"),
        ("Vitamin A ist ein Muss.", "Vitamin A is a must."),
        ("Um 10 Uhr.", "At 10 a.m. in a European city, an EU one, an hour away."),
        ("Das Buch „Reise an den Rhein“", "The book “Reise an den Rhein”"),
        ("Ein Brett von 5 Zoll, „neu“", 'A board of 5", new'),
        ("Er sagte „ja“.", "He said “yes”."),
        ("Er sagte „ja“.", "He said ‘yes’."),
        ("„Ja“ und „nein“ und „so“.", "“Yes and no and so."),
    ],
)
def test_what_is_no_slip_stays(german: str, english: str) -> None:
    assert mended(german, english) == english


def test_links_of_a_doubled_word_become_one() -> None:
    german, english = "Die Kammer Trier tagt.", "The chamber Trier Trier meets."
    links = [
        Link((0, 3), (0, 3), 0.5),
        Link((11, 16), (12, 17), 0.4),
        Link((11, 16), (18, 23), 0.6),
        Link((17, 21), (24, 29), 0.9),
    ]
    text, moved = restore(english, links, prepare(german, lambda char: True))
    assert text == "The chamber Trier meets."
    assert [(text[slice(*link.target)], link.weight) for link in moved] == [
        ("The", 0.5),
        ("Trier", 0.6),
        ("meets", 0.9),
    ]


def test_vowel_sounds() -> None:
    an = ("hour", "MP", "NGO", "EU", "unemployed", "office", "uninhabited")
    a = (
        "union",
        "European",
        "use",
        "one-off",
        "NATO member",
        "UN",
        "party",
        "state",
        "unanimous",
        "Ukrainian",
    )
    assert [word for word in an if not begins_with_vowel_sound(word)] == []
    assert [word for word in a if begins_with_vowel_sound(word)] == []
