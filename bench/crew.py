"""Fills a store with a fleet's people, each with a nudge, and with as many due rows of the ledger as wanted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from datetime import time as local_time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.fleet import Crew
from chat.people import Person, SpaceInfo
from scheduler._rooms import Rooms
from store import Store
from store.bulk import insert_new
from store.deliveries import Ref, delivery_id
from store.tables import deliveries, members, nudges

ROWS = 5_000  # in one transaction
LATER = timedelta(hours=1)
"""Rows are filled in so far ahead, then made due at one stroke."""


def noon(now: datetime) -> str:
    """A zone in which it is about noon, so that nothing is late by its local date or its quiet hours.

    >>> noon(datetime(2026, 11, 21, 7, 30, tzinfo=UTC))
    'Etc/GMT-5'
    """
    ahead = 12 - now.astimezone(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def today(now: datetime) -> date:
    """The local date there."""
    return now.astimezone(ZoneInfo(noon(now))).date()


async def move_in(store: Store, crew: Crew, now: datetime, *, known: bool = True) -> None:
    """Spaces, members and nudges; nobody's moment comes soon. `known`: the direct conversations are on record."""
    async with store.begin() as tx:
        for n in range(crew.spaces):
            await tx.spaces.joined(SpaceInfo(crew.space(n), f"Space {n}"), now)
    for start in range(0, crew.members, ROWS):
        people: list[dict[str, Any]] = []
        plans: list[dict[str, Any]] = []
        for n in range(start, min(start + ROWS, crew.members)):
            person = crew.person(n)
            key = {"space": person.space.key, "member": person.id}
            people.append(key | {
                "language": "en", "reachable": True, "created_at": now, "track": "any", "optins": "", "zone": noon(now),
                "onboarded": "done", "direct": crew.direct(n) if known else None,
            })  # fmt: skip
            plans.append(key | nudge(now, now + timedelta(days=2)))
        async with store.begin() as tx:
            db: Any = tx.members._db  # pyright: ignore[reportPrivateUsage]  # no room needs so many members at once
            await db.execute(sa.insert(members), people)
            await db.execute(sa.insert(nudges), plans)


def nudge(now: datetime, at: datetime) -> dict[str, Any]:
    """The columns of a nudge whose next moment is `at`."""
    local = at.astimezone(ZoneInfo(noon(now)))
    return {
        "anchor": "pour my coffee", "tiny": "open the course", "celebrate": "smile", "zone": noon(now), "days": 127,
        "at": local_time(local.hour, local.minute), "state": "active",
        "rhythm": "daily", "dose": 0, "unanswered": 0, "started_on": today(now) - timedelta(days=30), "offered": "",
        "next_day": local.date(), "next_at": at, "updated_at": now, "version": 1,
    }  # fmt: skip


async def plan(store: Store, crew: Crew, now: datetime, count: int, first: int = 0) -> None:
    """Rows number `first` to `first + count`, planned now and not due before `LATER`."""
    columns = (
        "space", "member", "id", "kind", "day", "ordinal", "subject", "subject_rev", "dose", "extra", "why", "state",
        "attempt", "planned_at", "not_before",
    )  # fmt: skip
    day = today(now)
    for start in range(first, first + count, ROWS):
        rows = [
            (ref.person.space.key, ref.person.id, ref.id, "prompt", day, n // crew.members, "", 0, 0, "", "",
             "planned", 0, now, now + LATER)
            for n in range(start, min(start + ROWS, first + count))
            for ref in [_ref(crew, n, day)]
        ]  # fmt: skip
        async with store.begin() as tx:
            db: Any = tx.deliveries._db  # pyright: ignore[reportPrivateUsage]
            await insert_new(db, deliveries, columns, rows, ("space", "member", "id"))


def _ref(crew: Crew, n: int, day: date) -> Ref:
    person: Person = crew.person(n % crew.members)
    return Ref(person, delivery_id(person.space.key, person.id, "prompt", day, n // crew.members))


async def make_due(rooms: Rooms, crew: Crew, now: datetime, count: int) -> None:
    """All planned rows at one stroke, with the turns that planning them would have made."""
    async with rooms.store.begin() as tx:
        db: Any = tx.deliveries._db  # pyright: ignore[reportPrivateUsage]
        await db.execute(sa.update(deliveries).where(deliveries.c.state == "planned").values(not_before=now))
        each = -(-count // crew.spaces)
        await rooms.dispatcher.planned(tx, {crew.space(n).key: each for n in range(crew.spaces)})
    rooms.dispatcher.wake()
