"""The session starts of a bot, kept because a process that crashes for ever must remember that it does.

Discord allows about 1,000 IDENTIFYs a day, then ends every session and resets the bot's token.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from store.tables import starts as table

DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


class Starts:
    """Bound to one transaction; `bot` is the application's id, moments are aware."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def since(self, bot: str, moment: datetime) -> Sequence[datetime]:
        """The starts after a moment, oldest first, those a wrong clock put into the future among them."""
        where = (table.c.bot == bot) & (table.c.at > moment)
        return (await self._db.execute(sa.select(table.c.at).where(where).order_by(table.c.at))).scalars().all()

    async def note(self, bot: str, now: datetime) -> None:
        """One more, and what is older than a day forgotten."""
        await self._db.execute(sa.delete(table).where((table.c.bot == bot) & (table.c.at <= now - DAY)))
        known, moments = await self.since(bot, now - DAY), [now]
        if known and known[-1] >= now:
            await self._db.execute(sa.delete(table).where(table.c.bot == bot))
            moments = spaced([*known, now], now)
        await self._db.execute(sa.insert(table), [{"bot": bot, "at": at} for at in moments])


def spaced(starts: Sequence[datetime], now: datetime) -> list[datetime]:
    """No two alike and none after `now`: when the clock was set back, counted too long is better than for ever.

    >>> noon = datetime(2026, 11, 20, 12)
    >>> [str(at.time()) for at in spaced([noon, noon, noon.replace(year=2036)], noon)]
    ['12:00:00', '11:59:59.999999', '11:59:59.999998']
    """
    moved: list[datetime] = []
    for at in sorted(starts, reverse=True):
        moved.append(min(at, now) if not moved else min(at, moved[-1] - _TICK))
    return moved
