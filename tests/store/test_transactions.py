"""A transaction that is cut off leaves nothing behind, not even on SQLite's only connection."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from chat.people import Space, SpaceInfo
from store import Store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_a_task_cancelled_inside_a_transaction_leaves_the_connection_usable(store: Store) -> None:
    async def work(number: int) -> None:
        async with store.begin() as tx:
            await tx.spaces.joined(SpaceInfo(Space("slack", f"T{number}"), "x"), NOW)
            await asyncio.sleep(0.01)
            await tx.spaces.left(Space("slack", f"T{number}"), NOW)

    for number in range(40):
        task = asyncio.create_task(work(number))
        await asyncio.sleep(0.0005 * (number % 25))  # at another line each time
        task.cancel()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with store.begin() as tx:  # whatever happened to the task, the next one works
            await tx.spaces.joined(SpaceInfo(Space("slack", "TNEXT"), str(number)), NOW)
    async with store.begin() as tx:
        row = await tx.spaces.get(Space("slack", "TNEXT"))
        assert row is not None
        assert row.name == "39"
        for number in range(40):
            seen = await tx.spaces.get(Space("slack", f"T{number}"))
            assert seen is None or seen.left_at is not None, "half a transaction"
