"""After an update of the zone data every next moment is computed anew: the same local dates, at their new instants."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from chat.moment import Occurrence, zones
from chat.people import Person
from scheduler._rooms import Rooms
from scheduler.when import replan
from scheduler.zone_data import zone_data_version

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
FACT, PAGE = "zone_data", 500


async def run(rooms: Rooms) -> None:
    """Does nothing while the version is the one of the last time. A process reads its zone data once, so a new version
    is met at the first tick after a start."""
    version = await asyncio.to_thread(zone_data_version)
    async with rooms.store.begin() as tx:
        known = await tx.house.fact(FACT)
    if known == version:
        return
    moved = await _replan(rooms) if known is not None else 0
    async with rooms.store.begin() as tx:
        await tx.house.keep_fact(FACT, version)
    log.info("the zone data is followed", extra={"version": version, "before": known, "moved": moved})


async def _replan(rooms: Rooms) -> int:
    """Page by page; gives back how many moments moved. A page is one transaction, so a tick never waits for long."""
    moved = 0
    after: Person | None = None
    while True:
        async with rooms.store.begin() as tx:
            page = await tx.nudges.waiting(after, PAGE)
            for nudge in page:
                if nudge.next_day is None or nudge.next_at is None:
                    continue
                if nudge.schedule.zone not in zones():
                    log.warning("a zone is gone from the zone data", extra={"zone": nudge.schedule.zone})
                found = replan(nudge.week, Occurrence(nudge.next_day, nudge.next_at))
                if found.at != nudge.next_at:
                    await tx.nudges.change(nudge.person, rooms.clock.now(), next=found)
                    moved += 1
        if len(page) < PAGE:
            return moved
        after = page[-1].person
