"""Who works on which due row of the ledger: claims with a lease, results, and what a dead worker left behind.

A claim is committed before anything is sent, the result after. Leases live by the database's clock: on PostgreSQL other
machines have clocks of their own; on SQLite there is one process, so whatever another worker claimed is free at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Sent, Space
from store.bulk import update
from store.clock import clock_of
from store.deliveries import DOUBT, REPEAT, REPEATED, Delivery, Ref, State, read
from store.tables import deliveries as table
from store.tables import rests, spaces
from store.upsert import upsert

LEASE = timedelta(seconds=60)
PARK = "revoked:"
"""A rest whose reason begins so lasts until the token works again."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one claimed row."""

    delivery: Delivery
    state: State
    error: str | None = None
    sent: Sent | None = None
    at: datetime | None = None  # sent: when it arrived; retry: when to try again


class Claims:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def due_spaces(self, now: datetime) -> tuple[Space, ...]:
        """The spaces with something due that we are in and that do not rest, each asked by one look at its index."""
        if (await self._db.execute(_ANYTHING, {"b_now": now})).first() is None:
            return ()
        own = sa.exists().where(table.c.space == spaces.c.space, table.c.not_before <= now)
        quiet = sa.exists().where(rests.c.scope.in_([spaces.c.space, spaces.c.platform]), rests.c.until > now)
        statement = sa.select(spaces.c.space).where(spaces.c.left_at.is_(None), own, ~quiet).order_by(spaces.c.space)
        return tuple(Space.parse(key) for key in (await self._db.execute(statement)).scalars())

    async def claim(
        self, space: Space, worker: str, now: datetime, *, limit: int, lease: timedelta = LEASE
    ) -> list[Delivery]:
        """Takes the space's oldest due rows. Commit before sending."""
        return await self._take(due_statement(space, now, limit), worker, now, lease)

    async def claim_these(
        self, refs: Collection[Ref], worker: str, now: datetime, *, lease: timedelta = LEASE
    ) -> list[Delivery]:
        """Takes the named rows as far as they are due and free."""
        keys = [(ref.person.space.key, ref.person.id, ref.id) for ref in refs]
        named = sa.tuple_(table.c.space, table.c.member, table.c.id).in_(keys)
        due = sa.select(table.c.space, table.c.member, table.c.id).where(named, table.c.not_before <= now)
        return await self._take(due, worker, now, lease) if keys else []

    async def record(self, results: Sequence[Result]) -> None:
        """What came of claimed rows. A row whose claim was lost in between keeps somebody else's record."""
        rows = sorted(map(_recorded, results), key=lambda row: row[:KEY])  # always in the same order, against deadlocks
        sets = {name: f"{{{name}}}" for name in RECORD[KEY:]} | {"claimed_by": "NULL", "lease_until": "NULL"}
        await update(self._db, table, RECORD, rows, key=KEY, sets=sets, where="deliveries.state = 'claimed'")

    async def recover(self, alive: Collection[str], now: datetime) -> int:
        """Frees what dead workers had claimed: it may have been sent, which the row remembers. `alive` are the workers
        whose claims stand, whatever their leases say."""
        dead = table.c.claimed_by.not_in(list(alive))
        if self._db.dialect.name == "postgresql":
            here = await clock_of(self._db)
            dead &= (table.c.lease_until < here) | (table.c.lease_until > here + 2 * LEASE)  # its clock was set back
        freed = {
            "state": "retry",
            "error": sa.case((_begins(REPEAT), REPEATED + "lease_expired"), else_=DOUBT + "lease_expired"),
            "not_before": now,
            "lease_until": None,
            "claimed_by": None,
        }
        return (await self._db.execute(self._claimed(dead).values(**freed))).rowcount

    async def extend(self, worker: str, lease: timedelta = LEASE) -> None:
        """A worker that is alive keeps what it has."""
        if self._db.dialect.name == "postgresql":
            until = await clock_of(self._db) + lease
            await self._db.execute(self._claimed(table.c.claimed_by == worker).values(lease_until=until))

    def _claimed(self, which: sa.ColumnElement[bool]) -> sa.Update:
        """Claimed rows nobody is writing at this moment: who waited for them would be waited for."""
        found = sa.select(table.c.space, table.c.member, table.c.id).where(table.c.state == "claimed", which)
        chosen = (found.with_for_update(skip_locked=True) if self._postgres else found).subquery()
        key = sa.tuple_(table.c.space, table.c.member, table.c.id)
        return sa.update(table).where(key.in_(sa.select(chosen.c.space, chosen.c.member, chosen.c.id)))

    async def rest(self, scope: str, until: datetime, reason: str) -> None:
        """A platform ("discord"), a space ("slack:T1") or a channel asked for quiet; a longer rest stays."""
        row = {"scope": scope, "until": until, "reason": reason}
        fresh = await self._db.execute(upsert(self._db, rests, row, ["scope"], []))
        if fresh.rowcount != 1:
            longer = sa.update(rests).where(rests.c.scope == scope, rests.c.until < until)
            await self._db.execute(longer.values(until=until, reason=reason))

    async def resting(self, now: datetime) -> Mapping[str, tuple[datetime, str]]:
        """Scope -> until when, and why."""
        found = await self._db.execute(sa.select(rests).where(rests.c.until > now))
        return {row.scope: (row.until, row.reason) for row in found}

    async def unrest(self, space: Space, now: datetime) -> bool:
        """The space's token works again: its park ends (and that of its platform), and what waited for it is due now. A
        rest that a platform asked for stays. Whether there was one."""
        parked = rests.c.reason.startswith(PARK, autoescape=True) & rests.c.scope.in_([space.key, space.platform])
        ended = set((await self._db.execute(sa.delete(rests).where(parked).returning(rests.c.scope))).scalars())
        if not ended:
            return False
        whole = space.platform in ended
        here = table.c.space.startswith(f"{space.platform}:", autoescape=True) if whole else table.c.space == space.key
        waits = here & (table.c.state == "retry") & table.c.error.contains(PARK, autoescape=True)
        await self._db.execute(sa.update(table).where(waits & (table.c.not_before > now)).values(not_before=now))
        return True

    async def prune(self, now: datetime) -> None:
        """Forgets rests that are over."""
        await self._db.execute(sa.delete(rests).where(rests.c.until <= now))

    async def rests_for(self, space: Space, now: datetime) -> timedelta | None:
        """How long the space or its platform wants quiet; None when it does not."""
        scopes = [space.key, space.platform]
        longest = sa.select(sa.func.max(rests.c.until)).where(rests.c.scope.in_(scopes), rests.c.until > now)
        until: datetime | None = (await self._db.execute(longest)).scalar_one_or_none()
        return None if until is None else until - now

    async def space_left(self, space: Space) -> int:
        """Nothing that waits for this space will be sent; what may have arrived stays in doubt."""
        open_ = table.c.state.in_(["planned", "retry"]) & (table.c.space == space.key)
        state = sa.case((_begins(DOUBT), "ambiguous"), else_="dead")
        dead = sa.update(table).where(open_).values(state=state, error="space_left", not_before=None)
        return (await self._db.execute(dead)).rowcount

    async def _take(
        self, due: sa.Select[Any, Any, Any], worker: str, now: datetime, lease: timedelta
    ) -> list[Delivery]:
        chosen = due.with_for_update(skip_locked=True).subquery() if self._postgres else due.subquery()
        key = sa.tuple_(table.c.space, table.c.member, table.c.id)
        statement = (
            sa.update(table)
            .where(key.in_(sa.select(chosen.c.space, chosen.c.member, chosen.c.id)))
            .values(
                state="claimed", attempt=table.c.attempt + 1, not_before=None, claimed_by=worker,
                lease_until=await clock_of(self._db) + lease,
                first_claimed_at=sa.func.coalesce(table.c.first_claimed_at, sa.literal(now, table.c.planned_at.type)),
            )
            .returning(table)
        )  # fmt: skip
        return [read(row) for row in await self._db.execute(statement)]

    @property
    def _postgres(self) -> bool:
        return self._db.dialect.name == "postgresql"


def _begins(mark: str) -> sa.ColumnElement[bool]:
    """Whether a row's error begins so; false where there is none."""
    return sa.func.coalesce(table.c.error, "").startswith(mark, autoescape=True)


_ANYTHING = (
    sa.select(table.c.not_before)
    .where(table.c.not_before <= sa.bindparam("b_now", type_=table.c.not_before.type))
    .limit(1)
)


def anything_statement(now: datetime) -> sa.Select[Any]:
    """Whether anything at all is due: the idle tick's only look at the ledger, by the index on not_before."""
    return _ANYTHING.params(b_now=now)


def due_statement(space: Space, now: datetime, limit: int) -> sa.Select[Any, Any, Any]:
    """The oldest due rows of a space, by the index on (space, not_before)."""
    due = sa.select(table.c.space, table.c.member, table.c.id).where(table.c.space == space.key)
    return due.where(table.c.not_before <= now).order_by(table.c.not_before).limit(limit)


RECORD = (
    "space", "member", "id", "attempt", "state", "error", "not_before", "sent_at", "place", "message",
)  # fmt: skip
KEY = 4


def _recorded(r: Result) -> tuple[Any, ...]:
    to = r.delivery.person
    return (
        to.space.key, to.id, r.delivery.id, r.delivery.attempt, r.state, (r.error or "")[:200] or None,
        r.at if r.state == "retry" else None, r.at if r.state == "sent" else None,
        r.sent.place if r.sent else r.delivery.place, r.sent and r.sent.message,
    )  # fmt: skip
