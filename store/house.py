"""Facts of the house itself: which processes are at work, and small values that outlive them."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from store.clock import clock_of
from store.tables import facts, workers
from store.upsert import upsert

SILENT = timedelta(seconds=20)
"""A worker not seen for longer is taken for dead."""


class House:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def seen(self, worker: str) -> None:
        """This process is alive. By the database's clock, so that machines agree."""
        now = await clock_of(self._db)
        values = {"worker": worker, "started_at": now, "seen_at": now}
        await self._db.execute(upsert(self._db, workers, values, ["worker"], ["seen_at"]))
        await self._db.execute(sa.delete(workers).where(workers.c.seen_at < now - 10 * SILENT))

    async def gone(self, worker: str) -> None:
        """This process stops."""
        await self._db.execute(sa.delete(workers).where(workers.c.worker == worker))

    async def alive(self) -> frozenset[str]:
        """The workers seen lately; one seen later than now was seen before the clock was set back."""
        now = await clock_of(self._db)
        recent = sa.select(workers.c.worker).where(workers.c.seen_at.between(now - SILENT, now + SILENT))
        return frozenset((await self._db.execute(recent)).scalars())

    async def fact(self, name: str) -> str | None:
        """A value kept before."""
        return (await self._db.execute(sa.select(facts.c.value).where(facts.c.name == name))).scalar_one_or_none()

    async def keep_fact(self, name: str, value: str) -> None:
        """Keeps or replaces a value."""
        await self._db.execute(upsert(self._db, facts, {"name": name, "value": value}, ["name"], ["value"]))

    async def swap_fact(self, name: str, was: str | None, value: str) -> bool:
        """Replaces a value that is still `was` (None: there is none yet); False when another process was first."""
        if was is None:
            made = upsert(self._db, facts, {"name": name, "value": value}, ["name"], [])
        else:
            made = sa.update(facts).where(facts.c.name == name, facts.c.value == was).values(value=value)
        return (await self._db.execute(made)).rowcount == 1
