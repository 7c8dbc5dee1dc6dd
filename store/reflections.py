"""The three weekly lines of a member: private, and deleted with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.tables import reflections
from store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Reflection:
    """One week's lines; each may be empty. `question` is the id of the one that was asked below them."""

    day: date
    tried: str
    noticed: str
    next: str
    question: str


class Reflections:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def keep(self, person: Person, reflection: Reflection) -> None:
        """A day's lines; written again they replace the ones before."""
        values = {
            "space": person.space.key, "member": person.id, "day": reflection.day, "tried": reflection.tried,
            "noticed": reflection.noticed, "next": reflection.next, "question": reflection.question,
        }  # fmt: skip
        key = ["space", "member", "day"]
        await self._db.execute(upsert(self._db, reflections, values, key, ["tried", "noticed", "next", "question"]))

    async def of(self, persons: Sequence[Person], since: date) -> dict[Person, Reflection]:
        """The newest lines from `since` on, of each person who has any."""
        keys = [(person.space.key, person.id) for person in persons]
        where = sa.tuple_(reflections.c.space, reflections.c.member).in_(keys) & (reflections.c.day >= since)
        statement = sa.select(reflections).where(where).order_by(reflections.c.day)
        newest: dict[Person, Reflection] = {}
        for row in await self._db.execute(statement) if keys else ():
            newest[Person(Space.parse(row.space), row.member)] = _read(row)
        return newest

    async def get(self, person: Person, day: date) -> Reflection | None:
        """The lines of one day."""
        found = await self.recent(person, since=day, limit=1_000)
        return next((reflection for reflection in found if reflection.day == day), None)

    async def recent(self, person: Person, *, since: date = date.min, limit: int = 10) -> tuple[Reflection, ...]:
        """The newest first."""
        where = (reflections.c.space == person.space.key) & (reflections.c.member == person.id)
        statement = sa.select(reflections).where(where, reflections.c.day >= since)
        rows = await self._db.execute(statement.order_by(reflections.c.day.desc()).limit(limit))
        return tuple(map(_read, rows))


def _read(row: sa.Row[Any]) -> Reflection:
    return Reflection(row.day, row.tried, row.noticed, row.next, row.question)
