"""Words left out: which count, when they were left out, which hypothesis is shown."""

from __future__ import annotations

from dataclasses import dataclass

from models.translation.decoding import Decoder, Pending
from models.translation.omissions import content_words, omitted
from models.translation.pieces import Tokenizer
from models.translation.planning import plan

GERMAN = "Die Stadt zahlt der Schule das neue Dach."


def test_content_words_are_places_of_pieces(loaded: tuple[Tokenizer, Decoder]) -> None:
    pieces = loaded[0].encode(GERMAN)
    words = content_words(GERMAN, pieces)
    read = ["".join(pieces[place] for place in places).strip("\u2581") for places in words]
    assert read == ["Stadt", "zahlt", "Schule", "neue", "Dach"]


def test_a_word_without_attention_is_left_out() -> None:
    words = ((0,), (1, 2), (3,))
    pieces = ["▁a", "▁b", "c", "▁d"]
    rows = [[0.9, 0.1, 0.0, 0.0], [0.2, 0.3, 0.5, 0.0]]
    assert omitted(words, rows, pieces) == 1
    assert omitted(words, [*rows, [0.0, 0.0, 0.0, 0.25]], pieces) == 0
    assert omitted(words, [], pieces) == 0
    # What was told for a word counts for it.
    told = ["▁a", "▁b", "c", "<t>", "▁d", "<c>", "▁D", "</t>"]
    assert omitted(words, [[*row, 0.0, 0.0, 0.0, 0.0] for row in rows], told) == 1
    assert omitted(words, [[*row, 0.0, 0.3, 0.0, 0.0][:8] for row in rows], told) == 0


@dataclass(frozen=True, slots=True)
class Result:
    """What CTranslate2 returns."""

    hypotheses: list[list[str]]
    scores: list[float]
    attention: list[list[list[float]]]

    def result(self) -> Result:
        return self


def test_the_fuller_hypothesis_is_shown(loaded: tuple[Tokenizer, Decoder]) -> None:
    decoder = loaded[1]
    length = 3**decoder.length_penalty
    pieces, words = ["▁a", "▁b"], ((0,), (1,))
    full, short = [[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [1.0, 0.0]]

    def shown(behind: float, given: tuple[tuple[int, ...], ...]) -> list[str]:
        """The English, where the fuller hypothesis is so much less likely in all."""
        result = Result(
            [["▁x", "▁x"], ["▁x", "▁y"]], [-1.0 / length, (-1.0 - behind) / length], [short, full]
        )
        done = decoder.collect(Pending(pieces, result, given))
        assert done.attention == (full if done.hypotheses[0][0] == ["▁x", "▁y"] else short)
        assert len(done.hypotheses) == 1
        return done.hypotheses[0][0]

    assert shown(0.9, words) == ["▁x", "▁y"]
    assert shown(1.1, words) == ["▁x", "▁x"]
    assert shown(0.9, ()) == ["▁x", "▁x"]


def test_only_models_that_align_are_asked(loaded: tuple[Tokenizer, Decoder]) -> None:
    tokenizer, decoder = loaded
    [part] = plan(GERMAN, tokenizer, 70, aligned=True).parts
    assert part.words
    assert plan(GERMAN, tokenizer, 70).parts[0].words == ()
    # Sound English leaves none of them out.
    [pending] = decoder.submit([part.pieces], [part.words])
    assert omitted(part.words, decoder.collect(pending).attention, part.pieces) == 0
