"""English words and their forms, as far as checking a translation needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from glossary.spelling import is_initialism, word_set

_WORD = re.compile(r"[^\W_]+(?:['’](?:s\b)?[^\W_]*)?|[^\W_]+")
_VOWELS = "aeiou"
# Irregular verbs that the language of politics uses: base -> past, past participle.
_IRREGULAR_VERBS = """
be was,were been,is,are,being,am|become became become|begin began begun|bind bound bound
|bring brought brought|build built built|buy bought bought|catch caught caught|choose chose chosen
|come came come|cut cut cut|deal dealt dealt|do did done,does|draw drew drawn|drive drove driven
|fall fell fallen|feed fed fed|fight fought fought|find found found|fly flew flown
|forbid forbade forbidden|forgive forgave forgiven|freeze froze frozen|get got got,gotten|give gave given
|go went gone,goes|grow grew grown|have had had,has|hear heard heard|hold held held|keep kept kept
|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|let let let|lie lay lain,lying
|lose lost lost|make made made|mean meant meant|meet met met|overcome overcame overcome
|override overrode overridden|overthrow overthrew overthrown|pay paid paid|put put put|read read read
|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent
|set set set|shoot shot shot|show showed shown|shut shut shut|sit sat sat|speak spoke spoken
|spend spent spent|spin spun spun|split split split|spread spread spread|stand stood stood
|steal stole stolen|stick stuck stuck|strike struck struck|swear swore sworn|sweep swept swept
|take took taken|teach taught taught|tell told told|think thought thought|throw threw thrown
|undertake undertook undertaken|uphold upheld upheld|wield wielded wielded|win won won
|withdraw withdrew withdrawn|write wrote written|tie tied tied,tying|die died died,dying
|veto vetoed vetoed,vetoing,vetoes|quit quit quit,quitting|dwell dwelt dwelt|bid bid bid|wind wound wound
|light lit lit|ride rode ridden|hit hit hit|cast cast cast|break broke broken|shrink shrank shrunk
|sink sank sunk|beat beat beaten|burn burnt burnt|learn learnt learnt|bear bore borne
|withhold withheld withheld|understand understood understood|rebuild rebuilt rebuilt|tear tore torn
|undercut undercut undercut|outsource outsourced outsourced|foresee foresaw foreseen|whip whipped whipped
"""
_IRREGULAR_PLURALS = {
    "person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "goose":
    "geese", "crisis": "crises", "thesis": "theses", "analysis": "analyses", "basis": "bases", "oasis":
    "oases", "criterion": "criteria", "phenomenon": "phenomena", "medium": "media", "memorandum":
    "memoranda", "referendum": "referenda", "datum": "data", "quorum": "quora", "half": "halves", "life":
    "lives", "knife": "knives", "wife": "wives", "leaf": "leaves", "thief": "thieves", "self": "selves",
    "index": "indices", "appendix": "appendices", "land": "länder", "bureau": "bureaux", "plateau":
    "plateaux", "mp": "mps", "mep": "meps", "diktat": "diktats", "stratum": "strata", "forum": "fora",
    "addendum": "addenda",
}  # fmt: skip
_NO_PLURAL = frozenset({"news", "police", "politics", "legislation", "asylum"})
# Verbs of more than one syllable that double their last letter; British English doubles every l.
_DOUBLING = re.compile(r"(?:[bdmors]mit|(?<!f)fer|cur|l)$")
_ADJECTIVES = {"good": ("better", "best"), "bad": ("worse", "worst"), "far": ("farther", "further")}
_FIXED = word_set(
    """
    the a an of in on for to with and or at by from into against without as under over between
    """
)
FUNCTION_WORDS = _FIXED | word_set(
    """
    is are was were be been has have had do does did it its this that these those he she they his her
    their which who whom not no will would can could may might must should than then there here also
    only but if i we you our your my me him us them so such up out off s said
    """
)


@dataclass(frozen=True, slots=True)
class EnglishWord:
    """A word of an English text: span, text without possessive, and key (lower case, American spelling)."""

    start: int
    end: int
    text: str
    key: str
    possessive: bool


def english_words(text: str) -> tuple[EnglishWord, ...]:
    """Cut an English text into words; hyphens part words, for comparing cease-fire with ceasefire."""
    found = []
    for match in _WORD.finditer(text):
        raw = match.group().rstrip("'’")
        if not raw:
            continue
        start = match.start()
        plain = re.sub(r"['’]s$", "", raw)
        after = text[start + len(raw) : start + len(raw) + 1]
        possessive = plain != raw or (plain.endswith("s") and after in ("'", "’"))
        found.append(EnglishWord(start, start + len(plain), plain, key_of(plain), possessive))
    return tuple(found)


@lru_cache(20_000)
def key_of(word: str) -> str:
    """Lower case, with British and American spelling brought together (both sides of a comparison)."""
    key = word.lower().replace("’", "'")
    if len(key) > 5:
        key = re.sub(r"isation(s?)$", r"ization\1", key)
        key = re.sub(r"is(e|ed|es|er|ers|ing)$", r"iz\1", key)
        key = re.sub(r"ys(e|ed|es|ing)$", r"yz\1", key)
        key = re.sub(r"our(s|ed|ing|er|ers|able|ite|ites|hood|less)?$", r"or\1", key)
        key = re.sub(r"([tb])re(s?)$", r"\1er\2", key)
        key = re.sub(r"ence(s?|less)$", r"ense\1", key)
        key = re.sub(r"ogue(s?)$", r"og\1", key)
        key = re.sub(r"amme(s?)$", r"am\1", key)
        key = re.sub(r"ll(ed|ing|er|ers|or|ors)$", r"l\1", key)
        key = re.sub(r"dgement(s?)$", r"dgment\1", key)
        key = re.sub(r"^(de|pae)(?=mon|diatr)", r"\1", key)
    return key


@lru_cache(20_000)
def forms_of_word(word: str) -> frozenset[str]:
    """The keys of a word and its inflected forms: plural, verb forms, comparison, adverb.

    Which part of speech it is does not matter: a form that does not exist will not be met.
    """
    base = word.lower()
    if base in _FIXED or not base.isalpha():
        return frozenset({key_of(word)})
    if is_initialism(word):
        return frozenset({key_of(word), key_of(word) + "s"})
    forms = {base, *_plurals(base), *_verb_forms(base), *_compared(base)}
    return frozenset(map(key_of, forms))


def _plurals(word: str) -> set[str]:
    for single, plural in _IRREGULAR_PLURALS.items():
        if (
            word == single
            or (len(single) > 3 and word.endswith(single))
            or (single == "man" and word.endswith("man"))
        ):
            return {word.removesuffix(single) + plural, word + "s"}
        if word == plural:
            return {single}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return {word[:-1] + "ies"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        singular = {word[:-1]} if word.endswith("s") and not word.endswith(("ss", "us", "is")) else set()
        if word.endswith("ies"):
            singular.add(word[:-3] + "y")
        return {word + "es", *singular}
    if word.endswith("o"):
        return {word + "s", word + "es"}
    return {word + "s"}


def _verb_forms(word: str) -> set[str]:
    for base, irregular in _irregular().items():
        if word == base or (len(base) > 3 and word == "re" + base):
            front = word.removesuffix(base)
            return {front + form for form in irregular} | _ing(word) | _plurals(word)
        if word in irregular:
            return {base, *irregular}
    forms = _ing(word)
    if word.endswith("e"):
        forms |= {word + "d"}
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        forms |= {word[:-1] + "ied"}
    else:
        forms |= {word + "ed"}
        if _doubles(word):
            forms |= {word + word[-1] + "ed"}
    if word.endswith("ing") and len(word) > 5:
        forms |= {word[:-3], word[:-3] + "e", word[:-3] + "ed"}
    if word.endswith("ed") and len(word) > 4:
        forms |= {word[:-2], word[:-1], word[:-2] + "ing"}
    return forms


def _ing(word: str) -> set[str]:
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return {word[:-1] + "ing"}
    return {word + "ing"} | ({word + word[-1] + "ing"} if _doubles(word) else set())


def _doubles(word: str) -> bool:
    return (
        len(word) > 2 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    )


def _compared(word: str) -> set[str]:
    forms = set(_ADJECTIVES.get(word, ()))
    if word.endswith("e"):
        forms |= {word + "r", word + "st"}
    elif word.endswith("y"):
        forms |= {word[:-1] + "ier", word[:-1] + "iest", word[:-1] + "ily"}
    elif len(word) <= 6:
        forms |= {word + "er", word + "est"}
    if word.endswith("ic"):
        forms.add(word + "ally")
    elif word.endswith("le"):
        forms.add(word[:-1] + "y")
    else:
        forms.add(word + "ly")
    return forms


@lru_cache(1)
def _irregular() -> dict[str, tuple[str, ...]]:
    table = {}
    for entry in _IRREGULAR_VERBS.replace("\n", "").split("|"):
        base, *forms = entry.split()
        table[base] = tuple(form for group in forms for form in group.split(","))
    return table


def plurals_of(word: str) -> tuple[str, ...]:
    """The plurals of a noun to write, the usual one first; capitals are kept. A plural is its own."""
    if is_initialism(word):
        return (f"{word}s",)
    lower = word.lower()
    if lower in _NO_PLURAL or (lower in _IRREGULAR_PLURALS.values() and lower not in _IRREGULAR_PLURALS):
        return (word,)
    for single, plural in _IRREGULAR_PLURALS.items():
        if lower == single or (lower.endswith(single) and (len(single) > 3 or single == "man")):
            irregular = word[: len(word) - len(single)] + word[-len(single)] + plural[1:]
            # Latin words are as often given an English plural (referendums); others are not (mans).
            return (f"{word}s", irregular) if single.endswith(("um", "eau")) else (irregular,)
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return (word,)
    return (word[:1] + min(_plurals(lower))[1:],)


def tenses_of(verb: str) -> tuple[str, ...]:
    """The forms of a verb to write: base, third person, past and participle (British spelling)."""
    lower = verb.lower()
    third = min(_plurals(lower))
    if irregular := _irregular().get(lower):
        return tuple(dict.fromkeys((verb, third, *irregular[:2])))
    if lower.endswith("e"):
        past = f"{lower}d"
    elif lower.endswith("y") and lower[-2:-1] not in _VOWELS:
        past = f"{lower[:-1]}ied"
    elif _doubles(lower) and (_DOUBLING.search(lower) or sum(char in _VOWELS for char in lower) == 1):
        past = f"{lower}{lower[-1]}ed"
    else:
        past = f"{lower}ed"
    return verb, third, past
