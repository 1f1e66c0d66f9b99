"""Reading StarDict dictionaries (.ifo, .idx, .dict, .syn; .gz and .dz), versions 2.4.2 and 3.0.0.

After the StarDict project's description of its format. Texts come out as plain text; pictures, sounds and
resource lists are left out.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.dictionaries.markup import text_of_markup, tidy
from models.dictionaries.packing import opened, read_whole
from models.dictionaries.values import DictionaryError, RawDictionary, RawEntry

_MAGIC: Final = "StarDict's dict ifo file"
_LARGEST_IFO: Final = 1 << 20
_LARGEST_INDEX: Final = 1 << 29
_LARGEST_TEXT: Final = 1 << 20  # bytes of one article
_LARGEST_DICT: Final = 1 << 32
_SLACK: Final = 1 << 20  # what may follow the last article unused
_MOST_OVERLAP: Final = 4  # how often the same bytes may be used by different articles
_TEXT: Final = frozenset("mlwn")
_MARKUP: Final = frozenset("ghk")
_SOUND: Final = frozenset("ty")


@dataclass(frozen=True, slots=True)
class _Place:
    """A headword of the index and where its article lies."""

    word: str
    start: int
    size: int


def companions(ifo: Path) -> tuple[Path, ...]:
    """Return the files that belong to an .ifo file and are there, itself first."""
    stem = ifo.name[: -len(".ifo")]
    names = (".idx", ".idx.gz", ".idx.dz", ".dict.dz", ".dict", ".syn", ".syn.dz", ".syn.gz")
    return (ifo, *(path for name in names if (path := ifo.with_name(stem + name)).is_file()))


def read_stardict(ifo: Path) -> RawDictionary:
    """Open a dictionary by its .ifo file. Raises DictionaryError at once or while the entries are read."""
    facts = _facts(ifo)
    return RawDictionary(facts.get("bookname", "").strip() or ifo.stem, "StarDict", _entries(ifo, facts))


def _facts(ifo: Path) -> dict[str, str]:
    text = read_whole(ifo, _LARGEST_IFO).decode("utf-8-sig", "replace")
    lines = text.splitlines()
    if not lines or lines[0].strip() != _MAGIC:
        raise DictionaryError(f"{ifo.name} is no StarDict dictionary: its first line must be “{_MAGIC}”.")
    facts = dict(line.split("=", 1) for line in lines[1:] if "=" in line)
    facts = {key.strip(): value for key, value in facts.items()}
    for name in ("wordcount", "idxfilesize"):
        if not re.fullmatch(r"\s*\d{1,12}\s*", facts.get(name, ""), re.ASCII):
            raise DictionaryError(f"{ifo.name} does not say its {name}: damaged; get a fresh copy.")
    if facts.get("idxoffsetbits", "32").strip() not in {"32", "64"}:
        raise DictionaryError(f"{ifo.name}: idxoffsetbits must be 32 or 64, not {facts['idxoffsetbits']}.")
    if not re.fullmatch(r"[A-Za-z]*", facts.get("sametypesequence", "").strip()):
        raise DictionaryError(f"{ifo.name}: sametypesequence {facts['sametypesequence']!r} is not known.")
    return facts


def _one_of(ifo: Path, *suffixes: str) -> Path:
    stem = ifo.name[: -len(".ifo")]
    for suffix in suffixes:
        if (path := ifo.with_name(stem + suffix)).is_file():
            return path
    raise DictionaryError(f"{stem}{suffixes[0]} is missing: it belongs to {ifo.name} and must lie beside it.")


def _entries(ifo: Path, facts: dict[str, str]) -> Iterator[RawEntry]:
    places = _index(ifo, facts)
    others = _synonyms(ifo, facts, len(places))
    groups: dict[tuple[int, int], list[str]] = {}
    for number, place in enumerate(places):
        words = groups.setdefault((place.start, place.size), [])
        words.append(place.word)
        words += others.get(number, ())
    needed = max((start + size for start, size in groups), default=0)
    kinds = facts.get("sametypesequence", "").strip()
    with opened(_one_of(ifo, ".dict.dz", ".dict"), min(needed + _SLACK, _LARGEST_DICT)) as data:
        if needed > len(data):
            raise DictionaryError(
                f"The articles of {ifo.name} are cut off ({len(data):,} of {needed:,} bytes); get it anew."
            )
        if sum(size for _, size in groups) > _MOST_OVERLAP * len(data):
            raise DictionaryError(f"The articles of {ifo.name} overlap: damaged; get a fresh copy.")
        for (start, size), words in groups.items():
            text = _text(data[start : start + size], kinds)
            if text:
                yield RawEntry(tuple(dict.fromkeys(words)), text)


def _index(ifo: Path, facts: dict[str, str]) -> list[_Place]:
    path = _one_of(ifo, ".idx", ".idx.gz", ".idx.dz")
    size = int(facts["idxfilesize"])
    if size > _LARGEST_INDEX:
        raise DictionaryError(f"{ifo.name}: an index of {size:,} bytes is implausible; nothing was read.")
    data = read_whole(path, size)
    if len(data) != size:
        raise DictionaryError(f"{path.name} is cut off: {len(data):,} bytes of {size:,}; get a fresh copy.")
    number = struct.Struct(">QI" if facts.get("idxoffsetbits", "").strip() == "64" else ">II")
    places: list[_Place] = []
    position = 0
    while position < len(data):
        end = data.find(b"\0", position)
        if end < 0 or end + 1 + number.size > len(data):
            raise DictionaryError(f"{path.name} ends within a word: damaged; get a fresh copy.")
        start, length = number.unpack_from(data, end + 1)
        if length > _LARGEST_TEXT:
            raise DictionaryError(f"{path.name}: an article of {length:,} bytes is implausible; damaged.")
        places.append(_Place(data[position:end].decode("utf-8", "replace"), start, length))
        position = end + 1 + number.size
    if len(places) != int(facts["wordcount"]):
        raise DictionaryError(
            f"{path.name} has {len(places):,} words, but {ifo.name} promises {int(facts['wordcount']):,}:"
            " they do not belong together, or one is damaged; get a fresh copy."
        )
    return places


def _synonyms(ifo: Path, facts: dict[str, str], words: int) -> dict[int, list[str]]:
    """Return the further headwords by the number of their entry in the index."""
    if not facts.get("synwordcount", "").strip().isdecimal():
        return {}
    path = _one_of(ifo, ".syn", ".syn.dz", ".syn.gz")
    data = read_whole(path, _LARGEST_INDEX)
    found: dict[int, list[str]] = {}
    position = 0
    while position < len(data):
        end = data.find(b"\0", position)
        if end < 0 or end + 5 > len(data):
            raise DictionaryError(f"{path.name} ends within a word: damaged; get a fresh copy.")
        number = int.from_bytes(data[end + 1 : end + 5], "big")
        if number >= words:
            raise DictionaryError(f"{path.name} refers to entry {number:,} of {words:,}: damaged.")
        found.setdefault(number, []).append(data[position:end].decode("utf-8", "replace"))
        position = end + 5
    return found


def _text(data: bytes, kinds: str) -> str:
    """Return the text of an article; `kinds` are the types of its fields if all articles have the same."""
    pieces = [_field(kind, field) for kind, field in _fields(data, kinds)]
    return "\n".join(piece for piece in pieces if piece)


def _fields(data: bytes, kinds: str) -> Iterator[tuple[str, bytes]]:
    position = 0
    for kind in kinds[:-1]:
        field, position = _cut(kind, data, position)
        yield kind, field
    if kinds:
        # The last field goes to the end: it has neither a length nor a closing zero.
        yield kinds[-1], data[position:]
        return
    while position < len(data):
        kind = chr(data[position])
        field, position = _cut(kind, data, position + 1)
        yield kind, field


def _cut(kind: str, data: bytes, position: int) -> tuple[bytes, int]:
    if kind.isupper():
        end = position + 4 + int.from_bytes(data[position : position + 4], "big")
        return data[position + 4 : end], end
    end = data.find(b"\0", position)
    end = len(data) if end < 0 else end
    return data[position:end], end + 1


def _field(kind: str, data: bytes) -> str:
    if kind not in _TEXT | _MARKUP | _SOUND | {"x"}:
        return ""  # sounds, pictures, lists of files
    text = data.decode("utf-8", "replace")
    if kind in _TEXT:
        return tidy(text)
    if kind in _SOUND:
        sound = tidy(text)
        return f"[{sound}]" if sound else ""
    return text_of_markup(text, lines=kind in "gx", xdxf=kind == "x")
