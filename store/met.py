"""Which pairs met and when last: rounds avoid them, interviews never repeat them. Forgotten with either of the two."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.introduction_tables import met as table


class Encounter(NamedTuple):
    """The last time `a` and `b` (ids, a before b) met in a programme. `round`: None where it has none."""

    a: str
    b: str
    programme: str
    round: int | None
    at: datetime


class Met:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def remember(
        self, pairs: Iterable[tuple[Person, Person]], programme: str, at: datetime, *, number: int | None = None
    ) -> None:
        """They met, in round `number` where there is one. An earlier time than the one known changes nothing. Raises
        ValueError for a pair across spaces."""
        rows: dict[tuple[str, str, str], dict[str, object]] = {}
        for pair in pairs:
            one, other = sorted(pair)
            if one.space != other.space or one == other:
                raise ValueError("a pair is two members of one space")
            key = (one.space.key, one.id, other.id)
            rows[key] = {"space": key[0], "a": key[1], "b": key[2], "programme": programme, "round": number, "at": at}
        if not rows:
            return
        insert = (postgresql if self._db.dialect.name == "postgresql" else sqlite).insert(table)
        newest = insert.on_conflict_do_update(
            index_elements=["space", "a", "b", "programme"],
            set_={"at": insert.excluded.at, "round": insert.excluded.round},
            where=insert.excluded.at >= table.c.at,
        )
        await self._db.execute(newest, [rows[key] for key in sorted(rows)])

    async def before(self, space: Space, programmes: Collection[str], *, since: int = 0) -> tuple[Encounter, ...]:
        """Every pair of these programmes, sorted; of those with rounds only from round `since` on."""
        late = table.c.round.is_(None) | (table.c.round >= since)
        where = (table.c.space == space.key) & table.c.programme.in_(programmes) & late
        statement = sa.select(table.c.a, table.c.b, table.c.programme, table.c.round, table.c.at).where(where)
        return tuple(Encounter(*row) for row in await self._db.execute(statement.order_by(table.c.a, table.c.b)))

    async def ever(self, one: Person, other: Person) -> bool:
        """Whether these two met, in whatever programme."""
        a, b = sorted([one, other])
        where = (table.c.space == a.space.key) & (table.c.a == a.id) & (table.c.b == b.id)
        return a.space == b.space and (await self._db.execute(sa.select(table.c.at).where(where))).first() is not None
