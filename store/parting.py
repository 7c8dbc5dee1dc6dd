"""What members share with others when one of them goes, or takes a part of it back: closed, emptied of what was said
about them, and the others can be told."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from store.introduction_tables import hosts, introductions, seekers, sides
from store.introductions import OPEN, TELL_GONE
from store.round_tables import programme_members, round_members, rounds
from store.rows import CHUNK, is_person
from store.sheet_leaving import leave_sheets
from store.sheet_tables import sheet_asked


async def part(db: AsyncConnection, person: Person, now: datetime) -> None:
    """Before the member's row is deleted, which takes all rows of theirs along. Introductions and groups lose what was
    said about why these. An open one whose other side stays alone becomes `gone`: the clock finds it and can tell. A
    sheet belongs to whoever co-owns it, or goes."""
    await db.execute(sa.delete(seekers).where(is_person(seekers, person)))
    await db.execute(sa.delete(hosts).where(is_person(hosts, person)))
    await _from_introductions(db, person, now, sa.true())
    await _from_plans(db, person)
    await leave_sheets(db, person)
    refused = (sheet_asked.c.space == person.space.key) & (sheet_asked.c.refused == person.id)
    await db.execute(sa.update(sheet_asked).where(refused).values(refused=None))


async def take_back(db: AsyncConnection, person: Person, now: datetime, side: Literal["seeker", "host"]) -> int:
    """What they said as a seeker or a host goes, and them out of what is open for it: the other side can be told.
    Gives back how many rows they had; the member is locked by the caller."""
    table = seekers if side == "seeker" else hosts
    gone = (await db.execute(sa.delete(table).where(is_person(table, person)))).rowcount
    await _from_introductions(db, person, now, (sides.c.side == side) & sides.c.open)
    return gone


async def leave_introductions(db: AsyncConnection, person: Person, now: datetime) -> int:
    """Out of all of them, as if they were forgotten; gives back how many. Nobody is looked for on their behalf until
    they ask again."""
    waiting = is_person(seekers, person) & (seekers.c.state == "matched")
    off = {"state": "off", "updated_at": now, "version": seekers.c.version + 1}
    await db.execute(sa.update(seekers).where(waiting).values(off))
    return await _from_introductions(db, person, now, sa.true())


async def leave_programmes(db: AsyncConnection, person: Person) -> int:
    """Out of every programme and its rounds, without a word to anybody; gives back how many programmes."""
    await _from_plans(db, person)
    await db.execute(sa.delete(round_members).where(is_person(round_members, person)))
    return (await db.execute(sa.delete(programme_members).where(is_person(programme_members, person)))).rowcount


async def _from_introductions(db: AsyncConnection, person: Person, now: datetime, which: sa.ColumnElement[bool]) -> int:
    own = sa.select(sides.c.introduction).where(is_person(sides, person) & which)
    ours = (introductions.c.space == person.space.key) & introductions.c.id.in_(own)
    found = sa.select(introductions.c.id, introductions.c.state).where(ours).order_by(introductions.c.id)
    states: dict[str, str] = {row.id: row.state for row in await db.execute(found.with_for_update())}
    ids = list(states)
    for some in (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)):
        named = (sides.c.space == person.space.key) & sides.c.introduction.in_(some)
        counted = sa.select(sides.c.introduction, sa.func.count().label("n")).where(named, sides.c.member != person.id)
        rows = await db.execute(counted.group_by(sides.c.introduction))
        others: dict[str, int] = {row.introduction: row.n for row in rows}
        for id_ in some:
            values: dict[str, object] = {"reasons": (), "version": introductions.c.version + 1}
            alone = others.get(id_, 0) < 2
            if alone:
                values |= {"slots": (), "next_step": "", "next_at": None}
            if alone and states[id_] in OPEN:
                values |= {"state": "gone", "closed_at": now}
                values |= {"next_step": TELL_GONE, "next_at": now} if id_ in others else {}
                shut = (sides.c.space == person.space.key) & (sides.c.introduction == id_)
                await db.execute(sa.update(sides).where(shut).values(open=False))
            same = (introductions.c.space == person.space.key) & (introductions.c.id == id_)
            await db.execute(sa.update(introductions).where(same).values(values))
        await db.execute(sa.delete(sides).where(named, sides.c.member == person.id))
    return len(ids)


async def _from_plans(db: AsyncConnection, person: Person) -> None:
    """The plan of a round says why the members of a group fit together."""
    own = is_person(round_members, person) & round_members.c.group_no.is_not(None)
    placed = sa.select(round_members.c.programme, round_members.c.number, round_members.c.group_no).where(own)
    for programme, number, group in (await db.execute(placed.order_by(*placed.selected_columns))).all():
        same = (rounds.c.space == person.space.key) & (rounds.c.programme == programme) & (rounds.c.number == number)
        found = sa.select(rounds.c.plan).where(same).with_for_update(key_share=True)
        plan = (await db.execute(found)).scalar_one()
        emptied = tuple(made | {"reasons": ()} if made["group"] == group else made for made in plan)
        await db.execute(sa.update(rounds).where(same).values(plan=emptied))
