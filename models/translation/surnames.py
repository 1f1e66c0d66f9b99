"""Surnames that a text introduces in full: after “Thorsten Frei” it is known that *Frei* is a name.

Political texts name people in full once and by their surname from then on. Many of these are words (*Bär*,
*Lang*, *Weil*, *Richter*), and a sentence by itself does not tell, least of all where it begins with one. A
translator is given the surnames of the whole text (`surnames_in`) and finds where they are meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from models.lexicon.tagging import Tagger, pos_of
from models.translation.nonwords import has_more, surest
from models.translation.rare_words import RareWord, RareWords, standing
from models.translation.rewriting import Edit
from models.translation.values import Link
from models.translation.words import Word, split_words

_FIRST_NAMES: Final = Path(__file__).with_name("first_names.txt")
# Not zu, zur, da, du, den: Anna zur Schule, gab Anna den Preis. Der and den follow von and van only.
_PARTICLES: Final = frozenset(("von", "van", "de", "del", "di", "al", "el", "ter"))
_WITHIN_PARTICLES: Final = {
    "von": ("der", "den", "dem", "und"),
    "van": ("der", "den"),
    "de": ("la",),
    "und": ("zu",),
}
_INITIAL: Final = re.compile(r"[A-ZÄÖÜ]\.?")
_TITLE: Final = re.compile(
    r"Herrn?|Frau|Kolleg(?:e|in)|Dr|Prof|Professor(?:in)?"
    r"|\w*(?:[Mm]inister|[Kk]anzler|[Pp]räsident|[Ss]enator|[Bb]ürgermeister|[Ss]ekretär)(?:in)?"
)
_SURNAME: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'‑-]*[a-zß-öø-ÿā-ž]")
_SHORTEST: Final = 3
# Titles before the surname, and what would do harm as a name: zu Ende, am Montag, Bund und Länder.
# fmt: off
_NO_SURNAMES: Final = frozenset((
    "Herr", "Herrn", "Frau", "Freiherr", "Graf", "Gräfin", "Fürst", "Prinz", "Prinzessin", "Ritter", "Edler",
    "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag", "Januar", "Februar",
    "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    "Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Sie", "Kollegen", "Kolleginnen",
    "Anfang", "Mitte", "Ende", "Bund", "Land", "Länder", "Ländern", "Staat",
))
# fmt: on
_CONTRACTED: Final = r"[ai]m|z(?:um|ur)|vom|beim|(?:in|an|für)s"
# Before a noun, not before a name: zum Kaiser, als Bauer; der Richter, kein König.
_BEFORE_NOUNS: Final = re.compile(rf"{_CONTRACTED}|als|pro|per")
_DETERMINER: Final = re.compile(
    r"d(?:er|ie|as|en|em|es)|(?:ein|kein|sein|ihr|dies)(?:e[rsmn]?)?|mehr|viel|wenig(?:er)?"
    rf"|{_CONTRACTED}"
)
_OF_NOUNS: Final = frozenset({"ART", "PPOSAT", "PIAT", "PDAT", "PWAT", "PRELAT", "ADJ(A)", "CARD"})
_AFTER_NAMES: Final = frozenset(
    {"zufolge", "selbst", "hingegen", "dagegen", "jedoch", "aber", "indes", "wiederum", "und", "sowie"}
)
_AFTER_ADJECTIVES: Final = frozenset(
    {"ist", "war", "sei", "wird", "wurde", "werde", "wäre", "bleibt", "blieb", "und", "aber", "sowie"}
)
_ARTICLE: Final = re.compile(r"(?<!\w)(?:the|an?)\s+$", re.IGNORECASE)
_OF: Final = re.compile(r"(?<!\w)(?:of|by)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
_OPENERS: Final = frozenset("„“”\"'‚‘«»›‹:–—-•(")


@lru_cache(1)
def first_names() -> frozenset[str]:
    """Return first names that German texts have often."""
    return frozenset(_FIRST_NAMES.read_text("utf-8").split())


def is_first_name(form: str) -> bool:
    """Whether a word is a first name or two with a hyphen: Frank-Walter."""
    return form in first_names() or ("-" in form and all(part in first_names() for part in form.split("-")))


def surnames_in(sentences: Iterable[str]) -> frozenset[str]:
    """Return the surnames that follow a first name or a title in some sentence of a text."""
    found: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    words: set[str] = set()
    for sentence in sentences:
        spans = split_words(sentence)
        forms = [sentence[word.start : word.end] for word in spans]
        words.update(forms)
        nouns.update(
            form
            for first, before, form in zip(["", *forms], forms, forms[1:], strict=False)
            if _DETERMINER.fullmatch(before.lower()) and before not in _WITHIN_PARTICLES.get(first, ())
        )
        for number, form in enumerate(forms):
            if is_first_name(form) or _TITLE.fullmatch(form):
                surname = _surname_after(number, forms, sentence, spans)
                if surname:
                    found[surname] += 1
    # Gab Anna Geld: a noun, if the text has it with an article as often.
    names = [name for name, times in found.items() if nouns[name] < times]
    # Thorsten Freis Vorschlag: the s is a genitive's if the text has the name without it.
    return frozenset(name[:-1] if name.endswith("s") and name[:-1] in words else name for name in names)


def _surname_after(number: int, forms: list[str], sentence: str, spans: Sequence[Word]) -> str | None:
    """Return the surname that belongs to a first name or title: Ursula von der Leyen."""
    at = number + 1
    while at < len(forms):
        gap = sentence[spans[at - 1].end : spans[at].start]
        if gap != " " and not (gap == "" and forms[at] == "."):
            return None
        following = _at(at + 1, forms)[:1].isupper()
        dot = forms[at] == "." and (_INITIAL.fullmatch(forms[at - 1]) or forms[at - 1] in ("Dr", "Prof"))
        # Kollegin von den Grünen: after a title alone these are no parts of a name.
        particle = forms[at] in _WITHIN_PARTICLES.get(forms[at - 1], ()) or (
            forms[at] in _PARTICLES and not _TITLE.fullmatch(forms[at - 1])
        )
        between = dot or particle or _INITIAL.fullmatch(forms[at])
        leads = is_first_name(forms[at]) or _TITLE.fullmatch(forms[at])
        if not between and not (following and leads):
            break
        at += 1
    if at >= len(forms):
        return None
    name = forms[at]
    fits = len(name) >= _SHORTEST and _SURNAME.fullmatch(name) and name not in _NO_SURNAMES
    # Der Präsident Russlands: after a title alone a genitive is as likely.
    genitive = name.endswith("s") and not is_first_name(forms[at - 1])
    return name if fits and not genitive and not _TITLE.fullmatch(name) else None


def surnames_of(text: str, surnames: Collection[str], tagger: Tagger) -> tuple[RareWord, ...]:
    """Return where one of the surnames is meant as a name in a sentence, as words to be told."""
    if not any(name in text for name in surnames):
        return ()
    spans = split_words(text)
    forms = [text[word.start : word.end] for word in spans]
    found = []
    for number, form in enumerate(forms):
        name = form if form in surnames else form[:-1]
        if name not in surnames or (name != form and not form.endswith("s")):
            continue
        if _is_meant(number, forms, tagger):
            word = spans[number]
            found.append(RareWord((word.start, word.end), 0, (name,), name=True, sure=True))
    return tuple(found)


def edits(
    german: str, english: str, links: Sequence[Link], surnames: Collection[str], rare: RareWords
) -> Iterator[Edit]:
    """Yield where English words are to give way to the surnames they were made of: King, judges, summer.

    Only where the name is missing, its word links leave no doubt, and the English is what the word means.
    """
    for word in surnames_of(german, surnames, rare.tagger):
        [name] = word.renderings
        here = [link for link in links if link.source == word.span]
        best = max(here, key=lambda link: link.weight, default=None)
        if best is None or stands(name, english) or has_more(best, links):
            continue
        start, end = best.target
        if surest(start, end, links) != best or not _means(english, start, end, name, rare):
            continue
        before = _ARTICLE.search(english[:start])
        genitive = german[slice(*word.span)] != name and not _OF.search(english[:start])
        owner = "’s" if genitive and not english[end:].startswith(("’s", "'s")) else ""
        yield before.start() if before else start, end, name + owner


def _means(english: str, start: int, end: int, name: str, rare: RareWords) -> bool:
    """Whether an English word is a rendering of the word that a name is as well, or a name itself."""
    word = english[start:end]
    if not word.isalpha():
        return False
    renderings = {*rare.english_of(name, opens=False), *rare.english_of(name.lower(), opens=False)} - {name}
    known = tuple(RareWord((0, 0), 0, (rendering,)) for rendering in renderings)
    within = word[0].isupper() and english[:start].rstrip()[-1:].isalpha()
    return within or word.lower() == name.lower() or bool(standing(known, word))


def stands(name: str, english: str) -> bool:
    """Whether a name stands in an English text as a word of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", english))


def _is_meant(number: int, forms: list[str], tagger: Tagger) -> bool:
    before = _at(number - 1, forms)
    if is_first_name(before):
        return True
    if _opens(number, forms):
        genitive = forms[number].endswith("s") and _at(number + 1, forms)[:1].isupper()
        return genitive or _leads(number, forms, tagger)
    if before.islower() or _opens(number - 1, forms):
        tag = tagger.tags(tuple(forms))[number - 1]
        if tag in _OF_NOUNS or _BEFORE_NOUNS.fullmatch(before.lower()):
            return False
    return not before.isdigit() and (
        not _plural_alike(forms[number], tagger) or _beside_singular(number, forms, tagger)
    )


def _at(number: int, forms: list[str]) -> str:
    """Return the word at a place, nothing beyond the sentence."""
    return forms[number] if 0 <= number < len(forms) else ""


def _opens(number: int, forms: list[str]) -> bool:
    """Whether a word is the first of a sentence or quotation, so that its capital says nothing."""
    return number == 0 or forms[number - 1] in _OPENERS or forms[number - 1] in ".!?…"


def _leads(number: int, forms: list[str], tagger: Tagger) -> bool:
    """Whether the first word of a sentence is a name by what follows: a finite verb in the singular."""
    after = _at(number + 1, forms)
    # Frei ist, wer …; Frei und ungebunden: an adjective as like as a name.
    if after in _AFTER_ADJECTIVES and tagger.likeliest_tag(forms[number].lower()).startswith(("ADJ", "ADV")):
        return False
    return after in _AFTER_NAMES or _singular_verb(after, tagger)


def _singular_verb(form: str, tagger: Tagger) -> bool:
    if not form.islower() or form.endswith("n"):
        return False
    return any("(FIN)" in tag for tag, _ in tagger.word_tags(form)[:2])


def _plural_alike(form: str, tagger: Tagger) -> bool:
    """Whether a form may be a noun in the plural without an article: Richter."""
    return form.endswith(("er", "e", "en", "s")) and any(
        pos_of(tag) == "noun" for tag, _ in tagger.word_tags(form)
    )


def _beside_singular(number: int, forms: list[str], tagger: Tagger) -> bool:
    """Whether a verb in the singular or a title (Ministerin Reiche) stands beside it."""
    before, after = _at(number - 1, forms), _at(number + 1, forms)
    return before[:1].isupper() or any(_singular_verb(each, tagger) for each in (before, after))
