"""All checks of one translation, quiet where another check has already said so."""

from __future__ import annotations

from functools import cache, cached_property

from models.lexicon import WordExplainer
from models.quality.calibration import Calibration, calibration_for
from models.quality.dates import date_spans, date_warnings
from models.quality.disagreement import disagreement_warnings
from models.quality.names import Names
from models.quality.negation import negation_warnings
from models.quality.nonwords import nonword_warnings
from models.quality.numbers import number_warnings
from models.quality.quotation import quotation_warnings
from models.quality.repetition import repetition_warnings
from models.quality.untranslated import Untranslated
from models.quality.values import KINDS, QualityWarning
from models.quality.whole import length_warnings, score_warnings
from models.translation import Translation

# Counts up whenever the same translation may get other warnings than before.
QUALITY_VERSION = 4


class QualityChecker:
    """Checks translations. Opens the lexicon with the first; may be used by several threads at once."""

    def __init__(self, words: WordExplainer | None = None) -> None:
        self._given = words

    @cached_property
    def _words(self) -> WordExplainer:
        return self._given or WordExplainer()

    @cached_property
    def _names(self) -> Names:
        return Names(self._words.lexicon)

    @cached_property
    def _untranslated(self) -> Untranslated:
        return Untranslated(self._words)

    def warnings(
        self, translation: Translation, calibration: Calibration | None = None
    ) -> tuple[QualityWarning, ...]:
        """Return what may be wrong with a translation, in the order of KINDS; none if there is no English.

        `calibration` is that of the translation package (see calibration_for); without one, scores are not
        judged. Raises LexiconError if the lexicon cannot be read.
        """
        if not translation.english:
            return ()
        limits = calibration or calibration_for()
        german = translation.source
        found = [
            *number_warnings(translation, date_spans(german)),
            *date_warnings(translation),
            *self._names.warnings(translation),
            *negation_warnings(translation),
            *quotation_warnings(translation),
            *self._untranslated.warnings(translation),
            *nonword_warnings(translation),
            *repetition_warnings(translation),
            *length_warnings(translation, limits.lengths),
            *score_warnings(translation, limits.score),
        ]
        if not any(each.kind in ("number", "name", "negation") for each in found):
            found += disagreement_warnings(translation, self._words.lexicon.count)
        return tuple(sorted(found, key=lambda each: KINDS.index(each.kind)))


def warnings_for(
    translation: Translation, calibration: Calibration | None = None
) -> tuple[QualityWarning, ...]:
    """Return what may be wrong with a translation, by our own lexicon; see QualityChecker."""
    return _checker().warnings(translation, calibration)


@cache
def _checker() -> QualityChecker:
    return QualityChecker()
