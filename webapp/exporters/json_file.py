"""JSON: the same shape as the API's."""

from __future__ import annotations

import json

from webapp.reading import Reading, reading_data


def write(reading: Reading) -> str:
    """The reading as JSON text."""
    return json.dumps(reading_data(reading), ensure_ascii=False, indent=2) + "\n"
