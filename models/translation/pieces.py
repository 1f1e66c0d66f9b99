"""Tokenizers of Argos packages, and where their pieces lie in a text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
Span = tuple[int, int]


class Tokenizer(Protocol):
    """Text to pieces and back."""

    def encode(self, text: str) -> list[str]:
        """Return the pieces the model reads."""
        ...

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of pieces the model wrote."""
        ...

    def knows(self, char: str) -> bool:
        """Whether the vocabulary has the character, so that it is not spelled in bytes or lost."""
        ...


class SentencePieceTokenizer:
    """SentencePiece itself: argostranslate's own class turns every `_` into a space when decoding."""

    def __init__(self, model: Path) -> None:
        import sentencepiece

        self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(model))
        self._known: dict[str, bool] = {}

    def encode(self, text: str) -> list[str]:
        """Return the pieces the model reads."""
        pieces: list[str] = self._processor.encode(text, out_type=str)
        return pieces

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of pieces the model wrote; broken byte sequences become U+FFFD."""
        return " ".join(str(self._processor.decode(list(pieces))).split())

    def knows(self, char: str) -> bool:
        """Whether the vocabulary has the character (as the model's normalisation sees it)."""
        known = self._known.get(char)
        if known is None:
            ids = self._processor.encode(char)
            unknown = self._processor.unk_id()
            known = bool(ids) and not any(i == unknown or self._processor.is_byte(i) for i in ids)
            self._known[char] = known
        return known


class BpeTokenizer:
    """Moses words and byte-pair pieces of older packages, by argostranslate.tokenizer."""

    def __init__(self, model: Path) -> None:
        # This module imports neither argostranslate.settings (makes folders) nor .translate (needs stanza).
        from argostranslate.tokenizer import BPETokenizer

        self._tokenizer: Any = BPETokenizer(model, "de", "en")
        self._tokenizer.lazy_load()

    def encode(self, text: str) -> list[str]:
        """Return the pieces the model reads."""
        return [str(piece) for piece in self._tokenizer.encode(text)] if text.strip() else []

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of pieces the model wrote."""
        return str(self._tokenizer.decode(list(pieces))).strip()

    def knows(self, char: str) -> bool:
        """Whether the vocabulary has the character: not known of these packages, so assumed."""
        return True


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of an unpacked package. Raises OSError or RuntimeError for a damaged model."""
    if (model := folder / "sentencepiece.model").is_file():
        return SentencePieceTokenizer(model)
    return BpeTokenizer(folder / "bpe.model")


def locate(pieces: Sequence[str], text: str) -> list[Span]:
    """Return the character span in `text` of every piece; an empty span for one that only marks a space.

    Works on surfaces, so it serves both kinds of tokenizer and both languages. Characters are compared in
    compatibility form (NFKC), as SentencePiece normalises; all byte pieces of a character get its span.
    """
    plain, origin = _compatible(text)
    spans: list[Span] = []
    cursor = 0
    for surface, count in _surfaces(pieces):
        while cursor < len(plain) and plain[cursor].isspace():
            cursor += 1
        if not surface:
            at = origin[cursor]
            spans += [(at, at)] * count
            continue
        start = cursor if plain.startswith(surface, cursor) else plain.find(surface, cursor, cursor + 40)
        if start < 0:  # altered by a detokenizer: stay here, the next pieces find their places again
            spans += [(origin[cursor], origin[cursor])] * count
            continue
        cursor = start + len(surface)
        spans += [(origin[start], origin[cursor - 1] + 1)] * count
    return spans


def _compatible(text: str) -> tuple[str, list[int]]:
    """Return the text in compatibility form; for each of its characters and its end the index in `text`."""
    chars: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for part in unicodedata.normalize("NFKC", char):
            chars.append(part)
            origin.append(index)
    origin.append(len(text))
    return "".join(chars), origin


def _surfaces(pieces: Sequence[str]) -> list[tuple[str, int]]:
    """Return the visible text of pieces and how many pieces make it up (more than one for bytes)."""
    found: list[tuple[str, int]] = []
    run = bytearray()
    for piece in pieces:
        byte = _BYTE.fullmatch(piece)
        if run and (byte is None or int(byte[1], 16) & 0xC0 != 0x80):
            found.append((run.decode("utf-8", "replace"), len(run)))
            run.clear()
        if byte is not None:
            run.append(int(byte[1], 16))
        else:
            surface = html.unescape(piece.removesuffix("@@")).replace("▁", " ").strip()
            found.append((unicodedata.normalize("NFKC", surface), 1))
    if run:
        found.append((run.decode("utf-8", "replace"), len(run)))
    return found
