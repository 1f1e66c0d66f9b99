"""A writer of StarDict dictionaries for the tests, after the format's description."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

Articles = Sequence[tuple[str, bytes]]


def dictzip(data: bytes, chunk: int = 58_315) -> bytes:
    """A dictzip file: gzip with a table of separately flushed chunks in its extra field (RA)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    pieces = []
    for start in range(0, len(data), chunk):
        pieces.append(packer.compress(data[start : start + chunk]) + packer.flush(zlib.Z_FULL_FLUSH))
    table = struct.pack("<HHH", 1, chunk, len(pieces)) + b"".join(struct.pack("<H", len(p)) for p in pieces)
    extra = b"RA" + struct.pack("<H", len(table)) + table
    head = b"\x1f\x8b\x08\x04" + struct.pack("<IBB", 0, 2, 3) + struct.pack("<H", len(extra)) + extra
    return head + b"".join(pieces) + packer.flush() + struct.pack("<II", zlib.crc32(data), len(data))


def write_stardict(
    folder: Path,
    articles: Articles,
    *,
    name: str = "probe",
    title: str = "Probe",
    kinds: str = "m",
    packed: bool = False,
    wide: bool = False,
    synonyms: Sequence[tuple[str, int]] = (),
    changes: dict[str, str] | None = None,
) -> Path:
    """Write .ifo, .idx(.gz), .dict(.dz) and .syn; `changes` overrides lines of the .ifo file."""
    folder.mkdir(parents=True, exist_ok=True)
    index, data = bytearray(), bytearray()
    for word, text in articles:
        index += word.encode() + b"\0" + struct.pack(">QI" if wide else ">II", len(data), len(text))
        data += text
    facts = {
        "version": "3.0.0",
        "bookname": title,
        "wordcount": str(len(articles)),
        "idxfilesize": str(len(index)),
    }
    if kinds:
        facts["sametypesequence"] = kinds
    if wide:
        facts["idxoffsetbits"] = "64"
    if synonyms:
        facts["synwordcount"] = str(len(synonyms))
        syn = b"".join(word.encode() + b"\0" + struct.pack(">I", number) for word, number in synonyms)
        (folder / f"{name}.syn").write_bytes(syn)
    facts |= changes or {}
    lines = ["StarDict's dict ifo file", *(f"{key}={value}" for key, value in facts.items())]
    ifo = folder / f"{name}.ifo"
    ifo.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if packed:
        (folder / f"{name}.idx.gz").write_bytes(gzip.compress(index))
        (folder / f"{name}.dict.dz").write_bytes(
            dictzip(bytes(data), 58_315 if len(data) > 1 << 20 else 1_000)
        )
    else:
        (folder / f"{name}.idx").write_bytes(index)
        (folder / f"{name}.dict").write_bytes(data)
    return ifo
