"""A German sentence word by word: under each word its English as it is meant there."""

from models.literal.line import LiteralGlosser
from models.literal.values import Gloss, GlossSource

__all__ = ["Gloss", "GlossSource", "LiteralGlosser"]
