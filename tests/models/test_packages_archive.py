from __future__ import annotations

import json
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from models.packages import PackageError, check_archive
from tests.models.packages_help import METADATA, TOP, embedded_archive, small_files, write_archive


def refused(path: Path, why: str) -> None:
    with pytest.raises(PackageError, match=why):
        check_archive(path)


def test_embedded_package_passes() -> None:
    report = check_archive(embedded_archive())
    assert report.name.startswith("translate-de_en-")
    assert {member.name for member in report.members} >= {"metadata.json", "model/model.bin"}
    assert len(report.sha256) == 64


def test_sentence_splitters_are_skipped_and_harmless_files_taken(tmp_path: Path) -> None:
    files = small_files() | {
        "stanza/de/tokenize/gsd.pt": b"pickle",
        "minisbd/de.onnx": b"x",
        "README.md": b"Hi",
    }
    report = check_archive(write_archive(tmp_path / "a.argosmodel", files))
    assert report.skipped == ("stanza/de/tokenize/gsd.pt", "minisbd/de.onnx")
    assert "README.md" in {member.name for member in report.members}


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04" + b"\0" * 100])
def test_not_a_zip(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.argosmodel").write_bytes(data)
    refused(tmp_path / "a.argosmodel", "not a zip archive")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    refused(tmp_path / "none.argosmodel", "There is no file")
    refused(tmp_path, "cannot be read")


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ("../evil.txt", "dangerous"),
        ("model/../../evil.txt", "dangerous"),
        ("model//model.bin", "dangerous"),
        ("C:evil", "dangerous"),
        ("model\\evil.bin", "dangerous"),
        ("README.md ", "dangerous"),
        ("evil\n.txt", "dangerous"),
        ("evil.py", "no part of an Argos package"),
        ("model/extra.bin", "no part of an Argos package"),
        ("manifest.json", "no part of an Argos package"),
        ("METADATA.json", "twice"),
        ("Model/model.bin", "twice"),
    ],
)
def test_dangerous_names(tmp_path: Path, extra: str, why: str) -> None:
    refused(write_archive(tmp_path / "a.argosmodel", small_files() | {extra: b"x"}), why)


def test_same_name_twice(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.argosmodel", small_files())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"{TOP}/metadata.json", json.dumps(METADATA))
    refused(path, "twice")


def test_top_folder(tmp_path: Path) -> None:
    refused(write_archive(tmp_path / "a.argosmodel", small_files(), top=""), "exactly one folder")
    refused(write_archive(tmp_path / "b.argosmodel", small_files(), top="/etc"), "dangerous")
    refused(write_archive(tmp_path / "c.argosmodel", small_files(), top=".."), "dangerous")
    path = write_archive(tmp_path / "d.argosmodel", small_files())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("other/README.md", "x")
    refused(path, "exactly one folder")


def test_links_and_other_methods(tmp_path: Path) -> None:
    files = small_files()
    del files["model/shared_vocabulary.json"]
    for name, mode, method, why in [
        ("link", stat.S_IFLNK | 0o777, zipfile.ZIP_STORED, "link or a device"),
        ("pipe", stat.S_IFIFO | 0o644, zipfile.ZIP_STORED, "link or a device"),
        ("lzma", stat.S_IFREG | 0o644, zipfile.ZIP_LZMA, "method other than deflate"),
    ]:
        path = write_archive(tmp_path / f"{name}.argosmodel", files)
        info = zipfile.ZipInfo(f"{TOP}/model/shared_vocabulary.json")
        info.external_attr = mode << 16
        info.compress_type = method
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(info, "/etc/passwd")
        refused(path, why)


def test_zip_bomb(tmp_path: Path) -> None:
    refused(
        write_archive(tmp_path / "a.argosmodel", small_files() | {"model/model.bin": bytes(20 << 20)}),
        "zip bomb",
    )
    refused(
        write_archive(
            tmp_path / "b.argosmodel", small_files() | {"README.md": random.Random(1).randbytes(2 << 20)}
        ),
        "implausibly",
    )


def test_overlapping_members(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.argosmodel", small_files())
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    # Point the second entry of the central directory at the data of the first.
    second = data.index(b"PK\x01\x02", start + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    path.write_bytes(data)
    refused(path, r"overlap|not a zip")


def test_too_many_members(tmp_path: Path) -> None:
    files = small_files() | {f"stanza/{number}": b"" for number in range(2001)}
    refused(write_archive(tmp_path / "a.argosmodel", files), "a few dozen")


@pytest.mark.parametrize("name", list(small_files()))
def test_required_files(tmp_path: Path, name: str) -> None:
    files = small_files()
    del files[name]
    refused(write_archive(tmp_path / "a.argosmodel", files), "lacks")


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        (b"{", "cannot be read"),
        (b"[" * 60_000, "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"[]", "JSON object"),
        (b"{}", "package_version"),
        (json.dumps(METADATA | {"package_version": 1.0}).encode(), "package_version"),
        (json.dumps(METADATA | {"package_version": "../1"}).encode(), "package_version"),
        (json.dumps(METADATA | {"from_code": "de/../x"}).encode(), "from_code"),
        (
            json.dumps(METADATA | {"from_code": "fr"}).encode(),
            "fr to en; this reader takes German to English",
        ),
        (json.dumps(METADATA | {"from_code": "en", "to_code": "de"}).encode(), "en to de"),
        (json.dumps(METADATA | {"type": "sbd"}).encode(), "type"),
        (json.dumps(METADATA | {"target_prefix": "__en__"}).encode(), "target prefix"),
        (json.dumps(METADATA | {"alignment_head": "yes"}).encode(), "alignment_head"),
        (json.dumps(METADATA | {"longest_sentence": 5000}).encode(), "longest_sentence"),
        (json.dumps(METADATA | {"longest_sentence": True}).encode(), "longest_sentence"),
        (json.dumps(METADATA | {"length_penalty": 5.5}).encode(), "length_penalty"),
        (json.dumps(METADATA | {"length_penalty": "1"}).encode(), "length_penalty"),
        (json.dumps(METADATA | {"length_penalty": True}).encode(), "length_penalty"),
    ],
)
def test_metadata(tmp_path: Path, metadata: bytes, why: str) -> None:
    refused(write_archive(tmp_path / "a.argosmodel", small_files() | {"metadata.json": metadata}), why)


def test_damage_never_escapes_as_another_error(tmp_path: Path) -> None:
    sound = write_archive(tmp_path / "a.argosmodel", small_files()).read_bytes()
    chance = random.Random(7)
    path = tmp_path / "b.argosmodel"
    for _ in range(400):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.3 else data)
        try:
            report = check_archive(path)
        except PackageError:
            continue
        assert report.name == "translate-de_en-9_9"
