"""Terminology: make the English use wanted words where the model would accept them, else leave it alone.

The ladder of steps and its sources are described in `ladder`. Nothing here knows of a glossary: a `Wish` says
which German words are to be rendered by which English ones.
"""

from __future__ import annotations

from models.translation.forcing.ladder import FORCING_VERSION, enforce
from models.translation.forcing.parts import Request
from models.translation.forcing.values import Enforcement, Step, Wish

__all__ = ["FORCING_VERSION", "Enforcement", "Request", "Step", "Wish", "enforce"]
