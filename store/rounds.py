"""A programme's rounds: planned with dates and a seed, taken from state to state once each, and who is in them.

A round's plan names nobody: who is in which group stands in rows that go with the member.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.bulk import insert_new, update
from store.columns import texts
from store.errors import Conflict
from store.round_tables import round_members, rounds
from store.rows import columns_of, ids, lock, read
from store.upsert import upsert

RoundState = Literal["planned", "opened", "matched", "approved", "introduced", "followed", "closed"]
Presence = Literal["in", "skipped", "late", "placed", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """`seed` of its matching, so that it can be replayed. The moments are when each step is meant to be; `next_at`
    when time looks at it next. `report`: figures for the owner, and no ids: it outlives those it is about."""

    space: Space
    programme: str
    number: int
    seed: int
    opens_at: datetime
    matches_at: datetime
    introduces_at: datetime
    follows_at: datetime
    closes_at: datetime
    state: RoundState = "planned"
    next_at: datetime | None = None
    report: Mapping[str, Any] = field(default_factory=dict[str, Any])
    version: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Who meets. `number` within the round, from 1; `reasons` opaque. One who was forgotten since is missing."""

    number: int
    persons: tuple[Person, ...]
    score: int
    reasons: Any = ()


@dataclass(frozen=True, slots=True)
class Present:
    """One member of a round. `wait`: rounds without a match before this one; `group_no` once they are placed."""

    person: Person
    state: Presence
    wait: int
    group_no: int | None


class Rounds:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def plan(self, this: Round) -> bool:
        """Once: False when this number was planned before."""
        values = columns_of(this) | {"plan": ()}
        return (await self._db.execute(upsert(self._db, rounds, values, _KEY, []))).rowcount == 1

    async def get(self, space: Space, programme: str, number: int, *, lock: bool = False) -> Round | None:
        """One round. `lock`: nobody else changes it before this transaction ends."""
        statement = sa.select(rounds).where(_is(rounds, space, programme, number))
        row = (await self._db.execute(statement.with_for_update() if lock else statement)).one_or_none()
        return read(Round, row) if row else None

    async def newest(self, space: Space, programme: str, limit: int = 1) -> tuple[Round, ...]:
        """The last rounds of a programme, the newest first."""
        where = (rounds.c.space == space.key) & (rounds.c.programme == programme)
        rows = await self._db.execute(sa.select(rounds).where(where).order_by(rounds.c.number.desc()).limit(limit))
        return tuple(read(Round, row) for row in rows)

    async def due(self, now: datetime, limit: int = 20) -> tuple[Round, ...]:
        """Those whose next moment has come, out of all spaces. Whoever takes a step looks at the version."""
        return tuple(read(Round, row) for row in await self._db.execute(due_statement(now, limit)))

    async def advance(
        self,
        this: Round,
        of: RoundState,
        to: RoundState,
        *,
        next_at: datetime | None,
        report: Mapping[str, Any] | None = None,
    ) -> Round:
        """Takes the step in this very transaction with whatever the step writes, so that it is done once and whole.
        Raises Conflict when the round is in another state than `of`, or anything changed since `this` was read:
        somebody was first; ValueError when `report` names a member."""
        values: dict[str, object] = {"state": to, "next_at": next_at, "version": this.version + 1}
        if report is not None:
            await self._refuse_names(this, report)
            values["report"] = report
        return await self._changed(this, rounds.c.state == of, values)

    async def look_again(self, this: Round, next_at: datetime | None) -> Round:
        """Time looks at it at another moment; nothing else changes. Raises Conflict when anything changed since `this`
        was read."""
        return await self._changed(this, sa.true(), {"next_at": next_at, "version": this.version + 1})

    async def hold_back(self, this: Round, by: timedelta) -> Round:
        """Everything that is still to come of a matched round happens so much later. Raises Conflict when anything
        changed since `this` was read."""
        moments = ("introduces_at", "follows_at", "closes_at")
        values = {name: getattr(this, name) + by for name in moments} | {"version": this.version + 1}
        values["next_at"] = (this.next_at or this.introduces_at) + by
        return await self._changed(this, rounds.c.state == "matched", values)

    async def _changed(self, this: Round, where: sa.ColumnElement[bool], values: Mapping[str, object]) -> Round:
        same = _is(rounds, this.space, this.programme, this.number) & (rounds.c.version == this.version) & where
        row = (await self._db.execute(sa.update(rounds).where(same).values(values).returning(rounds))).one_or_none()
        if row is None:
            raise Conflict(f"round {this.number} took another step meanwhile: read it again")
        return read(Round, row)

    async def _refuse_names(self, this: Round, report: Mapping[str, Any]) -> None:
        named = {Person(this.space, text) for text in texts(report) if text}
        for _, part in ids(named):
            where = _is(round_members, this.space, this.programme, this.number) & round_members.c.member.in_(part)
            if (await self._db.execute(sa.select(round_members.c.member).where(where).limit(1))).first() is not None:
                raise ValueError("a round's report names nobody: it outlives its members")

    async def join(self, this: Round, waits: Mapping[Person, int], state: Presence = "in") -> tuple[Person, ...]:
        """Who takes part, and how many rounds each waited; gives back those who were not in it before."""
        key = (this.space.key, this.programme, this.number)
        _same_space(this, waits)
        rows = [(*key, person.id, state, waits[person]) for person in sorted(waits)]
        names = (*_KEY, "member", "state", "wait")
        new = await insert_new(self._db, round_members, names, rows, (*_KEY, "member"))
        return tuple(sorted(Person(this.space, row[3]) for row in new))

    async def mark(self, this: Round, persons: Collection[Person], state: Presence) -> None:
        """What becomes of them in this round; whoever had a group leaves it."""
        _same_space(this, persons)
        for _, part in ids(persons):
            where = _is(round_members, this.space, this.programme, this.number) & round_members.c.member.in_(part)
            await self._db.execute(sa.update(round_members).where(where).values(state=state, group_no=None))

    async def present(self, this: Round) -> tuple[Present, ...]:
        """Everybody in it, by id, whatever became of them."""
        where = _is(round_members, this.space, this.programme, this.number)
        rows = await self._db.execute(sa.select(round_members).where(where).order_by(round_members.c.member))
        return tuple(read(Present, row) for row in rows)

    async def hold(self, persons: Collection[Person]) -> frozenset[Person]:
        """Nobody of them is forgotten, blocked or brought together elsewhere before this transaction ends; gives back
        those there are. The first thing of one that introduces several groups."""
        return await lock(self._db, persons)

    async def presence(self, this: Round, person: Person) -> Present | None:
        """One member's part in it."""
        where = _is(round_members, this.space, this.programme, this.number) & (round_members.c.member == person.id)
        row = (await self._db.execute(sa.select(round_members).where(where))).one_or_none()
        return read(Present, row) if row and person.space == this.space else None

    async def place(self, this: Round, groups: Sequence[Group], waiting: Collection[Person]) -> None:
        """The whole plan, in the place of an earlier one: everybody in a group, or waiting. The step it is part of, in
        the same transaction, says that the round changed."""
        persons = [person for group in groups for person in group.persons]
        _same_space(this, [*persons, *waiting])
        if len({*persons, *waiting}) != len(persons) + len(waiting):
            raise ValueError("somebody is in two groups, or in one and waiting")
        key = (this.space.key, this.programme, this.number)
        own = _is(rounds, this.space, this.programme, this.number)
        await self._db.execute(sa.select(rounds.c.number).where(own).with_for_update(key_share=True))  # see Tx
        where = _is(round_members, this.space, this.programme, this.number)
        before = where & (round_members.c.state == "placed")
        await self._db.execute(sa.update(round_members).where(before).values(state="in", group_no=None))
        placed = [(*key, person.id, group.number) for group in groups for person in group.persons]
        await self.mark(this, waiting, "waiting")
        sets = {"state": "'placed'", "group_no": "{group_no}"}
        await update(self._db, round_members, (*_KEY, "member", "group_no"), sorted(placed), key=4, sets=sets)
        plan = tuple({"group": group.number, "score": group.score, "reasons": group.reasons} for group in groups)
        await self._db.execute(sa.update(rounds).where(own).values(plan=plan))

    async def groups(self, this: Round) -> tuple[Group, ...]:
        """The plan, as far as its members are still there."""
        where = _is(rounds, this.space, this.programme, this.number)
        plan = (await self._db.execute(sa.select(rounds.c.plan).where(where))).scalar_one()
        seated: dict[int, list[Person]] = {}
        for one in await self.present(this):
            if one.group_no is not None:
                seated.setdefault(one.group_no, []).append(one.person)
        return tuple(
            Group(made["group"], tuple(seated[made["group"]]), made["score"], made["reasons"])
            for made in plan
            if made["group"] in seated
        )


_KEY = ("space", "programme", "number")


def due_statement(now: datetime, limit: int) -> sa.Select[Any]:
    """See Rounds.due."""
    return sa.select(rounds).where(rounds.c.next_at <= now).order_by(rounds.c.next_at).limit(limit)


def _is(table: sa.Table, space: Space, programme: str, number: int) -> sa.ColumnElement[bool]:
    return (table.c.space == space.key) & (table.c.programme == programme) & (table.c.number == number)


def _same_space(this: Round, persons: Collection[Person]) -> None:
    if any(person.space != this.space for person in persons):
        raise ValueError("a round's members are of its space")
