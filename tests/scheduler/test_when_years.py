"""Every zone through both seasons and a leap day, held against a second opinion; the million is in `make faults`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.years import Figures, moments, walk
from chat.moment import Schedule, zones
from faults.zone_oracle import Jump, Wall, wall
from scheduler.when import exists, instant, next_moment

TERMS = ((date(2027, 10, 24), 18), (date(2028, 2, 27), 4), (date(2028, 3, 8), 28))
"""The turns of both hemispheres (London, New York, Santiago, Sydney, Lord Howe) and the leap day."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_twenty_thousand_moments_in_all_zones_each_once_and_to_the_second() -> None:
    random, figures = Random(7), Figures()
    for zone in sorted(zones()):
        clocks = wall(zone, datetime(2027, 10, 20, tzinfo=UTC), datetime(2028, 4, 10, tzinfo=UTC))
        own = list(moments(clocks, 2, random))[-1]  # inside a gap or fold where the zone has one
        for day, length in TERMS:
            start = datetime.combine(day, time(), UTC)
            walk(Schedule(own, zone), clocks, start, start + timedelta(days=length), figures)
    figures.hold()
    assert figures.occurrences > 20_000
    assert figures.leap_days > 500


def test_a_walk_notices_what_is_wrong() -> None:
    start, end = datetime(2027, 10, 20, tzinfo=UTC), datetime(2027, 11, 20, tzinfo=UTC)
    wrong = Figures()
    walk(Schedule(time(8), "Europe/Berlin"), wall("Europe/London", start, end), start, end, wrong)
    assert wrong.drift == 3600
    with pytest.raises(AssertionError):
        wrong.hold()
    skipped = Figures()
    walk(Schedule(time(8), "Europe/London", frozenset({0, 1})), wall("Europe/London", start, end), start, end, skipped)
    assert skipped.missed > 15


def test_the_second_opinion_knows_what_is_in_the_books() -> None:
    new_york = wall("America/New_York", at("2026-01-01T00:00+00:00"), at("2027-01-01T00:00+00:00"))
    assert new_york == Wall(-18000, (
        Jump(int(at("2026-03-08T07:00+00:00").timestamp()), -18000, -14400),
        Jump(int(at("2026-11-01T06:00+00:00").timestamp()), -14400, -18000),
    ))  # fmt: skip
    assert new_york.instant(date(2026, 3, 8), time(2, 30)) == at("2026-03-08T07:30+00:00").timestamp()
    assert new_york.instant(date(2026, 11, 1), time(1, 30)) == at("2026-11-01T05:30+00:00").timestamp()
    apia = wall("Pacific/Apia", at("2011-12-01T00:00+00:00"), at("2012-01-31T00:00+00:00"))
    assert [apia.instant(date(2011, 12, day), time(8)) is None for day in (29, 30, 31)] == [False, True, False]


def _near_jumps() -> Iterator[tuple[str, Jump]]:
    for zone in ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Nuuk", "Africa/Casablanca",
                 "Asia/Beirut", "America/Santiago", "Pacific/Apia", "Antarctica/Troll"):  # fmt: skip
        for jump in wall(zone, datetime(2008, 1, 1, tzinfo=UTC), datetime(2037, 12, 1, tzinfo=UTC)).jumps:
            yield zone, jump


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(list(_near_jumps())), st.integers(-90, 90), st.data())
def test_a_gap_uses_the_offset_before_it_and_a_fold_its_first_pass(
    where: tuple[str, Jump], minutes: int, data: st.DataObject
) -> None:
    zone, jump = where
    inside = data.draw(st.booleans()) and bool(jump.local)
    local = data.draw(st.sampled_from(jump.local)) if inside else jump.at + jump.before + 60 * minutes
    shown = datetime.fromtimestamp(local, UTC)
    schedule, day = Schedule(shown.time(), zone), shown.date()
    if not exists(schedule, day):
        assert zone == "Pacific/Apia"
        assert day == date(2011, 12, 30)
        return
    found = instant(schedule, day)
    if inside:
        assert found.timestamp() == local - jump.before
    else:
        assert found.astimezone(ZoneInfo(zone)).time() == schedule.at or local in jump.local
    before = next_moment(schedule, found - timedelta(days=3), first_day=day)
    assert (before.day, before.at) == (day, found)
    assert next_moment(schedule, found).day > day
