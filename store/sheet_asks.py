"""Who was asked to read, comment on or co-own a sheet of somebody else's, and what they said: each once a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.errors import Conflict
from store.rows import columns_of, is_person, read
from store.sheet_reviews import SheetReviews
from store.sheet_tables import sheet_asked as asked
from store.sheet_tables import sheet_asks as table
from store.sheet_tables import sheet_people
from store.upsert import upsert

AskPart = Literal["reviewer", "co-owner", "commenter"]
AskState = Literal["new", "asked", "yes", "done", "no", "silent", "ended"]
Tell = Literal["", "reads", "reviewed"]
OPEN: tuple[AskState, ...] = ("new", "asked")
SEES: tuple[AskState, ...] = ("yes", "done")


@dataclass(frozen=True, slots=True)
class SheetAsk:
    """`new`: an owner wants it, no letter is written. `done`: a reader is through, and still sees the sheet. `next_at`:
    when it is asked, given up or closed. `tell`: what its owners are to be written. `shown`: keys of the steps a reader
    sees, whatever others are asked later."""

    person: Person
    sheet: str
    part: AskPart
    state: AskState
    asked_at: datetime
    next_at: datetime | None
    tell: Tell = ""
    shown: frozenset[str] = frozenset()


class SheetAsks:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, person: Person, sheet: str, *, lock: bool = False) -> SheetAsk | None:
        """One person's; None when they were never asked."""
        statement = sa.select(table).where(_is(person, sheet))
        row = (await self._db.execute(statement.with_for_update() if lock else statement)).one_or_none()
        return read(SheetAsk, row) if row else None

    async def of(self, space: Space, sheet: str) -> tuple[SheetAsk, ...]:
        """All of a sheet, the oldest first."""
        where = (table.c.space == space.key) & (table.c.sheet == sheet)
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.asked_at, table.c.member))
        return tuple(read(SheetAsk, row) for row in rows)

    async def add(self, ask: SheetAsk) -> bool:
        """A question that was never asked, or whose yes has ended; False when it was. Who was asked to read it and does
        not is invited as anybody is: an invitation tells nobody who said no."""
        values = columns_of(ask)
        known = await self.get(ask.person, ask.sheet, lock=True)
        invited = ask.part != "reviewer" and known is not None and known.part == "reviewer" and known.state not in SEES
        if known is not None and known.state != "ended" and not invited:
            return False
        statement = upsert(self._db, table, values, ["space", "sheet", "member"], list(values) if known else [])
        if (await self._db.execute(statement)).rowcount != 1:
            return False
        noted = {
            "space": ask.person.space.key, "member": ask.person.id, "sheet": ask.sheet, "at": ask.asked_at,
            "part": ask.part, "refused": None,
        }  # fmt: skip
        await self._db.execute(upsert(self._db, asked, noted, ["space", "member", "sheet", "at"], []))
        return True

    async def move(self, ask: SheetAsk, state: AskState, next_at: datetime | None, *, tell: Tell | None = None) -> None:
        """The next step. Raises Conflict when it took another one since it was read."""
        same = _is(ask.person, ask.sheet) & (table.c.state == ask.state) & (table.c.tell == ask.tell)
        values = {"state": state, "next_at": next_at, "tell": ask.tell if tell is None else tell}
        if (await self._db.execute(sa.update(table).where(same).values(values))).rowcount != 1:
            raise Conflict("this question was answered meanwhile")

    async def due(self, now: datetime, most: int) -> tuple[SheetAsk, ...]:
        """Those with which time does something now, out of all spaces, and those whose owners wait for a letter."""
        where = (table.c.next_at <= now) | (table.c.tell != "")
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.asked_at).limit(most))
        return tuple(read(SheetAsk, row) for row in rows)

    async def asked_since(self, space: Space, at: datetime) -> Mapping[str, int]:
        """How often each member was asked to read something since then, by id; also where the sheet is gone."""
        where = (asked.c.space == space.key) & (asked.c.part == "reviewer") & (asked.c.at >= at)
        rows = await self._db.execute(sa.select(asked.c.member, sa.func.count()).where(where).group_by(asked.c.member))
        return {str(member): int(count) for member, count in rows}

    async def refuse(self, ask: SheetAsk, owner: Person) -> None:
        """They said no to an invitation of this owner, which counts for other sheets of theirs, too."""
        this = is_person(asked, ask.person) & (asked.c.sheet == ask.sheet) & (asked.c.at == ask.asked_at)
        await self._db.execute(sa.update(asked).where(this).values(refused=owner.id))

    async def refused(self, person: Person, owner: Person) -> bool:
        """Whether they said no to this owner in the last 90 days, or as long as that is kept."""
        where = is_person(asked, person) & (asked.c.refused == owner.id)
        return (await self._db.execute(sa.select(asked.c.sheet).where(where).limit(1))).first() is not None

    async def part(self, one: Person, other: Person, now: datetime) -> None:
        """Between the two nothing stays open: who is on a sheet the other writes on is out of it, of two co-owners the
        one who came later, and no question stands. A sheet whose reader this was looks for another one."""
        for writer, guest in ((one, other), (other, one)):
            here, there = await self._on(writer), await self._on(guest)
            writes = {id_ for id_, row in here.items() if row.state == "in" and row.part in ("owner", "co-owner")}
            stays = {id_ for id_ in writes & there.keys() if not _yields(there[id_], here[id_])}
            goes = writes - stays
            on = is_person(sheet_people, guest) & sheet_people.c.sheet.in_(goes)
            await self._db.execute(sa.update(sheet_people).where(on).values(state="out", pen_until=None))
            open_ = is_person(table, guest) & table.c.sheet.in_(goes) & table.c.state.in_((*OPEN, *SEES))
            reads = sa.select(table.c.sheet).where(open_, table.c.part == "reviewer", table.c.state != "done")
            lost = (await self._db.execute(reads)).scalars().all()
            await SheetReviews(self._db).again(writer.space, lost, now)
            await self._db.execute(sa.update(table).where(open_).values(state="ended", next_at=None, tell=""))

    async def _on(self, person: Person) -> dict[str, sa.Row[Any]]:
        where = is_person(sheet_people, person) & (sheet_people.c.state != "out")
        return {row.sheet: row for row in await self._db.execute(sa.select(sheet_people).where(where))}


def _yields(guest: sa.Row[Any], writer: sa.Row[Any]) -> bool:
    """Whether of the two on one sheet it is `guest` who goes."""
    if "owner" in (guest.part, writer.part):
        return bool(writer.part == "owner")
    if guest.part != "co-owner" or guest.state == "asked":
        return True
    return bool((guest.added_at, guest.member) > (writer.added_at, writer.member))


def _is(person: Person, sheet: str) -> sa.ColumnElement[bool]:
    return is_person(table, person) & (table.c.sheet == sheet)
