"""Hours that two people really share, in weeks like any other and in those when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.week import ANY, DAY, HALF_HOURS, WAKING, Week, hours, span
from tests.matching.people import CLOCKS_CHANGE, HOURS, WEEK, ZONES, unhurried


def test_evenings_in_berlin_meet_afternoons_in_new_york() -> None:
    berlin = WEEK.mask("Europe/Berlin", span(range(7), 18, 23))
    new_york = WEEK.mask("America/New_York", span(range(7), 12, 14))
    assert hours(berlin & new_york) == 14  # 18 to 20 in Berlin is 12 to 14 in New York, each day
    first = WEEK.slots(berlin & new_york, ("Europe/Berlin", "America/New_York"), 1)[0]
    assert first.astimezone(ZoneInfo("Europe/Berlin")).hour == 18
    assert first.astimezone(ZoneInfo("America/New_York")).hour == 12


def test_an_hour_that_the_clocks_skip_is_not_free() -> None:
    sunday_at_two = span([6], 2, 3)
    spring = Week(datetime(2026, 3, 2, tzinfo=UTC))  # New York, Sunday 8 March: 02:00 does not exist
    autumn = Week(datetime(2026, 10, 26, tzinfo=UTC))  # Sunday 1 November: 01:00 comes twice
    assert spring.mask("America/New_York", sunday_at_two) == 0
    assert WEEK.mask("America/New_York", sunday_at_two).bit_count() == 2
    assert autumn.mask("America/New_York", span([6], 1, 2)).bit_count() == 4


def test_after_a_change_of_clocks_the_same_local_evening_is_an_hour_earlier_in_utc() -> None:
    tuesday = span([1], 18, 19)
    before = Week(datetime(2026, 3, 23, tzinfo=UTC)).slots(
        Week(datetime(2026, 3, 23, tzinfo=UTC)).mask("Europe/Berlin", tuesday), ("Europe/Berlin",), 1
    )
    after = Week(datetime(2026, 3, 30, tzinfo=UTC)).slots(
        Week(datetime(2026, 3, 30, tzinfo=UTC)).mask("Europe/Berlin", tuesday), ("Europe/Berlin",), 1
    )
    assert after[0] - before[0] == timedelta(days=7, hours=-1)


def test_half_hour_zones_share_half_hours_and_quarter_ones_only_what_is_free_as_a_whole() -> None:
    kolkata = WEEK.mask("Asia/Kolkata", span([1], 18, 19))
    assert kolkata.bit_count() == 2
    assert kolkata & WEEK.mask("UTC", span([1], 12.5, 13.5)) == kolkata
    kathmandu = WEEK.mask("Asia/Kathmandu", span([1], 18, 20))  # 12:15 to 14:15 in UTC
    assert kathmandu == WEEK.mask("UTC", span([1], 12.5, 14))


@unhurried
@given(st.sampled_from(ZONES), st.sampled_from(HOURS), st.sampled_from((WEEK, *CLOCKS_CHANGE)))
def test_each_half_hour_of_a_mask_is_free_on_the_local_clock_for_all_its_thirty_minutes(
    zone: str, local: int | None, week: Week
) -> None:
    local = WAKING if local is None else local
    mask = week.mask(zone, local)
    for at in range(HALF_HOURS):
        minutes = [
            (week.start + timedelta(minutes=30 * at + m)).astimezone(ZoneInfo(zone)) for m in (0, 10, 14, 15, 20, 29)
        ]
        free = all(local >> DAY * when.weekday() + 2 * when.hour + when.minute // 30 & 1 for when in minutes)
        assert free == bool(mask >> at & 1)


@unhurried
@given(st.lists(st.tuples(st.sampled_from(ZONES), st.integers(0, ANY))), st.sampled_from((WEEK, *CLOCKS_CHANGE)))
def test_many_masks_at_once_are_the_same_masks(stated: list[tuple[str, int]], week: Week) -> None:
    made = week.masks([zone for zone, _ in stated], [local for _, local in stated])
    assert made.shape == (6, len(stated))
    for column, (zone, local) in zip(made.T, stated, strict=True):
        assert int.from_bytes(column.astype("<u8").tobytes(), "little") == week.mask(zone, local)


@unhurried
@given(st.integers(0, ANY), st.sampled_from(ZONES), st.integers(0, 5))
def test_slots_are_shared_half_hours_in_order_and_as_many_as_asked_for(shared: int, zone: str, count: int) -> None:
    slots = WEEK.slots(shared, ("UTC", zone), count)
    at = [(slot - WEEK.start) // timedelta(minutes=30) for slot in slots]
    assert at == sorted(set(at))
    assert all(shared >> one & 1 for one in at)
    assert len(at) == min(count, shared.bit_count())


def test_slots_lie_on_three_days_and_in_kind_hours_where_there_are_any() -> None:
    free = WEEK.mask("Europe/Berlin", ANY)
    zones = ("Europe/Berlin", "Asia/Kolkata")
    slots = WEEK.slots(free, zones)
    assert len({slot.date() for slot in slots}) == 3
    for zone in zones:
        assert all(9 <= slot.astimezone(ZoneInfo(zone)).hour < 20 for slot in slots)


@pytest.mark.parametrize(("begin", "end"), [(18, 18), (20, 19), (23, 25), (18.25, 19)])
def test_a_span_that_is_no_span_is_refused(begin: float, end: float) -> None:
    with pytest.raises(ValueError, match="split what passes midnight"):
        span([0], begin, end)


@pytest.mark.parametrize("start", [datetime(2026, 1, 1, 0, 20, tzinfo=UTC), datetime(2026, 1, 1)])  # noqa: DTZ001 a naive time
def test_a_week_starts_on_a_half_hour_of_an_aware_time(start: datetime) -> None:
    with pytest.raises(ValueError, match="half hour of an aware time"):
        Week(start)
