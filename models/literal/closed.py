"""Articles, pronouns with several readings, possessives, and the other words of the closed classes."""

from __future__ import annotations

import re
from typing import Final

from models.literal.choosing import linked_wording
from models.literal.context import Sentence
from models.literal.german import degree
from models.literal.tables import function_glosses, group

_POSSESSIVE: Final = re.compile(r"(mein|dein|sein|ihr|unser|eur|euer)(e[mnrs]?)?")
_OWNERS: Final = {
    "mein": ("my",),
    "dein": ("your",),
    "sein": ("his", "its"),
    "ihr": ("their", "her", "its", "your"),
    "unser": ("our",),
    "eur": ("your",),
    "euer": ("your",),
}
_DEMONSTRATIVE: Final = re.compile(r"(dies|jen)(e[mnrs]?)?")


def closed_gloss(sentence: Sentence, number: int) -> str | None:
    """Return the gloss of a function word, or None if the word is none."""
    form, tag = sentence.lower(number), sentence.tag(number)
    if form in {"der", "die", "das", "den", "dem", "des"}:
        return _article(sentence, number) if tag == "ART" else _pronoun(sentence, number)
    if tag in {"VV(FIN)", "VV(INF)", "NN", "NE", "PTKVZ", "VA(INF)"} and form != "ein":
        # A few words of the table are nouns or verbs in other places; months and the like are always nouns.
        glosses = (
            function_glosses().get((form, ""))
            if tag in {"NN", "NE"} and form in group("fixed nouns")
            else None
        )
        return glosses[0] if glosses else None
    if re.fullmatch(r"k?eine[mnrs]?|k?ein", form) and tag != "PTKVZ":
        return _indefinite(sentence, number)
    if (match := _POSSESSIVE.fullmatch(form)) and tag.startswith("PPOS"):
        return _genitive(sentence, number, _owner(sentence, number, match[1]))
    if (match := _DEMONSTRATIVE.fullmatch(form)) and form != "jene":
        noun = sentence.noun_after(number)
        many = noun is not None and sentence.number_of(noun) == "plural"
        word = ("these" if many else "this") if match[1] == "dies" else ("those" if many else "that")
        return _genitive(sentence, number, word)
    if form == "als" and tag != "KOUS":
        return "than" if _compared(sentence, number) else _chosen(sentence, number, ("as", "than", "when"))
    if form == "im" and sentence.lower(number + 1) in group("months"):
        return "in"
    if form == "sich":
        options = (_reflexive(sentence, number), *function_glosses()[("sich", "")])
        return _chosen(sentence, number, options)
    if form in {"von", "vom"} and _names_doer(sentence, number):
        return "by" if form == "von" else "by the"
    if form == "nach":
        return _chosen(sentence, number, _after(sentence, number))
    if form == "um" and tag != "KOUI":
        return _chosen(sentence, number, _around(sentence, number))
    if form in {"er", "sie", "ihr"} and tag.startswith("NE"):
        return None
    if form == "sie" and sentence.tokens[number].text == "Sie" and number > 0:
        return "you"
    glosses = function_glosses().get((form, tag)) or function_glosses().get((form, ""))
    return _chosen(sentence, number, glosses) if glosses else None


def _chosen(sentence: Sentence, number: int, glosses: tuple[str, ...]) -> str:
    linked = sentence.links.get(number, {})
    return linked_wording(glosses, lambda gloss: (gloss,), sentence.english, linked) or glosses[0]


def _article(sentence: Sentence, number: int) -> str:
    form = sentence.lower(number)
    if form == "des":
        return "the" if sentence.lower(number - 1) in group("genitive prepositions") else "of the"
    return "of the" if form == "der" and _is_genitive(sentence, number) else "the"


def _is_genitive(sentence: Sentence, number: int) -> bool:
    """Return whether der, einer, dieser ... after a noun can only belong to it."""
    before = sentence.pos(number - 1)
    if not (before in {"noun", "name"} or sentence.lower(number - 1) in group("counted")):
        return False
    noun = sentence.noun_after(number)
    if noun is None:
        return False
    word = sentence.words[noun]
    info = sentence.infos.get(word) if word else None
    if info is None:
        return False
    return info.gender in {"f", "pl", "mf"} or sentence.number_of(noun) == "plural"


def _genitive(sentence: Sentence, number: int, word: str) -> str:
    """Put "of" before the gloss of a determiner whose form shows the genitive."""
    form = sentence.lower(number)
    after_preposition = sentence.lower(number - 1) in group("genitive prepositions")
    if form.endswith("es") and not after_preposition:
        noun = sentence.noun_after(number)
        if noun is not None and sentence.tokens[noun].text.endswith(("s", "n", "ns")) and number > 0:
            return "of " + word
    if form.endswith("er") and form not in {"unser", "euer"} and _is_genitive(sentence, number):
        return "of " + word
    return word


def _indefinite(sentence: Sentence, number: int) -> str:
    form = sentence.lower(number)
    if form.startswith("k"):
        word = "no" if sentence.noun_after(number) is not None else "none"
        return _genitive(sentence, number, word)
    if sentence.noun_after(number) is None or sentence.lower(number + 1) in {"der", "von", "des"}:
        return "one"
    return _genitive(sentence, number, "a")  # or "an", as the next gloss will tell


def _owner(sentence: Sentence, number: int, stem: str) -> str:
    owners = _OWNERS[stem]
    if stem == "ihr" and sentence.tokens[number].text[0].isupper() and number > 0:
        return "your"
    linked = sentence.links.get(number, {})
    found = linked_wording(owners, lambda gloss: (gloss,), sentence.english, linked)
    # Who owns it is not told by the German word itself: both, if the translation does not tell either.
    return found or "/".join({"sein": ("his", "its"), "ihr": ("their", "her")}.get(stem, owners[:1]))


def _pronoun(sentence: Sentence, number: int) -> str:
    form, tag = sentence.lower(number), sentence.tag(number)
    if tag.startswith("PREL"):
        after_preposition = sentence.pos(number - 1) == "preposition"
        options: tuple[str, ...] = (
            ("which", "whom") if after_preposition else ("that", "who", "which", "whom", "to whom")
        )
        if form == "dem":
            options = ("to whom", "which", "whom", "that") if not after_preposition else options
        return _chosen(sentence, number, options)
    readings = {
        "der": ("he", "that", "this", "it", "that one"),
        "die": ("they", "those", "she", "that", "these", "it"),
        "das": ("that", "this", "it"),
        "den": ("that", "him", "it", "this"),
        "dem": ("that", "this", "him", "it"),
        "des": ("of that",),
    }
    return _chosen(sentence, number, readings[form])


def _names_doer(sentence: Sentence, number: int) -> bool:
    """Return whether von names who does it: in a passive, or before a participle and its noun."""
    if sentence.pos(number - 1) in {"noun", "name", ""}:
        return False
    if sentence.tag(number - 1) == "ART":
        noun = sentence.noun_after(number)
        after = sentence.words[noun + 1] if noun is not None and noun + 1 < len(sentence.words) else None
        return after is not None and after.tag == "ADJ(A)" and after.lemma.endswith(("t", "en"))
    forms = {sentence.lower(place) for place in sentence.clause(number)}
    tags = [sentence.tag(place) for place in sentence.clause(number)]
    return bool(forms & group("forms of werden")) and "VV(PP)" in tags


def _around(sentence: Sentence, number: int) -> tuple[str, ...]:
    """Return the readings of um, the likeliest first: by an amount, at an hour, else about."""
    following = [sentence.lower(place) for place in range(number + 1, number + 4)]
    if "uhr" in following[:2]:
        return ("at",)
    amount = following[0] in group("amounts") or following[0].isdigit()
    if amount or sentence.pos(number + 1) == "number":
        return ("by", "around", "about")
    return ("about", "around", "for", "over", "by", "to")


def _after(sentence: Sentence, number: int) -> tuple[str, ...]:
    """Return the readings of nach: according to somebody, to a place, else after."""
    noun = sentence.noun_after(number)
    usual = ("after", "according to", "for", "towards", "following")
    if noun is not None and sentence.lower(noun) in group("words of others"):
        return ("according to",)
    return ("to", *usual) if noun == number + 1 and sentence.pos(noun) == "name" else usual


def _compared(sentence: Sentence, number: int) -> bool:
    """Return whether a comparative stands shortly before als."""
    for place in range(max(0, number - 5), number):
        form = sentence.lower(place)
        if form in group("compared") or (
            sentence.pos(place) in {"adjective", "adverb"} and re.search(r"ere?[nmrs]?$", form)
        ):
            word = sentence.words[place]
            if form in group("compared") or (word and degree(form, word.lemma, word.tag) == "comparative"):
                return True
    return False


def _reflexive(sentence: Sentence, number: int) -> str:
    for place in sentence.clause(number):
        if sentence.tag(place).endswith("(FIN)"):
            return "themselves" if sentence.lower(place).endswith("n") else "itself"
    return "itself"
