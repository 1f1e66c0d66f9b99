"""Recognise the encoding of a text file: UTF-8, UTF-16, UTF-32, Windows-1252 and its relatives."""

from __future__ import annotations

import codecs
from typing import Final

_BOMS: Final = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word, OpenDocument, EPUB or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_EIGHT_BIT: Final = ["cp1252", "iso8859_15", "cp850", "mac_roman"]
_SAMPLE: Final = 200_000


class ImportProblem(ValueError):
    """The input cannot be read as a text; the message says why and what to do."""


def decode(data: bytes) -> str:
    """Turn the bytes of a text file into text.

    Marked encodings and valid UTF-8 are taken at their word; the rest is left to charset-normalizer,
    which is told to choose among the encodings in which German text files are found.

    Raises:
        ImportProblem: the bytes are not a text.

    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature) and (signature != b"MZ" or b"\0" in data[:512]):
            raise ImportProblem(
                f"This looks like {what}, not a plain text. Open it, copy the text and paste it here, "
                "or save it as a .txt file."
            )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise ImportProblem(
                    f"The file says that it is {encoding.removesuffix('-sig').upper()} but is damaged at "
                    f"byte {error.start:,}. Save it again as UTF-8."
                ) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    # UTF-16 without a mark is valid UTF-8 as long as it is plain ASCII: every other byte is zero.
    return _guess(data) if data and text.count("\0") * 10 > len(data) else text


def _guess(data: bytes) -> str:
    # Loaded here: the import costs a tenth of a second that UTF-8 users never need to spend.
    from charset_normalizer import from_bytes

    zeros = data[:_SAMPLE].count(0)
    if zeros * 10 > len(data[:_SAMPLE]):
        candidates = ["utf_16_le", "utf_16_be"]
    elif zeros:
        raise _binary()
    else:
        candidates = _EIGHT_BIT
    best = from_bytes(data[:_SAMPLE], cp_isolation=candidates).best()
    encoding = best.encoding if best is not None else ""
    if not encoding:
        raise _binary()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # Five bytes are undefined in Windows-1252; one stray byte must not cost the reader the text.
        text = data.decode(encoding, errors="replace")
    odd = sum(ch < " " and ch not in "\t\n\r\f\v" for ch in text) + text.count("\ufffd")
    if odd * 50 > len(text):
        raise _binary()
    return text


def _binary() -> ImportProblem:
    return ImportProblem(
        "This file is not a plain text (or its encoding is unknown). Save it as a .txt file in UTF-8, "
        "or paste the text."
    )
