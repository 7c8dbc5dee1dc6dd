"""Letters about a sheet that its people asked for: one of each kind, ever, and only while there is a reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from sheets.sheet import Sheet
from store.errors import Conflict
from store.rows import is_person, read
from store.sheet_tables import sheet_follows as table
from store.upsert import upsert


@dataclass(frozen=True, slots=True)
class SheetFollow:
    """Somebody's wish for one letter. `key`: of a `content.worksheet.Follow`. `at`: when; None: it was written."""

    person: Person
    sheet: str
    key: str
    at: datetime | None


class SheetFollows:
    """Bound to one transaction. When a letter is due is said by `sheets.follows`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def ask(self, person: Person, sheet: str, key: str, at: datetime) -> bool:
        """Once, at that moment, or at this other one; False when its letter was written already: there is no second."""
        values = {"space": person.space.key, "sheet": sheet, "member": person.id, "key": key, "at": at}
        await self._db.execute(upsert(self._db, table, values, ["space", "sheet", "member", "key"], []))
        open_ = _is(person, sheet, key) & table.c.at.is_not(None)
        return (await self._db.execute(sa.update(table).where(open_).values(at=at))).rowcount == 1

    async def of(self, person: Person, sheet: str) -> Mapping[str, datetime | None]:
        """What this person asked for, by key; None: it was written."""
        where = is_person(table, person) & (table.c.sheet == sheet)
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.key))
        return {row.key: row.at for row in rows}

    async def drop(self, person: Person, sheet: str, key: str) -> bool:
        """They would rather not; False when it was written already, or never asked for."""
        open_ = _is(person, sheet, key) & table.c.at.is_not(None)
        return (await self._db.execute(sa.delete(table).where(open_))).rowcount == 1

    async def touch(self, sheet: Sheet, moments: Mapping[str, datetime]) -> None:
        """After a save: every open one of this sheet moves to its moment, see `sheets.follows.moments`; one for which
        there is no reason any more goes."""
        mine = (table.c.space == sheet.space.key) & (table.c.sheet == sheet.id) & table.c.at.is_not(None)
        await self._db.execute(sa.delete(table).where(mine & table.c.key.not_in(moments)))
        for key, at in sorted(moments.items()):
            await self._db.execute(sa.update(table).where(mine & (table.c.key == key)).values(at=at))

    async def due(self, now: datetime, most: int) -> tuple[SheetFollow, ...]:
        """Those whose moment has come, out of all spaces, the oldest first."""
        statement = sa.select(table).where(table.c.at <= now).order_by(table.c.at).limit(most)
        return tuple(read(SheetFollow, row) for row in await self._db.execute(statement))

    async def done(self, follow: SheetFollow) -> None:
        """Its letter is written, in this transaction. Raises Conflict when it was moved, dropped or written since it
        was read: then nothing of this transaction may stay."""
        await self._set(follow, None)

    async def move(self, follow: SheetFollow, at: datetime) -> None:
        """It comes later. Raises Conflict as `done` does."""
        await self._set(follow, at)

    async def _set(self, follow: SheetFollow, at: datetime | None) -> None:
        same = _is(follow.person, follow.sheet, follow.key) & (table.c.at == follow.at)
        if (await self._db.execute(sa.update(table).where(same).values(at=at))).rowcount != 1:
            raise Conflict("this reminder is another one by now")


def _is(person: Person, sheet: str, key: str) -> sa.ColumnElement[bool]:
    return is_person(table, person) & (table.c.sheet == sheet) & (table.c.key == key)
