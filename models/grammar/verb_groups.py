"""The verb group of a clause: which forms belong to it, and which of them is finite."""

from __future__ import annotations

import re
from itertools import pairwise

from models.grammar.lists import named
from models.grammar.sentence import Item
from models.lexicon.tagging import Tagger


class VerbGroups:
    """Finds verb groups among the items of a sentence; knows the tagger for what a form could be."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    def could_be(self, form: str, tag: str) -> bool:
        """Return whether a form by itself could have a tag, VV(PP) for instance."""
        return any(found == tag for found, _ in self._tagger.word_tags(form))

    def is_finite(self, item: Item) -> bool:
        """Return whether the tagger sees a finite verb."""
        return item.tag in {"VV(FIN)", "VA(FIN)", "VM(FIN)", "VV(IMP)", "VA(IMP)"}

    def is_verbal(self, item: Item) -> bool:
        """Return whether the tagger sees a form of a verb."""
        return item.tag[:2] in {"VV", "VA", "VM"}

    def finite_in(self, items: tuple[Item, ...], numbers: list[int]) -> int:
        """Return the first finite verb of some items, or -1."""
        return next((number for number in numbers if self.is_finite(items[number])), -1)

    def closing(self, items: tuple[Item, ...], segment: list[int]) -> list[int]:
        """Return the verb forms that end a segment, "zu" among them."""
        group: list[int] = []
        for number in reversed(segment):
            item = items[number]
            if self.is_verbal(item) or (group and item.tag == "PTKZU"):
                group.insert(0, number)
            else:
                break
        return group if group and items[group[0]].tag != "PTKZU" else group[1:]

    def first_inside(self, items: tuple[Item, ...], segment: list[int]) -> list[int]:
        """Return the first verb group of a subordinate segment that ends it or that a new part follows."""
        group: list[int] = []
        for place, number in enumerate(segment):
            item = items[number]
            if self.is_verbal(item) or (
                item.tag == "PTKZU" and place + 1 < len(segment) and self.is_verbal(items[segment[place + 1]])
            ):
                group.append(number)
                continue
            if group:
                if (
                    item.low in named("joining")
                    or item.tag in {"APPR", "APPRART", "KOKOM"}
                    or item.low in {"als", "wie"}
                ):
                    return group
                return []  # something else behind the verb: not a clause we understand
        return group

    def finite_of(self, items: tuple[Item, ...], group: list[int]) -> int:
        """Return the finite verb of a group that ends a subordinate clause, or -1."""
        if not group:
            return -1
        last, first = items[group[-1]], items[group[0]]
        verbs = [items[number] for number in group if items[number].tag != "PTKZU"]
        if len(verbs) >= 3 and first.tag in {"VA(FIN)"} and verbs[-1].tag.endswith("(INF)"):
            return first.index  # "hätte zahlen müssen"
        if self.is_finite(last):
            return last.index
        behind_zu = len(group) > 1 and items[group[-2]].tag == "PTKZU"
        if (
            last.tag.endswith("(INF)")
            and not behind_zu
            and len(verbs) < 3
            and self.could_be(last.text, last.tag[:2] + "(FIN)")
        ):
            if len(verbs) == 2 and not verbs[0].tag.endswith(("(PP)", "(INF)")):
                return -1
            return last.index  # "zustimmen": plural, as the infinitive
        if last.tag == "VV(PP)" and len(verbs) == 1 and self.could_be(last.text, "VV(FIN)"):
            return last.index
        return -1

    def ends_finite(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        """Return whether a segment ends with a verb group that may be finite, or may yet be completed."""
        group = self.closing(items, segment)
        if not group:
            # "der Bericht, der die Länder, ..." is not claimed: only what ends with its verb
            return False
        early = [n for n in segment[1:] if self.is_finite(items[n]) and n < group[0]]
        return not early and (len(segment) > len(group))

    def surely_last(self, items: tuple[Item, ...], segment: list[int]) -> bool:
        """Return whether the finite verb stands behind the others of its group: "gestritten wird"."""
        group = self.closing(items, segment)
        return (
            len(group) > 1
            and self.is_finite(items[group[-1]])
            and items[group[-2]].tag.endswith(("(PP)", "(INF)"))
        )

    def lost_infinitive(
        self, items: tuple[Item, ...], group: list[int], finite: int, inner: list[int]
    ) -> bool:
        """Return whether the infinitive before a modal verb was not seen as one: "haushalten muss"."""
        if items[finite].tag != "VM(FIN)" or len(group) > 1 or finite - 1 not in inner:
            return False
        before = items[finite - 1]
        looks = before.text.islower() and before.low.endswith("en")
        return looks and not before.tag.startswith(("ADV", "ADJ", "P"))

    def waits(self, items: tuple[Item, ...], segment: list[int], group: list[int]) -> bool:
        """Return whether a seeming plural is an infinitive: "das man setzen oder weglassen kann"."""
        if any(items[n].low in {"man", "er", "es", "ich", "du"} for n in segment if n < group[0]):
            return True
        behind = [n for n in segment if n > group[-1]]
        return bool(behind) and items[behind[-1]].tag in {"VM(FIN)", "VA(FIN)"}

    def bracket(
        self, items: tuple[Item, ...], behind: list[int], finite: Item
    ) -> tuple[tuple[int, ...], int]:
        """Return the participles and infinitives that close a main clause, and their zu."""
        auxiliary = finite.tag[:2] in {"VA", "VM"} or finite.lemma in {"lassen", "scheinen"}
        group: list[int] = []
        for place, number in enumerate(behind):
            item = items[number]
            following = items[behind[place + 1]] if place + 1 < len(behind) else None
            gap = following is None or following.index != number + 1
            zu = item.tag == "PTKZU" and following is not None and self.is_verbal(following)
            bare = item.tag.endswith(("(PP)", "(INF)", "(IZU)")) and self.is_verbal(item)
            bare = bare or (bool(group) and item.low in named("plural or infinitive"))
            mistaken = (
                auxiliary
                and item.tag == "VV(FIN)"
                and (self.could_be(item.text, "VV(PP)") or self.could_be(item.text, "VV(INF)"))
            )
            if zu or bare or mistaken:
                group.append(number)
                inserted = any(after > before + 1 for before, after in pairwise(behind[:place]))
                goes_on = following is not None and following.tag.endswith(("(PP)", "(INF)"))
                if gap and goes_on and inserted:
                    group = []  # "wurde die Richtlinie, auch X genannt, erlassen"
                    continue
                if gap or (
                    following is not None
                    and (
                        following.low in named("joining")
                        or following.tag in {"APPR", "APPRART", "KOKOM"}
                        or following.low in {"als", "wie"}
                    )
                ):
                    break
            else:
                group = []
        else:
            group = []
        zu_at = next((number for number in group if items[number].tag == "PTKZU"), -1)
        return tuple(number for number in group if number != zu_at), zu_at


def has_zu_inside(item: Item) -> bool:
    """Return whether an infinitive has its zu inside: "vorzulegen"."""
    return item.tag == "VV(IZU)" or (
        item.tag == "VV(INF)"
        and re.search(r"^.{2,}zu.{3,}n$", item.low) is not None
        and ("zu" not in item.lemma[1:])
    )
