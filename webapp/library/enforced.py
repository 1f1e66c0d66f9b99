"""Enforced translations as saved: beside the raw ones, one for each set of wishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.translation import Hypothesis, Link, Translation
from models.translation.forcing import Step
from webapp.library.tables import EnforcementRow, SegmentRow


@dataclass(frozen=True, slots=True)
class SavedEnforcement:
    """What came of the wishes for a sentence.

    `wishes` identifies them (see webapp.enforcement); `english` is None if the raw English stays; `links`
    belong to it; `steps` says for the hits that were open how they fared, by their position in the sentence.
    """

    wishes: str
    english: Hypothesis | None
    links: tuple[Link, ...]
    steps: Mapping[int, Step]

    def applied(self, raw: Translation) -> Translation:
        """The translation to show: the enforced English before the model's own versions, or the raw one."""
        if self.english is None:
            return raw
        others = tuple(each for each in raw.hypotheses if each.text != self.english.text)
        return Translation(raw.source, (self.english, *others), self.links, None)


def keep(session: Session, signature: str, hashed: Iterable[tuple[str, SavedEnforcement]]) -> None:
    """Save enforcements by the hash of their German sentence."""
    now = datetime.now(UTC)
    for german_hash, saved in hashed:
        session.merge(
            EnforcementRow(
                signature=signature,
                german_hash=german_hash,
                wishes=saved.wishes,
                english=[saved.english.text, saved.english.score] if saved.english else None,
                links=[[*link.source, *link.target, round(link.weight, 4)] for link in saved.links],
                steps=[[position, step] for position, step in sorted(saved.steps.items())],
                created=now,
            )
        )


def of_reading(
    session: Session, reading_id: str, signature: str, start: int, limit: int | None
) -> dict[str, tuple[SavedEnforcement, ...]]:
    """The enforcements for a stretch of a reading's sentences, by the hash of the sentence."""
    query = (
        select(EnforcementRow)
        .join(
            SegmentRow,
            and_(SegmentRow.german_hash == EnforcementRow.german_hash, EnforcementRow.signature == signature),
        )
        .where(SegmentRow.reading_id == reading_id, SegmentRow.index >= start)
    )
    if limit is not None:
        query = query.where(SegmentRow.index < start + limit)
    found: dict[str, dict[str, SavedEnforcement]] = defaultdict(dict)
    for row in session.scalars(query):
        found[row.german_hash][row.wishes] = _saved(row)
    return {german_hash: tuple(each.values()) for german_hash, each in found.items()}


def of_hashes(session: Session, signature: str, hashes: list[str]) -> Iterable[tuple[str, SavedEnforcement]]:
    """The enforcements for some sentences, with the hash of the sentence."""
    # In slices: databases limit the number of values in a query.
    for begin in range(0, len(hashes), 500):
        query = select(EnforcementRow).where(
            EnforcementRow.signature == signature,
            EnforcementRow.german_hash.in_(hashes[begin : begin + 500]),
        )
        for row in session.scalars(query):
            yield row.german_hash, _saved(row)


def _saved(row: EnforcementRow) -> SavedEnforcement:
    return SavedEnforcement(
        wishes=row.wishes,
        english=Hypothesis(row.english[0], row.english[1]) if row.english else None,
        links=tuple(Link((a, b), (c, d), weight) for a, b, c, d, weight in row.links),
        steps={position: cast(Step, step) for position, step in row.steps},
    )
