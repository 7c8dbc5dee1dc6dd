"""Very many rows in one statement, past SQLAlchemy's work for each: arrays on PostgreSQL, executemany on SQLite.

Planning needs it, for a morning's peak is tens of thousands of members whose rows differ in little but the name, and so
do the records of what was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

Row = tuple[Any, ...]


async def insert_new(
    db: AsyncConnection, table: sa.Table, columns: Sequence[str], rows: Sequence[Row], key: Sequence[str]
) -> list[Row]:
    """Inserts the rows whose `key` (the leading columns) is new, and gives back the keys that were. The others stay."""
    if not rows:
        return []
    size = len(key)
    into = f"INSERT INTO {table.name} ({_quoted(columns)})"
    skip = f"ON CONFLICT ({', '.join(key)}) DO NOTHING"
    if db.dialect.name == "postgresql":
        given = _given(db.dialect, table, tuple(columns))
        sql = f"{into} SELECT * FROM unnest({given}) {skip} RETURNING {', '.join(key)}"  # noqa: S608  # our own names
        found = await db.exec_driver_sql(sql, _columns(db.dialect, table, columns, rows))
        return [tuple(row) for row in found]
    marks = ", ".join("?" * len(columns))
    made = _bound(db.dialect, table, columns, rows)
    point = await db.begin_nested()
    done = await db.exec_driver_sql(f"{into} VALUES ({marks}) {skip}", made)
    if done.rowcount == len(made):
        await point.commit()
        return [row[:size] for row in rows]
    await point.rollback()  # somebody was there before: one by one, to know which
    new: list[Row] = []
    for row, bound in zip(rows, made, strict=True):
        one = await db.exec_driver_sql(f"{into} VALUES ({marks}) {skip}", bound)
        if one.rowcount == 1:
            new.append(row[:size])
    return new


async def update(
    db: AsyncConnection,
    table: sa.Table,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    key: int,
    sets: Mapping[str, str],
    where: str = "TRUE",
) -> None:
    """Updates each row named by the first `key` columns that is as `where` (SQL) says. `sets`: column -> SQL in which
    {name} stands for a given value of this row and a bare name for the stored one."""
    if not rows:
        return
    if db.dialect.name == "postgresql":
        assigned = ", ".join(f"{name} = {sql.format_map(_Prefixed(columns))}" for name, sql in sets.items())
        given = _given(db.dialect, table, tuple(columns))
        named = " AND ".join(f"{table.name}.{name} = g.{name}" for name in columns[:key])
        sql = f"UPDATE {table.name} SET {assigned} FROM unnest({given}) AS g({_quoted(columns)})"  # noqa: S608
        await db.exec_driver_sql(f"{sql} WHERE {named} AND {where}", _columns(db.dialect, table, columns, rows))
        return
    numbered = {name: f"?{n}" for n, name in enumerate(columns, 1)}
    assigned = ", ".join(f"{name} = {sql.format_map(numbered)}" for name, sql in sets.items())
    named = " AND ".join(f"{name} = {numbered[name]}" for name in columns[:key])
    await db.exec_driver_sql(
        f"UPDATE {table.name} SET {assigned} WHERE {named} AND {where}",  # noqa: S608
        _bound(db.dialect, table, columns, rows),
    )


class _Prefixed(dict[str, str]):
    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__({name: f'g."{name}"' for name in columns})


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


@cache
def _given(dialect: Dialect, table: sa.Table, columns: tuple[str, ...]) -> str:
    """$1::text[], $2::date[], …"""
    kinds = (table.c[name].type.compile(dialect) for name in columns)
    return ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(kinds, 1))


@cache
def _processors(dialect_name: str, table: sa.Table, columns: tuple[str, ...]) -> list[Callable[[Any], Any] | None]:
    from sqlalchemy.dialects import sqlite

    dialect = postgresql.dialect() if dialect_name == "postgresql" else sqlite.dialect()
    return [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]


def _bound(dialect: Dialect, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The values as the driver takes them; equal values are turned once."""
    turned = _turned(dialect, table, columns, rows)
    return list(zip(*turned, strict=True))


def _columns(dialect: Dialect, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> Row:
    return tuple(_turned(dialect, table, columns, rows))


def _turned(dialect: Dialect, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> list[list[Any]]:
    turned: list[list[Any]] = []
    for values, process in zip(zip(*rows, strict=True), _processors(dialect.name, table, tuple(columns)), strict=True):
        if process is None:
            turned.append(list(values))
        else:
            made = {value: process(value) for value in set(values)}
            turned.append([made[value] for value in values])
    return turned
