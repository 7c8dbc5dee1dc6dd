"""What time does after a coffee introduction: asks once how it was, tells who stays alone, and lets it end."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.gone import end, postpone, stays_alone
from scheduler.jobs.introduce_coffees import BROKEN, HOW
from scheduler.post import post
from scheduler.round_dates import ANSWERS
from store import Conflict, Tx
from store.following import LAPSE
from store.introductions import TELL_GONE, Introduction

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=10)
MOST = 500
"""Due steps looked at in one run."""


async def run(rooms: Rooms) -> None:
    """Each step in a transaction of its own. Killed in between, none of it happened."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.introductions.due(now, MOST, kind="coffee", steps=[HOW, LAPSE, TELL_GONE])
    for found in due:
        try:
            await follow(rooms, found, now)
        except Exception:
            log.exception("what follows a coffee broke", extra={"introduction": found.id})
            await postpone(rooms, found, now + BROKEN)
    if due:
        rooms.dispatcher.wake()


async def follow(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Whoever comes second finds another version, and nothing is done twice."""
    try:
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            this = await tx.rounds.get(found.space, found.programme, found.round or 0)
            late = this is None or now > this.closes_at
            if await stays_alone(tx, found):
                await end(tx, found, now)
            elif found.next_step == TELL_GONE:
                await post(rooms, tx, [(person, "coffee-gone") for person in found.persons], found.id, now)
                await tx.introductions.then(found, None)
            elif found.next_step == HOW and found.state in {"introduced", "scheduled"} and not late:
                unsaid = [side.person for side in found.sides if side.said is None]
                await post(rooms, tx, [(person, "coffee-how") for person in unsaid], found.id, now)
                await tx.introductions.then(found, (LAPSE, now + ANSWERS))
            else:
                await _lapse(tx, found, now)
            point("following")
    except Conflict:
        log.info("an introduction took another step meanwhile", extra={"introduction": found.id})


async def _lapse(tx: Tx, found: Introduction, now: datetime) -> None:
    """Nobody said how it was: over without a word."""
    if found.state in {"introduced", "scheduled"}:
        await tx.introductions.transition(found.space, found.id, [found.state], "closed", now, next=None)
    else:
        await tx.introductions.then(found, None)
