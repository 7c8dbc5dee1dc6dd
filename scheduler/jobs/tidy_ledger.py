"""Forgets what no longer matters: days of the budget long gone, and rests that are over."""

from __future__ import annotations

from datetime import timedelta

from scheduler._rooms import Rooms

EVERY = timedelta(hours=1)


async def run(rooms: Rooms) -> None:
    """The ledger itself is kept: members read their days from it."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        await tx.budget.prune(now.date())
        await tx.claims.prune(now)
