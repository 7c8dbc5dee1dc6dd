"""What a community runs: interviews, circles, random coffees; how often, where, and whether its owner looks first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.errors import LimitError
from chat.people import Space
from store.round_tables import programmes as table
from store.rows import read, readable, save

HOLD = timedelta(hours=48)
"""How long an owner has to look at a round before it goes out by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """`name`: "interviews", "circles" or "coffee:<channel id>". `cadence` in weeks; `weekday` (Monday is 0), `at` and
    `zone` say when its rounds begin. `size` of a group, `place` the channel. `approve`: the owner sees a round before
    members do. `notice_hours`: members are told so long before matching, so that they can skip. `next_round_at`: when
    the next round is to be planned."""

    space: Space
    name: str
    zone: str
    state: Literal["on", "off"] = "off"
    cadence: int = 2
    weekday: int = 0
    at: time = time(9)
    size: int = 2
    place: str | None = None
    approve: bool = False
    triad_before_repeat: bool = False
    notice_hours: int = 24
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    next_round_at: datetime | None = None
    updated_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not (2 <= self.size <= 5 and 1 <= self.cadence <= 52 and 0 <= self.weekday <= 6 and self.notice_hours >= 0):
            raise LimitError("a programme has groups of 2 to 5, a round every 1 to 52 weeks, on a weekday 0 to 6")


class Programmes:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, space: Space, name: str) -> Programme | None:
        """One of them, also when it is off."""
        row = (await self._db.execute(sa.select(table).where(_of(space), table.c.name == name))).one_or_none()
        return read(Programme, row) if row else None

    async def all(self, space: Space) -> tuple[Programme, ...]:
        """All of a community, by name."""
        rows = await self._db.execute(sa.select(table).where(_of(space)).order_by(table.c.name))
        return tuple(read(Programme, row) for row in rows)

    async def save(self, programme: Programme, now: datetime) -> Programme:
        """The whole of it, as somebody who read `programme.version` left it. Raises Conflict."""
        return await save(self._db, table, programme, now)

    async def due(self, now: datetime, limit: int = 50) -> tuple[Programme, ...]:
        """Running ones whose next round is to be planned, out of all spaces; on PostgreSQL this transaction's alone
        until it ends. One that cannot be read is left out."""
        return readable(Programme, await self._db.execute(due_statement(now, limit)))


def due_statement(now: datetime, limit: int) -> sa.Select[Any]:
    """See Programmes.due."""
    statement = sa.select(table).where(table.c.next_round_at <= now, table.c.state == "on")
    return statement.order_by(table.c.next_round_at).limit(limit).with_for_update(skip_locked=True)


def _of(space: Space) -> sa.ColumnElement[bool]:
    return table.c.space == space.key
