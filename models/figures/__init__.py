"""Numbers in German and English text, read so that they can be compared. Knows nothing of translation."""

from models.figures.english import english_figures
from models.figures.german import german_figures
from models.figures.values import Figure, unmatched

__all__ = ["Figure", "english_figures", "german_figures", "unmatched"]
