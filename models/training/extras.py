"""Libraries of the `training` extra, imported when they are needed and no earlier."""

from __future__ import annotations

import importlib
from typing import Any


class TrainingError(Exception):
    """A step cannot be done; the message says why and what to do."""


def library(name: str) -> Any:
    """Import a library of the `training` extra. TrainingError says how to install it if it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.split(".")[0]
        raise TrainingError(
            f"{package} is missing; it comes with the training extra: pip install 'seitenblick[training]' "
            "(for a machine without a GPU add --extra-index-url https://download.pytorch.org/whl/cpu)."
        ) from error
