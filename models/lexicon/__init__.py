"""German words explained: word analysis, and a lexicon drawn from the training corpus."""

from models.lexicon.explaining import WordExplainer
from models.lexicon.phrases import Phrase, PhraseFinder, PhraseHit
from models.lexicon.store import SHIPPED, Lexicon, LexiconError
from models.lexicon.values import ARTICLES, Entry, Example, Part, Rendering, WordInfo

__all__ = [
    "ARTICLES",
    "SHIPPED",
    "Entry",
    "Example",
    "Lexicon",
    "LexiconError",
    "Part",
    "Phrase",
    "PhraseFinder",
    "PhraseHit",
    "Rendering",
    "WordExplainer",
    "WordInfo",
]
