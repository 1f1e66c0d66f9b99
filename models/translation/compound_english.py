"""The English of compounds that the lexicon does not have, put together from that of their parts.

*Umweltschutzbehörde*: environment + protection + authority. Good enough to tell a model what the parts mean;
whether it is English, the model has to judge.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Final

from models.lexicon.values import Part, Rendering

_MOST_PARTS: Final = 3
_POS: Final = frozenset({"noun", "name", "adjective"})
# A part is sure of its English if the likeliest has this share; others count from the lesser one on.
_SURE_SHARE: Final = 0.3
_LEAST_SHARE: Final = 0.08
_LEAST_SEEN: Final = 3
_RENDERINGS: Final = 4


def compound_english(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return what the parts of a compound may mean together, the likeliest first; () if one is unsure."""
    if not 2 <= len(parts) <= _MOST_PARTS:
        return ()
    choices = [_renderings(part) for part in parts]
    if not all(choices):
        return ()
    ways = sorted(product(*choices), key=lambda way: -math.prod(each.share for each in way))
    return tuple(dict.fromkeys(" ".join(each.english for each in way) for way in ways))


def _renderings(part: Part) -> list[Rendering]:
    entry = part.entry
    if entry is None or entry.pos not in _POS or not entry.translations:
        return []
    if entry.translations[0].share < _SURE_SHARE:
        return []
    likely = (each for each in entry.translations if each.share >= _LEAST_SHARE)
    return [each for each in likely if each.sure(_LEAST_SEEN)][:_RENDERINGS]
