"""Forgets who left thirty days ago, whom we left as long ago, and forms nobody touched for half a year."""

from __future__ import annotations

import logging
from datetime import timedelta

from chat.errors import DeliveryError
from chat.people import Person
from chat.platform import KnowsMembers
from scheduler._rooms import Rooms

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
MOST = 1_000
"""Members a run; the rest an hour later."""


async def run(rooms: Rooms) -> None:
    """A person a transaction: a deletion holds nobody up. An unfinished form brings no notice: a direct message about a
    form of half a year ago would be unasked for, and use up the day of a step; `/mydata` says how long it is kept."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        overdue = await tx.leaving.overdue(now, MOST)
    gone, silent = 0, set[str]()
    for person in overdue:
        platform = person.space.platform
        try:
            if platform in silent or await _back(rooms, person):
                continue
        except DeliveryError as error:
            log.info("members could not be asked about", extra={"platform": platform, "reason": error.reason})
            silent.add(platform)
            continue
        async with rooms.store.begin() as tx:
            if await tx.leaving.is_overdue(person, now):
                await tx.forget.here(person, now)
                gone += 1
    async with rooms.store.begin() as tx:
        spaces, forms = await tx.leaving.forget_spaces(now), await tx.forget.drafts(now)
    if gone or spaces or forms:
        await rooms.store.scrub()
        log.info("forgotten after their time", extra={"members": gone, "spaces": spaces, "forms": forms})


async def _back(rooms: Rooms, person: Person) -> bool:
    """Asked once more before anything is deleted; no is also what cannot be known, as in a space that removed us.
    Raises a DeliveryError when the platform does not answer: then it is asked again in an hour."""
    platform, now = rooms.platforms.get(person.space.platform), rooms.clock.now()
    async with rooms.store.begin() as tx:
        space = await tx.spaces.get(person.space)
    if not isinstance(platform, KnowsMembers) or space is None or space.left_at is not None:
        return False
    here = await platform.is_here(person)
    if here:
        async with rooms.store.begin() as tx:
            await tx.leaving.here([person], now)
    return bool(here)
