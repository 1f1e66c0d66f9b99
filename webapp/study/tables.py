"""Tables of the vocabulary and of the review log, in the library's database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.library.tables import Base, UtcDateTime


class StudyItemRow(Base):
    """A saved word or term. It outlives its reading: the sentence is kept with it."""

    __tablename__ = "study_items"
    # An id is never given twice: exports know items by it.
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(300), unique=True)
    german: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(Text)
    pos: Mapped[str] = mapped_column(String(32))
    english: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    """German, form, English and note folded for searching."""
    status: Mapped[str] = mapped_column(String(16), index=True)
    sentence: Mapped[str] = mapped_column(Text)
    sentence_english: Mapped[str] = mapped_column(Text)
    spans: Mapped[list[list[int]]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(Text)
    reading_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("readings.id", ondelete="SET NULL"), index=True
    )
    segment: Mapped[int | None]
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    updated: Mapped[datetime] = mapped_column(UtcDateTime)
    card: Mapped[str | None] = mapped_column(Text)
    due: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class StudyReviewRow(Base):
    """One answer in the review, with what the item was before, so that it can be taken back."""

    __tablename__ = "study_reviews"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("study_items.id", ondelete="CASCADE"), index=True)
    rating: Mapped[int]
    """1 again, 2 hard, 3 good, 4 easy."""
    reviewed: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    status_before: Mapped[str] = mapped_column(String(16))
    card_before: Mapped[str | None] = mapped_column(Text)
    due_before: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StudyAnalysisRow(Base):
    """The words of a sentence as analysed; shared by every reading in which the sentence stands."""

    __tablename__ = "study_analyses"
    german_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str] = mapped_column(String(16))
    """Fingerprint of lexicon and rules; rows of another version are replaced when they are next needed."""
    words: Mapped[list[Any]] = mapped_column(JSON)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
