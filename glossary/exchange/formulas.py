"""Spreadsheet formulas in tables: defused on the way out, restored on the way in.

Excel, LibreOffice and Google Sheets run a cell that begins with one of these characters (OWASP, "CSV
injection"). An apostrophe before it makes it text. Cells that already begin with apostrophes and such a
character get one more, so that taking one away always gives back what was there.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def defuse(cell: str) -> str:
    """The cell as a spreadsheet may safely open it; a lone hyphen ("no plural") is harmless and stays."""
    return f"'{cell}" if cell != "-" and _RISKY.match(cell) else cell


def restore(cell: str) -> str:
    """The cell as it was before `defuse`."""
    return cell[1:] if _DEFUSED.match(cell) else cell
