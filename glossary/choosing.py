"""Which matches count: the entries' match rules, and which country's entry is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from glossary.company import company
from glossary.countries import country_at_home, country_of_sentence
from glossary.matching import Match
from glossary.morphology.verbs import REFLEXIVES
from glossary.sentence import Sentence
from glossary.surroundings import Surroundings
from glossary.terms import COMPANY_RULES, MatchRule, Term

_AROUND = 3
_CLAUSE = 12
# What the other words of the sentence must at least weigh (log-odds of glossary.company).
_COMPANY = {"company": -0.3, "good-company": 0.5, "loose-company": -0.6, "abbreviation-company": 0.0}
_FELLOW = 1.5
_NUMBER = "#"
_ARTICLES = frozenset(("der", "die", "das", "dem", "den", "des", "im", "vom", "zum", "zur", "ins", "vor"))
_CLAUSE_JOINERS = frozenset(("und", "oder", "aber", "sondern"))
_ADJECTIVE_JOINERS = frozenset(("und", "oder", "wie", "sowie", "bis", "aber", "noch"))


def permitted(term: Term, match: Match, here: Sentence) -> bool:
    """Whether a match keeps to the rules of its entry."""
    return all(_obeys(rule, term, match, here) for rule in term.match)


def _obeys(rule: MatchRule, term: Term, match: Match, here: Sentence) -> bool:
    if rule.kind == "no-compound":
        return match.kind != "compound"
    if rule.kind == "not-initial":
        return match.first != 0 or _headline(match, here)
    if rule.kind == "exact-case":
        # In a headline in capitals the capitals tell nothing.
        return here.shouted or _same_case(term, match, here)
    if rule.asks_for_company or rule.kind == "home-text":
        return True
    if rule.kind == "not-form":
        return here.text[match.spans[0][0] : match.spans[-1][1]].lower() not in rule.words
    if rule.kind == "not-with":
        words = here.lower_words(0, len(here.tokens))
        whole, beginnings = _starred(rule.words)
        return whole.isdisjoint(words) and not any(word.startswith(beginnings) for word in words)
    if rule.kind == "after" and _ARTICLES.issuperset(rule.words) and _headline(match, here):
        return True
    near = _near(rule, term, match, here)
    found = any(word in rule.words or (_NUMBER in rule.words and word[:1].isdigit()) for word in near)
    return found == (not rule.kind.startswith("not-"))


def asks_for_company(term: Term, match: Match, here: Sentence) -> float | None:
    """The least that the company of a match must weigh; None if it counts in any company."""
    for rule in term.match:
        if rule.kind in COMPANY_RULES:
            return _COMPANY[rule.kind]
        if rule.kind == "abbreviation-company":
            start, end = match.spans[0]
            return _COMPANY[rule.kind] if here.text[start:end] in term.abbreviations else None
    return None


def in_company(match: Match, least: float, here: Sentence, fellows: int, around: Surroundings) -> bool:
    """Whether the rest of the sentence, its `fellows` (other terms) and the text make a match likely."""
    return company().score(_others(match, here)) + _FELLOW * fellows + around.company >= least


def _others(match: Match, here: Sentence) -> Iterator[str]:
    """Yield the words of the sentence without the match; of a compound the parts around it."""
    for token in here.tokens:
        spans = [span for span in match.spans if token.start < span[1] and span[0] < token.end]
        if not spans:
            yield token.text
        elif match.kind == "compound":
            yield from re.findall(r"\w+", here.text[token.start : spans[0][0]])
            yield from re.findall(r"\w+", here.text[spans[0][1] : token.end])


@lru_cache(1_000)
def _starred(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """A rule's words, and the beginnings of words that it names with a star (`zirkus*`)."""
    beginnings = tuple(word.removesuffix("*") for word in words if word.endswith("*"))
    return frozenset(words), beginnings


def _near(rule: MatchRule, term: Term, match: Match, here: Sentence) -> list[str]:
    """The words, in lower case, among which a rule looks."""
    kind = rule.kind.removeprefix("not-")
    if kind == "right-before":
        return here.lower_words(match.last + 1, match.last + 2)
    if kind == "right-after":
        near = here.lower_words(match.first - 1, match.first)
        # Of a split verb also the word before the particle: trat einen Schritt zurück.
        return near + here.lower_words(match.last - 1, match.last) if match.kind == "split" else near
    if kind == "after":
        near = here.lower_words(match.first - _AROUND, match.first)
        if term.pos == "verb":
            # A verb stands far from what it governs, and a reflexive pronoun makes another verb of it.
            clause = _clause_before(match.first, here, stop=rule.kind == "not-after")
            near += clause if rule.kind == "after" else [word for word in clause if word in REFLEXIVES]
        if match.kind == "compound":
            # The parts of the same word count too: Asyl-Obergrenze. Where only certain neighbours give a
            # word its meaning, a compound with others does not have it (Land|kreise).
            near += re.split(r"\W+", here.text[here.tokens[match.first].start : match.spans[0][0]].lower())
    else:
        near = here.lower_words(match.last + 1, match.last + 1 + _AROUND)
        if match.kind == "compound":
            near += re.split(r"\W+", here.text[match.spans[-1][1] : here.tokens[match.last].end].lower())
    if match.kind == "split":
        # Between the parts stands what the verb governs: ruft den Vermittlungsausschuss an.
        near += here.lower_words(match.first + 1, match.last)
    return near


def _clause_before(place: int, here: Sentence, stop: bool) -> list[str]:
    """The words before a verb at its clause's end; `stop`: not beyond und, which may join another clause."""
    first = place
    while first > max(place - _CLAUSE, 0) and not here.parted(first - 1):
        if stop and here.tokens[first - 1].text.lower() in _CLAUSE_JOINERS:
            break
        first -= 1
    return here.lower_words(first, place)


def _headline(match: Match, here: Sentence) -> bool:
    """Whether articles may be missing: in capitals, or where a noun opens the line and a verb follows."""
    if here.shouted:
        return True
    following = here.lower_words(match.last + 1, match.last + 2)
    return (
        match.first == 0
        and bool(following)
        and not here.parted(match.last)
        and here.tokens[match.last + 1].text.islower()
        and following[0] not in _ADJECTIVE_JOINERS
    )


def _same_case(term: Term, match: Match, here: Sentence) -> bool:
    """The first letter as in the entry, and no first word in capitals that is not so there.

    Names alone may be set in capitals within a sentence, as parties set theirs (DIE LINKE).
    """
    surfaces = [here.text[start:end] for start, end in match.spans]
    first, wanted = surfaces[0], term.german
    if match.kind in ("compound", "abbreviation", "ellipsis", "split"):
        return True
    if first[:1].isupper() != wanted[:1].isupper():
        return False
    return not first.isupper() or wanted.split()[0].isupper() or len(first) == 1 or term.pos == "name"


def countries(match: Match, here: Sentence, country: str | None, around: Surroundings) -> Iterator[str]:
    """Yield the countries whose entry is meant at a place, likeliest first.

    The one asked for, else what the sentence says of this very place, else the text's, else what is said
    anywhere in the sentence, else Germany.
    """
    if country:
        yield country
    if around.country:
        own = country_at_home(here, match.first, match.last)
        if own:
            yield own
        yield around.country
    own = country_of_sentence(here)
    if own:
        yield own
    yield "DE"


def at_home(term: Term, match: Match, here: Sentence, country: str | None, around: Surroundings) -> bool:
    """Whether a match may be a term of its country here.

    A part of a compound may be one of Austria or Switzerland alone only in their texts; an entry with the
    rule `home-text` counts only where the country asked for, the text or the sentence is its own (Germany's
    Länder).
    """
    if any(rule.kind == "home-text" for rule in term.match):
        return (country or around.country or country_of_sentence(here)) in term.countries
    if match.kind != "compound" or not set(term.countries) <= {"AT", "CH"}:
        return True
    return next(countries(match, here, country, around)) in term.countries


def choose(
    matches: Sequence[Match],
    terms: Sequence[Term],
    here: Sentence,
    country: str | None,
    around: Surroundings,
) -> Match:
    """Choose one of several matches with the same spans.

    By country, else the first of the files.
    """
    if len(matches) == 1:
        return matches[0]
    # An entry of which this is a form goes before one that is only a part or an abbreviation.
    order = {"exact": 0, "inflected": 1, "split": 1, "abbreviation": 2, "ellipsis": 3, "compound": 4}
    best = min(order[match.kind] for match in matches)
    rest = [match for match in matches if order[match.kind] == best]
    # Of two entries for one form the one whose rules name the surroundings knows better.
    ruled = [match for match in rest if any(rule.words for rule in terms[match.number].match)]
    for wanted in countries(rest[0], here, country, around):
        fitting = [match for match in rest if wanted in terms[match.number].countries]
        if fitting:
            rest = fitting
            break
    asked = [match for match in rest if match in ruled]
    return min(asked or rest, key=lambda match: match.number)
