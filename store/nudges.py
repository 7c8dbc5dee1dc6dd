"""The daily step of a member: recipe, schedule, rhythm, silence, pause and the next moment the scheduler seeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal, TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.moment import Occurrence, Schedule, pack_days
from chat.people import Person, Space
from habit.today import Standing, State
from store.bulk import update
from store.moments import reflects_on, stored, week_of
from store.tables import nudges
from store.upsert import upsert

Rhythm = Literal["daily", "weekly"]


@dataclass(frozen=True, slots=True)
class Nudge:
    """`next_day` and `next_at` are both set or both None (paused without end, unreachable, off). `paused_until` is
    date.max in a pause without end (None in old rows). `dose` is a rung of habit.ladder; `unanswered` counts messages
    that arrived since the member's last tap; `offered`: offer -> day."""

    person: Person
    anchor: str
    tiny: str
    celebrate: str
    schedule: Schedule
    state: State
    rhythm: Rhythm
    dose: int
    unanswered: int
    started_on: date
    reflect_day: int | None
    reflect_at: time | None
    offered: dict[str, date]
    paused_until: date | None
    next_day: date | None
    next_at: datetime | None
    last_day: date | None
    last_at: datetime | None
    version: int

    @property
    def runs(self) -> bool:
        """Whether messages may come by themselves."""
        return self.state in {"active", "cooling"}

    @property
    def week(self) -> tuple[Schedule, ...]:
        """See `week_of`."""
        return week_of(self.schedule, self.rhythm, self.reflect_day, self.reflect_at)

    def standing(self) -> Standing:
        """As the pure rules of the habit see it."""
        return Standing(
            self.state, self.rhythm, self.unanswered, self.dose, self.started_on,
            reflects_on(self.rhythm, self.reflect_day), self.last_day,
        )  # fmt: skip


class Changes(TypedDict, total=False):
    """What `change` may set."""

    schedule: Schedule
    state: State
    rhythm: Rhythm
    dose: int
    unanswered: int
    started_on: date
    reflect_day: int | None
    reflect_at: time | None
    offered: dict[str, date]
    paused_until: date | None
    next: Occurrence | None


class Nudges:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, person: Person, *, lock: bool = False) -> Nudge | None:
        """The nudge, also when it is off. `lock`: no planner may take it before this transaction ends."""
        statement = sa.select(nudges).where(_is(person))
        row = (await self._db.execute(statement.with_for_update() if lock else statement)).one_or_none()
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
        """Turns the nudge on with this recipe; a pause and a silence end, dose, rhythm and reflection stay; a new
        beginning is daily, after dormancy at the smallest size."""
        today = now.astimezone(schedule.tz).date()
        values: dict[str, object] = {
            "space": person.space.key, "member": person.id, "anchor": anchor, "tiny": tiny, "celebrate": celebrate,
            "at": schedule.at, "zone": schedule.zone, "days": pack_days(schedule.days), "state": "active",
            "paused_until": None, "next_day": next.day, "next_at": next.at, "updated_at": now, "unanswered": 0,
            "rhythm": "daily", "dose": 0, "started_on": today, "offered": "", "version": 1,
        }  # fmt: skip
        update = ("anchor", "tiny", "celebrate", "at", "zone", "days", "state", "paused_until", "next_day", "next_at",
                  "updated_at", "unanswered")  # fmt: skip
        was = await self.get(person)
        await self._db.execute(upsert(self._db, nudges, values, ["space", "member"], update))
        if was is not None:
            fresh: Changes = {} if was.runs else {"started_on": today, "rhythm": "daily"}
            if was.state == "dormant":  # back from silence: at the smallest size (R15)
                fresh["dose"] = 0
            await self.change(person, now, **fresh)

    async def change(self, person: Person, now: datetime, **changes: Unpack[Changes]) -> None:
        """Sets what is named. `next` sets both columns of the next moment."""
        values: dict[str, object] = dict(changes)
        if "schedule" in changes:
            schedule = changes["schedule"]
            del values["schedule"]
            values |= {"at": schedule.at, "zone": schedule.zone, "days": pack_days(schedule.days)}
        if "next" in changes:
            following = changes["next"]
            del values["next"]
            values |= {"next_day": following and following.day, "next_at": following and following.at}
        if "offered" in changes:
            values["offered"] = ",".join(f"{name}={day.isoformat()}" for name, day in changes["offered"].items())
        statement = sa.update(nudges).where(_is(person))
        await self._db.execute(statement.values(updated_at=now, version=nudges.c.version + 1, **values))

    async def turn_off(self, person: Person, now: datetime) -> None:
        """No more steps; the recipe stays."""
        await self.change(person, now, state="off", paused_until=None, next=None)

    async def pause(self, person: Person, until: date | None, next: Occurrence | None, now: datetime) -> None:  # noqa: A002
        """Quiet until the local day `until`, date.max until the member says; None ends it. `next` is None where no end
        is in sight or messages do not arrive. Whoever pauses is not silent."""
        await self.change(person, now, paused_until=until, next=next, state="active", unanswered=0)

    async def halt(self, persons: Sequence[Person], now: datetime) -> None:
        """No next moment until the member acts: their messages do not arrive."""
        for person in persons:
            await self.change(person, now, next=None)

    async def arrived(self, persons: Sequence[Person]) -> None:
        """One more message without an answer yet, for each."""
        rows = sorted((person.space.key, person.id) for person in persons)
        await update(self._db, nudges, ("space", "member"), rows, key=2, sets={"unanswered": "nudges.unanswered + 1"})

    async def of(self, persons: Sequence[Person]) -> dict[Person, Nudge]:
        """The nudges of many persons at once."""
        keys = [(person.space.key, person.id) for person in persons]
        where = sa.tuple_(nudges.c.space, nudges.c.member).in_(keys)
        found = [_read(row) for row in await self._db.execute(sa.select(nudges).where(where))] if keys else []
        return {nudge.person: nudge for nudge in found}

    async def waiting(self, after: Person | None, limit: int) -> tuple[Nudge, ...]:
        """Page by page everybody with a next moment, in the order of the key: for recomputing them."""
        statement = sa.select(nudges).where(nudges.c.next_at.is_not(None))
        if after is not None:
            key = sa.tuple_(nudges.c.space, nudges.c.member)
            statement = statement.where(key > sa.tuple_(sa.literal(after.space.key), sa.literal(after.id)))
        statement = statement.order_by(nudges.c.space, nudges.c.member).limit(limit)
        return tuple(_read(row) for row in await self._db.execute(statement))


def _is(person: Person) -> sa.ColumnElement[bool]:
    return (nudges.c.space == person.space.key) & (nudges.c.member == person.id)


def _read(row: sa.Row[Any]) -> Nudge:
    offered = (pair.partition("=") for pair in row.offered.split(",") if pair)
    schedule = stored(row.at, row.zone, row.days, row.reflect_day, row.reflect_at, row.next_day, row.next_at)
    return Nudge(
        Person(Space.parse(row.space), row.member), row.anchor, row.tiny, row.celebrate, schedule, row.state,
        row.rhythm, row.dose, row.unanswered, row.started_on, row.reflect_day, row.reflect_at,
        {name: date.fromisoformat(day) for name, _, day in offered}, row.paused_until, row.next_day, row.next_at,
        row.last_day, row.last_at, row.version,
    )  # fmt: skip
