"""Days shown up: a total, n of 28, dots that tell no order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from habit.days import SPAN, dots, shown

TODAY = date(2026, 11, 21)  # a Saturday
some_days = st.lists(st.dates(TODAY - timedelta(days=60), TODAY), max_size=60)


def test_the_window_holds_28_days_with_today() -> None:
    edge = TODAY - timedelta(days=27)
    assert shown([edge, edge - timedelta(days=1), TODAY], TODAY) == (3, 2)
    assert shown([], TODAY) == (0, 0)


def test_a_day_already_had_beyond_the_date_line_counts() -> None:
    ahead = [TODAY + timedelta(days=1) - timedelta(days=n) for n in range(30)]
    assert shown(ahead, TODAY) == (30, 28)


@given(some_days)
def test_the_total_never_falls_as_days_go_by_or_are_added(days: list[date]) -> None:
    for later in range(40):
        total, recent = shown(days, TODAY + timedelta(days=later))
        assert total == len(set(days))
        assert 0 <= recent <= min(SPAN, total)


@given(some_days)
def test_dots_tell_how_many_and_never_when(days: list[date]) -> None:
    drawn = dots(days, TODAY)
    assert len(drawn) == SPAN
    assert sum(drawn) == shown(days, TODAY)[1]
    assert list(drawn) == sorted(drawn, reverse=True)
