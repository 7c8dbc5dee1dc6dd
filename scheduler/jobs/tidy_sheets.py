"""Tells the owners of unfinished sheets nobody touched for half a year, once, and deletes them thirty days later.

The notice is unasked for and therefore takes its reader's one message of a day: thirty days leave room for a free one.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from chat.people import Space
from content.letters import Name, subject_of
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.post import post
from store import Conflict, Tx
from store.deliveries import letter_id
from store.sheets import NOTICE

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
MOST = 500
"""Sheets a run; the rest an hour later."""
NAME: Name = "sheet-expires"
_ON_ITS_WAY = frozenset({"planned", "claimed", "retry"})


async def run(rooms: Rooms) -> None:
    """Each sheet in a transaction of its own."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        untouched, overdue = await tx.sheets.untouched(now, MOST), await tx.sheets.overdue(now, MOST)
    for space, sheet in untouched:
        try:
            async with rooms.store.begin() as tx:
                await _warn(rooms, tx, space, sheet, now)
                point("sheet-warning")
        except Conflict:
            log.info("a sheet was touched after all", extra={"space": space.key, "sheet": sheet})
    gone = 0
    for space, sheet in overdue:
        async with rooms.store.begin() as tx:
            if not await _hears_yet(tx, space, sheet, now):
                gone += await tx.sheets.expire(space, sheet, now)
    if untouched:
        rooms.dispatcher.wake()
    if gone:
        await rooms.store.scrub()
        log.info("sheets nobody touched were deleted", extra={"sheets": gone})


async def _warn(rooms: Rooms, tx: Tx, space: Space, sheet: str, now: datetime) -> None:
    """Raises Conflict when somebody was first: then none of it stays."""
    writers = [one.person for one in await tx.sheet_people.of(space, sheet) if one.writes]
    await post(rooms, tx, [(person, NAME) for person in writers], f"{sheet}/{now.date().isoformat()}", now)
    if not await tx.sheets.warn(space, sheet, now):
        raise Conflict("this sheet was touched, or another process told its owners")


async def _hears_yet(tx: Tx, space: Space, sheet: str, now: datetime) -> bool:
    """Whether the notice is on its way to somebody, or reached them less than thirty days ago: it waited for a free
    day, or we were away."""
    warned = await tx.sheets.warned_at(space, sheet)
    if warned is None:
        return True
    subject = subject_of(NAME, f"{sheet}/{warned.date().isoformat()}")
    for one in await tx.sheet_people.of(space, sheet):
        row = await tx.deliveries.get(one.person, letter_id(one.person, subject))
        if row is not None and (row.state in _ON_ITS_WAY or (row.sent_at is not None and row.sent_at > now - NOTICE)):
            return True
    return False
