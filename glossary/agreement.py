"""Whether the article before a noun has its gender: *das Kabinett* governs, *der Kabinett* is a wine."""

from __future__ import annotations

from glossary.matching import Match
from glossary.sentence import Sentence
from glossary.spelling import word_set
from glossary.terms import Term

# Articles that cannot stand before the dictionary form of a noun of this gender.
_IMPOSSIBLE = {
    "m": word_set("das die eine einer keine keiner zur"),
    "f": word_set("das dem den des ein einem einen eines kein keinem keinen keines im am beim vom zum ins"),
    "n": word_set("der die den eine einen einer keine keinen keiner zur"),
}
# Before an adjective in -en, that may be plurals (die meisten Bund und Land): one cannot tell.
_PLURAL_TOO = word_set("die der den")
_MOST_ADJECTIVES = 2
# They end like adjectives and are none.
_NO_ADJECTIVES = word_set(
    """
    diese diesen dieser dieses diesem jene jenen jener jenes jenem welche welchen welcher welches welchem
    seine seinen seiner seines seinem ihre ihren ihrer ihres ihrem unsere unseren unserer unseres unserem
    meine meinen meiner meines meinem alle allen aller alles allem jede jeden jeder jedes jedem
    der die das den dem des eine einen einer einem eines keine keinen keiner keinem keines
    """
)


def agrees(term: Term, match: Match, here: Sentence) -> bool:
    """Whether a noun in its dictionary form may have the article that stands before it; True if none does.

    Asked only of entries with rules, since the others have no other sense. Looks over adjectives. Where the
    plural has the same form, or a comma stands before the article (it is then rather a relative pronoun: *ein
    Mann, der Kabinett und Fraktion kennt*), nothing is said.
    """
    if not term.match or match.kind != "exact" or match.first != match.last or term.gender not in _IMPOSSIBLE:
        return True
    if term.german in term.plurals or term.inflection == "adjectival":
        return True
    place = match.first - 1
    adjectives: list[str] = []
    while place >= 0 and not here.parted(place):
        word = here.tokens[place].text.lower()
        if word in _IMPOSSIBLE[term.gender]:
            plural = word in _PLURAL_TOO and any(each.endswith("en") for each in adjectives)
            relative = place > 0 and here.parted(place - 1)
            return plural or relative
        adjective = here.tokens[place].text.islower() and word.endswith(("e", "en", "er", "es", "em"))
        if not adjective or len(adjectives) == _MOST_ADJECTIVES or word in _NO_ADJECTIVES:
            return True
        adjectives.append(word)
        place -= 1
    return True
