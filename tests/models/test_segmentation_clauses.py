"""Cutting over-long sentences."""

from __future__ import annotations

import random
import time

import pytest

from models.segmentation import clauses


def words(text: str) -> int:
    return len(text.split())


def parts(text: str, longest: int) -> list[str]:
    return [text[start:end] for start, end in clauses(text, longest, words)]


def test_short_sentence_stays_whole() -> None:
    assert clauses("Das ist kurz.", 10, words) == ((0, 13),)
    assert clauses("", 10, words) == ()


@pytest.mark.parametrize(
    ("text", "longest", "wanted"),
    [
        (
            "Die Länder zahlen, der Bund hilft ihnen; am Ende streiten sich alle, wie immer.",
            10,
            ["Die Länder zahlen, der Bund hilft ihnen; ", "am Ende streiten sich alle, wie immer."],
        ),
        (
            "Der Minister, ein alter Freund, sagte am Abend, dass er gehen wolle und müsse.",
            11,
            ["Der Minister, ein alter Freund, sagte am Abend, ", "dass er gehen wolle und müsse."],
        ),
        (
            "Er sprach lange vor dem Plenum und die Abgeordneten hörten ihm bis Mitternacht zu.",
            9,
            ["Er sprach lange vor dem Plenum ", "und die Abgeordneten hörten ihm bis Mitternacht zu."],
        ),
        ("eins zwei drei vier fünf", 2, ["eins zwei ", "drei vier ", "fünf"]),
        ("Die Koalition – so heißt es – steht.", 4, ["Die Koalition ", "– so heißt es ", "– steht."]),
        ("Sie kostet 3,5 Mio. Euro im Jahr.", 4, ["Sie kostet 3,5 Mio. ", "Euro im Jahr."]),
    ],
)
def test_cuts_where_a_reader_pauses(text: str, longest: int, wanted: list[str]) -> None:
    assert parts(text, longest) == wanted


def test_accent_stays_with_its_letter() -> None:
    text = "u\u0308" * 9
    assert all(text[start] == "u" for start, _ in clauses(text, 5, len))


@pytest.mark.parametrize("seed", range(30))
def test_spans_cover_the_text_and_fit(seed: int) -> None:
    chance = random.Random(seed)
    measures = (
        len,
        words,
        lambda text: len(text.encode()),
        lambda text: 3 * text.count("e") + len(text) // 4,
    )
    for _ in range(20):
        text = "".join(chance.choices([*"abeü ,;:–-\u0308🙂\n", ", und ", " dass "], k=chance.randrange(200)))
        longest = chance.randrange(1, 30)
        for measure in measures:
            spans = clauses(text, longest, measure)
            assert "".join(text[start:end] for start, end in spans) == text
            assert all(end - start == 1 or measure(text[start:end]) <= longest for start, end in spans)


def test_long_run_is_cut_in_linear_time() -> None:
    begin = time.perf_counter()
    for text in ("x" * 20_000, "wort " * 20_000, "a, " * 20_000):
        assert "".join(text[start:end] for start, end in clauses(text, 180, len)) == text
    assert time.perf_counter() - begin < 10


def test_longest_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        clauses("Text", 0, len)
