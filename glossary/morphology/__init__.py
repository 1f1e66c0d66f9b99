"""All running forms of a German term, from the columns of its entry."""

from __future__ import annotations

from dataclasses import replace

from glossary.morphology.adjectives import inflected, noun_stem, positive_and_compared
from glossary.morphology.noun_phrases import ARTICLE_FORMS, NounPhrase, noun_phrase
from glossary.morphology.nouns import noun_forms, unstated_forms
from glossary.morphology.patterns import Case, Forms, Pattern, Slot, SplitPattern
from glossary.morphology.verbs import verb_forms
from glossary.spelling import fold, is_initialism, word_set, words
from glossary.terms import Term

__all__ = ["Forms", "Pattern", "Slot", "SplitPattern", "forms_of"]

# Words that show a dative, without which the old ending -e would be taken for another word (Rate, Lande).
_DATIVE_SIGNS = word_set(
    """
    dem im am vom zum beim einem diesem jenem seinem ihrem unserem keinem meinem welchem jedem
    """
)
_GAP_WORDS_IN_VERB_PHRASES = 5


def forms_of(term: Term) -> Forms:
    """Return every form under which the term runs in German texts."""
    if term.pos in ("noun", "name"):
        forms = _noun(term)
    elif term.pos == "verb":
        forms = _verb(term)
    elif term.pos == "adjective":
        forms = _adjective(term)
    else:
        forms = Forms((_literal(term.german),))
    return _with_abbreviations(forms, term)


def _slot(texts: set[str] | frozenset[str], case: Case) -> Slot:
    return Slot(frozenset(map(fold, texts)), case)


def _case_of(word: str, otherwise: Case = "free") -> Case:
    return "capital" if word[:1].isupper() else otherwise


def _literal(text: str, base: tuple[str, ...] | None = None) -> Pattern:
    tokens = [token.text for token in words(text)]
    slots = tuple(_fixed(token) for token in tokens)
    return Pattern(slots, base if base is not None else tuple(map(fold, tokens)))


def _fixed(word: str) -> Slot:
    if is_initialism(word):
        return Slot(frozenset({fold(word)}), "exact", frozenset(_initialism_spellings(word)))
    return _slot({word}, _case_of(word))


def _initialism_spellings(word: str) -> set[str]:
    """NATO is also written Nato; the genitive may take an s (des MdBs)."""
    spellings = {word}
    if len(word) >= 4 and word.isupper() and word.isalpha():
        spellings.add(word.capitalize())
    return spellings


# ---- nouns and names


def _noun(term: Term) -> Forms:
    phrase = noun_phrase(term)
    base = tuple(fold(token.text) for token in words(term.german))
    patterns: list[Pattern] = []
    if is_initialism(phrase.head):
        spellings = _initialism_spellings(phrase.head)
        spellings |= {spelling + "s" for spelling in spellings} | set(phrase.genitives) | set(phrase.plurals)
        head = Slot(frozenset(map(fold, spellings)), "exact", frozenset(spellings))
        patterns.append(_phrase_pattern(phrase, term.gender, head, base))
        return Forms(tuple(patterns))
    forms = noun_forms(
        phrase.head,
        term.gender,
        phrase.genitives,
        phrase.plurals,
        term.inflection,
        person=True,
    )
    if term.pos == "noun" and not term.inflection:
        unstated = unstated_forms(phrase.head, term.gender, phrase.genitives, term.plural)
        forms = replace(forms, plain=forms.plain | unstated)
    case = _case_of(phrase.head)
    pattern = _phrase_pattern(phrase, term.gender, _slot(forms.plain | forms.feminine, case), base)
    patterns.append(replace(pattern, adjectival=term.inflection == "adjectival"))
    if forms.dative_e:
        old = _phrase_pattern(phrase, term.gender, _slot(forms.dative_e, case), base)
        patterns.append(Pattern(old.slots, base, after=_DATIVE_SIGNS))
    for form in (term.german, *term.genitives, *term.plurals):
        literal = _literal(form, base)
        if not any(_covers(pattern, literal) for pattern in patterns):
            patterns.append(literal)
    single = not phrase.adjectives and not phrase.tail and not phrase.article
    if not single:
        if "-" in phrase.head and not phrase.tail and not phrase.article:
            # Robert Koch-Institut is also written Robert-Koch-Institut.
            front = "".join(fold(word) for word, _ in phrase.adjectives)
            keys = frozenset(front + fold(form) for form in forms.plain)
            patterns.append(Pattern((Slot(keys, "capital"),), ("".join(base),)))
        return Forms(tuple(patterns))
    patterns.extend(_spaced(phrase.head, forms.plain | forms.feminine))
    last = frozenset(map(fold, forms.plain | forms.feminine))
    stems = frozenset(map(fold, {phrase.head, *phrase.plurals, *_adjectival_stems(term, phrase.head)}))
    return Forms(tuple(patterns), stems=stems, endings=last)


def _adjectival_stems(term: Term, head: str) -> set[str]:
    """Abgeordnete stands as Abgeordneten- in compounds."""
    adjectival = term.inflection == "adjectival" or term.gender == "mf"
    return {noun_stem(head) + "en"} if adjectival and head.endswith("e") else set()


def _phrase_pattern(phrase: NounPhrase, gender: str, head: Slot, base: tuple[str, ...]) -> Pattern:
    slots: list[Slot] = [Slot(ARTICLE_FORMS, "free")] if phrase.article else []
    for adjective, inflects in phrase.adjectives:
        stem = noun_stem(adjective)
        # Feminine forms of person words and plurals bring the endings of those with them.
        forms = inflected(stem, gender) | inflected(stem, "pl") if inflects else {adjective}
        # Große Koalition and große Koalition; entries that need the capital have the rule exact-case.
        slots.append(_slot(forms, "free"))
    slots.append(head)
    gap = -1
    for index, word in enumerate(phrase.tail):
        after_small = bool(index) and phrase.tail[index - 1][:1].islower()
        if gap < 0 and after_small and word[:1].isupper():
            gap = len(slots)
        slots.append(_fixed(word))
    return Pattern(tuple(slots), base, gap=gap)


def _covers(pattern: Pattern, literal: Pattern) -> bool:
    return len(pattern.slots) == len(literal.slots) and all(
        mine.keys >= other.keys for mine, other in zip(pattern.slots, literal.slots, strict=True)
    )


def _spaced(head: str, forms: frozenset[str]) -> list[Pattern]:
    """Euro-Krise is also written Euro Krise."""
    if "-" not in head.strip("-"):
        return []
    *front, last = head.split("-")
    ends = {form.rsplit("-", 1)[-1] for form in forms}
    base = tuple(map(fold, (*front, last)))
    slots = [_fixed(word) for word in front if word]
    return [Pattern((*slots, _slot(ends, _case_of(last))), base)] if slots and all(front) else []


# ---- adjectives and verbs


def _adjective(term: Term) -> Forms:
    *front, last = [token.text for token in words(term.german)]
    base = tuple(map(fold, (*front, last)))
    forms = {last} if term.inflection == "invariable" else positive_and_compared(last)
    slots = [_slot({word}, "free") for word in front]
    slots.append(_slot(forms, "lower" if last[:1].islower() else "capital"))
    return Forms((Pattern(tuple(slots), base),))


def _verb(term: Term) -> Forms:
    forms = verb_forms(term.german, term.principal_parts)
    base = tuple(map(fold, (*forms.complement, forms.infinitive)))
    gap = len(forms.complement) if forms.complement else -1
    complement = tuple(_fixed(word) for word in forms.complement)
    joined = set(forms.joined)
    patterns = []
    # Of a verb with a particle the finite form without it is another verb: das Verfahren stellt klar.
    whole = forms.complement and not forms.particle
    if not forms.particle and not forms.complement:
        joined |= forms.finite
    patterns.append(
        Pattern(
            (*complement, _slot(joined | (forms.finite if whole else set()), "lower")),
            base,
            gap=gap,
            gap_words=_GAP_WORDS_IN_VERB_PHRASES,
            reflexive=forms.reflexive,
        )
    )
    if len(forms.complement) < 3 and not forms.reflexive:
        # The infinitive as a noun: das Durchsetzen, des Inkrafttretens.
        noun = "".join(forms.complement) + forms.infinitive
        patterns.append(Pattern((_slot({noun, noun + "s"}, "capital"),), (fold(noun),)))
    splits = []
    if forms.complement or forms.particle:
        finite = frozenset(map(fold, forms.finite))
        words_of = tuple(map(fold, forms.complement))
        splits.append(SplitPattern(finite, words_of, fold(forms.particle), forms.reflexive))
    return Forms(tuple(patterns), tuple(splits))


# ---- abbreviations


def _with_abbreviations(forms: Forms, term: Term) -> Forms:
    made = []
    for abbreviation in term.abbreviations:
        tokens = [token.text for token in words(abbreviation)]
        slots = []
        for index, token in enumerate(tokens):
            spellings = _initialism_spellings(token) if is_initialism(token) else {token}
            if index == len(tokens) - 1 and len(token) > 1:
                spellings |= {spelling + "s" for spelling in spellings}
            slots.append(Slot(frozenset(map(fold, spellings)), "exact", frozenset(spellings)))
        if slots:
            made.append(Pattern(tuple(slots), (), abbreviation=True))
    return Forms((*forms.patterns, *made), forms.splits, forms.stems, forms.endings)
