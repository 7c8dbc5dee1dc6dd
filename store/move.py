"""Moves a living community to another database, SQLite to PostgreSQL or back: every row, or none."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.engine import lock_file, make_engine, read_url
from store.errors import StoreError
from store.house import House
from store.migrate import migrate
from store.tables import deliveries, metadata, workers

BATCH = 1_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The end of every lease that was moved: whoever held it does not come along."""
TABLES = tuple(table for table in metadata.sorted_tables if table is not workers)
"""What is moved, parents first. Nobody is at work on the other side yet: a process moved along would seem alive there,
and what it had claimed would wait for it."""
_LOCK = 0x5EEDB0A7  # held while we write, so that two moves into one database come one after the other

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a table holds, whatever the order: how many rows, and the sum of their hashes."""

    rows: int = 0
    hashes: int = 0

    def plus(self, row: Row) -> Tally:
        """With one row more; the row's values in the order of the table's columns."""
        hashed = hashlib.blake2b(repr(tuple(row.values())).encode(errors="surrogatepass"), digest_size=16).digest()
        return Tally(self.rows + 1, (self.hashes + int.from_bytes(hashed)) % 2**128)


async def move(source_url: str, target_url: str, *, progress: Callable[[str, int], None]) -> Mapping[str, int]:
    """Copies every table in one transaction of the target, then reads it back and compares; gives back table -> rows.

    The source is brought to today's tables and otherwise left as it is. Secrets are copied sealed. `progress` is called
    with a table and the rows copied so far. Raises StoreError with advice; nothing was changed then.
    """
    source, target = read_url(source_url), read_url(target_url)
    _refuse_nothing_to_do(source, target)
    async with AsyncExitStack() as stack:
        for url in (source, target):
            stack.callback(lock_file(url))
        old, new = [await _opened(stack, url) for url in (source, target)]
        reading = await stack.enter_async_context(_snapshot(old))
        if reading.dialect.name == "postgresql" and await House(reading).alive():
            advice = "stop it first; after a kill, wait 20 seconds"
            raise StoreError(f"a steppingstone process is at work on {_name(source)}: {advice}")
        lost = "run it again, which says whether everything arrived already"
        async with _told(f"the connection to {_name(target)} did not last: {lost}"), new.begin() as writing:
            await _refuse_used(writing, target)
            copied = {table.name: await _copy(reading, writing, table, progress) for table in TABLES}
            for table in TABLES:
                if (found := await _tally(writing, table)) != copied[table.name]:
                    raise StoreError(
                        f"{table.name} came out different ({copied[table.name].rows} rows read, {found.rows} found, or "
                        "their values changed), so nothing was moved: look for triggers or rules in the target"
                    )
    return {name: tally.rows for name, tally in copied.items()}


def _refuse_nothing_to_do(source: URL, target: URL) -> None:
    if source.get_backend_name() == "sqlite" and not Path(str(source.database)).expanduser().is_file():
        raise StoreError(f"there is no database at {source.database}: the first address is where everything is now")
    if _place(source) == _place(target):
        raise StoreError("both addresses are the same database")


def _place(url: URL) -> object:
    if url.get_backend_name() == "sqlite":
        return Path(str(url.database)).expanduser().resolve()
    return url.host, url.port or 5432, url.database


def _name(url: URL) -> str:
    return str(url.database)


async def _opened(stack: AsyncExitStack, url: URL) -> AsyncEngine:
    engine = make_engine(url)
    stack.push_async_callback(engine.dispose)
    async with _told(f"{_name(url)} could not be opened, so nothing was moved", words=True):
        await migrate(engine)
    return engine


@asynccontextmanager
async def _told(what: str, *, words: bool = False) -> AsyncGenerator[None]:
    """What a database or the way to it objects to, by its name; by its own `words` only where they hold no row."""
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError) as error:
        cause: BaseException = getattr(error, "orig", None) or error
        cause = cause.__cause__ or cause
        raise StoreError(f"{what} ({type(cause).__name__}{f': {cause}' if words else ''})") from error


@asynccontextmanager
async def _snapshot(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """All tables as of one moment; nobody writes to them meanwhile, or what they write would be left behind."""
    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execution_options(isolation_level="REPEATABLE READ")
        async with connection.begin():
            if engine.dialect.name == "postgresql":
                names = ", ".join(table.name for table in TABLES)
                await connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE MODE")
            yield connection


async def _refuse_used(writing: AsyncConnection, target: URL) -> None:
    if writing.dialect.name == "postgresql":
        await writing.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        if await House(writing).alive():
            raise StoreError(f"a steppingstone process is at work on {_name(target)}: give an empty database")
    for table in TABLES:
        if (await writing.execute(sa.select(sa.literal(1)).select_from(table).limit(1))).first() is not None:
            raise StoreError(f"{_name(target)} is in use already ({table.name} has rows): give an empty database")


async def _copy(
    reading: AsyncConnection, writing: AsyncConnection, table: sa.Table, progress: Callable[[str, int], None]
) -> Tally:
    """All rows, a batch at a time; the tally is of what should stand in the target now."""
    tally = Tally()
    progress(table.name, 0)
    async with aclosing(_batches(reading, table)) as batches:
        async for batch in batches:
            rows = [_left_behind(row) for row in batch] if table is deliveries else batch
            async with _told(f"{table.name} could not be written, so nothing was moved"):
                await writing.execute(sa.insert(table), rows)
            for row in rows:
                tally = tally.plus(row)
            progress(table.name, tally.rows)
    return tally


def _left_behind(row: Row) -> Row:
    """A claimed row's claimer is gone, and with it its lease, which would hide the row on PostgreSQL until it ended."""
    return row | {"lease_until": LONG_AGO} if row["state"] == "claimed" else row


async def _tally(connection: AsyncConnection, table: sa.Table) -> Tally:
    tally = Tally()
    async with aclosing(_batches(connection, table)) as batches:
        async for rows in batches:
            for row in rows:
                tally = tally.plus(row)
    return tally


async def _batches(connection: AsyncConnection, table: sa.Table) -> AsyncGenerator[list[Row]]:
    async with _told(f"{table.name} could not be read, so nothing was moved"):
        found = await connection.stream(sa.select(table), execution_options={"yield_per": BATCH})
        try:
            async for rows in found.mappings().partitions():
                yield [dict[str, object](row) for row in rows]
        finally:
            await found.close()
