"""The ledger of everything sent or to be sent, in the shape of reliability.md; the row is the truth, not any queue."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Sent, Space
from store.bulk import insert_new, update
from store.tables import deliveries as table

Kind = Literal["prompt", "reflection", "trouble", "last", "asked", "welcome", "letter"]
State = Literal["planned", "claimed", "sent", "retry", "ambiguous", "dead", "skipped_late", "skipped_budget"]
Given = Literal["done", "shrunk", "not_today", "seen"]

STEPS = ("prompt", "asked")
"""Kinds that bring a step of the pack."""
UNSOLICITED = ("prompt", "reflection", "trouble", "last")
"""Kinds of the daily loop that come unasked and count as unanswered until a tap."""
WAITED_FOR = ("asked", "welcome")
"""Kinds somebody looks at the screen for."""
DOUBT = "doubt:"
"""An error that begins so: the message may have arrived already. It stays with the row until it is settled."""
REPEAT = DOUBT + "repeat"
"""An error that begins so: a person, or the policy of the class, wants it sent once more, marked as a repeat."""
REPEATED = DOUBT + "repeated:"
"""It was sent once more, and that send is in doubt again."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """`id` goes on the wire as the send's key. `subject` is the prompt, "" until it is chosen at sending; `dose` a rung
    of habit.ladder; `extra` a question that rides along; `why` what the choice went by. A letter's subject is its name,
    a space, and the id of what it is about; `place` the group conversation it goes to instead of the direct one."""

    id: str
    person: Person
    kind: Kind
    day: date
    ordinal: int
    subject: str
    subject_rev: int
    dose: int
    extra: str
    why: str
    state: State
    attempt: int
    not_before: datetime | None
    first_claimed_at: datetime | None
    sent: Sent | None
    error: str | None
    planned_at: datetime
    sent_at: datetime | None
    answer: Given | None
    answered_at: datetime | None
    celebration: str | None
    note: str | None
    place: str | None = None

    @property
    def doubtful(self) -> bool:
        """Whether it may have arrived already: a connection was lost in between, or whoever had it died."""
        return (self.error or "").startswith(DOUBT)

    @property
    def shown(self) -> bool:
        """Whether the member may have it before their eyes: its record may be a moment behind its arrival."""
        return self.state in {"sent", "claimed", "ambiguous"} and bool(self.subject)

    @property
    def repeats(self) -> bool:
        """Whether it is sent once more although it may have arrived, and says so."""
        return self.error == REPEAT or (self.error or "").startswith((REPEAT + ":", REPEAT + ","))

    @property
    def repeated(self) -> bool:
        """Whether it is a repeat, wanted or under way: it says so, and counted as unanswered when it was given up."""
        return self.repeats or (self.error or "").startswith(REPEATED)

    @property
    def ref(self) -> Ref:
        """Its key alone."""
        return Ref(self.person, self.id)


@dataclass(frozen=True, slots=True)
class Ref:
    """Which row."""

    person: Person
    id: str


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A row to be planned. `state` "sent" is for what a reply shows by itself; `place` is a group conversation."""

    person: Person
    kind: Kind
    day: date
    planned_at: datetime
    ordinal: int = 0
    subject: str = ""
    subject_rev: int = 0
    dose: int = 0
    extra: str = ""
    why: str = ""
    state: Literal["planned", "sent", "skipped_late", "skipped_budget"] = "planned"
    place: str | None = None

    @property
    def id(self) -> str:
        """See `delivery_id` and `letter_id`."""
        if self.kind == "letter":
            return letter_id(self.person, self.subject)
        return delivery_id(self.person.space.key, self.person.id, self.kind, self.day, self.ordinal)


def delivery_id(space: str, member: str, kind: Kind, day: date, ordinal: int) -> str:
    """24 characters from the natural key: the same row has the same key, also after a lost database. `space` is a
    space's key."""
    name = f"{space}|{member}|{kind}|{day.isoformat()}|{ordinal}"
    return hashlib.sha256(name.encode()).hexdigest()[:24]


def letter_id(person: Person, subject: str) -> str:
    """24 characters from a letter's natural key, in which there is no day: a letter of one name about one thing goes to
    a person once, whenever that is."""
    return hashlib.sha256(f"{person.space.key}|{person.id}|letter|{subject}".encode()).hexdigest()[:24]


class Deliveries:
    """Bound to one transaction: planning, answers and memories. Who works on which due row: see store/claims.py."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def plan(self, rows: Sequence[NewDelivery]) -> tuple[Ref, ...]:
        """One row a natural key, ever; gives back those that are new."""
        values = [(*_values(row), row.place) for row in rows]
        new = await insert_new(self._db, table, (*COLUMNS, "place"), values, ("space", "member", "id"))
        return tuple(Ref(Person(Space.parse(space), member), id_) for space, member, id_ in new)

    async def plan_many(self, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The same for rows as `COLUMNS`; gives back (space, member, id) of those that are new."""
        return await insert_new(self._db, table, COLUMNS, rows, ("space", "member", "id"))

    async def plan_one(self, row: NewDelivery) -> Delivery | None:
        """As `plan`; None when it exists."""
        return await self.get(row.person, row.id) if await self.plan([row]) else None

    async def get(self, person: Person, id_: str) -> Delivery | None:
        """The row if it is this person's."""
        row = (await self._db.execute(sa.select(table).where(of(person) & (table.c.id == id_)))).one_or_none()
        return read(row) if row else None

    async def chosen(self, deliveries: Sequence[Delivery]) -> None:
        """Keeps what will be shown: subject, its rev, what rides along, and why."""
        columns = ("space", "member", "id", "subject", "subject_rev", "extra", "why")
        rows = sorted(
            (d.person.space.key, d.person.id, d.id, d.subject, d.subject_rev, d.extra, d.why) for d in deliveries
        )
        sets = {name: f"{{{name}}}" for name in columns[3:]}
        await update(self._db, table, columns, rows, key=3, sets=sets)

    async def answer(
        self, person: Person, id_: str, answer: Given, now: datetime, *, celebration: str | None = None
    ) -> bool:
        """The member's answer. True only when it changed something: done after shrunk does, a second press not."""
        before = (
            table.c.answer.is_(None)
            if answer == "shrunk"
            else (table.c.answer.is_(None) | (table.c.answer == "shrunk"))
        )
        statement = sa.update(table).where(of(person) & (table.c.id == id_) & before)
        result = await self._db.execute(statement.values(answer=answer, answered_at=now, celebration=celebration))
        return result.rowcount == 1

    async def note(self, person: Person, id_: str, words: str) -> None:
        """What the member did, in their words; "" forgets it."""
        statement = sa.update(table).where(of(person) & (table.c.id == id_)).values(note=words or None)
        await self._db.execute(statement)

    async def days(self, person: Person, since: date = date.min) -> tuple[date, ...]:
        """The days from `since` on with a step taken, whatever its size, oldest first."""
        where = of(person) & (table.c.day >= since) & table.c.answer.in_(["done", "shrunk"])
        found = await self._db.execute(sa.select(table.c.day).where(where).distinct().order_by(table.c.day))
        return tuple(found.scalars())

    async def shown_up(self, person: Person, since: date) -> int:
        """How many days `days` has."""
        return len(await self.days(person, since))

    async def seen(self, persons: Sequence[Person]) -> dict[Person, dict[str, date]]:
        """For each person: prompt id -> last day it was shown, newest last."""
        keys = [(person.space.key, person.id) for person in persons]
        where = sa.tuple_(table.c.space, table.c.member).in_(keys) & table.c.kind.in_(STEPS) & (table.c.subject != "")
        latest = sa.func.max(table.c.day).label("latest")
        statement = (
            sa.select(table.c.space, table.c.member, table.c.subject, latest)
            .where(where)
            .group_by(table.c.space, table.c.member, table.c.subject)
            .order_by(latest)
        )
        seen: dict[Person, dict[str, date]] = {person: {} for person in persons}
        for space, member, subject, day in await self._db.execute(statement) if keys else ():
            seen[Person(Space.parse(space), member)][str(subject)] = day
        return seen

    async def recent(self, person: Person, limit: int) -> tuple[Delivery, ...]:
        """The newest rows first."""
        order = (table.c.day.desc(), table.c.planned_at.desc(), table.c.id)
        statement = sa.select(table).where(of(person)).order_by(*order).limit(limit)
        return tuple(read(row) for row in await self._db.execute(statement))

    async def recalled(self, persons: Sequence[Person], since: date) -> dict[Person, list[date]]:
        """For each person the days since then on which a recall question came."""
        keys = [(person.space.key, person.id) for person in persons]
        where = sa.tuple_(table.c.space, table.c.member).in_(keys) & (table.c.extra == "recall")
        statement = sa.select(table.c.space, table.c.member, table.c.day).where(where & (table.c.day >= since))
        days: dict[Person, list[date]] = {person: [] for person in persons}
        for space, member, day in await self._db.execute(statement) if keys else ():
            days[Person(Space.parse(space), member)].append(day)
        return days

    async def counts_by_state(self) -> Mapping[str, int]:
        """For the owner: how many rows stand where."""
        statement = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
        return {str(state): int(count) for state, count in await self._db.execute(statement)}


COLUMNS = (
    "space", "member", "id", "kind", "day", "ordinal", "subject", "subject_rev", "dose", "extra", "why", "state",
    "attempt", "planned_at", "not_before", "sent_at",
)  # fmt: skip


def _values(row: NewDelivery) -> tuple[Any, ...]:
    at = row.planned_at
    return (
        row.person.space.key, row.person.id, row.id, row.kind, row.day, row.ordinal, row.subject, row.subject_rev,
        row.dose, row.extra, row.why, row.state, 0, at, at if row.state == "planned" else None,
        at if row.state == "sent" else None,
    )  # fmt: skip


def of(person: Person) -> sa.ColumnElement[bool]:
    """The rows of one person."""
    return (table.c.space == person.space.key) & (table.c.member == person.id)


def read(row: sa.Row[Any]) -> Delivery:
    """A row of the table."""
    sent = Sent(row.place, row.message) if row.message else None
    return Delivery(
        row.id, Person(Space.parse(row.space), row.member), row.kind, row.day, row.ordinal, row.subject,
        row.subject_rev, row.dose, row.extra, row.why, row.state, row.attempt, row.not_before, row.first_claimed_at,
        sent, row.error, row.planned_at, row.sent_at, row.answer, row.answered_at, row.celebration, row.note, row.place,
    )  # fmt: skip


def with_choice(delivery: Delivery, subject: str, rev: int, extra: str, why: str) -> Delivery:
    """The same row with what was chosen for it."""
    return replace(delivery, subject=subject, subject_rev=rev, extra=extra, why=why)
