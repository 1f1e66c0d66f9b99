from __future__ import annotations

import re
from pathlib import Path

import pytest

from glossary import Glossary, check_folder, lint
from glossary.lint import CODES
from tests.glossary.terms import glossary_of, row, term, write_csv

README = Path(__file__).resolve().parents[2] / "glossary" / "README.md"
GOOD = {
    "id": "gut",
    "plural": "Wahlen",
    "example_de": "Die Wahlen waren frei.",
    "example_en": "The elections were free.",
    "english": "election",
}


def codes(german: str, **columns: str) -> set[str]:
    return {problem.code for problem in lint(glossary_of(term(german, **(GOOD | columns))))}


def test_a_good_entry_has_no_problem() -> None:
    assert codes("Wahl") == set()


@pytest.mark.parametrize(
    ("code", "columns"),
    [
        ("missing-gender", {"gender": ""}),
        ("missing-genitive", {"gender": "m"}),
        ("missing-plural", {"plural": ""}),
        ("odd-genitive", {"gender": "m", "genitive": "Wähle"}),
        ("definition-length", {"definition": "Too short."}),
        ("definition-length", {"definition": "word " * 51}),
        ("formula-start", {"note": "=1+1"}),
        ("double-space", {"note": "two  spaces"}),
        ("straight-quotes", {"note": 'a "word" here'}),
        ("self-relation", {"related": "gut"}),
        ("dangling-relation", {"related": "schlecht"}),
        ("example-not-found", {"example_de": "Die Abstimmung war frei."}),
        ("example-without-equivalent", {"example_en": "The vote was free."}),
        ("bad-pos", {"pos": "Noun"}),
        ("bad-register", {"register": "rude"}),
        ("bad-country", {"country": "DE FR"}),
        ("bad-date", {"since": "long ago"}),
        ("bad-domain", {"domain": "sports"}),
        ("control-character", {"note": "a\x00b"}),
        ("empty", {"source": ""}),
    ],
)
def test_each_fault_has_its_code(code: str, columns: dict[str, str]) -> None:
    assert code in codes("Wahl", **columns)


def test_verbs_need_principal_parts() -> None:
    columns = {"pos": "verb", "gender": "", "plural": "", "example_de": "Sie wählen.", "english": "elect"}
    assert "missing-principal-parts" in codes("wählen", **columns, example_en="They elect.")
    full = columns | {"inflection": "wählt, wählte, gewählt"}
    assert codes("wählen", **full, example_en="They elected her.") == set()


def test_collisions_and_duplicates() -> None:
    one = term("Wahl", **GOOD)
    same = term("Wahl", **(GOOD | {"id": "zwei"}))
    found = lint(glossary_of(one, same))
    assert {problem.code for problem in found} >= {"duplicate-german", "collision"}
    other = term("Wahl", **(GOOD | {"id": "zwei", "country": "AT"}))
    assert not {"duplicate-german", "collision"} & {each.code for each in lint(glossary_of(one, other))}
    ruled = term("Wahl", **(GOOD | {"id": "zwei", "match": "after:freie"}))
    assert not {"collision"} & {each.code for each in lint(glossary_of(one, ruled))}
    assert "duplicate-id" in {each.code for each in lint(glossary_of(one, one))}


def test_a_folder_is_checked_to_its_end(tmp_path: Path) -> None:
    write_csv(tmp_path / "law.csv", row("Wahl", **GOOD) | {"pos": "x"}, row("Wahl", **(GOOD | {"id": "b"})))
    write_csv(tmp_path / "eu.csv", row("Wahl", **(GOOD | {"id": "c", "country": "EU"})))
    (tmp_path / "social.csv").write_text("nothing\n", encoding="utf-8")
    found = check_folder(tmp_path)
    assert [(Path(each.file).name, each.line, each.code) for each in found] == [
        ("eu.csv", 2, "wrong-file"),
        ("law.csv", 2, "bad-pos"),
        ("social.csv", 1, "unreadable"),
    ]


def test_every_code_is_documented() -> None:
    section = README.read_text(encoding="utf-8").partition("## Checking")[2].partition("## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert [code for cell in rows for code in re.findall(r"`([a-z-]+)`", cell)] == sorted(
        CODES, key=lambda code: section.index(f"`{code}`")
    )


def test_every_code_in_the_source_is_known() -> None:
    source = "".join((README.parent / name).read_text(encoding="utf-8") for name in ("lint.py", "schema.py"))
    used = set(re.findall(r'yield "([a-z-]+)"|Fault\([^,]+, "([a-z-]+)"|\("(collision)"', source))
    assert {"".join(names) for names in used} <= set(CODES)


def test_the_shipped_glossary_is_clean(glossary: Glossary) -> None:
    assert [f"{each.file}:{each.line} {each.code} {each.message}" for each in lint(glossary)] == []
