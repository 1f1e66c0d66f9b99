"""Sentences in capitals, In Title Case and without capitals, as the model gets to read them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from models.packages import PackageStore
from models.translation import Translator
from models.translation.casing import recased
from models.translation.pieces import Tokenizer, load_tokenizer
from models.translation.preparing import prepare
from models.translation.sharp_s import with_sharp_s
from models.translation.word_case import mixed_case

ROOT = Path(__file__).resolve().parents[2]
CAPITALS = [
    ("REGIERUNG BESCHLIESST NEUE HILFEN FÜR RENTNER", "Regierung beschließt neue Hilfen für Rentner"),
    ("EXKLUSIV: Regierung plant neue Hilfen", "Exklusiv: Regierung plant neue Hilfen"),
    ("MERZ: WIR SCHAFFEN DAS NICHT OHNE DIE EU", "Merz: Wir schaffen das nicht ohne die EU"),
    ("CDU UND SPD EINIGEN SICH AUF MINDESTLOHN", "CDU und SPD einigen sich auf Mindestlohn"),
    ("AFD-FRAKTION SCHEITERT VOR DEM BVERFG", "AfD-Fraktion scheitert vor dem BVerfG"),
    ("BERLIN – Die Regierung will sparen.", "Berlin – Die Regierung will sparen."),
    ("Er rief: „DAS IST EIN SKANDAL“ und ging.", "Er rief: „Das ist ein Skandal“ und ging."),
    ("STRAßE IN KÖLN GESPERRT", "Straße in Köln gesperrt"),
    ("HEINRICH VIII. UND WILHELM II. WAREN KÖNIGE", "Heinrich VIII. und Wilhelm II. waren Könige"),
    ("FUER DIE BUERGER IN MUENCHEN AENDERT SICH NICHTS", "Für die Bürger in München ändert sich nichts"),
    ("US-PRÄSIDENT TRUMP DROHT CHINA MIT ZÖLLEN", "US-Präsident Trump droht China mit Zöllen"),
    ("WWW.BUNDESTAG.DE IST DIE ADRESSE DES BUNDESTAGES", "WWW.BUNDESTAG.DE ist die Adresse des Bundestages"),
    ("G20-GIPFEL BERÄT ÜBER #KLIMA UND @UNO", "G20-Gipfel berät über #KLIMA und @UNO"),
]
OTHERS = [
    ("Der Bundestag Stimmt Dem Haushalt Zu", "Der Bundestag stimmt dem Haushalt zu"),
    ("Die EU Will Neue Regeln Für Die Banken", "Die EU will neue Regeln für die Banken"),
    ("der bundestag stimmt dem haushalt zu", "Der Bundestag stimmt dem Haushalt zu"),
    ("die atomkraft kehrt zurück", "Die Atomkraft kehrt zurück"),
    ("der us-bezirksrichter sah die facebook-seite", "Der US-Bezirksrichter sah die Facebook-Seite"),
    ("die us-bezirks- und landgerichte sind voll", "Die US-Bezirks- und Landgerichte sind voll"),
    ("ich glaube nicht, dass die spd das mitmacht", "Ich glaube nicht, dass die SPD das mitmacht"),
]
NORMAL = [
    *(
        "CDU/CSU, SPD, FDP",
        "EU",
        "Die NATO, die UNO und das BSW",
        "USA: NATO",
        "",
        "***",
        "3,5 %",
        "DIE LINKE: nein",
    ),
    "Die BILD und der SPIEGEL schreiben über die GRÜNEN.",
    "Frau Merkel, Herr Scholz, Die Linke, Die Grünen",
    "und das ist auch gut so",
    "Könnten Sie Ihr Angebot Frau Weber Ihrem Wunsch gemäß schicken?",
    "the german chancellor said in the heart of the city",
    "Die SPD-Fraktion im BVerfG-Streit über StGB und GmbH",
    "Ja",
]


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    return Translator(PackageStore(tmp_path_factory.mktemp("packages")).embedded())


@pytest.fixture(scope="module")
def tokenizer(translator: Translator) -> Tokenizer:
    return load_tokenizer(translator.package.folder)


@pytest.mark.parametrize(("text", "normal"), CAPITALS + OTHERS)
def test_written_in_normal_case(tokenizer: Tokenizer, text: str, normal: str) -> None:
    prepared = prepare(text, tokenizer.knows, tokenizer.encode)
    assert prepared.text == normal
    assert len(prepared.spans) == len(normal)
    for char, (start, end) in zip(normal, prepared.spans, strict=True):
        old = text[start:end]
        folded = {"ß": {"SS", "ß"}, "ä": {"AE", "Ä", "ä"}, "ö": {"OE", "Ö", "ö"}, "ü": {"UE", "Ü", "ü"}}
        assert old in folded.get(char, {char, char.upper(), char.lower()})


@pytest.mark.parametrize("text", NORMAL)
def test_normal_case_stays(tokenizer: Tokenizer, text: str) -> None:
    assert recased(text, tokenizer.encode) is None


def test_the_samples_and_what_was_rewritten_stay(tokenizer: Tokenizer) -> None:
    lines = [
        line
        for path in sorted((ROOT / "webapp" / "samples").glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(lines) > 20
    changed = [line for line in [*lines, *(n for _, n in OTHERS)] if recased(line, tokenizer.encode)]
    assert changed == []


def test_emphasis_is_rewritten_only_where_the_vocabulary_has_no_pieces(tokenizer: Tokenizer) -> None:
    text = "Das ist NICHT wahr."
    found = recased(text, tokenizer.encode)
    assert found is not None
    assert found.text == "Das ist nicht wahr."
    assert recased(text, lambda word: [word]) is None
    assert recased(text) is None
    assert recased("Das sagt die UNICEF und die NATO auch.", tokenizer.encode) is None


def test_sharp_s() -> None:
    sharp = "straße groß größte maßnahmen maßstab außerdem schließlich weiß heißt fußball gemäß verstöße"
    for word in re.findall(r"\w+", sharp):
        assert with_sharp_s(word.replace("ß", "ss")) == word
    double = (
        "dass muss lässt prozess ausschuss russland aussage klasse wissen interesse diesseits preissteigerung"
    )
    for word in re.findall(r"\w+", double):
        assert with_sharp_s(word) == word


def test_mixed_case_is_mixed() -> None:
    assert mixed_case()["AFD"] == "AfD"
    assert all(word != key for key, word in mixed_case().items())


def test_links_and_names_of_a_headline(translator: Translator) -> None:
    text = "😀 REGIERUNG BESCHLIESST NEUE HILFEN FÜR ŁÓDŹ"
    [(_, translation)] = translator.translate([text])
    [(_, plain)] = translator.translate(["😀 Regierung beschließt neue Hilfen für Łódź"])
    assert translation.source == text
    assert translation.problem is None
    assert translation.english == plain.english
    sources = {text[slice(*link.source)] for link in translation.links}
    assert sources <= {"REGIERUNG", "BESCHLIESST", "NEUE", "HILFEN", "FÜR", "ŁÓDŹ"}
    assert {"REGIERUNG", "NEUE"} <= sources


def test_without_lexicon_the_sentence_stays(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from models.lexicon import Lexicon
    from models.translation import casing
    from models.translation.word_case import WordCase

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(casing, "speller", lambda: WordCase(Lexicon(tmp_path / "none.sqlite3")))
        assert recased("REGIERUNG BESCHLIESST NEUE HILFEN") is None
    assert "reinstall Seitenblick" in caplog.text


def test_odd_input(tokenizer: Tokenizer) -> None:
    for text in (
        "A" * 5000,
        "NICHT WAHR " * 300,
        "a-" * 5000,
        "İSTANBUL UND DIE STRAẞE IN İZMİR",
        "SS SS SS",
        "ß ß ß",
    ):
        prepared = prepare(text, tokenizer.knows, tokenizer.encode)
        assert len(prepared.spans) == len(prepared.text)
        assert list(prepared.spans) == sorted(prepared.spans)


def test_normal_case_loads_no_tagger() -> None:
    code = (
        "import sys\n"
        "from models.translation.casing import recased\n"
        "assert recased('Der Bundestag stimmt dem Haushalt der EU heute zu.', list) is None\n"
        "print('HanTa' in sys.modules)\n"
        "assert recased('DER BUNDESTAG STIMMT ZU', list) is not None\n"
        "print('HanTa' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "True"]
