"""The database's own clock, which leases live by: machines may disagree about the time, the database does not."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection


async def clock_of(db: AsyncConnection) -> datetime:
    """Aware UTC. A SQLite file is used by one process, whose clock it shares."""
    if db.dialect.name != "postgresql":
        return datetime.now(UTC)
    now: datetime = (await db.execute(sa.select(sa.func.clock_timestamp()))).scalar_one()
    return now.astimezone(UTC)
