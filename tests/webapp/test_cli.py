"""The command line as users start it: a process of its own, output, exit codes, messages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import GERMAN
from webapp.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[bytes]]
COMMAND = [sys.executable, "-m", "webapp.cli"]


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SEITENBLICK_")}
    return {**kept, "SEITENBLICK_HOME": str(settings.home), "SEITENBLICK_BEAM": "1", "COLUMNS": "120"}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    def run(*words: str, stdin: bytes = b"", **extra: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, *words], input=stdin, capture_output=True, env={**environment, **extra}, timeout=120
        )

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "artikel.txt"
    path.write_text(GERMAN, "utf-8")
    return path


def test_a_table_is_the_default(run: Run, article: Path) -> None:
    done = run("read", str(article))
    assert done.returncode == 0, done.stderr
    output = done.stdout.decode()
    for word in ("German", "English", "Terms", "Bundestag"):
        assert word in output


def test_json_of_standard_input(run: Run) -> None:
    done = run("read", "-", "--format", "json", stdin=GERMAN.encode("cp1252"))
    data = json.loads(done.stdout)
    segments = [s for p in data["paragraphs"] for s in p["segments"]]
    assert segments[0]["german"] == "Der Bundestag hat das Gesetz beschlossen."
    assert all(s["english"] for s in segments)
    assert done.stderr == b""


def test_a_name_given_in_full_is_known_in_the_whole_text(run: Run) -> None:
    text = "Lang will das Gesetz bald ändern. Das sagte Ricarda Lang am Montag."
    done = run("read", "-", "--format", "json", stdin=text.encode())
    [paragraph] = json.loads(done.stdout)["paragraphs"]
    assert "Lang" in paragraph["segments"][0]["english"].split()


@pytest.mark.parametrize("name", ["table", "text", "tsv", "html", "json"])
def test_output_to_a_file(run: Run, article: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    done = run("read", str(article), "--format", name, "--output", str(target))
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert "Bundesrat" in target.read_text("utf-8")


def test_what_was_read_is_not_translated_again_and_can_be_saved(
    run: Run, article: Path, settings: Settings
) -> None:
    import sqlite3

    run("read", str(article), "-f", "text")
    with sqlite3.connect(settings.home / "library.sqlite3") as library:
        first = library.execute("SELECT german_hash, created FROM translations ORDER BY 1").fetchall()
    run("read", str(article), "-f", "text", "--save", "--title", "Behalten")
    with sqlite3.connect(settings.home / "library.sqlite3") as library:
        assert library.execute("SELECT german_hash, created FROM translations ORDER BY 1").fetchall() == first
        assert library.execute("SELECT title, state FROM readings").fetchall() == [("Behalten", "done")]
    assert len(first) == 4


@pytest.mark.parametrize(
    ("words", "stdin", "code", "message"),
    [
        (("read", "/nowhere/a.txt"), b"", 1, "No such file"),
        (("read", "-"), b"", 1, "There is no text here"),
        (("read", "-"), b"%PDF-1.7", 1, "PDF"),
        (("read", "-", "--model", "unknown"), b"Guten Tag.", 1, "unknown"),
        (("read", "-", "--beam", "99"), b"", 2, "beam"),
        (("read",), b"", 2, "FILE"),
        (("models", "install", "/nowhere/x.argosmodel"), b"", 1, "x.argosmodel"),
        (("models", "use", "unknown"), b"", 1, "unknown"),
        (("nonsense",), b"", 2, "nonsense"),
    ],
)
def test_errors_are_one_line_with_an_exit_code(
    run: Run, words: tuple[str, ...], stdin: bytes, code: int, message: str
) -> None:
    done = run(*words, stdin=stdin)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_misspelt_setting_is_told(run: Run) -> None:
    done = run("models", "list", SEITENBLICK_BEEM="3")
    assert done.returncode == 1
    assert b"SEITENBLICK_BEEM is not a setting" in done.stderr


def test_english_gets_a_hint_on_standard_error(run: Run) -> None:
    text = b"The government has decided to raise taxes next year, and the opposition is not amused at all."
    done = run("read", "-", "-f", "text", stdin=text)
    assert done.returncode == 0
    assert b"does not look like German" in done.stderr
    assert run("read", "-", "-f", "text", "-q", stdin=text).stderr == b""


def test_a_closed_pipe_is_no_error(environment: dict[str, str], article: Path) -> None:
    article.write_text("Der Tag ist lang. " * 3_000, "utf-8")
    shell = f"{sys.executable} -m webapp.cli read {article} -f text | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], capture_output=True, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


def test_models_are_installed_listed_used_verified_and_removed(
    run: Run, tmp_path: Path, settings: Settings
) -> None:
    (settings.home / "packages").unlink()  # a store of its own: this test changes it
    embedded = next((Path(__file__).resolve().parents[2] / "models" / "embedded").glob("*.argosmodel"))
    name = run("models", "list").stdout.decode().split("\t")[0].removeprefix("* ")
    assert run("models", "install", str(embedded)).returncode == 0
    assert run("models", "use", name).stdout.decode() == f"Using {name}.\n"
    assert f"{name}: intact" in run("models", "verify").stdout.decode()
    damaged = settings.home / "packages" / name / "model" / "model.bin"
    damaged.write_bytes(damaged.read_bytes()[:-10] + b"0123456789")
    done = run("models", "verify", name)
    assert done.returncode == 1
    assert name in done.stderr.decode()
    broken = tmp_path / "broken.argosmodel"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    assert run("models", "install", str(broken)).returncode == 1


def test_glossary_check(run: Run, tmp_path: Path) -> None:
    done = run("glossary", "check")
    assert done.returncode == 0, done.stderr
    assert b"no problems" in done.stdout
    folder = tmp_path / "terms"
    folder.mkdir()
    (folder / "x.csv").write_text("id,german\na,b\n")
    done = run("glossary", "check", str(folder))
    assert done.returncode == 1
    assert b"x.csv" in done.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_with_samples_and_stops_when_told(
    environment: dict[str, str], stop: signal.Signals
) -> None:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--samples"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell's background jobs ignore SIGINT, and so would all that they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        url = line.split()[3]
        deadline = time.monotonic() + 180
        readings: list[dict[str, object]] = []
        while time.monotonic() < deadline:
            readings = json.load(urllib.request.urlopen(f"{url}api/readings"))["readings"]
            if len(readings) == 3 and all(r["state"] == "done" for r in readings):
                break
            time.sleep(0.2)
        assert len(readings) == 3
        assert all(r["done"] == r["total"] for r in readings), readings
        page = urllib.request.urlopen(f"{url}readings/{readings[0]['id']}").read().decode()
        assert 'class="english waiting"' not in page
    finally:
        process.send_signal(stop)
        assert process.wait(30) == 0
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()


def test_a_taken_port_is_told(run: Run) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert b"another port" in done.stderr
