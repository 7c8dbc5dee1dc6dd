"""Letters about a sheet that somebody asked for: each once, when it is due, within their one message a day."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from scheduler._rooms import Rooms
from scheduler.due_introductions import BROKEN, MOST
from scheduler.failpoints import point
from scheduler.post import hand_over, letter, moment_for
from scheduler.sheet_letter import LATER, reason_for
from store import Conflict, Tx
from store.sheet_follows import SheetFollow

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=30)


async def run(rooms: Rooms) -> None:
    """Each in a transaction of its own: killed in between, none of it happened. One that breaks keeps nobody up."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.sheet_follows.due(now, MOST)
    for found in due:
        try:
            await _unless_changed(rooms, found, now)
        except Exception:
            log.exception("a reminder of a sheet broke", extra=_fields(found))
            await _postpone(rooms, found, now + BROKEN)
    if due:
        rooms.dispatcher.wake()


async def _unless_changed(rooms: Rooms, found: SheetFollow, now: datetime) -> None:
    """Whoever comes second finds another row, and nothing of theirs stays."""
    try:
        async with rooms.store.begin() as tx:
            await follow(rooms, tx, found, now)
            point("sheet-following")
    except Conflict:
        log.info("a reminder of a sheet moved meanwhile", extra=_fields(found))


async def follow(rooms: Rooms, tx: Tx, found: SheetFollow, now: datetime) -> None:
    """Writes it, moves it to its new moment, or drops it when there is no reason for it any more."""
    reader = (await tx.members.of([found.person])).get(found.person)
    if reader is None:
        return  # forgotten meanwhile, and this with them
    if reader.left_at is not None:
        await tx.sheet_follows.move(found, now + LATER)
        return
    reason = await reason_for(tx, rooms.library, reader, found.sheet, found.key)
    if reason is None:
        await tx.sheet_follows.drop(found.person, found.sheet, found.key)
    elif reason.at > now:
        await tx.sheet_follows.move(found, reason.at)
    elif (moment := await moment_for(tx, reader, "sheet-follow", now)) is None:
        await tx.sheet_follows.move(found, now + LATER)
    else:
        await hand_over(rooms, tx, [letter(found.person, "sheet-follow", f"{found.sheet}/{found.key}", moment)])
        await tx.sheet_follows.done(found)


async def _postpone(rooms: Rooms, found: SheetFollow, at: datetime) -> None:
    try:
        async with rooms.store.begin() as tx:
            await tx.sheet_follows.move(found, at)
    except Conflict:
        log.info("a reminder of a sheet moved meanwhile", extra=_fields(found))


def _fields(found: SheetFollow) -> dict[str, str]:
    return {"space": found.person.space.key, "sheet": found.sheet, "follow": found.key}
