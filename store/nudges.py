"""The daily step of a member: recipe, schedule, pause, and the one next moment the scheduler looks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.moment import Occurrence, Schedule, pack_days, unpack_days
from chat.people import Person, Space
from store.errors import Conflict
from store.tables import nudges, spaces
from store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Nudge:
    """`next_day` and `next_at` are both set or both None (paused without end, unreachable, off)."""

    person: Person
    anchor: str
    tiny: str
    celebrate: str
    schedule: Schedule
    state: Literal["on", "off"]
    paused_until: date | None
    next_day: date | None
    next_at: datetime | None
    last_day: date | None
    version: int


class Nudges:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, person: Person) -> Nudge | None:
        """The nudge, also when it is off."""
        row = (await self._db.execute(sa.select(nudges).where(_is(person)))).one_or_none()
        return _read(row) if row else None

    async def save(
        self,
        person: Person,
        *,
        anchor: str,
        tiny: str,
        celebrate: str,
        schedule: Schedule,
        next: Occurrence,  # noqa: A002  # reads well at the call
        now: datetime,
    ) -> None:
        """Turns the nudge on with this recipe; a pause ends."""
        values: dict[str, object] = {
            "space": person.space.key, "member": person.id, "anchor": anchor, "tiny": tiny, "celebrate": celebrate,
            "at": schedule.at, "zone": schedule.zone, "days": pack_days(schedule.days), "state": "on",
            "paused_until": None, "next_day": next.day, "next_at": next.at, "updated_at": now, "version": 1,
        }  # fmt: skip
        statement = upsert(self._db, nudges, values, ["space", "member"], [*list(values)[2:-1]])
        await self._db.execute(statement)
        await self._db.execute(sa.update(nudges).where(_is(person)).values(version=nudges.c.version + 1))

    async def turn_off(self, person: Person, now: datetime) -> None:
        """No more steps; the recipe stays."""
        await self._move(person, now, state="off", paused_until=None, next_day=None, next_at=None)

    async def pause(self, person: Person, until: date | None, next: Occurrence | None, now: datetime) -> None:  # noqa: A002
        """Quiet until the local day `until`; without `next`, until the member says. No `until` but `next` ends it."""
        day, at = (next.day, next.at) if next else (None, None)
        await self._move(person, now, paused_until=until, next_day=day, next_at=at)

    async def halt(self, person: Person, now: datetime) -> None:
        """No next moment until the member acts: their messages do not arrive."""
        await self._move(person, now, next_day=None, next_at=None)

    async def resume(self, person: Person, next: Occurrence, now: datetime) -> None:  # noqa: A002
        """The opposite of `halt`: a pause stays as it was."""
        await self._move(person, now, next_day=next.day, next_at=next.at)

    async def due(self, now: datetime, *, limit: int = 50) -> tuple[Nudge, ...]:
        """Moments that have come in the spaces we are in, oldest first, by the index on next_at. Rows are locked
        against other planners on PostgreSQL."""
        return tuple(_read(row) for row in await self._db.execute(due_statement(now, limit)))

    async def planned(self, nudge: Nudge, next: Occurrence | None) -> None:  # noqa: A002
        """Moves on after a moment was planned. Raises Conflict when the nudge was changed since it was read."""
        day, at = (next.day, next.at) if next else (None, None)
        # Once the first step after a pause is planned, the pause is over.
        values = {"last_day": nudge.next_day, "next_day": day, "next_at": at, "version": nudge.version + 1}
        where = _is(nudge.person) & (nudges.c.version == nudge.version)
        result = await self._db.execute(sa.update(nudges).where(where).values(paused_until=None, **values))
        if result.rowcount != 1:
            raise Conflict("the nudge was changed in between")

    async def _move(self, person: Person, now: datetime, **values: object) -> None:
        statement = sa.update(nudges).where(_is(person))
        await self._db.execute(statement.values(updated_at=now, version=nudges.c.version + 1, **values))


def due_statement(now: datetime, limit: int) -> sa.Select[Any]:
    """Walks the index on next_at. EXISTS, not IN: with IN SQLite walks all members of each space instead."""
    present = sa.exists().where(spaces.c.space == nudges.c.space, spaces.c.left_at.is_(None))
    due = sa.select(nudges).where(nudges.c.next_at <= now, nudges.c.state == "on", present)
    return due.order_by(nudges.c.next_at).limit(limit).with_for_update(skip_locked=True, of=nudges)


def _is(person: Person) -> sa.ColumnElement[bool]:
    return (nudges.c.space == person.space.key) & (nudges.c.member == person.id)


def _read(row: sa.Row[Any]) -> Nudge:
    return Nudge(
        Person(Space.parse(row.space), row.member), row.anchor, row.tiny, row.celebrate,
        Schedule(row.at, row.zone, unpack_days(row.days)), row.state, row.paused_until, row.next_day, row.next_at,
        row.last_day, row.version,
    )  # fmt: skip
