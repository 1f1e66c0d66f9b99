"""Tables of the library (SQLAlchemy 2, declarative)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

SCHEMA_VERSION = 1


class UtcDateTime(TypeDecorator[datetime]):
    """A time with zone: stored as UTC, since SQLite keeps no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Convert to naive UTC for the database."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Mark what comes back as UTC."""
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """Base of all tables."""


class MetaRow(Base):
    """Facts about the library itself: schema version, whether the samples were laid in."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ReadingRow(Base):
    """A saved reading."""

    __tablename__ = "readings"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    title: Mapped[str] = mapped_column(String(400))
    text: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    """Title and text folded for searching: lower case, without umlauts."""
    text_hash: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str] = mapped_column(String(8))
    notices: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    signature: Mapped[str] = mapped_column(String(300))
    total: Mapped[int]
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    updated: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SegmentRow(Base):
    """A German sentence of a reading. Kept, so that a sentence's number never changes."""

    __tablename__ = "segments"
    reading_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("readings.id", ondelete="CASCADE"), primary_key=True
    )
    index: Mapped[int] = mapped_column(primary_key=True)
    paragraph: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    start: Mapped[int]
    end: Mapped[int]
    german: Mapped[str] = mapped_column(Text)
    german_hash: Mapped[str] = mapped_column(String(64), index=True)


class TranslationRow(Base):
    """What a model made of a sentence; shared by every reading in which the sentence stands."""

    __tablename__ = "translations"
    signature: Mapped[str] = mapped_column(String(300), primary_key=True)
    german_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    hypotheses: Mapped[list[Any]] = mapped_column(JSON)
    links: Mapped[list[Any]] = mapped_column(JSON)
    problem: Mapped[str | None] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(UtcDateTime)


class EnforcementRow(Base):
    """A translation in which wanted words were enforced, or the note that they could not be.

    Stands beside the raw translation and never replaces it. `wishes` is a fingerprint of what was wished of
    this sentence, so that a changed glossary concerns only the sentences whose terms it changes.
    """

    __tablename__ = "enforcements"
    signature: Mapped[str] = mapped_column(String(300), primary_key=True)
    german_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    wishes: Mapped[str] = mapped_column(String(32), primary_key=True)
    english: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    links: Mapped[list[Any]] = mapped_column(JSON)
    steps: Mapped[list[Any]] = mapped_column(JSON)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
