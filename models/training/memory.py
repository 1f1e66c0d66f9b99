"""Memory that stays with the process: training on a CPU allocates the same large arrays at every step.

glibc gives them back to the kernel each time, which then has to clear every page anew. To keep them, in huge
pages, made a step a fifth faster (docs/training.md). glibc reads its tunables only when a process starts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

TUNABLES = "GLIBC_TUNABLES"
_KEPT = {
    "glibc.malloc.hugetlb": "1",
    "glibc.malloc.mmap_max": "0",
    "glibc.malloc.trim_threshold": "100000000000",
    "glibc.malloc.top_pad": "268435456",
}


def environment(given: Mapping[str, str]) -> dict[str, str] | None:
    """Return the environment to start again with; None if it says already what to do with memory."""
    stated = given.get(TUNABLES, "")
    if "glibc.malloc." in stated:
        return None
    ours = [f"{name}={value}" for name, value in _KEPT.items()]
    return {**given, TUNABLES: ":".join(filter(None, [stated, *ours]))}


def keep_memory() -> None:
    """Start this very command again with memory kept, unless that is so already; on Linux only."""
    wanted = environment(os.environ) if sys.platform == "linux" else None
    if wanted:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], wanted)
