"""Says that this process is alive, and frees what dead ones had claimed."""

from __future__ import annotations

import logging
from datetime import timedelta

from scheduler._rooms import Rooms

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)


async def run(rooms: Rooms) -> None:
    """On SQLite there is one process: whatever another one claimed is free. On PostgreSQL a lease must have run out."""
    async with rooms.store.begin() as tx:
        await tx.house.seen(rooms.worker)
        await tx.claims.extend(rooms.worker)
        alive = {rooms.worker} if rooms.store.dialect == "sqlite" else await tx.house.alive() | {rooms.worker}
        freed = await tx.claims.recover(alive, rooms.clock.now())
        resting = await tx.claims.resting(rooms.clock.now())
    rooms.pacer.share = 1 / len(alive)  # of each ceiling that all processes share
    rooms.pacer.follow({scope: until for scope, (until, _reason) in resting.items()})
    if freed:
        log.warning("deliveries of a process that died are looked at again", extra={"count": freed})
        rooms.dispatcher.wake()
