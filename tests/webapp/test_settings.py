"""Settings: read from the environment, checked, documented."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from webapp.services import Services
from webapp.settings import PREFIX, Settings, SettingsError

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_values_come_from_the_environment(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "SEITENBLICK_HOME": str(tmp_path),
            "SEITENBLICK_BEAM": "2",
            "SEITENBLICK_TRUSTED_HOSTS": "reader.lan, 10.0.0.5",
            "PATH": "/bin",
        }
    )
    assert settings.home == tmp_path
    assert settings.beam == 2
    assert settings.trusted_hosts == ("reader.lan", "10.0.0.5")
    assert settings.library_url == f"sqlite:///{tmp_path / 'library.sqlite3'}"
    assert Settings(home=tmp_path, database_url="postgresql://x/y").library_url == "postgresql://x/y"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SEITENBLICK_BEAM", "many", "whole number"),
        ("SEITENBLICK_BEAM", "0", "from 1 to 16"),
        ("SEITENBLICK_PORT", "70000", "from 0 to 65535"),
        ("SEITENBLICK_ALTERNATIVES", "5", "cannot exceed"),
        ("SEITENBLICK_BEEM", "3", "is not a setting"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.from_environment({name: value})


def test_every_setting_is_documented() -> None:
    page = (DOCS / "settings.md").read_text("utf-8")
    missing = [f.name for f in fields(Settings) if f"`{PREFIX}{f.name.upper()}`" not in page]
    assert not missing
    named = {word for word in page.split("`") if word.startswith(PREFIX)}
    assert named == {PREFIX + f.name.upper() for f in fields(Settings)}


def test_the_model_may_be_left_alone_with_rare_words(tmp_path: Path) -> None:
    assert Services(Settings(home=tmp_path)).translator().rare_words is not None
    settings = Settings.from_environment({"SEITENBLICK_RARE_WORDS": "off", "SEITENBLICK_HOME": str(tmp_path)})
    assert Services(settings).translator().rare_words is None
