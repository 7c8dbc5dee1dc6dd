"""Introductions whose next step has come: each by itself, never twice, and again later when it breaks."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from scheduler._rooms import Rooms
from scheduler.gathering import may_gather
from store import Conflict, Tx
from store.following import INTRODUCE
from store.introductions import Introduction, Kind

log = logging.getLogger(__name__)

MOST = 500
"""Due steps looked at in one run."""
BROKEN = timedelta(minutes=10)
"""Until a step that broke is tried again, so that it keeps nobody else up."""


async def each_due(
    rooms: Rooms, kind: Kind, steps: Collection[str], take: Callable[[Rooms, Introduction, datetime], Awaitable[None]]
) -> None:
    """Takes what is due of one kind, each in transactions of its own. A space that has opened as many conversations as
    it may now keeps the others for the next look; one that breaks keeps nobody up."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.introductions.due(now, MOST, kind=kind, steps=steps)
    for found in due:
        if found.next_step == INTRODUCE and not may_gather(rooms, found.space):
            continue
        try:
            await take(rooms, found, now)
        except Exception:
            log.exception("an introduction's step broke", extra=fields(found))
            await postpone(rooms, found, now + BROKEN)
    if due:
        rooms.dispatcher.wake()


@asynccontextmanager
async def unless_changed(rooms: Rooms, found: Introduction) -> AsyncGenerator[Tx]:
    """A transaction of which nothing stays when another process was first: whoever comes second finds another version,
    and nothing is done twice."""
    try:
        async with rooms.store.begin() as tx:
            yield tx
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=fields(found))


async def postpone(rooms: Rooms, found: Introduction, at: datetime) -> None:
    """Its next step comes later, unless it took another one meanwhile."""
    async with unless_changed(rooms, found) as tx:
        await tx.introductions.then(found, (found.next_step, at))


def fields(found: Introduction) -> dict[str, str]:
    """What a log says of it."""
    return {"introduction": found.id, "space": found.space.key, "programme": found.programme}
