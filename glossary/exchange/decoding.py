"""The text of a table file: UTF-8, or UTF-16 as spreadsheets save "Unicode text"."""

from __future__ import annotations

import codecs

from glossary.exchange.entries import MOST_BYTES, ExchangeError


def check_size(data: bytes) -> None:
    """Refuse empty and over-large files.

    Raises:
        ExchangeError: the file is one of these.

    """
    if not data.strip():
        raise ExchangeError(0, "The file is empty.")
    if len(data) > MOST_BYTES:
        raise ExchangeError(
            0, f"The file has {len(data) / 1e6:.1f} MB; {MOST_BYTES / 1e6:g} MB are the most. Split it."
        )


def decoded(data: bytes) -> str:
    """The text of a file.

    Raises:
        ExchangeError: it is empty, too large or not Unicode; the line is that of the first wrong byte.

    """
    check_size(data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise ExchangeError(1, "The file begins like UTF-16 but is damaged. Save it as UTF-8.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ExchangeError(
            line,
            f"not UTF-8 (byte 0x{data[error.start]:02X}). Save the file as UTF-8; in a spreadsheet choose "
            "“CSV UTF-8” or “Unicode text”.",
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ExchangeError(line, "holds a NUL character: this is no text file.")
    return text
