"""The curated glossary: terms, finding them in German sentences, and checking them in the English."""

from glossary.finding import Hit, HitKind, TermFinder
from glossary.lint import Problem, check_folder, lint
from glossary.loading import load_glossary
from glossary.search import Found, Rank, search
from glossary.terms import Glossary, GlossaryError, MatchRule, Term
from glossary.verdicts import LinkLike, Verdict, judge, judge_all

__all__ = [
    "Found",
    "Glossary",
    "GlossaryError",
    "Hit",
    "HitKind",
    "LinkLike",
    "MatchRule",
    "Problem",
    "Rank",
    "Term",
    "TermFinder",
    "Verdict",
    "check_folder",
    "judge",
    "judge_all",
    "lint",
    "load_glossary",
    "search",
]
