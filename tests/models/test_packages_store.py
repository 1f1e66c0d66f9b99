from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from models.packages import Package, PackageError, PackageStore, check_archive, read_package
from models.packages import store as store_module
from models.packages.lock import folder_lock
from models.packages.store import version_key
from models.packages.trial import try_package
from tests.models.packages_help import METADATA, TOP, contents, embedded_archive, small_files, write_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound package other than the embedded one: translate-de_en-9_9."""
    return write_archive(tmp_path_factory.mktemp("archives") / "sound.argosmodel", contents())


@pytest.fixture
def store(tmp_path: Path) -> PackageStore:
    return PackageStore(tmp_path / "packages")


def visible(store: PackageStore) -> list[str]:
    return sorted(path.name for path in store.root.iterdir() if path.name != ".lock")


def test_embedded_is_unpacked_once_and_current(store: PackageStore) -> None:
    package = store.embedded()
    assert package.name == check_archive(embedded_archive()).name
    assert (package.source, package.target) == ("de", "en")
    written = (package.folder / "model" / "model.bin").stat().st_mtime_ns
    again = PackageStore(store.root)
    assert again.current() == again.embedded() == package
    assert (package.folder / "model" / "model.bin").stat().st_mtime_ns == written
    assert read_package(package.folder) == package
    store.verify(package.name)
    assert visible(store) == [package.name]


def test_embedded_wanted_by_several_at_once(tmp_path: Path) -> None:
    root = tmp_path / "packages"
    models: list[int] = []
    barrier = threading.Barrier(4)

    def start() -> None:
        barrier.wait()
        package = PackageStore(root).embedded()
        models.append((package.folder / "model" / "model.bin").stat().st_ino)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(models) == 4
    assert len(set(models)) == 1  # unpacked once: nobody's files are replaced under them


def test_embedded_with_the_highest_version_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "embedded"
    folder.mkdir()
    for version in ("0.9", "0.10", "0.2"):
        files = contents(package_version=version)
        write_archive(folder / f"{version}.argosmodel", files)
    store = PackageStore(tmp_path / "packages", embedded=folder)
    assert store.embedded().version == "0.10"
    assert version_key("1.9.1") < version_key("1.10") < version_key("2.0rc1")


def test_embedded_is_renewed_when_the_file_changes_and_mended_when_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "embedded"
    folder.mkdir()
    write_archive(folder / "a.argosmodel", contents())
    first = PackageStore(tmp_path / "packages", embedded=folder).embedded()
    (first.folder / "model" / "model.bin").write_bytes(b"short")
    mended = PackageStore(tmp_path / "packages", embedded=folder).embedded()
    assert mended == first
    write_archive(folder / "a.argosmodel", contents() | {"README.md": b"new"})
    renewed = PackageStore(tmp_path / "packages", embedded=folder).embedded()
    assert (renewed.folder / "README.md").read_bytes() == b"new"
    assert renewed.fingerprint == first.fingerprint  # a README changes nothing about the English


def test_no_embedded_package(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"holds no \.argosmodel"):
        PackageStore(tmp_path / "packages", embedded=tmp_path / "none").embedded()


def test_install_use_remove(store: PackageStore, archive: Path) -> None:
    package = store.install(archive)
    assert package == Package(
        TOP, "9.9", "de", "en", store.root / TOP, package.fingerprint, "German to English 9.9"
    )
    assert store.current() == store.embedded() != package
    assert store.use(TOP) == package
    assert PackageStore(store.root).current() == package
    assert set(store.list()) == {package, store.embedded()}
    manifest = json.loads((package.folder / "manifest.json").read_text())
    assert manifest["archive_sha256"] == check_archive(archive).sha256
    assert manifest["origin"] == store.origin(TOP) == "sound.argosmodel"
    store.remove(TOP)
    assert store.current() == store.embedded()
    with pytest.raises(PackageError, match="not installed"):
        store.remove(TOP)
    assert visible(store) == ["current.json", store.embedded().name]


def test_same_file_twice_changes_nothing_another_needs_replace(
    store: PackageStore, archive: Path, tmp_path: Path
) -> None:
    package = store.install(archive)
    written = (package.folder / "manifest.json").stat().st_mtime_ns
    assert store.install(archive) == package
    assert (package.folder / "manifest.json").stat().st_mtime_ns == written
    readme = (package.folder / "README.md").read_bytes()
    other = write_archive(tmp_path / "other.argosmodel", contents() | {"README.md": b"other"})
    with pytest.raises(PackageError, match="install with replacement"):
        store.install(other)
    assert (package.folder / "README.md").read_bytes() == readme
    assert store.install(other, replace=True).name == TOP
    assert (package.folder / "README.md").read_bytes() == b"other"
    assert visible(store) == [TOP]


def test_skipped_folders_are_not_written(store: PackageStore, tmp_path: Path) -> None:
    files = contents() | {"stanza/resources.json": b"{}", "stanza/de/tokenize/gsd.pt": b"pickle"}
    package = store.install(write_archive(tmp_path / "a.argosmodel", files))
    assert not (package.folder / "stanza").exists()


def broken_packages() -> dict[str, dict[str, bytes]]:
    sound = contents()
    model = sound["model/model.bin"]
    header = bytearray(model)
    header[40:4000:7] = b"\xff" * len(range(40, 4000, 7))
    return {
        "cut": sound | {"model/model.bin": model[: len(model) // 2]},
        "empty": sound | {"model/model.bin": b""},
        "header": sound | {"model/model.bin": bytes(header)},
        "vocabulary": sound | {"model/shared_vocabulary.json": b'["<unk>", "a"]'},
        "tokenizer": sound | {"sentencepiece.model": b"\0" * 100},
    }


@pytest.mark.parametrize("kind", list(broken_packages()))
def test_broken_package_leaves_the_old_one_working(
    store: PackageStore, archive: Path, tmp_path: Path, kind: str
) -> None:
    old = store.install(archive)
    broken = write_archive(tmp_path / "broken.argosmodel", broken_packages()[kind])
    with pytest.raises(PackageError, match="The model c"):  # cannot translate, or crashed the library
        store.install(broken, replace=True)
    assert store.get(TOP) == old
    store.verify(TOP)
    assert visible(store) == [TOP]


def test_trial_reports_a_crash_and_a_hang(
    store: PackageStore, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = store.install(archive)
    assert try_package(package.folder)
    with pytest.raises(PackageError, match="did not answer"):
        try_package(package.folder, seconds=0.001)
    crash = store.root.parent / "python"
    crash.write_text("#!/bin/sh\nkill -SEGV $$\n")
    crash.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crash))
    with pytest.raises(PackageError, match=r"crashed the translation library \(signal 11\)"):
        try_package(package.folder)


def test_damaged_data_is_found_while_unpacking(store: PackageStore, archive: Path, tmp_path: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 0xFF
    damaged = tmp_path / "damaged.argosmodel"
    damaged.write_bytes(data)
    with pytest.raises(PackageError, match=r"damaged at model/model\.bin"):
        store.install(damaged)
    assert visible(store) == []


def test_changed_files_are_noticed(store: PackageStore, archive: Path) -> None:
    package = store.install(archive)
    model = package.folder / "model" / "model.bin"
    data = bytearray(model.read_bytes())
    data[-1] ^= 1
    model.write_bytes(data)
    assert store.get(TOP)  # same size: the cheap check does not see it
    with pytest.raises(PackageError, match=r"model\.bin has been changed"):
        store.verify(TOP)
    model.write_bytes(data[:-1])
    with pytest.raises(PackageError, match="bytes instead of"):
        store.get(TOP)
    assert store.list() == ()
    assert list(store.broken()) == [TOP]
    model.unlink()
    with pytest.raises(PackageError, match=r"lacks model/model\.bin"):
        store.get(TOP)
    assert store.install(archive, replace=True) == package
    (package.folder / "model" / "extra").write_text("x")
    with pytest.raises(PackageError, match="not installed"):
        store.verify(TOP)
    (package.folder / "manifest.json").write_text("{")
    with pytest.raises(PackageError, match=r"manifest\.json cannot be read"):
        store.get(TOP)


@pytest.mark.parametrize(
    "name", ["", "..", "../x", ".lock", "/etc", "translate-de_en-1/../..", "manifest.json"]
)
def test_names_cannot_leave_the_store(store: PackageStore, name: str) -> None:
    calls: list[Callable[[str], object]] = [store.get, store.use, store.remove, store.verify]
    for call in calls:
        with pytest.raises(PackageError, match="no name of a package"):
            call(name)


def test_current_ignores_nonsense(store: PackageStore) -> None:
    store.embedded()
    for text in ("", "[]", '{"name": 3}', '{"name": "../.."}', '{"name": "translate-de_en-7_7"}'):
        (store.root / "current.json").write_text(text)
        assert store.current() == store.embedded()


@pytest.mark.parametrize("step", ["unpack", "write_manifest", "try_package", "_to_disk"])
def test_full_disk(store: PackageStore, archive: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_module, step, full)
    with pytest.raises(PackageError, match="the disk is full"):
        store.install(archive)
    assert visible(store) == []


def test_too_little_space_is_noticed_before(
    store: PackageStore, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 1000}))
    with pytest.raises(PackageError, match="the disk is full"):
        store.install(archive)


def test_folder_that_cannot_be_written(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PackageError, match="Could not install"):
        PackageStore(tmp_path / "file" / "packages").install(archive)
    with pytest.raises(PackageError, match="Could not install"):
        PackageStore(Path("/proc/packages")).install(archive)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder(archive: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PackageError, match="cannot be written to"):
        PackageStore(tmp_path / "packages").install(archive)


CRASH = """
import os, sys
from pathlib import Path
from models.packages import PackageStore, store
setattr(store, sys.argv[3], lambda *args: os._exit(9))
PackageStore(Path(sys.argv[1])).install(Path(sys.argv[2]), replace=True)
"""


@pytest.mark.parametrize("step", ["try_package", "_to_disk"])
def test_crash_in_the_middle_leaves_no_half_package(store: PackageStore, archive: Path, step: str) -> None:
    child = subprocess.run([sys.executable, "-c", CRASH, str(store.root), str(archive), step], check=False)
    assert child.returncode == 9
    assert [name for name in visible(store) if name.startswith(".incoming-")]
    again = PackageStore(store.root)
    assert visible(again) == []
    assert again.list() == ()
    assert again.install(archive).name == TOP


def test_crash_between_the_renames_of_a_replacement(store: PackageStore, archive: Path) -> None:
    package = store.install(archive)
    package.folder.rename(store.root / f".replaced-{TOP}")
    assert PackageStore(store.root).get(TOP) == package
    (store.root / f".replaced-{TOP}").mkdir()
    assert PackageStore(store.root).get(TOP) == package
    assert visible(store) == [TOP]


def test_leftovers_of_a_running_installation_are_let_be(store: PackageStore, archive: Path) -> None:
    store.install(archive)
    (store.root / ".incoming-x").mkdir()
    with folder_lock(store.root, 0):
        PackageStore(store.root)
        assert (store.root / ".incoming-x").is_dir()
        with (
            pytest.raises(PackageError, match="Another installation"),
            folder_lock(store.root, 0.1),
        ):
            pass
    PackageStore(store.root)
    assert not (store.root / ".incoming-x").exists()


def test_read_package_wants_a_package(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="not an unpacked Argos package"):
        read_package(tmp_path)
    (tmp_path / "metadata.json").write_text(json.dumps(METADATA))
    with pytest.raises(PackageError, match=r"lacks model/model\.bin"):
        read_package(tmp_path)


ARGOS = """
import sys
import threading
from argostranslate.package import Package
from argostranslate.settings import remote_package_index
package = Package(sys.argv[1])
print(package, package.package_version, remote_package_index)
print(package.tokenizer.encode("Der Bundestag hat das Gesetz beschlossen."))
"""


def test_installed_folder_is_a_package_for_argostranslate(
    store: PackageStore, archive: Path, tmp_path: Path
) -> None:
    from models.packages import OFFICIAL_INDEX
    from models.translation.pieces import load_tokenizer

    package = store.install(archive)
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    output = subprocess.run(
        [sys.executable, "-c", ARGOS, str(package.folder)],
        env={key: value for key, value in os.environ.items() if not key.startswith("ARGOS")} | home,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert output[0] == f"German → English 9.9 {OFFICIAL_INDEX}"
    pieces = load_tokenizer(package.folder).encode("Der Bundestag hat das Gesetz beschlossen.")
    assert output[1] == repr(pieces)


def test_nothing_is_made_in_the_home_folder(tmp_path: Path) -> None:
    code = "import models.packages, models.translation, models.translation.pieces as p, sys;" + (
        "import argostranslate.tokenizer; assert 'argostranslate.settings' not in sys.modules"
    )
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    subprocess.run([sys.executable, "-c", code], env=os.environ | home, check=True)
    assert list(tmp_path.iterdir()) == []


def test_small_files_are_complete_for_the_archive_check_only(store: PackageStore, tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.argosmodel", small_files())
    assert check_archive(path)
    with pytest.raises(PackageError, match="The model cannot translate"):
        store.install(path)
