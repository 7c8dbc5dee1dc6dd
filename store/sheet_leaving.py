"""What becomes of sheets when one of their people goes: they belong to whoever stays, or they go too."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from store.rows import is_person
from store.sheet_tables import sheet_asks, sheet_drafts, sheet_follows, sheet_people, sheets
from store.tables import members


async def leave_sheets(db: AsyncConnection, person: Person, sheet: str = "") -> int:
    """Out of one sheet, or of all of them, with their reminders and drafts; comments stay. Who has co-owned a sheet
    longest (of those who are here) becomes its owner; a sheet nobody co-owns is deleted with all there is about it.
    Gives back out of how many. Sheets are held in the order of their ids, so that of two who go at once one finds the
    other gone.
    """
    mine = is_person(sheet_people, person)
    if sheet:
        mine &= sheet_people.c.sheet == sheet
    within = sa.select(sheet_people.c.sheet).where(mine)
    held = sa.select(sheets.c.id).where((sheets.c.space == person.space.key) & sheets.c.id.in_(within))
    ids = (await db.execute(held.order_by(sheets.c.id).with_for_update())).scalars().all()
    for id_ in ids:
        on = (sheet_people.c.space == person.space.key) & (sheet_people.c.sheet == id_)
        part = (await db.execute(sa.select(sheet_people.c.part).where(on & mine))).scalar_one_or_none()
        if part == "owner" and not await _passed_on(db, person, on):
            await db.execute(sa.delete(sheets).where((sheets.c.space == person.space.key) & (sheets.c.id == id_)))
        else:
            await db.execute(sa.delete(sheet_people).where(on & mine))
            for theirs in (sheet_follows, sheet_drafts):
                await db.execute(sa.delete(theirs).where(is_person(theirs, person) & (theirs.c.sheet == id_)))
    asks = sa.delete(sheet_asks).where(is_person(sheet_asks, person))
    await db.execute(asks.where(sheet_asks.c.sheet == sheet) if sheet else asks)
    return len(ids)


async def _passed_on(db: AsyncConnection, person: Person, on: sa.ColumnElement[bool]) -> bool:
    """Whether somebody else owns it now."""
    here = (members.c.space == sheet_people.c.space) & (members.c.member == sheet_people.c.member)
    statement = (
        sa.select(sheet_people.c.member)
        .join(members, here)
        .where(on, sheet_people.c.part == "co-owner", sheet_people.c.state == "in")
        .order_by(members.c.left_at.is_not(None), sheet_people.c.added_at, sheet_people.c.member)
        .limit(1)
    )
    heir = (await db.execute(statement)).scalar_one_or_none()
    if heir is None:
        return False
    await db.execute(sa.update(sheet_people).where(on, sheet_people.c.member == heir).values(part="owner"))
    return True
