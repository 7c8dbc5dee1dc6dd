"""Looks once an hour whether members wait for a role in which nobody is free, and invites where an owner allowed it."""

from __future__ import annotations

import logging
from datetime import UTC, timedelta

from scheduler._rooms import Rooms
from scheduler.inviting import invite_in

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)


async def run(rooms: Rooms) -> None:
    """One community after the other, each in a transaction of its own."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        spaces = await tx.seekers.waiting_in(now.astimezone(UTC).date())
    for space in spaces:
        if await invite_in(rooms, space, now):
            log.info("members are invited to offer talks", extra={"space": space.key})
            rooms.dispatcher.wake()
