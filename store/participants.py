"""Who takes part in a programme, and what they said of themselves for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.round_tables import programme_members as table
from store.rows import ids, is_person, read, save


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """`profile`: stage, goals, needs, offers and whatever else the programme asks, in its own words. `waited`: rounds
    without a match; `new`: never had one."""

    person: Person
    programme: str
    since: datetime
    state: Literal["in", "paused", "out"] = "in"
    paused_until: date | None = None
    waited: int = 0
    new: bool = True
    external: bool = False
    profile: Mapping[str, Any] = field(default_factory=dict[str, Any])
    updated_at: datetime | None = None
    version: int = 0


def is_in(part: Participant | None, today: date) -> bool:
    """Whether somebody takes part on this day of theirs: a pause that was until `today` or before is over."""
    if part is None:
        return False
    over = part.paused_until is not None and part.paused_until <= today
    return part.state == "in" or (part.state == "paused" and over)


class Participants:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, person: Person, programme: str) -> Participant | None:
        """One person's part, also when they are out."""
        where = is_person(table, person) & (table.c.programme == programme)
        row = (await self._db.execute(sa.select(table).where(where))).one_or_none()
        return read(Participant, row) if row else None

    async def of(self, person: Person) -> tuple[Participant, ...]:
        """Everything a person takes part in or did."""
        rows = await self._db.execute(sa.select(table).where(is_person(table, person)).order_by(table.c.programme))
        return tuple(read(Participant, row) for row in rows)

    async def save(self, participant: Participant, now: datetime) -> Participant:
        """The whole of it, as somebody who read `participant.version` left it. Raises Conflict."""
        return await save(self._db, table, participant, now)

    async def in_(self, space: Space, programme: str, today: date) -> tuple[Participant, ...]:
        """Who takes part, sorted by id; a pause that was until `today` or before is over."""
        back = (table.c.state == "paused") & (table.c.paused_until <= today)
        where = (table.c.space == space.key) & (table.c.programme == programme) & ((table.c.state == "in") | back)
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.member))
        return tuple(read(Participant, row) for row in rows)

    async def all(self, space: Space, programme: str) -> tuple[Participant, ...]:
        """Everybody who takes part or did, sorted by id."""
        where = (table.c.space == space.key) & (table.c.programme == programme)
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.member))
        return tuple(read(Participant, row) for row in rows)

    async def matched(self, programme: str, persons: Collection[Person], now: datetime) -> None:
        """They were in a group: nobody of them waits or is new any more."""
        await self._change(programme, persons, now, waited=0, new=False)

    async def seated(self, programme: str, persons: Collection[Person], now: datetime) -> None:
        """As `matched`, and they look for nothing more until they ask again: they are in a circle."""
        await self._change(programme, persons, now, waited=0, new=False, state="out", paused_until=None)

    async def returned(self, programme: str, persons: Collection[Person], now: datetime) -> None:
        """Their pause is over."""
        await self._change(programme, persons, now, state="in", paused_until=None)

    async def unseated(self, programme: str, waited: Mapping[Person, int], now: datetime) -> None:
        """`seated` undone: they look again, having waited so many rounds."""
        for person, rounds in sorted(waited.items()):
            await self._change(programme, [person], now, waited=rounds, state="in", paused_until=None)

    async def left_out(self, programme: str, persons: Collection[Person], now: datetime) -> None:
        """One more round without a group, for each."""
        await self._change(programme, persons, now, waited=table.c.waited + 1)

    async def _change(self, programme: str, persons: Collection[Person], now: datetime, **changes: object) -> None:
        changes |= {"updated_at": now, "version": table.c.version + 1}
        for space, part in ids(persons):
            where = (table.c.space == space) & (table.c.programme == programme) & table.c.member.in_(part)
            await self._db.execute(sa.update(table).where(where).values(**changes))
