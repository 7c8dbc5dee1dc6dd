"""Finds out who has left: a hundred members now and then are asked about, each once a week, see store/leaving.py."""

from __future__ import annotations

import logging
from datetime import timedelta

from chat.errors import DeliveryError
from chat.people import Person
from chat.platform import KnowsMembers
from scheduler._rooms import Rooms

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=10)
MOST = 100
"""A platform and run: enough for 100,000 members a week, one question after the other."""


async def run(rooms: Rooms) -> None:
    """A platform that does not answer is left in peace until the next time."""
    now = rooms.clock.now()
    for name, platform in rooms.platforms.items():
        if not isinstance(platform, KnowsMembers) or not platform.healthy():
            continue
        async with rooms.store.begin() as tx:
            persons = await tx.leaving.to_ask(name, now, MOST)
        said: dict[bool | None, list[Person]] = {True: [], False: [], None: []}
        for person in persons:
            try:
                said[await platform.is_here(person)].append(person)
            except DeliveryError as error:
                log.info("members could not be asked about", extra={"platform": name, "reason": error.reason})
                break
        if any(said.values()):
            async with rooms.store.begin() as tx:
                await tx.leaving.here(said[True], now)
                await tx.leaving.left(said[False], now)
                await tx.leaving.asked(said[None], now)
        if said[False]:
            log.info("members have left", extra={"platform": name, "members": len(said[False])})
