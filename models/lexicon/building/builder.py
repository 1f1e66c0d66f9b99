"""The steps of the build, in order: count, analyse, link, write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, cast

from models.lexicon.building.corpus import read_lines, read_pairs
from models.lexicon.building.counting import FormCounts
from models.lexicon.building.english import EnglishForms, function_words
from models.lexicon.building.examples import ExampleBook, is_free
from models.lexicon.building.nouns import NounFacts
from models.lexicon.building.readings import Reading, analyse_forms, read_forms
from models.lexicon.building.translations import Candidate, Chosen, Key, LinkCounter, choose, phrases_of
from models.lexicon.building.writing import write_lexicon
from models.lexicon.compounds import CompoundSplitter, seams_of
from models.lexicon.lemmas import corrected_lemma
from models.lexicon.tagging import Analysis
from models.lexicon.values import Entry, Gender, Pos, Rendering

_BANDS: Final = (1_000, 3_000, 8_000, 20_000, 50_000)
_MOST: Final = 5
_SEEN_FOR_ENTRY: Final = 3  # a lemma without translation still has gender and frequency if seen so often


class Builder:
    """Holds what the steps hand on. `report` is told of progress."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._counts = FormCounts()
        self._analyses: dict[str, tuple[Analysis, ...]] = {}
        self._readings: dict[str, Reading] = {}
        self._lemmas: Counter[Key] = Counter()
        self._words: Counter[str] = Counter()
        self._book = ExampleBook()
        self._parts: dict[Key, tuple[str, ...]] = {}

    def count(self, table: Path, texts: Iterable[Path]) -> None:
        """Count forms and gender evidence in the German side of the table and in further texts."""
        with table.open(encoding="utf-8") as rows:
            self._counts.add(row.split("\t")[2] for row in rows)
        for text in texts:
            self._counts.add(read_lines(text))
        self._report(f"{sum(self._counts.inside.values())} words counted, {len(self._counts.inside)} forms")

    def analyse(self, kept: Path | None) -> None:
        """Find the reading of every form, and count lemmas."""
        total = self._counts.total()
        self._analyses = analyse_forms(sorted(total), kept, self._report)
        self._readings = read_forms(self._analyses, self._counts.count)
        for form, count in total.items():
            reading = self._readings.get(form)
            if reading:
                self._lemmas[reading.lemma, reading.pos] += count
        self._count_words()
        self._report(f"{len(self._lemmas)} lemmas")

    def _count_words(self) -> None:
        self._words = Counter()
        for (lemma, _), count in self._lemmas.items():
            self._words[lemma] += count

    def _seams(self, word: str) -> frozenset[int]:
        for form in (word.capitalize(), word):
            for analysis in self._analyses.get(form, ()):
                if analysis.tag.startswith(("NN", "ADJ")):
                    return seams_of(analysis.morphemes)
        return frozenset()

    def link(self, table: Path, folder: Path) -> None:
        """Collect English candidates for every lemma."""
        lower: Counter[str] = Counter()
        cased: defaultdict[str, Counter[str]] = defaultdict(Counter)
        with (folder / "words.en").open(encoding="utf-8") as lines:
            for line in lines:
                lower.update(line.split())
        english = EnglishForms(lower, cased)
        verbs = frozenset(lemma for lemma, pos in self._lemmas if pos == "verb" and lemma.endswith("n"))
        counter = LinkCounter(self._readings, verbs, english, lambda form: self._counts.inside[form])
        pairs = 0
        for pair in read_pairs(table, folder):
            pairs += 1
            for word in pair.words[1:]:
                if word[:1].isupper():
                    cased[word.lower()][word] += 1
            counter.add(pair)
            if is_free(pair):
                self._book.pairs.append(pair)
            if pairs % 50_000 == 0:
                self._report(f"{pairs} pairs linked")
        self._linker, self._english, self._pairs = counter, english, pairs
        for key, seen in counter.links.seen.items():
            if key not in self._lemmas or seen > self._lemmas[key]:
                self._lemmas[key] = seen
        self._count_words()
        self._split_all()
        self._translate()
        self._find_examples()

    def _split_all(self) -> None:
        splitter = CompoundSplitter(lambda lemma: self._words[lemma], self._seams)
        for key in self._lemmas:
            if key[1] in {"noun", "adjective"}:
                pieces = splitter.split(key[0])
                if pieces:
                    self._parts[key] = tuple(piece.lemma for piece in pieces)
        self._report(f"{len(self._parts)} compounds split")

    def _translate(self) -> None:
        self._chosen: dict[Key, tuple[Chosen, ...]] = {}
        self._vocabulary: dict[str, frozenset[str]] = {}
        links = self._linker.links
        linked = sum(links.linked.values())
        # Simple words first: their translations help to judge those of compounds.
        for key in sorted(links.candidates, key=lambda key: (len(self._parts.get(key, ())), key)):
            parts = self._parts.get(key, ())
            helpers = {word for part in parts for word in self._vocabulary.get(part, ())}

            def helped(phrase: str, helpers: set[str] = helpers) -> bool:
                words = {word for word in phrase.replace("-", " ").split() if word not in function_words()}
                return bool(helpers & words)

            first = {word for part in parts[:-1] for word in self._vocabulary.get(part, ())}
            last = self._vocabulary.get(parts[-1], frozenset()) if parts else frozenset()

            def partial(phrase: str, first: set[str] = first - last) -> bool:
                words = {word for word in phrase.replace("-", " ").split() if word not in function_words()}
                return bool(words) and words <= first

            candidates = links.candidates[key]
            chosen = choose(key, candidates, links, linked, helped, partial, self._spelling)
            if chosen:
                self._chosen[key] = chosen
                if not parts:
                    self._vocabulary[key[0]] = self._vocabulary.get(key[0], frozenset()) | phrases_of(
                        chosen[:_MOST]
                    )
        self._report(f"{len(self._chosen)} lemmas with translations")

    def _spelling(self, phrase: str, candidate: Candidate) -> str:
        if candidate.inside and candidate.capital * 2 > candidate.inside:
            return "-".join(
                " ".join(
                    word if word in function_words() - {"us"} else self._english.spelling(word, capital=True)
                    for word in part.split(" ")
                )
                for part in phrase.split("-")
            )
        return phrase

    def _find_examples(self) -> None:
        linker = self._linker
        tops = {key: [c.english.lower() for c in chosen[:_MOST]] for key, chosen in self._chosen.items()}
        for number, pair in enumerate(self._book.pairs):
            lower = [word.lower() for word in pair.words]
            for key, units, reading in linker.words_of(pair):
                if key not in tops:
                    continue
                span = linker.phrase_span(pair, lower, units, key, reading)
                if span:
                    phrase, _ = linker.phrase(lower, span, key)
                    self._book.offer(number, key, phrase, tops[key])
        self._report(f"examples chosen from {len(self._book.pairs)} free pairs")

    def write(self, path: Path) -> None:
        """Put the entries together and write the file."""
        heads = {key[0]: parts[-1] for key, parts in self._parts.items() if key[1] == "noun"}
        facts = NounFacts(self._counts, self._readings, lambda noun: heads.get(noun, ""))
        facts.train([lemma for lemma, pos in sorted(self._lemmas) if pos == "noun"])
        ranked = sorted(self._lemmas, key=lambda key: (-self._lemmas[key], key))
        bands = {key: 1 + sum(rank >= limit for limit in _BANDS) for rank, key in enumerate(ranked)}
        entries = []
        for key in ranked:
            lemma, pos = key
            chosen = self._chosen.get(key, ())
            if not chosen and self._lemmas[key] < _SEEN_FOR_ENTRY:
                continue
            gender = plural = ""
            if pos == "noun":
                gender = facts.gender(lemma, facts.adjectival(lemma))
                plural = facts.plural(lemma, gender)
            total = sum(item.weight for item in chosen) or 1.0
            entry = Entry(
                lemma,
                cast(Pos, pos),
                cast(Gender, gender),
                plural,
                bands[key],
                self._lemmas[key],
                self._parts.get(key, ()),
                tuple(Rendering(item.english, item.weight / total, item.count) for item in chosen[:_MOST]),
                (),
            )
            entries.append((entry, self._book.chosen(key)))
        meta = {
            "pairs": str(self._pairs),
            "lemmas": str(len(entries)),
            "translated": str(sum(bool(entry.translations) for entry, _ in entries)),
        }
        self._report(f"{meta['lemmas']} entries, {meta['translated']} with translations")
        write_lexicon(path, entries, self._irregular_forms(), self._book.pairs, meta)

    def _irregular_forms(self) -> dict[tuple[str, str], str]:
        """Return the forms whose lemma the run time would not find without the counts of the corpus."""
        found: dict[tuple[str, str], str] = {}
        for form, reading in self._readings.items():
            analysis = self._analyses[form][0]
            if reading.pos != "noun" or reading.tag != analysis.tag:
                continue
            if corrected_lemma(form, analysis, lambda _: 0) != reading.lemma:
                found[form, reading.pos] = reading.lemma
        return found
