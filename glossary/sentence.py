"""A German sentence as the finder sees it: words, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary.spelling import Token, shouted, word_set, words

# Between the words of one term: white space, at most one quotation mark, hyphen or slash.
_JOIN = re.compile(r"\s*[„“”\"'‚‘’»«/–-]?\s*")
_CLAUSE_ENDERS = word_set(
    """
    und oder aber sowie als wie denn sondern bzw beziehungsweise doch wenn weil obwohl um ohne statt
    """
)
_CLAUSE_MARKS = frozenset(',.;:!?…)]}–—“”"»«’‘')
# No full stop here: inside one sentence it belongs to an ordinal or an abbreviation (zum 1. Januar).
_HARD_MARKS = re.compile(r"[;:!?](?!\w)")
_OPENERS = frozenset("„“”\"»«‚‘':(–—•*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence, with questions about their surroundings."""

    text: str
    tokens: tuple[Token, ...]
    shouted: bool

    def joined(self, index: int) -> bool:
        """Whether nothing but a space, hyphen, slash or quotation mark parts this word from the next."""
        between = self.text[self.tokens[index].end : self.tokens[index + 1].start]
        if between == " ":
            return True
        if between[:1] == "." and self.tokens[index].text[-1].isdigit():
            # 9. November, 13. AHV-Rente
            between = between[1:]
        return _JOIN.fullmatch(between) is not None

    def begins(self, index: int) -> bool:
        """Whether a sentence, quotation or clause after a colon begins at this word."""
        if index == 0:
            return True
        between = self.text[self.tokens[index - 1].end : self.tokens[index].start]
        return any(mark in _OPENERS or mark in ".!?" for mark in between)

    def parted(self, index: int) -> bool:
        """Whether a punctuation mark parts this word from the next."""
        between = self.text[self.tokens[index].end : self.tokens[index + 1].start]
        return any(mark in _CLAUSE_MARKS for mark in between)

    def clause_ends(self, index: int) -> bool:
        """Whether the clause ends after this word: punctuation, a conjunction, or the end of the text."""
        if index + 1 >= len(self.tokens):
            return True
        following = self.tokens[index + 1]
        between = self.text[self.tokens[index].end : following.start].strip()
        return bool(between and between[0] in _CLAUSE_MARKS) or following.text in _CLAUSE_ENDERS

    def hard_break(self, first: int, last: int) -> bool:
        """Whether a full stop, semicolon, colon or the like stands between two words."""
        return _HARD_MARKS.search(self.text, self.tokens[first].end, self.tokens[last].start) is not None

    def lower_words(self, first: int, last: int) -> list[str]:
        """The words [first, last), within the sentence, in lower case."""
        return [token.text.lower() for token in self.tokens[max(first, 0) : max(last, 0)]]


def sentence(text: str) -> Sentence:
    """Cut a sentence into words."""
    tokens = words(text)
    return Sentence(text, tokens, shouted(tokens))
