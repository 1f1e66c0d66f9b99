"""Rules of the house: imports go downward, nothing heavy at run time, nothing stands undocumented."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def imported(package: str) -> set[tuple[str, str]]:
    """(file, top-level module) of every import in a package."""
    found = set()
    for path in (ROOT / package).rglob("*.py"):
        if "training" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {(str(path.relative_to(ROOT)), alias.name.split(".")[0]) for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add((str(path.relative_to(ROOT)), node.module.split(".")[0]))
    return found


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("glossary", {"models", "webapp", "flask", "ctranslate2", "sqlalchemy"}),
        ("models", {"glossary", "webapp", "flask", "sqlalchemy"}),
        ("webapp", {"ctranslate2", "sentencepiece", "nltk", "argostranslate"}),
    ],
)
def test_imports_go_downward(package: str, forbidden: set[str]) -> None:
    assert imported(package), f"no imports found in {package}: is it there?"
    assert not {(file, module) for file, module in imported(package) if module in forbidden}


def test_nothing_heavy_is_locked() -> None:
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    names = set(re.findall(r"^([a-z0-9_.-]+)==", lock, re.M))
    assert {"argostranslate", "flask", "nltk", "ctranslate2"} <= names
    assert not names & {"torch", "stanza", "spacy", "onnxruntime", "minisbd"}
    for block in re.split(r"\n(?=[a-z0-9])", lock.strip()):
        assert "--hash=sha256:" in block, block.split("\n")[0]


def test_nltk_data_is_never_downloaded() -> None:
    for package in ("models", "glossary", "webapp"):
        for path in (ROOT / package).rglob("*.py"):
            assert not re.search(r"nltk\.download\(|\|\s*safe\b", path.read_text("utf-8")), path
    for path in (ROOT / "webapp" / "templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8")), path


def test_the_first_page_loads_no_model() -> None:
    code = (
        "import sys, tempfile, pathlib\n"
        "from webapp import create_app\n"
        "from webapp.settings import Settings\n"
        "app = create_app(Settings(home=pathlib.Path(tempfile.mkdtemp())))\n"
        "assert app.test_client().get('/').status_code == 200\n"
        "heavy = {'ctranslate2', 'sentencepiece', 'nltk', 'argostranslate', 'HanTa', 'py3langid', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stdout


def test_every_api_address_is_documented() -> None:
    from webapp import create_app
    from webapp.settings import Settings

    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    app = create_app(Settings(home=Path("/nonexistent")))
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and rule.endpoint != "api.nothing_here":
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert f"`{method} {path}" in page, f"{method} {path} is missing in docs/api.md"


def test_every_command_is_documented() -> None:
    import click

    from webapp.cli import main

    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name, command in main.commands.items():
        assert f"seitenblick {name}" in page
        for sub in getattr(command, "commands", {}):
            assert f"seitenblick {name} {sub}" in page
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert f"`{parameter.opts[-1 if len(parameter.opts[0]) < 3 else 0]}" in page, parameter.opts
