"""What every rule gets: the parsed sentence, its phrases, and small questions about both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.grammar.lists import named
from models.grammar.phrases import Phrase
from models.grammar.sentence import Clause, Item, Parse
from models.grammar.values import GrammarNote


@dataclass(frozen=True)
class Context:
    """A sentence as the rules see it. `count` knows how often a lemma is in the lexicon's corpus."""

    parse: Parse
    phrases: tuple[Phrase, ...]
    count: Callable[[str], int]
    could_be: Callable[[str, str], bool]

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the words and marks."""
        return self.parse.items

    def note(
        self, kind: str, numbers: Sequence[int], label: str, explanation: str, rewritten: str = ""
    ) -> GrammarNote:
        """Return a note about the items of these numbers."""
        return GrammarNote(kind, self.parse.spans(numbers), label, explanation, rewritten)

    def form(self, *numbers: int) -> str:
        """Return items as the sentence has them, in quotation marks."""
        return f"“{self.parse.form(*numbers)}”"

    def words(self, phrase: Phrase, *, preposition: bool = False) -> str:
        """Return a phrase as the sentence has it, in quotation marks."""
        first = phrase.preposition if preposition and phrase.preposition >= 0 else phrase.first
        return f"“{self.parse.text_of(first, phrase.last)}”"

    def lemma(self, number: int) -> str:
        """Return the lemma of an item, with the prefix if its other half stands elsewhere."""
        return self.items[number].lemma

    def main_verb(self, clause: Clause) -> int:
        """Return the number of the verb that carries the meaning, or -1."""
        if clause.finite >= 0 and self.items[clause.finite].tag.startswith("VV"):
            full = self.items[clause.finite].lemma not in named("governs an infinitive")
            if full or not clause.rest:
                return clause.finite  # "ging voraus, gefolgt von": the participle is no part of the group
        return clause.rest[0] if clause.rest else clause.finite

    def bare(self, clause: Clause) -> Iterator[Phrase]:
        """Yield the phrases of a clause that no preposition governs."""
        for phrase in self.phrases:
            if phrase.preposition < 0 and phrase.first in clause.items:
                yield phrase

    def lows(self, clause: Clause) -> frozenset[str]:
        """Return the words of a clause in lower case."""
        return frozenset(self.items[number].low for number in clause.items)

    @cached_property
    def all_lows(self) -> frozenset[str]:
        """Return the words of the sentence in lower case."""
        return frozenset(item.low for item in self.items)

    def text(self, number: int) -> str:
        """Return an item in lower case, "" outside the sentence."""
        return self.items[number].low if 0 <= number < len(self.items) else ""
