"""What a tick costs with many members: nothing due, and a batch that is due."""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from datetime import time as local_time
from pathlib import Path

from chat.moment import Schedule
from chat.people import NOTHING_SAID, Person, Space, SpaceInfo
from content.shelf import Shelf
from scheduler._rooms import Rooms
from scheduler.jobs import plan_prompts
from scheduler.when import next_moment
from store import open_store

MEMBERS, DUE = 10_000, 500
NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


class _At:
    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        """The bench's own time."""
        return self.moment


async def main() -> None:
    """SQLite file, synchronous=FULL, as in production."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(str(Path(folder) / "bench.sqlite3"))
        space, clock = Space("slack", "TBENCH"), _At(NOW)
        async with store.begin() as tx:
            await tx.spaces.joined(SpaceInfo(space, "bench"), NOW)
            for number in range(MEMBERS):
                person = Person(space, f"U{number}")
                schedule = Schedule(local_time(8 if number < DUE else 9), "UTC")
                await tx.members.meet(person, NOTHING_SAID, NOW)
                moment = next_moment(schedule, NOW)
                await tx.nudges.save(
                    person, anchor="a", tiny="t", celebrate="", schedule=schedule, next=moment, now=NOW
                )
        rooms = Rooms(store, Shelf(), clock, {})
        idle: list[float] = []
        for _ in range(200):
            start = time.perf_counter()
            await plan_prompts.run(rooms)
            idle.append((time.perf_counter() - start) * 1000)
        clock.moment = NOW + timedelta(hours=1)
        start = time.perf_counter()
        await plan_prompts.run(rooms)
        took = time.perf_counter() - start
        print(f"\nplanning tick, SQLite, {MEMBERS:,} members")
        print(f"  nothing due: median {statistics.median(idle):.2f} ms")
        print(f"  {DUE} due: {took * 1000:.0f} ms, {DUE / took:,.0f} planned a second")
        await store.close()
