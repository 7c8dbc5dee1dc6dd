"""Which edition of the code of conduct a member accepted, and when: nobody is matched before."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.introduction_tables import conducts as table
from store.rows import is_person
from store.upsert import upsert

ADULT = "adult"
"""Kept like an edition: that a member said once that they are of age. How old they are is asked by nobody."""


class Conducts:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def accept(self, person: Person, code: str, now: datetime) -> None:
        """The first time counts."""
        values = {"space": person.space.key, "member": person.id, "code": code, "at": now}
        await self._db.execute(upsert(self._db, table, values, ["space", "member", "code"], []))

    async def all(self, space: Space, code: str) -> frozenset[Person]:
        """Everybody in a space who accepted this edition."""
        where = (table.c.space == space.key) & (table.c.code == code)
        found = await self._db.execute(sa.select(table.c.member).where(where))
        return frozenset(Person(space, member) for member in found.scalars())

    async def accepted(self, person: Person, code: str) -> datetime | None:
        """When they accepted this edition; None when they did not."""
        where = is_person(table, person) & (table.c.code == code)
        return (await self._db.execute(sa.select(table.c.at).where(where))).scalar_one_or_none()
