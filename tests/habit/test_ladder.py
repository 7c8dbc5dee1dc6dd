"""Doses: clamped at both ends, a harder one only after ten of fourteen days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from habit.ladder import DOSES, TOP, easier, harder, may_offer_harder

TODAY = date(2026, 11, 21)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=n) for n in days]


def test_the_ladder_grows_from_ten_seconds_and_ends_at_half_an_hour() -> None:
    assert (DOSES[0], DOSES[TOP]) == (10, 1800)
    assert list(DOSES) == sorted(set(DOSES))


def test_each_rung_up_is_undone_by_one_down_and_nobody_falls_off() -> None:
    assert [easier(harder(rung)) for rung in range(TOP)] == list(range(TOP))
    assert (easier(0), harder(TOP)) == (0, TOP)
    assert (easier(99), harder(-99)) == (TOP, 0)


@pytest.mark.parametrize(
    ("rung", "days", "may"),
    [
        (0, ago(*range(10)), True),
        (0, ago(*range(9)), False),
        (0, ago(*range(4, 14)), True),  # the window's far end is the fourteenth day
        (0, ago(*range(5, 15)), False),
        (0, ago(*range(9), 0, 0, 1), False),  # a day twice is one day
        (TOP - 1, ago(*range(14)), True),
        (TOP, ago(*range(14)), False),
    ],
)
def test_harder_may_be_offered_after_ten_days_of_fourteen(rung: int, days: list[date], may: bool) -> None:
    assert may_offer_harder(rung, days, TODAY) is may
