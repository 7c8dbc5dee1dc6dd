"""Brings a database to today's tables at start, safely from several replicas at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

_LOCK = 0x5EEDBEEF  # any constant: one advisory lock per database


async def migrate(engine: AsyncEngine) -> None:
    """Runs what is missing, in one transaction. On SQLite the file lock has already kept others away."""
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        if await connection.run_sync(_revisions) != (newest(),):
            await connection.run_sync(_upgrade)


@cache
def newest() -> str | None:
    """The revision of a database that this version made or brought up to date."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _revisions(connection: Connection) -> tuple[str, ...]:
    """Where the database stands: () before the first migration."""
    return MigrationContext.configure(connection).get_current_heads()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
