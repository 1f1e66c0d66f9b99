"""What is hard about a German sentence, in plain English: rules over tagger and lexicon, on the safe side."""

from models.grammar.analyser import GrammarAnalyser
from models.grammar.values import KINDS, GrammarNote

__all__ = ["KINDS", "GrammarAnalyser", "GrammarNote"]
