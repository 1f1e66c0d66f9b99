"""Glossaries as files: CSV, TSV, TBX and TMX, read and written; described in docs/glossary-exchange.md."""

from __future__ import annotations

from glossary.exchange.entries import Contents, Entry, ExchangeError, LineFault
from glossary.exchange.formats import FORMATS, READABLE, Format, read_glossary, write_glossary

__all__ = [
    "FORMATS",
    "READABLE",
    "Contents",
    "Entry",
    "ExchangeError",
    "Format",
    "LineFault",
    "read_glossary",
    "write_glossary",
]
