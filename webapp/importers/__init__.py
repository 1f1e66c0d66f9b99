"""From bytes to text: decoding, Markdown, and what is noticed on the way."""

from __future__ import annotations

from webapp.importers.decoding import ImportProblem, decode
from webapp.importers.intake import Intake, take_in

__all__ = ["ImportProblem", "Intake", "decode", "take_in"]
