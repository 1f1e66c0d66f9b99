"""When a word comes back: with a fixed clock, so that every interval is exact."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from webapp.study.scheduling import Schedule, in_steps, wait_label

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 3, 2, 20, 15, tzinfo=BERLIN)


def answered(schedule: Schedule, *ratings: int, item: int = 1, begin: datetime = EVENING) -> list[timedelta]:
    """The waits after each rating, every one given when the word comes back."""
    card, now, waits = None, begin, []
    for rating in ratings:
        outcome = schedule.review(item, card, rating, now)
        waits.append(outcome.wait)
        # Not before the evening: nobody learns at four in the morning.
        card, now = outcome.card, outcome.due + (timedelta() if outcome.steps else timedelta(hours=16))
    return waits


def test_a_word_known_each_time_comes_back_later_and_later() -> None:
    steps, *days = answered(Schedule(zone=BERLIN), 3, 3, 3, 3, 3, 3)
    assert steps == timedelta(minutes=10)
    assert all(wait >= timedelta(days=1) for wait in days)
    assert all(later > 1.5 * sooner for sooner, later in pairwise(days)), days


def test_a_forgotten_word_comes_back_the_same_day_and_then_sooner_than_before() -> None:
    schedule = Schedule(zone=BERLIN)
    *_, before, forgotten, again, after = answered(schedule, 3, 3, 3, 3, 3, 1, 3, 3)
    assert forgotten == timedelta(minutes=10)
    assert timedelta(days=1) <= again < before / 2
    assert again < after < before


def test_a_better_answer_waits_longer() -> None:
    schedule = Schedule(zone=BERLIN)
    card = None
    for now in (EVENING, EVENING + timedelta(minutes=10), EVENING + timedelta(days=4)):
        outcomes = schedule.outcomes(7, card, now)
        assert [o.rating for o in outcomes] == [1, 2, 3, 4]
        assert all(a.wait <= b.wait for a, b in pairwise(outcomes))
        assert outcomes[0].wait < outcomes[3].wait
        card = outcomes[2].card
    new = schedule.outcomes(7, None, EVENING)
    assert [wait_label(o.wait) for o in new[:3]] == ["1 min", "6 min", "10 min"]
    assert [o.steps for o in new] == [True, True, True, False]


def test_what_a_button_says_is_what_happens_and_happens_again() -> None:
    schedule = Schedule(zone=BERLIN)
    card = schedule.review(5, None, 4, EVENING).card
    later = EVENING + timedelta(days=9)
    for shown in schedule.outcomes(5, card, later):
        assert Schedule(zone=BERLIN).review(5, card, shown.rating, later) == shown


def test_intervals_of_words_saved_together_are_spread() -> None:
    schedule = Schedule(zone=BERLIN)
    last = {answered(schedule, 3, 3, 3, 3, item=item)[-1] for item in range(40)}
    assert len(last) > 4
    assert max(last) - min(last) < timedelta(days=0.5 * max(last).days)


def test_more_retention_means_more_reviews() -> None:
    often, seldom = Schedule(0.95, BERLIN), Schedule(0.8, BERLIN)
    assert sum(answered(often, 3, 3, 3, 3), timedelta()) < sum(answered(seldom, 3, 3, 3, 3), timedelta()) / 2


def test_days_begin_at_four_where_the_learner_lives() -> None:
    schedule = Schedule(zone=BERLIN)
    outcome = schedule.review(1, None, 4, EVENING)
    assert outcome.wait.seconds == 0
    begin = datetime(2026, 3, 2, 4, tzinfo=BERLIN)
    assert outcome.due == begin + outcome.wait
    # After midnight it is still the day before.
    assert schedule.day_of(datetime(2026, 3, 3, 1, 30, tzinfo=BERLIN)) == begin
    assert schedule.day_of(datetime(2026, 3, 3, 4, 0, tzinfo=BERLIN)) == begin + timedelta(days=1)
    # Summer time begins on 29 March: words still come at four o'clock of the clock on the wall.
    spring = schedule.review(1, None, 4, datetime(2026, 3, 27, 12, tzinfo=BERLIN))
    assert spring.due.astimezone(BERLIN).hour == 4
    assert schedule.day_of(spring.due) == spring.due


def test_a_word_learnt_in_the_evening_counts_a_day_the_next_morning() -> None:
    schedule = Schedule(zone=BERLIN)
    card = schedule.review(1, None, 4, EVENING).card
    due = EVENING.replace(hour=8) + timedelta(days=8)
    whole_days = EVENING + timedelta(days=8)
    assert schedule.review(1, card, 3, due).wait == schedule.review(1, card, 3, whole_days).wait


def test_steps_of_minutes_are_told_from_days() -> None:
    schedule = Schedule(zone=BERLIN)
    assert not in_steps(None)
    assert in_steps(schedule.review(1, None, 1, EVENING).card)
    assert not in_steps(schedule.review(1, None, 4, EVENING).card)


@pytest.mark.parametrize("rating", [0, 5, -1])
def test_other_ratings_are_refused(rating: int) -> None:
    with pytest.raises(ValueError, match="A rating is one of 1"):
        Schedule().review(1, None, rating, EVENING.astimezone(UTC))


@pytest.mark.parametrize(
    ("wait", "label"),
    [
        (timedelta(seconds=20), "1 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=30), "30 days"),
        (timedelta(days=76), "2.5 months"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=913), "2.5 years"),
    ],
)
def test_waits_in_words(wait: timedelta, label: str) -> None:
    assert wait_label(wait) == label


def test_scheduling_loads_no_learning_machinery() -> None:
    code = (
        "import sys\n"
        "from datetime import datetime, UTC\n"
        "from webapp.study.scheduling import Schedule\n"
        "Schedule().review(1, None, 3, datetime(2026, 1, 1, tzinfo=UTC))\n"
        "assert 'fsrs' in sys.modules\n"
        "print(sorted({'torch', 'pandas', 'numpy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
