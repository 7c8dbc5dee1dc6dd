"""A database opened to be read alone, beside a running bot: nothing is locked, migrated or written, by the database's
own word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from store import Store
from store.engine import read_url
from store.errors import StoreError
from store.migrate import newest


async def open_to_read(url: str) -> Store:
    """`url` as for `store.open_store`. Raises StoreError with advice when there is no such database, or one that
    another version of the bot made. On SQLite a reader disturbs neither the bot nor its log: a connection that may not
    write makes no checkpoint."""
    parsed = read_url(url)
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)
    try:
        async with engine.connect() as connection:
            found = await connection.run_sync(_revision)
    except (DBAPIError, OSError) as error:
        await engine.dispose()
        raise StoreError("this database cannot be read: is STEPPINGSTONE_DATABASE right, are we allowed to?") from error
    if found != newest():
        await engine.dispose()
        raise StoreError("this database was made by another version of the bot: start the bot once, or use its version")
    return Store(engine, None, lambda: None)


def _sqlite(url: URL) -> AsyncEngine:
    path = Path(str(url.database)).expanduser()
    if not path.is_file():
        raise StoreError(f"there is no database at {path}: start the bot once, or set STEPPINGSTONE_DATABASE")
    quoted = path.absolute().as_uri()
    engine = create_async_engine(
        sa.URL.create("sqlite+aiosqlite", database=quoted, query={"mode": "ro", "uri": "true"}),
        pool_size=1, max_overflow=0, hide_parameters=True,
    )  # fmt: skip
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _postgresql(url: URL) -> AsyncEngine:
    settings = {"server_settings": {"default_transaction_read_only": "on"}}
    return create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True, connect_args=settings)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: a transaction reads one state of things
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
