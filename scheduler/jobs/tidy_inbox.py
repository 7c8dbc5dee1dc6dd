"""Forgets events that no platform repeats any more."""

from __future__ import annotations

import logging
from datetime import timedelta

from scheduler._rooms import Rooms

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)


async def run(rooms: Rooms) -> None:
    """One transaction."""
    async with rooms.store.begin() as tx:
        gone = await tx.inbox.prune(rooms.clock.now())
    if gone:
        log.info("old events were forgotten", extra={"events": gone})
