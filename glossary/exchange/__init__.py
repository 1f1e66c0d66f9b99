"""Glossaries as files: CSV, TSV, TBX and TMX, read and written."""
