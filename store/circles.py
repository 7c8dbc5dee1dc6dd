"""Peer circles over their weeks: who is in one, its weekly question, its votes. Not who wrote, and not what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.errors import Conflict
from store.keyring import Keyring
from store.round_tables import circle_members, circles
from store.rows import columns_of, is_person, lock, read
from store.sealed import Sealed
from store.upsert import upsert

CircleState = Literal["forming", "running", "merging", "closing", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """`round`: which one of the programme formed it. `slot`: the weekly time they share, `question`: this week's and
    earlier ones, both opaque here. `week` 0 to 6. `next_at`: when time looks at it next."""

    space: Space
    id: str
    programme: str
    theme: str
    language: str
    round: int | None = None
    slot: Any = ()
    place: str | None = None
    state: CircleState = "forming"
    week: int = 0
    next_at: datetime | None = None
    question: Any = ()
    quiet_weeks: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class CircleMember:
    """One of a circle. `hosts`: they offered to. Their goal is theirs alone: see `Circles.goal`."""

    person: Person
    circle: str
    hosts: bool
    joined_at: datetime
    left_at: datetime | None = None
    vote: str | None = None


class Changes(TypedDict, total=False):
    """What `advance` may set besides the state."""

    place: str | None
    week: int
    question: Any
    quiet_weeks: int


class Circles:
    """Bound to one transaction. Goals need STEPPINGSTONE_KEYS."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._seal = connection, Sealed(circle_members.c.goal, keyring)

    async def form(self, circle: Circle, persons: Collection[Person], host: Person | None, now: datetime) -> bool:
        """Once: False when it was formed before. Raises Conflict when one of them left."""
        if len(await lock(self._db, persons)) != len(set(persons)):
            raise Conflict("one of them left")
        if (await self._db.execute(upsert(self._db, circles, columns_of(circle), ["space", "id"], []))).rowcount != 1:
            return False
        for person in sorted(persons):
            await self.join(person, circle.id, now, hosts=person == host)
        return True

    async def get(self, space: Space, id_: str, *, lock: bool = False) -> Circle | None:
        """One circle. `lock`: nobody else changes it before this transaction ends."""
        statement = sa.select(circles).where(_is(space, id_))
        row = (await self._db.execute(statement.with_for_update() if lock else statement)).one_or_none()
        return read(Circle, row) if row else None

    async def of(self, person: Person) -> tuple[Circle, ...]:
        """The circles this person is in now, until they are closed."""
        mine = is_person(circle_members, person) & circle_members.c.left_at.is_(None)
        within = circles.c.id.in_(sa.select(circle_members.c.circle).where(mine))
        where = (circles.c.space == person.space.key) & within & (circles.c.state != "closed")
        return tuple(read(Circle, row) for row in await self._db.execute(sa.select(circles).where(where)))

    async def all(self, space: Space, states: Collection[CircleState]) -> tuple[Circle, ...]:
        """A community's circles in these states, by id."""
        where = (circles.c.space == space.key) & circles.c.state.in_(states)
        rows = await self._db.execute(sa.select(circles).where(where).order_by(circles.c.id))
        return tuple(read(Circle, row) for row in rows)

    async def members(self, space: Space, id_: str, *, left: bool = False) -> tuple[CircleMember, ...]:
        """Who is in it, by id; `left`: with those who were."""
        where = _member_of(space, id_) if left else _member_of(space, id_) & circle_members.c.left_at.is_(None)
        rows = await self._db.execute(sa.select(circle_members).where(where).order_by(circle_members.c.member))
        return tuple(read(CircleMember, row) for row in rows)

    async def due(self, now: datetime, limit: int = 50) -> tuple[Circle, ...]:
        """Those whose next moment has come, out of all spaces. Whoever takes a step looks at the version."""
        return tuple(read(Circle, row) for row in await self._db.execute(due_statement(now, limit)))

    async def advance(
        self,
        circle: Circle,
        to: CircleState,
        *,
        next_at: datetime | None,
        **changes: Unpack[Changes],
    ) -> Circle:
        """The next week, or the next state; votes begin anew when the state changes. Raises Conflict when anything
        changed since `circle` was read: each week is opened once."""
        same = _is(circle.space, circle.id) & (circles.c.version == circle.version)
        values = {"state": to, "next_at": next_at, "version": circle.version + 1, **changes}
        row = (await self._db.execute(sa.update(circles).where(same).values(values).returning(circles))).one_or_none()
        if row is None:
            raise Conflict("this circle took another step meanwhile: read it again")
        if to != circle.state:
            voted = _member_of(circle.space, circle.id)
            await self._db.execute(sa.update(circle_members).where(voted).values(vote=None))
        return read(Circle, row)

    async def join(self, person: Person, id_: str, now: datetime, *, hosts: bool = False) -> None:
        """In it from now on, (again) if they had left."""
        values = {
            "space": person.space.key, "circle": id_, "member": person.id, "hosts": hosts, "joined_at": now,
            "left_at": None, "vote": None,
        }  # fmt: skip
        update = ["hosts", "joined_at", "left_at", "vote"]
        await self._db.execute(upsert(self._db, circle_members, values, ["space", "circle", "member"], update))

    async def leave(self, person: Person, id_: str, now: datetime) -> bool:
        """Without a word to anybody; their goal goes at once. False when they were not in it."""
        where = _is_in(person, id_) & circle_members.c.left_at.is_(None)
        values = {"left_at": now, "vote": None, "goal": None}
        return (await self._db.execute(sa.update(circle_members).where(where).values(values))).rowcount == 1

    async def vote(self, person: Person, id_: str, vote: str) -> bool:
        """The last word counts. False when they are not in it."""
        where = _is_in(person, id_) & circle_members.c.left_at.is_(None)
        return (await self._db.execute(sa.update(circle_members).where(where).values(vote=vote))).rowcount == 1

    async def set_goal(self, person: Person, id_: str, goal: str) -> bool:
        """Their own goal, sealed. False when they are not in it."""
        where = _is_in(person, id_) & circle_members.c.left_at.is_(None)
        sealed = self._seal.close(goal, person.space.key, id_, person.id)
        return (await self._db.execute(sa.update(circle_members).where(where).values(goal=sealed))).rowcount == 1

    async def goal(self, person: Person, id_: str) -> str | None:
        """Their own goal, for their eyes only. Raises SecretUnreadable."""
        found = await self._db.execute(sa.select(circle_members.c.goal).where(_is_in(person, id_)))
        sealed = found.scalar_one_or_none()
        return None if sealed is None else self._seal.open(sealed, person.space.key, id_, person.id)

    async def merge(self, small: Circle, into: Circle, now: datetime) -> Circle:
        """Everybody of `small` moves, goals and all, and it closes. Raises Conflict when either changed since it was
        read. Whether they may meet is for the caller to know."""
        if small.space != into.space or small.id == into.id:
            raise ValueError("a circle is merged into another one of its space")
        for circle in sorted((small, into), key=lambda circle: circle.id):
            kept = await self.get(circle.space, circle.id, lock=True)
            if kept is None or kept.version != circle.version:
                raise Conflict("this circle took another step meanwhile: read it again")
        for member in await self.members(small.space, small.id):
            goal = await self.goal(member.person, small.id)
            await self.leave(member.person, small.id, now)
            await self.join(member.person, into.id, now)
            if goal is not None:
                await self.set_goal(member.person, into.id, goal)
        await self.advance(small, "closed", next_at=None)
        return await self.advance(into, into.state, next_at=into.next_at)


def due_statement(now: datetime, limit: int) -> sa.Select[Any]:
    """See Circles.due."""
    return sa.select(circles).where(circles.c.next_at <= now).order_by(circles.c.next_at).limit(limit)


def _is(space: Space, id_: str) -> sa.ColumnElement[bool]:
    return (circles.c.space == space.key) & (circles.c.id == id_)


def _member_of(space: Space, id_: str) -> sa.ColumnElement[bool]:
    return (circle_members.c.space == space.key) & (circle_members.c.circle == id_)


def _is_in(person: Person, id_: str) -> sa.ColumnElement[bool]:
    return is_person(circle_members, person) & (circle_members.c.circle == id_)
