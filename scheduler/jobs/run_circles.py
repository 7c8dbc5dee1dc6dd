"""Takes the circles whose moment has come one step further."""

from __future__ import annotations

import logging
from datetime import timedelta

from scheduler._rooms import Rooms
from scheduler.circle_week import later, step
from scheduler.gathering import may_gather

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=10)
MOST = 200
"""Due circles looked at in one run."""

BROKEN = timedelta(minutes=10)
"""Until a circle whose step broke is looked at again."""


async def run(rooms: Rooms) -> None:
    """Each in transactions of its own. A space that has opened as many conversations as it may now keeps the others for
    the next look; a circle that breaks keeps nobody up."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.circles.due(now, MOST)
    for found in due:
        if may_gather(rooms, found.space):
            try:
                await step(rooms, found, now)
            except Exception:  # as with rows of the ledger: a bad one is the only one
                log.exception("a circle's step broke", extra={"circle": found.id, "space": found.space.key})
                await later(rooms, found, now + BROKEN)
    if due:
        rooms.dispatcher.wake()
