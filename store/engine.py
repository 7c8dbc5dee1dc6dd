"""Opens a database so that it cannot be used wrongly: one writer on SQLite, a small pool on PostgreSQL.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL file when two connections write or checkpoint at once. We open exactly one
connection in one process (an OS file lock keeps a second process out), so that bug cannot be met on any version.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from store.errors import StoreError

OLDEST_SQLITE = (3, 35, 0)  # RETURNING and the upsert forms we use


def read_url(text: str) -> URL:
    """A bare path is a SQLite file; `postgresql://` gets its async driver. Raises StoreError with advice."""
    try:
        url = make_url(text) if "://" in text else URL.create("sqlite", database=text)
    except ArgumentError as error:
        raise StoreError("STEPPINGSTONE_DATABASE is neither a path nor an address such as postgresql://…") from error
    match url.get_backend_name():
        case "sqlite":
            if url.database in {None, "", ":memory:"}:
                raise StoreError("an in-memory database forgets everything: give STEPPINGSTONE_DATABASE a file's path")
            return url.set(drivername="sqlite+aiosqlite")
        case "postgresql":
            return url.set(drivername="postgresql+asyncpg")
        case other:
            raise StoreError(f"{other} is not supported: use a SQLite file or PostgreSQL")


def make_engine(url: URL) -> AsyncEngine:
    """The engine. Parameters never reach a log or an exception's text."""
    if url.get_backend_name() == "postgresql":
        return create_async_engine(url, pool_size=8, max_overflow=2, pool_pre_ping=True, hide_parameters=True)
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(
            f"SQLite {sqlite3.sqlite_version} is too old, 3.35 or newer is needed: use a newer Python image"
        )
    Path(str(url.database)).expanduser().parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,  # every transaction ends in Store.begin; a second rollback is a wasted trip
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin or commit by itself
    cursor = connection.cursor()
    # secure_delete: what a member deletes is overwritten in the file and not only marked as free.
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "mmap_size=0",
        "secure_delete=ON",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # One trip to the driver's thread instead of the three that exec_driver_sql takes.
    connection.connection.dbapi_connection.run_async(_begin)


async def _begin(driver: Any) -> Any:
    try:
        return await driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        if not driver.in_transaction:
            raise
        # Whoever had the connection before was cancelled inside its transaction.
        await driver.execute("ROLLBACK")
        return await driver.execute("BEGIN IMMEDIATE")


def lock_file(url: URL) -> Callable[[], None]:
    """Keeps a second process off a SQLite file for this process's life; gives back the release.

    On PostgreSQL there is nothing to keep off, and the release does nothing.
    """
    if url.get_backend_name() != "sqlite":
        return lambda: None
    path = Path(str(url.database)).expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise StoreError(
            f"{path.name} is in use by another steppingstone process: stop it first, or use PostgreSQL"
        ) from error
    return lambda: os.close(descriptor)
