"""Dictionaries that the reader brings: StarDict and tables, written here, indexed and asked."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import threading
import zipfile
from pathlib import Path

import pytest

from models.dictionaries import DictionaryError, DictionaryShelf
from models.dictionaries.folding import fold, plain
from models.dictionaries.markup import text_of_markup
from tests.models.stardict_help import dictzip, write_stardict

HOUSE = (("Haus", b"house, home"), ("Straße", b"street"), ("sein", b"to be"), ("Sein", b"being"))


@pytest.fixture
def shelf(tmp_path: Path) -> DictionaryShelf:
    return DictionaryShelf(tmp_path / "shelf")


def texts(shelf: DictionaryShelf, *words: str) -> list[str]:
    return [article.text for answer in shelf.look_up(words) for article in answer.articles]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("wide", [False, True])
def test_stardict_is_read_back(tmp_path: Path, shelf: DictionaryShelf, packed: bool, wide: bool) -> None:
    long = [(f"Wort{n:04}", f"word {n}\nsecond line {n}".encode()) for n in range(500)]
    ifo = write_stardict(
        tmp_path, (*HOUSE, *long), packed=packed, wide=wide, synonyms=[("Häuser", 0), ("Gasse", 1)]
    )
    (info,) = shelf.add([ifo])
    assert (info.name, info.title, info.kind, info.state) == ("probe", "Probe", "StarDict", "ready")
    assert (info.entries, info.headwords) == (504, 506)
    assert texts(shelf, "Haus") == ["house, home"]
    assert texts(shelf, "Wort0499") == ["word 499\nsecond line 499"]
    assert texts(shelf, "Häuser") == ["house, home"]  # by its synonym
    assert texts(shelf, "Gasse") == ["street"]
    assert shelf.look_up(["Haus"])[0].articles[0].headword == "Haus"
    assert texts(shelf, "Maus") == []


def test_what_is_asked_first_and_written_alike_comes_first(tmp_path: Path, shelf: DictionaryShelf) -> None:
    shelf.add([write_stardict(tmp_path, HOUSE)])
    assert texts(shelf, "strasse") == ["street"]
    assert texts(shelf, "STRASSE") == ["street"]
    assert texts(shelf, "sein") == ["to be"]
    assert texts(shelf, "Sein") == ["being"]
    assert texts(shelf, "SEIN") == ["to be", "being"]
    assert texts(shelf, "Hause", "Haus") == ["house, home"]
    assert texts(shelf, "Sein", "Haus") == ["being"]


def test_kinds_of_articles(tmp_path: Path, shelf: DictionaryShelf) -> None:
    html = (
        "<b>Haus</b>, das<ol><li>house &amp; home</li><li><i>dynasty</i></li></ol><script>alert(1)</script>"
    )
    pango = '<span foreground="blue">house</span>\n<b>2</b> home'
    xdxf = "<k>Haus</k>\n<tr>haʊs</tr> <c>n</c>\nhouse<rref>haus.wav</rref>"
    several = b"thaus\0mhouse\0" + b"W" + struct.pack(">I", 3) + b"RIF" + b"h<p>home</p>\0"
    cases: list[tuple[str, bytes, str]] = [
        ("m", b"house\n\n home\0", "house\nhome"),
        ("h", html.encode(), "Haus, das\n– house & home\n– dynasty"),
        ("g", pango.encode(), "house\n2 home"),
        ("x", xdxf.encode(), "haʊs n\nhouse"),
        ("t", "haʊs".encode(), "[haʊs]"),
        ("tm", "haʊs\0house".encode(), "[haʊs]\nhouse"),
        ("Wm", struct.pack(">I", 2) + b"\0\0house", "house"),
        ("", several, "[haus]\nhouse\nhome"),
    ]
    for number, (kinds, data, wanted) in enumerate(cases):
        ifo = write_stardict(tmp_path, [("Haus", data)], name=f"k{number}", kinds=kinds)
        shelf.add([ifo])
        (answer,) = (a for a in shelf.look_up(["Haus"]) if a.name == f"k{number}")
        assert [article.text for article in answer.articles] == [wanted], kinds


def test_markup_becomes_text_and_nothing_else() -> None:
    assert text_of_markup("a < b &lt;script&gt; <img src=x onerror=alert(1)>c") == "a < b <script> c"
    assert text_of_markup("<style>p{}</style><p>one</p><p>two<br/>three") == "one\ntwo\nthree"
    assert text_of_markup("plain \u202e text\x07") == "plain text"


BROKEN = {
    "first line": "no StarDict",
    "wordcount": "promises 9",
    "no count": "does not say its wordcount",
    "bits": "32 or 64",
    "kinds": "sametypesequence",
    "idx cut": "cut off",
    "idx longer": "longer than",
    "idx missing": "is missing",
    "dict cut": "cut off",
    "dict missing": "is missing",
    "dz cut": "damaged or cut off",
    "dz changed": "damaged or cut off",
    "dz bomb": "zip bomb",
    "syn": "refers to entry",
    "huge article": "implausible",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_stardict_is_refused_with_a_reason(tmp_path: Path, shelf: DictionaryShelf, fault: str) -> None:
    faulty = {"wordcount": "9", "no count": "many", "bits": "16", "kinds": "m!"}
    keys = {"no count": "wordcount", "bits": "idxoffsetbits", "kinds": "sametypesequence"}
    changes = {keys.get(fault, fault): faulty[fault]} if fault in faulty else {}
    synonyms = [("Heim", 77)] if fault == "syn" else []
    ifo = write_stardict(tmp_path, HOUSE, packed=fault.startswith("dz"), changes=changes, synonyms=synonyms)
    index, data, dz = (ifo.with_suffix(suffix) for suffix in (".idx", ".dict", ".dict.dz"))
    if fault == "first line":
        ifo.write_text("A different file\n", encoding="utf-8")
    elif fault == "idx cut":
        index.write_bytes(index.read_bytes()[:-3])
    elif fault == "idx longer":
        index.write_bytes(index.read_bytes() + b"x" * 9)
    elif fault in {"idx missing", "dict missing"}:
        (index if fault == "idx missing" else data).unlink()
    elif fault == "dict cut":
        data.write_bytes(data.read_bytes()[:10])
    elif fault == "dz cut":
        dz.write_bytes(dz.read_bytes()[:-12])
    elif fault == "dz changed":
        content = bytearray(dz.read_bytes())
        content[-6] ^= 1
        dz.write_bytes(bytes(content))
    elif fault == "dz bomb":
        dz.write_bytes(dictzip(b"\0" * 3_000_000))
    elif fault == "huge article":
        changed = index.read_bytes()[:-4] + struct.pack(">I", 1 << 30)
        index.write_bytes(changed)
    with pytest.raises(DictionaryError, match=BROKEN[fault]):
        shelf.add([ifo])
    assert shelf.list() == ()
    assert not [path for path in shelf.root.iterdir() if not path.name.startswith(".")]


def test_articles_that_overlap_do_not_blow_up(tmp_path: Path, shelf: DictionaryShelf) -> None:
    ifo = write_stardict(tmp_path, [(f"a{n}", b"x") for n in range(300)])
    data = b"x" * 300
    index = b"".join(f"a{n}".encode() + b"\0" + struct.pack(">II", n, 300 - n) for n in range(300))
    ifo.with_suffix(".dict").write_bytes(data)
    ifo.with_suffix(".idx").write_bytes(index)
    with pytest.raises(DictionaryError, match="overlap"):
        shelf.add([ifo])


TABLES: dict[str, tuple[str, str, str, str]] = {
    "freedict.tsv": ("Haus {n}\thouse\nStraße {f}\tstreet\n", "utf-8", "Haus", "house"),
    "latin.tsv": ("Straße\tstreet\nMärz\tMarch\nGröße\tsize\n", "cp1252", "Größe", "size"),
    "utf16.tsv": ("Straße\tstreet\nHaus\thouse\n", "utf-16", "Straße", "street"),
    "notes.csv": ('german,english,note\nHaus,"house, home",n\n', "ascii", "Haus", "house, home · n"),
    "semi.csv": ("das Haus;house;n\nsich einigen;to agree;verb\n", "ascii", "einigen", "to agree · verb"),
    "ding.txt": ("# by us\nHaus {n} | Häuser {pl} :: house | houses\nHeim {n}; Hof {m} :: home\n",
                 "utf-8", "Häuser", "houses"),
    "ding2.txt": ("Haus {n} :: house\nHeim {n}; Hof {m} :: home\n", "utf-8", "Hof", "home"),
    "crlf.tsv": ("Haus (n)\thouse\r\n\r\nBaum\ttree\r\n", "utf-8-sig", "Baum", "tree"),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_read(tmp_path: Path, shelf: DictionaryShelf, name: str) -> None:
    table, encoding, word, wanted = TABLES[name]
    (tmp_path / name).write_bytes(table.encode(encoding))
    (info,) = shelf.add([tmp_path / name])
    assert info.kind == "table"
    assert texts(shelf, word) == [wanted]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.tsv", b"one\ntwo\nthree\tdrei\n", "2 of 3 lines"),
        ("b.csv", b"", "no dictionary"),
        ("c.tsv", b"\x7fELF\x00\x01\x02" * 50, "no text|cannot be read|no dictionary"),
        ("d.pdf", b"%PDF-1.4", "no dictionary that can be read"),
        ("e.zip", b"PK\x03\x04 cut", "damaged or cut off"),
        ("f.tar.gz", b"\x1f\x8b no", "damaged or cut off"),
        ("g.idx", b"Haus\0", "g.ifo, which must lie beside it"),
    ],
)
def test_what_is_no_dictionary_is_refused(
    tmp_path: Path, shelf: DictionaryShelf, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DictionaryError, match=message):
        shelf.add([tmp_path / name])
    with pytest.raises(DictionaryError, match="There is no file"):
        shelf.add([tmp_path / "nothing.tsv"])
    assert shelf.list() == ()


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar.xz"])
def test_archives_are_unpacked(tmp_path: Path, shelf: DictionaryShelf, kind: str) -> None:
    ifo = write_stardict(tmp_path / "in", HOUSE, packed=True)
    archive = tmp_path / f"dictionary.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(archive, "w") as packed:
            for path in ifo.parent.iterdir():
                packed.write(path, f"../../deu-eng/{path.name}")
            packed.writestr("deu-eng/README.txt", "about it")
    else:
        with tarfile.open(archive, "w:gz" if kind == "tar.gz" else "w:xz") as packed_tar:
            packed_tar.add(ifo.parent, "deu-eng")
    (info,) = shelf.add([archive])
    assert (info.name, info.entries) == ("probe", 4)
    assert texts(shelf, "Haus") == ["house, home"]
    assert {path.parent.parent for path in shelf.root.rglob("probe.ifo")} == {shelf.root}


def test_a_dense_archive_is_refused(tmp_path: Path, shelf: DictionaryShelf) -> None:
    archive = tmp_path / "bomb.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        member = tarfile.TarInfo("bomb.dict")
        member.size = 80 << 20
        packed.addfile(member, io.BytesIO(bytes(member.size)))
    with pytest.raises(DictionaryError, match="zip bomb"):
        shelf.add([archive])


def test_several_are_asked_and_named(tmp_path: Path, shelf: DictionaryShelf) -> None:
    shelf.add([write_stardict(tmp_path, HOUSE, title="B: houses")])
    (tmp_path / "mine.tsv").write_text("Haus\tmy house\n", encoding="utf-8")
    shelf.add([tmp_path / "mine.tsv"])
    answers = shelf.look_up(["Haus"])
    assert [(a.name, a.title, a.articles[0].text) for a in answers] == [
        ("probe", "B: houses", "house, home"),
        ("mine", "mine", "my house"),
    ]
    with pytest.raises(DictionaryError, match="already"):
        shelf.add([tmp_path / "mine.tsv"])
    (tmp_path / "mine.tsv").write_text("Haus\tanother house\n", encoding="utf-8")
    shelf.add([tmp_path / "mine.tsv"], replace=True)
    assert texts(shelf, "Haus") == ["house, home", "another house"]
    (shelf.root / "other.tsv").write_text("Haus\tby hand\n", encoding="utf-8")
    (tmp_path / "other.tsv").write_text("Haus\tadded\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="already"):
        shelf.add([tmp_path / "other.tsv"])
    shelf.add([tmp_path / "other.tsv"], replace=True)
    shelf.prepare()
    assert texts(shelf, "Haus") == ["house, home", "another house", "added"]
    shelf.remove("other")
    shelf.remove("probe")
    assert [info.name for info in shelf.list()] == ["mine"]
    assert texts(shelf, "Haus") == ["another house"]
    with pytest.raises(DictionaryError, match="no dictionary 'probe'"):
        shelf.remove("probe")
    assert sorted(path.name for path in shelf.root.iterdir()) == ["mine"]


def test_what_is_put_into_the_folder_is_indexed_once(tmp_path: Path) -> None:
    root = tmp_path / "shelf"
    ifo = write_stardict(root / "Böses", HOUSE)
    (ifo.parent / "README.txt").write_text("about the dictionary", encoding="utf-8")
    (root / "broken.tsv").write_text("no table\n", encoding="utf-8")
    shelf = DictionaryShelf(root)
    assert {info.state for info in shelf.list()} == {"waiting"}
    assert shelf.look_up(["Haus"]) == ()  # and starts the indexing
    for thread in threading.enumerate():
        if thread.name == "dictionaries":
            thread.join(60)
    infos = {info.name: info for info in shelf.list()}
    assert {name: info.state for name, info in infos.items()} == {"Böses": "ready", "broken": "broken"}
    assert "lack a translation" in infos["broken"].problem
    assert texts(shelf, "Haus") == ["house, home"]
    index = ifo.with_name("probe.index.sqlite3")
    made = index.stat().st_mtime_ns
    again = DictionaryShelf(root)
    again.prepare()
    assert index.stat().st_mtime_ns == made  # not again
    write_stardict(root / "Böses", [("Haus", b"changed")])
    again.prepare()
    assert texts(again, "Haus") == ["changed"]
    index.write_bytes(index.read_bytes()[:5_000])  # a broken index is made anew
    again.prepare()
    assert texts(again, "Haus") == ["changed"]
    again.remove("broken")
    assert [info.name for info in again.list()] == ["Böses"]


def test_the_language_of_the_articles_is_told(tmp_path: Path, shelf: DictionaryShelf) -> None:
    english = [("Haus", b"a building in which people live"), ("Hund", b"an animal that barks at the postman")]
    german = [
        ("Haus", "ein Gebäude, in dem Menschen wohnen".encode()),
        ("Hund", b"ein Tier, das den Mann beisst"),
    ]
    shelf.add([write_stardict(tmp_path, english, name="en", title="en")])
    shelf.add([write_stardict(tmp_path, german, name="de", title="de")])
    assert [(answer.name, answer.language) for answer in shelf.look_up(["Hund"])] == [
        ("de", "de"),
        ("en", "en"),
    ]


def test_eight_threads_ask_at_once(tmp_path: Path, shelf: DictionaryShelf) -> None:
    shelf.add([write_stardict(tmp_path, [(f"Wort{n}", f"word {n}".encode()) for n in range(200)])])
    wrong: list[int] = []

    def ask(start: int) -> None:
        wrong.extend(n for n in range(start, 200, 8) if texts(shelf, f"Wort{n}") != [f"word {n}"])

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_folding_and_plain_headwords() -> None:
    assert fold("Größe") == fold("GROESSE") == fold("Groesse") == "groesse"
    assert fold("Café") == "cafe"
    cases = {
        "Haus {n} [Arch.]": "Haus",
        "das Haus": "Haus",
        "Haus, das": "Haus",
        "(sich) einigen": "einigen",
        "sich einigen": "einigen",
        "etw. durchsetzen": "durchsetzen",
        "Derby": "Derby",
        "der": "der",
        "in Kraft treten": "in Kraft treten",
        "{pl}": "{pl}",
    }
    assert {word: plain(word) for word in cases} == cases


def test_dictzip_of_the_tests_is_gzip() -> None:
    assert gzip.decompress(dictzip(b"ab" * 5_000, 1_000)) == b"ab" * 5_000
