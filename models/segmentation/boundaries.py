"""Where sentences end inside one paragraph.

Every full stop, exclamation mark, question mark or ellipsis before white space is a candidate. Rules for
German decide (quotation marks, brackets, curated abbreviations, ordinals, initials); where none applies, our
trained Punkt decides whether the word is an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.segmentation.abbreviations import WordLists, word_lists
from models.segmentation.punkt import breaks_between

_OPENING = "„“”\"»«‚‘›‹'(["
_CLOSING_QUOTES = frozenset("“”\"»«’‘›‹'")
# Not preceded by another mark: a long row of dots is looked at once, which keeps the search linear.
_CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[“”\"»«’‘›‹')\]]*+)"
    r"(?: ?\[\d{1,3}\]|[¹²³⁰⁴-⁹])*+(?P<note> \([^()]{1,80}(?<![.!?…])\))?"
    r"(?:(?= )|(?<=[a-zäöüß]{2}[.!?])(?=[A-ZÄÖÜ]))"
)
# A remark without a full stop of its own belongs to the sentence before: „Das ist so.“ (Beifall) Dann ...
_NOTE = re.compile(r" \([^()]{1,80}(?<![.!?…])\)")
_QUOTED_TITLE = re.compile(r" [„“»\"][^„“”»«\".!?,]{1,30}[“”«\"](?![,.])")
_NEXT = re.compile(r" ?(?P<lead>[\W_]{0,12}?)(?P<word>[^\W_]{1,40})(?P<after>.?)", re.DOTALL)
_MULTI_PART = re.compile(r"(?<=\.) (?=\S)")
_ORDINAL = re.compile(r"(?:^|[^\d.,:])(?:\d{1,2}\.)?(?P<number>\d{1,3})\.$")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.$")
_ROMAN = re.compile(r"[IVXLC]{1,7}\.$")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}$")
_LIST_MARKER = re.compile(r"(?:\d{1,3}|[^\W\d_]|[IVX]{1,5}|\d{1,2}\.\d{1,2})\.$")
# German words have a vowel, and only shortened adjectives end like "gesellschaftl.", "menschl.", "persönl.".
_SHORTENED = re.compile(r"[b-df-hj-np-tv-xzß]{2,6}\.|[a-zäöüß]+(?:[bcdfgkmnpstwzß]|ch)l\.", re.IGNORECASE)
_NOT_CASED = re.compile(r"[^\W\d_]")
_BRACKET = re.compile(r"[()\[\]]")
_LONGEST_ASIDE = 300  # characters; a longer bracket is cut like running text


def _asides(text: str) -> list[tuple[int, int]]:
    """Outermost pairs of brackets that are short enough to be read as an aside."""
    open_at: list[int] = []
    found: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "([":
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if match.start() - start <= _LONGEST_ASIDE:
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, match.start()))
    return found


def sentence_starts(text: str) -> Iterator[int]:
    """Index of the first character of every sentence but the first, in cleaned text of one paragraph."""
    splitter = _Splitter(text)
    for match in _CANDIDATE.finditer(text):
        if splitter.ends_sentence(match):
            splitter.start = match.end() + (text[match.end()] == " ")
            yield splitter.start


class _Splitter:
    """Decides on the candidates of one paragraph, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start = 0
        self.words: WordLists = word_lists()
        self.asides = _asides(text)
        self.aside = 0
        self.all_lower = text == text.lower() and len(text) > 20
        self.all_upper = text == text.upper()

    def ends_sentence(self, match: re.Match[str]) -> bool:
        text = self.text
        following = _NEXT.match(text, match.end())
        if not following:
            return False
        if not match["note"] and _NOTE.match(text, match.end()):
            return False
        lead, word = following["lead"], following["word"]
        if any(mark in lead for mark in ",;:") or lead[:1] in {".", "!", "?", ")"}:
            return False
        starter = self.words.begins_sentences(word)
        lower = word[0].islower() and not any(letter.isupper() for letter in word[1:3])
        if lower and not (self.all_lower and "," not in lead):
            return False
        if lower and match["close"] and not starter:
            return False  # in text without capitals: "warum?" fragte er
        glued = text[match.end()] != " "
        if glued:
            return starter and following["after"] == " " and self._ends_when_glued(match)
        inside = self._aside_decision(match, starter)
        if inside is not None:
            return inside
        mark = match["mark"]
        if mark == ".":
            return self._full_stop(match, word, starter, following)
        if mark.endswith(("…", "..")):
            return self._ellipsis(match, starter)
        return not self._shouting_name(match, starter)

    def _ends_when_glued(self, match: re.Match[str]) -> bool:
        """Tell a forgotten space after an ordinary word from a full stop in an address or a file name."""
        token = self._token(match.start())
        return not any(mark in token for mark in "./@_") and self.words.group(token + ".", False) is None

    def _aside_decision(self, match: re.Match[str], starter: bool) -> bool | None:
        """Inside brackets that stand within a sentence no sentence ends; None outside of them."""
        at = match.start()
        while self.aside < len(self.asides) and self.asides[self.aside][1] < at:
            self.aside += 1
        if self.aside == len(self.asides):
            return None
        start, end = self.asides[self.aside]
        if not start < at < end:
            return None
        if not any(character.isalnum() for character in self.text[self.start : start]):
            return False if self.text[start + 1 : end].strip(".…!? ") == "" else None
        # "Er kam (endlich!) an", but "(Das war der Preis dafür!) Dann ging er."
        return match.end() > end and starter and at - start > (3 if match["mark"] == "." else 12)

    def _ellipsis(self, match: re.Match[str], starter: bool) -> bool:
        """Begin a sentence after an omission unless an article or preposition waits for its noun."""
        if starter or match["close"]:
            return True
        before = self._token(match.start()) or self._token(match.start() - 1)
        return before.lower() not in self.words.starters

    def _shouting_name(self, match: re.Match[str], starter: bool) -> bool:
        if starter:
            return False
        if not match["close"]:
            return self._token(match.start()) in self.words.shouting
        opening = max(self.text.rfind(mark, self.start, match.start()) for mark in '„“"»«‚')
        return opening > self.start and self._token(opening - 1) in self.words.naming

    def _looks_shortened(self, token: str) -> bool:
        """Guess an abbreviation that no list knows by its spelling."""
        if not token[1:].islower() or token[:-1].lower() in self.words.vowelless:
            return False  # "MdB.", "Lkw."
        if not _SHORTENED.fullmatch(token):
            return False
        return token[0].islower() or token[-2] != "l"  # no names: "Toni Seidl."

    def _token(self, end: int) -> str:
        """Give the word that ends at ``end``, without opening quotation marks and brackets."""
        low = max(self.start, end - 48)
        return self.text[max(low, self.text.rfind(" ", low, end) + 1) : end].lstrip(_OPENING)

    def _full_stop(self, match: re.Match[str], word: str, starter: bool, following: re.Match[str]) -> bool:
        text, at = self.text, match.start()
        token = self._token(at) + "."
        begin = at + 1 - len(token)
        previous = self._token(begin - 1) if begin - 1 > self.start else ""
        first = not any(character.isalnum() for character in text[max(self.start, begin - 4) : begin]) and (
            begin - self.start <= 3
        )
        introduced = first or previous.endswith(":") or text[begin - 1 : begin] in _OPENING
        if (first or previous.endswith(":")) and _LIST_MARKER.fullmatch(token):
            return False
        if len(word) == 1 and following["after"] == "." and word.isalpha() and len(token) == 2:
            return False  # the next part of "z. B.", "J. D. Vance"
        tail = (
            _MULTI_PART.sub("", text[max(self.start, at - 24) : at + 1]).rpartition(" ")[2].lstrip(_OPENING)
        )
        quoted = bool(_CLOSING_QUOTES.intersection(match["close"]))
        group = self.words.group(tail, introduced or self.all_upper or self.all_lower)
        if group == "never":
            return False
        if group:
            if _QUOTED_TITLE.match(text, match.end()):
                return group == "capital"  # u. a. „Die Welt“
            return starter or group == "capital" or (quoted and word[0].isupper())
        if word[0].isdigit():
            number = _ORDINAL.search(token) or _DATE.search(token)
            return not (number or len(token) == 2) and breaks_between(token, word)
        if _DATE.search(token):
            return True  # "am 12.10. Öffentlich": no noun depends on a date in figures
        numeral = _ORDINAL.search(token) or _ROMAN.fullmatch(token)
        if numeral or (len(token) == 2 and token[0].isalpha()) or _ACRONYM.search(tail):
            # "Tagesordnungspunkt 6 a. Abstimmung", but "40 v. Chr."
            lettered = previous.isdigit() and token[0] in "abcdefgh"
            return starter or lettered or previous in self.words.counting
        if starter or quoted or not _NOT_CASED.search(token):
            return True
        if self._looks_shortened(token) and not previous[:1].isdigit():
            return False
        return breaks_between(token, word)
