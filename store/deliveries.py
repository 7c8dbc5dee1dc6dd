"""The ledger of everything sent or to be sent, in the shape of reliability.md; the row is the truth, not any queue."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Sent, Space
from store.tables import deliveries as table
from store.tables import spaces
from store.upsert import upsert

Kind = Literal["prompt", "asked", "welcome"]
State = Literal["planned", "claimed", "sent", "retry", "ambiguous", "dead", "skipped_late"]
Given = Literal["done", "shrunk", "not_today"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """`id` goes on the wire as the send's key. `was_claimed`: an earlier claim ran out, so it may have been sent.
    `not_before` is when to look again: of a claimed row the end of its lease."""

    id: str
    person: Person
    kind: Kind
    day: date
    ordinal: int
    subject: str
    subject_rev: int
    state: State
    attempt: int
    not_before: datetime | None
    first_claimed_at: datetime | None
    sent: Sent | None
    error: str | None
    planned_at: datetime
    answer: Given | None
    celebration: str | None
    was_claimed: bool = False


def delivery_id(person: Person, kind: Kind, day: date, ordinal: int) -> str:
    """24 characters from the natural key: the same row has the same key, also after a lost database."""
    name = f"{person.space.key}|{person.id}|{kind}|{day.isoformat()}|{ordinal}"
    return base64.b32encode(hashlib.sha256(name.encode()).digest()[:15]).decode().lower()


class Deliveries:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def plan(
        self,
        person: Person,
        kind: Kind,
        day: date,
        subject: str,
        rev: int,
        now: datetime,
        *,
        ordinal: int = 0,
        state: Literal["planned", "sent", "skipped_late"] = "planned",
    ) -> Delivery | None:
        """One row a natural key, ever: None when it exists. "sent" is for what a reply shows by itself."""
        id_ = delivery_id(person, kind, day, ordinal)
        values = {
            "space": person.space.key, "member": person.id, "id": id_, "kind": kind, "day": day, "ordinal": ordinal,
            "subject": subject, "subject_rev": rev, "state": state, "attempt": 0, "planned_at": now,
            "not_before": now if state == "planned" else None, "sent_at": now if state == "sent" else None,
        }  # fmt: skip
        result = await self._db.execute(
            upsert(self._db, table, values, ["space", "member", "kind", "day", "ordinal"], [])
        )
        return await self.get(person, id_) if result.rowcount == 1 else None

    async def get(self, person: Person, id_: str) -> Delivery | None:
        """The row if it is this person's."""
        row = (await self._db.execute(sa.select(table).where(_of(person) & (table.c.id == id_)))).one_or_none()
        return _read(row) if row else None

    async def claim(self, now: datetime, *, lease: timedelta, limit: int = 50) -> tuple[Delivery, ...]:
        """Takes what is due: planned, to retry, or claimed with a lease that ran out. Commit before sending."""
        found = (await self._db.execute(due_statement(now, limit))).all()
        return tuple([await self._take(row, now, lease) for row in found])

    async def claim_one(self, person: Person, id_: str, now: datetime, lease: timedelta) -> Delivery | None:
        """Takes one row that is due; None when somebody else has it or it is finished."""
        due = (
            sa.select(table.c.space, table.c.member, table.c.id, table.c.state)
            .where(_of(person) & (table.c.id == id_) & (table.c.not_before <= now))
            .with_for_update(skip_locked=True)
        )
        row = (await self._db.execute(due)).one_or_none()
        return await self._take(row, now, lease) if row else None

    async def record_sent(self, claimed: Delivery, sent: Sent, now: datetime) -> bool:
        """It arrived."""
        values: dict[str, object] = {"place": sent.place, "message": sent.message, "sent_at": now, "error": None}
        return await self._record(claimed, "sent", not_before=None, **values)

    async def record_retry(self, claimed: Delivery, again: datetime, error: str) -> bool:
        """It surely did not arrive, or can be repeated under the same key."""
        return await self._record(claimed, "retry", not_before=again, error=error[:200])

    async def record_ambiguous(self, claimed: Delivery, error: str) -> bool:
        """Nobody can say whether it arrived; it is not repeated."""
        return await self._record(claimed, "ambiguous", not_before=None, error=error[:200])

    async def record_dead(self, claimed: Delivery, error: str) -> bool:
        """It will never arrive."""
        return await self._record(claimed, "dead", not_before=None, error=error[:200])

    async def answer(
        self, person: Person, id_: str, answer: Given, now: datetime, *, celebration: str | None = None
    ) -> bool:
        """The member's answer. True only when it changed something: done after shrunk does, a second press not."""
        before = (
            table.c.answer.is_(None)
            if answer == "shrunk"
            else (table.c.answer.is_(None) | (table.c.answer == "shrunk"))
        )
        statement = sa.update(table).where(_of(person) & (table.c.id == id_) & before)
        result = await self._db.execute(statement.values(answer=answer, answered_at=now, celebration=celebration))
        return result.rowcount == 1

    async def shown_up(self, person: Person, since: date) -> int:
        """On how many days from `since` on the member took a step, whatever its size."""
        where = _of(person) & (table.c.day >= since) & table.c.answer.in_(["done", "shrunk"])
        return (await self._db.execute(sa.select(sa.func.count(table.c.day.distinct())).where(where))).scalar_one()

    async def seen(self, person: Person, since: date) -> Mapping[str, date]:
        """Prompt id -> last day it was shown, newest last."""
        where = _of(person) & (table.c.day >= since) & (table.c.kind != "welcome")
        statement = sa.select(table.c.subject, sa.func.max(table.c.day)).where(where).group_by(table.c.subject)
        rows = [(str(subject), day) for subject, day in await self._db.execute(statement)]
        return dict(sorted(rows, key=lambda pair: pair[1]))

    async def recent(self, person: Person, limit: int) -> tuple[Delivery, ...]:
        """The newest rows first."""
        order = (table.c.day.desc(), table.c.planned_at.desc(), table.c.id)
        statement = sa.select(table).where(_of(person)).order_by(*order).limit(limit)
        return tuple(_read(row) for row in await self._db.execute(statement))

    async def counts_by_state(self) -> Mapping[str, int]:
        """For the owner: how many rows stand where."""
        statement = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
        return {str(state): int(count) for state, count in await self._db.execute(statement)}

    async def _take(self, row: sa.Row[Any, Any, Any, Any], now: datetime, lease: timedelta) -> Delivery:
        where = (table.c.space == row.space) & (table.c.member == row.member) & (table.c.id == row.id)
        first = sa.func.coalesce(table.c.first_claimed_at, sa.literal(now, table.c.planned_at.type))
        values = {
            "state": "claimed",
            "attempt": table.c.attempt + 1,
            "not_before": now + lease,
            "first_claimed_at": first,
        }
        taken = (await self._db.execute(sa.update(table).where(where).values(**values).returning(table))).one()
        return _read(taken, was_claimed=row.state == "claimed")

    async def _record(self, claimed: Delivery, state: State, **values: object) -> bool:
        """False when the claim was lost in between: somebody else's record stands then."""
        mine = (table.c.id == claimed.id) & (table.c.state == "claimed") & (table.c.attempt == claimed.attempt)
        statement = sa.update(table).where(_of(claimed.person) & mine).values(state=state, **values)
        return (await self._db.execute(statement)).rowcount == 1


def due_statement(now: datetime, limit: int) -> sa.Select[Any, Any, Any, Any]:
    """Walks the index on not_before. EXISTS, not IN: with IN SQLite walks all rows of each space instead."""
    present = sa.exists().where(spaces.c.space == table.c.space, spaces.c.left_at.is_(None))
    due = sa.select(table.c.space, table.c.member, table.c.id, table.c.state).where(table.c.not_before <= now, present)
    return due.order_by(table.c.not_before).limit(limit).with_for_update(skip_locked=True, of=table)


def _of(person: Person) -> sa.ColumnElement[bool]:
    return (table.c.space == person.space.key) & (table.c.member == person.id)


def _read(row: sa.Row[Any], *, was_claimed: bool = False) -> Delivery:
    sent = Sent(row.place, row.message) if row.message else None
    return Delivery(
        row.id, Person(Space.parse(row.space), row.member), row.kind, row.day, row.ordinal, row.subject,
        row.subject_rev, row.state, row.attempt, row.not_before, row.first_claimed_at, sent, row.error,
        row.planned_at, row.answer, row.celebration, was_claimed,
    )  # fmt: skip
