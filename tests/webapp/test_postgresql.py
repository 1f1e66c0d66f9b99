"""The library on a real PostgreSQL server, started for the test on a socket of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import GERMAN
from webapp import create_app
from webapp.settings import Settings


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    where = shutil.which("initdb")
    return Path(where).parent if where else None


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    pytest.importorskip("psycopg")
    tools = binaries()
    if tools is None:
        if os.environ.get("SEITENBLICK_TESTS_NEED_POSTGRESQL"):
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed (.ci/run installs it)")
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        shutil.chown(folder, user)
        cluster = f"{folder}/cluster"
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        run = {"check": True, "capture_output": True, "cwd": folder}
        subprocess.run(
            [*as_user, tools / "initdb", "-D", cluster, "-E", "UTF8", "--no-locale", "-A", "trust"], **run
        )  # type: ignore[call-overload]
        subprocess.run(
            [*as_user, tools / "pg_ctl", "-D", cluster, "-w", "-l", f"{folder}/log", "-o", options, "start"],
            **run,
        )  # type: ignore[call-overload]
        try:
            yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
        finally:
            subprocess.run([*as_user, tools / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]


def test_a_reading_lives_on_postgresql(settings: Settings, database_url: str) -> None:
    app = create_app(replace(settings, database_url=database_url))
    client = app.test_client()
    created = client.post("/api/readings", json={"text": GERMAN, "title": "Währung"}).get_json()
    path = f"/api/readings/{created['id']}"
    assert client.get(f"{path}/stream").text.count("event: segment") == 4
    reading = client.get(path).get_json()
    assert (reading["done"], reading["total"], reading["state"]) == (4, 4, "done")
    assert reading["text"] == GERMAN
    assert [r["title"] for r in client.get("/api/readings?q=waehrung").get_json()["readings"]] == ["Währung"]
    assert client.patch(path, json={"title": "Etat"}).get_json()["title"] == "Etat"
    assert client.get(f"/readings/{created['id']}").status_code == 200
    assert client.delete(path).status_code == 204
    assert client.get("/api/readings").get_json()["readings"] == []
    app.extensions["services"].close()


def test_a_server_that_is_away_is_told(settings: Settings) -> None:
    pytest.importorskip("psycopg")
    url = "postgresql+psycopg://nobody:secret@127.0.0.1:1/none"
    client = create_app(replace(settings, database_url=url)).test_client()
    error = client.get("/api/readings").get_json()["error"]
    assert error["code"] == "library-unavailable"
    assert "secret" not in error["message"]
