"""The literal line: every word of a German sentence with its English at this place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from models.lexicon import WordExplainer, WordInfo
from models.lexicon.analysis import Word
from models.lexicon.inflection import indefinite_article
from models.lexicon.tokens import Token
from models.literal.auxiliaries import auxiliary_gloss
from models.literal.closed import closed_gloss
from models.literal.content import ContentGlosser
from models.literal.context import Sentence, english_words, linked_words
from models.literal.tables import group
from models.literal.values import Gloss, Span
from models.translation.values import Link


class LiteralGlosser:
    """Glosses sentences word by word. Loads nothing before the first sentence; thread-safe."""

    def __init__(self, explainer: WordExplainer) -> None:
        self._explainer = explainer
        self._content = ContentGlosser(explainer)

    def line(
        self,
        german: str,
        english: str = "",
        links: Sequence[Link] = (),
        given: Mapping[Span, Sequence[str]] | None = None,
    ) -> tuple[Gloss, ...]:
        """Return the words of a sentence in order, each with its gloss.

        Args:
            german: the sentence.
            english: its translation, if there is one: it decides between the lexicon's translations.
            links: the word links between the two.
            given: English wordings for words that a glossary has, by the word's characters.

        Raises:
            LexiconError: the lexicon is missing or broken.

        """
        sentence = self._sentence(german, english, links)
        glosses = [
            self._gloss(sentence, number, word, given or {})
            for number, word in enumerate(sentence.words)
            if word is not None
        ]
        return _with_marks(german, _with_articles(glosses))

    def _sentence(self, german: str, english: str, links: Sequence[Link]) -> Sentence:
        analysis = self._explainer.analyse(german)
        distinct = dict.fromkeys(word for word in analysis.words if word is not None)
        infos = dict(zip(distinct, self._explainer.explain_all(german), strict=True))
        words = list(analysis.words)
        for joined in distinct:
            if len(joined.tokens) > 1 and not infos[joined].translations:
                for word in self._parted(analysis.tokens, joined):
                    words[word.tokens[0]] = word
                    infos[word] = self._info_of(analysis.tokens, word)
        spans = english_words(english)
        return Sentence(
            analysis.tokens,
            tuple(words),
            infos,
            tuple(english[start:end] for start, end in spans),
            linked_words(analysis.tokens, spans, links),
        )

    def _parted(self, tokens: Sequence[Token], joined: Word) -> tuple[Word, ...]:
        """Take a verb and an adjective apart that only look like a split verb ("bleibt hoch")."""
        verb, prefix = joined.tokens
        form = tokens[prefix].text.lower()
        if form not in group("adjective prefixes"):
            return ()
        base = joined.lemma.removeprefix(form)
        return Word((verb,), base, "verb", joined.tag, ""), Word((prefix,), form, "adjective", "ADJ(D)", "")

    def _info_of(self, tokens: Sequence[Token], word: Word) -> WordInfo:
        token = tokens[word.tokens[0]]
        entry = self._explainer.lexicon.look_up(word.lemma, word.pos)
        return WordInfo(
            form=token.text,
            spans=((token.start, token.end),),
            lemma=word.lemma,
            pos=word.pos,
            gender="",
            plural="",
            principal="",
            prefix="",
            contraction="",
            band=entry.band if entry else 6,
            parts=(),
            entry=entry,
            known=entry is not None,
        )

    def _gloss(
        self, sentence: Sentence, number: int, word: Word, given: Mapping[Span, Sequence[str]]
    ) -> Gloss:
        token = sentence.tokens[number]
        if len(word.tokens) > 1 and number == word.tokens[1]:
            verb = sentence.tokens[word.tokens[0]]
            return Gloss(token.start, token.end, token.text, "", "verb", (verb.start, verb.end))
        partner: Span | None = None
        if len(word.tokens) > 1:
            prefix = sentence.tokens[word.tokens[1]]
            partner = (prefix.start, prefix.end)
        if token.text.isdigit():
            return Gloss(token.start, token.end, token.text, token.text, "kept")
        wanted = given.get((token.start, token.end), ())
        grammar = None if wanted else auxiliary_gloss(sentence, number) or closed_gloss(sentence, number)
        if grammar:
            return Gloss(token.start, token.end, token.text, grammar, "grammar", partner)
        choice = self._content.gloss(sentence, number, word, wanted)
        return Gloss(token.start, token.end, token.text, choice.english, choice.source, partner)


def _with_articles(glosses: Sequence[Gloss]) -> list[Gloss]:
    """Say "an" before a vowel."""
    done = list(glosses)
    for number, (gloss, following) in enumerate(pairwise(glosses)):
        if gloss.source == "grammar" and gloss.english in {"a", "of a"}:
            article = gloss.english[:-1] + indefinite_article(following.english)
            done[number] = replace(gloss, english=article)
    return done


def _with_marks(german: str, glosses: Sequence[Gloss]) -> tuple[Gloss, ...]:
    """Give each word the marks around it: those after it up to a space, and opening ones to the next."""
    done = []
    passed = 0
    for number, gloss in enumerate(glosses):
        end = glosses[number + 1].start if number + 1 < len(glosses) else len(german)
        between = german[gloss.end : end]
        after, _, rest = between.partition(" ")
        # A number or dash without a gloss keeps its distance (17.30 Uhr); an opening mark has none.
        before = german[passed : gloss.start].lstrip()
        done.append(
            replace(gloss, before=before, after=after if _ or number + 1 == len(glosses) else between)
        )
        passed = gloss.end + len(after) if rest.strip() else end
    return tuple(done)
