"""Whether a model's attention can be taken as word alignment.

Packages of ours say so in metadata.json (`"alignment_head": true`). Others cannot be told from their files:
converters write “head 0 of the last layer” whether or not it was trained to align. So the model is made to
write English we know to belong to some German, and its attention is compared with the true links.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.packages.package import stated_in
from models.translation.alignment import word_matrix
from models.translation.decoding import Decoder
from models.translation.pieces import Tokenizer, locate
from models.translation.words import split_words

# Word for word, order changed where the languages differ; the numbers are English word -> German word.
_PAIRS: tuple[tuple[str, str, dict[int, int]], ...] = (
    (
        "Die Regierung hat gestern das neue Gesetz beschlossen.",
        "The government passed the new law yesterday.",
        {1: 1, 2: 7, 4: 5, 5: 6, 6: 3},
    ),
    (
        "Heute muss das Parlament über den Vorschlag der Kommission abstimmen.",
        "Parliament must vote on the proposal of the Commission today.",
        {0: 3, 1: 1, 2: 9, 5: 6, 8: 8, 9: 0},
    ),
    (
        "In Europa leben viele Menschen von kleinen Einkommen.",
        "Many people in Europe live on small incomes.",
        {0: 3, 1: 4, 3: 1, 4: 2, 6: 6, 7: 7},
    ),
)
ENOUGH = 0.7


def alignment_head_of(folder: Path, load: Callable[[], tuple[Tokenizer, Decoder]]) -> bool:
    """Return what the package says of itself, else what a test of its attention shows."""
    metadata = stated_in(folder)
    stated = metadata.alignment_head if metadata else None
    return stated if stated is not None else accuracy(*load()) >= ENOUGH


def accuracy(tokenizer: Tokenizer, decoder: Decoder) -> float:
    """Return the share of known links that the attention finds (0 to 1)."""
    right = total = 0
    for german, english, links in _PAIRS:
        source, target = tokenizer.encode(german), tokenizer.encode(english)
        german_words, english_words = split_words(german), split_words(english)
        try:
            attention = decoder.attention_of(source, target)
        except Exception:  # a model without attention has no alignment either
            return 0.0
        matrix = word_matrix(
            german_words, locate(source, german), english_words, locate(target, english), attention
        )
        for english_word, german_word in links.items():
            row = matrix[english_word]
            right += max(range(len(row)), key=row.__getitem__) == german_word
            total += 1
    return right / total
