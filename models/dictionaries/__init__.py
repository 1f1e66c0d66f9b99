"""Dictionaries that the reader brings: StarDict and tables, indexed once into SQLite, asked by word."""

from models.dictionaries.shelf import DictionaryShelf
from models.dictionaries.values import Answer, Article, DictionaryError, DictionaryInfo

__all__ = ["Answer", "Article", "DictionaryError", "DictionaryInfo", "DictionaryShelf"]
