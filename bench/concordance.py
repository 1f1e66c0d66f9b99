"""How long a term's page takes for a library of 50 articles: python -m bench.concordance [articles].

The articles are made of the glossary's example sentences, 60 each, so that terms are dense. Prints CPU and
wall time of the concordance for frequent and for random terms, with nothing remembered from before.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from models.segmentation import segment
from webapp.concordance import concordance
from webapp.importers import take_in
from webapp.services import Services
from webapp.settings import Settings

_SENTENCES = 60
_SAMPLE = 100


def main(articles: int) -> None:
    """Fill a library in a temporary folder and measure."""
    with tempfile.TemporaryDirectory() as folder:
        services = Services(Settings(home=Path(folder)))
        chance = random.Random(4)
        examples = [term.example_de for term in services.curated.terms]
        words = 0
        for number in range(articles):
            text = " ".join(chance.sample(examples, _SENTENCES))
            words += len(text.split())
            services.library.add(take_in(text, title=f"Artikel {number}"), segment(text), "made up")
        services.terms.warm()
        print(f"{articles} articles, {articles * _SENTENCES} sentences, {words} words")
        frequent = [services.curated.get(i) for i in ("bundestag", "bundesregierung", "bundesrat-de")]
        rows = []
        for term in [*frequent, *chance.sample(services.curated.terms, _SAMPLE)]:
            # Built anew: nothing is remembered of the sentences.
            lookup = type(services.terms)(services.terms.glossary, texts=services.library.paragraphs)
            lookup.warm()
            cpu, wall = time.process_time(), time.perf_counter()
            found = concordance(services.library, lookup, term)
            rows.append(
                (time.process_time() - cpu, time.perf_counter() - wall, term.german, len(found.lines))
            )
        for cpu, wall, german, lines in [*rows[:3], *sorted(rows, reverse=True)[:3]]:
            print(f"{german:30} {lines:3} sentences  CPU {cpu * 1000:5.0f} ms  wall {wall * 1000:5.0f} ms")
        print(f"median CPU {median(row[0] for row in rows) * 1000:.0f} ms")
        services.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
