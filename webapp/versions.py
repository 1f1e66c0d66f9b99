"""Other translations of a sentence for readers: how likely each is in plain words, and where it differs."""

from __future__ import annotations

import math
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from models.translation import Translation, Translator
    from models.translation.alternatives import Version, Versions

_KEPT: Final = 200
_ALTERNATIVES: Final = 3
_WORDS: Final = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
_FRACTIONS: Final = (
    "half",
    "a third",
    "a quarter",
    "a fifth",
    "a sixth",
    "a seventh",
    "an eighth",
    "a ninth",
    "a tenth",
)

VersionKind = Literal["shown", "model", "alternative"]
Change = Literal["same", "other", "left-out"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an English version: as in the shown one, other words, or words of it that are left out."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """An English version as it is shown.

    `kind`: `shown` is what the page shows, `model` the model’s own wording where the glossary’s words were
    put in, `alternative` another one. `score` is the mean natural log-probability per piece, `times` how
    likely the version is compared with the shown one (0.5: half as likely), both None where that is not
    known, and `likelihood` says `times` in words.
    """

    kind: VersionKind
    english: str
    score: float | None
    times: float | None
    likelihood: str
    pieces: tuple[Piece, ...]


class VersionMaker:
    """Makes other translations when they are asked for; keeps the latest, saves none. Thread-safe."""

    def __init__(self, translator: Callable[[], Translator]) -> None:
        self._translator = translator
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, ...], Versions] = OrderedDict()

    def versions(self, shown: Translation, raw: Translation | None) -> tuple[ShownVersion, ...]:
        """Return the shown English first, the model's own if it is another, then two or three alternatives.

        Args:
            shown: what the page shows.
            raw: what the model wrote by itself, if the glossary's words were put in.

        Raises:
            PackageError: the model is missing or broken.

        """
        given = [shown.english]
        if raw is not None and raw.english and raw.english != shown.english:
            given.append(raw.english)
        saved = [each.text for each in (*shown.hypotheses, *(raw.hypotheses if raw else ()))]
        made = self._made(shown.source, given, [text for text in dict.fromkeys(saved) if text not in given])
        reference = made.given[0]
        kinds: list[VersionKind] = ["shown", "model"]
        return (
            *(_shown(kind, one, reference) for kind, one in zip(kinds, made.given, strict=False)),
            *(_shown("alternative", one, reference) for one in made.others),
        )

    def _made(self, german: str, given: Sequence[str], saved: Sequence[str]) -> Versions:
        from models.translation.alternatives import versions

        translator = self._translator()
        key = (translator.signature, german, *given)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = versions(translator, german, given, saved, _ALTERNATIVES)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


def _shown(kind: VersionKind, version: Version, reference: Version) -> ShownVersion:
    times = None
    if version.total is not None and reference.total is not None:
        times = math.exp(min(20.0, version.total - reference.total))
    return ShownVersion(
        kind,
        version.english,
        version.score,
        times,
        "" if kind == "shown" or times is None else likelihood(times),
        differences(reference.english, version.english),
    )


def likelihood(times: float) -> str:
    """Say in words how likely something is that is so many times as likely as something else."""
    if times >= 10:
        return "far more likely"
    if times >= 2.5:
        return f"about {round(times)} times as likely"
    if times >= 1.5:
        return "about twice as likely"
    if times >= 1.15:
        return "a little more likely"
    if times > 0.87:
        return "about as likely"
    if times > 0.67:
        return "a little less likely"
    if times > 1 / 10.5:
        return f"about {_FRACTIONS[round(1 / times) - 2]} as likely"
    return "far less likely" if times > 0.01 else "very much less likely"


def differences(reference: str, other: str) -> tuple[Piece, ...]:
    """Return the other text in pieces, with what is not as in the reference marked, word by word."""
    one, two = _WORDS.findall(reference), _WORDS.findall(other)
    matcher = SequenceMatcher(
        None, [word.casefold() for word in one], [word.casefold() for word in two], False
    )
    pieces: list[Piece] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "delete":
            pieces.append(Piece("".join(one[a:b]), "left-out"))
        else:
            pieces.append(Piece("".join(two[c:d]), "same" if operation == "equal" else "other"))
    return tuple(piece for piece in _without_bare_spaces(pieces) if piece.text)


def _without_bare_spaces(pieces: Sequence[Piece]) -> list[Piece]:
    """Join stretches that only a space keeps apart, and count a lone space as the same."""
    done: list[Piece] = []
    for piece in pieces:
        change = piece.change
        if not piece.text.strip():
            if change == "left-out":
                continue
            change = "same"
        done.append(Piece(piece.text, change))
    joined: list[Piece] = []
    for number, piece in enumerate(done):
        after = done[number + 1].change if number + 1 < len(done) else "same"
        if joined and not piece.text.strip() and joined[-1].change == after == "other":
            piece = Piece(piece.text, "other")
        if joined and joined[-1].change == piece.change:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.change)
        else:
            joined.append(piece)
    return joined
