"""Offers on an answered card: weekly at eight weeks, an end at sixteen, more when it is easy; one, and not often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from habit.ladder import TOP
from habit.taper import Offer, easier_offer, offer
from habit.today import Standing, State

TODAY = date(2026, 11, 21)
EVERY_DAY = [TODAY - timedelta(days=n) for n in range(200)]
FOUR_A_WEEK = [day for n, day in enumerate(EVERY_DAY) if n % 7 < 4]
NEVER: Mapping[str, date] = {}


def since(days: int, rung: int = 0) -> Standing:
    return Standing("active", "daily", 0, rung, TODAY - timedelta(days=days), None, TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("age", "offered"), [(55, None), (56, "weekly"), (111, "weekly"), (112, "stop"), (400, "stop")]
)
def test_galadriel_shows_up_four_days_a_week(age: int, offered: Offer | None) -> None:
    assert offer(since(age), FOUR_A_WEEK, TODAY, NEVER) == offered


def test_one_thin_week_of_the_four_and_nothing_is_offered() -> None:
    for week in range(4):
        thin = [day for day in FOUR_A_WEEK if day != ago(7 * week + 1)]
        assert offer(since(70), thin, TODAY, NEVER) is None


def test_older_thin_weeks_do_not_count() -> None:
    assert offer(since(70), [day for day in FOUR_A_WEEK if day > ago(28)], TODAY, NEVER) == "weekly"


def test_days_counted_twice_do_not_make_a_week() -> None:
    assert offer(since(70), [ago(0), ago(7), ago(14), ago(21)] * 4, TODAY, NEVER) is None


@pytest.mark.parametrize(("days", "offered"), [(28, None), (29, "weekly")])
def test_who_let_weekly_pass_is_asked_again_after_28_days(days: int, offered: Offer | None) -> None:
    assert offer(since(90), FOUR_A_WEEK, TODAY, {"weekly": ago(days)}) == offered


def test_arwen_on_the_weekly_rhythm_is_offered_the_end_after_three_of_four_weeks() -> None:
    arwen = replace(since(120), rhythm="weekly")
    assert offer(arwen, [ago(0), ago(7), ago(21)], TODAY, NEVER) == "stop"
    assert offer(arwen, [ago(0), ago(7), ago(8)], TODAY, NEVER) is None
    assert offer(replace(arwen, started_on=ago(111)), FOUR_A_WEEK, TODAY, NEVER) is None


def test_more_is_offered_after_ten_days_of_fourteen_once_in_28_days() -> None:
    assert offer(since(14), EVERY_DAY[:10], TODAY, NEVER) == "harder"
    assert offer(since(14), EVERY_DAY[:9], TODAY, NEVER) is None
    assert offer(since(14, TOP), EVERY_DAY[:10], TODAY, NEVER) is None
    assert offer(since(45), EVERY_DAY[:30], TODAY, {"harder": ago(28)}) is None
    assert offer(since(45), EVERY_DAY[:30], TODAY, {"harder": ago(29)}) == "harder"


def test_leaving_is_offered_before_growing_and_resting_offers_make_room() -> None:
    assert offer(since(150), EVERY_DAY, TODAY, NEVER) == "stop"
    assert offer(since(150), EVERY_DAY, TODAY, {"stop": ago(8)}) == "weekly"
    assert offer(since(150), EVERY_DAY, TODAY, {"stop": ago(20), "weekly": ago(8)}) == "harder"


def test_no_two_offers_within_a_week() -> None:
    made: dict[str, date] = {}
    days: list[int] = []
    for n in range(120, 240):
        today = ago(0) + timedelta(days=n)
        shown = [today - timedelta(days=k) for k in range(60)]
        one = offer(replace(since(0), started_on=TODAY), shown, today, made)
        if one:
            made[one] = today
            days.append(n)
    assert len(days) >= 9
    assert min(b - a for a, b in pairwise(days)) >= 7


@pytest.mark.parametrize("state", ["off", "cooling", "dormant", "graduated"])
def test_nothing_is_offered_to_whom_nothing_is_sent(state: State) -> None:
    assert offer(replace(since(150), state=state), EVERY_DAY, TODAY, NEVER) is None


@pytest.mark.parametrize(
    ("answers", "offered"),
    [
        ([], False),
        (["shrunk"], False),
        (["done", "shrunk", "shrunk"], True),
        (["shrunk", "shrunk", "done"], False),
        (["shrunk", "not_today", "shrunk"], False),
    ],
)
def test_twice_shrunk_and_an_easier_step_is_offered(answers: list[str], offered: bool) -> None:
    assert easier_offer(answers) is offered
    assert not easier_offer(answers, rung=0)
