"""What time does after a coffee introduction: asks once how it was, tells who stays alone, and lets it end."""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler._rooms import Rooms
from scheduler.due_introductions import each_due, unless_changed
from scheduler.failpoints import point
from scheduler.gone import end, stays_alone
from scheduler.jobs.introduce_coffees import HOW
from scheduler.post import post
from scheduler.round_dates import ANSWERS
from store import Tx
from store.following import LAPSE
from store.introductions import TELL_GONE, Introduction

EVERY = timedelta(seconds=10)


async def run(rooms: Rooms) -> None:
    """Each step in a transaction of its own. Killed in between, none of it happened."""
    await each_due(rooms, "coffee", [HOW, LAPSE, TELL_GONE], follow)


async def follow(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Whoever comes second finds another version, and nothing is done twice."""
    async with unless_changed(rooms, found) as tx:
        await tx.introductions.hold(found)
        this = await tx.rounds.get(found.space, found.programme, found.round or 0)
        late = this is None or now > this.closes_at
        if stays_alone(found, await tx.members.of(found.persons)):
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


async def _lapse(tx: Tx, found: Introduction, now: datetime) -> None:
    """Nobody said how it was: over without a word."""
    if found.state in {"introduced", "scheduled"}:
        await tx.introductions.transition(found.space, found.id, [found.state], "closed", now, next=None)
    else:
        await tx.introductions.then(found, None)
