"""A week whose days have different times, its preview, and zone data with a name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.errors import LimitError
from chat.moment import EVERY_DAY, Schedule, zones
from scheduler.when import is_quiet, next_of, upcoming
from scheduler.zone_data import zone_data_version

LONDON = "Europe/London"
WEEK = (Schedule(time(8, 30), LONDON, EVERY_DAY - {6}), Schedule(time(17), LONDON, frozenset({6})))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_on_sunday_the_reflection_comes_at_its_own_time_and_nothing_at_half_past_eight() -> None:
    seven = upcoming(WEEK, at("2026-11-19T12:00+00:00"))
    assert [o.at for o in seven] == [
        at(f"2026-11-{day}T{'17:00' if day == 22 else '08:30'}+00:00") for day in range(20, 27)
    ]
    assert [o.day.day for o in seven] == [20, 21, 22, 23, 24, 25, 26]


def test_a_preview_begins_where_a_pause_ends() -> None:
    two = upcoming(WEEK, at("2026-11-19T12:00+00:00"), 2, first_day=date(2026, 12, 6))
    assert [o.day for o in two] == [date(2026, 12, 6), date(2026, 12, 7)]


def test_two_schedules_that_name_the_same_weekday_still_give_one_message_a_date() -> None:
    both = (Schedule(time(20), "UTC"), Schedule(time(9), "UTC", frozenset({4})))  # 2026-11-20 is a Friday
    found = upcoming(both, at("2026-11-19T21:00+00:00"), 3)
    assert [(o.day.day, o.at.hour) for o in found] == [(20, 9), (21, 20), (22, 20)]


def test_a_week_without_schedules_is_refused() -> None:
    with pytest.raises(LimitError):
        next_of((), at("2026-11-19T12:00+00:00"))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(zones())), st.integers(7 * 60, 21 * 60), st.integers(7 * 60, 21 * 60), st.integers(0, 6),
    st.datetimes(datetime(2026, 1, 1), datetime(2036, 12, 1)),  # noqa: DTZ001  # made aware below
)  # fmt: skip
def test_a_week_of_two_times_has_each_date_once_in_order(
    zone: str, daily: int, own: int, day: int, start: datetime
) -> None:
    week = (Schedule(time(*divmod(daily, 60)), zone, EVERY_DAY - {day}),
            Schedule(time(*divmod(own, 60)), zone, frozenset({day})))  # fmt: skip
    found = upcoming(week, start.replace(tzinfo=UTC), 15)
    days = [occurrence.day for occurrence in found]
    assert days == [days[0] + timedelta(days=n) for n in range(15)]
    assert all(b.at > a.at for a, b in pairwise(found))


def test_a_zone_that_nobody_knows_any_more_goes_on_with_its_last_offset() -> None:
    lost = Schedule.stored(time(8), "Mars/Olympus", 127, timedelta(hours=-5))
    found = next_of([lost], at("2026-11-21T12:00+00:00"))
    assert found.at == at("2026-11-21T13:00+00:00")
    assert (is_quiet(found.at, lost), is_quiet(at("2026-11-21T12:00+00:00"), lost)) == (False, True)


def test_zone_data_has_a_name_and_a_digest() -> None:
    name, digest = zone_data_version().split()
    assert name[:2] == "20"
    assert len(digest) == 12
    assert zone_data_version() == f"{name} {digest}"
