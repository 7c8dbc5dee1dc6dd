"""When a programme's rounds are: pure, by the calendar of its zone, so that a round stays on its weekday and hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from chat.moment import Schedule, zones
from scheduler.when import next_moment, on_or_after
from store.programmes import HOLD, Programme

LATEST = timedelta(hours=24)
"""A round that could not be matched within so long of its moment is not held; the next one comes in its rhythm."""
ANSWERS = timedelta(days=7)
"""How long what became of the meetings may be told."""
_MOST, _DAY = timedelta(days=12), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dates:
    """The moments of one round (UTC), see store.rounds.Round; `next_opens_at` is the opening of the one after it."""

    opens_at: datetime
    matches_at: datetime
    introduces_at: datetime
    follows_at: datetime
    closes_at: datetime
    next_opens_at: datetime


def dates(programme: Programme, now: datetime) -> Dates:
    """Of the round that is to be planned, `next_round_at` being when it opens. Rounds that were missed are left out:
    the first one that is not too late is the round, in the rhythm there was."""
    schedule, notice = schedule_of(programme), timedelta(hours=programme.notice_hours)
    matches = (programme.next_round_at or now) + notice
    while matches < now - LATEST:
        matches = _following(programme, schedule, matches)
    introduces = matches + (HOLD if programme.approve else timedelta())
    follows = introduces + min(timedelta(days=7 * programme.cadence - 2), _MOST)
    return Dates(
        opens_at=matches - notice,
        matches_at=matches,
        introduces_at=introduces,
        follows_at=follows,
        closes_at=follows + ANSWERS,
        next_opens_at=_following(programme, schedule, matches) - notice,
    )


def first_opening(programme: Programme, now: datetime) -> datetime:
    """When the first round opens after a programme was switched on or its week was changed: members have the notice
    they are promised.

    >>> from datetime import UTC, time
    >>> from chat.people import Space
    >>> weekly = Programme(space=Space("slack", "T1"), name="coffee:C1", zone="Europe/London", weekday=1, at=time(9))
    >>> first_opening(weekly, datetime(2026, 11, 20, 12, tzinfo=UTC)).isoformat()
    '2026-11-23T09:00:00+00:00'
    """
    notice = timedelta(hours=programme.notice_hours)
    return next_moment(schedule_of(programme), now + notice).at - notice


def schedule_of(programme: Programme) -> Schedule:
    """The weekday and hour at which rounds are matched; UTC where the zone data lost the zone."""
    zone = programme.zone if programme.zone in zones() else "UTC"
    return Schedule(programme.at, zone, frozenset({programme.weekday}))


def _following(programme: Programme, schedule: Schedule, matches: datetime) -> datetime:
    """The moment a cadence later. A gap at midnight may have pushed this one past its date."""
    day = matches.astimezone(schedule.tz).date()
    day -= _DAY * ((day.weekday() - programme.weekday) % 7)
    return on_or_after(schedule, day + timedelta(weeks=programme.cadence)).at
