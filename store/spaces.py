"""The workspaces and guilds we are in, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Space, SpaceInfo
from store.tables import spaces
from store.upsert import upsert


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """One space; `left_at` is set while we are not in it."""

    space: Space
    name: str
    joined_at: datetime
    left_at: datetime | None


class Spaces:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def joined(self, info: SpaceInfo, now: datetime) -> None:
        """Remembers the space, or that we are back in it. Its members' rows were kept."""
        key = info.space.key
        values = {"space": key, "platform": info.space.platform, "id": info.space.id, "name": info.name}
        insert = upsert(self._db, spaces, values | {"joined_at": now, "left_at": None}, ["space"], ["name", "left_at"])
        await self._db.execute(insert)

    async def left(self, space: Space, now: datetime) -> None:
        """Nothing is sent into this space any more. Told twice, as Slack does, it was left when it was told first."""
        first = sa.func.coalesce(spaces.c.left_at, sa.literal(now, spaces.c.left_at.type))
        await self._db.execute(sa.update(spaces).where(spaces.c.space == space.key).values(left_at=first))

    async def get(self, space: Space) -> SpaceRow | None:
        """The space, also after we left it."""
        row = (await self._db.execute(sa.select(spaces).where(spaces.c.space == space.key))).one_or_none()
        return _read(row) if row else None

    async def all_present(self, platform: str) -> tuple[SpaceRow, ...]:
        """The spaces of a platform we are in now."""
        where = (spaces.c.platform == platform) & spaces.c.left_at.is_(None)
        return tuple(_read(row) for row in await self._db.execute(sa.select(spaces).where(where)))


def _read(row: sa.Row[Any]) -> SpaceRow:
    return SpaceRow(Space(row.platform, row.id), row.name, row.joined_at, row.left_at)
