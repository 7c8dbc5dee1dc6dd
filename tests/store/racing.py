"""Several transactions at once, over connections of their own where the database allows that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import sqlalchemy as sa

from store import Store, Tx

Work = Callable[[Tx], Awaitable[object]]


async def race(store: Store, *works: Work, times: int = 1) -> list[object]:
    """Each `times` over, in a transaction of its own, all of them open before any does its work (where the database
    allows that); gives back what each returned or raised."""
    works *= times
    ready = asyncio.Barrier(len(works)) if store.dialect == "postgresql" else None

    async def one(work: Work) -> object:
        async with store.begin() as tx:
            if ready is not None:
                await tx.members._db.execute(sa.text("select 1"))  # pyright: ignore[reportPrivateUsage]
                await ready.wait()
            return await work(tx)

    return await asyncio.gather(*map(one, works), return_exceptions=True)


def kinds(results: list[object]) -> list[str]:
    """What came of a race."""
    return sorted(type(result).__name__ for result in results)
