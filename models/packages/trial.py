"""A trial translation in a process of its own: a malformed model may crash the library that reads it.

`try_package` starts the child, `main` is the child: it prints one JSON line.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import models
from models.packages.package import PackageError

SENTENCE = "Der Bundestag hat das Gesetz beschlossen."
SECONDS = 120.0
MEMORY = 8 * 1024**3  # address space of the child: a header that asks for more is not a model

_COMMAND = "from models.packages.trial import main; main()"


def try_package(folder: Path, seconds: float = SECONDS) -> str:
    """Translate one sentence with the unpacked package in another process and return the English.

    Raises PackageError if the model cannot be loaded, crashes, hangs or writes nothing.
    """
    command = [sys.executable, "-c", _COMMAND, str(folder.resolve())]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            cwd=Path(models.__file__).parent.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PackageError(f"The model did not answer within {seconds:g} seconds; not installed.") from error
    except OSError as error:
        raise PackageError(f"The trial translation could not be started: {error}.") from error
    if done.returncode < 0:
        raise PackageError(
            f"The model crashed the translation library (signal {-done.returncode}): "
            "model.bin is malformed; not installed."
        )
    try:
        answer = json.loads(done.stdout.decode("utf-8").splitlines()[-1])
        english, reason = str(answer.get("english", "")), str(answer.get("error", ""))
    except (ValueError, IndexError, AttributeError):
        english, reason = "", f"it ended with status {done.returncode}"
    if not english.strip():
        raise PackageError(
            f"The model cannot translate: {reason[:300] or 'it gave no English'}; not installed."
        )
    return english


def _child(folder: Path) -> dict[str, str]:
    # The crash of a malformed model should not leave a core file or eat the machine's memory.
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        pass  # Windows, or a stricter limit is set already
    import ctranslate2

    from models.translation.pieces import load_tokenizer

    tokenizer = load_tokenizer(folder)
    translator = ctranslate2.Translator(str(folder / "model"), device="cpu", inter_threads=1, intra_threads=1)
    pieces = tokenizer.encode(SENTENCE)
    [result] = translator.translate_batch([pieces], beam_size=2, max_decoding_length=64)
    return {"english": tokenizer.decode(result.hypotheses[0])}


def main() -> None:
    """Run the trial for the folder named on the command line."""
    try:
        answer = _child(Path(sys.argv[1]))
    except Exception as error:  # whatever the libraries raise is the answer
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer))
