"""One message a day: who goes first."""

from __future__ import annotations

from typing import get_args

from habit.budget import ORDER, rank
from habit.today import Kind


def test_the_weekly_look_back_goes_before_the_nudge_and_everything_has_its_place() -> None:
    assert set(ORDER) == set(get_args(Kind))
    assert all(rank("reflection") < rank(kind) for kind in ORDER if kind != "reflection")
