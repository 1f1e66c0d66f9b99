from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.packages import PackageError, PackageStore, check_archive, download, fetch_official, official
from tests.models.packages_help import METADATA, TOP, Site, contents, serve, write_archive


@pytest.fixture(scope="module")
def package_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_archive(tmp_path_factory.mktemp("archives") / "a.argosmodel", contents()).read_bytes()


@pytest.fixture
def site(package_bytes: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    with serve() as site:
        site.files["de_en.argosmodel"] = package_bytes
        yield site


@pytest.fixture
def store(tmp_path: Path) -> PackageStore:
    return PackageStore(tmp_path / "packages")


def fetched(site: Site) -> list[str | None]:
    """Range headers of the requests for the package."""
    return [asked for name, asked in site.asked if name == "de_en.argosmodel"]


def test_fetch_with_progress(site: Site, store: PackageStore, package_bytes: bytes, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    package = fetch_official(
        store, site.index("de_en.argosmodel"), lambda done, total: seen.append((done, total))
    )
    assert package.name == TOP
    assert seen[0] == (0, len(package_bytes))
    assert seen[-1] == (len(package_bytes), len(package_bytes))
    assert seen == sorted(seen)
    assert store.origin(TOP) == f"{site.base}/de_en.argosmodel"
    (tmp_path / "copy.argosmodel").write_bytes(package_bytes)
    assert (
        check_archive(tmp_path / "copy.argosmodel").sha256 in (package.folder / "manifest.json").read_text()
    )
    assert not (store.root / ".downloads").exists()
    assert store.current() == store.embedded()  # fetching does not switch


def test_broken_connection_is_resumed(site: Site, store: PackageStore, package_bytes: bytes) -> None:
    site.break_after = [1_000_000, 500_000]
    assert fetch_official(store, site.index("de_en.argosmodel")).name == TOP
    assert fetched(site) == [None, "bytes=1000000-", "bytes=1500000-"]
    store.verify(TOP)


def test_resumed_by_a_later_run(site: Site, store: PackageStore) -> None:
    site.break_after = [100_000, 100_000, 100_000]
    index = site.index("de_en.argosmodel")
    with pytest.raises(PackageError, match="run the command again to go on"):
        fetch_official(store, index)
    assert fetch_official(PackageStore(store.root), index).name == TOP
    assert fetched(site)[-1] == "bytes=300000-"


def test_changed_file_starts_again(site: Site, store: PackageStore, package_bytes: bytes) -> None:
    site.break_after = [100_000] * 3
    index = site.index("de_en.argosmodel")
    with pytest.raises(PackageError):
        fetch_official(store, index)
    site.etag = '"two"'
    assert fetch_official(store, index).name == TOP
    assert fetched(site)[-1] == "bytes=300000-"  # asked with If-Range, answered with the whole file
    store.verify(TOP)


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_without_a_strong_etag_nothing_is_resumed(site: Site, store: PackageStore, etag: str) -> None:
    site.etag, site.break_after = etag, [100_000]
    assert fetch_official(store, site.index("de_en.argosmodel")).name == TOP
    assert fetched(site) == [None, None]


def test_server_without_ranges(site: Site, store: PackageStore) -> None:
    site.ranges, site.break_after = False, [100_000]
    assert fetch_official(store, site.index("de_en.argosmodel")).name == TOP
    store.verify(TOP)


def test_server_that_goes_on_in_the_wrong_place(
    site: Site, store: PackageStore, package_bytes: bytes
) -> None:
    folder = store.root / ".downloads"
    folder.mkdir(parents=True)
    part = folder / "de_en.argosmodel.part"
    part.write_bytes(b"x" * 1000)
    # The note says another length than the server: not the same file, whatever the ETag.
    url = f"{site.base}/de_en.argosmodel"
    (folder / "de_en.argosmodel.part.json").write_text(
        f'{{"url": "{url}", "etag": "\\"one\\"", "length": {len(package_bytes) + 1}}}'
    )
    assert fetch_official(store, site.index("de_en.argosmodel")).name == TOP
    assert fetched(site) == ["bytes=1000-", None]


def test_wrong_length(site: Site, store: PackageStore, package_bytes: bytes) -> None:
    site.index("de_en.argosmodel")
    site.announced = len(package_bytes) + 5
    with pytest.raises(PackageError, match=r"of .* bytes"):
        download.download(
            f"{site.base}/de_en.argosmodel", store.root.parent / "x", 10**9, official.no_progress
        )


def test_too_long(site: Site, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="more than the 1,000"):
        download.download(f"{site.base}/de_en.argosmodel", tmp_path / "x", 1000, official.no_progress)
    with pytest.raises(PackageError, match="more than 10 bytes"):
        download.fetch_small(f"{site.base}/de_en.argosmodel", 10)


def test_second_link_is_tried(site: Site, store: PackageStore) -> None:
    index = site.index("gone.argosmodel", "de_en.argosmodel", "ipfs://abc")
    assert fetch_official(store, index).name == TOP


def test_not_found(site: Site, store: PackageStore) -> None:
    with pytest.raises(PackageError, match="answers 404"):
        fetch_official(store, f"{site.base}/none.json")
    with pytest.raises(PackageError, match="answers 404"):
        fetch_official(store, site.index("gone.argosmodel"))
    assert store.list() == ()


def test_no_network(store: PackageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/index.json"
    with pytest.raises(PackageError, match="connected to the network"):
        fetch_official(store, url)


@pytest.mark.parametrize(
    "url", ["http://example.org/i.json", "ftp://127.0.0.1/i", "file:///etc/passwd", "i.json", "http://[", ""]
)
def test_only_https_or_this_machine(store: PackageStore, url: str) -> None:
    with pytest.raises(PackageError, match=r"https://|not an address"):
        fetch_official(store, url)


def test_redirects(site: Site, store: PackageStore) -> None:
    site.redirects["moved.argosmodel"] = f"{site.base}/de_en.argosmodel"
    assert fetch_official(store, site.index("moved.argosmodel")).name == TOP
    site.redirects["loop"] = f"{site.base}/loop"
    with pytest.raises(PackageError, match="answers 302"):
        download.fetch_small(f"{site.base}/loop", 1000)
    site.redirects["out"] = "http://example.org/x"
    with pytest.raises(PackageError, match="https:// addresses only"):
        download.fetch_small(f"{site.base}/out", 1000)
    site.redirects["file"] = "file:///etc/passwd"
    with pytest.raises(PackageError, match=r"answers 302|https://"):
        download.fetch_small(f"{site.base}/file", 1000)


def test_index_without_our_pair(site: Site, store: PackageStore) -> None:
    for data in (b"[]", b"{}", b'[1, {"from_code": "de"}]'):
        site.files["index.json"] = data
        with pytest.raises(PackageError, match="lists no German-English package"):
            fetch_official(store, f"{site.base}/index.json")
    site.files["index.json"] = b"<html>"
    with pytest.raises(PackageError, match="no package index"):
        fetch_official(store, f"{site.base}/index.json")
    with pytest.raises(PackageError, match="lists no"):
        fetch_official(store, site.index("de_en.argosmodel", from_code="fr"))


def test_broken_package_from_the_net(site: Site, store: PackageStore) -> None:
    site.files["de_en.argosmodel"] = b"<html>Service unavailable</html>"
    with pytest.raises(PackageError, match=r"was downloaded, but: .* is not a zip archive"):
        fetch_official(store, site.index("de_en.argosmodel"))
    assert list((store.root / ".downloads").iterdir()) == []


def test_newest_version_is_chosen() -> None:
    import json

    entries = [
        METADATA | {"package_version": version, "links": [f"https://example.org/{version}"]}
        for version in ("1.9", "1.10", "1.2")
    ]
    assert official._newest_links(json.dumps(entries).encode(), "https://example.org") == [
        "https://example.org/1.10"
    ]
