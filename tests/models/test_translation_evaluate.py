from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import evaluate
from models.packages import PackageStore
from tests.models.packages_help import embedded_archive


@pytest.mark.parametrize(
    ("source", "english", "expected"),
    [
        ("Es sind 3,5 Prozent.", "It is 3.5 per cent.", (1, 1)),
        ("Es sind 200.000 Menschen.", "There are 200,000 people.", (1, 1)),
        ("Es sind 200.000 Menschen.", "There are 200000 people.", (1, 1)),
        ("1.234.567,89 Euro", "1,234,567.89 euros", (1, 1)),
        ("Am 3. Mai 2024 um 14:30", "At 14:30 on the third of May 2024", (3, 3)),
        ("Um 17.30 Uhr und 22 Uhr", "At 5:30 pm and 10 p.m.", (2, 2)),
        ("Um 17.30 Uhr", "5.30", (0, 1)),
        ("Alle 5 sind da.", "All five are here.", (1, 1)),
        ("Ein 2:0 und ein 1:1", "A 2-0 and a 1-2", (1, 2)),
        ("10 000 in den 70er Jahren", "10,000 in the 1970s", (2, 2)),
        ("Die 70 Jahre", "In 1970", (0, 1)),
        ("2 und 2", "2", (1, 2)),
        ("Es sind 3,5 Prozent.", "It is 35 per cent.", (0, 1)),
        ("Keine Zahl.", "5", (0, 0)),
    ],
)
def test_numbers(source: str, english: str, expected: tuple[int, int]) -> None:
    assert evaluate.numbers_copied(source, english) == expected


def test_names() -> None:
    source, reference = "Olaf Scholz traf Erdoğan in der Türkei.", "Olaf Scholz met Erdoğan in Turkey."
    assert evaluate.names_copied(source, reference, "Olaf Scholz met Erdogan.") == (2, 3)
    assert evaluate.names_copied(source, reference, reference) == (3, 3)
    assert evaluate.names_copied("Nein.", "No.", "No.") == (0, 0)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a.de").write_text("Der Bundestag hat 3 Gesetze beschlossen.\nJa.\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("The Bundestag passed 3 laws.\nYes.\n", encoding="utf-8")
    return tmp_path / "a.de", tmp_path / "a.en"


def test_command_line(pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in pair]
    assert evaluate.main([str(embedded_archive()), "--pair", *files, "--beam", "1", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    [result] = answer["results"]
    assert "beam:1" in answer["engine"]
    assert "rare:1" in answer["engine"]
    assert result["source"] == "a.de"
    assert result["sentences"] == 2
    assert "version:" in result["bleu_signature"]
    assert "version:" in result["chrf_signature"]
    assert evaluate.main([str(embedded_archive()), "--pair", *files, "--lines", "1", "--alone"]) == 0
    printed = capsys.readouterr().out
    assert "1 sentences" in printed
    assert "rare:0" in printed


def test_folder_of_a_package(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = PackageStore(tmp_path / "packages").embedded()
    assert evaluate.main([str(package.folder), "--pair", str(pair[0]), str(pair[1])]) == 0
    assert package.fingerprint in capsys.readouterr().out


def test_errors_are_messages(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate.main([str(pair[0]), "--pair", str(pair[0]), str(pair[1])]) == 1
    assert "not a zip archive" in capsys.readouterr().err
    pair[1].write_text("one line only\n", encoding="utf-8")
    assert evaluate.main([str(embedded_archive()), "--pair", str(pair[0]), str(pair[1])]) == 1
    assert "they must match" in capsys.readouterr().err
    assert evaluate.main([str(embedded_archive()), "--pair", str(tmp_path / "x"), str(pair[1])]) == 1
