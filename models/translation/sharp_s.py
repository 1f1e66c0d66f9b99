"""ß for ss where the spelling since 1996 has it: after long vowels and diphthongs, by stems.

A word in capitals shows SS for both. Where the same capitals serve two words (MASSE: Maße, Masse), the one
that is commoner in our corpus stands.
"""

from __future__ import annotations

import re
from typing import Final

_STEMS: Final = re.compile(
    r"""(?:
    str[aä](?!sser) | gr[oöuü] | ^sp[aä] | st[oö] | f[uü](?!ssel) | sü | bl[oö] | kl[oö](?!ss?$) | gefä | gesä
  | b[uü](?=ss(?:geld|t|er|ung)) | bü(?=ssen) | (?<=ein)bu(?=ssen?$) | ^a(?=ss(?:en)?$)
  | (?<=geld)bu(?=ssen?$) | fr[aä](?!sson) | verg[aä] | (?:^|be|ge)s[aä](?=ss(?:$|en$|t|est|e$))
  | gem[aä] | mä(?=ss(?:ig|en$)) | mü(?=ssig) | pr?eu(?=ss(?!e$)) | scheu(?=sslich)
  | (?:^|mindest|augen|bogen|höchst|über|straf|mittel|aus|an|mut)ma(?=ss(?:$|e?s$|e$|lich|end))
  | ma(?=ss(?:na|st[aä]b|ge[bns]|gabe|voll|los|regel|einheit)) | (?<=[a-zäöü]r)ma(?=ssen$) | gliedma
  | (?<!pr)(?<!kr)(?<!bew)ei(?!ssag|ssch) | (?<!d)ie | (?<=ä)u(?=sser|sst|ssr) | (?<=str[aä])u
  | (?:^|(?<=dr)|(?<=r)|(?<=s))au(?=ss(?:er|en(?!d(?!ienst))))
    )ss""",
    re.VERBOSE,
)


def with_sharp_s(word: str) -> str:
    """Return a word in small letters with ß instead of those ss that are spelled so."""
    return _STEMS.sub(lambda match: match.group()[:-2] + "ß", word) if "ss" in word else word
