"""One run of ``bench.reading``: our whole pipeline on a text, in a process of its own; prints JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path


def main(text: Path, beam: int) -> None:
    """Read a text as the page does and print what it took."""
    from webapp.importers import take_in
    from webapp.pipeline import assemble, save
    from webapp.services import Services
    from webapp.settings import Settings
    from webapp.streaming import follow

    with tempfile.TemporaryDirectory() as home:
        services = Services(Settings(home=Path(home), beam=beam))
        services.warm_up()
        content = text.read_bytes()
        start = time.perf_counter()
        intake = take_in(content, name=text.name)
        reading_id = save(intake, services.library, services.translator().signature)
        services.desk.start(reading_id)
        first = 0.0
        events = 0
        for event in follow(services, reading_id, 0):
            if event.startswith("id:"):
                events += 1
                first = first or time.perf_counter() - start
        total = time.perf_counter() - start
        start = time.perf_counter()
        reading = assemble(services.library.get(reading_id), services.terms)
        reopened = time.perf_counter() - start
        assert events == reading.total == reading.done
        services.close()
    words = len(intake.text.split())
    result = {
        "words": words,
        "sentences": events,
        "words_per_s": words / total,
        "first_s": first,
        "reopened_s": reopened,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
