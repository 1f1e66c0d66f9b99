"""Files that were shown in a preview and wait for a yes or no."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict

from glossary.exchange import Contents

_KEPT = 8


class PendingImports:
    """Keeps the last few files in memory under a token; safe to use from threads."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, tuple[str, Contents]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, name: str, contents: Contents) -> str:
        """Keep a file and return its token."""
        token = secrets.token_urlsafe(12)
        with self._lock:
            self._files[token] = (name, contents)
            while len(self._files) > _KEPT:
                self._files.popitem(last=False)
        return token

    def take(self, token: str) -> tuple[str, Contents] | None:
        """The name and contents of a file, which is then forgotten; None if it is not kept any more."""
        with self._lock:
            return self._files.pop(token, None)
