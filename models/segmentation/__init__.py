"""German text into paragraphs and sentences that lead back to the original exactly."""

from models.segmentation.clauses import clauses
from models.segmentation.segmenter import SEGMENTATION_VERSION, pieces, segment, warm_up
from models.segmentation.values import Kind, Paragraph, Sentence

__all__ = ["SEGMENTATION_VERSION", "Kind", "Paragraph", "Sentence", "clauses", "pieces", "segment", "warm_up"]
