"""The commands ``seitenblick dictionaries add``, ``list`` and ``remove``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from models.dictionaries import DictionaryShelf
from webapp.settings import Settings


def add_dictionaries(settings: Settings, files: Sequence[Path], *, replace: bool) -> None:
    """Put files on the shelf and say what they are. Raises DictionaryError."""
    for info in DictionaryShelf(settings.dictionaries_folder).add(files, replace=replace):
        click.echo(f"Added {info.title} as {info.name}: {info.entries:,} entries.")


def list_dictionaries(settings: Settings) -> None:
    """Index what is new in the folder and print a line for each dictionary."""
    shelf = DictionaryShelf(settings.dictionaries_folder)
    shelf.prepare()
    for info in shelf.list():
        what = info.problem or f"{info.entries:,} entries"
        click.echo(f"{info.name}\t{info.kind}\t{info.title}\t{what}")


def remove_dictionary(settings: Settings, name: str) -> None:
    """Delete a dictionary from the shelf. Raises DictionaryError."""
    DictionaryShelf(settings.dictionaries_folder).remove(name)
    click.echo(f"Removed {name}.")
