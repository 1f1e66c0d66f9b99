"""Whether the words around a word are those that political terms keep company with."""

from glossary.company.scoring import Company, company, features

__all__ = ["Company", "company", "features"]
