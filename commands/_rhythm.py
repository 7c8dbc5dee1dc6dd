"""When a programme's next round opens after its owner set it up, changed it, or switched it on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from chat.moment import Schedule
from commands._call import Call
from store import Tx
from store.programmes import Programme

HALF_A_WEEK = timedelta(days=3, hours=12)
"""By so much the time between two rounds may be shorter once, when their weekday changes."""


async def changed(tx: Tx, call: Call, was: Programme, now: Programme) -> Programme:
    """`now` with its next opening: where it was, unless the owner changed the rhythm or switched it on."""
    kept = was.state == "on" and was.next_round_at is not None and _rhythm(was) == _rhythm(now)
    return now if kept else replace(now, next_round_at=await opening(tx, call, now))


async def opening(tx: Tx, call: Call, programme: Programme) -> datetime:
    """The first weekday that leaves members the notice they are promised, and about as much time since the last round
    as there is between two. A round that was never matched is none."""
    notice = timedelta(hours=programme.notice_hours)
    schedule = Schedule.stored(programme.at, programme.zone, 1 << programme.weekday)
    last = await tx.rounds.newest(programme.space, programme.name)
    counts = [one for one in last if one.state != "closed" or "members" in one.report]
    rested = [one.matches_at + timedelta(weeks=programme.cadence) - HALF_A_WEEK for one in counts]
    return call.rooms.when.next_of([schedule], max([call.now + notice, *rested])).at - notice


async def noticed(tx: Tx, call: Call, was: Programme, hours: int) -> Programme:
    """With so long a notice: people are brought together when they were to be, where that can still be."""
    now = replace(was, notice_hours=hours)
    if was.state != "on" or was.next_round_at is None:
        return now
    opens = was.next_round_at + timedelta(hours=was.notice_hours - hours)
    return replace(now, next_round_at=opens if opens > call.now else await opening(tx, call, now))


def _rhythm(one: Programme) -> tuple[object, ...]:
    return one.cadence, one.weekday, one.at, one.zone
