"""The reader's dictionaries: a folder of StarDict files and tables, each with its index beside it."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from models.dictionaries.archives import is_archive, unpack
from models.dictionaries.index import INDEXING, articles_for, build_index, facts_of
from models.dictionaries.stardict import companions, read_stardict
from models.dictionaries.tables import read_table
from models.dictionaries.values import Answer, DictionaryError, DictionaryInfo, Kind, RawDictionary, State

_log = logging.getLogger(__name__)

_TABLES: Final = (".tsv", ".csv", ".tab", ".txt")
_INDEX: Final = ".index.sqlite3"
_INCOMING: Final = ".incoming-"
_STALE: Final = 86_400.0  # seconds after which what a crash left is cleared away


@dataclass(frozen=True, slots=True)
class _Source:
    """A dictionary as it lies in the folder: its .ifo or table, and all its files."""

    name: str
    main: Path
    files: tuple[Path, ...]

    @property
    def kind(self) -> Kind:
        return "StarDict" if self.main.suffix == ".ifo" else "table"

    @property
    def index(self) -> Path:
        return self.main.with_name(self.main.stem + _INDEX)

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.files)

    def fingerprint(self) -> str:
        """What changes when a file is replaced."""
        facts = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in self.files]
        return json.dumps(facts)

    def read(self) -> RawDictionary:
        return read_stardict(self.main) if self.kind == "StarDict" else read_table(self.main)


class DictionaryShelf:
    """All dictionaries under one folder, put there by hand or with `add`. Thread-safe.

    A dictionary put there by hand is indexed by `prepare`, or in the background after the first question.
    """

    def __init__(self, root: Path) -> None:
        """Open the shelf in `root`, which is made when something is added."""
        self.root = root
        self._lock = threading.Lock()
        self._problems: dict[str, tuple[str, str]] = {}  # main file -> fingerprint, what is wrong
        self._background: threading.Thread | None = None

    def list(self) -> tuple[DictionaryInfo, ...]:
        """Return all dictionaries by title, also broken and waiting ones. Nothing is indexed for it."""
        return tuple(
            sorted((self._info(source) for source in self._sources()), key=lambda i: i.title.casefold())
        )

    def look_up(self, words: Sequence[str]) -> tuple[Answer, ...]:
        """Return what the ready dictionaries say of a word, given by lemma and form, the best first.

        A dictionary that fails is left out and reported by `list`. Starts the indexing of new ones.
        """
        wanted = tuple(dict.fromkeys(word for word in words if word))
        answers, unready = [], False
        for source in self._sources():
            facts = self._facts(source)
            if facts is None:
                unready = True
                continue
            try:
                articles = articles_for(source.index, wanted)
            except DictionaryError as error:
                _log.warning("%s", error)
                continue
            if articles:
                answers.append(Answer(source.name, facts["title"], facts["language"], articles))
        if unready:
            self.prepare_later()
        return tuple(sorted(answers, key=lambda answer: answer.title.casefold()))

    def prepare(self) -> None:
        """Index what is new or changed; what cannot be read is reported by `list`."""
        with self._lock:
            self._clear_leftovers()
            for source in self._sources():
                if self._facts(source) is None and not self._problem(source):
                    try:
                        build_index(source.read(), source.index, source.fingerprint())
                    except (DictionaryError, OSError) as error:
                        self._problems[str(source.main)] = (source.fingerprint(), str(error))

    def add(self, files: Sequence[Path], *, replace: bool = False) -> tuple[DictionaryInfo, ...]:
        """Copy dictionaries to the shelf and index them: archives, tables, any file of a StarDict dictionary.

        The other files of a StarDict dictionary are looked for beside the one given. Several dictionaries in
        one archive are all added, or none. Raises DictionaryError.
        """
        try:
            with self._incoming() as folder:
                for file in files:
                    _collect(file, folder)
                sources = list(_sources_in(folder, folder))
                if not sources:
                    raise DictionaryError(
                        f"There is no dictionary in {', '.join(file.name for file in files)}: a StarDict"
                        " dictionary is an .ifo, an .idx and a .dict or .dict.dz file, a table .tsv or .csv."
                    )
                there = {source.name for source in self._sources()}
                for source in sources:
                    if not replace and (source.name in there or (self.root / source.name).exists()):
                        raise DictionaryError(
                            f"There is a dictionary {source.name} already; remove it first, or replace it."
                        )
                    build_index(source.read(), source.index, source.fingerprint())
                return tuple(self._put(source) for source in sources)
        except OSError as error:
            raise DictionaryError(f"The dictionary could not be saved: {error.strerror or error}.") from error

    def remove(self, name: str) -> None:
        """Delete a dictionary with its files and its index. Raises DictionaryError if there is none."""
        for source in self._sources():
            if source.name == name:
                try:
                    for path in (*source.files, source.index):
                        path.unlink(missing_ok=True)
                    if source.main.parent != self.root and not any(source.main.parent.iterdir()):
                        source.main.parent.rmdir()
                except OSError as error:
                    raise DictionaryError(
                        f"{name} could not be removed: {error.strerror or error}."
                    ) from error
                return
        raise DictionaryError(f"There is no dictionary {name!r}; see the list of dictionaries.")

    def _sources(self) -> tuple[_Source, ...]:
        if not self.root.is_dir():
            return ()
        folders = [
            self.root,
            *sorted(p for p in self.root.iterdir() if p.is_dir() and not p.name.startswith(".")),
        ]
        return tuple(source for folder in folders for source in _sources_in(folder, self.root))

    def _facts(self, source: _Source) -> dict[str, str] | None:
        try:
            return facts_of(source.index, source.fingerprint())
        except OSError:  # removed meanwhile
            return None

    def _problem(self, source: _Source) -> str:
        fingerprint, problem = self._problems.get(str(source.main), ("", ""))
        with contextlib.suppress(OSError):
            return problem if fingerprint == source.fingerprint() else ""
        return ""

    def _info(self, source: _Source) -> DictionaryInfo:
        facts, problem = self._facts(source), self._problem(source)
        if facts is None:
            state: State = "broken" if problem else "waiting"
            return DictionaryInfo(
                source.name, source.main.stem, source.kind, state, 0, 0, source.size(), problem
            )
        kind = cast(Kind, facts["kind"])
        entries, headwords = int(facts["entries"]), int(facts["headwords"])
        return DictionaryInfo(source.name, facts["title"], kind, "ready", entries, headwords, source.size())

    def _put(self, source: _Source) -> DictionaryInfo:
        """Move a dictionary that is ready to its place."""
        place = self.root / source.name
        with self._lock:
            old = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.root)) if place.exists() else None
            if old is not None:
                place.rename(old / "old")
            for other in self._sources():
                if other.name == source.name:  # put there by hand, not in a folder of its own
                    for path in (*other.files, other.index):
                        path.unlink(missing_ok=True)
            new = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.root))
            for path in (*source.files, source.index):
                path.rename(new / path.name)
            new.chmod(0o755)
            new.rename(place)
            if old is not None:
                shutil.rmtree(old, ignore_errors=True)
        moved = next(_sources_in(place, self.root))
        return self._info(moved)

    @contextmanager
    def _incoming(self) -> Iterator[Path]:
        self.root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.root))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _clear_leftovers(self) -> None:
        if not self.root.is_dir():
            return
        for path in self.root.rglob(".*"):
            if path.name.startswith((_INCOMING, INDEXING)):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < time.time() - _STALE:
                        shutil.rmtree(path) if path.is_dir() else path.unlink()

    def prepare_later(self) -> None:
        """Do `prepare` in the background, if there is anything to do."""
        idle = self._background is None or not self._background.is_alive()
        waiting = (s for s in self._sources() if self._facts(s) is None and not self._problem(s))
        if idle and next(waiting, None):
            self._background = threading.Thread(target=self.prepare, name="dictionaries", daemon=True)
            self._background.start()


def _sources_in(folder: Path, root: Path) -> Iterator[_Source]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError:
        return
    mains = [path for path in paths if path.suffix == ".ifo"]
    # Beside an .ifo file a text is a note on the dictionary.
    tables = (".tsv", ".csv") if mains else _TABLES
    mains += [path for path in paths if path.suffix.lower() in tables]
    for path in mains:
        files = companions(path) if path.suffix == ".ifo" else (path,)
        # A dictionary alone in its folder goes by the folder's name, as those that were added do.
        alone = folder != root and len(mains) == 1
        name = folder.name if alone else path.stem if folder == root else f"{folder.name}.{path.stem}"
        yield _Source(_safe(name), path, files)


def _collect(file: Path, folder: Path) -> None:
    """Copy or unpack a file that was given, with what belongs to it, into a folder."""
    if not file.is_file():
        raise DictionaryError(f"There is no file {file}; check the name.")
    if is_archive(file.name):
        unpack(file, folder)
        return
    stem = re.sub(r"\.(?:ifo|idx|dict|syn)(?:\.[dg]z)?$", "", file.name, flags=re.IGNORECASE)
    ifo = file.with_name(f"{stem}.ifo")
    if stem != file.name and not ifo.is_file():
        raise DictionaryError(
            f"{file.name} belongs to {ifo.name}, which must lie beside it (or come with it)."
        )
    for path in companions(ifo) if stem != file.name else (file,):
        if stem == file.name and path.suffix.lower() not in _TABLES:
            raise DictionaryError(
                f"{file.name} is no dictionary that can be read: StarDict (.ifo, .idx, .dict), .tsv, .csv,"
                " or a .zip or .tar archive of them."
            )
        if not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)


def _safe(name: str) -> str:
    """Return a name that can be a folder and part of an address."""
    return re.sub(r"[^\w.+-]+", "-", name).strip("-.") or "dictionary"
