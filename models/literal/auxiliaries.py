"""sein, haben, werden and the modal verbs: what they say depends on the other verbs of the clause."""

from __future__ import annotations

from typing import Final

from models.literal.context import Sentence
from models.literal.german import takes_sein

_MODALS: Final = {
    "können": ("can", "can", "could", "could", "be able to"),
    "müssen": ("must", "must", "had to", "would have to", "have to"),
    "sollen": ("is to", "are to", "should", "should", "be to"),
    "wollen": ("wants to", "want to", "wanted to", "wanted to", "want to"),
    "dürfen": ("may", "may", "was allowed to", "is likely to", "be allowed to"),
    "mögen": ("may", "may", "liked", "would like to", "like"),
}
"""Third person, plural, past, Konjunktiv II, infinitive."""
_MODAL_PASTS: Final = {
    "könn": "konnt",
    "müss": "musst",
    "soll": "sollt",
    "woll": "wollt",
    "dürf": "durft",
    "mög": "mocht",
}
_SEIN: Final = {
    "ist": ("is", "has"),
    "sind": ("are", "have"),
    "war": ("was", "had"),
    "waren": ("were", "had"),
    "sei": ("is", "has"),
    "seien": ("are", "have"),
    "wäre": ("would be", "would have"),
    "wären": ("would be", "would have"),
    "bin": ("am", "have"),
    "bist": ("are", "have"),
    "seid": ("are", "have"),
    "sein": ("be", "have"),
    "gewesen": ("been", "been"),
}
"""By itself or with a passive participle, and as auxiliary of the perfect."""
_HABEN: Final = {
    "hat": "has",
    "haben": "have",
    "habe": "has",
    "habt": "have",
    "hast": "have",
    "hatte": "had",
    "hatten": "had",
    "hätte": "would have",
    "hätten": "would have",
    "gehabt": "had",
}
_WERDEN: Final = {
    "wird": ("is", "will", "becomes"),
    "werden": ("are", "will", "become"),
    "werde": ("is", "will", "becomes"),
    "wurde": ("was", "was", "became"),
    "wurden": ("were", "were", "became"),
    "würde": ("would be", "would", "would become"),
    "würden": ("would be", "would", "would become"),
    "worden": ("been", "been", "been"),
    "geworden": ("become", "become", "become"),
}
"""With a participle, with an infinitive, by itself."""


def auxiliary_gloss(sentence: Sentence, number: int) -> str | None:
    """Return the gloss of an auxiliary or modal verb, or None if the word is none."""
    word = sentence.words[number]
    if word is None or word.tag[:2] not in {"VA", "VM"} or len(word.tokens) > 1:
        return None
    form = sentence.lower(number)
    others = [place for place in sentence.clause(number) if place != number]
    if word.lemma == "werden" or form in _WERDEN:
        return _werden(sentence, number, form, others)
    if form in _HABEN:
        if form in {"habe", "hätte"} and any(sentence.lower(place) == "ich" for place in others):
            return {"habe": "have", "hätte": "would have"}[form]
        return _HABEN[form]
    if form in _SEIN:
        return _SEIN[form][_is_perfect(sentence, others)]
    if word.lemma in _MODALS:
        return _modal(sentence, number, word.lemma, form)
    return None


def _participles(sentence: Sentence, places: list[int]) -> list[int]:
    return [place for place in places if "(PP)" in sentence.tag(place)]


def _infinitives(sentence: Sentence, places: list[int]) -> list[int]:
    return [
        place for place in places if "(INF)" in sentence.tag(place) and sentence.tag(place - 1) != "PTKZU"
    ]


def _werden(sentence: Sentence, number: int, form: str, others: list[int]) -> str | None:
    if form not in _WERDEN:
        return None
    if "(INF)" in sentence.tag(number):
        return "be" if _participles(sentence, others) else "become"
    passive, future, alone = _WERDEN[form]
    if _infinitives(sentence, others):
        return future
    return passive if _participles(sentence, others) else alone


def _is_perfect(sentence: Sentence, others: list[int]) -> bool:
    """Return whether sein makes a perfect here: with worden, or with the participle of a verb of motion."""
    for place in _participles(sentence, others):
        word = sentence.words[place]
        if sentence.lower(place) in {"worden", "geworden", "gewesen"} or (word and takes_sein(word.lemma)):
            return True
    return False


def _modal(sentence: Sentence, number: int, lemma: str, form: str) -> str:
    third, plural, past, unreal, infinitive = _MODALS[lemma]
    if "(INF)" in sentence.tag(number):
        return infinitive
    stem = lemma[:-2]
    if form.startswith(_MODAL_PASTS[stem]):
        return past if not (lemma == "dürfen" and form.endswith("n")) else "were allowed to"
    if form.startswith(stem + "t") and form.endswith(("te", "ten")):
        return unreal
    if form == "möchte" or form == "möchten":
        return unreal
    return plural if form == lemma else third
