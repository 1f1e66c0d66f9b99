"""Take a text in: clean what no reader can want, give it a title, notice what is odd about it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from webapp.importers.decoding import ImportProblem, decode
from webapp.importers.markdown import plain_text

_NEWLINES: Final = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
# C0/C1 controls except tab and line feed, and the characters that turn the reading direction around: in a
# German text they are damage or deceit (Trojan Source, CVE-2021-42574).
_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_TITLE_LENGTH: Final = 200
_MARKDOWN_NAMES: Final = (".md", ".markdown", ".mdown")
_LANGUAGE_SAMPLE: Final = 5_000
_LANGUAGE_LETTERS: Final = 60


@dataclass(frozen=True, slots=True)
class Intake:
    """A text ready to be read."""

    title: str
    text: str
    language: str
    notices: tuple[str, ...]


def take_in(source: bytes | str, *, name: str = "", title: str = "", max_bytes: int = 2_000_000) -> Intake:
    """Prepare pasted text (``str``) or the content of a file (``bytes``).

    Args:
        source: the text, or the bytes of a file in any usual encoding.
        name: file name, for the title and to recognise Markdown.
        title: the title the user gave; else the first short line, else the file name.
        max_bytes: largest size taken, in bytes of UTF-8.

    Raises:
        ImportProblem: empty, too large, or not a text.

    """
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "surrogatepass"))
    if size > max_bytes * (4 if isinstance(source, bytes) else 1):
        raise _too_large(size, max_bytes)
    text = decode(source) if isinstance(source, bytes) else source
    notices: list[str] = []
    text = _NEWLINES.sub("\n", text)
    text, controls = _CONTROLS.subn("", text.removeprefix("\ufeff"))
    text, halves = _SURROGATES.subn("\ufffd", text)
    if controls or halves:
        count = controls + halves
        notices.append(
            f"{count:,} invisible control character{'s' if count != 1 else ''} "
            f"{'were' if count != 1 else 'was'} taken out of the text."
        )
    if name.lower().endswith(_MARKDOWN_NAMES):
        text = plain_text(text)
    if not any(ch.isalnum() for ch in text):
        raise ImportProblem("There is no text here. Paste a German text or choose a .txt or .md file.")
    size = len(text.encode("utf-8"))
    if size > max_bytes:
        raise _too_large(size, max_bytes)
    language = detect_language(text)
    if language != "de":
        notices.append(
            f"This text does not look like German (it looks like {_LANGUAGES.get(language, language)}). "
            "It is read all the same, but the English will not make sense."
        )
    return Intake(_title(title, text, name), text, language, tuple(notices))


def clean_title(title: str) -> str:
    """A title on one line, without control characters, at most 200 characters long."""
    title = "".join(" " if unicodedata.category(ch) in ("Cc", "Cs", "Zl", "Zp") else ch for ch in title)
    title = " ".join(_CONTROLS.sub("", title).split())
    return title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rstrip() + "…"


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text's language; ``de`` where there is too little text to tell."""
    sample = text[:_LANGUAGE_SAMPLE]
    if sum(ch.isalpha() for ch in sample) < _LANGUAGE_LETTERS:
        return "de"
    # Lower case: headlines in capitals are otherwise taken for other languages.
    code, probability = _identifier().classify(sample.lower())
    return str(code) if float(probability) > 0.9 else "de"


@cache
def _identifier() -> Any:
    # Loaded on first use: half a second that the first page must not wait for.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _title(title: str, text: str, name: str) -> str:
    if cleaned := clean_title(title):
        return cleaned
    first = next((line.strip() for line in text.split("\n") if any(ch.isalnum() for ch in line)), "")
    first = clean_title(first.lstrip("#*-•– "))
    if len(first) <= 90:
        return first
    stem = clean_title(name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0])
    return stem or first[:79].rsplit(" ", 1)[0] + "…"


def _too_large(size: int, limit: int) -> ImportProblem:
    return ImportProblem(
        f"The text has {size / 1e6:.1f} MB; this reader takes up to {limit / 1e6:g} MB. Split it into parts, "
        "or raise SEITENBLICK_MAX_TEXT_BYTES."
    )


_LANGUAGES: Final = {
    "en": "English", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch", "pl": "Polish",
    "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "pt": "Portuguese", "da": "Danish", "sv": "Swedish",
    "no": "Norwegian", "cs": "Czech", "lb": "Luxembourgish", "hu": "Hungarian", "ar": "Arabic",
    "zh": "Chinese", "la": "Latin", "ja": "Japanese",
}  # fmt: skip
