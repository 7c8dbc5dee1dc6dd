"""Own moments across gaps, folds, skipped days, travel and late ticks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.moment import EVERY_DAY, Occurrence, Schedule, zones
from scheduler.when import decide, instant, next_moment


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "local", "day", "utc"),
    [
        ("America/New_York", time(2, 30), date(2026, 3, 8), "2026-03-08T07:30+00:00"),  # gap: offset before it
        ("America/New_York", time(1, 30), date(2026, 11, 1), "2026-11-01T05:30+00:00"),  # fold: the first pass
        ("Europe/London", time(1, 30), date(2026, 3, 29), "2026-03-29T01:30+00:00"),
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), "2026-10-03T15:45+00:00"),  # half an hour of gap
        ("Asia/Kolkata", time(8, 0), date(2026, 11, 21), "2026-11-21T02:30+00:00"),
        ("Pacific/Kiritimati", time(0, 5), date(2026, 11, 21), "2026-11-20T10:05+00:00"),
    ],
)
def test_a_local_time_is_one_instant(zone: str, local: time, day: date, utc: str) -> None:
    assert instant(Schedule(local, zone), day) == at(utc)


def test_a_day_the_zone_skipped_has_no_occurrence() -> None:
    apia = Schedule(time(8), "Pacific/Apia")  # 2011-12-30 did not happen there
    first = next_moment(apia, at("2011-12-29T00:00-10:00"))
    second = next_moment(apia, first.at)
    assert (first.day, second.day) == (date(2011, 12, 29), date(2011, 12, 31))


def test_a_fold_gives_one_occurrence() -> None:
    schedule = Schedule(time(1, 30), "America/New_York")
    first = next_moment(schedule, at("2026-11-01T00:00-04:00"))
    assert (first.at, next_moment(schedule, first.at).day) == (at("2026-11-01T05:30+00:00"), date(2026, 11, 2))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(zones())),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 1)),  # noqa: DTZ001  # made aware below
    st.frozensets(st.integers(0, 6), min_size=1),
)
def test_every_nominal_day_once_and_in_order(zone: str, local: time, start: datetime, days: frozenset[int]) -> None:
    schedule, after = Schedule(local, zone, days), start.replace(tzinfo=UTC)
    seen: list[Occurrence] = []
    for _ in range(10):
        seen.append(next_moment(schedule, after, first_day=seen[-1].day + timedelta(days=1) if seen else None))
        assert seen[-1].at > after
        after = seen[-1].at
    assert [o.day for o in seen] == sorted({o.day for o in seen})
    assert all(o.day.weekday() in days for o in seen)
    if days == EVERY_DAY:
        assert (seen[-1].day - seen[0].day).days in {9, 10}  # 10 only where a zone skipped a day


def test_a_gap_at_midnight_pushes_a_moment_into_the_next_date_and_it_is_still_found() -> None:
    nuuk = Schedule(time(23, 30), "America/Nuuk")  # 2028-03-25 has no hour from 23:00 on
    found = next_moment(nuuk, at("2028-03-26T00:10-01:00"))
    assert found == Occurrence(date(2028, 3, 25), at("2028-03-26T00:30-01:00"))
    assert next_moment(nuuk, found.at).day == date(2028, 3, 26)


def test_first_day_holds_a_pause() -> None:
    london = Schedule(time(8), "Europe/London")
    assert next_moment(london, at("2026-11-20T12:00+00:00"), first_day=date(2026, 11, 25)).day == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("own", "now", "what"),
    [
        (time(8, 30), "2026-11-20T08:30:01+00:00", "send"),
        (time(8, 30), "2026-11-20T11:30:00+00:00", "send"),  # three hours late, to the second
        (time(8, 30), "2026-11-20T11:30:01+00:00", "skip_late"),
        (time(20, 0), "2026-11-20T21:01:00+00:00", "skip_late"),  # quiet hours have begun
        (time(20, 58), "2026-11-20T20:59:59+00:00", "send"),
        (time(20, 58), "2026-11-20T21:02:00+00:00", "skip_late"),  # four minutes late is inside them all the same
        (time(20, 59), "2026-11-20T21:00:00+00:00", "skip_late"),
        (time(21, 0), "2026-11-20T21:02:00+00:00", "send"),
        (time(22, 0), "2026-11-20T22:40:00+00:00", "send"),  # a moment the member put inside them
        (time(23, 30), "2026-11-21T00:10:00+00:00", "skip_late"),  # another local day
    ],
)
def test_a_late_prompt_is_sent_once_or_skipped(own: time, now: str, what: str) -> None:
    schedule = Schedule(own, "UTC")
    due = Occurrence(date(2026, 11, 20), instant(schedule, date(2026, 11, 20)))
    assert decide(schedule, due, at(now)) == what


def test_the_machines_zone_data_is_todays() -> None:
    assert ZoneInfo("Europe/London").utcoffset(datetime(2026, 7, 1)) == timedelta(hours=1)  # noqa: DTZ001
