"""What a wall clock that was set leaves behind: waits that are durations, and moments that nobody will live to see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.moment import Occurrence
from chat.people import Person, Space
from store.bulk import update
from store.tables import deliveries, nudges, rests

LONGEST_REST = timedelta(hours=25)
"""No platform is left in peace for longer; a rest that says so was written by a wrong clock."""


DAILY, WEEKLY, SILENCE = timedelta(hours=48), timedelta(days=9), timedelta(days=31)
"""A next moment is no farther away: with every day on (moves between zones included), with fewer, in longer silence."""
EVERY_DAY = 127


class Jumps:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def shift(self, by: timedelta, now: datetime) -> None:
        """The wall clock was set by `by` and shows `now`. Rests, retries and the age of doubts go on as they were: they
        are durations. What was due stays due. Moments of members are wall time and stay what they are."""
        back = by < timedelta(0)
        before = now - by  # what the clock would show
        quiet = await self._db.execute(sa.select(rests).where(rests.c.until > (now - by / 2 if back else before)))
        for row in quiet.all():
            await self._db.execute(sa.update(rests).where(rests.c.scope == row.scope).values(until=row.until + by))
        d = deliveries.c
        open_ = await self._db.execute(
            sa.select(d.space, d.member, d.id, d.state, d.not_before, d.first_claimed_at).where(
                d.not_before.is_not(None) | (d.state == "claimed")
            )
        )
        rows: list[tuple[object, ...]] = []
        due: datetime | None
        claimed: datetime | None
        for space, member, id_, state, due, claimed in open_:
            waits = due is not None and (due > now - by / 2 if back else state == "retry" and due > before)
            if waits or claimed is not None:
                again: datetime | None = due + by if due is not None and waits else due
                rows.append((space, member, id_, again, None if claimed is None else claimed + by))
        columns = ("space", "member", "id", "not_before", "first_claimed_at")
        sets = {"not_before": "{not_before}", "first_claimed_at": "{first_claimed_at}"}
        await update(self._db, deliveries, columns, rows, key=3, sets=sets)

    async def forget_far_rests(self, now: datetime) -> int:
        """Ends rests, and retries that wait, beyond what is ever asked for."""
        gone = await self._db.execute(sa.delete(rests).where(rests.c.until > now + LONGEST_REST))
        waits = (deliveries.c.state == "retry") & (deliveries.c.not_before > now + LONGEST_REST)
        retried = await self._db.execute(sa.update(deliveries).where(waits).values(not_before=now))
        return gone.rowcount + retried.rowcount

    async def far(self, now: datetime, limit: int) -> list[Person]:
        """Running nudges, not paused, whose next moment is farther away than their week and their silence can make it,
        the farthest first."""
        n = nudges.c
        daily = (n.rhythm == "daily") & (n.days == EVERY_DAY)
        away = (
            (n.next_at > now + DAILY) & (n.state == "active") & daily
            | (n.next_at > now + WEEKLY) & (n.state == "active")
            | (n.next_at > now + SILENCE) & (n.state == "cooling")
        )
        where = (n.next_at > now + DAILY) & away & n.paused_until.is_(None)
        found = sa.select(n.space, n.member).where(where).order_by(n.next_at.desc()).limit(limit)
        return [Person(Space.parse(space), member) for space, member in await self._db.execute(found)]

    async def set_right(self, moments: Sequence[tuple[Person, Occurrence]], now: datetime) -> None:
        """New next moments. What was written of days that are yet to come is forgotten: it came of a wrong clock."""
        n = nudges.c
        for person, occurrence in moments:
            of = (n.space == person.space.key) & (n.member == person.id)
            await self._db.execute(
                sa.update(nudges).where(of).values(next_day=occurrence.day, next_at=occurrence.at, updated_at=now)
            )
            tomorrow = (now + timedelta(days=1)).date()
            ahead = of & (n.last_day > tomorrow)
            await self._db.execute(sa.update(nudges).where(ahead).values(last_day=None, last_at=None))
            d = deliveries.c
            skipped = (d.space == person.space.key) & (d.member == person.id) & (d.state == "skipped_late")
            await self._db.execute(sa.delete(deliveries).where(skipped & (d.day >= occurrence.day)))
