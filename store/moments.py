"""Whose moment has come: read, planned and moved on in bulk, many members that share one shape of a week at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.moment import Occurrence, Schedule, offset_of, zones
from habit.today import Rhythm, Standing, State
from store.bulk import update
from store.tables import members, nudges, spaces


def reflects_on(rhythm: Rhythm, reflect_day: int | None) -> int | None:
    """The weekday of the reflection; a weekly rhythm has none beside its one step."""
    return None if rhythm == "weekly" else reflect_day


def week_of(
    schedule: Schedule, rhythm: Rhythm, reflect_day: int | None, reflect_at: time | None
) -> tuple[Schedule, ...]:
    """A member's week as schedules, no weekday in two of them: the reflection has a time of its own. A weekly
    rhythm has one day, and no reflection beside it."""
    own = (
        None if reflect_day is None else replace(schedule, at=reflect_at or schedule.at, days=frozenset({reflect_day}))
    )
    if rhythm == "weekly":
        return (replace(schedule, days=frozenset({min(schedule.days)})),)
    if own is None:
        return (schedule,)
    rest = schedule.days - own.days
    return (replace(schedule, days=rest), own) if rest else (own,)


def stored(
    at: time,
    zone: str,
    days: int,
    reflect_day: int | None,
    reflect_at: time | None,
    next_day: date | None,
    next_at: datetime | None,
) -> Schedule:
    """A row's schedule. Where its zone is gone from the zone data, the last known rule is read off its next moment."""
    if zone in zones() or next_day is None or next_at is None:
        return Schedule.stored(at, zone, days)
    own = reflect_at if reflect_at is not None and next_day.weekday() == reflect_day else at
    return Schedule.stored(at, zone, days, offset_of(own, Occurrence(next_day, next_at)))


class Shape(NamedTuple):
    """All that planning depends on. In a morning's peak very many due members share one. `started_on` says something
    only where there is a reflection; `zone_moved`: the platform says another zone; `present`: we are in the space."""

    at: time
    zone: str
    days: int
    state: State
    rhythm: Rhythm
    unanswered: int
    dose: int
    started_on: date
    reflect_day: int | None
    reflect_at: time | None
    last_day: date | None
    next_day: date
    next_at: datetime
    zone_moved: bool
    present: bool

    @property
    def schedule(self) -> Schedule:
        """The member's ordinary days."""
        return stored(self.at, self.zone, self.days, self.reflect_day, self.reflect_at, self.next_day, self.next_at)

    @property
    def week(self) -> tuple[Schedule, ...]:
        """See `week_of`."""
        return week_of(self.schedule, self.rhythm, self.reflect_day, self.reflect_at)

    @property
    def standing(self) -> Standing:
        """As the pure rules of the habit see it."""
        return Standing(
            self.state, self.rhythm, self.unanswered, self.dose, self.started_on,
            reflects_on(self.rhythm, self.reflect_day), self.last_day, self.zone_moved,
        )  # fmt: skip


class Due(NamedTuple):
    """A nudge whose moment has come, by its key."""

    space: str
    member: str
    shape: Shape


class Moved(NamedTuple):
    """What planning made of one due nudge; `sent_at` is the instant of the message planned now, None when none was."""

    space: str
    member: str
    state: State
    day: date
    next_day: date | None
    next_at: datetime | None
    sent_at: datetime | None


class Moments:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def due(self, now: datetime, *, limit: int = 50) -> list[Due]:
        """Moments that have come, oldest first, by the index on next_at. Rows are locked against other planners on
        PostgreSQL. Those of spaces we left come too: they are moved on, or each tick would meet them again."""
        if (await self._db.execute(_ANYTHING, {"b_now": now})).first() is None:  # most ticks end here
            return []
        rows = await self._db.execute(_DUE, {"b_now": now, "b_limit": limit})
        return [Due(row[0], row[1], Shape._make(row[2:])) for row in map(tuple, rows)]

    async def planned(self, moved: Sequence[Moved]) -> None:
        """Moves many on after their moments were planned, in the transaction that read them with `due`. Once the first
        step after a pause is planned, the pause is over."""
        columns = ("space", "member", "state", "last_day", "next_day", "next_at", "last_at")
        sets = {
            "state": "{state}", "last_day": "{last_day}", "next_day": "{next_day}", "next_at": "{next_at}",
            "last_at": "coalesce({last_at}, nudges.last_at)", "paused_until": "NULL", "version": "nudges.version + 1",
        }  # fmt: skip
        await update(self._db, nudges, columns, moved, key=2, sets=sets)


_LONG_AGO = date(2000, 1, 1)


def due_statement(now: datetime, limit: int) -> sa.Select[*tuple[Any, ...]]:
    """Walks the index on next_at; built once, for its building costs more than an idle tick may."""
    return _DUE.params(b_now=now, b_limit=limit)


def _due() -> sa.Select[*tuple[Any, ...]]:
    n, now = nudges.c, sa.bindparam("b_now", type_=nudges.c.next_at.type)
    joined = nudges.join(spaces, spaces.c.space == n.space).join(
        members, (members.c.space == n.space) & (members.c.member == n.member)
    )
    started = sa.case((n.reflect_day.is_(None), sa.literal(_LONG_AGO, n.started_on.type)), else_=n.started_on)
    moved = members.c.zone_seen.is_not(None) & (members.c.zone_source == "profile")
    shape = (
        n.at, n.zone, n.days, n.state, n.rhythm, n.unanswered, n.dose, started, n.reflect_day, n.reflect_at,
        n.last_day, n.next_day, n.next_at, sa.func.coalesce(moved, sa.false()), spaces.c.left_at.is_(None),
    )  # fmt: skip
    due = sa.select(n.space, n.member, *shape).select_from(joined).where(n.next_at <= now)
    due = due.order_by(n.next_at).limit(sa.bindparam("b_limit", type_=sa.Integer))
    return due.with_for_update(skip_locked=True, of=nudges)


_DUE = _due()
_ANYTHING = (
    sa.select(nudges.c.next_at).where(nudges.c.next_at <= sa.bindparam("b_now", type_=nudges.c.next_at.type)).limit(1)
)
