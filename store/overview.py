"""The ledger as an operator sees it: how much waits, what is stuck and why, and the safe ways to settle a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from store.deliveries import REPEAT, Delivery, read
from store.tables import deliveries as table
from store.tables import inbox, rests

OVERDUE = timedelta(minutes=5)
"""A row due for longer is stuck: something keeps it from being sent."""
LOST = timedelta(minutes=2)
"""So is a claimed one: whoever claimed it should have said what came of it."""

Verdict = Literal["arrived", "resend", "drop"]


@dataclass(frozen=True, slots=True)
class Overview:
    """`due` counts what waits now, `oldest` when the first of it was due; `ambiguous` what nobody can say of; `resting`
    scope -> until when and why; `inbox` the events not yet handled."""

    due: int
    oldest: datetime | None
    claimed: int
    ambiguous: int
    resting: Mapping[str, tuple[datetime, str]]
    inbox: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """So many messages came too late; `first` and `last`: when they were due."""

    count: int
    first: datetime
    last: datetime


class Ledger:
    """Bound to one transaction. The only place that reads rows of all spaces; for whoever runs the bot, not members."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def overview(self, now: datetime) -> Overview:
        """By indexes only: safe to ask every few seconds."""
        due, oldest = (
            await self._db.execute(
                sa.select(sa.func.count(), sa.func.min(table.c.not_before)).where(table.c.not_before <= now)
            )
        ).one()
        claimed = await self._count(sa.select(sa.func.count()).where(table.c.state == "claimed"))
        ambiguous = await self._count(sa.select(sa.func.count()).where(table.c.state == "ambiguous"))
        open_ = await self._count(sa.select(sa.func.count(inbox.c.key)).where(inbox.c.handled_at.is_(None)))
        quiet = await self._db.execute(sa.select(rests).where(rests.c.until > now))
        resting = {str(row.scope): (row.until, str(row.reason)) for row in quiet}
        return Overview(int(due), oldest, claimed, ambiguous, resting, open_)

    async def stuck(self, now: datetime, limit: int = 50) -> list[Delivery]:
        """What needs a person, oldest first: ambiguous rows, rows overdue, and claims nobody settled."""
        late = (table.c.not_before <= now - OVERDUE) | (
            (table.c.state == "claimed") & (table.c.planned_at <= now - OVERDUE) & (table.c.lease_until <= now - LOST)
        )
        statement = sa.select(table).where((table.c.state == "ambiguous") | late)
        rows = await self._db.execute(statement.order_by(table.c.planned_at).limit(limit))
        return [read(row) for row in rows]

    async def find(self, id_: str) -> Delivery | None:
        """A row by its id alone, as logs name it. Nobody else settles it before this transaction ends."""
        row = (await self._db.execute(sa.select(table).where(table.c.id == id_).with_for_update())).one_or_none()
        return read(row) if row else None

    async def skipped_late(self, since: datetime) -> Skipped | None:
        """What was due since then and not sent, because a downtime ended too late; None when there is none."""
        late = sa.select(sa.func.count(), sa.func.min(table.c.planned_at), sa.func.max(table.c.planned_at))
        where = (table.c.state == "skipped_late") & (table.c.planned_at >= since)
        count, first, last = (await self._db.execute(late.where(where))).one()
        return Skipped(int(count), first, last) if count else None

    async def settle(self, id_: str, verdict: Verdict, now: datetime, *, at: datetime | None = None) -> bool:
        """A person decides about an ambiguous row: it arrived; send it again `at` an instant, marked as a possible
        repeat (which instant: scheduler/resend.py); or let it be. False when the row is not (or no longer) ambiguous:
        nothing is changed then."""
        doubtful = (table.c.id == id_) & (table.c.state == "ambiguous")
        values: dict[str, object]
        match verdict:
            case "arrived":
                values = {"state": "sent", "sent_at": now, "error": "settled_by_operator"}
            case "resend":
                values = {"state": "retry", "not_before": at or now, "planned_at": at or now, "error": REPEAT}
            case "drop":
                values = {"state": "dead", "error": "dropped_by_operator"}
        return (await self._db.execute(sa.update(table).where(doubtful).values(**values))).rowcount == 1

    async def _count(self, statement: sa.Select[int]) -> int:
        return (await self._db.execute(statement)).scalar_one()


def explain(row: Delivery, now: datetime) -> tuple[str, str]:
    """(what is the matter, what to do), as two short sentences in English for the command line."""
    if row.state == "ambiguous":
        reason = row.error or "unknown"
        return (
            f"it is unknown whether it arrived ({reason})",
            "ask the member or look into the conversation, then settle it: arrived, resend or drop",
        )
    if row.state == "claimed":
        return "a process claimed it and never said what came of it", "it is freed by itself once a process is up"
    waited = int((now - (row.not_before or row.planned_at)).total_seconds() // 60)
    cause = f"last trouble: {row.error}" if row.error else "no process took it"
    return f"due for {waited} minutes, {cause}", "see which scope rests, and whether the platform is connected"
