"""Members who move: between zones, over the date line, and to another time of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from chat.moment import Occurrence, Schedule, zones
from faults.traveller import DATE_LINE, Traveller, some_day
from faults.zone_data import lived_through_updates
from scheduler.when import APART, LONGEST, after_move, instant, is_quiet, next_of, replan

MINUTES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
ZONES = st.sampled_from(DATE_LINE) | st.sampled_from(sorted(zones()))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


class Journey(RuleBasedStateMachine):
    """What holds is asserted by the traveller at each delivery: no date twice, never two within 12 hours, never none
    within 48 unless all that came after was the member's night."""

    @initialize(own=MINUTES, zone=ZONES, days=st.integers(0, 220))
    def begin(self, own: time, zone: str, days: int) -> None:
        self.traveller = Traveller(own, zone, some_day() + timedelta(days=days))

    @rule(minutes=st.integers(1, 72 * 60))
    def wait(self, minutes: int) -> None:
        self.traveller.wait(timedelta(minutes=minutes))

    @rule(hours=st.sampled_from([24, 36, 47, 48]))
    def wait_for_a_round_while(self, hours: int) -> None:
        self.traveller.wait(timedelta(hours=hours))

    @precondition(lambda self: not self.traveller.overdue)
    @rule(zone=ZONES)
    def move(self, zone: str) -> None:
        self.traveller.move(zone)

    @precondition(lambda self: not self.traveller.overdue)
    @rule(minutes=st.integers(1, 90), zone=ZONES)
    def leave_just_before_the_moment(self, minutes: int, zone: str) -> None:
        left = self.traveller.due.at - timedelta(minutes=minutes) - self.traveller.now
        if left > timedelta(0):
            self.traveller.wait(left)
        if not self.traveller.overdue:
            self.traveller.move(zone)

    def teardown(self) -> None:
        if hasattr(self, "traveller"):
            self.traveller.wait(timedelta(days=3))


Journey.TestCase.settings = settings(
    max_examples=150, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestJourney = Journey.TestCase


def test_over_the_date_line_to_the_west_the_next_date_comes_before_two_days_are_over() -> None:
    last = at("2026-11-21T08:30+14:00")
    found = after_move(
        [Schedule(time(8, 30), "Pacific/Midway")], last_day=date(2026, 11, 21), last_at=last, now=last + APART
    )
    # 08:30 of the 22nd is 49 hours away and 07:30 is in the night: the evening before
    assert found == Occurrence(date(2026, 11, 22), at("2026-11-21T20:00-11:00"))


def test_over_the_date_line_to_the_east_a_date_that_is_nearly_over_is_left_out() -> None:
    last = at("2026-11-21T08:30-11:00")  # 09:30 of the 22nd on Kiritimati
    found = after_move(
        [Schedule(time(8, 30), "Pacific/Kiritimati")], last_day=date(2026, 11, 21), last_at=last, now=last + APART
    )
    assert found == Occurrence(date(2026, 11, 23), at("2026-11-23T08:30+14:00"))


def test_twelve_hours_push_a_moment_to_the_next_date() -> None:
    last = at("2026-11-21T20:00+00:00")
    for own, day in ((time(7, 59), 23), (time(8), 22)):
        found = after_move([Schedule(own, "UTC")], last_day=date(2026, 11, 21), last_at=last, now=last)
        assert found.day == date(2026, 11, day)


def test_whoever_lands_in_the_night_gets_it_in_the_morning() -> None:
    last = at("2026-11-19T08:30+00:00")
    tokyo = Schedule(time(18), "Asia/Tokyo")  # the 48 hours end at 17:30 there; for Honolulu at 22:30
    assert after_move([tokyo], last_day=date(2026, 11, 19), last_at=last, now=at("2026-11-21T08:10+00:00")) == (
        Occurrence(date(2026, 11, 21), at("2026-11-21T17:30+09:00"))
    )
    honolulu = Schedule(time(18), "Pacific/Honolulu")
    assert after_move([honolulu], last_day=date(2026, 11, 19), last_at=last, now=at("2026-11-21T07:00+00:00")) == (
        Occurrence(date(2026, 11, 21), at("2026-11-21T08:00-10:00"))
    )


def test_a_moment_the_member_put_into_the_night_may_come_early_in_the_night() -> None:
    last = at("2026-11-21T22:00+14:00")
    midway = Schedule(time(22), "Pacific/Midway")
    found = after_move([midway], last_day=date(2026, 11, 21), last_at=last, now=last + APART)
    assert found == Occurrence(date(2026, 11, 22), last + LONGEST)


def test_before_the_first_message_a_move_only_moves_the_moment() -> None:
    berlin, now = Schedule(time(8), "Europe/Berlin"), at("2026-11-21T06:30+00:00")
    assert after_move([berlin], last_day=None, last_at=None, now=now) == next_of([berlin], now)


def test_a_pause_and_days_off_are_not_cut_short_by_a_move() -> None:
    last, now = at("2026-11-21T08:30+14:00"), at("2026-11-21T12:00+00:00")
    midway = Schedule(time(8, 30), "Pacific/Midway")
    paused = after_move([midway], last_day=date(2026, 11, 21), last_at=last, now=now, first_day=date(2026, 12, 1))
    assert paused == Occurrence(date(2026, 12, 1), instant(midway, date(2026, 12, 1)))
    mondays = Schedule(time(8, 30), "Pacific/Midway", frozenset({0}))
    assert after_move([mondays], last_day=date(2026, 11, 21), last_at=last, now=now).day == date(2026, 11, 23)


@settings(max_examples=400, deadline=None)
@given(MINUTES, ZONES, MINUTES, ZONES, st.integers(0, 400), st.integers(1, 47 * 60))
def test_another_zone_and_another_time_at_once_keep_their_distance(
    own: time, zone: str, new: time, to: str, days: int, minutes: int
) -> None:
    first = next_of([Schedule(own, zone)], some_day() + timedelta(days=days))
    now = first.at + timedelta(minutes=minutes)
    schedule = Schedule(new, to)
    found = after_move([schedule], last_day=first.day, last_at=first.at, now=now)
    assert found.day > first.day
    assert found.at > now
    assert found.at - first.at >= APART
    if found.at - first.at > timedelta(hours=48):  # only the night holds it back
        assert is_quiet(found.at - timedelta(minutes=1), schedule)
        assert found.at - first.at <= timedelta(hours=60)


def test_new_rules_move_the_instant_of_a_planned_date() -> None:
    berlin = Schedule(time(8), "Europe/Berlin")
    planned = Occurrence(date(2026, 11, 22), at("2026-11-22T08:00+00:00"))  # as old rules had it, an hour behind
    assert replan([berlin], planned) == Occurrence(planned.day, at("2026-11-22T07:00+00:00"))


def test_new_rules_that_skip_a_planned_date_lead_to_the_next() -> None:
    apia = Schedule(time(8), "Pacific/Apia")
    planned = Occurrence(date(2011, 12, 30), at("2011-12-30T08:00-10:00"))
    assert replan([apia], planned) == Occurrence(date(2011, 12, 31), at("2011-12-31T08:00+14:00"))


async def test_no_date_is_lost_or_doubled_when_the_zone_data_changes_between_two_runs() -> None:
    figures = await lived_through_updates()  # raises where one is
    assert figures["moved"] > 30
    assert figures["due at once"] > 0
