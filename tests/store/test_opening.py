"""Opening a database: migrated to today's tables, by one at a time, with the settings that keep it whole."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection

from chat.people import Space
from store import Store, StoreError, circles, claims, introductions, moments, open_store, programmes, rounds
from store.engine import OLDEST_SQLITE
from store.tables import metadata
from tests.kit import migrated

AT = datetime(2026, 11, 20, tzinfo=UTC)


async def test_the_migrations_lead_to_the_tables_of_the_code(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with store.begin() as tx:
        assert await tx.members._db.run_sync(differences) == []  # pyright: ignore[reportPrivateUsage]


async def test_sqlite_is_opened_with_care(tmp_path: Path) -> None:
    store = await open_store(str(tmp_path / "deep" / "folder" / "s.sqlite3"))
    async with store.begin() as tx:
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "mmap_size")
        found = [(await db.execute(sa.text(f"pragma {name}"))).scalar() for name in pragmas]
    await store.close()
    assert found in (["wal", 2, 1, 0], ["wal", 2, 1, None])
    assert sqlite3.sqlite_version_info >= OLDEST_SQLITE


async def test_a_second_process_is_kept_off_a_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await open_store(str(path))
    code = f"import asyncio, store; asyncio.run(store.open_store({str(path)!r}))"
    root = Path(__file__).parents[2]
    second = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False
    )
    await store.close()
    assert second.returncode != 0
    assert "in use by another steppingstone process" in second.stderr
    again = await open_store(str(path))
    await again.close()


async def test_many_starts_at_once_migrate_once(url: str) -> None:
    if not url.startswith("postgresql"):
        first = await open_store(url)
        with pytest.raises(StoreError, match="in use"):
            await open_store(url)
        await first.close()
        return
    stores = await asyncio.gather(*(open_store(url) for _ in range(5)))
    async with stores[0].begin() as tx:
        versions = await tx.members._db.execute(sa.text("select version_num from alembic_version"))  # pyright: ignore[reportPrivateUsage]
        assert len(versions.all()) == 1
    for store in stores:
        await store.close()


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (moments.due_statement(AT, 50), "ix_nudges_next_at (next_at<?)"),
        (claims.anything_statement(AT), "ix_deliveries_not_before (not_before<?)"),
        (
            claims.due_statement(Space("slack", "T1"), AT, 50),
            "ix_deliveries_space_not_before (space=? AND not_before<?)",
        ),
        (introductions.due_statement(AT, 50), "ix_introductions_next_at (next_at<?)"),
        (rounds.due_statement(AT, 50), "ix_rounds_next_at (next_at<?)"),
        (circles.due_statement(AT, 50), "ix_circles_next_at (next_at<?)"),
        (programmes.due_statement(AT, 50), "ix_programmes_next_round_at (next_round_at<?)"),
    ],
)
async def test_what_is_due_is_found_by_its_index(tmp_path: Path, statement: sa.Select[Any], index: str) -> None:
    """The very statements the ticks run: no member is looked at whose time has not come."""
    await migrated.sqlite(tmp_path / "s.sqlite3")
    store = await open_store(str(tmp_path / "s.sqlite3"))
    async with store.begin() as tx:
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        made = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        plan = str((await db.exec_driver_sql(f"explain query plan {made}")).all())
    await store.close()
    assert f"INDEX {index}" in plan, plan
    assert "TEMP B-TREE" not in plan
