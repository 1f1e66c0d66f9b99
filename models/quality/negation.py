"""A "not" that got lost, or that came from nowhere."""

from __future__ import annotations

import re
from typing import Final

from models.quality.links import linked
from models.quality.values import QualityWarning
from models.translation import Translation

# Words that deny by themselves and that English has to deny, too.
_STRONG_GERMAN: Final = re.compile(
    r"\b(?:nicht|nichts|kein(?:e[nmrs]?|erlei)?|nie|niemals|niemand(?:e[nm]|es)?|nirgend(?:s|wo)|ohne"
    r"|weder)\b",
    re.IGNORECASE,
)
# Where a German denial is something else: nicht nur, nicht wahr, nichts als, ohnehin is another word anyway.
_NO_DENIAL: Final = re.compile(
    r"\bnicht\s+(?:nur|allein|bloß|zuletzt|wahr|umsonst|minder|weniger\s+als|ohne|selten|un\w+)\b"
    r"|\bnicht\s+(?:nehmen|entgehen|lumpen|verdenken)\b|\bnicht\s+\w+,\s*(?:oder|sondern)\b"
    r"|\bnicht\b[^.]*\b(?:bevor|ehe)\b|\b(?:bevor|ehe)\b.*\bnicht\b|\bnicht\b[^.?!]*\?$|\bnie\s+zuvor\b"
    r"|\bnichts\s+(?:anderes|als|weiter|mehr\s+als)\b|\bohne\s+(?:weiteres|Weiteres|Zweifel)\b"
    r"|\bkein(?:e[nmrs]?)?\s+(?:Wunder|Geringere\w*|andere[nrms]?)\b",
    re.IGNORECASE,
)
# Whatever may stand for a German denial. The prefixes: un-, in-, im-, il-, ir-, dis-, mis-, non- without the
# common words that only look so (include, important, discuss).
_ANY_ENGLISH: Final = re.compile(
    r"\b(?:not?|none|nobody|nothing|nowhere|never|neither|nor|cannot|without|hardly|barely|scarcely"
    r"|rarely|seldom"
    r"|few|little|less|unless|lest|except|other\s+than|rather|instead|until|too|far\s+from"
    r"|anything\s+but|sans|gone"
    r"|avoid\w*|prevent\w*|keep\w*|kept|refus\w*|den(?:y|ies|ied|ial|ying)|reject\w*|fail\w*|lack\w*"
    r"|miss\w*|absen\w+"
    r"|exclud\w*|ignor\w*|forg[eo]t\w*|stop\w*|ceas\w*|prohibit\w*|forb\w+|against|oppos\w*"
    r"|impossib\w*|free|out\s+of"
    r"|short\s+of|shy\s+of|off|neglect\w*|abandon\w*|declin\w*|obsolete|nevertheless|despite|any\w*"
    r"|\w+less(?:ly|ness)?"
    r"|\w+-free|non\w*"
    r"|in(?=[acdeosv])(?!clud|creas|dustr|vest|divid|vit|volv|side|sp[ei]|stit|stal|st[er]|sist|dex"
    r"|dica|diu|dian|dia\b"
    r"|cid|come|ch|ner|sur|vad|c\b|deed|sight|itia|of)\w{4,}"
    r"|im(?!port|pro|med|migr|pact|plem|age|agi|pos[ei]|pres|pl[iy]|peri)[mp]\w{4,}|ill[e]\w{3,}|irr\w{4,}"
    r"|un(?!ion|it|ivers|der|til|ique|iform|animous|ter)\w{3,}"
    r"|dis(?!tri|cuss|play|tanc|cover|cipl|pos)\w{3,}|mis(?!sion|sile|ter)\w{3,})\b|n['’]t\b",
    re.IGNORECASE,
)
_STRONG_ENGLISH: Final = re.compile(
    r"\b(?:not(?!\s+(?:only|just|merely|least|to\s+mention|simply))|cannot|never(?!theless)|nobody"
    r"|nothing(?!\s+but)|nowhere|neither"
    r"|no\s+one|none|without)\b|n['’]t\b(?!\s+(?:only|just|it\b|they\b|he\b|she\b|we\b|you\b))",
    re.IGNORECASE,
)
# Whatever in German may become an English denial.
_ANY_GERMAN: Final = re.compile(
    r"nicht|\bkein|\bnie\b|niemal|niemand|nirgend|\bohne|weder|\bnoch\b|\bnein\b|\bnix\b|\bun\w|null"
    r"|los(?:e[nmrs]?|igkeit\w*)?\b|frei(?!tag)|statt\b(?!\s*[.,;!])|anstelle|sonder|au(?:ß|ss)er|mangel|fehl"
    r"|verbiet|verbot|untersag|verhind|verhinder|weiger|lehn|kaum|wenig|selten|schwer|bevor|\behe\b|\bbis\b"
    r"|\berst\b|\bnur\b|ledig|bloß|sonst|gegen|wider|verzicht|vermeid|vermied|zweifel|entgeh|erspar|entzieh"
    r"|entzog|verweig|versag|verpass|versäum|verlor|verlier|ausgeschl|ausschl|fern|scheit|egal|gleich"
    r"|vergess|vergaß|ignor|ander|bleib|blieb|stopp|beend|absag|minder|weiter|entfernt|fast\b|beinah|hätte"
    r"|\bdoch\b|\bzu\b.*\bum\b|\?",
    re.IGNORECASE,
)


def negation_warnings(translation: Translation) -> list[QualityWarning]:
    """Return a warning if the German denies and nothing in the English does, or the other way round."""
    german, english = translation.source, translation.english
    denials = denials_of(german)
    if denials and not _ANY_ENGLISH.search(english):
        words = " … ".join(f"“{m.group()}”" for m in denials)
        spans = tuple(m.span() for m in denials)
        message = f"The German has {words}; the English denies nothing."
        return [QualityWarning("negation", spans, linked(translation, *spans), message)]
    if not may_deny(german) and (invented := _STRONG_ENGLISH.search(english)):
        message = f"The English has “{invented.group()}”; the German denies nothing."
        return [QualityWarning("negation", (), (invented.span(),), message)]
    return []


def denials_of(german: str) -> list[re.Match[str]]:
    """Return the words of a German sentence that deny and that English cannot do without."""
    return [m for m in _STRONG_GERMAN.finditer(german) if not _explained(m, german)]


def may_deny(german: str) -> bool:
    """Whether anything in a German sentence could become a denial in English."""
    return bool(_ANY_GERMAN.search(german))


def _explained(match: re.Match[str], german: str) -> bool:
    return any(m.start() <= match.start() < m.end() for m in _NO_DENIAL.finditer(german))
