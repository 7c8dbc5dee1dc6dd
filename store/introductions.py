"""An introduction's way from proposal to thank-you: every step once, whoever takes it and how many try at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.errors import Conflict
from store.introduction_tables import introductions as table
from store.introduction_tables import sides
from store.rows import is_person, lock, read

Kind = Literal["interview", "coffee", "peer"]
State = Literal[
    "proposed", "accepted", "declined", "expired", "introduced", "scheduled", "met", "missed", "thanked", "closed",
    "gone",
]  # fmt: skip
"""`gone`: a side was forgotten, or out of it, before they met. `closed` may follow a proposal too: it was withdrawn."""
OPEN: tuple[State, ...] = ("proposed", "accepted", "introduced", "scheduled")
"""A seeker has one introduction at most in one of these."""
MOVES: dict[State, tuple[State, ...]] = {
    "proposed": ("accepted", "declined", "expired", "closed", "gone"),
    "accepted": ("introduced", "closed", "gone"),
    "introduced": ("scheduled", "met", "missed", "closed", "gone"),
    "scheduled": ("met", "missed", "closed", "gone"),
    "met": ("thanked", "closed"),
    "missed": ("closed",),
    "thanked": ("closed",),
    "closed": ("met",),
}
TELL_GONE = "tell_gone"
"""The next step of an introduction that is `gone`: the side that stays has not been told."""
Next = tuple[str, datetime]
"""What time does next with an introduction, and when."""
Said = Literal["scheduled", "not_yet", "met", "missed"]


@dataclass(frozen=True, slots=True)
class Side:
    """Who is in an introduction, and what they said became of it."""

    person: Person
    side: Literal["seeker", "host", "peer"]
    said: Said | None = None
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Introduction:
    """`sides`: who is in it and was not forgotten. `reasons` and `slots` are opaque here. `attempt`: the how manyth of
    a round. `place`: the group conversation. `next_step` "" and `next_at` None: time does nothing more."""

    space: Space
    id: str
    kind: Kind
    programme: str
    round: int | None
    state: State
    attempt: int
    score: int
    reasons: Any
    slots: Any
    format: str
    place: str | None
    proposed_at: datetime
    expires_at: datetime | None
    decided_at: datetime | None
    introduced_at: datetime | None
    met_on: date | None
    closed_at: datetime | None
    next_step: str
    next_at: datetime | None
    version: int
    sides: tuple[Side, ...]

    @property
    def persons(self) -> tuple[Person, ...]:
        """Everybody in it, sorted."""
        return tuple(side.person for side in self.sides)

    def the(self, side: Literal["seeker", "host"]) -> Person | None:
        """That side of an interview; None when they were forgotten."""
        return next((one.person for one in self.sides if one.side == side), None)


class Changes(TypedDict, total=False):
    """What a step may set besides."""

    place: str | None
    slots: Any
    met_on: date


class Introductions:
    """Bound to one transaction. How they begin: see store/proposals.py."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, space: Space, id_: str, *, lock: bool = False) -> Introduction | None:
        """One of them. `lock`: nobody else changes it before this transaction ends."""
        statement = sa.select(table).where(_is(space, id_))
        found = await self._read(statement.with_for_update() if lock else statement)
        return found[0] if found else None

    async def of(self, person: Person, *, states: Collection[State] = OPEN) -> tuple[Introduction, ...]:
        """This person's in these states, the newest first."""
        mine = sa.select(sides.c.introduction).where(is_person(sides, person))
        where = (table.c.space == person.space.key) & table.c.id.in_(mine) & table.c.state.in_(states)
        statement = sa.select(table).where(where).order_by(table.c.proposed_at.desc(), table.c.id)
        return tuple(await self._read(statement))

    async def in_round(self, space: Space, programme: str, number: int) -> tuple[Introduction, ...]:
        """Those a round made."""
        where = (table.c.space == space.key) & (table.c.programme == programme) & (table.c.round == number)
        return tuple(await self._read(sa.select(table).where(where).order_by(table.c.id)))

    async def since(self, space: Space, programme: str, at: datetime) -> tuple[Introduction, ...]:
        """Those of a programme that began then or later, the oldest first."""
        where = (table.c.space == space.key) & (table.c.programme == programme) & (table.c.proposed_at >= at)
        return tuple(await self._read(sa.select(table).where(where).order_by(table.c.proposed_at, table.c.id)))

    async def due(
        self, now: datetime, limit: int = 50, *, kind: Kind | None = None, steps: Collection[str] = ()
    ) -> tuple[Introduction, ...]:
        """Those whose next step has come, the longest due first, out of all spaces; on PostgreSQL this transaction's
        alone until it ends. `kind`, `steps`: only of this kind, and only with one of these next steps."""
        statement = due_statement(now, limit)
        statement = statement.where(table.c.kind == kind) if kind else statement
        return tuple(await self._read(statement.where(table.c.next_step.in_(steps)) if steps else statement))

    async def hold(self, introduction: Introduction) -> None:
        """Nobody in it is forgotten, blocked or matched before this transaction ends: the first thing of one that
        changes more than the introduction."""
        await lock(self._db, introduction.persons)

    async def transition(
        self,
        space: Space,
        id_: str,
        of: Collection[State],
        to: Literal["declined", "expired", "introduced", "scheduled", "met", "missed", "thanked", "closed", "gone"],
        now: datetime,
        *,
        next: Next | None,  # noqa: A002  # reads well at the call
        **changes: Unpack[Changes],
    ) -> Introduction:
        """Takes a step from one of the states `of`. Raises Conflict when it is in another one: somebody was first.
        Saying yes is `Proposals.accept`."""
        return await step(self._db, space, id_, of, to, now, next=next, changes=changes)

    async def then(self, introduction: Introduction, next: Next | None) -> Introduction:  # noqa: A002
        """The clock has done the next step; the state stays. Raises Conflict when anything changed since it was
        read."""
        same = _is(introduction.space, introduction.id) & (table.c.version == introduction.version)
        return await _write(self._db, same, _next(next))

    async def at_once(self, ids: Collection[tuple[Space, str]], state: State, step_: str, now: datetime) -> None:
        """Time does this step now with those of them that are in this state."""
        for space, id_ in sorted(ids):
            where = _is(space, id_) & (table.c.state == state)
            await self._db.execute(
                sa.update(table).where(where).values(version=table.c.version + 1, next_step=step_, next_at=now)
            )

    async def heard(self, person: Person, id_: str, said: Said, now: datetime) -> bool:
        """What this side says became of it. False when they said so before, or are not in it."""
        where = is_person(sides, person) & (sides.c.introduction == id_)
        new = sides.c.said.is_distinct_from(said)
        return (await self._db.execute(sa.update(sides).where(where, new).values(said=said, said_at=now))).rowcount == 1

    async def part(
        self, one: Person, other: Person, now: datetime, *, then: Callable[[Introduction], Next | None] = lambda _: None
    ) -> tuple[Introduction, ...]:
        """Closes what is open between two, and gives it back as it was. `then`: what time does next with each; where
        that is something it is `gone`, and the seat is free."""
        closed: list[Introduction] = []
        for id_ in sorted(found.id for found in await self.of(one) if other in found.persons):
            found = await self.get(one.space, id_, lock=True)
            if found is not None and found.state in OPEN:
                next_ = then(found)
                to = "gone" if next_ else "closed"
                await step(self._db, found.space, id_, [found.state], to, now, next=next_, changes={})
                closed.append(found)
        return tuple(closed)

    async def paired(self, space: Space, kind: Kind = "interview") -> frozenset[tuple[str, str]]:
        """Pairs of ids, each sorted, that an introduction of this kind was ever proposed for, whatever came of it."""
        a, b = sides.alias("a"), sides.alias("b")
        both = (a.c.space == b.c.space) & (a.c.introduction == b.c.introduction)
        own = (table.c.space == a.c.space) & (table.c.id == a.c.introduction)
        joined = table.join(a, own).join(b, both & (a.c.member != b.c.member))
        statement = sa.select(a.c.member, b.c.member).select_from(joined)
        rows = await self._db.execute(statement.where(table.c.space == space.key, table.c.kind == kind))
        return frozenset((x, y) for x, y in rows if x < y)

    async def _read(self, statement: sa.Select[Any]) -> list[Introduction]:
        return await with_sides(self._db, (await self._db.execute(statement)).all())


def due_statement(now: datetime, limit: int) -> sa.Select[Any]:
    """See Introductions.due."""
    statement = sa.select(table).where(table.c.next_at <= now).order_by(table.c.next_at)
    return statement.limit(limit).with_for_update(skip_locked=True)


async def step(
    db: AsyncConnection,
    space: Space,
    id_: str,
    of: Collection[State],
    to: State,
    now: datetime,
    *,
    next: Next | None,  # noqa: A002
    changes: Changes,
) -> Introduction:
    """See Introductions.transition; any state."""
    if wrong := [state for state in of if to not in MOVES.get(state, ())]:
        raise ValueError(f"an introduction never goes from {wrong[0]} to {to}")
    values: dict[str, object] = {"state": to, **_next(next), **changes}
    if to in {"accepted", "declined", "expired"}:
        values["decided_at"] = now
    if to == "introduced":
        values["introduced_at"] = now
    if to not in OPEN:
        values["closed_at"] = sa.func.coalesce(table.c.closed_at, now)
    made = await _write(db, _is(space, id_) & table.c.state.in_(of), values)
    mine = (sides.c.space == space.key) & (sides.c.introduction == id_)
    await db.execute(sa.update(sides).where(mine).values(open=to in OPEN))
    return made


async def with_sides(db: AsyncConnection, rows: Sequence[sa.Row[Any]]) -> list[Introduction]:
    """Rows of the table as introductions."""
    keys = [(row.space, row.id) for row in rows]
    found: dict[tuple[str, str], list[Side]] = {key: [] for key in keys}
    for start in range(0, len(keys), 1_000):
        some = sa.tuple_(sides.c.space, sides.c.introduction).in_(keys[start : start + 1_000])
        for row in await db.execute(sa.select(sides).where(some).order_by(sides.c.member)):
            found[row.space, row.introduction].append(read(Side, row))
    return [read(Introduction, row, sides=tuple(found[row.space, row.id])) for row in rows]


async def _write(db: AsyncConnection, where: sa.ColumnElement[bool], values: dict[str, object]) -> Introduction:
    statement = sa.update(table).where(where).values(version=table.c.version + 1, **values).returning(table)
    rows = (await db.execute(statement)).all()
    if not rows:
        raise Conflict("this introduction took another step meanwhile: read it again")
    (made,) = await with_sides(db, rows)
    return made


def _next(next: Next | None) -> dict[str, object]:  # noqa: A002
    return {"next_step": next[0] if next else "", "next_at": next[1] if next else None}


def _is(space: Space, id_: str) -> sa.ColumnElement[bool]:
    return (table.c.space == space.key) & (table.c.id == id_)
