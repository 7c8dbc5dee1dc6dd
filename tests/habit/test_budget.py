"""One message a day: who goes first, and how long the others wait."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from habit.budget import LAPSE_DAYS, RANK, first, lapsed


def test_the_order_is_r2s() -> None:
    assert RANK == ("match_answer", "thanks", "weekly", "nudge", "follow_up", "offer")


def test_of_any_two_the_higher_goes_in_whatever_order_they_come() -> None:
    for high, low in combinations(RANK, 2):
        assert first([high, low]) == first([low, high]) == high
    assert first([]) is None


def test_who_waits_goes_within_three_days_or_never() -> None:
    wanted = date(2026, 2, 27)
    assert [lapsed(wanted, wanted + timedelta(days=n)) for n in range(6)] == [False] * (LAPSE_DAYS + 1) + [True] * 2
