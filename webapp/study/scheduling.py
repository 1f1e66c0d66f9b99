"""When a word comes back: FSRS decides, in the learner's days, and the same review always gives the same day.

FSRS (https://github.com/open-spaced-repetition/py-fsrs) estimates how long a word stays in memory and asks
for it again when the chance of remembering it has fallen to the wanted retention. Two things are ours:

- Days are the learner's: a word that is to come back in three days comes at the beginning of the third day,
  not at the minute of its last review, so that who learns in the evening may learn in the morning.
- Intervals are spread a little, so that words saved together do not stay together for ever. The spread
  follows from the item and its last review, so that the interval written on a button is the one that comes
  about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import sha256

from fsrs import Card, Rating, Scheduler, State

DAY_BEGINS = timedelta(hours=4)
"""The learner's day begins at four in the morning: who learns after midnight has not begun another day."""
LEARNING_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
"""When a word that is seen for the first time comes back on the same day."""
RELEARNING_STEPS = (timedelta(minutes=10),)
"""When a word that was forgotten comes back on the same day."""
RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
"""What a learner may answer, in the numbers of FSRS."""

_DAY = timedelta(days=1)
_SPREAD = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From and to how many days an interval is spread by which share (the bands that Anki and FSRS use)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rating makes of a word."""

    rating: int
    """1 again, 2 hard, 3 good, 4 easy."""
    card: str
    """The FSRS card as JSON."""
    due: datetime
    """When the word comes back (UTC)."""
    steps: bool
    """Whether it comes back on the same day, in a learning step of minutes."""
    wait: timedelta
    """How long until then: minutes in a step, else whole days."""

    @property
    def label(self) -> str:
        """The name of the rating, such as ``Good``."""
        return RATINGS[self.rating]


class Schedule:
    """Schedules words. Knows no clock: the time is always given."""

    def __init__(self, retention: float = 0.9, zone: tzinfo | None = None) -> None:
        """Choose how much is to be remembered.

        Args:
            retention: the share of words to be remembered when they come back, between 0.7 and 0.97.
            zone: where the learner's days begin; None is this computer's zone.

        """
        self._zone = zone
        self._scheduler = Scheduler(
            desired_retention=retention,
            learning_steps=LEARNING_STEPS,
            relearning_steps=RELEARNING_STEPS,
            enable_fuzzing=False,  # its own cannot be repeated
        )

    def outcomes(self, item_id: int, card: str | None, now: datetime) -> tuple[Outcome, ...]:
        """What each of the four ratings would make of a word, ``Again`` first.

        Args:
            item_id: the word's number, which decides how its intervals are spread.
            card: its FSRS card as JSON; None if it was never reviewed.
            now: the time of the review, with zone.

        """
        return tuple(self._outcomes(item_id, card, now))

    def review(self, item_id: int, card: str | None, rating: int, now: datetime) -> Outcome:
        """What one rating makes of a word; arguments as for `outcomes`.

        Raises:
            ValueError: there is no such rating.

        """
        if rating not in RATINGS:
            raise ValueError(
                f"A rating is one of 1 (again), 2 (hard), 3 (good) and 4 (easy), not {rating!r}."
            )
        return self.outcomes(item_id, card, now)[rating - 1]

    def day_of(self, time: datetime) -> datetime:
        """The beginning (UTC) of the learner's day to which a time belongs."""
        local = time.astimezone(self._zone) - DAY_BEGINS
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        # The zone's offset may be another at the day's beginning, so it is looked up anew.
        begins = (midnight + DAY_BEGINS).replace(tzinfo=None)
        aware = begins.replace(tzinfo=self._zone) if self._zone else begins.astimezone()
        return aware.astimezone(UTC)

    def _outcomes(self, item_id: int, card: str | None, now: datetime) -> Iterator[Outcome]:
        now = now.astimezone(UTC)
        today = self.day_of(now)
        before = _card(card, now)
        spread = _spread(item_id, before)
        for rating in RATINGS:
            after, _ = self._scheduler.review_card(before, Rating(rating), now)
            steps = after.state != State.Review
            if steps:
                wait = after.due - now
            else:
                wait = _spread_out((after.due - now) / _DAY, spread)
                # Both ends of an interval stand at the beginning of a day: FSRS counts whole days between.
                after.last_review, after.due = today, self.day_of(today + wait + _DAY / 2)
            yield Outcome(rating, _json(after), after.due, steps, wait)


def in_steps(card: str | None) -> bool:
    """Whether a card (JSON) is in a step of minutes, to come back on the same day."""
    return card is not None and Card.from_json(card).state != State.Review


def wait_label(wait: timedelta) -> str:
    """A waiting time in few words: ``10 min``, ``3 days``, ``2.5 months``."""
    minutes = max(1, round(wait / timedelta(minutes=1)))
    days = round(wait / _DAY)
    if minutes < 60:
        return f"{minutes} min"
    if days < 1:
        return _counted(round(wait / timedelta(hours=1)), "hour")
    if days < 31:
        return _counted(days, "day")
    if days < 365:
        return _counted(round(days / 30.4, 1), "month")
    return _counted(round(days / 365.25, 1), "year")


def _counted(number: float, unit: str) -> str:
    return f"{number:g} {unit}{'' if number == 1 else 's'}"


def _card(card: str | None, now: datetime) -> Card:
    # The id is given, since FSRS would wait a millisecond to make one; we have no use for it.
    return Card.from_json(card) if card else Card(card_id=0, due=now)


def _json(card: Card) -> str:
    return json.dumps(card.to_dict(), separators=(",", ":"))


def _spread(item_id: int, card: Card) -> float:
    """A number from -1 to 1 that is the same for all four ratings, so that their order stays."""
    text = f"{item_id} {card.last_review.isoformat() if card.last_review else ''} {card.stability}"
    return int.from_bytes(sha256(text.encode()).digest()[:4]) / (2**32 - 1) * 2 - 1


def _spread_out(days: float, spread: float) -> timedelta:
    """An interval, made longer or shorter by its share of the spread; whole days."""
    if days < _SPREAD[0][0]:
        return timedelta(days=round(days))
    most = 1 + sum(share * max(0.0, min(days, high) - low) for low, high, share in _SPREAD)
    return timedelta(days=max(2, round(days + spread * most)))
