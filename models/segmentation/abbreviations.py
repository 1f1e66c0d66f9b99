"""The curated lists: German abbreviations, words that begin sentences, words that tell by their context."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

Group = Literal["never", "starter", "capital"]
ABBREVIATION_FILE = Path(__file__).with_name("abbreviations.txt")
STARTER_FILE = Path(__file__).with_name("starters.txt")
# "Schulstr.", "Wilhelmpl.", "Bundespräs.", "Fraktionsvors."
_SHORTENED_ENDS = ("str.", "pl.", "präs.", "vors.", "sekr.", "abg.")
CONTEXT_FILE = Path(__file__).with_name("contexts.txt")


@dataclass(frozen=True, slots=True)
class WordLists:
    """Abbreviations without inner spaces ("z.B.") by group, and sentence starters in lower case."""

    abbreviations: dict[str, Group]
    folded: dict[str, Group]  # the same in lower case, for capitalised and upper-case text
    starters: frozenset[str]
    # the lists of contexts.txt
    counting: frozenset[str]
    naming: frozenset[str]
    shouting: frozenset[str]
    vowelless: frozenset[str]
    compound_part: frozenset[str]

    def group(self, token: str, any_case: bool) -> Group | None:
        """Group of the abbreviation that ends ``token``; ``any_case`` at a sentence start or in capitals."""
        parts = token.split(".")[:-1]
        for first in range(len(parts)):
            candidate = ".".join(parts[first:]) + "."
            for form in (candidate, candidate[max(candidate.rfind("-"), candidate.rfind("/")) + 1 :]):
                if found := self.abbreviations.get(form) or (any_case and self.folded.get(form.lower())):
                    return found
                if form[:1].isupper() and form[:1].lower() + form[1:] in self.abbreviations:
                    return "starter"  # "die Röm. Verträge", but also a name: "mit Max. Er kam"
        return "starter" if token.endswith(_SHORTENED_ENDS) and len(token) > 5 else None

    def begins_sentences(self, word: str) -> bool:
        """Whether a capitalised word shows that a sentence begins."""
        return word.lower() in self.starters


def _lines(path: Path) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


@lru_cache(maxsize=1)
def word_lists() -> WordLists:
    """Read the lists on first use; raises ``ValueError`` with the line that is wrong."""
    abbreviations: dict[str, Group] = {}
    group: Group | None = None
    for line in _lines(ABBREVIATION_FILE):
        if line.startswith("["):
            if line not in {"[never]", "[starter]", "[capital]"}:
                raise ValueError(f"{ABBREVIATION_FILE}: unknown group {line}")
            group = cast(Group, line[1:-1])
            continue
        if group is None or not line.endswith("."):
            raise ValueError(f"{ABBREVIATION_FILE}: {line!r} stands in no group or lacks the full stop")
        abbreviations[line.replace(" ", "")] = group
    folded = {form.lower(): group for form, group in abbreviations.items()}
    starters = frozenset(word for line in _lines(STARTER_FILE) for word in line.split())
    contexts = _sections(CONTEXT_FILE, ("counting", "naming", "shouting", "vowelless", "compound-part"))
    return WordLists(abbreviations, folded, starters, *contexts)


def _sections(path: Path, names: tuple[str, ...]) -> list[frozenset[str]]:
    words: dict[str, set[str]] = {name: set() for name in names}
    section = ""
    for line in _lines(path):
        if line.startswith("["):
            section = line.strip("[]")
        elif section in words:
            words[section].update(line.split())
        else:
            raise ValueError(f"{path}: {line!r} stands in the unknown group [{section}]")
    return [frozenset(words[name]) for name in names]
