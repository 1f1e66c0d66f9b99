"""Nouns, verbs, adjectives and adverbs: which translation is meant here, and in which form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from models.lexicon import Entry, WordExplainer, WordInfo
from models.lexicon import inflection as forms
from models.lexicon.analysis import Word
from models.literal.choosing import linked_wording
from models.literal.context import Sentence
from models.literal.german import degree, verb_form
from models.literal.tables import function_glosses
from models.literal.values import GlossSource

_ALIKE: Final = 5  # letters that show that two English words belong together: constitution, constitutional
_NOT_ALONE: Final = frozenset({"able", "s", "have", "be", "do"})
_NO_VERB: Final = re.compile(
    r"^(?:worse|able|goodbye|failure|.+(?:tion|ness|ism|ity|ible|able|ful|ous|ment))$(?<!mention)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A gloss and where it comes from."""

    english: str
    source: GlossSource


class ContentGlosser:
    """Glosses content words by the lexicon, led by the translation where that has a word of the lexicon's."""

    def __init__(self, explainer: WordExplainer) -> None:
        self._explainer = explainer

    def gloss(self, sentence: Sentence, number: int, word: Word, given: Sequence[str]) -> Choice:
        """Return the gloss of the word at a token; `given` are wordings the glossary has for it."""
        info = sentence.infos[word]
        linked = self._linked(sentence, word)
        if given:
            chosen = linked_wording(given, self._forms(word), sentence.english, linked) or given[0]
            return Choice(self._inflected(sentence, number, word, chosen, given), "term")
        wordings = self._wordings(word, info)
        if word.lemma == "heißen" and "es" in (sentence.lower(number - 1), sentence.lower(number + 1)):
            wordings = ("say",)  # "hieß es": somebody said
        if word.pos == "number" and not wordings:
            return Choice(sentence.tokens[number].text, "kept")
        confirmed = linked_wording(wordings, self._forms(word), sentence.english, linked)
        if confirmed:
            return Choice(self._inflected(sentence, number, word, confirmed, wordings), "sentence")
        parts = self._parts(sentence, word, info, linked)
        if parts and parts.source == "sentence":
            return parts
        if word.pos == "name" and not _is_translated_name(info):
            return Choice(_name(sentence, number, word.lemma), "kept")
        if wordings:
            return Choice(self._inflected(sentence, number, word, wordings[0], wordings), "lexicon")
        if parts:
            return Choice(self._inflected(sentence, number, word, parts.english, ()), parts.source)
        if word.pos == "name":
            return Choice(_name(sentence, number, word.lemma), "kept")
        if linked:
            return Choice(" ".join(sentence.english[place] for place in sorted(linked)), "linked")
        return Choice("", "none")

    def _wordings(self, word: Word, info: WordInfo) -> tuple[str, ...]:
        renderings = [each.english for each in info.translations]
        if (
            word.pos == "noun"
            and word.lemma.endswith("in")
            and (not renderings or info.translations[0].share < 0.6)
        ):
            # Ministerin is rarer than Minister, and so less well known.
            other = self._explainer.lexicon.look_up(word.lemma[:-2], "noun")
            if other and other.translations and other.translations[0].share >= 0.5:
                renderings = [each.english for each in other.translations] + renderings
        renderings = [each for each in renderings if not _is_partial(each, info)]
        if not renderings and word.pos == "adjective":
            renderings = [each.english for each in self._participle_of(word)]
        if word.pos == "verb":
            renderings = self._verbs(renderings)
        return tuple(renderings)

    def _participle_of(self, word: Word) -> tuple[_Participle, ...]:
        """Return the forms of the verb that an adjective is a participle of, if the lexicon lacks it."""
        lemma = word.lemma
        if lemma.endswith("nd"):
            entry = self._explainer.lexicon.look_up(lemma[:-1], "verb")
            return _participles(entry, forms.gerund)
        if re.search(r"(?:t|en)$", lemma):
            infinitive = self._explainer.tagger.analyse(lemma, "VV(PP)").lemma
            entry = self._explainer.lexicon.look_up(infinitive, "verb")
            return _participles(entry, forms.participle)
        return ()

    @staticmethod
    def _forms(word: Word) -> Callable[[str], frozenset[str]]:
        if word.pos in {"noun", "name"}:
            # A noun may have become a verb in English: "nach der Wahl" - "after they voted".
            return lambda phrase: forms.noun_forms(phrase)
        if word.pos == "verb":
            return lambda phrase: forms.verb_forms(phrase)
        return lambda phrase: forms.adjective_forms(phrase)

    @staticmethod
    def _linked(sentence: Sentence, word: Word) -> dict[int, float]:
        found: dict[int, float] = {}
        for token in word.tokens:
            for place, weight in sentence.links.get(token, {}).items():
                found[place] = max(weight, found.get(place, 0.0))
        return found

    def _parts(
        self, sentence: Sentence, word: Word, info: WordInfo, linked: dict[int, float]
    ) -> Choice | None:
        """Gloss a compound by its parts: as the translation has them, else joined with a hyphen."""
        if len(info.parts) < 2:
            return None
        if word.pos == "verb":
            return self._verb_by_parts(sentence, word, info)
        each_part = [
            [r.english for r in part.entry.translations] if part.entry else [] for part in info.parts
        ]
        known = {
            form[:_ALIKE] for wordings in each_part for each in wordings for form in forms.noun_forms(each)
        }
        run = sorted(linked)
        texts = [sentence.english[place] for place in run]
        if len(run) > 1 and run[-1] - run[0] == len(run) - 1:
            plain = [text.lower().removesuffix("'s").removesuffix("’s") for text in texts]
            if all(text[:_ALIKE] in known for text in plain):
                return Choice(" ".join(texts), "sentence")
        if not all(each_part):
            return None
        return Choice("-".join(wordings[0] for wordings in each_part), "parts")

    def _verb_by_parts(self, sentence: Sentence, word: Word, info: WordInfo) -> Choice | None:
        """Gloss a separable verb that the lexicon lacks by its base and prefix: vote against it."""
        prefix, base = info.parts[0], info.parts[-1]
        wordings = self._verbs([r.english for r in base.entry.translations]) if base.entry else []
        if not wordings:
            return None
        linked = self._linked(sentence, word)
        verb = linked_wording(wordings, forms.verb_forms, sentence.english, linked) or wordings[0]
        known = function_glosses().get((prefix.lemma, ""))
        rest = (
            known[0]
            if known
            else (prefix.entry.translations[0].english if prefix.entry and prefix.entry.translations else "")
        )
        return Choice(f"{verb} {rest}".strip(), "parts")

    @staticmethod
    def _verbs(wordings: Sequence[str]) -> list[str]:
        """Leave out what is no verb (failure, worse) or stands for the auxiliary beside the verb."""
        verbs = [each for each in wordings if each not in _NOT_ALONE and not _NO_VERB.search(each)]
        return verbs or list(wordings)

    def _inflected(
        self, sentence: Sentence, number: int, word: Word, wording: str, others: Sequence[str]
    ) -> str:
        form = sentence.tokens[number].text
        if word.pos == "verb":
            return self._verb(sentence, number, word, wording)
        if word.pos == "noun" and word.tag != "TRUNC":
            if word.tag != "NNI" and self._is_plural(sentence, number, wording):
                return forms.plural(wording)
            return wording
        if word.pos == "name":
            return _name(sentence, number, wording)
        if word.pos in {"adjective", "adverb"}:
            return _adjective(sentence, number, word, form, wording, others)
        return wording

    @staticmethod
    def _is_plural(sentence: Sentence, number: int, wording: str) -> bool:
        counted = sentence.number_of(number)
        if counted:
            return counted == "plural"
        linked = sentence.links.get(number, {})
        return any(sentence.english[place].lower() == forms.plural(wording).lower() for place in linked)

    @staticmethod
    def _verb(sentence: Sentence, number: int, word: Word, wording: str) -> str:
        form = verb_form(sentence.tokens[number].text, word.lemma, word.tag, split=len(word.tokens) > 1)
        if form == "infinitive":
            return f"to {wording}" if "IZU" in word.tag else wording
        if form == "unreal":
            return f"would {wording}"
        return {
            "participle": forms.participle,
            "third": forms.third_person,
            "plural": forms.present_plural,
            "past": forms.past,
        }[form](wording)


@dataclass(frozen=True, slots=True)
class _Participle:
    english: str


def _participles(entry: Entry | None, form: Callable[[str], str]) -> tuple[_Participle, ...]:
    return tuple(_Participle(form(each.english)) for each in entry.translations) if entry else ()


def _is_partial(wording: str, info: WordInfo) -> bool:
    """Return whether a wording translates one part of a compound only, while all its parts are known."""
    if len(info.parts) < 2 or " " in wording or "-" in wording:
        return False
    heads = [
        {r.english.lower()[:_ALIKE] for r in p.entry.translations} if p.entry else set() for p in info.parts
    ]
    return all(heads) and any(wording.lower()[:_ALIKE] in head for head in heads)


def _is_translated_name(info: WordInfo) -> bool:
    """Return whether English has a name of its own for it (Deutschland), and not just a stray translation."""
    return bool(info.translations) and info.translations[0].share >= 0.5


def _name(sentence: Sentence, number: int, wording: str) -> str:
    """Put a name in the genitive where the German has it: before its noun 's, after it "of"."""
    token, word = sentence.tokens[number].text, sentence.words[number]
    if word is None or token == word.lemma or not token.endswith(("s", "’", "'")):
        return wording
    if sentence.pos(number - 1) == "noun":
        return f"of {wording}"
    return forms.possessive(wording)


def _adjective(
    sentence: Sentence, number: int, word: Word, form: str, wording: str, others: Sequence[str]
) -> str:
    step = degree(form, word.lemma, word.tag)
    higher = {f for each in others for f in (forms.comparative(each), forms.superlative(each))}
    if not step:
        # The lexicon may have "later" before "late".
        plain = [each for each in others if each not in higher]
        return plain[0] if wording in higher and plain else wording
    if wording in higher:
        return wording
    return forms.comparative(wording) if step == "comparative" else forms.superlative(wording)
