"""Asks the best host for whoever looks for a talk, at once; in a large community for newcomers alone."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chat.people import Space
from matching.online import Online
from scheduler._rooms import Rooms
from scheduler.interview_asking import ask
from scheduler.interview_day import AGAIN, Day, day_of, keep_day, swap_day
from scheduler.interview_pool import AHEAD, Pool, read_pool
from store.seekers import Seeker

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=15)
SMALL = 50
"""Up to so many seekers and hosts together everybody is looked at whenever one of them changes something, else every
`AGAIN`."""
OVERLAP = timedelta(minutes=1)
"""In a larger community those who changed something since the last look are looked at, all the others wait for the
day's batch. A change may be seen so long after it was made."""
CANDIDATES = 8


async def run(rooms: Rooms) -> None:
    """One community after the other; one that breaks keeps no other one waiting."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        spaces = await tx.seekers.waiting_in(now.astimezone(UTC).date() + AHEAD)
    for space, changed in spaces.items():
        try:
            await propose_in(rooms, space, now, changed)
        except Exception:
            log.exception("hosts could not be asked", extra={"space": space.key})
    if spaces:
        rooms.dispatcher.wake()


async def propose_in(rooms: Rooms, space: Space, now: datetime, changed: datetime) -> int:
    """How many hosts are asked. `changed`: when one of those who wait last changed something. Nothing happens twice: a
    seeker has one open question, a host so many seats, both looked at under lock. In a large community the batch
    of the day comes first, in its own job."""
    date = now.astimezone(UTC).date().isoformat()
    async with rooms.store.begin() as tx:
        day = await day_of(tx, space)
        if day is not None and day.date == date and day.rests(now):
            hosts = await tx.hosts.changed(space) if day.small else None
            if max(changed, hosts or changed) <= day.looked:
                return 0  # nobody is new: not even read
        if day is not None and day.date == date and not day.small and not day.done:
            return 0
        pool = await read_pool(tx, space, now)
    if pool is None:
        return 0
    small = not pool.hosts or len(pool.rows) + len(pool.hosts) <= SMALL
    if day is None or day.date != date or day.small != small:
        prices: Mapping[str, int] = day.prices if day is not None else {}
        was, day = day, Day(date, small, int.from_bytes(os.urandom(4)), done=False, looked=now - AGAIN, prices=prices)
        async with rooms.store.begin() as tx:
            if not await swap_day(tx, space, was, day) or not small:
                return 0
    if small:
        asked = await _each(rooms, pool, pool.rows, {}, now)
        await _keep(rooms, space, replace(day, looked=now - OVERLAP))
        return asked
    fresh = [row for row in pool.rows if row.updated_at is not None and row.updated_at > day.looked]
    asked = await _each(rooms, pool, fresh, day.prices, now)
    await _keep(rooms, space, replace(day, looked=now - OVERLAP))
    return asked


async def _each(rooms: Rooms, pool: Pool, rows: Iterable[Seeker], prices: Mapping[str, int], now: datetime) -> int:
    """The best host for one after the other, the longest waiting first. `prices`: what seats are worth to others."""
    if not pool.hosts:
        return 0
    index, asked = Online(pool.hosts.values(), pool.week, rules=pool.rules, prices=prices), 0
    for row in rows:
        me = pool.seekers[row.person.id]
        never = pool.partners_never(me.id)
        offers = (offer for offer in index.best(me, CANDIDATES + len(never)) if offer.host not in never)
        for offer in offers:
            if await ask(rooms, pool, me.id, offer.host, now):
                index.reserve(offer.host)
                asked += 1
                break
    return asked


async def _keep(rooms: Rooms, space: Space, day: Day) -> None:
    async with rooms.store.begin() as tx:
        await keep_day(tx, space, day)
