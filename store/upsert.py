"""INSERT … ON CONFLICT, spelled alike for both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def upsert(
    connection: AsyncConnection,
    table: sa.Table,
    values: Mapping[str, object],
    key: Sequence[str],
    update: Sequence[str],
) -> sqlite.Insert | postgresql.Insert:
    """Inserts `values`; on a conflict of `key` the columns of `update` take the new values (none: the row stays)."""
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table).values(**values)
    if not update:
        return insert.on_conflict_do_nothing(index_elements=key)
    return insert.on_conflict_do_update(index_elements=key, set_={column: insert.excluded[column] for column in update})


def insert_new(connection: AsyncConnection, table: sa.Table, key: Sequence[str]) -> sqlite.Insert | postgresql.Insert:
    """For many rows at once (the values are given to `execute`): rows whose `key` exists are left as they are."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing(index_elements=list(key))
