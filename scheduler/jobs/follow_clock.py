"""After the wall clock was wrong: no member waits for a moment that is years away, no space rests for ever.

Runs now and then, and at once after a jump (bot/pulse.py). What a jump itself moves: scheduler/jump.py.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from chat.moment import Occurrence
from scheduler._rooms import Rooms
from scheduler.when import APART, next_of
from store.nudges import Nudge

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
PAGE = 2_000


async def run(rooms: Rooms) -> None:
    """One transaction; the farthest first, so what is left over is found an hour later."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        ended = await tx.jumps.forget_far_rests(now)
        far = await tx.jumps.far(now, PAGE)
        nudges = await tx.nudges.of(far)
        moments = [(person, right_moment(nudges[person], now)) for person in far]
        await tx.jumps.set_right(moments, now)
    if moments or ended:
        log.warning("a wrong clock left something behind; set right", extra={"members": len(far), "waits": ended})


def right_moment(nudge: Nudge, now: datetime) -> Occurrence:
    """What the week itself says, on a date that had no message yet; and never within twelve hours of the last message,
    also of one that a wrong clock dated later than now."""
    today = now.astimezone(nudge.schedule.tz).date()
    used = nudge.last_day is not None and nudge.last_day <= today
    first = nudge.last_day + timedelta(days=1) if used and nudge.last_day is not None else None
    ahead = nudge.last_at is not None and nudge.last_at > now
    return next_of(nudge.week, now + APART if ahead else now, first_day=first)
