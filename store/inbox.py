"""What platforms told us: one row an event, ever, written before it is acknowledged, emptied once it is handled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from store.tables import inbox as table
from store.upsert import insert_new, upsert

KEPT = timedelta(hours=26)
"""Slack repeats an event every hour for a day; a row must outlive that."""


@dataclass(frozen=True, slots=True)
class Received:
    """An event nobody has finished. `body` holds members' words and secrets of a few minutes: never log it. `attempt`
    counts how often somebody began."""

    key: str
    body: str
    received_at: datetime
    attempt: int


class Inbox:
    """Bound to one transaction. A key names an event of one platform and workspace."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def keep(self, platform: str, events: Sequence[tuple[str, str]], now: datetime) -> frozenset[str]:
        """Stores (key, body) pairs; gives back the keys that are new and so are the caller's to handle."""
        if not events:
            return frozenset()
        rows: list[dict[str, object]] = [
            {"key": key, "platform": platform, "body": body, "received_at": now, "attempt": 1} for key, body in events
        ]
        fresh = insert_new(self._db, table, ["key"]).returning(table.c.key)
        return frozenset((await self._db.execute(fresh, rows)).scalars())

    async def done(self, keys: Collection[str], now: datetime) -> None:
        """Handled: the bodies go, the keys stay."""
        statement = sa.update(table).where(table.c.key.in_(keys) & table.c.handled_at.is_(None))
        await self._db.execute(statement.values(handled_at=now, body=None))

    async def first(self, key: str, now: datetime) -> bool:
        """Whether the work of this event is done for the first time: asked in the transaction that does it, so that an
        event begun again after a crash is answered again, but changes nothing twice. Only where doing it twice would
        show (one size bigger, not "ten seconds"). Always True for what was never kept (key "")."""
        if not key:
            return True
        row = {"key": f"{key} done", "platform": "", "received_at": now, "handled_at": now, "attempt": 1}
        return (await self._db.execute(upsert(self._db, table, row, ["key"], []))).rowcount == 1

    async def withdraw(self, keys: Collection[str]) -> None:
        """Takes back what was stored too late to be acknowledged: it will come again, or its sender knows."""
        await self._db.execute(sa.delete(table).where(table.c.key.in_(keys) & table.c.handled_at.is_(None)))

    async def open(self, platform: str, *, before: datetime, limit: int = 100) -> tuple[Received, ...]:
        """Unfinished events that came at or before a moment, the oldest first."""
        mine = (table.c.platform == platform) & table.c.handled_at.is_(None) & (table.c.received_at <= before)
        found = await self._db.execute(sa.select(table).where(mine).order_by(table.c.received_at).limit(limit))
        return tuple(Received(row.key, row.body or "{}", row.received_at, row.attempt) for row in found)

    async def take(self, event: Received) -> bool:
        """Begins an unfinished event once more. False when somebody else did, or it is finished."""
        same = (table.c.key == event.key) & table.c.handled_at.is_(None) & (table.c.attempt == event.attempt)
        return (await self._db.execute(sa.update(table).where(same).values(attempt=event.attempt + 1))).rowcount == 1

    async def prune(self, now: datetime) -> int:
        """Forgets what no platform repeats any more; gives back how many."""
        return (await self._db.execute(sa.delete(table).where(table.c.received_at < now - KEPT))).rowcount
