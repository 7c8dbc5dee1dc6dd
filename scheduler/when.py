"""When a member's moment comes next: pure, and right across gaps, folds and skipped days of their zone.

Rules: RFC 5545 section 3.3.5. A time inside a gap is read with the offset before the gap (02:30 in New York on
2026-03-08 is 07:30Z, shown as 03:30); a time inside a fold is its first pass. One occurrence per nominal local date.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from chat.errors import LimitError
from chat.moment import Occurrence, Schedule

LATEST = timedelta(hours=3)
"""A prompt later than this is not sent (behaviour.md R3; the stricter of the two figures in the designs)."""
QUIET_FROM, QUIET_UNTIL = time(21), time(8)


def instant(schedule: Schedule, day: date) -> datetime:
    """The UTC instant of the schedule's local time on a nominal local date.

    >>> new_york = Schedule(time(2, 30), "America/New_York")
    >>> instant(new_york, date(2026, 3, 8)).isoformat()
    '2026-03-08T07:30:00+00:00'
    """
    return datetime.combine(day, schedule.at, tzinfo=schedule.tz).astimezone(UTC)  # fold=0: see module docstring


def exists(schedule: Schedule, day: date) -> bool:
    """False for a nominal date that the zone skipped as a whole (Apia, 2011-12-30)."""
    return instant(schedule, day).astimezone(schedule.tz).date() == day or (
        instant(schedule, day) < instant(schedule, day + timedelta(days=1))
    )


def next_moment(schedule: Schedule, after: datetime, *, first_day: date | None = None) -> Occurrence:
    """The first occurrence strictly after `after` (aware), on a nominal date not before `first_day`.

    >>> at_eight = Schedule(time(8), "Europe/London")
    >>> next_moment(at_eight, datetime(2026, 11, 21, 9, tzinfo=UTC)).day.isoformat()
    '2026-11-22'
    """
    if after.tzinfo is None:
        raise LimitError("next_moment takes aware datetimes")
    # One day early: a gap at midnight can push a moment of yesterday's nominal date past midnight.
    day = after.astimezone(schedule.tz).date() - timedelta(days=1)
    day = max(day, first_day) if first_day else day
    while True:
        if day.weekday() in schedule.days and exists(schedule, day):
            at = instant(schedule, day)
            if at > after:
                return Occurrence(day, at)
        day += timedelta(days=1)


def is_quiet(moment: datetime, schedule: Schedule) -> bool:
    """Whether an instant falls into the quiet hours of the member's zone."""
    local = moment.astimezone(schedule.tz).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def decide(schedule: Schedule, due: Occurrence, now: datetime) -> Literal["send", "skip_late"]:
    """What becomes of a due prompt: sent once when at most 3 h late, on its own local day and outside quiet hours
    (unless the member's own moment lies inside them); otherwise skipped, never a burst of stale ones."""
    late = now - due.at
    if late > LATEST or now.astimezone(schedule.tz).date() > due.at.astimezone(schedule.tz).date():
        return "skip_late"
    if late > timedelta(minutes=5) and is_quiet(now, schedule) and not is_quiet(due.at, schedule):
        return "skip_late"
    return "send"
