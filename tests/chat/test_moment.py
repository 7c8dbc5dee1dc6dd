"""Schedules as rows keep them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from chat.errors import LimitError
from chat.moment import Occurrence, Schedule, offset_of, pack_days


def test_rows_of_members_who_share_a_moment_share_a_value() -> None:
    row = (time(8, 30), "Europe/London", pack_days({0, 4}))
    assert Schedule.stored(*row) is Schedule.stored(*row)
    assert Schedule.stored(*row) == Schedule(time(8, 30), "Europe/London", frozenset({0, 4}))


def test_the_last_offset_matters_where_the_zone_is_lost_and_nowhere_else() -> None:
    hour = timedelta(hours=1)
    assert Schedule.stored(time(8), "Europe/London", 127, hour).offset is None
    assert Schedule.stored(time(8), "Europe/Lond", 127, hour).offset == hour
    assert Schedule.stored(time(8), "Europe/Lond", 127).tz.utcoffset(None) == timedelta()
    with pytest.raises(LimitError):
        Schedule(time(8), "Europe/Lond")


@pytest.mark.parametrize(
    ("utc", "offset"),
    [
        ("2026-07-01T06:00", timedelta(hours=2)),
        ("2026-06-30T18:00", timedelta(hours=14)),
        ("2026-07-01T19:30", timedelta(hours=-11, minutes=-30)),
        ("2026-07-03T08:00", timedelta(hours=-15)),  # no zone is that far: the row is not as we wrote it
    ],
)
def test_a_planned_moment_tells_the_offset_it_was_computed_with(utc: str, offset: timedelta) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert offset_of(time(8), Occurrence(date(2026, 7, 1), moment)) == offset
