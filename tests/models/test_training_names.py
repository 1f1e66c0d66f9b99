"""Names replaced by other names in training pairs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from models.training.alignment import pack_links
from models.training.arrays import PairArrays
from models.training.batches import BatchMaker
from models.training.names import Found, Names, Renamer, ambiguous_names, names_in
from models.training.rows import Row
from models.training.settings import Sampling
from models.training.units import SPACE, Vocabulary
from models.training.vocabulary import encode_rows
from tests.models.packages_help import embedded_vocabulary

GERMAN = "Kochs Software gefällt Anna Koch in Gotha im April nicht („Gotha“)."
ENGLISH = "Koch's Software is not to Anna Koch's liking in Gotha in April (“Gotha”)."
POOL = Names(places=("Bottrop", "Ueckermünde", "Xanten"), others=("Anna", "Koch", "Sönnichsen", "Wolff"))


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """The vocabulary of the embedded package."""
    return Vocabulary(embedded_vocabulary(tmp_path_factory.mktemp("spm")))


def aligned(
    vocabulary: Vocabulary, german: str = GERMAN, english: str = ENGLISH, tier: str = "news"
) -> PairArrays:
    """Return a pair, its equal words linked in their order, as arrays."""
    plain = encode_rows([Row(tier, "sample", german, english)], vocabulary)
    table = vocabulary.units
    own, other = table.texts(plain.source_ids(0)), table.texts(plain.target_ids(0))
    links: set[tuple[int, int]] = set()
    for s, word in enumerate(own):
        taken = {t for _, t in links}
        free = (t for t, e in enumerate(other) if t not in taken and e != SPACE and word in (e, e + "s"))
        links |= {(s, t) for t in islice(free, 1)}
    return PairArrays(plain.source, plain.target, plain.group, plain.groups, pack_links([frozenset(links)]))


def test_names_are_words_alike_on_both_sides(vocabulary: Vocabulary) -> None:
    german = ["Minister", "Robert", "Habeck", "sprach", "in", "Gera", "über", "Russlands", "Gas"]
    english = [
        "Robert",
        "Habeck",
        ",",
        "the",
        "minister",
        ",",
        "spoke",
        "in",
        "Gera",
        "about",
        "Russia",
        "gas",
    ]
    links = [(0, 3), (0, 4), (1, 0), (2, 1), (3, 6), (4, 7), (5, 8), (6, 9), (7, 10), (8, 11)]
    found = list(names_in(german, english, links))
    assert found == [
        Found(1, 0, "Robert", False, False),
        Found(2, 1, "Habeck", False, False),
        Found(5, 8, "Gera", True, False),
    ]
    assert not list(names_in(german, english, [*links, (5, 7), (1, 1), (2, 0)])), "linked to more than itself"
    genitive = list(names_in(["Kochs", "Rede"], ["Koch", "’", "s", "speech"], [(0, 0), (0, 2), (1, 3)]))
    assert genitive == [Found(0, 0, "Koch", False, True)]
    assert not list(names_in(["Kochs", "Rede"], ["Koch", "speech"], [(0, 0)])), "no genitive in English"
    for word in ("EZB", "April", "Dr", "Al", "x9", "gera"):
        assert not list(names_in([word], [word], [(0, 0)]))


def test_names_are_what_english_has_not_in_small_letters() -> None:
    found = {"Gera": Counter({True: 3, False: 1}), "Software": Counter({False: 9}), "Koch": Counter([False])}
    assert Names.counted(found, Counter({"software": 40, "town": 8})) == Names(("Gera",), ("Koch",))


def test_names_are_collected_and_kept(vocabulary: Vocabulary, tmp_path: Path) -> None:
    names = Names.of(aligned(vocabulary), vocabulary.units)
    assert names.places == ()
    assert set(names.others) == {"Anna", "Koch", "Gotha", "Software"}, "Gotha stands once of two after in"
    plain = aligned(vocabulary, "In Gotha regnet es.", "It is raining in Gotha, where software is written.")
    assert Names.of(plain, vocabulary.units) == Names(("Gotha",), ())
    manual = aligned(vocabulary, tier="technical")
    assert Names.of(manual, vocabulary.units).count == 0
    names.save(tmp_path / "names.json")
    assert Names.load(tmp_path / "names.json") == names


def test_names_are_replaced_on_both_sides(vocabulary: Vocabulary) -> None:
    arrays = aligned(vocabulary)
    pool = Names((*POOL.places, "Gotha"), POOL.others)
    renamer = Renamer(pool, vocabulary)
    source, target, links = arrays.source_ids(0), arrays.target_ids(0), arrays.links_of(0)
    table = vocabulary.units
    towns: set[str] = set()
    surnames: set[str] = set()
    for seed in range(100):
        made = renamer.renamed(source, target, links, np.random.default_rng(seed))
        if made is None:
            continue
        own, other = table.texts(made.source), table.texts(made.target)
        assert (len(own), len(other)) == (len(table.texts(source)), len(table.texts(target)))
        german, english = (vocabulary.decode(side.tolist()) for side in (made.source, made.target))
        assert re.search(r"Software gefällt .* im April nicht \(„", german), german
        for s, t in links:
            assert own[s].removesuffix("s") == other[t].removesuffix("s"), (german, english)
        town = own[own.index("in") + 1]
        assert f"(„{town}“)" in german, "one name, one other name"
        assert f"(“{town}”)" in english, "one name, one other name"
        towns.add(town)
        surnames.add(own[own.index("in") - 1])
        assert made.source.tolist() == vocabulary.encode(german), "its pieces are those of its text"
        for term in made.terms:
            assert vocabulary.decode(made.source[term.start : term.end].tolist()) in (
                term.english,
                term.english + "s",
            )
        assert len(made.terms) == 5, "Koch twice, Anna and Gotha twice"
    assert {"Bottrop", "Ueckermünde", "Xanten", "Gotha"} <= towns
    assert towns & set(ambiguous_names()["place"])
    assert surnames & set(ambiguous_names()["surname"])
    known = {*pool.places, *pool.others, *ambiguous_names()["place"], *ambiguous_names()["surname"]}
    assert towns - known, "some are put together from two"


def test_a_first_name_is_not_taken_for_a_word(vocabulary: Vocabulary) -> None:
    drawn = {POOL.draw(place=False, last=False, chance=np.random.default_rng(seed)) for seed in range(200)}
    assert not drawn & set(ambiguous_names()["surname"]) - set(POOL.others)
    drawn = {POOL.draw(place=False, last=True, chance=np.random.default_rng(seed)) for seed in range(200)}
    assert len(drawn & set(ambiguous_names()["surname"])) > 20


def test_the_ambiguous_names_are_sound() -> None:
    for names in ambiguous_names().values():
        assert len(names) > 90
        assert len(set(names)) == len(names)
        assert all(name.istitle() and name.isalpha() and len(name) > 2 for name in names)


def test_a_pair_without_names_stays(vocabulary: Vocabulary) -> None:
    arrays = aligned(vocabulary, "Das Wetter ist gut.", "The weather is fine.")
    renamer = Renamer(POOL, vocabulary)
    chance = np.random.default_rng(1)
    assert renamer.renamed(arrays.source_ids(0), arrays.target_ids(0), arrays.links_of(0), chance) is None


def test_batches_with_other_names_keep_their_links(vocabulary: Vocabulary) -> None:
    arrays = aligned(vocabulary)
    sampling = Sampling(annotated=0, disturbed=0, renamed=1.0)
    maker = BatchMaker(
        arrays, vocabulary, 100_000, sampling=sampling, names=Names(("Gotha", "Xanten"), POOL.others)
    )
    [batch] = maker.make((1, np.zeros(40, np.int64)))
    assert len({tuple(row) for row in batch.source.tolist()}) > 20
    assert batch.links is not None
    table = vocabulary.units
    opening = vocabulary.id_of("<t>")
    towns: set[str] = set()
    told = 0
    for row in range(40):
        source, target = batch.source[row], batch.target_out[row]
        linked = {(s, t) for r, t, s in batch.links.tolist() if r == row}
        spans = table.spans(source.astype(np.uint16))
        at = next(n for n, span in enumerate(spans) if table.text(source[slice(*span)]) == "in") + 1
        told += opening in source.tolist()
        start, end = spans[at + (source[spans[at][0]] == opening)]
        pieces = source[start:end].tolist()
        for place, piece in enumerate(pieces, start):
            assert piece in {target[t] for s, t in linked if s == place}, "each piece is linked to its own"
        towns.add(table.text(np.array(pieces)))
    assert {"Gotha", "Xanten"} < towns
    assert 4 < told < 25, "in some rows the model is told the names"
