"""Argos' own German-English package, fetched on the user's explicit wish only."""

from __future__ import annotations

import json
import shutil

from models.packages.download import Progress, download, fetch_small
from models.packages.package import SOURCE, TARGET, Package, PackageError
from models.packages.store import PackageStore, version_key

# The value of argostranslate.settings.remote_package_index (a test compares them; importing that module
# makes folders in the home directory, so it is not imported here).
OFFICIAL_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
LARGEST_INDEX = 4 * 1024**2
LARGEST_PACKAGE = 1024**3
_MOST_LINKS = 5


def no_progress(_done: int, _total: int | None) -> None:
    """Report to nobody."""


def fetch_official(
    store: PackageStore,
    index_url: str = OFFICIAL_INDEX,
    progress: Progress = no_progress,
    *,
    replace: bool = False,
) -> Package:
    """Read Argos' index, download its newest German-English package and install it like any other file.

    `progress` is called with the bytes so far and, if known, in all. The SHA-256 and the address are recorded
    in the manifest. A download that broke off is gone on with next time. Raises PackageError.
    """
    links = _newest_links(fetch_small(index_url, LARGEST_INDEX), index_url)
    problems = []
    for link in links:
        try:
            return _fetch(store, link, progress, replace)
        except PackageError as error:
            problems.append(str(error))
    raise PackageError(" ".join(problems))


def _fetch(store: PackageStore, link: str, progress: Progress, replace: bool) -> Package:
    folder = store.root / ".downloads"
    target = folder / f"{SOURCE}_{TARGET}.argosmodel"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        download(link, target, LARGEST_PACKAGE, progress)
    except OSError as error:
        raise PackageError(f"The package cannot be saved in {folder}: {error.strerror or error}.") from error
    try:
        package = store.install(target, replace=replace, origin=link)
    except PackageError as error:
        raise PackageError(f"The package from {link} was downloaded, but: {error}") from error
    finally:
        target.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    return package


def _newest_links(data: bytes, index_url: str) -> list[str]:
    """Return the download addresses of the newest German-English package in the index."""
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{index_url} is no package index ({error}).") from error
    best: tuple[str, list[str]] | None = None
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or entry.get("type", "translate") != "translate":
            continue
        if (entry.get("from_code"), entry.get("to_code")) != (SOURCE, TARGET):
            continue
        version, links = entry.get("package_version"), entry.get("links")
        if not isinstance(version, str) or not isinstance(links, list):
            continue
        usable = [link for link in links if isinstance(link, str) and _is_web(link, index_url)][:_MOST_LINKS]
        if usable and (best is None or version_key(version) > version_key(best[0])):
            best = version, usable
    if best is None:
        raise PackageError(f"{index_url} lists no German-English package that can be downloaded.")
    return best[1]


def _is_web(link: str, index_url: str) -> bool:
    """Whether the link can be fetched (the index lists other protocols); http from a local index only."""
    return link.startswith("https://") or (link.startswith("http://") and index_url.startswith("http://"))
