"""One run of ``bench.reading``: Argos Translate's own pipeline, run by the Python of its environment.

Imports nothing of ours: usage ``reading_argos.py PACKAGE_FOLDER SENTENCES.json``; prints JSON.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

HOME = tempfile.mkdtemp()
for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
    os.environ[name] = HOME
PACKAGES = Path(HOME) / "packages"
PACKAGES.mkdir()
os.environ["ARGOS_PACKAGES_DIR"] = str(PACKAGES)


def main(package: Path, sentences: Path) -> None:
    """Translate and print what it took."""
    from argostranslate import translate  # type: ignore[import-not-found, unused-ignore]

    paragraphs = json.loads(sentences.read_text("utf-8"))
    split = {" ".join(paragraph): paragraph for paragraph in paragraphs}

    class AlreadySplit:
        """Stands where Argos' splitters stand; the sentences are known."""

        def __init__(self, _package: object) -> None:
            """Take the package that Argos hands over."""

        def split_sentences(self, text: str) -> list[str]:
            """Give the sentences of a paragraph."""
            return list(split[text])

    translate.MiniSBDSentencizer = AlreadySplit
    (PACKAGES / package.name).symlink_to(package)
    translation = translate.get_translation_from_codes("de", "en")
    first = next(iter(split))
    translation.translate(first)  # loads the model, as ours is loaded before the clock starts
    start = time.perf_counter()
    english = translation.translate("\n".join(split))
    total = time.perf_counter() - start
    words = sum(len(text.split()) for text in split)
    result = {
        "words": words,
        "words_per_s": words / total,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "english": english.split("\n"),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
