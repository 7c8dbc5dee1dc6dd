"""Asks hosts of a large community once a day all together; apart from newcomers, who never wait for it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chat.people import Person, Space
from matching import apart
from matching.interviews import Batch, plan_batch
from scheduler._rooms import Rooms
from scheduler.interview_asking import ask
from scheduler.interview_day import Day, day_of, swap_day
from scheduler.interview_pool import AHEAD, Pool, read_pool

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=15)
LEASE = timedelta(minutes=10)
"""How long one process may take for one community; then another one goes on with the same seed."""
MOST_PRICES = 1_000


async def run(rooms: Rooms) -> None:
    """One community after the other; one that breaks keeps no other one waiting, and is tried again after its lease."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        spaces = await tx.seekers.waiting_in(now.astimezone(UTC).date() + AHEAD)
    for space in spaces:
        try:
            if await batch_in(rooms, space, now):
                rooms.dispatcher.wake()
        except Exception:
            log.exception("a day's batch broke", extra={"space": space.key})


async def batch_in(rooms: Rooms, space: Space, now: datetime) -> int:
    """How many hosts are asked: none where no batch is due, or another process has it in hand."""
    async with rooms.store.begin() as tx:
        day = await day_of(tx, space)
        if day is None or not day.waits(now):
            return 0
        mine = replace(day, claimed=now + LEASE)
        pool = await read_pool(tx, space, now)
        if pool is None or not await swap_day(tx, space, day, mine):
            return 0
    return await _batch(rooms, pool, mine, now)


async def _batch(rooms: Rooms, pool: Pool, day: Day, now: datetime) -> int:
    """In another process; killed in between, the same seed finds the same again. Who is left out has waited a round,
    once, whoever else took the batch meanwhile."""
    batch: Batch = await apart.run(
        plan_batch,
        list(pool.seekers.values()),
        list(pool.hosts.values()),
        pool.week,
        blocks=pool.never,
        rules=pool.rules,
        seed=day.seed,
    )
    asked = 0
    for proposal in batch.proposals:
        asked += await ask(rooms, pool, proposal.seeker, proposal.host, now)
    dear = sorted(batch.prices.items(), key=lambda item: (-item[1], item[0]))[:MOST_PRICES]
    async with rooms.store.begin() as tx:
        done = replace(day, done=True, looked=now, prices=dict(dear), claimed=None)
        if await swap_day(tx, pool.space, day, done):
            await tx.seekers.left_out([Person(pool.space, out.member) for out in batch.left], now)
    log.info("hosts asked for a day", extra={"space": pool.space.key, "asked": asked, "left": len(batch.left)})
    return asked
