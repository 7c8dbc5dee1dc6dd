"""Tells whoever looks after a community that a report waits for them: that it is there, and not a word of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from content.letters import subject_of
from scheduler._rooms import Rooms
from scheduler.post import post
from store import Tx
from store.deliveries import letter_id
from store.owners import moderators_of
from store.reports import Filed

EVERY = timedelta(seconds=30)
NEW = timedelta(days=14)
"""Whoever shows only later that they look after a community is told of reports of so long."""
MOST = 5_000


async def run(rooms: Rooms) -> None:
    """Each report in a transaction of its own, each moderator once; whom it is about is not told."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        new = [report for report in await tx.reports.waiting(MOST) if report.state == "open" and report.at > now - NEW]
    for report in new:
        async with rooms.store.begin() as tx:
            await tell(rooms, tx, report, now)
    if new:
        rooms.dispatcher.wake()


async def tell(rooms: Rooms, tx: Tx, report: Filed, now: datetime) -> None:
    """Within a moderator's one message a day; who has one on each of the next days is looked for again."""
    subject = subject_of("report-new", report.id)
    others = [one for one in await moderators_of(tx, report.space) if one.id != report.about]
    fresh = [one for one in others if await tx.deliveries.get(one, letter_id(one, subject)) is None]
    await post(rooms, tx, [(one, "report-new") for one in fresh], report.id, now)
