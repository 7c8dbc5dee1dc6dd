"""A day's message and a tap, for members in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chat.errors import LimitError
from habit.today import Standing, State, Today, after_tap, free_from, may_send, plan_today, returns

MONDAY = date(2026, 11, 16)
SUNDAY = MONDAY + timedelta(days=6)
MERRY = Standing("active", "daily", 0, 2, MONDAY - timedelta(days=30), None, MONDAY - timedelta(days=1))
QUIET = [
    Today("prompt", 2, "", "active", MONDAY + timedelta(days=1)),
    Today("prompt", 2, "", "active", MONDAY + timedelta(days=1)),
    Today("prompt", 0, "tiny", "active", MONDAY + timedelta(days=2)),
    Today("trouble", 0, "", "cooling", MONDAY + timedelta(days=4)),
    Today("prompt", 0, "weekly", "cooling", MONDAY + timedelta(days=8)),
    Today("last", 0, "", "dormant", None),
]


@pytest.mark.parametrize("unanswered", range(6))
def test_each_message_of_merrys_silence_says_when_the_next_may_come(unanswered: int) -> None:
    state: State = "cooling" if unanswered >= 4 else "active"
    assert plan_today(replace(MERRY, unanswered=unanswered, state=state), MONDAY) == QUIET[unanswered]


@pytest.mark.parametrize(
    "standing",
    [replace(MERRY, state=state) for state in ("off", "dormant", "graduated")]
    + [replace(MERRY, state=state, unanswered=6) for state in ("active", "cooling")],
)
def test_nothing_can_be_planned_where_nothing_may_come(standing: Standing) -> None:
    assert not may_send(standing)
    with pytest.raises(LimitError):
        plan_today(standing, MONDAY)


@pytest.mark.parametrize(("age", "kind"), [(0, "prompt"), (6, "prompt"), (7, "reflection"), (70, "reflection")])
def test_sundays_reflection_begins_in_the_second_week(age: int, kind: str) -> None:
    pippin = replace(MERRY, reflect_day=6, started_on=SUNDAY - timedelta(days=age))
    assert plan_today(pippin, SUNDAY).kind == kind


def test_a_reflection_replaces_the_step_on_its_weekday_only() -> None:
    pippin = replace(MERRY, reflect_day=6)
    week = [plan_today(pippin, MONDAY + timedelta(days=n)) for n in range(7)]
    assert [today.kind for today in week] == ["prompt"] * 6 + ["reflection"]
    assert week[-1].dose == 0


@pytest.mark.parametrize(("unanswered", "kind"), [(1, "reflection"), (2, "prompt"), (3, "trouble"), (4, "prompt")])
def test_a_silent_sunday_keeps_to_the_table_of_silence(unanswered: int, kind: str) -> None:
    assert plan_today(replace(MERRY, reflect_day=6, unanswered=unanswered), SUNDAY).kind == kind


def test_a_moved_clock_is_asked_about_but_never_two_questions_at_once() -> None:
    sam = replace(MERRY, zone_moved=True)
    extras = [plan_today(replace(sam, unanswered=n), MONDAY).extra for n in range(6)]
    assert extras == ["zone", "zone", "zone", "", "weekly", ""]


def test_weekly_members_are_not_asked_whether_weekly_would_do() -> None:
    rosie = replace(MERRY, rhythm="weekly", unanswered=4)
    assert plan_today(rosie, MONDAY).extra == "tiny"


@pytest.mark.parametrize("state", ["active", "cooling", "dormant", "graduated"])
def test_any_tap_brings_anybody_back(state: State) -> None:
    assert after_tap(replace(MERRY, state=state, unanswered=5)) == ("active", 0)


def test_a_tap_on_an_old_button_does_not_undo_off() -> None:
    frodo = replace(MERRY, state="off", unanswered=4)
    assert after_tap(frodo) == ("off", 4)
    assert not returns(frodo)


@pytest.mark.parametrize(
    ("state", "unanswered", "due", "back"),
    [
        ("active", 0, False, False),
        ("active", 2, True, False),
        ("active", 3, False, False),  # the third may still be answered on time: two are unanswered
        ("active", 3, True, True),  # now it may not: the next one is due
        ("active", 4, False, True),  # one that was thought lost turned up
        ("cooling", 3, False, True),  # the look at the design did not arrive
        ("cooling", 4, False, True),
        ("dormant", 6, False, True),
        ("dormant", 5, False, True),  # the goodbye may not have arrived
        ("graduated", 0, False, False),  # has left in success, not in silence
    ],
)
def test_a_return_is_a_tap_after_three_unanswered(state: State, unanswered: int, due: bool, back: bool) -> None:
    assert returns(replace(MERRY, state=state, unanswered=unanswered), due=due) is back


def test_a_date_that_had_its_message_is_not_free() -> None:
    had = replace(MERRY, last_day=MONDAY)
    assert free_from(had, MONDAY) == MONDAY + timedelta(days=1)
    assert free_from(had, MONDAY + timedelta(days=9)) == MONDAY + timedelta(days=9)
    assert free_from(had, MONDAY - timedelta(days=1)) == MONDAY + timedelta(days=1)  # flew east over the date line
    assert free_from(replace(MERRY, last_day=None), MONDAY) == MONDAY
