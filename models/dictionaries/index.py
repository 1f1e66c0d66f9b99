"""The index of a dictionary: one SQLite file beside it, made once, asked by word."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from models.dictionaries.folding import fold, spellings
from models.dictionaries.values import Article, DictionaryError, RawDictionary

INDEXING: Final = ".indexing-"
_VERSION: Final = "1"
_BATCH: Final = 5_000
_SAMPLE: Final = 300  # articles by which the language is told
_MOST_ARTICLES: Final = 12
_LONGEST: Final = 4_000  # characters of an article that are shown
_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (id INTEGER PRIMARY KEY, headword TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE word (folded TEXT NOT NULL, spelling TEXT NOT NULL, article INTEGER NOT NULL);
"""


def build_index(raw: RawDictionary, path: Path, fingerprint: str) -> None:
    """Write the index of a dictionary; it is there whole or not at all. Raises DictionaryError."""
    handle, name = tempfile.mkstemp(prefix=INDEXING, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(unfinished)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
            articles, words, language = _fill(connection, raw)
            connection.execute("CREATE INDEX word_folded ON word (folded)")
            facts = {
                "version": _VERSION,
                "fingerprint": fingerprint,
                "title": raw.title,
                "kind": raw.kind,
                "language": language,
                "entries": str(articles),
                "headwords": str(words),
            }
            connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
            connection.commit()
        unfinished.chmod(0o644)
        unfinished.replace(path)
    except sqlite3.Error as error:
        raise DictionaryError(
            f"The index of {raw.title} could not be written ({error}): is the disk full?"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, raw: RawDictionary) -> tuple[int, int, str]:
    articles: list[tuple[int, str, str]] = []
    words: list[tuple[str, str, int]] = []
    sample: list[str] = []
    number = headwords = 0

    def write() -> None:
        connection.executemany("INSERT INTO article VALUES (?, ?, ?)", articles)
        connection.executemany("INSERT INTO word VALUES (?, ?, ?)", words)
        articles.clear()
        words.clear()

    for entry in raw.entries:
        given = [word for word in entry.headwords if word.strip()]
        if not given:
            continue
        number += 1
        headwords += len(given)
        articles.append((number, " ".join("; ".join(given[:1]).split()), entry.text))
        found = dict.fromkeys(spelling for word in given for spelling in spellings(word))
        words += [(fold(spelling), spelling, number) for spelling in found]
        if len(sample) < _SAMPLE:
            sample.append(entry.text[:200])
        if len(articles) >= _BATCH:
            write()
    write()
    if not number:
        raise DictionaryError(f"{raw.title} has no entries that could be used.")
    return number, headwords, _language("\n".join(sample))


def _language(text: str) -> str:
    """Return "en" or "de", whichever a sample of the articles is more likely in."""
    ranks = dict(_identifier().rank(text))
    return max(("en", "de"), key=lambda language: float(ranks[language]))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def facts_of(path: Path, fingerprint: str) -> dict[str, str] | None:
    """Return what an index says of itself; None if there is none, or an old or broken one: make it anew."""
    if not path.is_file():
        return None
    try:
        with _connected(path) as connection:
            facts = dict(connection.execute("SELECT key, value FROM meta").fetchall())
            connection.execute("SELECT 1 FROM word INDEXED BY word_folded WHERE folded = ''").fetchone()
    except (sqlite3.Error, ValueError):
        return None
    fits = facts.get("version") == _VERSION and facts.get("fingerprint") == fingerprint
    return facts if fits else None


def articles_for(path: Path, words: Sequence[str]) -> tuple[Article, ...]:
    """Return the articles of the first of some words that is there: as written, else in another spelling.

    Raises DictionaryError if the index cannot be read.
    """
    try:
        with _connected(path) as connection:
            rows = {
                word: connection.execute(
                    "SELECT DISTINCT spelling, article.id, headword, text FROM word"
                    " JOIN article ON article.id = word.article WHERE folded = ? ORDER BY article.id",
                    (fold(word),),
                ).fetchall()
                for word in words
            }
    except sqlite3.Error as error:
        raise DictionaryError(
            f"The index {path.name} cannot be read ({error}); remove it, it is made anew."
        ) from error
    exact = ([row for row in rows[word] if row[0] == word] for word in words)
    folded = (rows[word] for word in words)
    for found in (*exact, *folded):
        if found:
            unique = dict.fromkeys((number, headword, text) for _, number, headword, text in found)
            return tuple(Article(headword, _cut(text)) for _, headword, text in list(unique)[:_MOST_ARTICLES])
    return ()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        yield connection
