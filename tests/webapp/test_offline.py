"""The whole flow with the network forbidden: the process may reach this computer and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FLOW = """
import sys
sys.path.insert(0, {root!r})
from tests.conftest import refuse_network  # installs the hook: every other address raises
import pathlib, tempfile
from webapp import create_app
from webapp.settings import Settings

app = create_app(Settings(home=pathlib.Path(tempfile.mkdtemp()), beam=1))
client = app.test_client()
made = client.post("/api/readings", json={{"text": "Der Bundestag tagt. Der Haushalt steht noch nicht."}})
path = made.headers["Location"]
assert client.get(path + "/stream").text.count("event: segment") == 2
for name in ("text", "html", "tsv", "json"):
    assert client.get(path + "/export?format=" + name).status_code == 200
for page in ("/", "/glossary?q=Rat", "/readings/" + made.get_json()["id"], "/static/css/base.css"):
    assert client.get(page).status_code == 200, page
app.extensions["services"].close()
print("done")
"""


def test_the_whole_flow_opens_no_socket() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FLOW.format(root=str(ROOT))], capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "done", done.stderr


def test_the_whole_flow_runs_where_there_is_no_network_at_all() -> None:
    # A network namespace without any interface: native code is held to the promise too.
    unshare = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("this system does not let us make a network namespace")
    code = FLOW.format(root=str(ROOT))
    done = subprocess.run([*unshare, sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "done", done.stderr


@pytest.mark.parametrize("target", ["('example.org', 80)", "('192.0.2.1', 443)", "('2001:db8::1', 443)"])
def test_the_hook_would_notice(target: str) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import tests.conftest, socket\n"
        f"socket.create_connection({target}, timeout=1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "must not use the network" in done.stderr


def test_the_sources_name_no_outside_address() -> None:
    allowed = ("http://127.0.0.1", "http://www.w3.org/", "http://{", "http://localhost")
    for folder in ("static", "templates"):
        for path in (ROOT / "webapp" / folder).rglob("*"):
            if path.is_file():
                for word in path.read_text("utf-8").split():
                    start = max(word.find("http://"), word.find("https://"))
                    assert start < 0 or word[start:].startswith(allowed), (path, word)
