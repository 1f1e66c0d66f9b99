"""The curated glossary: terms, finding them in German sentences, and checking them in the English."""

from glossary.finding import Hit, HitKind, TermFinder
from glossary.loading import load_glossary
from glossary.terms import Glossary, GlossaryError, MatchRule, Term

__all__ = [
    "Glossary",
    "GlossaryError",
    "Hit",
    "HitKind",
    "MatchRule",
    "Term",
    "TermFinder",
    "load_glossary",
]
