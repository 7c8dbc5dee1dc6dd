"""What is shared with others when a member is forgotten: closed, emptied of them, and the others can be told."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from store.introduction_tables import hosts, introductions, seekers, sides
from store.introductions import OPEN, TELL_GONE
from store.round_tables import round_members, rounds
from store.rows import CHUNK, is_person


async def part(db: AsyncConnection, person: Person, now: datetime) -> None:
    """Before the member's row is deleted, which takes all rows of theirs along. Introductions and groups lose what was
    said about why these. An open one whose other side stays alone becomes `gone`: the clock finds it and can tell."""
    await db.execute(sa.delete(seekers).where(is_person(seekers, person)))
    await db.execute(sa.delete(hosts).where(is_person(hosts, person)))
    await _from_introductions(db, person, now)
    await _from_plans(db, person)


async def _from_introductions(db: AsyncConnection, person: Person, now: datetime) -> None:
    own = sa.select(sides.c.introduction).where(is_person(sides, person))
    ours = (introductions.c.space == person.space.key) & introductions.c.id.in_(own)
    found = sa.select(introductions.c.id, introductions.c.state).where(ours).order_by(introductions.c.id)
    states: dict[str, str] = {row.id: row.state for row in await db.execute(found.with_for_update())}
    ids = list(states)
    for some in (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)):
        these = (sides.c.space == person.space.key) & sides.c.introduction.in_(some) & (sides.c.member != person.id)
        counted = (
            sa.select(sides.c.introduction, sa.func.count().label("n")).where(these).group_by(sides.c.introduction)
        )
        others: dict[str, int] = {row.introduction: row.n for row in await db.execute(counted)}
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


async def _from_plans(db: AsyncConnection, person: Person) -> None:
    """The plan of a round says why the members of a group fit together."""
    own = is_person(round_members, person) & round_members.c.group_no.is_not(None)
    placed = sa.select(round_members.c.programme, round_members.c.number, round_members.c.group_no).where(own)
    for programme, number, group in (await db.execute(placed.order_by(*placed.selected_columns))).all():
        same = (rounds.c.space == person.space.key) & (rounds.c.programme == programme) & (rounds.c.number == number)
        plan = (await db.execute(sa.select(rounds.c.plan).where(same).with_for_update())).scalar_one()
        emptied = tuple(made | {"reasons": ()} if made["group"] == group else made for made in plan)
        await db.execute(sa.update(rounds).where(same).values(plan=emptied))
