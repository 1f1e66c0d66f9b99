"""Versions of a sentence that the model finds about equally good, and of which another fits the German."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from models.figures import english_figures, german_figures
from models.quality.names import base_forms
from models.quality.negation import denials_of, may_deny
from models.quality.values import QualityWarning, Span
from models.translation import Translation

# How much lower (log-probability per piece) a version may lie and still be a rival.
_CLOSE: Final = 0.1
_DENIALS: Final = re.compile(
    r"\b(?:not|no|never|nobody|nothing|nowhere|neither|nor|none|cannot|without)\b|n['’]t\b", re.IGNORECASE
)
# Not done, in other words: we were unable, it failed to, few.
_OTHER_WORDS: Final = re.compile(
    r"\b(?:un(?:able|likely|willing)|impossible|fail\w*|refus\w*|lack\w*|hardly|scarcely|barely|rarely|seldom)\b",
    re.IGNORECASE,
)
# A longer word is a compound that the lexicon lacks rather than a name.
_LONGEST_NAME: Final = 14
_CAPITAL: Final = re.compile(r"(?<=[\wäöüß,“„\"] )[A-ZÄÖÜ][\w'’-]{3,}")

Known = Callable[[str], int]


def disagreement_warnings(translation: Translation, known: Known) -> list[QualityWarning]:
    """Return a warning if a close rival keeps a number, name or denial of the German, and the shown one not.

    `known` says how often a German word is in the lexicon; words that are not there are taken for names.
    """
    shown, *rivals = translation.hypotheses
    for rival in rivals:
        if shown.score - rival.score > _CLOSE or rival.text == shown.text:
            continue
        for found in _differences(translation.source, shown.text, rival.text, known):
            return [found]
    return []


def _differences(german: str, shown: str, rival: str, known: Known) -> Iterator[QualityWarning]:
    ours = {key for figure in german_figures(german) for key in figure.keys}
    other_keys = {key for figure in english_figures(rival) for key in figure.keys}
    for figure in english_figures(shown):
        # What the German itself confirms is right, whatever the rival says. Numbers in letters may stand
        # for other words: six months for half a year, three for a Dreier.
        written = shown[figure.start : figure.end].isalpha()
        if figure.firm and not written and not figure.keys & (other_keys | ours):
            message = f"Another version of the model, as likely, has no “{shown[figure.start : figure.end]}”."
            yield _warning(message, (), (figure.span,))
    denied = denials_of(german)
    here, there = list(_DENIALS.finditer(shown)), list(_DENIALS.finditer(rival))
    if denied and there and not here and not _OTHER_WORDS.search(shown):
        message = f"Another version of the model, as likely, has “{there[0].group()}”, as the German."
        yield _warning(message, tuple(m.span() for m in denied), ())
    if here and not there and not may_deny(german):
        message = f"Another version of the model, as likely, does not say “{here[0].group()}”."
        yield _warning(message, (), (here[0].span(),))
    for match in _CAPITAL.finditer(german):
        word = match.group()
        if "-" in word or len(word) > _LONGEST_NAME or word in shown or word not in rival:
            continue
        if not any(known(form) for form in base_forms(word)):
            message = f"Another version of the model, as likely, has “{word}”, as the German."
            yield _warning(message, (match.span(),), ())


def _warning(message: str, source: tuple[Span, ...], target: tuple[Span, ...]) -> QualityWarning:
    return QualityWarning("disagreement", source, target, message)
