"""Asks hosts for whoever looks for a talk: the best one at once, and in a large community once a day all together."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chat.people import Person, Space
from matching import apart
from matching.interviews import Batch, plan_batch
from matching.online import Online
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.interview_day import AGAIN, Day, day_of, keep_day
from scheduler.interview_pool import Pool, read_pool, score
from scheduler.post import hand_over, letter, moment_for
from store import Conflict
from store.following import ANSWER_WITHIN, REMIND, REMINDER_AFTER, TRIES
from store.hosts import Host
from store.introductions import Introduction, State
from store.proposals import Terms
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
MOST_PRICES = 1_000
_ENDED: tuple[State, ...] = (
    "declined", "expired", "introduced", "scheduled", "met", "missed", "thanked", "closed", "gone",
)  # fmt: skip
_TURNED_DOWN = ("declined", "expired")


async def run(rooms: Rooms) -> None:
    """One community after the other."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        spaces = await tx.seekers.waiting_in(now.astimezone(UTC).date())
    for space, changed in spaces.items():
        await propose_in(rooms, space, now, changed)
    if spaces:
        rooms.dispatcher.wake()


async def propose_in(rooms: Rooms, space: Space, now: datetime, changed: datetime) -> int:
    """How many hosts are asked. `changed`: when one of those who wait last changed something. Nothing happens twice: a
    seeker has one open question, a host so many seats, and both are looked at under lock."""
    date = now.astimezone(UTC).date().isoformat()
    async with rooms.store.begin() as tx:
        day = await day_of(tx, space)
        if day is not None and day.date == date and day.rests(now):
            hosts = await tx.hosts.changed(space) if day.small else None
            if max(changed, hosts or changed) <= day.looked:
                return 0  # nobody is new: not even read
        pool = await read_pool(tx, space, now)
    if pool is None:
        return 0
    small = not pool.hosts or len(pool.rows) + len(pool.hosts) <= SMALL
    if day is None or day.date != date or day.small != small:
        prices: Mapping[str, int] = day.prices if day is not None else {}
        day = Day(date, small, int.from_bytes(os.urandom(4)), done=False, looked=now - AGAIN, prices=prices)
        await _keep(rooms, space, day)
    if small:
        asked = await _each(rooms, pool, pool.rows, {}, now)
        await _keep(rooms, space, replace(day, looked=now - OVERLAP))
        return asked
    if not day.done:
        return await _batch(rooms, pool, day, now)
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
            if await _ask(rooms, pool, me.id, offer.host, now):
                index.reserve(offer.host)
                asked += 1
                break
    return asked


async def _batch(rooms: Rooms, pool: Pool, day: Day, now: datetime) -> int:
    """All together in another process; killed in between, the same seed finds the same again."""
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
        asked += await _ask(rooms, pool, proposal.seeker, proposal.host, now)
    dear = sorted(batch.prices.items(), key=lambda item: (-item[1], item[0]))[:MOST_PRICES]
    async with rooms.store.begin() as tx:
        await tx.seekers.left_out([Person(pool.space, out.member) for out in batch.left], now)
        await keep_day(tx, pool.space, replace(day, done=True, looked=now, prices=dict(dear)))
    log.info("hosts asked for a day", extra={"space": pool.space.key, "asked": asked, "left": len(batch.left)})
    return asked


async def _ask(rooms: Rooms, pool: Pool, seeker: str, host: str, now: datetime) -> bool:
    """One question: the introduction, the letter, and a seeker who is looked for no more. False when somebody was
    first, the month of this host is full by now, or all their next days have a message."""
    who, whom = Person(pool.space, seeker), Person(pool.space, host)
    fit, why = score(pool.seekers[seeker], pool.hosts[host], pool.rules, pool.week)
    try:
        async with rooms.store.begin() as tx:
            moment = await moment_for(tx, pool.members[whom], "ask-host", now)
            if moment is None:
                return False
            row = await tx.seekers.get(who)
            before = await tx.introductions.of(who, states=_ENDED)
            terms = Terms(
                next=(REMIND, moment.at + REMINDER_AFTER),
                score=fit,
                reasons=why,
                format=row.format if row else "call",
                attempt=attempt_after(row, before, who),
                expires_at=moment.at + ANSWER_WITHIN,
            )
            made = await tx.proposals.propose(who, whom, terms, now)
            if not _open(await tx.seekers.get(who, lock=True), now) or not _open(await tx.hosts.get(whom), now):
                raise Conflict("one of them changed something meanwhile")
            await hand_over(rooms, tx, [letter(whom, "ask-host", made.id, moment)])
            await tx.seekers.matched(who, now)
            point("asking")
    except Conflict:
        return False
    return True


def attempt_after(seeker: Seeker | None, before: Iterable[Introduction], person: Person) -> int:
    """The how manyth host of this request is asked next: from 1, and again from 1 after the last try."""
    since = seeker.since if seeker is not None else None
    mine = (one for one in before if one.kind == "interview" and one.the("seeker") == person)
    last = max(mine, key=lambda one: (one.proposed_at, one.attempt), default=None)
    if last is None or since is None or last.state not in _TURNED_DOWN or last.proposed_at < since:
        return 1
    return last.attempt + 1 if last.attempt < TRIES else 1


def _open(row: Seeker | Host | None, now: datetime) -> bool:
    """Whether they take part at this moment."""
    if row is None:
        return False
    over = row.paused_until is not None and row.paused_until <= now.astimezone(UTC).date()
    return row.state == "open" or (row.state == "paused" and over)


async def _keep(rooms: Rooms, space: Space, day: Day) -> None:
    async with rooms.store.begin() as tx:
        await keep_day(tx, space, day)
