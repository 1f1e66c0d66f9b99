"""The reader's own dictionaries: what they say of a word, and files taken for the shelf."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.services import Services

if TYPE_CHECKING:
    from models.dictionaries import DictionaryInfo
    from models.lexicon import WordInfo

_ROOM_FOR_THE_FORM = 100_000
_MOST_FILES = 200


def answers_for(services: Services, info: WordInfo) -> list[dict[str, Any]]:
    """What each dictionary says of a word, found by its lemma, else by its form in the sentence."""
    return [
        {
            "name": answer.name,
            "title": answer.title,
            "language": answer.language,
            "articles": [{"headword": a.headword, "text": a.text} for a in answer.articles],
        }
        for answer in services.dictionaries.look_up((info.lemma, info.form))
    ]


def dictionary_data(info: DictionaryInfo) -> dict[str, Any]:
    """A dictionary on the shelf, as plain data."""
    return {
        "name": info.name,
        "title": info.title,
        "kind": info.kind,
        "state": info.state,
        "entries": info.entries,
        "headwords": info.headwords,
        "bytes": info.size,
        "problem": info.problem or None,
    }


def take_uploads(services: Services) -> tuple[DictionaryInfo, ...]:
    """Put the uploaded files of the current request (``file``, several times) on the shelf.

    Raises:
        DictionaryError: they are no dictionary, or too large; the message says what to do.

    """
    from models.dictionaries import DictionaryError

    limit = current_app.config["SETTINGS"].max_dictionary_bytes
    request.max_content_length = limit + _ROOM_FOR_THE_FORM
    request.max_form_parts = _MOST_FILES
    try:
        uploads = [upload for upload in request.files.getlist("file") if upload.filename]
    except RequestEntityTooLarge:
        raise DictionaryError(
            f"That is too large: this reader takes dictionaries of up to {limit / 1e6:g} MB. Add it with"
            " `seitenblick dictionaries add FILE`, or raise SEITENBLICK_MAX_DICTIONARY_BYTES."
        ) from None
    if not uploads:
        raise DictionaryError("Choose a file first.")
    with tempfile.TemporaryDirectory(prefix="seitenblick-") as folder:
        files = _saved(uploads, Path(folder))
        return services.dictionaries.add(files, replace=request.form.get("replace") in ("1", "yes"))


def _saved(uploads: Sequence[FileStorage], folder: Path) -> list[Path]:
    files = []
    for upload in uploads:
        # The bare name: browsers may send folders, others anything.
        name = (
            (upload.filename or "").replace("\\", "/").rpartition("/")[2].replace("\0", "")[-150:].lstrip(".")
        )
        path = folder / (name or "dictionary")
        upload.save(path)
        files.append(path)
    return files
