"""Tables of the users' own glossary, in the library's database but apart from the readings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.library.tables import Base, UtcDateTime


class OwnTermRow(Base):
    """A term that the user wrote or imported; ``columns`` as in glossary/README.md."""

    __tablename__ = "own_terms"
    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    updated: Mapped[datetime] = mapped_column(UtcDateTime)


class HiddenTermRow(Base):
    """A curated term that the user does not want to see."""

    __tablename__ = "hidden_terms"
    term_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
