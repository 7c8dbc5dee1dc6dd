"""Where a sheet was shared: once a channel as it was seen, and whoever reads that channel may comment on it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Place, Space
from store.sheet_tables import sheet_shares as table
from store.upsert import upsert


class SheetShares:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def first(self, place: Place, sheet: str, digest: str, now: datetime) -> bool:
        """Whether exactly this is shared there for the first time; from now on it is."""
        values = {"space": place.space.key, "sheet": sheet, "place": place.id, "digest": digest, "at": now}
        statement = upsert(self._db, table, values, ["space", "sheet", "place", "digest"], [])
        return (await self._db.execute(statement)).rowcount == 1

    async def has(self, place: Place, sheet: str) -> bool:
        """Whether it was shared there, in whatever shape."""
        where = (table.c.space == place.space.key) & (table.c.sheet == sheet) & (table.c.place == place.id)
        return (await self._db.execute(sa.select(table.c.sheet).where(where).limit(1))).first() is not None

    async def places(self, space: Space, sheet: str) -> tuple[str, ...]:
        """The channels it was shared in, sorted."""
        where = (table.c.space == space.key) & (table.c.sheet == sheet)
        found = await self._db.execute(sa.select(table.c.place).where(where).distinct().order_by(table.c.place))
        return tuple(found.scalars())

    async def stop(self, place: Place, sheet: str) -> bool:
        """Nobody there comments on it any more; False when nobody could."""
        where = (table.c.space == place.space.key) & (table.c.sheet == sheet) & (table.c.place == place.id)
        return (await self._db.execute(sa.delete(table).where(where))).rowcount > 0
