"""The wall clock was set: durations that stand in the store as instants are moved along, once, whoever noticed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from scheduler._rooms import Rooms
from store import Tx

log = logging.getLogger(__name__)

FACT = "clock_jump"
SAME = timedelta(seconds=30)
"""Processes of one machine notice the same jump within so long of each other."""


async def follow(rooms: Rooms, by: timedelta) -> None:
    """After a jump by `by` (later is positive). Several processes may call it for the same jump."""
    now = rooms.clock.now()
    rooms.pacer.shift(by)
    async with rooms.store.begin() as tx:
        if await _followed(tx, by, now):
            return
        await tx.jumps.shift(by, now)
        await tx.house.keep_fact(FACT, f"{now.isoformat()} {by.total_seconds():.1f}")
    log.info("waits were moved along with the clock", extra={"seconds": round(by.total_seconds(), 1)})


async def _followed(tx: Tx, by: timedelta, now: datetime) -> bool:
    """Whether another process was quicker."""
    known = await tx.house.fact(FACT)
    if known is None:
        return False
    at, seconds = known.split()
    return abs(now - datetime.fromisoformat(at)) < SAME and abs(by.total_seconds() - float(seconds)) < 2
