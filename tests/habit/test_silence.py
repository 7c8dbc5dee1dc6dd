"""Silence: the table of R19, and nothing beyond it."""

from __future__ import annotations

import pytest

from chat.errors import LimitError
from habit.silence import MOST_UNANSWERED, silent_days, turn


def test_six_messages_then_none_whatever_the_count() -> None:
    assert [turn(n) for n in range(6)] == ["step", "step", "tiny", "trouble", "weekly", "last"]
    assert [turn(n) for n in (MOST_UNANSWERED, 7, 1000)] == [None, None, None]


def test_after_the_last_answer_on_day_0_messages_come_on_days_1_2_3_5_9_17() -> None:
    days, day = list[int](), 0
    for unanswered in range(MOST_UNANSWERED):
        day += 1 + silent_days(unanswered)
        days.append(day)
    assert days == [1, 2, 3, 5, 9, 17]


def test_there_is_no_wait_for_a_message_that_never_comes() -> None:
    with pytest.raises(LimitError, match="turn"):
        silent_days(MOST_UNANSWERED)
    for rule in (turn, silent_days):
        with pytest.raises(LimitError):
            rule(-1)
