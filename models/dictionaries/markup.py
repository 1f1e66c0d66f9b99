"""HTML, Pango and XDXF definitions as plain text: nothing of the markup is kept or trusted."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_BREAKS: Final = frozenset({
    "p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "blockquote", "section",
    "article", "h1", "h2", "h3", "h4", "h5", "h6", "def", "ex", "deftext",
})  # fmt: skip
_DROPPED: Final = frozenset({
    "script", "style", "head", "title", "iframe", "object", "audio", "video", "rref",
})  # fmt: skip
# Also marks of the writing direction, which could turn round what stands beside the text.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


class _Text(HTMLParser):
    def __init__(self, *, xdxf: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._dropped = _DROPPED | {"k"} if xdxf else _DROPPED
        self._breaks = _BREAKS - {"tr"} if xdxf else _BREAKS  # there it is a transcription
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._dropped:
            self._hidden.append(tag)
        elif tag in self._breaks:
            self.pieces.append("\n– " if tag == "li" else "\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._breaks:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in self._breaks:
            self.pieces.append("\n")
        elif tag == "td":
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def text_of_markup(markup: str, *, lines: bool = False, xdxf: bool = False) -> str:
    """Return the text of a piece of HTML or the like, one line for each block.

    With `lines` its line breaks count, as they do in Pango and XDXF. In XDXF the headword (`<k>`) is left out
    (it is shown anyway).
    """
    if "<" not in markup and "&" not in markup:
        return tidy(markup)
    parser = _Text(xdxf=xdxf)
    parser.feed(markup if lines else re.sub(r"\s+", " ", markup))
    parser.close()
    return tidy("".join(parser.pieces))


def tidy(text: str) -> str:
    """Return text without control characters, empty lines and superfluous spaces."""
    lines = re.split(r"[\n\r\x0b\x0c\u2028\u2029]+", text)
    kept = [" ".join(_CONTROL.sub("", line).split()) for line in lines]
    return "\n".join(line for line in kept if line and line != "–")
