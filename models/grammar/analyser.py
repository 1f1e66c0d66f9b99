"""The notes of a sentence: every rule, in the order of the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from models.grammar.attributes import AttributeRule
from models.grammar.clauses import conditional, separable, verb_final
from models.grammar.context import Context
from models.grammar.fixed import light_verbs, pointers, zu_infinitives
from models.grammar.genitives import genitive_prepositions, genitive_verbs, genitives
from models.grammar.konjunktiv_one import konjunktiv_one
from models.grammar.konjunktiv_two import konjunktiv_two
from models.grammar.objects import dative_verbs, order
from models.grammar.parsing import Parser
from models.grammar.passives import passives
from models.grammar.phrases import PhraseFinder
from models.grammar.sentence import Item
from models.grammar.values import KINDS, GrammarNote
from models.lexicon import WordExplainer
from models.lexicon.values import Gender

Rule = Callable[[Context], Iterator[GrammarNote]]
_RULES: Final[tuple[Rule, ...]] = (
    separable,
    verb_final,
    conditional,
    konjunktiv_one,
    konjunktiv_two,
    passives,
    genitives,
    genitive_prepositions,
    genitive_verbs,
    dative_verbs,
    order,
    pointers,
    light_verbs,
    zu_infinitives,
)
_LONGEST: Final = 1500  # characters; longer "sentences" are lists or tables


class GrammarAnalyser:
    """Says what is hard about a German sentence. Thread-safe; loads HanTa and the lexicon when first asked.

    Give it the explainer that the rest of the program uses, so that both load their data once.
    """

    def __init__(self, explainer: WordExplainer | None = None) -> None:
        self._explainer = explainer or WordExplainer()
        self._parser = Parser(self._explainer.analyse, self._explainer.tagger)
        self._rules: tuple[Rule, ...] = (*_RULES, AttributeRule(self._explainer.tagger))
        self.notes = lru_cache(maxsize=256)(self._notes)

    def _notes(self, sentence: str) -> tuple[GrammarNote, ...]:
        """Return the notes of one German sentence in its order; none for more than 1,500 characters.

        Raises LexiconError if the lexicon is missing.
        """
        if len(sentence) > _LONGEST or not sentence.strip():
            return ()
        context = self.context(sentence)
        found = [note for rule in self._rules for note in rule(context)]
        return tuple(sorted(found, key=lambda note: (note.spans[0], KINDS.index(note.kind))))

    def context(self, sentence: str) -> Context:
        """Return what the rules see of a sentence."""
        parse = self._parser.parse(sentence)

        def facts(item: Item) -> tuple[Gender, str]:
            info = self._explainer.explain(sentence, item.start)
            return (info.gender, info.plural) if info else ("", "")

        phrases = PhraseFinder(facts).phrases(parse)
        return Context(parse, phrases, self._explainer.lexicon.count, self._parser.could_be)
