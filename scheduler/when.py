"""When a member's moment comes next: pure, and right across gaps, folds, skipped days and moves between zones.

Rules: RFC 5545 section 3.3.5. A time inside a gap is read with the offset before the gap (02:30 in New York on
2026-03-08 is 07:30Z, shown as 03:30); a time inside a fold is its first pass. One occurrence per nominal local date.
Members of a morning peak share their moments, so each is computed once: the zone data is that of the process's start.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from chat.errors import LimitError
from chat.moment import EVERY_DAY, Occurrence, Schedule

LATEST = timedelta(hours=3)
"""A prompt later than this is not sent (behaviour.md R3; the stricter of the two figures in the designs)."""
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
EVENING = time(20)
APART, LONGEST = timedelta(hours=12), timedelta(hours=48)
"""On either side of a move two messages are no closer, and with every day on no further away, than this."""
_DAY = timedelta(days=1)


def instant(schedule: Schedule, day: date) -> datetime:
    """The UTC instant of the schedule's local time on a nominal local date.

    >>> new_york = Schedule(time(2, 30), "America/New_York")
    >>> instant(new_york, date(2026, 3, 8)).isoformat()
    '2026-03-08T07:30:00+00:00'
    """
    return datetime.combine(day, schedule.at, tzinfo=schedule.tz).astimezone(UTC)  # fold=0: see module docstring


def exists(schedule: Schedule, day: date) -> bool:
    """False for a nominal date that the zone skipped as a whole (Apia, 2011-12-30)."""
    at = instant(schedule, day)
    return at.astimezone(schedule.tz).date() == day or at < instant(schedule, day + _DAY)


def on_or_after(schedule: Schedule, day: date) -> Occurrence:
    """The occurrence of the first nominal date from `day` on, whether its instant is past or not."""
    return _on_or_after(schedule.at, schedule.zone, schedule.days, schedule.offset, day)


@lru_cache(maxsize=1 << 14)
def _on_or_after(at: time, zone: str, days: frozenset[int], offset: timedelta | None, day: date) -> Occurrence:
    # By its parts: hashing these is done in C, hashing a Schedule costs more than the answer.
    schedule = Schedule(at, zone, days, offset)
    while day.weekday() not in days or not exists(schedule, day):
        day += _DAY
    return Occurrence(day, instant(schedule, day))


def next_moment(schedule: Schedule, after: datetime, *, first_day: date | None = None) -> Occurrence:
    """The first occurrence strictly after `after` (aware), on a nominal date not before `first_day`.

    >>> at_eight = Schedule(time(8), "Europe/London")
    >>> next_moment(at_eight, datetime(2026, 11, 21, 9, tzinfo=UTC)).day.isoformat()
    '2026-11-22'
    """
    if after.tzinfo is None:
        raise LimitError("next_moment takes aware datetimes")
    # One day early: a gap at midnight can push a moment of yesterday's nominal date past midnight.
    day = after.astimezone(schedule.tz).date() - _DAY
    found = on_or_after(schedule, max(day, first_day) if first_day else day)
    while found.at <= after:
        found = on_or_after(schedule, found.day + _DAY)
    return found


def next_of(schedules: Sequence[Schedule], after: datetime, *, first_day: date | None = None) -> Occurrence:
    """`next_moment` of a week whose weekdays have different times: the earliest nominal date wins. With `first_day` one
    past the date before, no date comes twice, even where two schedules name the same weekday.

    >>> week = Schedule(time(8, 30), "UTC", frozenset(range(6))), Schedule(time(17), "UTC", frozenset({6}))
    >>> next_of(week, datetime(2026, 11, 21, 9, tzinfo=UTC)).at.isoformat()
    '2026-11-22T17:00:00+00:00'
    """
    if not schedules:
        raise LimitError("a week needs at least one schedule")
    if len(schedules) == 1:
        return next_moment(schedules[0], after, first_day=first_day)
    return min((next_moment(schedule, after, first_day=first_day) for schedule in schedules), key=_by_day)


def upcoming(
    schedules: Sequence[Schedule], after: datetime, count: int = 7, *, first_day: date | None = None
) -> tuple[Occurrence, ...]:
    """The next `count` occurrences, as the planner will find them one after the other."""
    found: list[Occurrence] = []
    while len(found) < count:
        found.append(next_of(schedules, after, first_day=first_day))
        after, first_day = found[-1].at, found[-1].day + _DAY
    return tuple(found)


def after_move(
    schedules: Sequence[Schedule],
    *,
    last_day: date | None,
    last_at: datetime | None,
    now: datetime,
    first_day: date | None = None,
) -> Occurrence:
    """The next occurrence once the zone or the time has changed, strictly after `now`: the first nominal date after the
    last delivered one, at least 12 hours after the last delivered instant. `first_day` holds a pause or a back-off.

    Where every day is on and no `first_day` holds it, it comes early if it lay more than 48 hours after the last one
    (from Kiritimati to Midway a date lasts 50 hours): at that hour, or on the evening before when that hour is in the
    night. Whoever moves so late that this evening is past gets it when the night is over.

    >>> midway = Schedule(time(8, 30), "Pacific/Midway")
    >>> last = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)  # 08:30 of the 21st on Kiritimati
    >>> found = after_move([midway], last_day=date(2026, 11, 21), last_at=last, now=last + timedelta(hours=1))
    >>> found.day.isoformat(), found.at.astimezone(midway.tz).isoformat()
    ('2026-11-22', '2026-11-21T20:00:00-11:00')
    """
    earliest = max(last_day + _DAY, first_day or last_day) if last_day else first_day
    after = max(now, last_at + APART - timedelta.resolution) if last_at else now
    found = next_of(schedules, after, first_day=earliest)
    if last_at is None or first_day is not None or frozenset[int]().union(*(s.days for s in schedules)) != EVERY_DAY:
        return found
    latest = last_at + LONGEST
    if not now < latest < found.at:
        return found
    return Occurrence(found.day, _awake(schedules[0], latest, found.at, now))


def _awake(schedule: Schedule, latest: datetime, own: datetime, now: datetime) -> datetime:
    """`latest`, or outside the night it falls into, unless the member's own moment lies in the night as well."""
    if not is_quiet(latest, schedule) or is_quiet(own, schedule):
        return latest
    local = latest.astimezone(schedule.tz)
    morning = local.date() + _DAY if local.time() >= QUIET_FROM else local.date()
    evening = datetime.combine(morning - _DAY, EVENING, schedule.tz).astimezone(UTC)
    return evening if evening > now else datetime.combine(morning, QUIET_UNTIL, schedule.tz).astimezone(UTC)


def replan(schedules: Sequence[Schedule], planned: Occurrence) -> Occurrence:
    """The planned occurrence under the zone data of today: the same nominal date at its new instant, or the next date
    of the week where the zone skips that one now. The instant may be past; then it is due at once and `decide` judges
    how late it is. So a change of rules moves an instant and neither repeats a date nor drops one."""
    found = (on_or_after(schedule, planned.day) for schedule in schedules)
    return min(found, key=_by_day)


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
    if is_quiet(now, schedule) and not is_quiet(due.at, schedule):
        return "skip_late"
    return "send"


def _by_day(occurrence: Occurrence) -> tuple[date, datetime]:
    return occurrence.day, occurrence.at
