"""The training process keeps its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.training.memory import TUNABLES, environment

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_set_already_stays() -> None:
    made = environment({"HOME": "/h", TUNABLES: "glibc.pthread.rseq=0"})
    assert made is not None
    assert made["HOME"] == "/h"
    assert made[TUNABLES].startswith("glibc.pthread.rseq=0:glibc.malloc.hugetlb=1:")
    assert environment(made) is None, "a second start would go on for ever"
    assert environment({TUNABLES: "glibc.malloc.hugetlb=2"}) is None


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's tunables")
def test_the_command_starts_once_more_with_the_same_words() -> None:
    code = (
        "import os, sys\n"
        "from models.training.memory import keep_memory\n"
        "print('start', flush=True)\n"
        "keep_memory()\n"
        "print(os.environ['GLIBC_TUNABLES'], sys.argv[1:])\n"
    )
    clean = {name: value for name, value in os.environ.items() if name != TUNABLES}
    done = subprocess.run(
        [sys.executable, "-c", code, "train", "--minutes", "5"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=clean,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:2] == ["start", "start"]
    assert "glibc.malloc.trim_threshold=" in lines[2]
    assert lines[2].endswith("['train', '--minutes', '5']")
