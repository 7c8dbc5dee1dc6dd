"""Who works on a sheet, who may comment on it, and whose hand holds the pen: one writes at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.errors import Conflict
from store.rows import is_person, lock, read
from store.sheet_leaving import leave_sheets
from store.sheet_tables import sheet_people as table
from store.sheet_tables import sheets
from store.upsert import upsert

SheetPart = Literal["owner", "co-owner", "commenter", "reviewer"]
PartState = Literal["asked", "in", "out"]
WRITERS: tuple[SheetPart, ...] = ("owner", "co-owner")
PEN = timedelta(minutes=10)
"""How long after somebody's last save nobody else of them writes."""


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One person's part in one sheet. `asked`: they have not said yes yet; `out`: they said no, or left it."""

    person: Person
    sheet: str
    part: SheetPart
    state: PartState
    pen_until: datetime | None
    added_at: datetime

    @property
    def writes(self) -> bool:
        """Whether they may change the sheet."""
        return self.state == "in" and self.part in WRITERS


class SheetPeople:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def of(self, space: Space, sheet: str) -> tuple[SheetPerson, ...]:
        """Everybody with a part in it, whoever was there first at the head; those who are out too."""
        order = (table.c.added_at, table.c.member)
        rows = await self._db.execute(sa.select(table).where(_on(space, sheet)).order_by(*order))
        return tuple(read(SheetPerson, row) for row in rows)

    async def get(self, person: Person, sheet: str) -> SheetPerson | None:
        """This person's part; None when they never had one."""
        row = (await self._db.execute(sa.select(table).where(_is(person, sheet)))).one_or_none()
        return read(SheetPerson, row) if row else None

    async def add(
        self, person: Person, sheet: str, part: SheetPart, now: datetime, *, state: PartState = "asked"
    ) -> bool:
        """A part for somebody who has none, or is out; False when they have one. Raises Conflict when the person or
        the sheet is gone."""
        await self._hold(person, sheet)
        known = await self.get(person, sheet)
        if known is not None and known.state != "out":
            return False
        values = {
            "space": person.space.key, "sheet": sheet, "member": person.id, "part": part, "state": state,
            "pen_until": None, "added_at": now,
        }  # fmt: skip
        key = ["space", "sheet", "member"]
        await self._db.execute(upsert(self._db, table, values, key, ["part", "state", "pen_until", "added_at"]))
        return True

    async def set(
        self, person: Person, sheet: str, *, part: SheetPart | None = None, state: PartState | None = None
    ) -> bool:
        """Another part, or another word of theirs; False when they have none. An owner leaves by `leave` alone."""
        new: dict[str, object] = {"part": part} if part else {}
        new |= {"state": state, "pen_until": None} if state else {}
        if not new:
            return await self.get(person, sheet) is not None
        where = _is(person, sheet) & (table.c.part != "owner")
        return (await self._db.execute(sa.update(table).where(where).values(new))).rowcount == 1

    async def leave(self, person: Person, sheet: str) -> bool:
        """Out of it, their reminders too. When the owner leaves, whoever co-owns it longest is the owner; where nobody
        does, the sheet goes. False when they had no part in it."""
        return await leave_sheets(self._db, person, sheet) > 0

    async def take_pen(self, person: Person, sheet: str, now: datetime) -> bool:
        """Who writes now: for ten minutes, and again with every save. False for who may not write, and while another
        one of them does."""
        held = sa.select(sheets.c.id).where((sheets.c.space == person.space.key) & (sheets.c.id == sheet))
        if (await self._db.execute(held.with_for_update())).first() is None:
            return False
        everybody = await self.of(person.space, sheet)
        mine = next((one for one in everybody if one.person == person), None)
        if mine is None or not mine.writes:
            return False
        others = (one for one in everybody if one.writes and one.person != person)
        if any(one.pen_until is not None and one.pen_until > now for one in others):
            return False
        await self._db.execute(sa.update(table).where(_on(person.space, sheet)).values(pen_until=None))
        await self._db.execute(sa.update(table).where(_is(person, sheet)).values(pen_until=now + PEN))
        return True

    async def shared_with(self, person: Person) -> tuple[SheetPerson, ...]:
        """This person's parts in the sheets of others they may comment on, or were asked to, the newest first."""
        where = is_person(table, person) & table.c.part.not_in(WRITERS) & (table.c.state != "out")
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.added_at.desc(), table.c.sheet))
        return tuple(read(SheetPerson, row) for row in rows)

    async def _hold(self, person: Person, sheet: str) -> None:
        there = await lock(self._db, [person])
        held = sa.select(sheets.c.id).where((sheets.c.space == person.space.key) & (sheets.c.id == sheet))
        if not there or (await self._db.execute(held.with_for_update())).first() is None:
            raise Conflict("this person or this sheet is gone")


def _on(space: Space, sheet: str) -> sa.ColumnElement[bool]:
    return (table.c.space == space.key) & (table.c.sheet == sheet)


def _is(person: Person, sheet: str) -> sa.ColumnElement[bool]:
    return is_person(table, person) & (table.c.sheet == sheet)
