"""Which country a sentence or a whole text speaks of: Austria, Switzerland or Germany.

Words such as Bundesrat or Bundeskanzler mean another office in each. What tells is the glossary itself, where
an entry belongs to one country alone (Landeshauptmann, ÖVP, Ständerat), and the names of places and people
that stand here; of a whole text also its spelling: *heisst* and *grossen* without any ß are Swiss.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from glossary.index import Index
from glossary.sentence import Sentence
from glossary.spelling import fold, word_set

# Words that place a sentence in a country, lower case; each is also found with an ending or in a compound
# if it is followed by a star. First offices, parties and the like, which stand for its own politics.
_BODIES: dict[str, str] = {
    "AT": """
        nationalrat* nationalrät* övp spö fpö neos landeshauptmann* landeshauptfrau* landeshauptleute*
        ballhausplatz* hofburg* angelobung* angelobt* klubobmann* klubobfrau* bezirkshauptmann*
    """,
    "CH": """
        kanton* ständerat* ständerät* bundeshaus bundeshauses eidgenoss* eidgenöss* svp sp fdp.die
        volksabstimmung* bundespräsidentin* departement* vernehmlassung* stimmvolk* stimmbürger* ständemehr*
    """,
    "DE": """
        bundestag* cdu csu spd afd bsw bundesländer* grundgesetz* ministerpräsident* bundeswehr* kanzleramt*
    """,
}
# Then places and people: a text about another country names them, too.
_NAMES: dict[str, str] = {
    "AT": """
        österreich* wien wiens wiener graz grazer salzburg* tirol* kärnten* kärntner steiermark* steirisch*
        vorarlberg* burgenland* niederösterreich* oberösterreich* linz linzer innsbruck* nehammer* stocker*
        kickl* babler* kurz
    """,
    "CH": """
        schweiz* bern berns berner zürich* genf genfer basel* basler luzern* romandie tessin* parmelin*
        keller-sutter* jans cassis amherd* rösti baume-schneider* pfister*
    """,
    "DE": """
        deutschland* deutsch* berlin berlins berliner merz scholz merkel* steinmeier* karlsruhe* bayern
        nordrhein-westfalen sachsen
    """,
}
_DOUBTFUL = word_set("kurz nationalrat* nationalrät* sp bundespräsidentin* volksabstimmung* salzburg*")
# Words that are usual in one of the three only, without saying anything about politics.
_USAGE: dict[str, str] = {"AT": "jänner* feber pensionist*", "CH": "franken rappen", "DE": ""}
_SWISS_SPELLING = re.compile(
    r"\b(?:gross(?:e[mnrs]?)?|heiss(?:t|en)|ausser(?:dem|halb)?|aussen\w*|gemäss|schliess(?:lich|en|t)|"
    r"begrüss(?:t|en|te|ten)|dreissig|bloss|regelmässig\w*|Strassen?|Massnahmen?|Grüsse)\b"
)
_DOUBT = 0.4
_LEAST = 1.0
# In a whole text: how far one country must be ahead, and what weighs how much. Of Germany's entries many are
# words of all three, so that one says little.
_LEAD = 1.3
_ENTRY = {"AT": 1.0, "CH": 1.0, "DE": 0.3}
_SPELLING = 1.5
_SHORT = 100
_PER_LENGTH = 0.5
_IN = word_set("in im")
_ARTICLES = word_set("der die das den dem des")


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that speaks of a country; `name`: a place or a person, `usage`: a matter of style only."""

    country: str
    word: str
    weight: float
    name: bool = False
    usage: bool = False


@lru_cache(1)
def _table() -> dict[str, list[tuple[str, bool, Sign]]]:
    """The signs by the two letters that they begin with: text, whether more may follow, and sign."""
    table: dict[str, list[tuple[str, bool, Sign]]] = {}
    for lists, name, usage in ((_BODIES, False, False), (_NAMES, True, False), (_USAGE, False, True)):
        for country, words in lists.items():
            for word in words.split():
                sign = Sign(country, word, _DOUBT if word in _DOUBTFUL or usage else 1.0, name, usage)
                table.setdefault(word[:2], []).append((word.rstrip("*"), word.endswith("*"), sign))
    return table


def _signs(word: str) -> list[Sign]:
    """The signs that a word, in lower case, bears."""
    near = _table().get(word[:2], ())
    return [sign for text, more, sign in near if (word.startswith(text) if more else word == text)]


def country_of_sentence(here: Sentence) -> str | None:
    """The country that the words of a sentence speak of, if one is ahead of the others."""
    return _ahead({sign for token in here.tokens for sign in _signs(token.text.lower()) if not sign.usage})


def country_at_home(here: Sentence, first: int, last: int) -> str | None:
    """The country that a sentence speaks of at the words `first` to `last`, whatever its text is about.

    A text names foreign places without leaving home (*Der Bundesrat verhandelt mit Deutschland*). So places
    and people count here only beside the words (*der deutsche Bundesrat*) or after *in* (*In Wien tagt*).
    """
    signs = set()
    for place, token in enumerate(here.tokens):
        found = _signs(token.text.lower())
        if found:
            beside = place in (first - 1, last + 1) or _inside(here, place)
            signs |= {sign for sign in found if not sign.usage and (beside or not sign.name)}
    return _ahead(signs)


def _inside(here: Sentence, place: int) -> bool:
    before = here.lower_words(place - 2, place)
    return bool(before) and (before[-1] in _IN or (before[-1] in _ARTICLES and before[0] in _IN))


def _ahead(signs: Collection[Sign]) -> str | None:
    scores = dict.fromkeys(_BODIES, 0.0)
    for sign in signs:
        scores[sign.country] += sign.weight
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    return ranked[0][0] if ranked[0][1] > ranked[1][1] and ranked[0][1] >= _LEAST else None


class TextCountry:
    """Tells the country of a whole text by the glossary's entries and by signs. Safe to use from threads."""

    def __init__(self, index: Index) -> None:
        self._entries = dict(_single_countries(index))

    def of(self, words: Mapping[str, int], text: str, lead: float = _LEAD) -> str | None:
        """The country that a text speaks of most; None if none is ahead, `lead` times the next.

        `words`: those of the text as spelt, with how often each stands there; `text`: for its spelling.
        """
        found: Counter[tuple[str, str]] = Counter()
        weights: dict[tuple[str, str], float] = {}
        for word, count in words.items():
            capital = word[:1].isupper()
            # Small letters: deutsche, steirischen; but no cassis and no kurz.
            signs = [sign for sign in _signs(word.lower()) if capital or sign.word.endswith("*")]
            for sign in signs:
                key = sign.country, sign.word
                found[key] += count
                weights[key] = sign.weight
            country = self._entries.get(fold(word)) if capital and not signs else None
            if country:
                found[country, word] += count
                weights[country, word] = _ENTRY[country]
        scores = dict.fromkeys(_BODIES, 0.0)
        for key, count in found.items():
            scores[key[0]] += weights[key] * (1 + math.log(count))
        if "ß" not in text and _SWISS_SPELLING.search(text):
            scores["CH"] += _SPELLING
        (first, most), (_, second), *_ = sorted(scores.items(), key=lambda item: -item[1])
        # The longer a text, the more foreign names are mentioned in passing.
        least = _LEAST + _PER_LENGTH * math.log(max(sum(words.values()) / _SHORT, 1))
        return first if most >= least and most > lead * second else None


def _single_countries(index: Index) -> Mapping[str, str]:
    """The words that are terms of Austria, Switzerland or Germany alone, by their folded form."""
    claims: dict[str, set[str]] = {}
    for key, patterns in index.first.items():
        for pattern, number in patterns:
            term = index.terms[number]
            # An entry with rules about its surroundings has another sense, which may be at home anywhere.
            sure = len(pattern.slots) == 1 and not term.match
            claims.setdefault(key, set()).update(term.countries if sure else ("",))
    return {key: next(iter(mine)) for key, mine in claims.items() if len(mine) == 1 and mine <= {*_ENTRY}}
