"""Under which spellings a headword is found."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_REMARK: Final = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|<[^<>]*>|\([^()]*\)")  # {n}, [Pol.], <Adj>, (sich)
_ARTICLE: Final = re.compile(
    r"(?:der|die|das|ein|eine|sich|etw\.?|jdn\.?|jdm\.?|jd\.?|to)(?:/\w+)? +", re.IGNORECASE
)
_ARTICLE_BEHIND: Final = re.compile(
    r", *(?:der|die|das)(?:/(?:der|die|das))*$|,? +(?:[mfn]|pl|m/f)\.?$", re.IGNORECASE
)
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def fold(text: str) -> str:
    """Return a spelling without case, with ß as ss, ä as ae and other accents gone."""
    if text.isascii():
        return " ".join(text.lower().split())
    small = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    bare = "".join(c for c in unicodedata.normalize("NFD", small) if not unicodedata.combining(c))
    return " ".join(bare.split())


def plain(headword: str) -> str:
    """Return a headword without remarks, article or "sich": "Haus" for "das Haus {n} [Arch.]"."""
    bare = headword
    while (less := _REMARK.sub(" ", bare)) != bare:
        bare = less
    bare = _ARTICLE_BEHIND.sub("", " ".join(bare.split()))
    without = _ARTICLE.sub("", bare, count=1) if _ARTICLE.match(bare) else bare
    return without or bare or headword.strip()


def spellings(headword: str) -> tuple[str, ...]:
    """Return the words a headword is found under, as written: the plain word, and all that stands there."""
    whole = " ".join(headword.split())
    return tuple(dict.fromkeys(word for word in (plain(whole), whole) if word))
