"""Settings of the reader: one table, read from the environment, documented in docs/settings.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

PREFIX = "SEITENBLICK_"
_SWITCH = {
    "1": True,
    "on": True,
    "true": True,
    "yes": True,
    "0": False,
    "off": False,
    "false": False,
    "no": False,
}


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it and says what is expected."""


def _default_home() -> Path:
    return platformdirs.user_data_path("seitenblick", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, with its default. Each field is read from ``SEITENBLICK_<NAME>``."""

    home: Path = field(default_factory=_default_home)
    """Folder for the library and the installed models."""
    database_url: str = ""
    """SQLAlchemy URL of the library; empty means ``library.sqlite3`` in the home folder."""
    model: str = ""
    """Name of the installed package to translate with; empty means the one chosen with ``models use``."""
    beam: int = 4
    """Beam size of the search; 1 is fastest, 4 best."""
    alternatives: int = 1
    """Number of translations kept for each sentence, at most the beam size."""
    enforce: bool = True
    """Whether the model is made to use the glossary's words where it can without harm."""
    rare_words: bool = True
    """Whether the model is told what the lexicon knows of rare words, if its package takes that."""
    threads: int = 0
    """Threads for translation; 0 means one for every usable core."""
    max_text_bytes: int = 2_000_000
    """Largest text taken, in bytes of UTF-8."""
    dictionaries: str = ""
    """Folder of the reader's own dictionaries; empty means ``dictionaries`` in the home folder."""
    max_dictionary_bytes: int = 300_000_000
    """Largest dictionary taken by the page, in bytes; the command line has no such bound."""
    study_retention: float = 0.9
    """Share of the saved words to be remembered when the review asks for them again."""
    study_new_per_day: int = 20
    """Saved words that the review asks for the first time on one day, at most."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 5080
    """Port to listen on; 0 picks a free one."""
    trusted_hosts: tuple[str, ...] = ()
    """Further host names under which the reader may be addressed (comma-separated)."""

    @property
    def library_url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.home / 'library.sqlite3'}"

    @property
    def packages_folder(self) -> Path:
        """Where translation packages are installed."""
        return self.home / "packages"

    @property
    def dictionaries_folder(self) -> Path:
        """Where the reader's own dictionaries are."""
        return Path(self.dictionaries).expanduser() if self.dictionaries else self.home / "dictionaries"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from environment variables.

        Raises:
            SettingsError: a value does not fit, or a variable with our prefix is not a setting.

        """
        environ = os.environ if environ is None else environ
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        unknown = sorted(k for k in environ if k.startswith(PREFIX) and k not in known)
        if unknown:
            raise SettingsError(f"{unknown[0]} is not a setting; known are: {', '.join(sorted(known))}")
        given: dict[str, object] = {}
        for key, spec in known.items():
            if key in environ:
                given[spec.name] = _parse(key, str(spec.type), environ[key])
        settings = cls(**given)  # type: ignore[arg-type]
        settings.check()
        return settings

    def check(self) -> None:
        """Raise ``SettingsError`` if values do not fit together."""
        for name, low, high in (
            ("beam", 1, 16),
            ("alternatives", 1, 16),
            ("threads", 0, 256),
            ("max_text_bytes", 1_000, 100_000_000),
            ("max_dictionary_bytes", 1_000, 4_000_000_000),
            ("study_retention", 0.7, 0.97),
            ("study_new_per_day", 0, 1_000),
            ("port", 0, 65_535),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise SettingsError(f"{PREFIX}{name.upper()} must be from {low} to {high}, not {value}")
        if self.alternatives > self.beam:
            raise SettingsError(
                f"{PREFIX}ALTERNATIVES ({self.alternatives}) cannot exceed {PREFIX}BEAM ({self.beam})"
            )


def _parse(key: str, kind: str, value: str) -> object:
    if kind == "int":
        try:
            return int(value)
        except ValueError:
            raise SettingsError(f"{key} must be a whole number, not {value!r}") from None
    if kind == "float":
        try:
            return float(value)
        except ValueError:
            raise SettingsError(f"{key} must be a number such as 0.9, not {value!r}") from None
    if kind == "bool":
        if value.strip().lower() not in _SWITCH:
            raise SettingsError(f"{key} must be on or off, not {value!r}")
        return _SWITCH[value.strip().lower()]
    if kind == "Path":
        return Path(value).expanduser()
    if kind.startswith("tuple"):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value
