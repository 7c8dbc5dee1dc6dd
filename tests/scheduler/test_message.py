"""Which day's message names the way out, and on which step last week's wish stands."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from chat.moment import EVERY_DAY, Schedule
from chat.people import Person, Space
from scheduler.message import names_way_out, opens_week
from store.nudges import Nudge

MONDAY = date(2026, 11, 16)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


def nudge(
    *, days: frozenset[int] = EVERY_DAY, began: int = 2, reflect: int | None = None, weekly: bool = False
) -> Nudge:
    """Somebody's, with only what these rules look at."""
    return Nudge(
        Person(Space("slack", "T1"), "U1"), "pour my coffee", "open the course", "smile",
        Schedule(time(8, 30), "Europe/London", days), "active", "weekly" if weekly else "daily", 0, 0,
        MONDAY + timedelta(days=began), reflect, None, {}, None, None, None, None, None, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "began", "reflect", "weekly"),
    [
        (EVERY_DAY, 2, None, False),
        (frozenset({0, 4}), 2, None, False),
        (frozenset({1, 3}), 6, 6, False),
        (EVERY_DAY, 2, None, True),
        (EVERY_DAY, 2, 4, True),
    ],
)
def test_once_a_week_whatever_the_days(days: frozenset[int], began: int, reflect: int | None, weekly: bool) -> None:
    one = nudge(days=days, began=began, reflect=reflect, weekly=weekly)
    messages = [day for day in WEEK if any(day.weekday() in schedule.days for schedule in one.week)]
    assert sum(names_way_out(one, day) for day in messages) == 1
    assert sum(opens_week(one, day) for day in messages) == 1


def test_on_the_weekday_the_member_began() -> None:
    assert [names_way_out(nudge(began=2), day) for day in WEEK] == [False, False, True, False, False, False, False]


def test_the_wish_stands_on_mondays_step_or_the_first_one_there_is() -> None:
    assert [opens_week(nudge(reflect=6), day) for day in WEEK].index(True) == 0
    assert [opens_week(nudge(reflect=0), day) for day in WEEK].index(True) == 1
    assert [opens_week(nudge(days=frozenset({2, 5})), day) for day in WEEK].index(True) == 2
