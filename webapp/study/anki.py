"""Saved words and terms as an Anki package: two cards each, updated and not doubled when imported again."""

from __future__ import annotations

import html
import io
import itertools
import json
import sqlite3
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from genanki import Deck, Model, Note, Package, guid_for

from webapp.marking import cut
from webapp.study.items import StudyItem
from webapp.text_tools import slug

DECK_ID = 1_729_480_311
MODEL_ID = 1_603_971_284
"""Anki knows the note type by this number: it must never change."""
DECK_NAME = "Seitenblick"
"""By its name Anki knows the deck, when more words come into it."""
FIELDS = ("German", "English", "Sentence", "Sentence English", "Note", "Source", "Gap")
"""The fields of a note; ``Sentence`` has the word marked, ``Gap`` is the sentence without it."""
GAP = "_____"

_BACK = """
<hr id="answer">
<p class="word" lang="de">{{German}}</p>
<p class="english" lang="en">{{English}}</p>
{{#Note}}<p class="note">{{Note}}</p>{{/Note}}
"""
_TEMPLATES = (
    {
        "name": "Understand",
        "qfmt": """
{{#Sentence}}<p class="sentence" lang="de">{{Sentence}}</p>{{/Sentence}}
{{^Sentence}}<p class="word" lang="de">{{German}}</p>{{/Sentence}}
""",
        "afmt": "{{FrontSide}}"
        + _BACK
        + """
{{#Sentence English}}<p class="sentence" lang="en">{{Sentence English}}</p>{{/Sentence English}}
{{#Source}}<p class="source" lang="de">{{Source}}</p>{{/Source}}
""",
    },
    {
        "name": "Say it",
        "qfmt": """
<p class="english" lang="en">{{English}}</p>
{{#Gap}}
<p class="sentence" lang="en">{{Sentence English}}</p>
<p class="sentence" lang="de">{{Gap}}</p>
{{/Gap}}
""",
        "afmt": "{{FrontSide}}"
        + _BACK
        + """
{{#Sentence}}<p class="sentence" lang="de">{{Sentence}}</p>{{/Sentence}}
{{#Source}}<p class="source" lang="de">{{Source}}</p>{{/Source}}
""",
    },
)
_CSS = """
.card { max-width: 38rem; margin: 0 auto; padding: 1rem; background: #fbfaf7; color: #1d2329;
  font: 1.15rem/1.5 Charter, Georgia, serif; text-align: left; }
.word { font-size: 1.5rem; font-weight: 600; margin: 0.6rem 0 0; }
.english { font-size: 1.25rem; margin: 0.2rem 0 0.8rem; color: #1d4f6e; }
.sentence b { background: #cfe3f0; border-radius: 2px; }
.note, .source { font: 0.95rem/1.4 system-ui, sans-serif; color: #59626b; }
hr { border: 0; border-top: 1px solid #dcd9d1; }
.card.nightMode, .nightMode .card { background: #15191d; color: #e4e6e4; }
.nightMode .english { color: #8fc3e2; }
.nightMode .sentence b { background: #2c4a5d; color: #e4e6e4; }
.nightMode .note, .nightMode .source { color: #a3acb3; }
.nightMode hr { border-top-color: #343c43; }
"""
_ESCAPED = {ord("["): "&#91;", ord("\\"): "&#92;", ord("\n"): "<br>"}
"""Beyond HTML: Anki reads ``[sound:...]``, ``[latex]`` and ``\\(`` in fields as commands."""


class _DatedNote(Note):  # type: ignore[misc]  # genanki has no types
    """A note that is as old as its item: what the learner has changed in Anki since then is kept."""

    def __init__(self, changed: float, model: Model, fields: list[str], **options: Any) -> None:
        super().__init__(model, fields, **options)
        self._changed = changed

    def write_to_db(self, cursor: sqlite3.Cursor, _timestamp: float, deck_id: int, ids: Any) -> None:
        super().write_to_db(cursor, self._changed, deck_id, ids)


def anki_package(items: Iterable[StudyItem], now: datetime) -> bytes:
    """An ``.apkg`` file with a note for every item.

    Args:
        items: the items, in the order in which Anki is to ask for them first.
        now: the time at which the package is made.

    """
    deck = Deck(DECK_ID, DECK_NAME, "Words and terms saved while reading with Seitenblick.")
    model = _model()
    deck.add_model(model)
    for position, item in enumerate(items):
        deck.add_note(_note(model, item, position))
    connection = sqlite3.connect(":memory:")
    try:
        # Not by write_to_file, which leaves a copy of the database among the temporary files.
        Package(deck).write_to_db(
            connection.cursor(), now.timestamp(), itertools.count(int(now.timestamp() * 1000))
        )
        connection.commit()
        database = connection.serialize()
    finally:
        connection.close()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", database)
        package.writestr("media", json.dumps({}))
    return file.getvalue()


def note_fields(item: StudyItem) -> dict[str, str]:
    """The fields of an item's note, as HTML."""
    pieces = cut(item.sentence, [item.spans])
    marked = "".join(f"<b>{_escaped(p.text)}</b>" if p.terms else _escaped(p.text) for p in pieces)
    gap = "".join(GAP if p.terms else _escaped(p.text) for p in pieces)
    place = f"{item.source}, {item.segment + 1}" if item.source and item.segment is not None else item.source
    values = {
        "German": _escaped(item.german),
        "English": _escaped(item.english),
        "Sentence": marked,
        "Sentence English": _escaped(item.sentence_english),
        "Note": _escaped(item.note),
        "Source": _escaped(place),
        # Without a marked word there is nothing to leave out.
        "Gap": gap if GAP in gap and item.spans else "",
    }
    return {name: values[name] for name in FIELDS}


def note_tags(item: StudyItem) -> list[str]:
    """The tags of an item's note: status, kind and, if there is one, reading."""
    tags = [f"seitenblick::status::{item.status}", f"seitenblick::kind::{item.kind}"]
    return [*tags, f"seitenblick::reading::{slug(item.source)}"] if item.source else tags


def _model() -> Model:
    # Copied, since genanki writes into what it is given.
    return Model(
        MODEL_ID,
        "Seitenblick",
        fields=[{"name": name} for name in FIELDS],
        templates=[dict(template) for template in _TEMPLATES],
        css=_CSS,
    )


def _note(model: Model, item: StudyItem, position: int) -> Note:
    return _DatedNote(
        item.updated.timestamp(),
        model,
        list(note_fields(item).values()),
        tags=note_tags(item),
        # By what the item is, not by its number: it stays the same in another library.
        guid=guid_for("seitenblick", item.kind, item.key),
        due=position,
    )


def _escaped(text: str) -> str:
    """Text as HTML that shows just this text. Control characters go: one of them parts Anki's fields."""
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    return html.escape(text).translate(_ESCAPED)
