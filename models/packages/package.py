"""What a package is: its values, its metadata.json and the files that translation uses."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from models.packages.hashing import sha256_file

SOURCE, TARGET = "de", "en"
LARGEST_METADATA = 64 * 1024
SENTENCE_LIMITS = (16, 220)  # pieces; beyond, no model of this kind is of use
LENGTH_PENALTIES = (0.0, 5.0)
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_VERSION = re.compile(r"[0-9]{1,8}(\.[0-9A-Za-z]{1,12}){0,4}")
_LANGUAGES = {"de": "German", "en": "English"}


class PackageError(Exception):
    """A translation package cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Package:
    """An installed translation package.

    `fingerprint` is the first 16 hex digits of a SHA-256 over the files translation uses, so two packages
    with the same fingerprint give the same English whatever they are called.
    """

    name: str
    version: str
    source: str
    target: str
    folder: Path
    fingerprint: str
    title: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The part of metadata.json this reader uses, checked."""

    version: str
    source: str
    target: str
    alignment_head: bool | None
    longest_sentence: int | None
    length_penalty: float | None

    @property
    def name(self) -> str:
        """Name to install under, e.g. `translate-de_en-1_0`; made of checked parts only."""
        return f"translate-{self.source}_{self.target}-{self.version.replace('.', '_')}"

    @property
    def title(self) -> str:
        """Name for people, e.g. `German to English 1.0`."""
        source, target = (_LANGUAGES.get(code, code) for code in (self.source, self.target))
        return f"{source} to {target} {self.version}"


def parse_metadata(data: bytes) -> Metadata:
    """Check the bytes of a metadata.json (format: argostranslate.package.IPackage).

    Optional keys of our own: `"alignment_head": true`, the attention head which the model returns was trained
    to align words; `"longest_sentence": 70`, the model is better with sentences of more pieces when it gets
    them clause by clause; `"length_penalty": 1.6`, with which it finds the best English (Wu et al. 2016: more
    favours longer ones). Raises PackageError for anything that is not a German-English package.
    """
    if len(data) > LARGEST_METADATA:
        raise PackageError("metadata.json is far too large; the package is damaged, get a fresh copy.")
    try:
        values = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise PackageError(f"metadata.json cannot be read ({error}); get a fresh copy.") from error
    if not isinstance(values, dict):
        raise PackageError("metadata.json does not hold a JSON object; this is no Argos package.")
    version = _text(values, "package_version", _VERSION)
    _text(values, "argos_version", _VERSION, required=False)
    source, target = _text(values, "from_code", _CODE), _text(values, "to_code", _CODE)
    if values.get("type", "translate") != "translate":
        raise PackageError(
            "The package is not of type “translate”; choose a German-English translation package."
        )
    if (source, target) != (SOURCE, TARGET):
        raise PackageError(
            f"The package translates {source} to {target}; this reader takes German to English only."
        )
    if values.get("target_prefix", "") != "":
        raise PackageError(
            "The package needs a target prefix (several languages in one model); not supported."
        )
    head = values.get("alignment_head")
    if head is not None and not isinstance(head, bool):
        raise PackageError("“alignment_head” in metadata.json must be true or false.")
    longest = values.get("longest_sentence")
    low, high = SENTENCE_LIMITS
    if longest is not None and not (type(longest) is int and low <= longest <= high):
        raise PackageError(f"“longest_sentence” in metadata.json must be a number from {low} to {high}.")
    penalty = values.get("length_penalty")
    least, most = LENGTH_PENALTIES
    if penalty is not None and not (type(penalty) in (int, float) and least <= penalty <= most):
        raise PackageError(f"“length_penalty” in metadata.json must be a number from {least:g} to {most:g}.")
    return Metadata(version, source, target, head, longest, None if penalty is None else float(penalty))


def stated_in(folder: Path) -> Metadata | None:
    """Return what the package in `folder` says of itself, None if it has no metadata.json to read.

    Raises PackageError.
    """
    try:
        return parse_metadata((folder / "metadata.json").read_bytes())
    except OSError:
        return None


def _text(values: dict[str, object], key: str, pattern: re.Pattern[str], required: bool = True) -> str:
    value = values.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise PackageError(
            f"“{key}” in metadata.json is missing or not plausible; this is no sound Argos package."
        )
    return value


def translation_files(folder: Path) -> tuple[Path, ...]:
    """Files that decide what the English is: the model folder and the tokenizer, sorted by name."""
    files = [path for path in (folder / "model").glob("*") if path.is_file()]
    files += [path for name in ("sentencepiece.model", "bpe.model") if (path := folder / name).is_file()]
    return tuple(sorted(files, key=lambda path: path.relative_to(folder).as_posix()))


def fingerprint(hashes: dict[str, str]) -> str:
    """Return the fingerprint over {relative name: SHA-256} of a package's files; others are left out."""
    used = sorted(n for n in hashes if n.startswith("model/") or n in ("sentencepiece.model", "bpe.model"))
    return hashlib.sha256("".join(f"{name}\0{hashes[name]}\n" for name in used).encode()).hexdigest()[:16]


def read_package(folder: Path) -> Package:
    """Return the unpacked package in `folder`, wherever it lies; all its files are hashed.

    Meant for tools such as `models.evaluate`; the reader itself takes packages from a PackageStore only.
    Raises PackageError.
    """
    try:
        metadata = parse_metadata((folder / "metadata.json").read_bytes())
        hashes = {p.relative_to(folder).as_posix(): sha256_file(p) for p in translation_files(folder)}
    except OSError as error:
        raise PackageError(
            f"{folder} is not an unpacked Argos package: {error.strerror or error}."
        ) from error
    if "model/model.bin" not in hashes or not hashes.keys() & {"sentencepiece.model", "bpe.model"}:
        raise PackageError(
            f"{folder} lacks model/model.bin or sentencepiece.model; unpack the package again."
        )
    return Package(
        metadata.name, metadata.version, SOURCE, TARGET, folder, fingerprint(hashes), metadata.title
    )
