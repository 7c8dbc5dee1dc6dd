"""Turns every due moment into one row of the ledger and moves the member's next moment on, in one transaction."""

from __future__ import annotations

import logging
from datetime import timedelta

from chat.moment import Occurrence
from scheduler._rooms import Rooms
from scheduler.when import decide, next_moment
from store import Conflict, Tx
from store.next_prompt import next_prompt
from store.nudges import Nudge

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=1)
BATCH = 50


async def run(rooms: Rooms) -> None:
    """Plans batch after batch until nothing is due."""
    while await _batch(rooms):
        pass


async def _batch(rooms: Rooms) -> bool:
    """One transaction of at most 50 members. True while there may be more."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.nudges.due(now, limit=BATCH)
        for nudge in due:
            try:
                await _plan(rooms, tx, nudge)
            except Conflict:
                log.info("a moment moved while it was planned", extra={"space": nudge.person.space.key})
    return len(due) == BATCH


async def _plan(rooms: Rooms, tx: Tx, nudge: Nudge) -> None:
    now = rooms.clock.now()
    assert nudge.next_day is not None and nudge.next_at is not None  # noqa: PT018  # `due` gives no others
    occurrence = Occurrence(nudge.next_day, nudge.next_at)
    following = next_moment(nudge.schedule, max(now, occurrence.at), first_day=occurrence.day + timedelta(days=1))
    await tx.nudges.planned(nudge, following)
    prompt = await next_prompt(tx, rooms.library, nudge.person, occurrence.day)
    state = "planned" if decide(nudge.schedule, occurrence, now) == "send" else "skipped_late"
    made = await tx.deliveries.plan(nudge.person, "prompt", occurrence.day, prompt.id, prompt.rev, now, state=state)
    if made is None:
        log.info("a prompt for this day exists already", extra={"space": nudge.person.space.key})
    elif state == "skipped_late":
        log.warning("a prompt came too late and was skipped", extra={"delivery": made.id})
