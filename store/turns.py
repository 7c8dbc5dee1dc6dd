"""PgQueuer's tables, used for one thing: a job is a space's turn, enqueued in the transaction that makes rows due.

Why a turn and not a job a row: a row knows nothing of its space's room, so rows of a throttled space would go round and
round through the queue; and a claim of fifty rows costs little more than of one. See docs/decisions/0005.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chat.people import Space

if TYPE_CHECKING:
    from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
    from pgqueuer.queries import Queries

SCHEMA = "queue"
JOB = "turn"
_LOCK = 0x5EED0ACE  # any constant: one advisory lock per database
LANES = 4  # turns of one space that may be taken at the same time


def queries(connection: object) -> Queries:
    """PgQueuer's statements over an asyncpg connection or pool, in a schema of their own."""
    import asyncpg  # pyright: ignore[reportMissingTypeStubs]  # ships none
    from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver, AsyncpgPoolDriver
    from pgqueuer.queries import Queries

    if isinstance(connection, asyncpg.Pool):
        driver: AsyncpgPoolDriver | AsyncpgDriver = AsyncpgPoolDriver(connection)
    else:
        assert isinstance(connection, asyncpg.Connection)
        driver = AsyncpgDriver(connection)
    environment, queue, schedules = _builders()
    return Queries(driver, qbe=environment, qbq=queue, qbs=schedules)


@cache
def _builders() -> tuple[QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder]:
    from pgqueuer.adapters.persistence import qb
    from pgqueuer.domain.settings import DBSettings

    settings = DBSettings(db_schema=SCHEMA)
    return qb.QueryBuilderEnvironment(settings), qb.QueryQueueBuilder(settings), qb.QuerySchedulerBuilder(settings)


@asynccontextmanager
async def pool(dsn: str) -> AsyncGenerator[Queries]:
    """PgQueuer over connections of its own: one listens, the others take and finish turns."""
    import asyncpg  # pyright: ignore[reportMissingTypeStubs]  # ships none

    made: Any = await asyncpg.create_pool(dsn, min_size=2, max_size=4)  # pyright: ignore[reportUnknownMemberType]
    try:
        yield queries(made)
    finally:
        await made.close()


async def install(engine: AsyncEngine) -> None:
    """Makes or renews the queue's tables, safely from several replicas at once. PgQueuer's statements cannot share a
    transaction, so the lock is the session's."""
    async with engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute("SELECT pg_advisory_lock($1)", _LOCK)
        try:
            made = queries(raw)
            if await made.schema_is_installed():
                await made.upgrade()
            else:
                await made.install()
        finally:
            await raw.execute("SELECT pg_advisory_unlock($1)", _LOCK)


class Turns:
    """Bound to one transaction of PostgreSQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def enqueue(self, turns: Iterable[tuple[str, timedelta]]) -> None:
        """(key, delay from now by the database's clock). A key that waits already, or is under way, stays as it is."""
        wanted = dict(turns)
        if not wanted:
            return
        raw = (await self._db.get_raw_connection()).driver_connection
        keys = list(wanted)
        await queries(raw).enqueue(
            [JOB] * len(keys), [key.encode() for key in keys], [0] * len(keys), list(wanted.values()), list(keys),
            on_conflict="skip",
        )  # fmt: skip


def key(space: Space, lane: int, tag: str) -> str:
    """The dedupe key and payload of a turn; `tag` tells turns apart that must not exclude each other."""
    return f"{space.key} {lane} {tag}"


def space_of(payload: bytes) -> tuple[Space, int, str]:
    """The inverse of `key`."""
    name, lane, tag = payload.decode().rsplit(" ", 2)
    return Space.parse(name), int(lane), tag
