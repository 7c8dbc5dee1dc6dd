"""What a tick costs with very many members, on both databases: nothing due, 200 due, and a whole morning's peak."""

from __future__ import annotations

import argparse
import asyncio
import logging
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as local_time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.collector import settle
from chat.people import Space, SpaceInfo
from content.shelf import Shelf
from scheduler._rooms import Rooms
from scheduler.jobs import plan_prompts
from scheduler.pacer import Pacer
from store import Store, open_store
from store.tables import members, nudges
from tests.kit import postgres

MEMBERS, PEAK, SPACES, FEW, ROUNDS = 1_000_000, 50_000, 50, 200, 9
NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
ROWS = 20_000  # filled in at once
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Asia/Kolkata")


class At:
    """The bench's own time."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        """Aware UTC."""
        return self.moment


@asynccontextmanager
async def databases(*kinds: str) -> AsyncGenerator[dict[str, Store]]:
    """A SQLite file with synchronous=FULL, and a PostgreSQL whose commits reach the disk."""
    with tempfile.TemporaryDirectory() as folder:
        stores: dict[str, Store] = {}
        if "sqlite" in kinds:
            stores["SQLite"] = await open_store(str(Path(folder) / "bench.sqlite3"))
        if "postgres" in kinds:
            with postgres.server(durable=True) as server:
                stores["PostgreSQL"] = await open_store(await server.new_database())
                try:
                    yield stores
                finally:
                    await _close(stores)
            return
        try:
            yield stores
        finally:
            await _close(stores)


async def _close(stores: dict[str, Store]) -> None:
    for store in stores.values():
        await store.close()


async def fill(store: Store, count: int, peak: int, first: datetime) -> None:
    """`count` members with a nudge: `FEW` are due at `first` and at each of the next minutes, `peak` at `first` + 1 h,
    the others a day later."""
    spaces = [Space("slack", f"T{n:03}") for n in range(SPACES)]
    async with store.begin() as tx:
        for space in spaces:
            await tx.spaces.joined(SpaceInfo(space, "bench"), NOW)
    for start in range(0, count, ROWS):
        people: list[dict[str, object]] = []
        plans: list[dict[str, object]] = []
        for n in range(start, min(start + ROWS, count)):
            key: dict[str, object] = {"space": spaces[n % SPACES].key, "member": f"U{n:07}"}
            people.append(key | {"language": "en", "reachable": True, "created_at": NOW, "track": "any", "optins": "",
                                 "onboarded": "done", "zone": ZONES[n % 5]})  # fmt: skip
            few = FEW * ROUNDS
            at = first + timedelta(hours=1) if n < few + peak else first + timedelta(days=1)
            at = first + timedelta(minutes=n // FEW) if n < few else at
            plans.append(key | {
                "anchor": "pour my coffee", "tiny": "open the course", "celebrate": "smile", "at": local_time(8, 30),
                "zone": ZONES[n % 5], "days": 127, "state": "active", "rhythm": "daily", "dose": 0, "unanswered": 0,
                "started_on": date(2026, 10, 1), "offered": "", "next_day": at.date(), "next_at": at,
                "updated_at": NOW, "version": 1,
            })  # fmt: skip
        async with store.begin() as tx:
            db: Any = tx.members._db  # pyright: ignore[reportPrivateUsage]  # no room needs a million members at once
            await db.execute(sa.insert(members), people)
            await db.execute(sa.insert(nudges), plans)
    if store.dialect == "postgresql":
        async with store.begin() as tx:
            await tx.members._db.execute(sa.text("analyze"))  # pyright: ignore[reportPrivateUsage]


async def measure(name: str, store: Store, count: int, peak: int) -> None:
    """Fills the database and prints its three figures."""
    began = time.perf_counter()
    await fill(store, count, peak, NOW)
    filled = time.perf_counter() - began
    clock = At(NOW - timedelta(seconds=1))
    rooms = Rooms(store, Shelf(), clock, {}, Pacer({}))
    settle()  # as the bot does at its start
    idle = [await _timed(plan_prompts.run(rooms)) for _ in range(200)]
    async with store.begin() as tx:
        assert await tx.claims.due_spaces(clock.moment) == ()
    looks: list[float] = []
    for _ in range(200):
        async with store.begin() as tx:
            looks.append(await _timed(tx.claims.due_spaces(clock.moment)))
    few: list[float] = []
    for minute in range(ROUNDS):
        clock.moment = NOW + timedelta(minutes=minute)
        few.append(await _timed(plan_prompts.run(rooms)))
    clock.moment = NOW + timedelta(hours=1)
    whole = await _timed(plan_prompts.run(rooms))
    async with store.begin() as tx:
        states = await tx.deliveries.counts_by_state()
    assert states == {"planned": FEW * ROUNDS + peak}, states
    print(f"\n{name}, {count:,} members in {SPACES} spaces (filled in {filled:.0f} s)")
    print(f"  nothing due: planner {statistics.median(idle):.2f} ms median, ledger {statistics.median(looks):.2f} ms")
    print(f"  {FEW} due: found and planned in {statistics.median(few):.1f} ms median, the first time {few[0]:.1f}")
    print(f"  {peak:,} due at once: {whole / 1000:.2f} s, {peak / whole * 1000:,.0f} planned a second")


async def _timed(work: Any) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


async def main(count: int = MEMBERS, peak: int = PEAK, kinds: tuple[str, ...] = ("sqlite", "postgres")) -> None:
    """Both databases, one after the other."""
    logging.disable(logging.WARNING)
    print("\nplanning ticks")
    for kind in kinds:
        async with databases(kind) as stores:
            for name, store in stores.items():
                await measure(name, store, count, peak)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--peak", type=int, default=PEAK)
    parser.add_argument("--on", nargs="*", default=["sqlite", "postgres"])
    given = parser.parse_args()
    asyncio.run(main(given.members, given.peak, tuple(given.on)))
