"""One self-contained web page: styles inside, no scripts, readable for ever without Seitenblick."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from webapp.marking import english_pieces, german_pieces
from webapp.quality import WARNING_LABELS, message_parts
from webapp.reading import STEP_LABELS, VERDICT_LABELS, Reading
from webapp.text_tools import day

_ROOT = Path(__file__).resolve().parent.parent


def write(reading: Reading) -> str:
    """The reading as an HTML page."""
    return (
        _environment()
        .get_template("export.html")
        .render(reading=reading, styles=_styles(), links_to_terms=False)
    )


@cache
def _environment() -> Environment:
    # An environment of its own: the command line exports without an application.
    environment = Environment(
        loader=FileSystemLoader(_ROOT / "templates"),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    environment.globals.update(
        german_pieces=german_pieces,
        english_pieces=english_pieces,
        verdict_labels=VERDICT_LABELS,
        step_labels=STEP_LABELS,
        warning_labels=WARNING_LABELS,
        message_parts=message_parts,
    )
    return environment


@cache
def _styles() -> Markup:
    # Our own style sheets, not anybody's input: the one place where text goes out unescaped.
    folder = _ROOT / "static" / "css"
    return Markup("\n".join((folder / name).read_text("utf-8") for name in ("base.css", "reading.css")))  # noqa: S704
