"""Quality estimation without references: places where a translation may be wrong."""

from models.quality.calibration import Calibration, LengthBand, calibration_for
from models.quality.checking import QUALITY_VERSION, QualityChecker, warnings_for
from models.quality.values import KINDS, Kind, QualityWarning

__all__ = [
    "KINDS",
    "QUALITY_VERSION",
    "Calibration",
    "Kind",
    "LengthBand",
    "QualityChecker",
    "QualityWarning",
    "calibration_for",
    "warnings_for",
]
