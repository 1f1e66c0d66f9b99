"""The words of sentences, analysed once and kept in the library's database.

The analysis of a word takes about half a millisecond: a long text would make its page wait for seconds each
time.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import load_only

from webapp.library.database import Database, LibraryError
from webapp.library.library import NoSuchReading, text_hash
from webapp.library.tables import ReadingRow, SegmentRow
from webapp.study.items import word_key
from webapp.study.tables import StudyAnalysisRow

if TYPE_CHECKING:
    from models.lexicon import Lexicon, WordExplainer, WordInfo

_log = logging.getLogger(__name__)

_SLICE: Final = 500  # values in a query; databases limit them
_CLOSED: Final = frozenset({"article", "pronoun", "preposition", "conjunction", "particle"})
_HYPHENS: Final = ("-", "‐", "‑")
_UNCOUNTED: Final = frozenset({"name", "number", "other"})


@dataclass(frozen=True, slots=True)
class StudyWord:
    """A running word of a sentence, as far as study needs it; a split verb is one word."""

    lemma: str
    pos: str
    band: int
    """Frequency band 1 (most frequent) to 6 (rare), 1 for function words; 0 if it does not count as a word to
    be known: names, numbers, abbreviations, and what the lexicon neither has nor can take apart."""
    article: str
    note: str
    """Plural or principal parts."""
    spans: tuple[tuple[int, int], ...]

    @property
    def key(self) -> str:
        """What it is saved and found under."""
        return word_key(self.lemma, self.pos)


@dataclass(frozen=True, slots=True)
class AnalysedSentence:
    """A German sentence of a reading with its words."""

    index: int
    german: str
    words: tuple[StudyWord, ...] | None
    """None while they have not been analysed."""


class Analyses:
    """The words of sentences: from the database if they are there, else analysed and kept. Thread-safe."""

    def __init__(self, database: Database, explainer: Callable[[], WordExplainer]) -> None:
        """Set up; nothing is loaded yet.

        Args:
            database: the library's.
            explainer: gives the word analysis; called when there is something to analyse.

        """
        self._database = database
        self._explainer = explainer
        self._writing = threading.Lock()

    def kept(self, sentences: Sequence[str]) -> dict[str, tuple[StudyWord, ...]]:
        """What is kept already of some sentences."""
        by_hash = {text_hash(sentence): sentence for sentence in sentences}
        hashes = list(by_hash)
        found: dict[str, tuple[StudyWord, ...]] = {}
        with self._database.session() as session:
            for begin in range(0, len(hashes), _SLICE):
                query = select(StudyAnalysisRow.german_hash, StudyAnalysisRow.words).where(
                    StudyAnalysisRow.german_hash.in_(hashes[begin : begin + _SLICE]),
                    StudyAnalysisRow.version == self._version,
                )
                for german_hash, words in session.execute(query):
                    found[by_hash[german_hash]] = tuple(_word(saved) for saved in words)
        return found

    def of(self, sentences: Sequence[str], most: int | None = None) -> dict[str, tuple[StudyWord, ...]]:
        """The words of some sentences.

        Args:
            sentences: the sentences, German.
            most: analyse at most so many that are not kept yet; the others are left out of the answer.

        """
        found = self.kept(sentences)
        missing = [sentence for sentence in dict.fromkeys(sentences) if sentence not in found][:most]
        if missing:
            explainer = self._explainer()
            fresh = {
                sentence: tuple(
                    study_word(info, explainer.lexicon) for info in explainer.explain_all(sentence)
                )
                for sentence in missing
            }
            self._keep(fresh)
            found |= fresh
        return found

    def of_reading(
        self, reading_id: str, start: int = 0, limit: int | None = None, most: int | None = None
    ) -> tuple[AnalysedSentence, ...]:
        """The sentences of a reading with their words.

        Args:
            reading_id: the reading.
            start: index of the first sentence wanted.
            limit: how many sentences; all if not given.
            most: analyse at most so many that are not kept yet; the others come without words.

        Raises:
            NoSuchReading: there is no such reading.

        """
        with self._database.session() as session:
            if session.get(ReadingRow, reading_id, options=[load_only(ReadingRow.id)]) is None:
                raise NoSuchReading(
                    f"There is no reading {reading_id!r} in the library; it may have been deleted."
                )
            query = (
                select(SegmentRow.index, SegmentRow.german)
                .where(SegmentRow.reading_id == reading_id, SegmentRow.index >= start)
                .order_by(SegmentRow.index)
                .limit(limit)
            )
            rows = [(index, german) for index, german in session.execute(query)]
        words = self.of([german for _, german in rows], most)
        return tuple(AnalysedSentence(index, german, words.get(german)) for index, german in rows)

    def _keep(self, fresh: dict[str, tuple[StudyWord, ...]]) -> None:
        now = datetime.now(UTC)
        try:
            with self._writing, self._database.session() as session:
                for sentence, words in fresh.items():
                    session.merge(
                        StudyAnalysisRow(
                            german_hash=text_hash(sentence),
                            version=self._version,
                            words=[_saved(word) for word in words],
                            created=now,
                        )
                    )
        except LibraryError as error:
            # A library that cannot be written to can be read all the same; it is only slower.
            _log.warning("the analysis of %d sentences could not be kept: %s", len(fresh), error)

    @cached_property
    def _version(self) -> str:
        """A fingerprint of the lexicon, its rules and this module: a new one makes all be analysed anew."""
        from models import lexicon

        digest = hashlib.sha256(Path(__file__).read_bytes())
        folder = Path(lexicon.__file__).parent
        for path in sorted(folder.iterdir()):
            if path.suffix in {".py", ".txt", ".tsv"}:
                digest.update(path.read_bytes())
        # Its facts, not its 12 MB.
        for key, value in sorted(self._explainer().lexicon.facts().items()):
            digest.update(f"{key}={value}\n".encode())
        return digest.hexdigest()[:16]


def study_word(info: WordInfo, lexicon: Lexicon) -> StudyWord:
    """A word as the lexicon explains it, reduced to what study needs."""
    note = info.plural or info.principal
    return StudyWord(info.lemma, info.pos, _band(info, lexicon), info.article, note, info.spans)


def _band(info: WordInfo, lexicon: Lexicon) -> int:
    if info.pos in _CLOSED:
        return 1
    if info.pos in _UNCOUNTED or "." in info.lemma or not any(map(str.isalpha, info.lemma)):
        return 0
    if info.form.endswith(_HYPHENS):
        return 0  # the first half of "Schul- und Bildungspolitik"
    if info.pos == "noun":
        # Nearly always a name, if the lexicon neither has it nor can take it apart.
        return 0 if info.entry is None and len(info.parts) < 2 else info.band
    # Particles are tagged now so, now so (wie, doch, an): what the word is mostly decides.
    usual = lexicon.look_up(info.lemma)
    if usual is not None and usual.pos in _CLOSED:
        return 1
    if info.pos == "verb" and not info.lemma.endswith("n"):
        return 0  # a prefix whose verb was not found
    return min(info.band, usual.band) if usual is not None else info.band


def _saved(word: StudyWord) -> list[object]:
    spans: Iterable[int] = (place for span in word.spans for place in span)
    return [word.lemma, word.pos, word.band, word.article, word.note, *spans]


def _word(saved: Sequence[object]) -> StudyWord:
    lemma, pos, band, article, note, *places = saved
    numbers = [int(str(place)) for place in places]
    spans = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    return StudyWord(str(lemma), str(pos), int(str(band)), str(article), str(note), spans)
